package seats

import (
	"fmt"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
)

// future returns the planned changes after as-of. What is dated earlier is
// already in the export (METHOD 1.20).
func (r *Register) future() []estate.HeadcountChange {
	var out []estate.HeadcountChange
	for _, c := range r.estate.Headcount {
		if c.Date.After(r.asOf) {
			out = append(out, c)
			continue
		}
		r.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("planned change of %+d users on %s is not after %s and is taken to be in the export already",
			c.Change, c.Date, r.asOf), "remove the row, or correct its date")
	}
	return out
}

// cancel ignores the planned changes of a product whose rows are all cancelled:
// it counts for nobody, so nobody is planned for it (METHOD 1.20). Of one that a
// collection pays for by now they are planned for the collection.
func (r *Register) cancel(p *Product) {
	if !p.cancelled || p.Collection != nil {
		return
	}
	for _, c := range p.changes {
		r.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("planned change of %+d users of %s is ignored: all its subscriptions are cancelled",
			c.Change, estate.On(estate.ProductName(p.Key), p.Site)), "remove the row, or correct the status of the subscription")
	}
	p.plan(nil)
}

// Add plans n more users of a product from as-of on, fewer when n is negative,
// for a question about them; false when the users of the product are not
// known. What is paid for today stays as it is.
func (r *Register) Add(site, product string, n int) bool {
	p := r.Find(site, product)
	if p == nil || !p.Payer().Known() {
		return false
	}
	p = p.Payer()
	p.plan(slices.Insert(slices.Clone(p.changes), 0, estate.HeadcountChange{Date: r.asOf, Site: site, Product: product, Change: n}))
	return true
}
