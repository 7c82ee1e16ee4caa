package costing_test

import (
	"slices"
	"strings"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

var rightSize = costing.Choice{Cycle: pricing.Annual, RightSize: true}

func unknown(t *testing.T, l *costing.Line, word string) {
	t.Helper()
	if l.Counted() || l.AsIs.Known() || !strings.Contains(l.Reason.Text, word) {
		t.Errorf("%s: got as is %q, counted %v, reason %q; want unknown for a reason with %q", l.ID(), l.AsIs, l.Counted(), l.Reason, word)
	}
}

func TestR01AppIsPaidAtItsHostsLicence(t *testing.T) {
	w := world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 350, 0)
	w.Product("jira", pricing.Annual, world.Licensed(500)).App("app", "jira", pricing.Annual).App("big", "jira", pricing.Annual, world.Priced("app"), world.Licensed(600))
	c := w.Build()
	jira, app, big := world.Find(t, c, "jira"), world.Find(t, c, "app"), world.Find(t, c, "big")
	figures(t, jira, "1200.00", "0.00", "0.00", "1200.00")
	figures(t, app, "3805.00", "0.00", "0.00", "3805.00") // tier 500, not the 3,405.00 of its 350 users
	figures(t, big, "4205.00", "0.00", "0.00", "4205.00") // its own licence is larger still
	if app.Paid != 500 || big.Paid != 600 {
		t.Errorf("paid quantity: got %d and %d, want 500 and 600", app.Paid, big.Paid)
	}
	// A host that keeps its licence holds the app up; right-sized it frees it.
	cost(t, "host keeps its tier", app, rightSize, "3805.00")
	freed := rightSize
	freed.Hosts = map[*costing.Line]costing.Choice{jira: rightSize}
	cost(t, "host right-sized", app, freed, "3405.00")
	cost(t, "host right-sized, own licence kept", big, costing.Choice{Cycle: pricing.Annual, Hosts: freed.Hosts}, "4205.00")
}

func TestR01EveryAnnualHostOfTheFamilyBinds(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 350, 0).Seats("jira-service-management", 20, 0)
	w.Product("jira", pricing.Monthly, world.Licensed(900)).Product("jira-service-management", pricing.Annual, world.Licensed(700)).App("app", "jira", pricing.Annual)
	// The monthly host does not bind, the annual one does, although neither has a price (R3).
	figures(t, w.Line("app"), "5005.00", "0.00", "0.00", "5005.00")
	w = world.New(t).Graduated("app", world.G1).Seats("jira", 350, 0).Product("jira", pricing.Annual, world.Licensed(500)).App("app", "jira", pricing.Monthly)
	figures(t, w.Line("app"), "3846.00", "0.00", "0.00", "3846.00") // 12 x (280.50 + 100 x 0.40): monthly billing follows users
}

