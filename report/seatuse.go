package report

import (
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// useRow is a product with the use of its seats and what removing the review
// candidates saves, or all planned removals of a bundle together.
type useRow struct {
	*audit.ProductSeats // nil for a bundle
	name                string
	plan                *removalRow // nil where nobody is to review
}

// The columns of the use of seats.
var (
	useProduct = Col[useRow]{ID: "product", Title: "Product and site", Width: 34, Wrap: true, Show: func(u useRow) Cell { return T(u.name) }}
	useUsers   = ofProduct(seatsUsers)
	useActive  = ofProduct(seatsClass(seats.Active))
	useSpared  = ofProduct(Col[*audit.ProductSeats]{ID: "left_alone", Title: "Left alone", Kind: Count, Width: 9,
		Show: func(p *audit.ProductSeats) Cell { return N(spared(p)) }})
	useReview = ofProduct(seatsCandidates.Paper(9))
	useRemove = Col[useRow]{ID: "removals", Title: "Remove", Kind: Count, Width: 9, Show: func(u useRow) Cell {
		if u.plan == nil {
			return N(0)
		}
		return N(u.plan.Removals)
	}}
	useSaves = Col[useRow]{ID: "saving", Title: "Saves", Kind: Money, Width: 14, Show: func(u useRow) Cell {
		if u.plan == nil {
			return T("")
		}
		return M(u.plan.Saving)
	}}
	useOthers = Col[useRow]{ID: "others", Title: "The others", Width: 30, Wrap: true, Show: func(u useRow) Cell {
		if u.plan == nil {
			return T("")
		}
		return T(others(*u.plan))
	}}
)

// ofProduct is a column of products, blank for a bundle.
func ofProduct(c Col[*audit.ProductSeats]) Col[useRow] {
	return Col[useRow]{ID: c.ID, Title: c.Title, Kind: c.Kind, Width: c.Width, Show: func(u useRow) Cell {
		if u.ProductSeats == nil {
			return T("")
		}
		return c.Show(u.ProductSeats)
	}}
}

// sparedClasses are the seats that are not active and never review candidates.
var sparedClasses = []seats.Class{seats.New, seats.Excepted, seats.OnLeave, seats.ServiceAccount, seats.Unknown}

// spared is how many seats of a product are left alone.
func spared(p *audit.ProductSeats) int {
	n := 0
	for _, c := range sparedClasses {
		n += p.Class(c)
	}
	return n
}

// seatUse says of each product whose use is known how many seats are to review,
// how many the plan removes, and what that saves; false for none.
func seatUse(r *audit.Result) (Table, bool) {
	list := useRows(r)
	note := ""
	if slices.ContainsFunc(list, func(u useRow) bool { return u.plan != nil }) {
		note = "What removing the longest idle saves in the coming term, everything else as planned. " +
			"Products of one bundle share their apps, so their rows do not add up."
	}
	t := TableOf[useRow]{Title: "What removals are worth", Note: strings.TrimSpace(note + " " + classNote(r)), Foot: whoIsSpared(r), Rows: slices.Values(list),
		Columns: []Col[useRow]{useProduct, useUsers, useActive, useSpared, useReview, useRemove, useSaves, useOthers}}
	return t.Folded().Table(), len(list) > 0
}

// useRows are the products of the removals in their order, then those without a
// review candidate.
func useRows(r *audit.Result) []useRow {
	var list []useRow
	seen := map[*audit.ProductSeats]bool{}
	for g := range removalRows(r) {
		switch {
		case g.ladder.Candidates == 0:
		case g.ofBundle:
			list = append(list, useRow{name: "together: " + g.bundle, plan: &g})
		case g.Removals == g.ladder.Planned:
			p := seatsOf(r, g.ladder)
			seen[p] = true
			list = append(list, useRow{p, removedFrom(g), &g})
		}
	}
	for p := range each(r.Seats) {
		if len(p.Classes) > 0 && !seen[p] {
			list = append(list, useRow{p, estate.On(p.Name, p.Site), nil})
		}
	}
	return list
}

// seatsOf are the seats that the removals of a ladder come from; nil for none.
func seatsOf(r *audit.Result, l *audit.RemovalLadder) *audit.ProductSeats {
	i := slices.IndexFunc(r.Seats, func(p audit.ProductSeats) bool { return p.Site == l.Site && p.Product == l.Product })
	if i < 0 {
		return nil
	}
	return &r.Seats[i]
}

// whoIsSpared says of how many seats of which kind nobody is asked; "" for none.
func whoIsSpared(r *audit.Result) string {
	words := map[seats.Class]string{seats.New: "new", seats.Excepted: "protected by an exception", seats.OnLeave: "of people on leave",
		seats.ServiceAccount: "of service accounts", seats.Unknown: "of which nobody knows when they were used"}
	var out []string
	for _, c := range sparedClasses {
		n := 0
		for p := range each(r.Seats) {
			if !p.Collects() { // its people have the seats of its products
				n += p.Class(c)
			}
		}
		if n > 0 {
			out = append(out, money.Count(n)+" "+words[c])
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "Seats left alone: " + andList(out) + ". The workbook has them product by product under Summary."
}
