package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// The columns of products with their seats.
var (
	seatsProduct = Col[*audit.ProductSeats]{ID: "product", Title: "Product and site", Width: 34, Wrap: true,
		Show: func(p *audit.ProductSeats) Cell { return T(estate.On(p.Name, p.Site)) }}
	seatsUsers = Col[*audit.ProductSeats]{ID: "users", Title: "Users", Kind: Count, Width: 12,
		Show: func(p *audit.ProductSeats) Cell { return OptN(p.Users) }}
	seatsCandidates = Col[*audit.ProductSeats]{ID: "candidates", Title: "To review", Kind: Count, Width: 12,
		Note: "seats nobody has used for a while: people to ask about",
		Show: func(p *audit.ProductSeats) Cell { return judged(p, p.Candidates) }}
	seatsFrom = Col[*audit.ProductSeats]{ID: "from", Title: "Counted from", Width: 30, Wrap: true, Show: func(p *audit.ProductSeats) Cell { return W(p.From) }}
)

// seatsClass is the column of the seats of one class.
func seatsClass(c seats.Class) Col[*audit.ProductSeats] {
	word := Label(c)
	return Col[*audit.ProductSeats]{ID: c.String(), Title: strings.ToUpper(word[:1]) + word[1:], Kind: Count, Width: 11,
		Show: func(p *audit.ProductSeats) Cell { return judged(p, p.Class(c)) }}
}

// lookedUp are the product, its users by class, and those to review, with the
// counts of the sheet Counts.
func lookedUp() []Col[*audit.ProductSeats] {
	out := []Col[*audit.ProductSeats]{seatsProduct.LeadingWhere(rowOfCounts), seatsUsers.By(countedUsers)}
	for _, c := range seats.Classes() {
		out = append(out, seatsClass(c).By(counted(c)))
	}
	return append(out, seatsCandidates.By(countedReviews))
}

// judged shows a number of seats by class; without access columns they are not
// known, which is not none.
func judged(p *audit.ProductSeats, n int) Cell {
	if len(p.Classes) == 0 {
		return Cell{Kind: Count, Unknown: true}
	}
	return N(n)
}

// seatsBlock counts seats per product and class.
func seatsBlock(r *audit.Result) Table {
	return TableOf[*audit.ProductSeats]{Title: "Seats", Empty: "No product is known.", Rows: each(r.Seats), Columns: append(lookedUp(), seatsFrom)}.Table()
}

// seatsSection shows idle bands without any name.
func seatsSection(r *audit.Result) Section {
	limit := r.Run.Policy.InactiveAfterDays
	s := Section{Title: "Use of seats", Lead: []string{
		fmt.Sprintf("Days since the last page view of the product, per paid seat. Seats idle for %d days or more and seats never used are review candidates: "+
			"people to ask about, since work through the API, by mail or in a client does not show. Seats that are new or unknown are never candidates, "+
			"nor are those protected by an exception, of people on leave or of service accounts.", limit),
	}}
	if slices.ContainsFunc(r.Seats, func(p audit.ProductSeats) bool { return p.Collects() }) {
		s.Lead = append(s.Lead, "A collection is paid for by person. Its days count from the last use of any of its products; people to review leave all of them.")
	}
	s.Bars = histograms(r)
	if text := unjudged(r); text != "" {
		s.Lead = append(s.Lead, text)
	}
	if t, ok := seatUse(r); ok {
		s.Tables = append(s.Tables, t)
	}
	if costly := costlyExceptions(r); len(costly) > 0 {
		s.Tables = append(s.Tables, exceptionsTable(r, costly))
	} else if len(r.Exceptions) > 0 {
		s.Lead = append(s.Lead, exceptionsCount(r, 0)+" None of them costs anything.")
	}
	return s
}

// histogramsMost is how many products are drawn, beside each other; the table has
// all.
const histogramsMost = 3

// histograms draws the idle time of the products with most seats.
func histograms(r *audit.Result) []Histogram {
	limit := r.Run.Policy.InactiveAfterDays
	drawn := slices.DeleteFunc(slices.Collect(each(r.Seats)), func(p *audit.ProductSeats) bool {
		return (len(p.Bands) == 0 || p.Users == nil || *p.Users == 0) && len(p.AccountBands) == 0 || inOneBand(p.Bands)
	})
	slices.SortStableFunc(drawn, func(a, b *audit.ProductSeats) int { return cmp.Compare(banded(b), banded(a)) })
	var out []Histogram
	for _, p := range drawn[:min(len(drawn), histogramsMost)] {
		if len(p.Bands) > 0 && p.Users != nil && *p.Users > 0 {
			out = append(out, histogram(p, p.Bands, limit, seatsAndCandidates(p)))
			continue
		}
		out = append(out, histogram(p, p.AccountBands, limit, "accounts of a list without access: how many of them are seats is not known"))
	}
	return out
}

// inOneBand reports whether all seats are in one band, of which a chart says no
// more than the table.
func inOneBand(bands []audit.Counted[seats.Band]) bool {
	filled := 0
	for _, b := range bands {
		if b.Count > 0 {
			filled++
		}
	}
	return filled == 1
}

// banded is how many seats, or accounts, the bands of a product hold.
func banded(p *audit.ProductSeats) int {
	n := 0
	for _, b := range p.Bands {
		n += b.Count
	}
	for _, b := range p.AccountBands {
		n += b.Count
	}
	return n
}

// unjudged says of which products no export shows who uses them; "" for none.
func unjudged(r *audit.Result) string {
	var names []string
	for p := range each(r.Seats) {
		if len(p.Classes) == 0 {
			names = append(names, estate.On(p.Name, p.Site))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Nothing is known of who uses " + diag.Names(names) + ": no export lists the seats."
}

// classNote says why classes may not add up to the users; "" where they do.
func classNote(r *audit.Result) string {
	for p := range each(r.Seats) {
		if len(p.Classes) > 0 && p.Users != nil && classed(p) != *p.Users {
			return "The classes are those of the export. Where that is in doubt, users is the number the figures are computed with."
		}
	}
	return ""
}

// classed is how many seats have a class.
func classed(p *audit.ProductSeats) int {
	n := 0
	for _, c := range p.Classes {
		n += c.Count
	}
	return n
}

// seatsAndCandidates is how many seats the bars count, and with how many users the
// figures are computed where that is another number: the export is then in doubt.
func seatsAndCandidates(p *audit.ProductSeats) string {
	text := money.Plural(classed(p), "seat") + ", " + money.Plural(p.Candidates, "review candidate")
	switch {
	case p.Collection != "":
		text = money.Plural(classed(p), "seat") + ", paid for by " + estate.ProductName(p.Collection)
	case p.Collects():
		text = money.Count(classed(p)) + " people with a seat of any of its products, " + money.Plural(p.Candidates, "review candidate")
	}
	if classed(p) != *p.Users {
		text += "; in doubt, so the figures are computed with " + money.Plural(*p.Users, "user")
	}
	return text
}

func histogram(p *audit.ProductSeats, bands []audit.Counted[seats.Band], limit int, note string) Histogram {
	h := Histogram{Title: estate.On(p.Name, p.Site), Note: note}
	for _, b := range bands {
		if b.Label == seats.BandUnknown && b.Count == 0 {
			continue // a band that nearly all products leave empty
		}
		h.Bars = append(h.Bars, Bar{Label: b.Label.String(), Count: b.Count, Review: b.Label.Past(limit)})
	}
	return h
}
