package costing

import (
	"fmt"
	"slices"
	"sort"

	"tierline/audit/date"
	"tierline/audit/seats"
)

// people is a count over several sites: for each product of the family the
// people with a seat on any of the sites, each once, and of those numbers the
// largest.
type people struct {
	unions []*seats.Union
	of     [][]int // of each union, the positions of its products in the bundle; nil = fixed
	fixed  [][]int // of each union, the removals that are decided already
}

func (p *people) on(d date.Date, removed []int) int {
	n := 0
	for i, u := range p.unions {
		n = max(n, u.On(d, p.removed(i, removed)))
	}
	return n
}

// removed returns the removals of one union's products.
func (p *people) removed(i int, k []int) []int {
	switch {
	case p.of == nil:
		return p.fixed[i]
	case k == nil:
		return nil
	}
	out := make([]int, len(p.of[i]))
	for n, at := range p.of[i] {
		out[n] = k[at]
	}
	return out
}

func (p *people) movers() []*seats.Product {
	var out []*seats.Product
	for _, u := range p.unions {
		out = append(out, u.Products...)
	}
	return out
}

func (p *people) members() []int { return slices.Concat(p.of...) }

// Unions returns the people the line counts over several sites, one union for
// each product of the family; nil for a line of one site.
func (q *Quantity) Unions() []*seats.Union {
	if p, ok := q.count.(*people); ok {
		return p.unions
	}
	return nil
}

// overSites reports whether a line is charged for people over several sites.
func (l *Line) overSites() bool { return l.carrier == l || l.Unions() != nil }

// chargedPeople counts the people of a charge over several sites. Where a site
// has no access column nobody can tell who is the same person, so only what is
// licensed can stand in.
func chargedPeople(l *Line) Quantity {
	var members []int
	var products []*seats.Product
	for _, m := range l.Bundle.Lines {
		if m.carrier != l {
			continue
		}
		if i := l.Bundle.Product(m.Sub.Site, l.Sub.Key); i >= 0 {
			members = append(members, i)
			products = append(products, l.Bundle.Products[i])
		}
	}
	if u, ok := seats.NewUnion(products); ok {
		return Quantity{Users: u.Total, UsersKnown: true, UsersFrom: onceEach(len(products)),
			count: &people{unions: []*seats.Union{u}, of: [][]int{members}}}
	}
	if !l.Sub.HasLicensed {
		return noQuantity("no access columns on every site, so that nobody can tell who has a seat on two, and no licensed_users")
	}
	return standIn(l.Sub, "since access columns of a site are missing", products...)
}

func onceEach(sites int) string {
	return fmt.Sprintf("access columns of %d sites, each person once", sites)
}

// Reach returns how many candidates to remove from each product of the bundle,
// longest idle first, so that no more than top users are left to bill the line;
// false where there are not enough. Where people are counted over several
// sites, each product gives as few as the others allow.
func (l *Line) Reach(top int) ([]int, bool) {
	k := make([]int, len(l.Bundle.Products))
	for _, i := range l.Members() {
		k[i] = len(l.Bundle.Products[i].Candidates)
	}
	if l.UsersOn(l.asOf, k) > top {
		return nil, false
	}
	for _, i := range l.Members() {
		most := k[i]
		k[i] = sort.Search(most, func(n int) bool {
			k[i] = n
			return l.UsersOn(l.asOf, k) <= top
		})
	}
	return k, true
}
