package costing_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// migrate estimates the only Data Center bundle of a world.
func migrate(t testing.TB, w *world.World) *costing.Migration {
	t.Helper()
	in := w.Input()
	c := costing.Build(in)
	for _, b := range c.Bundles {
		if b.Hosting == pricing.DataCenter {
			return costing.Cloud{Estate: in.Estate, Book: in.Book, Policy: &in.Config.Policy, AsOf: in.AsOf, Currency: c.Currency}.Migrate(b)
		}
	}
	t.Fatal("no Data Center bundle")
	return nil
}

// onDC adds a Data Center list, so that what is there today has a price.
func onDC(t testing.TB, users, idle int) *world.World {
	return world.New(t).Seats("jira", users, idle).
		Prices(world.List{Plan: "jira", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=44000", "1000:=60000"}},
			world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC}).
		Product("jira", pricing.Annual, world.OnDataCenter)
}

func wants(t *testing.T, name string, c costing.MigrationCost, monthly, annual string, cycle pricing.Cycle) {
	t.Helper()
	if got := [2]string{c.Monthly.String(), c.Annual.String()}; got != [2]string{monthly, annual} || c.Cycle != cycle {
		t.Errorf("%s: monthly, annual: got %q (%s), want %q, %q (%s)", name, got, c.Cycle, monthly, annual, cycle)
	}
}

// J and G1 are lists of METHOD 19.17. 450 users, 100 of them
// review candidates.
//
// METHOD 8.5.
func TestMigrationEstimate(t *testing.T) {
	w := onDC(t, 450, 100).Graduated("jira", world.J).Prices(world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.FromMonthly}).
		Graduated("app", world.G1).App("app", "jira", pricing.Annual, world.OnDataCenter)
	m := migrate(t, w)
	jira, app := m.Lines[0], m.Lines[1]
	if jira.All != 450 || jira.Active != 350 || app.All != 450 || app.Active != 350 || m.Priced != 2 || m.Bounds {
		t.Errorf("users: jira %d of %d, app %d of %d, priced %d, bounds %v", jira.Active, jira.All, app.Active, app.All, m.Priced, m.Bounds)
	}
	// Jira, 450: 12 x 3,175.00 (METHOD 19.2) and 34,800.00 for tier 500; 350: 12 x (860 + 1,095 + 610), tier 400: 10 x (860 + 1,095 + 915).
	wants(t, "jira, all", jira.WithAll, "38100.00", "34800.00", pricing.Annual)
	wants(t, "jira, in use", jira.WithActive, "30780.00", "28700.00", pricing.Annual)
	// App, 450: 12 x (165 + 115.50 + 80); tiers 500 and 400.
	wants(t, "app, all", app.WithAll, "4326.00", "3805.00", pricing.Annual)
	wants(t, "app, in use", app.WithActive, "3846.00", "3405.00", pricing.Annual)
	wants(t, "all", m.All, "42426.00", "38605.00", pricing.Annual)
	wants(t, "in use", m.Active, "34626.00", "32105.00", pricing.Annual)
	if m.Inactive.String() != "6500.00" || m.Today.String() != "47400.00" {
		t.Errorf("inactive %s, today %s; want 6500.00, 47400.00", m.Inactive, m.Today)
	}
}

// Each sum takes its own cheaper cycle: 163 users are cheaper by the month,
// 200 by the year (METHOD 19.7), so carrying 37 along costs 61.20 and not the
// difference inside one cycle.
func TestMigrationTakesTheCheaperCycleOfEachSum(t *testing.T) {
	m := migrate(t, onDC(t, 200, 37).Graduated("jira", world.J).Prices(world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.FromMonthly}))
	wants(t, "all", m.All, "19080.00", "15900.00", pricing.Annual)
	wants(t, "in use", m.Active, "15838.80", "15900.00", pricing.Monthly)
	if m.Inactive.String() != "61.20" {
		t.Errorf("inactive: got %s, want 61.20", m.Inactive)
	}
}

func TestMigrationLeavesOutWhatHasNoCloudPrice(t *testing.T) {
	w := onDC(t, 450, 100).Graduated("jira", world.J)
	for _, key := range []string{"listed", "gone", "old", "bare", "barter", "euro"} {
		w.Graduated(key, world.G1)
		options := []world.Option{world.OnDataCenter, world.Contract("100.00")}
		switch key {
		case "bare":
			options = append(options, world.Priced("unlisted"))
		case "barter":
			options = append(options, world.Licence("barter"))
		case "euro":
			w.Prices(world.List{Plan: "euros", Mode: pricing.Graduated, Currency: "EUR", Tiers: world.G1})
			options = append(options, world.Priced("euros"))
		}
		w.App(key, "jira", pricing.Annual, options...)
	}
	w.Estate.AppFacts = []estate.AppFact{
		{Key: "listed", Hostings: []pricing.Hosting{pricing.Cloud, pricing.DataCenter}, Archived: estate.No},
		{Key: "gone", Hostings: []pricing.Hosting{pricing.DataCenter}}, {Key: "old", Archived: estate.Yes},
	}
	m := migrate(t, w)
	got := map[string]string{}
	for _, x := range m.Lines {
		got[x.Line.Sub.Key] = x.Reason.Text
	}
	for key, want := range map[string]string{
		"jira": "", "listed": "", "gone": "not available on Cloud, by the apps table", "old": "archived on the Marketplace, by the apps table",
		"bare": `plan "unlisted" has no Cloud price in any price file`, "barter": `no licence factor for licence_type "barter" on Cloud`,
		"euro": "its Cloud price is in EUR, and no rate is known",
	} {
		if got[key] != want {
			t.Errorf("%s: got %q, want %q", key, got[key], want)
		}
	}
	// Jira has no annual list on Cloud, and is a product: the bundle is billed monthly.
	if m.Priced != 2 || m.All.Annual.Known() || m.All.Monthly.String() != "42426.00" || m.Today.String() != "44100.00" {
		t.Errorf("priced %d, monthly %s, annual %q, today %s; want 2, 42426.00, unknown, 44100.00", m.Priced, m.All.Monthly, m.All.Annual, m.Today)
	}
}

