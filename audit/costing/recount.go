package costing

import (
	"cmp"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Held returns why nothing is decided for the bundle: doubts in the order of its
// products, then what its rows lack; nil where everything is (METHOD 9.11).
func (b *Bundle) Held() []diag.Reason {
	var out []diag.Reason
	for _, p := range b.Products {
		for _, d := range p.Doubts {
			out = append(out, d.Reason)
		}
	}
	return slices.Concat(out, b.licences, b.withoutRate())
}

// Counts reports whether a row of the bundle is in the totals.
func (b *Bundle) Counts() bool { return slices.ContainsFunc(b.Lines, (*Line).Counted) }

// Counted returns what the sources of the bundle's products themselves say, one
// number for each of Products.
func (b *Bundle) Counted() []int {
	var out []int
	for _, p := range b.Products {
		out = append(out, p.Figures()[0])
		if p.Held() {
			out[len(out)-1] = p.Counted
		}
	}
	return out
}

// Recount works a bundle out again with other numbers of users, one for each of
// its Products, as if none of them was in doubt.
func (c *Costs) Recount(b *Bundle, users []int) *Bundle {
	in := c.input
	in.Register = in.Register.Recounted(b.Products, users)
	r := builder{Input: in, costs: &Costs{AsOf: c.AsOf, Currency: c.Currency}, policy: &in.Config.Policy, rates: NewRates(in.Estate.Rates, c.AsOf, c.Currency)}
	var rows []int
	for _, l := range b.Lines {
		rows = append(rows, l.Index)
	}
	slices.Sort(rows)
	for _, i := range rows {
		r.add(i)
	}
	r.unite()
	r.offers()
	out := r.costs.Bundles[0]
	out.twin = b.twin
	out.sort()
	r.bundle(out)
	return out
}

// sort puts products first, in the order of the rows.
func (b *Bundle) sort() {
	slices.SortStableFunc(b.Lines, func(x, y *Line) int {
		return cmp.Or(cmp.Compare(x.Sub.Kind, y.Sub.Kind), x.Sub.Compare(y.Sub))
	})
}

// free reports whether the line costs nothing, with any number of users: by its
// licence type, its discount or its contract.
func (l *Line) free() bool {
	agreed := l.Sub.ContractPrice.Known() && l.Sub.ContractPrice.Sign() == 0
	return agreed || slices.ContainsFunc(l.factors, func(f pricing.Factor) bool { return f.By.Sign() == 0 })
}

// Assumed lists the products whose users bill the line and are nobody's count of
// a known day: licensed_users stand in for them, or what a site once answered. own
// reports that licensed_users stand in and none of these products is to blame: of
// an app with users of its own, of one whose host is not known, of a product paid
// for once on several sites. What costs the same whatever the users assumes nothing
// (METHOD 9.13).
func (l *Line) Assumed() (products []*seats.Product, own bool) {
	if l.Sub.Basis == estate.Fixed || l.free() {
		return nil, false
	}
	for _, i := range l.Members() {
		if p := l.Bundle.Products[i]; p.Assumed() {
			products = append(products, p)
		}
	}
	return products, l.StandIn && len(products) == 0
}
