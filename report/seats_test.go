package report

import (
	"tierline/audit"
	"tierline/audit/seats"
)

func seatMeanings(r *audit.Result) []meaning {
	product := of(r.Seats, map[string]func(*audit.ProductSeats) any{
		"Product and site": func(p *audit.ProductSeats) any { return p.Name + " on " + p.Site },
		"Users":            func(p *audit.ProductSeats) any { return p.Users },
		"To review":        func(p *audit.ProductSeats) any { return p.Candidates },
		"Counted from":     func(p *audit.ProductSeats) any { return p.From },
	})
	for title, class := range map[string]seats.Class{
		"Active": seats.Active, "New": seats.New, "Inactive": seats.Inactive, "Never": seats.NeverUsed, "Excepted": seats.Excepted,
		"On leave": seats.OnLeave, "Service account": seats.ServiceAccount, "Unknown": seats.Unknown,
	} {
		product[title] = func(row int) any { return r.Seats[row].Class(class) }
	}
	out := []meaning{
		{place: "Summary/Seats", rows: 2, cell: product,
			cols: "Product and site|Users|Active|New|Inactive|Never|Excepted|On leave|Service account|Unknown|To review|Counted from"},
		{place: "PDF/Use of seats/Seats by class", rows: 2, cell: product,
			cols: "Product and site|Users|Active|New|Inactive|Never|Excepted|On leave|Service account|Unknown|To review"},
	}
	for p := range each(r.Seats) {
		bands := of(p.Bands, map[string]func(*audit.Counted[seats.Band]) any{
			"Band":  func(b *audit.Counted[seats.Band]) any { return b.Label },
			"Seats": func(b *audit.Counted[seats.Band]) any { return b.Count },
		})
		bands["To review"] = words("no", "yes")
		out = append(out, meaning{place: "PDF/Use of seats/histogram " + p.Name + " on " + p.Site, cols: "Band|Seats|To review", rows: len(p.Bands), cell: bands})
	}
	return out
}
