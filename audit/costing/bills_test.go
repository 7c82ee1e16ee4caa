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

// METHOD 3.8.
func TestUpgradesInsideTheTerm(t *testing.T) {
	perUser := func(tiers ...string) *world.World {
		return world.New(t).Seats("jira", 100, 0).Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: tiers}).App("app", "jira", pricing.Annual)
	}
	// 110 users for 197 days: 100.00 x 197 / 365 = 53.97. The fall of October
	// frees nothing, the rise of November is inside it, and of the 115 users
	// of December 5 are new: 50.00 x 90 / 365 = 12.33.
	w := perUser(":10.00").Planned("2026-08-16", "jira", 10).Planned("2026-10-01", "jira", -30).Planned("2026-11-01", "jira", 20).Planned("2026-12-01", "jira", 15)
	figures(t, w.Line("app"), "1000.00", "66.30", "0.00", "1066.30")
	// Never negative, where the list falls from 165.00 to 77.77.
	figures(t, perUser("100:1.65", "250:0.77").Planned("2026-08-16", "jira", 1).Line("app"), "165.00", "0.00", "0.00", "165.00")

	// Both lists of the version in force on the crossing date, also after a quote.
	tiers := world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"200:=27500", "400:=45500"}}
	l := world.New(t).Seats("jira", 150, 0).Prices(tiers).Percent("app", "2026-06-01", "0.15").Planned("2026-08-16", "jira", 100).App("app", "jira", pricing.Annual, world.Licensed(200)).Line("app")
	figures(t, l, "27500.00", "9715.07", "1457.26", "38672.33") // 18,000 x 1.15 x 197 / 365 = 11,172.33
	l = world.New(t).Seats("jira", 150, 0).Prices(tiers).Percent("app", "2026-02-01", "0.15").Planned("2026-08-16", "jira", 100).App("app", "jira", pricing.Annual, world.Licensed(200)).Line("app")
	cost(t, "quote for the renewal only", l, costing.Choice{Cycle: pricing.Annual, Locked: true}, "38672.33")
	// Factor and discount are part of the one rounded bill: 18,000 x 0.25 x 0.9 x 197 / 365 = 2,185.89
	l = world.New(t).Seats("jira", 150, 0).Prices(tiers).Planned("2026-08-16", "jira", 100).App("app", "jira", pricing.Annual, world.Licence("academic"), world.Discount("0.10")).Line("app")
	figures(t, l, "6187.50", "2185.89", "0.00", "8373.39")
	// Inside the licensed tier a rise is free.
	l = world.New(t).Seats("jira", 150, 0).Prices(tiers).Planned("2026-08-16", "jira", 100).App("app", "jira", pricing.Annual, world.Licensed(400)).Line("app")
	figures(t, l, "45500.00", "0.00", "0.00", "45500.00")
}

// More users never cost less as is, and removing people never makes the term
// dearer, on tables that do not fall: in both cycles, at the licensed tier and
// right-sized, over price changes. (What a fall and rise of planned users costs
// inside an annual term is another matter, see Line.Uneven.)
func TestMoreUsersCostNoLess(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lists := tablesThatDoNotFall(rt)
		low := rapid.IntRange(0, 500).Draw(rt, "users")
		high := low + rapid.IntRange(1, 100).Draw(rt, "added")
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
		a, b := line(low), line(high)
		for _, pair := range [][2]money.Amount{
			{a.AsIs, b.AsIs}, {a.Current, b.Current},
			{b.Cost(costing.Choice{Cycle: cycle, Removed: []int{high - low}}), b.AsIs},
			{b.Cost(costing.Choice{Cycle: cycle, Removed: []int{high - low}, RightSize: true}), b.Cost(costing.Choice{Cycle: cycle, RightSize: true})},
			{a.Cost(costing.Choice{Cycle: cycle.Other()}), b.Cost(costing.Choice{Cycle: cycle.Other()})},
		} {
			if !pair[0].Known() && pair[1].Known() || pair[1].Less(pair[0]) {
				rt.Fatalf("%d users: %s, %d users: %s", low, pair[0], high, pair[1])
			}
		}
		if a.AsIs.Known() && b.Cost(costing.Choice{Cycle: cycle, Removed: []int{high - low}}) != a.AsIs {
			rt.Fatalf("%d users less %d: %s, not the %s of %d users", high, high-low, b.Cost(costing.Choice{Cycle: cycle, Removed: []int{high - low}}), a.AsIs, low)
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
