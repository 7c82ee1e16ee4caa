package costing_test

import (
	"fmt"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// The cases of METHOD 19 that are about bills.

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
		l := world.New(t).Graduated("app", world.J).Seats("jira", c.users, 0).App("app", "jira", pricing.Monthly).Line("app")
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
		l := world.New(t).Graduated("app", world.G1).Seats("jira", c.users, 90).App("app", "jira", pricing.Annual).Line("app")
		removed := []int{40}
		cost(t, "monthly", l, asMonthly, c.monthly)
		cost(t, "monthly, 40 fewer", l, costing.Choice{Cycle: pricing.Monthly, Removed: removed}, c.monthly40)
		cost(t, "annual", l, asAnnual, c.annual)
		cost(t, "annual, 40 fewer", l, costing.Choice{Cycle: pricing.Annual, Removed: removed}, c.annualLess)
	}
	l := world.New(t).Graduated("app", world.G1).Seats("jira", 590, 90).App("app", "jira", pricing.Annual).Line("app")
	cost(t, "90 are needed to drop", l, costing.Choice{Cycle: pricing.Annual, Removed: []int{90}}, "3805.00")
	cost(t, "89 are not enough", l, costing.Choice{Cycle: pricing.Annual, Removed: []int{89}}, "4205.00")
}

// METHOD 1.5.
func TestGolden09HostRule(t *testing.T) {
	c := world.New(t).Graduated("j-app", world.G1).Graduated("c-app", world.G1).
		Seats("jira", 500, 0).Seats("jira-service-management", 20, 0).Seats("confluence", 300, 0).
		App("j-app", "jira-service-management", pricing.Annual).App("c-app", "confluence", pricing.Annual).Build()
	figures(t, world.Find(t, c, "j-app"), "3805.00", "0.00", "0.00", "3805.00")
	figures(t, world.Find(t, c, "c-app"), "3005.00", "0.00", "0.00", "3005.00")
	if got := world.Find(t, c, "j-app").AsIs.Add(world.Find(t, c, "c-app").AsIs).String(); got != "6810.00" {
		t.Errorf("both apps: got %s, want 6810.00", got)
	}
}

func TestGolden10UpgradeInsideTheTerm(t *testing.T) {
	// 197 of the 365 days from 2026-03-01 are left on 2026-08-16.
	build := func(kind string, up bool) *costing.Line {
		w := world.New(t).Seats("jira", 150, 0).Planned("2026-08-16", "jira", 100)
		w.Prices(world.List{Plan: "x", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"200:=27500", "400:=45500"}})
		w.Config.Policy.AnnualAppRoundUp = up
		if kind == "product" {
			return w.Product("jira", pricing.Annual, world.Priced("x")).Line("jira")
		}
		return w.App("app", "jira", pricing.Annual, world.Priced("x")).Line("app")
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
		l := world.New(t).Graduated("app", world.G1).Seats("jira", users, 0).App("app", "jira", pricing.Annual).Line("app")
		figures(t, l, want, "0.00", "0.00", want)
	}
}

// priceChange is that of METHOD 19.14: table G1 until 2025-08-14, G2 from the day after.
func priceChange(t testing.TB, asOf, renewal string, users int, options ...world.Option) *costing.Line {
	w := world.New(t).Seats("jira", users, 0)
	w.AsOf = world.Day(asOf)
	w.Prices(world.List{Plan: "app", Mode: pricing.Graduated, To: "2025-08-14", Tiers: world.G1}, world.List{Plan: "app", Mode: pricing.Graduated, From: "2025-08-15", Tiers: world.G2})
	return w.App("app", "jira", pricing.Annual, append([]world.Option{world.Renews(renewal)}, options...)...).Line("app")
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
		q := priceChange(t, c.asOf, c.renewal, 180, world.Licensed(200)).Quote
		if q.Possible != c.possible || q.From != world.Day(c.from) || q.By != world.Day(c.by) || q.Change != world.Day("2025-08-15") {
			t.Errorf("%s: got possible %v, %s to %s (change %s), want %v, %s to %s", c.name, q.Possible, q.From, q.By, q.Change, c.possible, c.from, c.by)
		}
		if q.Possible == (q.Reason.Given()) {
			t.Errorf("%s: possible %v with reason %q", c.name, q.Possible, q.Reason)
		}
	}
	if q := priceChange(t, "2025-06-01", "2025-08-14", 180, world.Licensed(200)).Quote; !q.Change.IsZero() || q.Possible {
		t.Errorf("renewal on E - 1: the price has not changed yet, got %+v", q)
	}
}

