package plan

import (
	"slices"
	"sort"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// RemovalLadder says what removing the review candidates of one product is
// worth, by how many of them go: longest idle first, everything else as the
// plan decides it, before anything is paid once for several sites. Nobody has to
// follow the plan to the end to know what the first thirty are worth.
type RemovalLadder struct {
	Bundle     *costing.Bundle
	Product    *seats.Product
	Candidates int
	Planned    int           // removed by the plan
	Rungs      []RemovalRung // from nobody on
}

// RemovalRung is a number of removals at which something changes: up to the next
// rung each removal saves what Each says, but for cents of rounding.
type RemovalRung struct {
	Removals int
	Users    int          // left today
	Saving   money.Amount // in the coming term, against removing nobody from this product; negative where a smaller tier costs more
	Each     money.Amount // what the next removal saves; 0 inside a tier that is paid whole
}

// Ladders returns a ladder for every product that has candidates, in the order
// of the bundles. The limit that policy sets on removals does not shorten them.
func (p *Plan) Ladders() []RemovalLadder {
	var out []RemovalLadder
	for _, d := range p.Decisions {
		for i, product := range d.Bundle.Products {
			if n := len(product.Candidates); n > 0 && d.Quoted.Total.Known() {
				out = append(out, RemovalLadder{Bundle: d.Bundle, Product: product, Candidates: n, Planned: d.Removed[i], Rungs: d.rungs(i, n)})
			}
		}
	}
	return out
}

// rungs tries nobody, the removals after which a cost may jump, the plan's own
// number and all candidates, and keeps those at which something changes.
func (d *Decision) rungs(i, candidates int) []RemovalRung {
	product, cost := d.Bundle.Products[i], d.costBy(i)
	none := cost(0)
	saved := money.Zero(none.Currency())
	var out []RemovalRung
	for _, n := range d.jumps(i, candidates) {
		r := RemovalRung{Removals: n, Users: product.Users - n, Saving: none.Sub(cost(n)), Each: money.Zero(none.Currency())}
		if n < candidates {
			r.Each = cost(n).Sub(cost(n + 1))
		}
		if n == 0 || n == candidates || r.Saving != saved || r.Each != out[len(out)-1].Each {
			out = append(out, r)
			saved = r.Saving
		}
	}
	return out
}

// jumps returns nobody and the removals from product i at which one more seat
// gone may have lowered a bill by a step.
func (d *Decision) jumps(i, candidates int) []int {
	out := []int{0, candidates}
	if d.Removed[i] > 0 {
		out = append(out, d.Removed[i])
	}
	for _, end := range pieces(d.Bundle, i, candidates, d.Cycle, d.stands()) {
		if end < candidates {
			out = append(out, end+1)
		}
	}
	for _, l := range d.Bundle.Lines {
		if l.Unions() != nil && slices.Contains(l.Members(), i) {
			out = append(out, d.chargeJumps(l, i, candidates)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// chargeJumps returns the removals at which people counted over several sites
// fall to a tier top on a bill date: a removal here takes somebody away only if
// no other site keeps them.
func (d *Decision) chargeJumps(l *costing.Line, i, candidates int) []int {
	k := slices.Clone(d.Removed)
	cycle := d.Cycle.of(l)
	var out []int
	for _, day := range l.BillDates(cycle) {
		users := func(n int) int {
			k[i] = n
			return l.UsersOn(day, k)
		}
		for _, top := range l.Tops(cycle, users(0)) {
			if n := sort.Search(candidates, func(n int) bool { return users(n) <= top }); n > 0 && users(n) <= top {
				out = append(out, n)
			}
		}
	}
	return out
}
