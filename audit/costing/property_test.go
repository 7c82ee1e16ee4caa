package costing_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
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
			if l.Reason.Given() || f.Reason.Given() {
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

// tablesThatDoNotFall are lists that cost no less for a user more, with the
// flat start no dearer than the tier behind it.
func tablesThatDoNotFall(t *rapid.T) []world.List {
	var monthly, annual []string
	top, flat := 0, 0
	if rapid.Bool().Draw(t, "flat start") {
		top = 10
		monthly = append(monthly, "10:=1.00") // eleven users cost 11 x 0.10 or more
	}
	for range rapid.IntRange(1, 5).Draw(t, "tiers") {
		top += rapid.IntRange(1, 120).Draw(t, "width")
		flat += rapid.IntRange(0, 900).Draw(t, "more")
		monthly = append(monthly, fmt.Sprintf("%d:%d.%d0", top, rapid.IntRange(0, 4).Draw(t, "unit"), rapid.IntRange(1, 9).Draw(t, "tenths")))
		annual = append(annual, fmt.Sprintf("%d:=%d", top, flat))
	}
	monthly, annual = append(monthly, ":0.10"), append(annual, fmt.Sprintf(":=%d", flat))
	lists := []world.List{{Plan: "app", Mode: pricing.Graduated, Tiers: monthly}}
	switch rapid.IntRange(0, 2).Draw(t, "annual list") {
	case 1:
		lists = append(lists, world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: annual})
	case 2:
		lists = append(lists, world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Graduated, Tiers: monthly})
	}
	return lists
}

// More users never cost less as is, and removing people never makes the term
// dearer, on tables that do not fall: in both cycles, at the licensed tier and
// right-sized, over price changes. (What a fall and rise of planned users costs
// inside an annual term is another matter, see Line.Uneven.)
func TestMoreUsersCostNoLess(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lists := tablesThatDoNotFall(rt)
		fewer := rapid.IntRange(0, 500).Draw(rt, "users")
		more := fewer + rapid.IntRange(1, 100).Draw(rt, "more")
		cycle := pricing.Cycle(rapid.IntRange(0, 1).Draw(rt, "cycle"))
		options := []world.Option{world.Discount(fmt.Sprintf("0.%02d", rapid.IntRange(0, 99).Draw(rt, "discount")))}
		if rapid.Bool().Draw(rt, "licensed") {
			options = append(options, world.Licensed(rapid.IntRange(0, 600).Draw(rt, "licence")))
		}
		rises := rapid.Bool().Draw(rt, "rises")
		line := func(users int) *costing.Line {
			w := world.New(t).Prices(lists...).Seats("jira", users, 0)
			if rises {
				w.Percent("app", "2026-02-15", "0.15")
			}
			return w.App("app", "jira", cycle, options...).Line("app")
		}
		a, b := line(fewer), line(more)
		for _, pair := range [][2]money.Amount{
			{a.AsIs, b.AsIs}, {a.Current, b.Current},
			{b.Cost(costing.Choice{Cycle: cycle, Removed: []int{more - fewer}}), b.AsIs},
			{b.Cost(costing.Choice{Cycle: cycle, Removed: []int{more - fewer}, RightSize: true}), b.Cost(costing.Choice{Cycle: cycle, RightSize: true})},
			{a.Cost(costing.Choice{Cycle: cycle.Other()}), b.Cost(costing.Choice{Cycle: cycle.Other()})},
		} {
			if !pair[0].Known() && pair[1].Known() || pair[1].Less(pair[0]) {
				rt.Fatalf("%d users: %s, %d users: %s", fewer, pair[0], more, pair[1])
			}
		}
		if a.AsIs.Known() && b.Cost(costing.Choice{Cycle: cycle, Removed: []int{more - fewer}}) != a.AsIs {
			rt.Fatalf("%d users less %d: %s, not the %s of %d users", more, more-fewer, b.Cost(costing.Choice{Cycle: cycle, Removed: []int{more - fewer}}), a.AsIs, fewer)
		}
	})
}

// One price for every number of users inside an annual tier, on the bill with
// discount and rounding, and each bill of a line is one of its total.
func TestAnnualBillIsConstantInsideATier(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lists := tablesThatDoNotFall(rt)
		l := world.New(t).Prices(lists...).Seats("jira", 5, 0).App("app", "jira", pricing.Annual, world.Discount("0.13")).Line("app")
		v, why := l.Timeline(pricing.Annual).At(world.Day("2026-01-01"))
		if v == nil {
			rt.Fatal(why)
		}
		n := rapid.IntRange(1, 700).Draw(rt, "users")
		tier, ok := v.Tier(n)
		if !ok || !v.Stepped() {
			return
		}
		for _, u := range []int{tier.From, n, tier.To} {
			if u > 0 && l.BillAt(v, u) != l.BillAt(v, n) {
				rt.Fatalf("tier %s: %d users %s, %d users %s", tier, u, l.BillAt(v, u), n, l.BillAt(v, n))
			}
		}
	})
}

// BenchmarkBundleCurve prices the coming term of a bundle of 60 lines for every
// number of users from 0 to 10,000, in both cycles: twelve bills and one.
func BenchmarkBundleCurve(b *testing.B) {
	const most = 10000
	tiers := []string{"10:=10.00", "100:1.65", "250:0.77", "1000:0.40", "2500:0.23", "5000:0.21", "7500:0.19", ":0.17"}
	w := world.New(b).Seats("jira", most, 0)
	for i := range 60 {
		w.Graduated(fmt.Sprintf("app-%d", i), tiers).App(fmt.Sprintf("app-%d", i), "jira", pricing.Monthly, world.Discount("0.05"))
	}
	lines := w.Build().Lines
	b.ReportAllocs()
	for b.Loop() {
		for n := range most + 1 {
			removed := []int{most - n}
			for _, l := range lines {
				if !l.Cost(costing.Choice{Cycle: pricing.Monthly, Removed: removed}).Known() || !l.Cost(costing.Choice{Cycle: pricing.Annual, Removed: removed, RightSize: true}).Known() {
					b.Fatalf("%s has no price for %d users", l.ID(), n)
				}
			}
		}
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
