package plan

import (
	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Decision is what the plan decides for one bundle, and the outcomes along
// the bridge: each stage is the best cost with the recommended removals and
// cycle that the stage allows (METHOD 4.5).
type Decision struct {
	Bundle  *costing.Bundle
	Removed []int // seats removed from each product
	Cycle   Cycle

	AsIs      *Outcome // nobody removed, licensed tiers, today's cycle
	RightSize *Outcome // the tier of the users where that is cheaper
	CleanUp   *Outcome // with the removals
	Switched  *Outcome // in the decided cycle
	Quoted    *Outcome // with quotes: recommended, before multi-instance

	// Held says why nothing is decided for the bundle but quotes that hold
	// whichever number of users is right; nil where everything is decided.
	Held []diag.Reason
	// NotClaimed is what a held bundle would save, quotes and combinations apart, if
	// its sources were right. It is in no total, and unknown for other bundles or
	// for the reason given.
	NotClaimed       money.Amount
	NotClaimedReason diag.Reason

	// NoSwitch says why no other cycle was weighed; no reason when one was, or
	// when there is none.
	NoSwitch diag.Reason

	barred [AllAnnual + 1]diag.Reason // why a cycle was not weighed
}

// NotWeighed says why a cycle was not weighed; no reason when it was.
func (d *Decision) NotWeighed(c Cycle) diag.Reason { return d.barred[c] }

// decide finds the best decision on a bundle.
func decide(b *costing.Bundle, policy *config.Policy, currency money.Currency) *Decision {
	o := optimiser{bundle: b, policy: policy, currency: currency, limit: Limits(b, policy), every: everyRemoval}
	d := &Decision{Bundle: b}
	cycles := d.cycles(policy)
	var best *candidate
	for _, c := range cycles {
		if found := o.search(c); found != nil && found.better(best) {
			best = found
		}
	}
	none := make([]int, len(b.Products))
	if best == nil {
		// No currency is known, so nothing can be weighed: as is.
		best = &candidate{removed: none, cycle: Keep, outcome: Evaluate(b, nil, Keep, Freedom{}, currency)}
	}
	d.Removed, d.Cycle, d.Quoted = best.removed, best.cycle, best.outcome
	d.AsIs = Evaluate(b, nil, Keep, Freedom{}, currency)
	d.RightSize = Evaluate(b, none, Keep, Freedom{RightSize: true}, currency)
	d.CleanUp = Evaluate(b, d.Removed, Keep, Freedom{RightSize: true}, currency)
	d.Switched = Evaluate(b, d.Removed, d.Cycle, Freedom{RightSize: true}, currency)
	return d
}

// removals lists some removals, and how many people they touch.
func (d *Decision) removals(removed []int) ([]Removal, int) {
	var out []Removal
	people := map[int32]bool{}
	for i, k := range removed {
		if k == 0 {
			continue
		}
		p := d.Bundle.Products[i]
		out = append(out, Removal{Product: p, Seats: k, Candidates: len(p.Candidates), From: p.Users, To: p.Users - k})
		for _, account := range p.Candidates[:k] {
			people[account] = true
			out[len(out)-1].Given += len(p.SeatsOf(account))
		}
	}
	return out, len(people)
}