// On Data Center tops of tiers are compared, in each one's own list: a host of
// 350 users in a tier up to 1,000 holds an app up to 1,000, an app licensed for
// more stays where it is, and right-sizing the host frees the first.
func TestR01OnDataCenterTopsBind(t *testing.T) {
	w := world.New(t).Seats("jira", 350, 0).Prices(
		world.List{Plan: "jira", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=44000", "1000:=60000"}},
		world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
	w.Product("jira", pricing.Annual, world.OnDataCenter, world.Licensed(501))
	for key, options := range map[string][]world.Option{"blank": nil, "small": {world.Licensed(500)}, "big": {world.Licensed(1001)}} {
		w.App(key, "jira", pricing.Annual, append(options, world.OnDataCenter, world.Priced("app"))...)
	}
	c := w.Build()
	jira := world.Find(t, c, "jira")
	free := costing.Choice{Cycle: pricing.Annual, RightSize: true, Hosts: map[*costing.Line]costing.Choice{jira: rightSize}}
	for key, want := range map[string]struct {
		paid           int
		asIs, held, by string
	}{
		"blank": {1000, "5000.00", "5000.00", "3400.00"},
		"small": {1000, "5000.00", "5000.00", "3400.00"},
		"big":   {1001, "6700.00", "5000.00", "3400.00"},
	} {
		l := world.Find(t, c, key)
		figures(t, l, want.asIs, "0.00", "0.00", want.asIs)
		if l.Paid != want.paid {
			t.Errorf("%s: paid %d, want %d", key, l.Paid, want.paid)
		}
		cost(t, "right-sized beside a host that is not", l, rightSize, want.held)
		cost(t, "right-sized with its host", l, free, want.by)
	}
}

func TestR02OverrideDays(t *testing.T) {
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

func TestR03LinesWithoutAPrice(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Prices(world.ProductList).Seats("jira", 900, 0)
	w.Product("jira", pricing.Annual).App("app", "jira", pricing.Annual, world.Renews("")).App("ghost", "jira", pricing.Monthly)
	w.App("odd", "jira", pricing.Annual, world.Priced("app"), world.Licence("barter")).App("lump", "jira", pricing.Annual, world.Priced("app"), world.Fixed)
	c := w.Build()
	unknown(t, world.Find(t, c, "jira"), "900 users")
	unknown(t, world.Find(t, c, "ghost"), `"ghost"`)
	unknown(t, world.Find(t, c, "app"), "renewal_date")
	unknown(t, world.Find(t, c, "odd"), "barter")
	unknown(t, world.Find(t, c, "lump"), "contract_price")
	// What today costs is known where only the term is not.
	if got := world.Find(t, c, "app").Current.String(); got != "5805.00" {
		t.Errorf("current cost without a renewal date: got %q, want 5805.00", got)
	}
	// Unknown is never zero.
	for _, key := range []string{"jira", "ghost", "odd", "lump"} {
		if l := world.Find(t, c, key); l.Current.Known() || l.Position().Known {
			t.Errorf("%s: got current %q and a position %v, want both unknown", key, l.Current, l.Position().Known)
		}
	}
}

func TestR05VersionInForceOnEachBillDate(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-06-01", "0.15").Seats("jira", 100, 0).App("app", "jira", pricing.Monthly)
	// Bills of March to May at 165.00, June to February at 189.75.
	figures(t, w.Line("app"), "1980.00", "0.00", "222.75", "2202.75")
	w = world.New(t).Graduated("app", world.G1).Percent("app", "2026-01-01", "0.15").Seats("jira", 100, 0).App("app", "jira", pricing.Monthly)
	figures(t, w.Line("app"), "2277.00", "0.00", "0.00", "2277.00") // E on as-of: today's price is the raised one
	w = world.New(t).Graduated("app", world.G1).Percent("app", "2026-03-01", "0.10").Seats("jira", 100, 0).App("app", "jira", pricing.Annual)
	figures(t, w.Line("app"), "1650.00", "0.00", "165.00", "1815.00") // E on R counts
	w = world.New(t).Graduated("app", world.G1).Percent("app", "2026-03-02", "0.10").Seats("jira", 100, 0).App("app", "jira", pricing.Annual)
	figures(t, w.Line("app"), "1650.00", "0.00", "0.00", "1650.00") // a day later does not
}

func TestR06EveryRowKeepsItsCycleAndRenewal(t *testing.T) {
	w := world.New(t).Prices(world.ProductList).Graduated("jira", world.J).Graduated("app", world.G1).Seats("jira", 100, 0)
	w.Product("jira", pricing.Monthly, world.Renews("2026-01-15")).App("app", "jira", pricing.Annual)
	c := w.Build()
	jira, app := world.Find(t, c, "jira"), world.Find(t, c, "app")
	if jira.Bundle != app.Bundle {
		t.Fatal("a host and its app are one bundle")
	}
	if jira.Term.Period != (date.Period{Start: world.Day("2026-01-15"), End: world.Day("2027-01-15")}) || app.Term.Period != (date.Period{Start: world.Day("2026-03-01"), End: world.Day("2027-03-01")}) {
		t.Errorf("terms: got %v and %v", jira.Term, app.Term)
	}
	figures(t, jira, "10320.00", "0.00", "0.00", "10320.00") // 12 x 860.00
	figures(t, app, "1650.00", "0.00", "0.00", "1650.00")
	world.Said(t, c.Diagnostics, diag.Warning, "billed annual, its host")
}

func TestR09SmallerTierCanCostMore(t *testing.T) {
	l := world.New(t).Graduated("app", []string{"10:=50.00", "1000:0.30"}).Seats("jira", 10, 0).App("app", "jira", pricing.Annual, world.Licensed(15)).Line("app")
	figures(t, l, "45.00", "0.00", "0.00", "45.00")
	cost(t, "right-sized to 10 users", l, rightSize, "500.00")
}

func TestR11ContractPriceIsNet(t *testing.T) {
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

func TestR12ContractPriceWithoutAPlan(t *testing.T) {
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
	unknown(t, world.New(t).Seats("jira", 100, 0).Planned("2026-12-01", "jira", -1).App("app", "jira", pricing.Monthly, world.Contract("90.00")).Line("app"), "not for the 99")

	free := world.New(t).Graduated("app", []string{"10:=0.00", "100:0.45"}).Seats("jira", 8, 0).App("app", "jira", pricing.Annual, world.Contract("50.00")).Line("app")
	figures(t, free, "50.00", "0.00", "0.00", "50.00")
	cost(t, "no ratio to a list of 0.00", free, costing.Choice{Cycle: pricing.Annual, Removed: []int{8}}, "50.00")
}

func TestR13ContractPriceAndPriceChanges(t *testing.T) {
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

func TestR14OnlyAnnualRowsThatStayAnnualAreQuoted(t *testing.T) {
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

func TestR15LicensedTierOfTheQuote(t *testing.T) {
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
	figures(t, over, "1300.00", "0.00", "0.00", "1300.00") // tier of max(users, licensed)
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

func TestR15PolicyWithoutSameTier(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 90, 0)
	w.Config.Policy.OverrideSameTier = false
	l := w.App("app", "jira", pricing.Annual, world.Licensed(200)).Line("app")
	if !l.CanLock(rightSize) {
		t.Error("policy override_same_tier off: want a quote for the smaller tier")
	}
	cost(t, "smaller tier at the old price", l, costing.Choice{Cycle: pricing.Annual, RightSize: true, Locked: true}, "1650.00")
}

func TestR18Position(t *testing.T) {
	annual := world.New(t).Graduated("app", world.G1).Seats("jira", 480, 0).App("app", "jira", pricing.Annual).Line("app").Position()
	if annual.Tier != (pricing.Range{From: 401, To: 500}) || annual.Headroom != 20 || annual.ToDrop != 80 || annual.UnusedFor != 20 {
		t.Errorf("annual: got tier %v, headroom %d, to drop %d, unused %d; want 401-500, 20, 80, 20", annual.Tier, annual.Headroom, annual.ToDrop, annual.UnusedFor)
	}
	if got := [4]string{annual.Bill.String(), annual.StepUp.String(), annual.StepDown.String(), annual.Unused.String()}; got != [4]string{"3805.00", "400.00", "400.00", "152.20"} {
		t.Errorf("annual: bill, step up, step down, unused: got %v, want 3805.00 400.00 400.00 152.20", got)
	}
	top := world.New(t).Graduated("app", world.G1).Seats("jira", 500, 0).App("app", "jira", pricing.Annual).Line("app").Position()
	if top.Headroom != 0 || top.ToDrop != 100 || top.Unused.String() != "0.00" {
		t.Errorf("at the top: got headroom %d, to drop %d, unused %s; want 0, 100, 0.00", top.Headroom, top.ToDrop, top.Unused)
	}
	monthly := world.New(t).Graduated("app", world.G1).Seats("jira", 500, 0).App("app", "jira", pricing.Monthly).Line("app").Position()
	if monthly.Tier != (pricing.Range{From: 251, To: 1000}) || monthly.StepUp.String() != "0.23" || monthly.StepDown.String() != "0.40" || monthly.Unused.Known() {
		t.Errorf("monthly: got tier %v, up %s, down %s, unused %q; want 251-1,000, 0.23, 0.40, unknown", monthly.Tier, monthly.StepUp, monthly.StepDown, monthly.Unused)
	}
	last := world.New(t).Graduated("app", []string{"10:=10.00", "500:1.65"}).Seats("jira", 480, 0).App("app", "jira", pricing.Annual).Line("app").Position()
	if last.StepUp.Known() {
		t.Errorf("nothing is sold above 500: got a step of %s", last.StepUp)
	}
	open := world.New(t).Prices(world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC}).
		Seats("jira", 16000, 0).App("app", "jira", pricing.Annual, world.OnDataCenter).Line("app").Position()
	if open.Tier != (pricing.Range{From: 15001}) || open.StepUp.Known() || open.Unused.Known() || open.StepDown.String() != "18900.00" {
		t.Errorf("open tier: got %v, up %q, unused %q, down %s; want 15,001 and more, unknown, unknown, 18900.00", open.Tier, open.StepUp, open.Unused, open.StepDown)
	}
	block := world.New(t).Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Block, Tiers: []string{"500:8", "800:8", "1000:8"}}).
		Seats("jira", 501, 0).App("app", "jira", pricing.Annual).Line("app").Position()
	if block.UnusedFor != 299 || block.Unused.String() != "2392.00" || block.StepDown.String() != "2400.00" {
		t.Errorf("block: got %d unused for %s, step %s; want 299 for 2392.00, 2400.00", block.UnusedFor, block.Unused, block.StepDown)
	}
	zero := world.New(t).Graduated("app", world.G1).Seats("jira", 0, 0).App("app", "jira", pricing.Monthly).Line("app").Position()
	if zero.Tier != (pricing.Range{}) || zero.Bill.String() != "0.00" {
		t.Errorf("0 users: got tier %v for %s, want 0-0 for 0.00", zero.Tier, zero.Bill)
	}
}

func TestR20PlannedChanges(t *testing.T) {
	for _, c := range []struct {
		name           string
		on             string
		change         int
		volume, asIs   string
		paidOnTheFirst int
		upgradesInTerm int
	}{
		{"dated as-of: in the export already", "2026-01-01", 50, "0.00", "2420.00", 180, 0},
		{"before R", "2026-01-02", 50, "585.00", "3005.00", 230, 0},
		{"on R: part of n(R), no crossing", "2026-03-01", 50, "585.00", "3005.00", 230, 0},
		{"the day after R: a crossing of 364 days", "2026-03-02", 50, "583.40", "3003.40", 180, 1},
		{"on the last day: one day", "2027-02-28", 50, "1.60", "2421.60", 180, 1},
		{"on the end of the term: not in it", "2027-03-01", 50, "0.00", "2420.00", 180, 0},
		{"never below 0", "2026-02-01", -500, "-2420.00", "0.00", 0, 0},
	} {
		w := world.New(t).Graduated("app", world.G1).Seats("jira", 180, 0).Planned(c.on, "jira", c.change).App("app", "jira", pricing.Annual)
		l := w.Line("app")
		t.Log(c.name)
		figures(t, l, "2420.00", c.volume, "0.00", c.asIs)
		if bills, _ := l.Bills(asAnnual); len(bills) != 1+c.upgradesInTerm || bills[0].Quantity != c.paidOnTheFirst {
			t.Errorf("%s: got %d bills, the first for %d users; want %d, %d", c.name, len(bills), bills[0].Quantity, 1+c.upgradesInTerm, c.paidOnTheFirst)
		}
	}
	// Monthly bills follow users in both directions: 160 x 2 bills, 170 from May on.
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 150, 0).Planned("2026-03-01", "jira", 10).Planned("2026-05-01", "jira", 10).Planned("2026-12-02", "jira", -20)
	// 150: 203.50, 160: 211.20, 170: 218.90; bills of Mar, Apr at 160, May to Dec at 170, Jan, Feb at 150
	figures(t, w.App("app", "jira", pricing.Monthly).Line("app"), "2442.00", "138.60", "0.00", "2580.60")
}

func TestR20HeadcountOfFallbacks(t *testing.T) {
	// No export at all: the licence stands in, and planned changes still count (R10).
	w := world.New(t).Graduated("jira", world.J).Planned("2026-02-01", "jira", 20).Product("jira", pricing.Monthly, world.Licensed(100))
	figures(t, w.Line("jira"), "10320.00", "1752.00", "0.00", "12072.00") // 860.00, then 1,006.00 a month
	w = world.New(t).Graduated("app", world.G1).Planned("2026-02-01", "jira", 20).Product("jira", pricing.Monthly).App("app", "jira", pricing.Annual, world.Licensed(190))
	figures(t, w.Line("app"), "2420.00", "585.00", "0.00", "3005.00")
	// Own users and fixed prices have no planned changes.
	w = world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).Planned("2026-02-01", "jira", 200).App("app", "jira", pricing.Annual, world.Licensed(190), world.OwnUsers)
	figures(t, w.Line("app"), "2420.00", "0.00", "0.00", "2420.00")
}

func TestR10QuantityOfALinkedApp(t *testing.T) {
	base := func() *world.World { return world.New(t).Graduated("app", world.G1).Seats("jira", 180, 0) }
	figures(t, base().Seats("jira-service-management", 250, 0).App("app", "jira", pricing.Annual).Line("app"), "3005.00", "0.00", "0.00", "3005.00")
	figures(t, base().Seats("confluence", 900, 0).App("app", "jira", pricing.Annual).Line("app"), "2420.00", "0.00", "0.00", "2420.00")
	// A family product with a row but no figure: the largest is not known.
	unknown(t, base().Product("jira-service-management", pricing.Monthly).App("app", "jira", pricing.Annual).Line("app"), "users of the host are not known")
	l := base().Product("jira-service-management", pricing.Monthly).App("app", "jira", pricing.Annual, world.Licensed(300)).Line("app")
	figures(t, l, "3005.00", "0.00", "0.00", "3005.00")
	if !strings.Contains(l.UsersFrom, "licensed_users") {
		t.Errorf("the fallback must be told: got %q", l.UsersFrom)
	}
	// Cancelled, it no longer counts; on trial it does (R7).
	figures(t, base().Seats("jira-service-management", 250, 0).Product("jira-service-management", pricing.Monthly, world.Status(estate.SubCancelled)).App("app", "jira", pricing.Annual).Line("app"),
		"2420.00", "0.00", "0.00", "2420.00")
	figures(t, base().Seats("jira-service-management", 250, 0).Product("jira-service-management", pricing.Monthly, world.Status(estate.SubTrial)).App("app", "jira", pricing.Annual).Line("app"),
		"3005.00", "0.00", "0.00", "3005.00")
}

func TestR07OnlyActiveRowsAreLines(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Annual)
	w.App("try", "jira", pricing.Annual, world.Priced("app"), world.Status(estate.SubTrial)).App("gone", "jira", pricing.Annual, world.Priced("app"), world.Status(estate.SubCancelled))
	if c := w.Build(); len(c.Lines) != 1 || c.Lines[0].Sub.Key != "app" {
		t.Errorf("lines: got %d, want only the active one", len(c.Lines))
	}
}