// As many lines have a price in one cycle as in the other, but others: the
// sums could not be compared, so one cycle decides and says who is missing.
func TestMigrationComparesOnlyLikeWithLike(t *testing.T) {
	w := onDC(t, 100, 0).Graduated("jira", world.J).Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"100:=700"}}).
		App("app", "jira", pricing.Annual, world.OnDataCenter)
	m := migrate(t, w)
	wants(t, "all", m.All, "", "700.00", pricing.Annual)
	if m.Lines[0].Reason.Text != "no annual Cloud price, and the bundle is compared by the annual ones" {
		t.Errorf("jira: got %q", m.Lines[0].Reason)
	}
}

func TestMigrationQuantities(t *testing.T) {
	base := func() *world.World { return onDC(t, 450, 100).Graduated("jira", world.J).Graduated("app", world.G1) }
	// An app for its own users: nothing says which of them are idle.
	w := base().App("app", "jira", pricing.Annual, world.OnDataCenter, world.OwnUsers)
	w.Estate.AppUsage = []estate.AppUsage{{Key: "app", Site: "acme", Assigned: 70, HasAssigned: true}}
	if x := migrate(t, w).Lines[1]; x.All != 70 || x.Active != 70 || x.WithAll.Monthly.String() != "1386.00" {
		t.Errorf("own users: got %d of %d for %s; want 70 of 70 for 1386.00", x.Active, x.All, x.WithAll.Monthly)
	}
	// A fixed price on Data Center says nothing of Cloud: linked, it has the host's users.
	w = base().App("app", "jira", pricing.Annual, world.OnDataCenter, world.Fixed, world.Contract("9000.00"))
	if x := migrate(t, w).Lines[1]; x.All != 450 || x.Active != 350 || x.WithAll.Monthly.String() != "4326.00" {
		t.Errorf("fixed: got %d of %d for %s; want 350 of 450 for 4326.00", x.Active, x.All, x.WithAll.Monthly)
	}
	// The largest of the family, for each of the two numbers by itself.
	w = base().Seats("jira-service-management", 400, 10).App("app", "jira", pricing.Annual, world.OnDataCenter)
	if x := migrate(t, w).Lines[1]; x.All != 450 || x.Active != 390 {
		t.Errorf("family: got %d of %d; want 390 of 450", x.Active, x.All)
	}
	// Agents of whom nobody knows how many are in use cannot exceed the 350 in use of Jira; 351 of them could.
	for agents, want := range map[int]bool{350: true, 351: false} {
		w = base().Product("jira-service-management", pricing.Annual, world.OnDataCenter, world.Licensed(agents)).App("app", "jira", pricing.Annual, world.OnDataCenter)
		if x := migrate(t, w).Lines[2]; x.ActiveKnown != want || want && x.Active != 350 {
			t.Errorf("%d agents: in use known %v, %d; want %v", agents, x.ActiveKnown, x.Active, want)
		}
	}
	// Academic on Cloud is 25 %, not the 50 % of Data Center; its discount stays behind.
	w = base().App("app", "jira", pricing.Annual, world.OnDataCenter, world.Licence("academic"), world.Discount("0.30"))
	if x := migrate(t, w).Lines[1]; x.WithAll.Monthly.String() != "1081.56" { // 12 x 90.13 (360.50 / 4 = 90.125)
		t.Errorf("academic: got %s; want 1081.56", x.WithAll.Monthly)
	}
	// Nobody counts: as many as are paid for, and nothing is known of their use.
	w = world.New(t).Graduated("jira", world.J).Product("jira", pricing.Annual, world.OnDataCenter, world.Licensed(450))
	m := migrate(t, w)
	if x := m.Lines[0]; x.All != 450 || x.ActiveKnown || m.Active.Monthly.Known() || m.Inactive.Known() || m.All.Monthly.String() != "38100.00" {
		t.Errorf("nobody counts: %d users, in use known %v, active %q, inactive %q, all %s", x.All, x.ActiveKnown, m.Active.Monthly, m.Inactive, m.All.Monthly)
	}
	// Not even that.
	w = world.New(t).Graduated("jira", world.J).Product("jira", pricing.Annual, world.OnDataCenter)
	if m := migrate(t, w); m.Priced != 0 || !m.Lines[0].Reason.Given() || m.Lines[0].WithAll.Monthly.Known() || m.Today.Known() || m.All.Monthly.Known() || m.All.Annual.Known() {
		t.Errorf("no users: priced %d, reason %q", m.Priced, m.Lines[0].Reason)
	}
}

