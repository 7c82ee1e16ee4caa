package costing_test

import (
	"testing"

	"tierline/audit/costing"
	"tierline/audit/pricing"
)

// The cases of pricing.md section 11 that are about bills.

var (
	asMonthly = costing.Choice{Cycle: pricing.Monthly}
	asAnnual  = costing.Choice{Cycle: pricing.Annual}
)

func TestGolden07MonthlyAgainstAnnual(t *testing.T) {
	for _, c := range []struct {
		users           int
		monthly, annual string
	}{
		{120, "12072.00", "15900.00"},
		{163, "15838.80", "15900.00"}, // monthly is still cheaper: 12 x (860 + 63 x 7.30)
		{164, "15926.40", "15900.00"}, // and here no longer
		{200, "19080.00", "15900.00"},
	} {
		l := newWorld(t).graduated("app", j).seats("jira", c.users, 0).app("app", "jira", pricing.Monthly).lineOf("app")
		cost(t, "monthly", l, asMonthly, c.monthly)
		cost(t, "annual", l, asAnnual, c.annual)
	}
}

func TestGolden08Removing40Inactive(t *testing.T) {
	for _, c := range []struct {
		users                                  int
		monthly, monthly40, annual, annualLess string
	}{
		{540, "4758.00", "4566.00", "4205.00", "3805.00"}, // 192.00 a year, 400.00
		{590, "4998.00", "4806.00", "4205.00", "4205.00"}, // 192.00 a year, nothing
	} {
		l := newWorld(t).graduated("app", g1).seats("jira", c.users, 90).app("app", "jira", pricing.Annual).lineOf("app")
		removed := []int{40}
		cost(t, "monthly", l, asMonthly, c.monthly)
		cost(t, "monthly, 40 fewer", l, costing.Choice{Cycle: pricing.Monthly, Removed: removed}, c.monthly40)
		cost(t, "annual", l, asAnnual, c.annual)
		cost(t, "annual, 40 fewer", l, costing.Choice{Cycle: pricing.Annual, Removed: removed}, c.annualLess)
	}
	l := newWorld(t).graduated("app", g1).seats("jira", 590, 90).app("app", "jira", pricing.Annual).lineOf("app")
	cost(t, "90 are needed to drop", l, costing.Choice{Cycle: pricing.Annual, Removed: []int{90}}, "3805.00")
	cost(t, "89 are not enough", l, costing.Choice{Cycle: pricing.Annual, Removed: []int{89}}, "4205.00")
}

func TestGolden09HostRule(t *testing.T) {
	c := newWorld(t).graduated("j-app", g1).graduated("c-app", g1).
		seats("jira", 500, 0).seats("jira-service-management", 20, 0).seats("confluence", 300, 0).
		app("j-app", "jira-service-management", pricing.Annual).app("c-app", "confluence", pricing.Annual).build()
	figures(t, find(t, c, "j-app"), "3805.00", "0.00", "0.00", "3805.00")
	figures(t, find(t, c, "c-app"), "3005.00", "0.00", "0.00", "3005.00")
	if got := find(t, c, "j-app").AsIs.Add(find(t, c, "c-app").AsIs).String(); got != "6810.00" {
		t.Errorf("both apps: got %s, want 6810.00", got)
	}
}

func TestGolden10UpgradeInsideTheTerm(t *testing.T) {
	// 197 of the 365 days from 2026-03-01 are left on 2026-08-16.
	build := func(kind string, up bool) *costing.Line {
		w := newWorld(t).seats("jira", 150, 0).planned("2026-08-16", "jira", 100)
		w.prices(list{plan: "x", cycle: pricing.Annual, mode: pricing.Volume, tiers: []string{"200:=27500", "400:=45500"}})
		w.cfg.Policy.AnnualAppRoundUp = up
		if kind == "product" {
			return w.product("jira", pricing.Annual, priced("x")).lineOf("jira")
		}
		return w.app("app", "jira", pricing.Annual, priced("x")).lineOf("app")
	}
	figures(t, build("product", false), "27500.00", "9715.07", "0.00", "37215.07")
	figures(t, build("app", false), "27500.00", "9715.07", "0.00", "37215.07")
	figures(t, build("app", true), "27500.00", "9716.00", "0.00", "37216.00")
	figures(t, build("product", true), "27500.00", "9715.07", "0.00", "37215.07") // the policy is about apps

	bills, _ := build("app", true).Bills(asAnnual)
	if len(bills) != 2 || bills[1].Days != 197 || bills[1].Previous != 150 || bills[1].Quantity != 250 {
		t.Errorf("bills: got %+v, want a second one of 197 days from 150 to 250 users", bills)
	}
}

func TestGolden13EachSiteAlone(t *testing.T) {
	for users, want := range map[int]string{400: "3405.00", 300: "3005.00", 200: "2420.00"} {
		l := newWorld(t).graduated("app", g1).seats("jira", users, 0).app("app", "jira", pricing.Annual).lineOf("app")
		figures(t, l, want, "0.00", "0.00", want)
	}
}

// priceChange is golden 14: table G1 until 2025-08-14, G2 from the day after.
func priceChange(t testing.TB, asOf, renewal string, users int, options ...option) *costing.Line {
	w := newWorld(t).seats("jira", users, 0)
	w.asOf = day(asOf)
	w.prices(list{plan: "app", mode: pricing.Graduated, to: "2025-08-14", tiers: g1}, list{plan: "app", mode: pricing.Graduated, from: "2025-08-15", tiers: g2})
	return w.app("app", "jira", pricing.Annual, append([]option{renews(renewal)}, options...)...).lineOf("app")
}

