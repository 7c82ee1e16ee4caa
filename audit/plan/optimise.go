package plan

import (
	"slices"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/money"
)

// optimiser finds the best decision on one bundle.
type optimiser struct {
	bundle   *costing.Bundle
	policy   *config.Policy
	currency money.Currency
	limit    []int // removable seats of each product
	every    int   // combinations of removals up to which each is tried: everyRemoval
	memo     map[string]*Outcome
}

// candidate is a decision with what the objective compares: least cost, then
// fewest removals, today's cycle, fewest quotes, the smallest removals in
// product order, monthly before annual (METHOD 9.1).
type candidate struct {
	removed []int
	cycle   Cycle
	outcome *Outcome
}

func (a *candidate) better(b *candidate) bool {
	if b == nil {
		return true
	}
	if a.outcome.Total != b.outcome.Total {
		return a.outcome.Total.Less(b.outcome.Total)
	}
	if x, y := sum(a.removed), sum(b.removed); x != y {
		return x < y
	}
	if (a.cycle == Keep) != (b.cycle == Keep) {
		return a.cycle == Keep
	}
	if a.outcome.Quotes != b.outcome.Quotes {
		return a.outcome.Quotes < b.outcome.Quotes
	}
	if c := slices.Compare(a.removed, b.removed); c != 0 {
		return c < 0
	}
	return a.cycle < b.cycle
}

func sum(k []int) int {
	total := 0
	for _, n := range k {
		total += n
	}
	return total
}

// Limits returns how many seats may be removed from each product of a bundle:
// nobody's where it is held, or where somebody's number is only assumed.
func Limits(b *costing.Bundle, policy *config.Policy) []int {
	return limits(b, make([]int, len(b.Products)), policy)
}

// limits are those with more candidates than there are.
func limits(b *costing.Bundle, more []int, policy *config.Policy) []int {
	out := make([]int, len(b.Products))
	if assumed(b) || len(b.Held()) > 0 {
		return out
	}
	for i, p := range b.Products {
		out[i] = len(p.Candidates) + more[i]
		if policy.MaxRemovals > 0 {
			out[i] = min(out[i], policy.MaxRemovals)
		}
	}
	return out
}

// search finds the best removals for a cycle.
//
// The cost of a bundle as a function of its users never falls inside a cell,
// that is between two tier tops of any of its lines, so the cheapest point of
// a cell is its lowest corner. Trying every corner is therefore exact; that
// the people removed are as few as possible is then found inside the cheapest
// cells, where the cost only stays or falls as more people leave.
func (o *optimiser) search(c Cycle) *candidate {
	o.memo = map[string]*Outcome{}
	ends := o.cells(c)
	var cheapest money.Amount
	var at [][]int // positions in ends
	walk(ends, func(pos []int) {
		total := o.evaluate(pick(ends, pos), c).Total
		switch {
		case !total.Known() || cheapest.Less(total):
		case total == cheapest:
			at = append(at, slices.Clone(pos))
		default:
			cheapest, at = total, [][]int{slices.Clone(pos)}
		}
	})
	var best *candidate
	for _, pos := range at {
		k := o.fewest(ends, pos, c)
		if found := (&candidate{removed: k, cycle: c, outcome: o.evaluate(k, c)}); found.better(best) {
			best = found
		}
	}
	return best
}

// walk calls f with every combination of positions in lists.
func walk(lists [][]int, f func(pos []int)) {
	pos := make([]int, len(lists))
	for {
		f(pos)
		i := len(pos) - 1
		for ; i >= 0; i-- {
			if pos[i]++; pos[i] < len(lists[i]) {
				break
			}
			pos[i] = 0
		}
		if i < 0 {
			return
		}
	}
}

func pick(lists [][]int, pos []int) []int {
	out := make([]int, len(lists))
	for i, p := range pos {
		out[i] = lists[i][p]
	}
	return out
}

func (o *optimiser) evaluate(k []int, c Cycle) *Outcome {
	key := make([]byte, 0, 4*len(k))
	for _, n := range k {
		key = append(key, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	if out, ok := o.memo[string(key)]; ok {
		return out
	}
	out := Evaluate(o.bundle, slices.Clone(k), c, Freedom{RightSize: true, Quotes: !o.policy.NoQuotes}, o.currency)
	o.memo[string(key)] = out
	return out
}
