package costing_test

import (
	"strings"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 2.12.
func TestContractPriceIsNet(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 480, 100)
	w.Config.Policy.AnnualAppRoundUp = true
	w.App("app", "jira", pricing.Annual, world.Contract("3000.50"), world.Discount("0.15"), world.Licence("academic"))
	c := w.Build()
	l := world.Find(t, c, "app")
	figures(t, l, "3000.50", "0.00", "0.00", "3000.50") // no discount, no licence factor, no rounding up
	world.Said(t, c.Diagnostics, diag.Warning, "discount is not applied")
	// The ratio to the list is held: 3,000.50 x 3,405 / 3,805 = 2,685.0723...
	cost(t, "tier 400 in the ratio of the contract", l, costing.Choice{Cycle: pricing.Annual, Removed: []int{80}}, "2685.07")
	if _, why := l.Bills(asMonthly); !strings.Contains(why.Text, "contract price is annual") {
		t.Errorf("other cycle: got reason %q, want that the contract price is annual", why)
	}
	m := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Monthly, world.Contract("150.00")).Line("app")
	figures(t, m, "1800.00", "0.00", "0.00", "1800.00") // one bill is a month
}

// METHOD 2.13.
func TestContractPriceWithoutAPlan(t *testing.T) {
	build := func() *world.World {
		return world.New(t).Seats("jira", 100, 30).App("app", "jira", pricing.Annual, world.Contract("900.00"))
	}
	l := build().Line("app")
	figures(t, l, "900.00", "0.00", "0.00", "900.00")
	cost(t, "held while quantities fall", l, costing.Choice{Cycle: pricing.Annual, RightSize: true, Removed: []int{30}}, "900.00")
	unknown(t, build().Planned("2026-02-01", "jira", 1).Line("app"), "not for the 101")
	unknown(t, build().Planned("2026-08-01", "jira", 1).Line("app"), "not for the 101")                  // a rise inside the term as well
	figures(t, build().Planned("2027-03-01", "jira", 1).Line("app"), "900.00", "0.00", "0.00", "900.00") // the end of the term is not in it
	figures(t, build().Planned("2026-08-01", "jira", -1).Line("app"), "900.00", "0.00", "0.00", "900.00")
	monthly := func(change int) *costing.Line {
		return world.New(t).Seats("jira", 100, 0).Planned("2026-12-01", "jira", change).App("app", "jira", pricing.Monthly, world.Contract("90.00")).Line("app")
	}
	unknown(t, monthly(1), "not for the 101")
	figures(t, monthly(-1), "1080.00", "0.00", "0.00", "1080.00") // fewer users are within the contract

	free := world.New(t).Graduated("app", []string{"10:=0.00", "100:0.45"}).Seats("jira", 8, 0).App("app", "jira", pricing.Annual, world.Contract("50.00")).Line("app")
	figures(t, free, "50.00", "0.00", "0.00", "50.00")
	cost(t, "no ratio to a list of 0.00", free, costing.Choice{Cycle: pricing.Annual, Removed: []int{8}}, "50.00")
}

// METHOD 2.14.
func TestContractPriceAndPriceChanges(t *testing.T) {
	listed := func(effective string) *costing.Line {
		return world.New(t).Graduated("app", world.G1).Percent("app", effective, "0.15").Seats("jira", 480, 0).App("app", "jira", pricing.Annual, world.Contract("3000.00"), world.Licensed(500)).Line("app")
	}
	l := listed("2026-02-01")
	figures(t, l, "3000.00", "0.00", "450.00", "3450.00") // the ratio of as-of on the list of the bill
	if !l.CanLock(asAnnual) {
		t.Error("a change after as-of can be locked")
	}
	cost(t, "locked", l, costing.Choice{Cycle: pricing.Annual, Locked: true}, "3000.00")
	l = listed("2025-12-20")
	figures(t, l, "3000.00", "0.00", "0.00", "3000.00")
	if l.CanLock(asAnnual) || !l.Quote.Change.IsZero() {
		t.Errorf("the agreed price is already today's: got %+v", l.Quote)
	}

	bare := world.New(t).Percent("app", "2025-12-20", "0.50").Percent("app", "2026-01-01", "0.50").Percent("app", "2026-02-01", "0.10").Percent("app", "2026-04-01", "0.20").
		Seats("jira", 480, 0).App("app", "jira", pricing.Annual, world.Contract("3000.00")).Line("app")
	figures(t, bare, "3000.00", "0.00", "300.00", "3300.00") // only as-of < E <= R
	cost(t, "locked without a list", bare, costing.Choice{Cycle: pricing.Annual, Locked: true}, "3000.00")
	w := world.New(t).Seats("jira", 480, 0).App("app", "jira", pricing.Annual, world.Contract("3000.00"))
	w.Changes = append(w.Changes, pricing.Change{Plan: "app", Effective: world.Day("2026-02-01"), NewPlan: "pro", AllHostings: true})
	unknown(t, w.Line("app"), `plan "pro"`)
}

// METHOD 1.9.
func TestFixedPrice(t *testing.T) {
	fixed := world.Fixed
	l := world.New(t).Seats("jira", 350, 0).Planned("2026-02-01", "jira", 500).App("app", "jira", pricing.Monthly, fixed, world.Contract("100.00")).Line("app")
	figures(t, l, "1200.00", "0.00", "0.00", "1200.00") // 12 bills, whatever the count
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.10").Percent("app", "2026-05-01", "0.10").Seats("jira", 350, 0)
	l = w.App("app", "jira", pricing.Annual, fixed, world.Contract("1000.00"), world.Licensed(20)).Line("app")
	figures(t, l, "1000.00", "0.00", "100.00", "1100.00")
	if !l.CanLock(asAnnual) {
		t.Error("a fixed price can lock a percentage with as-of < E <= R, without a tier test")
	}
	cost(t, "locked", l, costing.Choice{Cycle: pricing.Annual, Locked: true}, "1000.00")
	m := world.New(t).Percent("app", "2026-06-01", "0.10").Seats("jira", 350, 0).App("app", "jira", pricing.Monthly, fixed, world.Contract("100.00")).Line("app")
	figures(t, m, "1200.00", "0.00", "90.00", "1290.00") // 3 x 100.00, 9 x 110.00
}
