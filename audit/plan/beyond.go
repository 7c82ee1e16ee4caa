package plan

import (
	"slices"
	"sort"

	"tierline/audit/config"
	"tierline/audit/money"
)

// Beyond returns what removing more seats of each product on top of the
// decision's own removals would save in the decided cycle. It is negative where
// fewer users cost more, and unknown where the decision has no cost or nothing is
// decided. With nobody more it is zero.
func (d *Decision) Beyond(more []int) money.Amount {
	k := slices.Clone(d.Removed)
	for i, n := range more {
		k[i] += n
	}
	now := d.Quoted.Total
	if len(d.Held) > 0 {
		return money.Amount{}
	}
	return now.Sub(Evaluate(d.Bundle, k, d.Cycle, d.freedom(), now.Currency()).Total)
}

// Worth returns what the decision's removals from product i save beside its
// other removals: the plan's own rung of the product's ladder. It is unknown
// where the decision has no cost.
func (d *Decision) Worth(i int) money.Amount {
	cost := d.ladderCost(i)
	return cost(0).Sub(cost(d.Removed[i]))
}

// IfRemovable returns what the bundle would cost less in the decided cycle if
// more seats of each product were candidates: the best removals are looked for
// again, since a few more may reach a tier top together with candidates that
// save nothing alone. It is never negative, and unknown where the decision has no
// cost or nothing is decided.
func (d *Decision) IfRemovable(more []int, policy *config.Policy) money.Amount {
	now := d.Quoted.Total
	if len(d.Held) > 0 {
		return money.Amount{}
	}
	o := optimiser{bundle: d.Bundle, policy: policy, currency: now.Currency(), limit: limits(d.Bundle, more, policy), every: everyRemoval}
	best := o.search(d.Cycle)
	if best == nil {
		return money.Amount{}
	}
	return now.Sub(best.outcome.Total)
}

// freedom is what an evaluation on top of the decision may choose.
func (d *Decision) freedom() Freedom {
	return Freedom{RightSize: true, Quotes: d.Quoted.Quotes > 0}
}

// costBy returns the cost of the decided bundle by the seats removed from
// product i, all else as decided.
func (d *Decision) costBy(i int) func(removed int) money.Amount {
	k := slices.Clone(d.Removed)
	return func(removed int) money.Amount {
		k[i] = removed
		return Evaluate(d.Bundle, k, d.Cycle, d.freedom(), d.Quoted.Total.Currency()).Total
	}
}

// NextDrop returns the users of product i at which the decided bundle would
// next cost less, beyond the removals of the plan, and what it would save
// then; false when nothing further down saves anything. Inside a cell of the
// cost (see search) it only falls as more people leave, so a cell whose end
// costs no less holds no drop.
func (d *Decision) NextDrop(i int) (users int, saving money.Amount, ok bool) {
	if len(d.Held) > 0 {
		return 0, money.Amount{}, false
	}
	p := d.Bundle.Products[i]
	now, cost := d.Quoted.Total, d.costBy(i)
	low := d.Removed[i] + 1
	for _, end := range d.drops(i) {
		if end < low {
			continue
		}
		if cost(end).Less(now) {
			k := low + sort.Search(end-low, func(n int) bool { return cost(low + n).Less(now) })
			return p.Users - k, now.Sub(cost(k)), true
		}
		low = end + 1
	}
	return 0, money.Amount{}, false
}

// drops returns the removals from product i at which a cell of the cost ends,
// the others staying as decided.
func (d *Decision) drops(i int) []int {
	users := d.Bundle.Products[i].Users
	if users <= everyRemoval && uneven(d.Bundle, i, d.Cycle) {
		return upTo(users)
	}
	return pieces(d.Bundle, i, users, d.Cycle, d.stands())
}

// stands lists the decided removals of each product.
func (d *Decision) stands() [][]int {
	var out [][]int
	for _, k := range d.Removed {
		out = append(out, []int{k})
	}
	return out
}
