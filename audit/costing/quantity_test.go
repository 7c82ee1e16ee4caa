package costing_test

import (
	"strings"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 1.20.
func TestPlannedChanges(t *testing.T) {
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

// METHOD 1.7, 1.20.
func TestHeadcountOfFallbacks(t *testing.T) {
	// No export at all: the licence stands in, and planned changes still count (METHOD 1.7).
	w := world.New(t).Graduated("jira", world.J).Planned("2026-02-01", "jira", 20).Product("jira", pricing.Monthly, world.Licensed(100))
	figures(t, w.Line("jira"), "10320.00", "1752.00", "0.00", "12072.00") // 860.00, then 1,006.00 a month
	w = world.New(t).Graduated("app", world.G1).Planned("2026-02-01", "jira", 20).Product("jira", pricing.Monthly).App("app", "jira", pricing.Annual, world.Licensed(190))
	figures(t, w.Line("app"), "2420.00", "585.00", "0.00", "3005.00")
	// Own users and fixed prices have no planned changes.
	w = world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).Planned("2026-02-01", "jira", 200).App("app", "jira", pricing.Annual, world.Licensed(190), world.OwnUsers)
	figures(t, w.Line("app"), "2420.00", "0.00", "0.00", "2420.00")
}

// METHOD 1.6, 1.7.
func TestQuantityOfALinkedApp(t *testing.T) {
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
	// Cancelled, it no longer counts; on trial it does (METHOD 1.10).
	figures(t, base().Seats("jira-service-management", 250, 0).Product("jira-service-management", pricing.Monthly, world.Status(estate.SubCancelled)).App("app", "jira", pricing.Annual).Line("app"),
		"2420.00", "0.00", "0.00", "2420.00")
	figures(t, base().Seats("jira-service-management", 250, 0).Product("jira-service-management", pricing.Monthly, world.Status(estate.SubTrial)).App("app", "jira", pricing.Annual).Line("app"),
		"3005.00", "0.00", "0.00", "3005.00")
}

// METHOD 1.8.
func TestOwnUsers(t *testing.T) {
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

func TestCostForOwnUsers(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 350, 0)
	w.App("app", "jira", pricing.Annual, world.OwnUsers, world.Licensed(200)).App("linked", "jira", pricing.Annual, world.Priced("app"))
	c := w.Build()
	l := world.Find(t, c, "app")
	for n, want := range map[int]string{0: "0.00", 10: "100.00", 50: "825.00", 51: "1650.00", 200: "2420.00"} {
		if got := l.CostFor(n, rightSize).String(); got != want {
			t.Errorf("own-users app for %d users: got %q, want %s", n, got, want)
		}
	}
	if got := l.CostFor(50, asAnnual).String(); got != "2420.00" {
		t.Errorf("the licensed tier kept: got %q, want 2420.00", got)
	}
	if l.Users != 200 || l.AsIs.String() != "2420.00" {
		t.Errorf("the line itself has changed: %d users, %s", l.Users, l.AsIs)
	}
	if got := world.Find(t, c, "linked").CostFor(50, rightSize); got.Known() {
		t.Errorf("a linked app follows its host, not a number of its own: got %s", got)
	}
}