func TestGolden14SameTier(t *testing.T) {
	old := costing.Choice{Cycle: pricing.Annual, Locked: true}
	in := priceChange(t, "2025-10-13", "2025-10-20", 180, world.Licensed(200))
	if !in.CanLock(old) {
		t.Error("same tier, in time: want a quote")
	}
	cost(t, "quote in time", in, old, "2420.00")
	late := priceChange(t, "2025-10-14", "2025-10-20", 180, world.Licensed(200))
	if late.CanLock(old) {
		t.Error("a day late: want no quote")
	}
	cost(t, "too late", late, asAnnual, "2900.00")
	bigger := priceChange(t, "2025-10-13", "2025-10-20", 250, world.Licensed(200))
	if bigger.CanLock(old) {
		t.Error("tier 300 instead of 200: want no quote")
	}
	cost(t, "tier 300 at the new price", bigger, asAnnual, "3600.00")
	smaller := priceChange(t, "2025-10-13", "2025-10-20", 90, world.Licensed(200))
	if smaller.CanLock(costing.Choice{Cycle: pricing.Annual, RightSize: true}) {
		t.Error("tier 100 instead of 200 is another tier: want no quote")
	}
	if !smaller.CanLock(asAnnual) {
		t.Error("keeping tier 200 for 90 users: want a quote")
	}
	for n, want := range map[int]bool{101: true, 100: false, 200: true, 201: false} {
		if got := priceChange(t, "2025-10-13", "2025-10-20", n, world.Licensed(200)).CanLock(costing.Choice{Cycle: pricing.Annual, RightSize: true}); got != want {
			t.Errorf("%d users right-sized on a licence of 200: quote %v, want %v", n, got, want)
		}
	}
}

func TestGolden14Rise(t *testing.T) {
	l := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 480, 0).App("app", "jira", pricing.Annual).Line("app")
	figures(t, l, "3805.00", "0.00", "570.75", "4375.75")
}

func TestGoldenExtraLicenceTypes(t *testing.T) {
	l := world.New(t).Graduated("app", world.G1).Seats("jira", 135, 0).App("app", "jira", pricing.Monthly, world.Licence("academic")).Line("app")
	figures(t, l, "575.88", "0.00", "0.00", "575.88") // 12 bills of 47.99
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 700, 0)
	w.Config.Policy.AnnualAppRoundUp = true
	w.Config.Policy.LicenceFactors["cloud"]["social-impact"] = world.Dec("0.25")
	w.Config.Policy.LicenceFactors["cloud"]["global-access"] = world.Dec("0.15")
	w.App("app", "jira", pricing.Annual, world.Licence("social-impact")).App("other", "jira", pricing.Annual, world.Priced("app"), world.Licence("global-access"))
	c := w.Build()
	figures(t, world.Find(t, c, "app"), "1252.00", "0.00", "0.00", "1252.00")
	figures(t, world.Find(t, c, "other"), "751.00", "0.00", "0.00", "751.00")
}

func TestGoldenExtraUserBased(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 25, 0)
	w.App("app", "jira", pricing.Monthly).App("own", "jira", pricing.Monthly, world.Priced("app"), world.Licensed(10), world.OwnUsers)
	c := w.Build()
	figures(t, world.Find(t, c, "app"), "495.00", "0.00", "0.00", "495.00") // 12 x 41.25
	figures(t, world.Find(t, c, "own"), "120.00", "0.00", "0.00", "120.00") // 12 x 10.00
}

func TestGolden05StepOfALine(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 500, 0)
	for i := range 10 {
		w.App(fmt.Sprintf("app-%d", i), "jira", pricing.Annual, world.Priced("app"))
	}
	c := w.Build()
	sum := money.Zero("USD")
	for _, l := range c.Lines {
		p := l.Position()
		if p.StepUp.String() != "400.00" || p.Headroom != 0 {
			t.Errorf("%s at the top of 500: got a step of %s and headroom %d, want 400.00 and 0", l.ID(), p.StepUp, p.Headroom)
		}
		sum = sum.Add(p.StepUp)
	}
	if sum.String() != "4000.00" {
		t.Errorf("ten such apps: got %s, want 4000.00", sum)
	}
	// One user more costs 0.40 a month: the difference of two bills, 380.50 and 380.90.
	monthly := world.New(t).Graduated("app", world.G1).Seats("jira", 500, 0).App("app", "jira", pricing.Monthly).Line("app")
	v, _ := monthly.Timeline(pricing.Monthly).At(world.Day("2026-01-01"))
	if got := monthly.BillAt(v, 501).Sub(monthly.BillAt(v, 500)).String(); got != "0.40" {
		t.Errorf("monthly, 500 -> 501: got %s, want 0.40", got)
	}
}

