package plan

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// byUser has two products and an app that are billed annually by the user,
// with joiners and leavers planned: each seat then has a price of its own.
func byUser(t testing.TB, users, idle int) *world.World {
	w := world.New(t)
	for _, key := range []string{"jira", "jira-service-management", "app"} {
		w.Prices(world.List{Plan: key, Cycle: pricing.Annual, Mode: pricing.Graduated, Tiers: []string{"100:86.00", "250:73.00", ":61.00"}}).
			Prices(world.List{Plan: key, Mode: pricing.Graduated, Tiers: []string{"100:8.60", "250:7.30", ":6.10"}})
	}
	w.Seats("jira", users, idle).Seats("jira-service-management", users/2, idle).
		Planned("2026-06-01", "jira", 100).Planned("2026-07-01", "jira-service-management", -10).
		Product("jira", pricing.Annual).Product("jira-service-management", pricing.Annual).App("app", "jira", pricing.Annual)
	return w
}

// Two products with 2,000 candidates each have four million combinations of
// removals; the plan does not try them one by one, nor does its ladder have a
// rung for each.
func TestManyCandidatesPaidByTheUser(t *testing.T) {
	w := byUser(t, 20000, 2000)
	p := Build(w.Build(), &w.Config.Policy)
	// Billed annually a seat is 10 monthly prices, so all who may go do, and a
	// joiner of June is charged for the rest of the year.
	if got := fmt.Sprint(p.Decisions[0].Removed); got != "[2000 2000]" {
		t.Errorf("removed %s", got)
	}
	for _, l := range p.Ladders(&w.Config.Policy) {
		if len(l.Rungs) > 10 {
			t.Errorf("%s: %d rungs", l.Product.Key, len(l.Rungs))
		}
	}
}

// listEnds reports whether a day of the line has no annual price.
func listEnds(l *costing.Line) bool {
	return slices.ContainsFunc(l.QuantityDates(pricing.Annual), func(d date.Date) bool {
		v, _ := l.Timeline(pricing.Annual).At(d)
		return v == nil
	})
}

// Trying the ends of the straight pieces finds what trying every removal finds,
// but for a cent of rounding in each bill.
//
// METHOD 9.2.
func TestPiecesAreAsGoodAsEveryRemoval(t *testing.T) {
	t.Parallel()
	weighed := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{20, 10, 5})
		policy := &w.Config.Policy
		for _, b := range w.Build().Bundles {
			bills := int64(0)
			if slices.ContainsFunc(b.Lines, listEnds) {
				continue // where an upgrade has no price only every removal is exact
			}
			for _, l := range b.Lines {
				bills += int64(len(l.QuantityDates(pricing.Annual)) + 12)
				if l.Uneven(pricing.Annual) && l.Counted() {
					weighed++
				}
			}
			search := func(every int, c Cycle) *candidate {
				o := optimiser{bundle: b, policy: policy, currency: "USD", limit: Limits(b, policy), every: every}
				return o.search(c)
			}
			for _, c := range []Cycle{Keep, AllAnnual} {
				want, got := search(everyRemoval, c), search(0, c)
				if (want == nil) != (got == nil) {
					rt.Fatalf("%s: one way finds a plan, the other none", b.ID())
				}
				if want != nil && got.outcome.Total.Sub(want.outcome.Total).MinorUnits() > bills {
					rt.Fatalf("%s %s: removing %v costs %s, trying every removal finds %v at %s", b.ID(), c, got.removed, got.outcome.Total, want.removed, want.outcome.Total)
				}
			}
		}
	})
	if weighed == 0 {
		t.Error("no line rose by the user")
	}
}
