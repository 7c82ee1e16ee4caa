package costing

import (
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/seats"
)

// Combine prices an app on several sites as one: for the people of the host's
// family on any of them, each once, less the removals that are decided. It is
// one right-sized row without quote and without the floor of its hosts, in the
// term of the earliest renewal (METHOD 7.3). The lines are of one app, plan,
// licence type and discount. The people of a collection stand for those of each
// product of the family that it pays for. The reason says why it cannot be priced.
func Combine(lines []*Line, removed func(*seats.Product) int) (*Line, diag.Reason) {
	p := &people{}
	byKey := map[string][]*seats.Product{}
	var keys []string
	done := map[string]bool{}
	for _, l := range lines {
		if done[l.Sub.Site] {
			continue
		}
		done[l.Sub.Site] = true
		family := estate.Family(l.Sub.Host)
		for _, i := range l.Bundle.on(l.Sub.Site, family) {
			product := l.Bundle.Products[i]
			for _, key := range product.Members(family) {
				if len(byKey[key]) == 0 {
					keys = append(keys, key)
				}
				byKey[key] = append(byKey[key], product)
			}
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		u, ok := seats.NewUnion(byKey[key])
		if !ok {
			return nil, diag.Why(diag.NoQuantity, "a site has no access columns, so that nobody can tell who has a seat on two")
		}
		var k []int
		for _, product := range byKey[key] {
			k = append(k, removed(product))
		}
		p.unions, p.fixed = append(p.unions, u), append(p.fixed, k)
	}
	return combinedLine(lines, p, len(done)), diag.Reason{}
}

// combinedLine makes the line of an app on several sites from the one that
// renews first.
func combinedLine(lines []*Line, p *people, sites int) *Line {
	first := lines[0]
	for _, l := range lines[1:] {
		if l.Term.Start.Before(first.Term.Start) {
			first = l
		}
	}
	sub := *first.Sub
	sub.Licensed, sub.HasLicensed = 0, false
	q := planned(Quantity{Users: p.on(first.asOf, nil), UsersKnown: true, UsersFrom: onceEach(sites), count: p})
	return &Line{Sub: &sub, Index: first.Index, Bundle: first.Bundle, Term: first.Term, Quantity: q, Price: first.Price,
		Licensed: q.Users, Billed: q.Users, invoiced: true,
		policy: first.policy, asOf: first.asOf}
}
