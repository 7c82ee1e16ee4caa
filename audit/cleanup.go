package audit

import (
	"fmt"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// cleanedUp compares the seats the plan removes with whom a clean-up says it has
// removed: what is gone already is saved already, or will be with the next export
// (METHOD 1.28).
func (w *work) cleanedUp() (out diag.List) {
	c := w.Estate.CleanUp
	if c == nil {
		return nil
	}
	for _, a := range w.plan.Actions {
		for _, r := range a.Removals {
			gone, back := 0, 0
			for _, account := range r.Product.Candidates[:r.Seats] {
				switch {
				case !c.Gone[account]:
				case returned(c, r.Product, account):
					back++
				default:
					gone++
				}
			}
			on := estate.On(estate.ProductName(r.Product.Key), r.Product.Site)
			if gone > 0 {
				out.Add(diag.Warning, c.Source, fmt.Sprintf("of the %s to remove from %s, the results of a clean-up name %d as removed already",
					money.Plural(r.Seats, "seat"), on, gone), "export the users again, so that what is saved already is not promised")
			}
			if back > 0 {
				out.Add(diag.Warning, c.Source, fmt.Sprintf("of the %s to remove from %s, a clean-up removed %d before the export was made, which has them all the same",
					money.Plural(r.Seats, "seat"), on, back), "check whether the clean-up took their access away")
			}
		}
	}
	return out
}

// returned reports whether somebody a clean-up removed has a seat in an export of
// a later day.
func returned(c *estate.CleanUp, p *seats.Product, account int32) bool {
	on, known := c.On[account].Date()
	return known && p.EvidenceDay(account).After(on)
}