// A list of accounts that is none of seats bounds the users in use (METHOD 1.4).
func TestAccountsBoundTheUsersInUse(t *testing.T) {
	for _, c := range []struct{ users, listed, idle, want int }{
		{90, 100, 30, 70},   // at most the 70 accounts in use are among the 90 users
		{60, 100, 30, 60},   // 70 accounts in use: all 60 users may be
		{90, 100, 0, 90},    // nobody idle
		{90, 100, 100, 0},   // everybody
		{150, 100, 40, 110}, // 50 users no list names may be in use, too
	} {
		w := world.New(t).Seats("jira", c.listed, c.idle).Graduated("jira", world.J).Product("jira", pricing.Annual, world.OnDataCenter)
		in := w.Input()
		a := &in.Estate.Access[0]
		a.Roles, a.Listed = nil, make([]bool, c.listed)
		for i := range a.Listed {
			a.Listed[i] = true
		}
		in.Estate.UserCounts = []estate.UserCount{{Date: in.AsOf, Site: "acme", Product: "jira", Users: c.users}}
		b := rejudged(in).Bundles[0]
		n, bound, known := costing.InUse(b.Products[0])
		if n != c.want || !bound || !known {
			t.Errorf("%+v: got %d (bound %v, known %v)", c, n, bound, known)
		}
	}
}

// On tables that do not fall, more users are never cheaper, and the sums are
// those of the lines.
func TestMigrationProperties(t *testing.T) {
	rising := func(rt *rapid.T, label string) []string {
		var out []string
		top, price := 0, 0
		for range rapid.IntRange(1, 5).Draw(rt, label) {
			top += rapid.IntRange(1, 40).Draw(rt, "width")
			price += rapid.IntRange(0, 400).Draw(rt, "rise")
			out = append(out, fmt.Sprintf("%d:=%d.50", top, price))
		}
		return append(out, fmt.Sprintf("500:=%d.99", price+rapid.IntRange(0, 900).Draw(rt, "last")))
	}
	compared := 0
	rapid.Check(t, func(rt *rapid.T) {
		users := rapid.IntRange(0, 120).Draw(rt, "users")
		idle := rapid.IntRange(0, users).Draw(rt, "idle")
		w := world.New(t).Seats("jira", users, idle).Product("jira", pricing.Annual, world.OnDataCenter)
		apps := rapid.IntRange(0, 3).Draw(rt, "apps")
		for i := range apps {
			w.App(fmt.Sprintf("app-%d", i), "jira", pricing.Annual, world.OnDataCenter)
		}
		for _, key := range append([]string{"jira"}, []string{"app-0", "app-1", "app-2"}[:apps]...) {
			w.Prices(world.List{Plan: key, Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=1000"}})
			if rapid.Bool().Draw(rt, "monthly") {
				w.Prices(world.List{Plan: key, Cycle: pricing.Monthly, Mode: pricing.Volume, Tiers: rising(rt, "monthly tiers")})
			}
			if rapid.Bool().Draw(rt, "annual") {
				w.Prices(world.List{Plan: key, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: rising(rt, "annual tiers")})
			}
		}
		m := migrate(t, w)
		if m.Priced > 0 {
			compared++
			if !m.Inactive.Known() || m.Inactive.Sign() < 0 {
				rt.Fatalf("%d of %d idle: the inactive cost %q", idle, users, m.Inactive)
			}
		}
		for _, cycle := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
			for name, sum := range map[string][2]money.Amount{
				"all": {m.All.In(cycle), total(m, func(x costing.MigrationLine) money.Amount { return x.WithAll.In(cycle) })},
				"use": {m.Active.In(cycle), total(m, func(x costing.MigrationLine) money.Amount { return x.WithActive.In(cycle) })},
			} {
				if sum[0].Known() && sum[0] != sum[1] {
					rt.Fatalf("%s, %s: sum %s, lines %s", name, cycle, sum[0], sum[1])
				}
			}
		}
		if cheaper := m.All.Cheaper(); m.All.Monthly.Less(cheaper) || m.All.Annual.Less(cheaper) {
			rt.Fatalf("%+v: %s is not the cheaper", m.All, cheaper)
		}
	})
	if compared == 0 {
		t.Error("no estate had a Cloud price: the test tests nothing")
	}
}

func total(m *costing.Migration, of func(costing.MigrationLine) money.Amount) money.Amount {
	sum := money.Zero("USD")
	for _, x := range m.Lines {
		if !x.Reason.Given() {
			sum = sum.Add(of(x))
		}
	}
	return sum
}