func TestGolden14QuoteWindow(t *testing.T) {
	for _, c := range []struct {
		name          string
		asOf, renewal string
		possible      bool
		from, by      string
	}{
		{"on the last day, E + 59", "2025-10-13", "2025-10-20", true, "2025-10-13", "2025-10-13"},
		{"a day late, E + 60", "2025-10-14", "2025-10-20", false, "2025-10-14", "2025-10-13"},
		{"long before: from R - 90", "2025-06-01", "2025-10-20", true, "2025-07-22", "2025-10-13"},
		{"renewal on E itself", "2025-08-01", "2025-08-15", true, "2025-08-01", "2025-08-15"},
		{"R - 90 is the last day", "2025-06-01", "2026-01-11", true, "2025-10-13", "2025-10-13"},
		{"R - 90 is after it", "2025-06-01", "2026-01-12", false, "2025-10-14", "2025-10-13"},
	} {
		q := priceChange(t, c.asOf, c.renewal, 180, licensed(200)).Quote
		if q.Possible != c.possible || q.From != day(c.from) || q.By != day(c.by) || q.Change != day("2025-08-15") {
			t.Errorf("%s: got possible %v, %s to %s (change %s), want %v, %s to %s", c.name, q.Possible, q.From, q.By, q.Change, c.possible, c.from, c.by)
		}
		if q.Possible == (q.Reason != "") {
			t.Errorf("%s: possible %v with reason %q", c.name, q.Possible, q.Reason)
		}
	}
	if q := priceChange(t, "2025-06-01", "2025-08-14", 180, licensed(200)).Quote; !q.Change.IsZero() || q.Possible {
		t.Errorf("renewal on E - 1: the price has not changed yet, got %+v", q)
	}
}

func TestGolden14SameTier(t *testing.T) {
	old := costing.Choice{Cycle: pricing.Annual, Locked: true}
	in := priceChange(t, "2025-10-13", "2025-10-20", 180, licensed(200))
	if !in.CanLock(old) {
		t.Error("same tier, in time: want a quote")
	}
	cost(t, "quote in time", in, old, "2420.00")
	late := priceChange(t, "2025-10-14", "2025-10-20", 180, licensed(200))
	if late.CanLock(old) {
		t.Error("a day late: want no quote")
	}
	cost(t, "too late", late, asAnnual, "2900.00")
	bigger := priceChange(t, "2025-10-13", "2025-10-20", 250, licensed(200))
	if bigger.CanLock(old) {
		t.Error("tier 300 instead of 200: want no quote")
	}
	cost(t, "tier 300 at the new price", bigger, asAnnual, "3600.00")
	smaller := priceChange(t, "2025-10-13", "2025-10-20", 90, licensed(200))
	if smaller.CanLock(costing.Choice{Cycle: pricing.Annual, RightSize: true}) {
		t.Error("tier 100 instead of 200 is another tier: want no quote")
	}
	if !smaller.CanLock(asAnnual) {
		t.Error("keeping tier 200 for 90 users: want a quote")
	}
	for n, want := range map[int]bool{101: true, 100: false, 200: true, 201: false} {
		if got := priceChange(t, "2025-10-13", "2025-10-20", n, licensed(200)).CanLock(costing.Choice{Cycle: pricing.Annual, RightSize: true}); got != want {
			t.Errorf("%d users right-sized on a licence of 200: quote %v, want %v", n, got, want)
		}
	}
}

func TestGolden14Rise(t *testing.T) {
	l := newWorld(t).graduated("app", g1).percent("app", "2026-02-01", "0.15").seats("jira", 480, 0).app("app", "jira", pricing.Annual).lineOf("app")
	figures(t, l, "3805.00", "0.00", "570.75", "4375.75")
}

func TestGoldenExtraLicenceTypes(t *testing.T) {
	l := newWorld(t).graduated("app", g1).seats("jira", 135, 0).app("app", "jira", pricing.Monthly, licence("academic")).lineOf("app")
	figures(t, l, "575.88", "0.00", "0.00", "575.88") // 12 bills of 47.99
	w := newWorld(t).graduated("app", g1).seats("jira", 700, 0)
	w.cfg.Policy.AnnualAppRoundUp = true
	w.cfg.Policy.LicenceFactors["cloud"]["social-impact"] = dec("0.25")
	w.cfg.Policy.LicenceFactors["cloud"]["global-access"] = dec("0.15")
	w.app("app", "jira", pricing.Annual, licence("social-impact")).app("other", "jira", pricing.Annual, priced("app"), licence("global-access"))
	c := w.build()
	figures(t, find(t, c, "app"), "1252.00", "0.00", "0.00", "1252.00")
	figures(t, find(t, c, "other"), "751.00", "0.00", "0.00", "751.00")
}

func TestGoldenExtraUserBased(t *testing.T) {
	w := newWorld(t).graduated("app", g1).seats("jira", 25, 0)
	w.app("app", "jira", pricing.Monthly).app("own", "jira", pricing.Monthly, priced("app"), licensed(10), ownUsers)
	c := w.build()
	figures(t, find(t, c, "app"), "495.00", "0.00", "0.00", "495.00") // 12 x 41.25
	figures(t, find(t, c, "own"), "120.00", "0.00", "0.00", "120.00") // 12 x 10.00
}