func TestR22BillDates(t *testing.T) {
	dates := func(asOf, renewal string, cycle pricing.Cycle) []string {
		w := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", cycle, world.Renews(renewal))
		w.AsOf = world.Day(asOf)
		bills, why := w.Line("app").Bills(costing.Choice{Cycle: cycle})
		if why.Given() {
			t.Fatal(why)
		}
		var out []string
		for _, b := range bills {
			out = append(out, b.Date.String())
		}
		return out
	}
	for _, c := range []struct {
		name, asOf, renewal string
		cycle               pricing.Cycle
		first               []string
		count               int
	}{
		{"the 31st comes back", "2026-01-01", "2026-01-31", pricing.Monthly, []string{"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"}, 12},
		{"moved forward, counted from the file", "2026-02-10", "2025-12-31", pricing.Monthly, []string{"2026-02-28", "2026-03-31", "2026-04-30"}, 12},
		{"leap year", "2028-02-01", "2026-08-31", pricing.Monthly, []string{"2028-02-29", "2028-03-31"}, 12},
		{"R = as-of is allowed", "2026-01-31", "2026-01-31", pricing.Monthly, []string{"2026-01-31"}, 12},
		{"a day late: the next cycle", "2026-02-01", "2026-01-31", pricing.Annual, []string{"2027-01-31"}, 1},
		{"annual, moved by two years", "2026-01-01", "2024-03-15", pricing.Annual, []string{"2026-03-15"}, 1},
		{"annual from a leap day: 28 February", "2026-01-01", "2024-02-29", pricing.Annual, []string{"2026-02-28"}, 1},
		{"and the 29th comes back", "2028-01-01", "2024-02-29", pricing.Annual, []string{"2028-02-29"}, 1},
		{"the 30th around February", "2026-01-01", "2026-01-30", pricing.Monthly, []string{"2026-01-30", "2026-02-28", "2026-03-30"}, 12},
		{"over the end of a year", "2026-11-01", "2026-11-30", pricing.Monthly, []string{"2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"}, 12},
	} {
		got := dates(c.asOf, c.renewal, c.cycle)
		if len(got) != c.count || !slices.Equal(got[:len(c.first)], c.first) {
			t.Errorf("%s: got %v, want %d bills from %v", c.name, got, c.count, c.first)
		}
	}
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Annual, world.Renews("2025-12-31"))
	c := w.Build()
	world.Said(t, c.Diagnostics, diag.Warning, "2025-12-31")
	if l := world.Find(t, c, "app"); l.Term.Period != (date.Period{Start: world.Day("2026-12-31"), End: world.Day("2027-12-31")}) {
		t.Errorf("term: got %v", l.Term)
	}
}

