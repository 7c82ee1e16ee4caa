package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/seats"
)

func userMeanings(r *audit.Result) []meaning {
	var people []audit.SeatRow
	for p := range r.People {
		people = append(people, p)
	}
	user := of(people, map[string]func(*audit.SeatRow) any{
		"User id":            func(u *audit.SeatRow) any { return u.Account },
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
		"Protected by":       func(u *audit.SeatRow) any { return u.Protected + ": " + u.Why },
		"Keep":               func(u *audit.SeatRow) any { return u.Decision.Verdict },
		"Reason":             func(u *audit.SeatRow) any { return u.Decision.Reason },
		"Owner":              func(u *audit.SeatRow) any { return u.Decision.Owner },
		"Decided until":      func(u *audit.SeatRow) any { return u.Decision.Until },
		"Evidence beside it": func(u *audit.SeatRow) any { return u.Evidence },
		"Signal":             func(u *audit.SeatRow) any { return u.Signal },
		"Row":                func(u *audit.SeatRow) any { return u.Source },
		"Department":         func(u *audit.SeatRow) any { return u.Department },
		"Job title":          func(u *audit.SeatRow) any { return u.Title },
		"Cost centre":        func(u *audit.SeatRow) any { return u.CostCentre },
		"Manager":            func(u *audit.SeatRow) any { return u.Manager },
	})
	user["Product"], user["Plan"] = words(r.Seats[0].Name, r.Seats[1].Name), words("remove", "leave")
	user["Worth on average"] = words(say(people[0].Worth), "")
	user["Action"] = words(say(r.Plan.Actions[0].Number), "")
	return []meaning{
		{place: "Users", rows: 2, cell: user,
			cols: "Name|Address|Department|Site|Product|Class|Last used|Idle days|Review order|Plan|Action|Keep|Reason|Owner|Decided until|Worth on average|Job title|Cost centre|Manager|Band|Evidence day|Added|" +
				"Protected by|Evidence beside it|User id|Signal|Row"},
	}
}

// TestSeatsThatMatter: of more seats than the policy says the sheet lists those
// somebody may have to look at, and says so; of as many it lists all.
func TestSeatsThatMatter(t *testing.T) {
	people := []audit.SeatRow{
		{Account: "active", Class: seats.Active},
		{Account: "candidate", Class: seats.Inactive, Rank: 1},
		{Account: "idle and no candidate", Class: seats.NeverUsed},
		{Account: "excepted", Class: seats.Excepted},
		{Account: "on leave", Class: seats.OnLeave},
		{Account: "unknown", Class: seats.Unknown},
		{Account: "found", Class: seats.Active},
		{Account: "no seat", Kind: audit.ListedAccount, Class: seats.Unknown},
	}
	for i := range people {
		people[i].Source = diag.Source{File: "users.csv", Line: i + 2}
	}
	r := result()
	r.People = func(yield func(audit.SeatRow) bool) {
		for _, p := range people {
			if !yield(p) {
				return
			}
		}
	}
	r.Seats = []audit.ProductSeats{{Classes: []audit.Counted[seats.Class]{{Label: seats.Active, Count: 7}}}}
	r.Findings = []audit.Finding{{Evidence: []audit.Evidence{{Source: people[6].Source}}}}
	for limit, want := range map[int]string{
		7: "active|candidate|idle and no candidate|excepted|on leave|unknown|found", 0: "active|candidate|idle and no candidate|excepted|on leave|unknown|found",
		6: "candidate|excepted|on leave|unknown|found",
	} {
		r.Run.Policy.WorkbookSeats = limit
		s := usersSheet(r)
		var got []string
		id := s.Table.Column("account")
		for row := range s.Table.Rows {
			got = append(got, row[id].Text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("at most %d: %q, want %q", limit, got, want)
		}
		said := slices.ContainsFunc(s.Lead, func(line string) bool {
			return strings.Contains(line, fmt.Sprintf("7 seats, more than the %d ", limit))
		})
		if said != (limit == 6) {
			t.Errorf("at most %d: the sheet says %q", limit, s.Lead)
		}
	}
}