// METHOD 2.17.
func TestGolden06UnusedCapacityOfTenApps(t *testing.T) {
	for users, want := range map[int][3]string{499: {"40000.00", "24000.00", "80.00"}, 500: {"40000.00", "24000.00", "0.00"}, 501: {"64000.00", "16000.00", "23920.00"}} {
		w := world.New(t).Seats("jira", users, 0)
		w.Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Block, Tiers: []string{"300:8", "500:8", "800:8", "1000:8"}})
		for i := range 10 {
			w.App(fmt.Sprintf("app-%d", i), "jira", pricing.Annual, world.Priced("app"))
		}
		zero := money.Zero("USD")
		total, step, unused := zero, zero, zero
		for _, l := range w.Build().Lines {
			p := l.Position()
			total, step, unused = total.Add(l.AsIs), step.Add(p.StepUp), unused.Add(p.Unused)
		}
		if got := [3]string{total.String(), step.String(), unused.String()}; got != want {
			t.Errorf("%d users: as is, step up, unused capacity: got %v, want %v", users, got, want)
		}
	}
}

func TestGolden15Portfolio(t *testing.T) {
	for _, c := range []struct{ app, apps, total, share string }{
		{"60.00", "600000.00", "725000.00", "82.76%"},
		{"90.00", "900000.00", "1025000.00", "87.8%"},
	} {
		w := world.New(t).Seats("jira", 1000, 0)
		w.Prices(world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{":125.00"}}, world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{":" + c.app}})
		w.Product("jira", pricing.Annual)
		for i := range 10 {
			w.App(fmt.Sprintf("app-%d", i), "jira", pricing.Annual, world.Priced("app"))
		}
		apps, total := money.Zero("USD"), money.Zero("USD")
		for _, l := range w.Build().Lines {
			total = total.Add(l.AsIs)
			if !l.IsHost() {
				apps = apps.Add(l.AsIs)
			}
		}
		share := apps.Exact().Div(total.Exact()).Percent()
		if apps.String() != c.apps || total.String() != c.total || share != c.share {
			t.Errorf("ten apps at %s: got apps %s, total %s, share %s; want %s, %s, %s", c.app, apps, total, share, c.apps, c.total, c.share)
		}
	}
	// With the base as printed, 1,000 x 1,000.00, the shares are others.
	for apps, want := range map[int64]string{600000: "37.5%", 900000: "47.37%"} {
		if got := money.Ratio(apps, 1000000+apps).Percent(); got != want {
			t.Errorf("apps of %d beside 1,000,000: got %s, want %s", apps, got, want)
		}
	}
}

// The window of METHOD 19.14 at each of its edges: E is 2025-08-15, E + 59 is
// 2025-10-13, and a quote lives 90 days.
func TestGolden14EdgesOfTheWindow(t *testing.T) {
	for _, c := range []struct {
		name          string
		asOf, renewal string
		possible      bool
		from, by      string
	}{
		{"as of E - 1", "2025-08-14", "2025-11-01", true, "2025-08-14", "2025-10-13"},
		{"as of E", "2025-08-15", "2025-11-01", true, "2025-08-15", "2025-10-13"},
		{"as of R - 91", "2025-08-02", "2025-11-01", true, "2025-08-03", "2025-10-13"},
		{"as of R - 90", "2025-08-03", "2025-11-01", true, "2025-08-03", "2025-10-13"},
		{"as of R - 89", "2025-08-04", "2025-11-01", true, "2025-08-04", "2025-10-13"},
		{"R = E + 59", "2025-08-01", "2025-10-13", true, "2025-08-01", "2025-10-13"},
		{"R = E + 60", "2025-08-01", "2025-10-14", true, "2025-08-01", "2025-10-13"},
		{"R = E + 1", "2025-08-01", "2025-08-16", true, "2025-08-01", "2025-08-16"},
		{"as of R = E + 59", "2025-10-13", "2025-10-13", true, "2025-10-13", "2025-10-13"},
		{"as of R = E + 60", "2025-10-14", "2025-10-14", false, "2025-10-14", "2025-10-13"},
	} {
		q := priceChange(t, c.asOf, c.renewal, 180, world.Licensed(200)).Quote
		if q.Possible != c.possible || q.From != world.Day(c.from) || q.By != world.Day(c.by) {
			t.Errorf("%s: got possible %v, %s to %s, want %v, %s to %s", c.name, q.Possible, q.From, q.By, c.possible, c.from, c.by)
		}
	}
	// Over a leap day: E = 29 February 2028, E + 59 = 28 April; R - 90 of 29 May is E.
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2028-02-29", "0.15").Seats("jira", 180, 0)
	w.AsOf = world.Day("2028-01-15")
	q := w.App("app", "jira", pricing.Annual, world.Licensed(200), world.Renews("2028-05-29")).Line("app").Quote
	if !q.Possible || q.From != world.Day("2028-02-29") || q.By != world.Day("2028-04-28") || q.Change != q.From {
		t.Errorf("over a leap day: got %+v, want 2028-02-29 to 2028-04-28", q)
	}
}