func TestR23LicenceFactorsAndDiscounts(t *testing.T) {
	price := func(hosting pricing.Hosting, kind string, options ...world.Option) string {
		w := world.New(t).Seats("jira", 100, 0)
		w.Prices(world.List{Plan: "app", Hosting: hosting, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=3400"}})
		options = append(options, world.Licence(kind), func(s *estate.Subscription) { s.Hosting = hosting })
		return w.App("app", "jira", pricing.Annual, options...).Line("app").AsIs.String()
	}
	for _, c := range []struct {
		hosting pricing.Hosting
		kind    string
		options []world.Option
		want    string
	}{
		{pricing.Cloud, "commercial", nil, "3400.00"},
		{pricing.Cloud, "academic", nil, "850.00"},
		{pricing.Cloud, "community", nil, "850.00"},
		{pricing.DataCenter, "commercial", nil, "3400.00"},
		{pricing.DataCenter, "academic", nil, "1700.00"},
		{pricing.DataCenter, "community", nil, "0.00"}, // a known zero
		{pricing.Cloud, "partner", nil, ""},
		{pricing.Cloud, "commercial", []world.Option{world.Discount("0.15")}, "2890.00"},
		{pricing.Cloud, "academic", []world.Option{world.Discount("0.15")}, "722.50"},
		{pricing.Cloud, "commercial", []world.Option{world.Discount("1")}, "0.00"},
	} {
		if got := price(c.hosting, c.kind, c.options...); got != c.want {
			t.Errorf("%s on %s with %d options: got %q, want %q", c.kind, c.hosting, len(c.options), got, c.want)
		}
	}
	// Rounded once, at the bill: 165.00 x 0.25 x 0.85 = 35.0625.
	l := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Monthly, world.Licence("academic"), world.Discount("0.15")).Line("app")
	figures(t, l, "420.72", "0.00", "0.00", "420.72")
}

func TestR24UpgradesInsideTheTerm(t *testing.T) {
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

func TestR25VolumeBeforePriceChanges(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 180, 0).Planned("2026-02-15", "jira", 50).App("app", "jira", pricing.Annual)
	figures(t, w.Line("app"), "2420.00", "585.00", "450.75", "3455.75") // 3,005 - 2,420; 3,005 x 0.15
}

func TestR26RenewalFarAhead(t *testing.T) {
	far := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Annual, world.Renews("2027-01-02"))
	c := far.Build()
	figures(t, world.Find(t, c, "app"), "1650.00", "0.00", "0.00", "1650.00") // it counts
	world.Said(t, c.Diagnostics, diag.Note, "more than a year ahead")
	near := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Annual, world.Renews("2027-01-01")).Build()
	if len(near.Diagnostics) != 0 {
		t.Errorf("exactly a year ahead: got %v, want no remark", near.Diagnostics)
	}
}

