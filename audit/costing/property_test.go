package costing_test

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/audittest/world"
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

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
				if why != "" {
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

// The three parts of as is (DESIGN section 7), each computed on its own: volume
// from a world in which no price changes after as-of.
func TestCurrentVolumeAndPriceChangesAreAsIs(t *testing.T) {
	known := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{8, 8, 8})
		c := w.Build()
		still := *w
		still.Changes, still.Rows = nil, nil
		for _, ch := range w.Changes {
			if !ch.Effective.After(w.AsOf) {
				still.Changes = append(still.Changes, ch)
			}
		}
		for _, r := range w.Rows {
			if !r.ValidFrom.After(w.AsOf) {
				still.Rows = append(still.Rows, r)
			}
		}
		frozen := still.Build()
		for i, l := range c.Lines {
			f := frozen.Lines[i]
			if l.Reason != "" || f.Reason != "" {
				continue
			}
			known++
			if sum := l.Current.Add(l.Volume).Add(l.PriceChanges()); sum != l.AsIs {
				rt.Fatalf("%s: current %s + volume %s + price changes %s = %s, as is %s", l.ID(), l.Current, l.Volume, l.PriceChanges(), sum, l.AsIs)
			}
			if l.Sub.Hosting == pricing.DataCenter {
				continue // the host's tier is read off its table of the renewal (R40), which differs in the other world
			}
			if f.Current != l.Current || f.AsIs.Sub(f.Current) != l.Volume {
				rt.Fatalf("%s: without any price change after as-of: current %s, volume %s; got %s, %s", l.ID(), f.Current, f.AsIs.Sub(f.Current), l.Current, l.Volume)
			}
		}
	})
	if known == 0 {
		t.Error("no estate had a price: the test tests nothing")
	}
}

// Growth raises every bill by itself (ruling R38): the total lies no further
// from the exact rise of as is than half a cent for each bill, no rise is as
// is, and products and lines whose price is known to change keep as is.
func TestR38GrowthRaisesEveryBill(t *testing.T) {
	raised := 0
	rapid.Check(t, func(rt *rapid.T) {
		percent := int64(rapid.IntRange(0, 40).Draw(rt, "percent"))
		share := money.Ratio(percent, 100)
		for _, l := range world.Random(rt, world.New(t), [3]int{8, 8, 8}).Build().Lines {
			got := l.Grown(share)
			switch {
			case !l.AsIs.Known():
				if got.Known() {
					rt.Fatalf("%s: as is is not known, grown %s", l.ID(), got)
				}
				continue
			case !l.FollowsGrowth() || percent == 0:
				if got != l.AsIs {
					rt.Fatalf("%s at %d%%: got %s, want as is, %s", l.ID(), percent, got, l.AsIs)
				}
				continue
			}
			raised++
			bills, _ := l.Bills(costing.Choice{Cycle: l.Sub.Cycle})
			exact := l.AsIs.Exact().Mul(money.Int(1).Add(share))
			off := got.Exact().Sub(exact).Mul(money.Int(200)) // in half cents
			if off.Sign() < 0 {
				off = off.Neg()
			}
			if off.Cmp(money.Int(int64(len(bills)))) > 0 {
				rt.Fatalf("%s at %d%%: %s is further from %s than %d roundings", l.ID(), percent, got, exact.Decimal(4), len(bills))
			}
		}
	})
	if raised == 0 {
		t.Error("no line was raised: the test tests nothing")
	}
}
