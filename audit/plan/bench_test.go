package plan_test

import (
	"fmt"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// large has twenty sites of 10,000 users, each with Jira, Jira Service
// Management and eight apps: 200 lines in 20 bundles, half of them billed
// monthly, a fifth of the users idle, rises announced, joiners planned.
func large(b *testing.B) *world.World {
	w := world.New(b)
	list := world.List{Cycle: pricing.Annual, Mode: pricing.Volume}
	for top := 1000; top <= 20000; top += 500 {
		list.Tiers = append(list.Tiers, fmt.Sprintf("%d:=%d.00", top, 40*top))
	}
	for _, key := range []string{"jira", "jira-service-management"} {
		list.Plan = key
		w.Prices(list).Prices(world.List{Plan: key, Mode: pricing.Graduated, Tiers: []string{"100:8.60", "250:7.30", ":6.10"}})
	}
	for i := range 8 {
		w.Graduated(fmt.Sprintf("app-%d", i), append(append([]string{}, world.G1...), ":0.20")).Percent(fmt.Sprintf("app-%d", i), "2026-02-01", "0.1")
	}
	for s := range 20 {
		w.On(fmt.Sprintf("site-%02d", s))
		w.SeatsFrom(10000*s, "jira", 10000, 2000).SeatsFrom(10000*s, "jira-service-management", 800, 200)
		w.Planned("2026-06-01", "jira", 100)
		cycle := pricing.Cycle(s % 2)
		w.Product("jira", cycle, world.Licensed(11000)).Product("jira-service-management", cycle)
		for i := range 8 {
			w.App(fmt.Sprintf("app-%d", i), "jira", cycle)
		}
	}
	return w
}

// BenchmarkPlan shows what METHOD 16.3 asks of the plan: 200,000
// accounts, 20 bundles, 200 lines. Costs are built anew each time, since they
// hold what is prepared once.
func BenchmarkPlan(b *testing.B) {
	w := large(b)
	in := w.Input()
	b.ReportAllocs()
	for b.Loop() {
		p := plan.Build(costing.Build(in), &w.Config.Policy)
		if p.Totals.Recommended.Sign() <= 0 {
			b.Fatal("no plan")
		}
	}
}
