package report

import (
	"tierline/audit"
)

func userMeanings(r *audit.Result) []meaning {
	var people []audit.SeatRow
	for p := range r.People {
		people = append(people, p)
	}
	user := of(people, map[string]func(*audit.SeatRow) any{
		"Account id":         func(u *audit.SeatRow) any { return u.Account },
		"Name":               func(u *audit.SeatRow) any { return u.Name },
		"Address":            func(u *audit.SeatRow) any { return u.Email },
		"Site":               func(u *audit.SeatRow) any { return u.Site },
		"Class":              func(u *audit.SeatRow) any { return u.Class },
		"Idle days":          func(u *audit.SeatRow) any { return u.Idle },
		"Evidence day":       func(u *audit.SeatRow) any { return u.EvidenceDay },
		"Band":               func(u *audit.SeatRow) any { return u.Band },
		"Added":              func(u *audit.SeatRow) any { return u.Added },
		"Review order":       func(u *audit.SeatRow) any { return u.Rank },
		"Last used":          func(u *audit.SeatRow) any { return u.LastSeen },
		"Protected by":       func(u *audit.SeatRow) any { return u.Protected },
		"Evidence beside it": func(u *audit.SeatRow) any { return u.Evidence },
		"Signal":             func(u *audit.SeatRow) any { return u.Signal },
		"Row":                func(u *audit.SeatRow) any { return u.Source },
	})
	user["Product"], user["Plan"] = words(r.Seats[0].Name, r.Seats[1].Name), words("remove", "leave")
	return []meaning{
		{place: "Users", rows: 2, cell: user,
			cols: "Account id|Name|Address|Site|Product|Class|Last used|Idle days|Evidence day|Band|Added|Review order|Plan|Protected by|Evidence beside it|Signal|Row"},
	}
}
