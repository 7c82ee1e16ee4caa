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
	}
	out = append(out, countMeaning(r, product))
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

// countMeaning is that of the seats by class, product by product, and of all
// together.
func countMeaning(r *audit.Result, byClass cells) meaning {
	m := meaning{place: "Counts/Seats by class", rows: 2, cell: cells{}, total: map[string]string{"Site": "All"},
		cols: "Site|Product|Seats|Active|New|Inactive|Never|Excepted|On leave|Service account|Unknown|To review"}
	all := 0
	for title, shown := range byClass {
		m.cell[title] = shown
	}
	for title, class := range map[string]seats.Class{
		"Active": seats.Active, "New": seats.New, "Inactive": seats.Inactive, "Never": seats.NeverUsed, "Excepted": seats.Excepted,
		"On leave": seats.OnLeave, "Service account": seats.ServiceAccount, "Unknown": seats.Unknown,
	} {
		n := r.Seats[0].Class(class) + r.Seats[1].Class(class)
		m.total[title] = say(n)
		all += n
	}
	m.total["Seats"] = say(all)
	m.cell["Site"] = func(i int) any { return r.Seats[i].Site }
	m.cell["Product"] = func(i int) any { return r.Seats[i].Name }
	m.cell["Seats"] = func(i int) any { return classed(&r.Seats[i]) }
	return m
}