func TestR33Currency(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Prices(world.List{Plan: "euro", Mode: pricing.Graduated, Currency: "EUR", Tiers: world.G1}).Seats("jira", 100, 0)
	w.App("app", "jira", pricing.Annual).App("euro", "jira", pricing.Annual)
	c := w.Build()
	if l := world.Find(t, c, "euro"); !l.Foreign || l.Counted() || l.AsIs.String() != "1650.00" || l.AsIs.Currency() != "EUR" {
		t.Errorf("a row in EUR under totals in USD: got foreign %v, counted %v, %s %s", l.Foreign, l.Counted(), l.AsIs, l.AsIs.Currency())
	}
	// "Cent" is the minor unit: 3 x 165.5 yen are 496.5, one bill of 497.
	l := world.New(t).Prices(world.List{Plan: "yen", Mode: pricing.Graduated, Currency: "JPY", Tiers: []string{":165.5"}}).Seats("jira", 3, 0).App("yen", "jira", pricing.Monthly).Line("yen")
	if l.AsIs.String() != "5964" {
		t.Errorf("12 bills in JPY: got %s, want 5964", l.AsIs)
	}
	// A list in another currency gives a contract price no ratio (I10).
	l = world.New(t).Prices(world.List{Plan: "euro", Mode: pricing.Graduated, Currency: "EUR", Tiers: world.G1}).Seats("jira", 100, 20).App("euro", "jira", pricing.Annual, world.Contract("900.00")).Line("euro")
	cost(t, "held", l, costing.Choice{Cycle: pricing.Annual, RightSize: true, Removed: []int{20}}, "900.00")
}

func TestR33CurrencyOfTheTotals(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Prices(world.List{Plan: "euro", Mode: pricing.Graduated, Currency: "EUR", Tiers: world.G1}).Seats("jira", 100, 0)
	w.Config.Currency = ""
	w.App("app", "jira", pricing.Annual).App("euro", "jira", pricing.Annual)
	if c := w.Build(); c.Currency != "EUR" || !c.Assumed {
		t.Errorf("a tie: got %s (assumed %v), want EUR, the first by name, assumed", c.Currency, c.Assumed)
	}
	w.App("more", "jira", pricing.Annual, world.Priced("app")).App("old", "jira", pricing.Annual, world.Priced("euro"), world.Status(estate.SubCancelled))
	if c := w.Build(); c.Currency != "USD" {
		t.Errorf("two active rows in USD, one in EUR: got %s, want USD", c.Currency)
	}
}

