package plan

import (
	"slices"
	"sort"

	"tierline/audit/beside"
	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// RemovalLadder says what removing the review candidates of one product is
// worth, by how many of them go: longest idle first, in the decided cycle and
// right-sized, beside the planned removals of the bundle's other products,
// before any quote and before anything is paid once for several sites (METHOD 9.5). Nobody
// has to follow the plan to the end to know what the first thirty are worth. The
// ladders of one bundle do not add up: see [BundleRemovals].
type RemovalLadder struct {
	Bundle     *costing.Bundle
	Product    *seats.Product
	Candidates int
	Planned    int           // removed by the plan; always a rung
	Rungs      []RemovalRung // from nobody on
}

// RemovalRung is a number of removals at which something changes: up to the next
// rung each removal saves what Each says, but for cents of rounding.
type RemovalRung struct {
	Removals int
	Users    int          // left today
	Saving   money.Amount // in the coming term, against removing nobody from this product; negative where a smaller tier costs more
	Each     money.Amount // what the next removal saves; 0 inside a tier that is paid whole
	Cost     money.Amount // what the bundle then costs in the coming term
	Allowed  bool         // the policy sets no lower limit on removals
}

// BundleRemovals is what all planned removals of a bundle save at once, on the terms of
// a ladder. In a bundle that keeps its cycle it is what its clean-up is worth.
type BundleRemovals struct {
	Bundle   *costing.Bundle
	Removals int
	Saving   money.Amount
	Cost     money.Amount // what the bundle then costs
	Actions  []*Action    // that remove them
}

// Ladders returns a ladder for every product that has candidates, in the order
// of the bundles, but for held ones. A limit that policy sets on removals does not shorten them.
func (p *Plan) Ladders(policy *config.Policy) []RemovalLadder {
	var out []RemovalLadder
	var rungs []func() []RemovalRung // of each
	for _, d := range p.Decisions {
		for i, product := range d.Bundle.Products {
			if n := len(product.Candidates); n > 0 && d.Quoted.Total.Known() && len(d.Held) == 0 && d.Bundle.Counts() {
				out = append(out, RemovalLadder{Bundle: d.Bundle, Product: product, Candidates: n, Planned: d.Removed[i]})
				rungs = append(rungs, func() []RemovalRung { return d.rungs(i, n, policy) })
			}
		}
	}
	beside.Each(len(out), func(n int) { out[n].Rungs = rungs[n]() })
	return out
}

// BundleRemovals returns what the planned removals of each bundle with several
// ladders save at once.
func (p *Plan) BundleRemovals() []BundleRemovals {
	var out []BundleRemovals
	for _, d := range p.Decisions {
		ladders := 0
		for _, product := range d.Bundle.Products {
			ladders += min(len(product.Candidates), 1)
		}
		if ladders < 2 || sum(d.Removed) == 0 {
			continue
		}
		t := BundleRemovals{Bundle: d.Bundle, Removals: sum(d.Removed), Saving: d.add(d.Removed), Cost: d.without(d.Removed).Total}
		for _, a := range p.Actions {
			if a.Bundle == d.Bundle && len(a.Removals) > 0 {
				t.Actions = append(t.Actions, a)
			}
		}
		out = append(out, t)
	}
	return out
}

// add returns what removals save in the decided cycle before the quotes.
func (d *Decision) add(removed []int) money.Amount {
	return d.without(make([]int, len(removed))).Total.Sub(d.without(removed).Total)
}

// rungs tries nobody, the removals after which a cost may jump, the plan's own
// number and all candidates, and keeps those at which something changes, and the
// plan's own.
func (d *Decision) rungs(i, candidates int, policy *config.Policy) []RemovalRung {
	product, cost := d.Bundle.Products[i], d.ladderCost(i)
	none := cost(0)
	saved := money.Zero(none.Currency())
	var out []RemovalRung
	for _, n := range d.jumps(i, candidates) {
		then := cost(n)
		r := RemovalRung{Removals: n, Users: product.Users - n, Saving: none.Sub(then), Each: money.Zero(none.Currency()), Cost: then}
		r.Allowed = policy.MaxRemovals == 0 || n <= policy.MaxRemovals
		if n < candidates {
			r.Each = then.Sub(cost(n + 1))
		}
		if n == 0 || n == candidates || n == d.Removed[i] || r.Saving != saved || r.Each != out[len(out)-1].Each {
			out = append(out, r)
			saved = r.Saving
		}
	}
	return out
}

// ladderCost returns the cost of the bundle in the decided cycle, right-sized and
// before the quotes, by the seats removed from product i, all else as decided.
func (d *Decision) ladderCost(i int) func(removed int) money.Amount {
	k := slices.Clone(d.Removed)
	return func(removed int) money.Amount {
		k[i] = removed
		return d.without(k).Total
	}
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
