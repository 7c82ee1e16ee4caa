package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

func rungs(l plan.RemovalLadder) []string {
	var out []string
	for _, r := range l.Rungs {
		out = append(out, fmt.Sprintf("%d: %d users, %s, each %s", r.Removals, r.Users, r.Saving, r.Each))
	}
	return out
}

// 561 users of an app at G1: 10 fewer reach 551, 61 reach 500, 81 are all.
//
// METHOD 9.5.
func TestRemovalLadder(t *testing.T) {
	list := world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=5000.00", "551:=5840.00", "600:=6240.00"}}
	w := world.New(t).Prices(list).Graduated("app", world.G1).Seats("jira", 561, 81).Product("jira", pricing.Annual)
	p := plan.Build(w.Build(), &w.Config.Policy)
	l := p.Ladders(&w.Config.Policy)
	if len(l) != 1 || l[0].Planned != 61 || l[0].Candidates != 81 {
		t.Fatalf("%+v", l)
	}
	want := []string{
		"0: 561 users, 0.00, each 0.00",
		"10: 551 users, 400.00, each 0.00",
		"61: 500 users, 1240.00, each 0.00",
		"81: 480 users, 1240.00, each 0.00", // the other 20 save nothing
	}
	if diff := cmp.Diff(want, rungs(l[0])); diff != "" {
		t.Error(diff)
	}
	// Billed monthly each seat counts: 81 x 0.40 x 12.
	w = world.New(t).Prices(world.List{Plan: "jira", Mode: pricing.Graduated, Tiers: world.G1}).Seats("jira", 561, 81).Product("jira", pricing.Monthly)
	p = plan.Build(w.Build(), &w.Config.Policy)
	if diff := cmp.Diff([]string{"0: 561 users, 0.00, each 4.80", "81: 480 users, 388.80, each 0.00"}, rungs(p.Ladders(&w.Config.Policy)[0])); diff != "" {
		t.Error(diff)
	}
	// A top of the list lies between: 240 users leave 11 seats at 0.77.
	w = world.New(t).Prices(world.List{Plan: "jira", Mode: pricing.Graduated, Tiers: world.G1}).Seats("jira", 261, 21).Product("jira", pricing.Monthly)
	p = plan.Build(w.Build(), &w.Config.Policy)
	if diff := cmp.Diff([]string{"0: 261 users, 0.00, each 4.80", "11: 250 users, 52.80, each 9.24", "21: 240 users, 145.20, each 0.00"}, rungs(p.Ladders(&w.Config.Policy)[0])); diff != "" {
		t.Error(diff)
	}
}

// A seat of the first ten is free, so the ladder says where removals stop
// saving: 12 users of K leave 2 at 5.40 x 12 / 12, the other 6 nothing.
func TestRemovalLadderSaysWhereItEnds(t *testing.T) {
	w := world.New(t).Prices(world.List{Plan: "jira", Mode: pricing.Graduated, Tiers: []string{"10:0", "100:0.45"}}).Seats("jira", 12, 8).Product("jira", pricing.Monthly)
	p := plan.Build(w.Build(), &w.Config.Policy)
	want := []string{"0: 12 users, 0.00, each 5.40", "2: 10 users, 10.80, each 0.00", "8: 4 users, 10.80, each 0.00"}
	if diff := cmp.Diff(want, rungs(p.Ladders(&w.Config.Policy)[0])); diff != "" {
		t.Error(diff)
	}
}

// A ladder never misses a step: where a line is paid by the tier, the saving
// between two rungs is that of the lower one.
func TestRemovalLadderMissesNoStep(t *testing.T) {
	t.Parallel()
	steps := 0
	check := func(rt *rapid.T, w *world.World) {
		p := plan.Build(w.Build(), &w.Config.Policy)
		for _, l := range p.Ladders(&w.Config.Policy) {
			d := p.Decision(l.Bundle)
			i := slices.Index(d.Bundle.Products, l.Product)
			k := slices.Clone(d.Removed)
			free := plan.Freedom{RightSize: true}
			cost := func(n int) money.Amount {
				k[i] = n
				return plan.Evaluate(d.Bundle, k, d.Cycle, free, "USD").Total
			}
			none := cost(0)
			for _, r := range l.Rungs {
				steps++
				if got := none.Sub(cost(r.Removals)); got != r.Saving {
					rt.Fatalf("%s: %d removals save %s, the rung says %s", l.Product.Key, r.Removals, got, r.Saving)
				}
				if r.Removals < l.Candidates && cost(r.Removals).Sub(cost(r.Removals+1)) != r.Each {
					rt.Fatalf("%s: after %d removals each says %s", l.Product.Key, r.Removals, r.Each)
				}
			}
			last := l.Rungs[len(l.Rungs)-1]
			if last.Removals != l.Candidates || !slices.ContainsFunc(l.Rungs, func(r plan.RemovalRung) bool { return r.Saving == none.Sub(cost(l.Planned)) }) && l.Planned > 0 {
				rt.Fatalf("%s: no rung for all %d candidates, or none worth the plan's %d: %+v", l.Product.Key, l.Candidates, l.Planned, l.Rungs)
			}
		}
	}
	rapid.Check(t, func(rt *rapid.T) { check(rt, random(rt, t)) })
	rapid.Check(t, func(rt *rapid.T) { check(rt, world.RandomSites(rt, world.New(t))) })
	if steps == 0 {
		t.Error("no rung was seen")
	}
}

// Each constraint costs what the plan recommends less without it.
//
// METHOD 9.10.
func TestConstraints(t *testing.T) {
	list := world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=5000.00", "600:=6240.00"}}
	w := world.New(t).Prices(list).Seats("jira", 561, 81).Product("jira", pricing.Annual, world.Licensed(600)).Percent("jira", "2026-01-20", "0.1")
	w.Changes[0].OverrideDays = new(int)
	*w.Changes[0].OverrideDays = 60
	policy := &w.Config.Policy
	c := w.Build()
	// 500 at the new price 5,500.00, or 600 at the old one 6,240.00: 61 removals it is.
	if got := plan.Build(c, policy).Constraints(c, policy); len(got) != 0 {
		t.Errorf("nothing constrains: %v", got)
	}
	policy.MaxRemovals, policy.NoQuotes, policy.KeepCycle = 60, true, true
	p := plan.Build(c, policy)
	var got []string
	for _, x := range p.Constraints(c, policy) {
		got = append(got, x.Setting+" "+x.Value+" "+x.Cost.String())
	}
	// Without the cap 5,500.00 instead of 6,864.00; with quotes 6,240.00.
	if diff := cmp.Diff([]string{"max_removals 60 1364.00", "keep_cycle yes 0.00", "no_quotes yes 624.00"}, got); diff != "" {
		t.Error(diff)
	}
}
