package costing_test

import (
	"testing"

	"tierline/audit/costing"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 4.2.
func TestOverrideDays(t *testing.T) {
	thirty := 40
	for _, c := range []struct {
		name      string
		kind      string
		effective string
		own       *int
		policy    int
		possible  bool
		by        string
	}{
		{"app: E + 59, at most R", "app", "2026-02-01", nil, 0, true, "2026-03-01"},
		{"app: E + 59", "app", "2025-12-15", nil, 0, true, "2026-02-12"},
		{"product: the quote must exist before E", "jira", "2026-02-01", nil, 0, true, "2026-01-31"},
		{"product, changes on as-of: E - 1 has passed", "jira", "2026-01-01", nil, 0, false, "2025-12-31"},
		{"product, changes tomorrow: as-of is E - 1", "jira", "2026-01-02", nil, 0, true, "2026-01-01"},
		{"product, E = R", "jira", "2026-03-01", nil, 0, true, "2026-02-28"},
		{"app, E + 59 is as-of", "app", "2025-11-03", nil, 0, true, "2026-01-01"},
		{"app, E + 60 is as-of", "app", "2025-11-02", nil, 0, false, "2025-12-31"},
		{"product, policy of 10 days", "jira", "2026-02-01", nil, 10, true, "2026-02-10"},
		{"product, the row says 40", "jira", "2026-01-10", &thirty, 0, true, "2026-02-18"},
		{"app, the row says 40", "app", "2026-01-10", &thirty, 0, true, "2026-02-18"},
	} {
		w := world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Percent(c.kind, c.effective, "0.10").Seats("jira", 350, 0)
		w.Changes[0].OverrideDays = c.own
		w.Config.Policy.ProductOverrideDays = c.policy
		w.Product("jira", pricing.Annual).App("app", "jira", pricing.Annual)
		if q := w.Line(c.kind).Quote; q.Possible != c.possible || q.By != world.Day(c.by) {
			t.Errorf("%s: got possible %v by %s, want %v by %s", c.name, q.Possible, q.By, c.possible, c.by)
		}
	}
}

// METHOD 4.1.
func TestOnlyAnnualRowsThatStayAnnualAreQuoted(t *testing.T) {
	l := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 100, 0).App("app", "jira", pricing.Monthly).Line("app")
	if !l.Quote.Change.IsZero() || l.CanLock(asAnnual) || l.CanLock(asMonthly) {
		t.Errorf("a monthly row has no licensed tier to renew: got %+v", l.Quote)
	}
	l = world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Monthly, world.Licensed(900)).Line("app")
	cost(t, "switched to annual, it buys the tier of its users", l, asAnnual, "1650.00")
	l = world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 100, 0).App("app", "jira", pricing.Annual).Line("app")
	if !l.CanLock(asAnnual) || l.CanLock(asMonthly) {
		t.Errorf("an annual row: quote if it stays annual %v, if it turns monthly %v; want true, false", l.CanLock(asAnnual), l.CanLock(asMonthly))
	}
}

// METHOD 4.3.
func TestLicensedTierOfTheQuote(t *testing.T) {
	build := func(users int, options ...world.Option) (*costing.Line, *costing.Line) {
		w := world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", users, 60)
		w.Product("jira", pricing.Annual, options...).App("app", "jira", pricing.Annual)
		c := w.Build()
		return world.Find(t, c, "jira"), world.Find(t, c, "app")
	}
	_, app := build(350, world.Licensed(500))
	if app.Quote.Tier != (pricing.Range{From: 401, To: 500}) {
		t.Errorf("tier without an own licence: got %v, want its host's 401-500", app.Quote.Tier)
	}
	_, app = build(350)
	if app.Quote.Tier != (pricing.Range{From: 301, To: 400}) {
		t.Errorf("tier without any licence: got %v, want that of today's users 301-400", app.Quote.Tier)
	}
	over, app := build(510, world.Licensed(500))
	figures(t, over, "1200.00", "100.00", "0.00", "1300.00") // the tier of its 510 users, beside that of the licence
	if app.CanLock(asAnnual) {
		t.Error("510 users on a licence of 500: want no same-tier quote")
	}
	if c := (costing.Choice{Cycle: pricing.Annual, Removed: []int{10}}); !app.CanLock(c) {
		t.Error("after removing 10 of 510: want a quote")
	}
	// Tiers are compared on the old list: 210 and 240 users share its tier of
	// 250, whatever the tops of the new one.
	w := world.New(t).Seats("jira", 210, 0).Prices(
		world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, To: "2026-01-31", Tiers: []string{"100:=100", "250:=200"}},
		world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, From: "2026-02-01", Tiers: []string{"100:=110", "220:=210", "250:=230"}})
	l := w.App("app", "jira", pricing.Annual, world.Licensed(240)).Line("app")
	if !l.CanLock(rightSize) {
		t.Error("one tier on the old list: want a quote for the right-sized line")
	}
	cost(t, "at the old list", l, costing.Choice{Cycle: pricing.Annual, RightSize: true, Locked: true}, "200.00")
}

// METHOD 4.3.
func TestPolicyWithoutSameTier(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 90, 0)
	w.Config.Policy.OverrideSameTier = false
	l := w.App("app", "jira", pricing.Annual, world.Licensed(200)).Line("app")
	if !l.CanLock(rightSize) {
		t.Error("policy override_same_tier off: want a quote for the smaller tier")
	}
	cost(t, "smaller tier at the old price", l, costing.Choice{Cycle: pricing.Annual, RightSize: true, Locked: true}, "1650.00")
}