func TestR36ZeroUsers(t *testing.T) {
	l := world.New(t).Graduated("app", world.G1).Seats("jira", 0, 0).App("app", "jira", pricing.Annual, world.Licensed(100)).Line("app")
	figures(t, l, "1650.00", "0.00", "0.00", "1650.00")
	cost(t, "right-sized to nobody", l, rightSize, "0.00")
	figures(t, world.New(t).Graduated("app", world.G1).Seats("jira", 0, 0).App("app", "jira", pricing.Monthly).Line("app"), "0.00", "0.00", "0.00", "0.00")
}

func dataCenter(t *testing.T, renewal string, users int, options ...world.Option) *world.World {
	w := world.New(t).Seats("jira", users, 0).Prices(world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
	return w.App("app", "jira", pricing.Annual, append([]world.Option{world.OnDataCenter, world.Renews(renewal)}, options...)...)
}

func TestR39EndOfDataCenter(t *testing.T) {
	for _, c := range []struct{ name, renewal, want string }{
		{"ends with the last day", "2028-03-29", "3400.00"},
		{"one day cut", "2028-03-30", "3390.68"},       // 364 of 365 days
		{"cut at 2029-03-28", "2028-06-01", "2803.84"}, // 301 days
		{"on the last day", "2029-03-28", "9.32"},
	} {
		w := dataCenter(t, c.renewal, 480)
		w.AsOf = world.Day("2028-03-01")
		if got := w.Line("app").AsIs.String(); got != c.want {
			t.Errorf("%s, renewal %s: got %s, want %s", c.name, c.renewal, got, c.want)
		}
	}
	w := dataCenter(t, "2029-03-29", 480)
	w.AsOf = world.Day("2028-06-01")
	c := w.Build()
	if len(c.Lines) != 0 {
		t.Error("a renewal after the end drops out")
	}
	world.Said(t, c.Diagnostics, diag.Warning, "Data Center ends")

	// Bitbucket goes on.
	w = world.New(t).Seats("bitbucket", 480, 0).Prices(world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
	w.AsOf = world.Day("2028-06-01")
	figures(t, w.App("app", "bitbucket", pricing.Annual, world.OnDataCenter, world.Renews("2029-06-01")).Line("app"), "3400.00", "0.00", "0.00", "3400.00")

	// A contract price is cut like a list price, with a list and without.
	for _, name := range []string{"app", "ghost"} {
		w = dataCenter(t, "2028-06-01", 480, world.Contract("2000.00"), world.Priced(name))
		w.AsOf = world.Day("2028-03-01")
		if got := w.Line("app").AsIs.String(); got != "1649.32" { // 2,000 x 301 / 365
			t.Errorf("contract price, plan %s: got %s, want 1649.32", name, got)
		}
	}
}

// Bitbucket and Bamboo go on, and so do their expansions.
func TestR39ExpansionsOfWhatGoesOn(t *testing.T) {
	for _, host := range []string{"bitbucket", "bamboo"} {
		w := world.New(t).Seats(host, 480, 0).Prices(world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC}).Planned("2028-03-31", host, 100)
		w.AsOf = world.Day("2028-01-01")
		l := w.App("app", host, pricing.Annual, world.OnDataCenter, world.Renews("2028-03-01")).Line("app")
		figures(t, l, "3400.00", "1468.49", "0.00", "4868.49") // 1,600 x 335 / 365
	}
}

func TestR39RowsThatEndAreListed(t *testing.T) {
	w := dataCenter(t, "2029-03-29", 480)
	w.AsOf = world.Day("2028-06-01")
	c := w.Build()
	if len(c.Ended) != 1 || c.Ended[0].ID() != "acme/app/app" || c.Ended[0].Renewal != world.Day("2029-03-29") {
		t.Errorf("got %+v, want the app, renewing on 2029-03-29", c.Ended)
	}
	if c := dataCenter(t, "2028-03-28", 480).Build(); len(c.Ended) != 0 {
		t.Errorf("a renewal before the end: got %+v", c.Ended)
	}
}

func TestR39Expansions(t *testing.T) {
	build := func(on string, change int) *costing.Line {
		w := dataCenter(t, "2028-03-01", 480).Planned(on, "jira", change)
		w.AsOf = world.Day("2028-01-01")
		return w.Line("app")
	}
	figures(t, build("2028-03-30", 100), "3400.00", "1472.88", "0.00", "4872.88") // 1,600 x 336 / 365
	unknown(t, build("2028-03-31", 100), "cannot be bought")
	figures(t, build("2028-03-31", 20), "3400.00", "0.00", "0.00", "3400.00") // inside the tier nothing is bought
	w := dataCenter(t, "2027-04-01", 480).Planned("2027-06-01", "jira", 100)
	w.AsOf = world.Day("2027-01-01")
	figures(t, w.Line("app"), "3400.00", "1336.99", "0.00", "4736.99") // 305 days
}

// A renewal behind the last day to expand buys no larger tier either, but what
// is planned until that day can be bought before.
func TestR39NoExpansionAtALateRenewal(t *testing.T) {
	build := func(on string, change int) *costing.Line {
		w := dataCenter(t, "2028-06-01", 480).Planned(on, "jira", change)
		w.AsOf = world.Day("2028-01-01")
		return w.Line("app")
	}
	unknown(t, build("2028-03-31", 100), "cannot be bought")
	unknown(t, build("2028-06-01", 100), "cannot be bought")
	figures(t, build("2028-03-30", 100), "3400.00", "723.29", "0.00", "4123.29") // 5,000 x 301 / 365
	figures(t, build("2028-03-31", 20), "3400.00", "-596.16", "0.00", "2803.84") // inside the tier nothing is bought
}

func TestR40DataCenterAppTier(t *testing.T) {
	host := world.List{Plan: "host", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=44000", "2000:=90000", ":=200000"}}
	build := func(users int, hostOptions, appOptions []world.Option) *costing.Costs {
		w := world.New(t).Seats("jira", users, 0).Prices(host, world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
		w.Product("jira", pricing.Annual, append(hostOptions, world.OnDataCenter, world.Priced("host"))...)
		return w.App("app", "jira", pricing.Annual, append(appOptions, world.OnDataCenter)...).Build()
	}
	// 600 users: the host's tier reaches to 2,000, and so must the app's.
	c := build(600, nil, []world.Option{world.Licensed(1000)})
	figures(t, world.Find(t, c, "app"), "6700.00", "0.00", "0.00", "6700.00")
	c = build(400, []world.Option{world.Licensed(500)}, nil)
	figures(t, world.Find(t, c, "app"), "3400.00", "0.00", "0.00", "3400.00")
	c = build(400, []world.Option{world.Licensed(2000)}, nil)
	figures(t, world.Find(t, c, "app"), "6700.00", "0.00", "0.00", "6700.00")
	freed := costing.Choice{Cycle: pricing.Annual, RightSize: true, Hosts: map[*costing.Line]costing.Choice{world.Find(t, c, "jira"): rightSize}}
	cost(t, "host right-sized", world.Find(t, c, "app"), freed, "3400.00")
	// An open tier has no top: the host's quantity counts.
	c = build(2500, nil, nil)
	figures(t, world.Find(t, c, "app"), "7600.00", "0.00", "0.00", "7600.00")
}

// The host's top is read off its own list of the day it renews: from February
// on its tiers are others.
func TestR40HostsOwnListOnR(t *testing.T) {
	w := world.New(t).Seats("jira", 600, 0).Prices(
		world.List{Plan: "host", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, To: "2026-01-31", Tiers: []string{"500:=44000", "1000:=60000"}},
		world.List{Plan: "host", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, From: "2026-02-01", Tiers: []string{"500:=45000", "2000:=90000"}},
		world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
	w.Product("jira", pricing.Annual, world.OnDataCenter, world.Priced("host")).App("app", "jira", pricing.Annual, world.OnDataCenter)
	figures(t, w.Line("app"), "5000.00", "1700.00", "0.00", "6700.00") // 1,000 today, 2,000 from the renewal on
}

func TestR40HostTierOfToday(t *testing.T) {
	host := world.List{Plan: "host", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=44000", "1000:=60000", ":=200000"}}
	build := func(users int, options ...world.Option) *costing.Line {
		w := world.New(t).Prices(host, world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
		if users > 0 {
			w.Seats("jira", users, 0)
		}
		w.Product("jira", pricing.Annual, append(options, world.OnDataCenter, world.Priced("host"))...)
		return w.App("app", "jira", pricing.Annual, world.OnDataCenter, world.Licensed(501)).Line("app")
	}
	for _, c := range []struct {
		name    string
		users   int
		options []world.Option
		want    int
		known   bool
	}{
		{"the top of what it is licensed for, however many its users", 600, []world.Option{world.Licensed(480)}, 500, true},
		{"without a licence that of its users", 600, nil, 1000, true},
		{"an open tier: the quantity", 600, []world.Option{world.Licensed(1200)}, 1200, true},
		{"neither licence nor users", 0, nil, 0, false},
	} {
		l := build(c.users, c.options...)
		if n, _, known := l.HostTier(); n != c.want || known != c.known {
			t.Errorf("%s: got %d (%v), want %d (%v)", c.name, n, known, c.want, c.known)
		}
		if licence, ok := l.Licence(); !ok || licence.Stated != 501 || licence.Covers != 1000 || licence.From != "licensed_users" {
			t.Errorf("%s: licence of the app: got %+v", c.name, licence)
		}
	}
}

func TestLicence(t *testing.T) {
	installed := func(x estate.Licence, options ...world.Option) (costing.Licence, bool) {
		w := world.New(t).Seats("jira", 350, 0).Prices(world.List{Plan: "jira", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=44000", ":=60000"}})
		x.Site, x.Key, x.Hosting = "acme", "jira", pricing.DataCenter
		w.Estate.Licences = []estate.Licence{x}
		return w.Product("jira", pricing.Annual, append(options, world.OnDataCenter)...).Line("jira").Licence()
	}
	for _, c := range []struct {
		name    string
		licence estate.Licence
		options []world.Option
		want    costing.Licence
	}{
		{"the row before the instance", estate.Licence{Users: 900}, []world.Option{world.Licensed(400)}, costing.Licence{Stated: 400, Covers: 500, From: "licensed_users"}},
		{"the instance", estate.Licence{Users: 400}, nil, costing.Licence{Stated: 400, Covers: 500, From: "installed licence"}},
		{"the instance, no limit", estate.Licence{Unlimited: true}, nil, costing.Licence{Open: true, From: "installed licence"}},
		{"a tier without a top", estate.Licence{}, []world.Option{world.Licensed(501)}, costing.Licence{Stated: 501, Open: true, From: "licensed_users"}},
		{"nobody", estate.Licence{}, []world.Option{world.Licensed(0)}, costing.Licence{From: "licensed_users"}},
		{"a contract without a list covers what it says", estate.Licence{}, []world.Option{world.Licensed(400), world.Contract("1.00"), world.Priced("ghost")}, costing.Licence{Stated: 400, Covers: 400, From: "licensed_users"}},
	} {
		got, ok := installed(c.licence, c.options...)
		got.Source = diag.Source{}
		if !ok || got != c.want {
			t.Errorf("%s: got %+v (%v), want %+v", c.name, got, ok, c.want)
		}
	}
	monthly := world.New(t).Seats("jira", 350, 0).Graduated("jira", world.J).Product("jira", pricing.Monthly, world.Licensed(400)).Line("jira")
	if _, ok := monthly.Licence(); ok {
		t.Error("monthly billing follows the users: there is no licence to exceed")
	}
	if _, ok := world.New(t).Seats("jira", 350, 0).Product("jira", pricing.Annual).Line("jira").Licence(); ok {
		t.Error("no licence is stated")
	}
}

func TestR40LargestHostOfTheFamily(t *testing.T) {
	w := world.New(t).Seats("jira", 400, 0).Seats("jira-service-management", 60, 0).Prices(
		world.List{Plan: "jsm", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"50:=1000", "250:=3000", "1000:=9000"}},
		world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
	w.Product("jira", pricing.Annual, world.OnDataCenter, world.Priced("app")).Product("jira-service-management", pricing.Annual, world.OnDataCenter, world.Priced("jsm"), world.Licensed(900))
	w.App("app", "jira", pricing.Annual, world.OnDataCenter)
	figures(t, w.Line("app"), "5000.00", "0.00", "0.00", "5000.00") // JSM's tier of 1,000, by its own table
}

func TestR41OwnUsers(t *testing.T) {
	w := world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 350, 100)
	w.Product("jira", pricing.Annual, world.Licensed(500)).App("app", "jira", pricing.Annual, world.OwnUsers, func(s *estate.Subscription) { s.Licensed = 0 })
	unknown(t, w.Line("app"), "assigned users")
	w.Estate.AppUsage = []estate.AppUsage{{Key: "app", Site: "other", Assigned: 99, HasAssigned: true}, {Key: "app", Site: "acme", Assigned: 10, HasAssigned: true}}
	l := w.Line("app")
	figures(t, l, "100.00", "0.00", "0.00", "100.00") // tier 10: the host's licence of 500 does not bind it
	cost(t, "removals on the host", l, costing.Choice{Cycle: pricing.Annual, RightSize: true, Removed: []int{100}}, "100.00")
	w.Estate.AppUsage[1].HasAssigned = false
	unknown(t, w.Line("app"), "assigned users")
}

func TestR42Fixed(t *testing.T) {
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

func TestBundlesAndTheirOrder(t *testing.T) {
	w := world.New(t).Seats("jira", 10, 0).Seats("confluence", 10, 0)
	w.App("z", "jira-service-management", pricing.Annual).App("a", "confluence", pricing.Annual).Product("jira", pricing.Monthly).App("dc", "jira", pricing.Annual, world.OnDataCenter)
	c := w.Build()
	var got []string
	for _, b := range c.Bundles {
		got = append(got, b.ID())
	}
	if want := []string{"acme/confluence/cloud", "acme/jira/cloud", "acme/jira/data-center"}; !slices.Equal(got, want) {
		t.Errorf("bundles: got %v, want %v", got, want)
	}
	if l := c.Bundles[1].Lines; len(l) != 2 || l[0].ID() != "acme/product/jira" || l[1].ID() != "acme/app/z" {
		t.Errorf("lines of the Jira bundle: got %v, want the product first", l)
	}
}

func TestGrowthMoves(t *testing.T) {
	moves := func(effective string) bool {
		return world.New(t).Graduated("app", world.G1).Percent("app", effective, "0.1").Seats("jira", 10, 0).App("app", "jira", pricing.Monthly).Line("app").PriceMoves()
	}
	// R38: any change in (as-of, term end).
	for d, want := range map[string]bool{"2026-01-01": false, "2026-01-02": true, "2027-02-28": true, "2027-03-01": false} {
		if got := moves(d); got != want {
			t.Errorf("change on %s: price moves: got %v, want %v", d, got, want)
		}
	}
}

// A blank renewal date is assumed to be nothing: the row is a line, with what
// it costs today, and in no total.
func TestR50BlankRenewalDate(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Graduated("monthly", world.G1).Seats("jira", 100, 0)
	w.App("app", "jira", pricing.Annual, world.Renews("")).App("monthly", "jira", pricing.Monthly, world.Renews(""))
	c := w.Build()
	for key, current := range map[string]string{"app": "1650.00", "monthly": "1980.00"} {
		l := world.Find(t, c, key)
		unknown(t, l, "no renewal_date")
		if l.Current.String() != current || !l.Term.Start.IsZero() || l.Quote.Possible || l.BillDates(l.Sub.Cycle) != nil || !l.RunningCycle().Start.IsZero() {
			t.Errorf("%s: got current %s, term %v, quote %v; want %s and no date at all", key, l.Current, l.Term, l.Quote.Possible, current)
		}
	}
}
