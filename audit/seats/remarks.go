package seats

import (
	"fmt"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// tellAhead counts a last use that lies after as-of.
func (p *Product) tellAhead(seen estate.LastSeen) {
	if d, ok := seen.Date(); ok && d.After(p.asOf) {
		p.future++
		if mistyped(d, p.asOf) {
			p.lost++
		}
	}
}

// holeSeats is how many seats a product must have for more than half of them
// never used to mean a hole in the data rather than a new product.
const holeSeats = 50

// remarks says what of the activity of a product looks wrong: dates that lie
// ahead, of which some are lost, and an export that has holes.
func (r *Register) remarks(p *Product) {
	add := func(level diag.Level, fix, format string, args ...any) {
		what := estate.On(estate.ProductName(p.Key), p.Site) + ": "
		r.Diagnostics.Add(level, p.access.Source, what+fmt.Sprintf(format, args...), fix)
	}
	if p.future > p.lost {
		add(diag.Warning, "check the as-of date",
			"%s after the as-of date %s; read as today", money.PluralIs(p.future-p.lost, "last-seen date"), r.asOf)
	}
	if p.lost > 0 {
		add(diag.Warning, "correct the dates",
			"%s more than a year after the as-of date; read as unknown", money.PluralIs(p.lost, "last-seen date"))
	}
	if never := p.Bands[BandNever]; p.Users >= holeSeats && 2*never > p.Users {
		add(diag.Warning, "compare a few of them with the product, and export again",
			"%d of %d seats have never been used; that is far more than plausible, so dates may be missing from the export", never, p.Users)
	}
	if p.NoAdded > 0 {
		add(diag.Note, "set policy never_without_added: candidate to include them",
			"%s no added date; none is a review candidate without one", money.PluralHas(p.NoAdded, "never-used seat"))
	}
}
