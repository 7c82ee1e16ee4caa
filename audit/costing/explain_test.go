package costing_test

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 2.18.
func TestStepsAddUpToTheBills(t *testing.T) {
	known := 0
	rapid.Check(t, func(rt *rapid.T) {
		c := world.Random(rt, world.New(t), [3]int{8, 8, 8}).Build()
		for _, l := range c.Lines {
			for _, choice := range []costing.Choice{
				{Cycle: l.Sub.Cycle}, {Cycle: l.Sub.Cycle.Other()}, {Cycle: pricing.Annual, RightSize: true}, {Cycle: pricing.Annual, Locked: true, RightSize: true},
			} {
				if choice.Locked && !l.CanLock(choice) {
					continue
				}
				bills, why := l.Bills(choice)
				if why.Given() {
					continue
				}
				known++
				sum := money.Exact{}
				for _, s := range l.Explain(bills) {
					sum = sum.Add(s.Amount)
				}
				total := costing.Total(bills)
				if sum.Cmp(total.Exact()) != 0 {
					rt.Fatalf("%s, %+v: the steps add up to %s, the bills to %s", l.ID(), choice, sum.Decimal(2), total)
				}
				if l.Cost(choice) != total {
					rt.Fatalf("%s: cost %s, bills %s", l.ID(), l.Cost(choice), total)
				}
			}
		}
	})
	if known == 0 {
		t.Error("no estate had a price: the test tests nothing")
	}
}
