package costing_test

import (
	"strings"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 2.15.
func TestWhichRateHolds(t *testing.T) {
	rate := func(c money.Currency, value, on string) estate.Rate {
		return estate.Rate{Currency: c, Rate: world.Dec(value), Date: world.Day(on)}
	}
	r := costing.NewRates([]estate.Rate{rate("USD", "0.80", "2026-01-01"), rate("USD", "0.90", "2026-01-10"), rate("USD", "0.95", "2026-01-11"), rate("EUR", "2", "2026-01-01")},
		world.Day("2026-01-10"), "EUR")
	if x, ok := r.Of("USD"); !ok || x.Rate.Cmp(world.Dec("0.90")) != 0 {
		t.Errorf("got %s of %s, want 0.90, which is of as-of itself", x.Rate.Decimal(2), x.Date)
	}
	for _, c := range []money.Currency{"EUR", "GBP", ""} {
		if x, ok := r.Of(c); ok {
			t.Errorf("rate of %q: got %s, want none", c, x.Rate.Decimal(2))
		}
	}
	if got := r.In(money.Minor(1005, "USD")); got != money.Minor(905, "EUR") {
		t.Errorf("10.05 USD: got %s %s, want 9.05 EUR", got, got.Currency())
	}
}

// euros has an app priced in dollars and an organisation in euros.
func euros(t *testing.T, cycle pricing.Cycle, rate string, options ...world.Option) *world.World {
	w := world.New(t).Seats("jira", 1, 0).Prices(world.List{Mode: pricing.Graduated, Tiers: []string{"100:10.05"}})
	w.Config.Currency = "EUR"
	if rate != "" {
		w.Rate("USD", rate, "2025-12-20")
	}
	return w.App("app", "jira", cycle, options...)
}

// Each bill is rounded in its own currency and once more in that of the totals:
// 10.05 at 0.90 is 9.05, twelve times, and not 120.60 x 0.90.
//
// METHOD 2.15.
func TestEachBillIsConverted(t *testing.T) {
	l := euros(t, pricing.Monthly, "0.90").Line("app")
	figures(t, l, "108.60", "0.00", "0.00", "108.60")
	if got := [2]string{l.Own.Current.String(), l.Own.AsIs.String()}; got != [2]string{"120.60", "120.60"} || l.Own.AsIs.Currency() != "USD" {
		t.Errorf("in its own currency: got %v %s, want 120.60 USD twice", got, l.Own.AsIs.Currency())
	}
	bills, _ := l.Bills(costing.Choice{Cycle: pricing.Monthly})
	steps := l.Explain(bills)
	sum := money.Exact{}
	for _, s := range steps {
		sum = sum.Add(s.Amount)
	}
	if sum.Cmp(l.AsIs.Exact()) != 0 || !strings.Contains(steps[1].Note, "10.05 USD, at 0.90 EUR for 1 USD of 20 Dec 2025") {
		t.Errorf("steps add up to %s and say %q; want 108.60 and the rate", sum.Decimal(2), steps[1].Note)
	}
	// 10.05 less 15 % is 8.5425, rounded 8.54 before 150 for one is taken.
	figures(t, euros(t, pricing.Monthly, "150", world.Discount("0.15")).Line("app"), "15372.00", "0.00", "0.00", "15372.00")
	// A contract price, and an annual bill of which an upgrade is one more.
	figures(t, euros(t, pricing.Monthly, "0.90", world.Contract("10.05")).Line("app"), "108.60", "0.00", "0.00", "108.60")
	annual := world.New(t).Prices(products...).Seats("jira", 12, 0).Planned("2026-05-31", "jira", 6)
	annual.Config.Currency = "EUR"
	// 1,350.00 x 0.8765 = 1,183.275; 900.00 x 274 / 365 = 675.62 x 0.8765 = 592.18.
	figures(t, annual.Rate("USD", "0.8765", "2025-12-20").Product("jira", pricing.Annual, world.Licensed(15)).Line("jira"), "1183.28", "592.18", "0.00", "1775.46")
}

// Steps and unused capacity convert each bill, then subtract.
//
// METHOD 2.15.
func TestStepsOfConvertedBills(t *testing.T) {
	w := world.New(t).Prices(products...).Seats("jira", 12, 0)
	w.Config.Currency = "EUR"
	p := w.Rate("USD", "0.8765", "2025-12-20").Product("jira", pricing.Annual, world.Licensed(15)).Line("jira").Position()
	// 2,250.00 x 0.8765 = 1,972.125, less 1,183.28; 3 x 1,350.00 / 15 = 270.00.
	if got := [3]string{p.Bill.String(), p.StepUp.String(), p.Unused.String()}; got != [3]string{"1183.28", "788.85", "236.66"} {
		t.Errorf("bill, step and unused: got %v, want 1183.28 788.85 236.66", got)
	}
}

// METHOD 2.15.
func TestWithoutARateNothingIsDecided(t *testing.T) {
	w := euros(t, pricing.Monthly, "")
	w.Prices(world.List{Plan: "jira", Mode: pricing.Graduated, Currency: "EUR", Tiers: []string{"100:20.00"}}).Product("jira", pricing.Monthly)
	c := w.Build()
	app, jira := world.Find(t, c, "app"), world.Find(t, c, "jira")
	if app.Counted() || !app.Foreign || app.Own.AsIs.String() != "120.60" || !jira.Counted() {
		t.Errorf("app counted %v, own %s; jira counted %v; want only the app in no total", app.Counted(), app.Own.AsIs, jira.Counted())
	}
	world.Said(t, c.Diagnostics, diag.Incomplete, "no rate says what USD is in EUR")
	if held := jira.Bundle.Held(); len(held) != 1 || held[0].Kind != diag.Currency || !jira.Bundle.Unclaimable().Given() {
		t.Errorf("held: got %v, want one reason, of the currency", held)
	}
	if held := euros(t, pricing.Monthly, "0.90").Line("app").Bundle.Held(); held != nil {
		t.Errorf("with a rate: held for %v", held)
	}
}

// METHOD 2.15.
func TestOldRatesAreRemarkedOn(t *testing.T) {
	for on, old := range map[string]bool{"2025-12-01": false, "2025-11-30": true} { // 31 and 32 days before as-of
		w := euros(t, pricing.Monthly, "").Rate("USD", "0.90", on)
		w.AsOf = world.Day("2026-01-01")
		told := false
		for _, d := range w.Build().Diagnostics {
			told = told || d.Level == diag.Warning && strings.Contains(d.Message, "the rate 0.90 of USD")
		}
		if told != old {
			t.Errorf("a rate of %s: remarked on %v, want %v", on, told, old)
		}
	}
}

// METHOD 3.12.
func TestTwoLicencesOfOneProduct(t *testing.T) {
	build := func(users int, second ...world.Option) *costing.Costs {
		w := world.New(t).Prices(products...).Seats("jira", users, 0)
		w.Product("jira", pricing.Annual, append([]world.Option{world.Entitlement("E-2"), world.Licensed(10)}, second...)...)
		return w.Product("jira", pricing.Annual, world.Entitlement("E-1"), world.Licensed(15)).App("app", "jira", pricing.Annual).Build()
	}
	for users, first := range map[int]string{24: "0.00", 25: "0.00", 26: "900.00"} { // above 25 the first pays one more: the tier of 25
		c := build(users)
		if l := c.Lines[0]; l.Sub.Entitlement != "E-1" || l.Volume.String() != first || l.Current.String() != "1350.00" {
			t.Errorf("%d users: %s costs %s and %s more, want E-1, 1350.00 and %s", users, l.Sub.Entitlement, l.Current, l.Volume, first)
		}
		figures(t, c.Lines[1], "900.00", "0.00", "0.00", "900.00")
		if held := c.Bundles[0].Held(); len(held) != 1 || !c.Bundles[0].Unclaimable().Given() {
			t.Errorf("%d users: held %v, want one reason and no amount", users, held)
		}
		world.Said(t, c.Diagnostics, diag.Incomplete, "2 subscriptions of Jira under the entitlements E-1, E-2")
	}
	app := world.Find(t, build(24), "app")
	figures(t, app, "150.00", "100.00", "0.00", "250.00") // bound by the sum
	blank := build(24, func(s *estate.Subscription) { s.Licensed, s.HasLicensed = 0, false })
	unknown(t, blank.Lines[0], "entitlement E-2 states no licensed_users")
	unknown(t, blank.Lines[1], "entitlement E-2 states no licensed_users")
}
