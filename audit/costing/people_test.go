package costing_test

import (
	"slices"
	"strings"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// twoSites has Jira Enterprise on two sites under one entitlement: 400 users on
// a, and on b those from account 250 on; 0 has no access column there.
func twoSites(t *testing.T, onB int) *costing.Costs {
	options := []world.Option{world.Edition(costing.Enterprise), world.Entitlement("E-1")}
	w := world.New(t).Prices(world.ProductList)
	w.On("a").Seats("jira", 400, 40).Product("jira", pricing.Annual, append(options, world.Licensed(900))...)
	w.On("b")
	if onB > 0 {
		w.SeatsFrom(250, "jira", onB, 0)
	}
	w.Planned("2026-06-01", "jira", 25)
	return w.Product("jira", pricing.Annual, options...).Build()
}

// The charge counts each person once and follows the removals of both sites;
// the other row shows the users of its site and is charged for nobody (METHOD 7.1).
func TestQuantityOverSites(t *testing.T) {
	c := twoSites(t, 300)
	charge, other := c.Lines[0], c.Lines[1]
	june := world.Day("2026-06-01")
	if charge.Users != 550 || !charge.UsersKnown || charge.StandIn || !slices.Equal(charge.Members(), []int{0, 1}) {
		t.Errorf("the charge: %d users (known %v, stand-in %v) of products %v; want 550 of [0 1]", charge.Users, charge.UsersKnown, charge.StandIn, charge.Members())
	}
	// 40 of site a leave, all of them people with no seat on b; 25 join there.
	if got := charge.UsersOn(june, []int{40, 0}); got != 535 {
		t.Errorf("users in June after removing 40: got %d, want 550 - 40 + 25", got)
	}
	if other.Users != 300 || len(other.Members()) != 0 || !other.ElsewhereCharged() || other.Charge() != charge {
		t.Errorf("the other row: %d users, members %v; want 300 of its site, charged elsewhere", other.Users, other.Members())
	}
	figures(t, other, "0.00", "0.00", "0.00", "0.00")
}

// Without an access column on a site nobody can tell who is the same person:
// the licence stands in, says so, and planned changes move it.
//
// METHOD 7.1.
func TestLicenceStandsInOverSites(t *testing.T) {
	charge := twoSites(t, 0).Lines[0]
	if charge.Users != 900 || !charge.StandIn || len(charge.Members()) != 0 || !strings.Contains(charge.UsersFrom, "licensed_users") {
		t.Errorf("%d users from %q, stand-in %v, members %v; want 900 from licensed_users", charge.Users, charge.UsersFrom, charge.StandIn, charge.Members())
	}
	if got := charge.UsersOn(world.Day("2026-06-01"), nil); got != 925 {
		t.Errorf("users in June: got %d, want 900 + 25", got)
	}
}

// What makes rows one charge is their entitlement, not their edition.
//
// METHOD 7.1.
func TestOneEntitlementIsOneCharge(t *testing.T) {
	build := func(edition string, b ...world.Option) *costing.Costs {
		w := world.New(t).Prices(products...)
		a := []world.Option{world.Edition(edition), world.Entitlement("E-1"), world.Priced("jira"), world.Licensed(25)}
		w.On("a").Seats("jira", 16, 0).Product("jira", pricing.Annual, a...)
		w.On("b").SeatsFrom(8, "jira", 16, 0).Product("jira", pricing.Annual, append(a, b...)...)
		return w.Build()
	}
	for _, edition := range []string{"enterprise", "government", "premium", ""} {
		c := build(edition)
		figures(t, c.Lines[0], "2250.00", "0.00", "0.00", "2250.00") // 24 people, tier 25
		figures(t, c.Lines[1], "0.00", "0.00", "0.00", "0.00")
		if len(c.Bundles) != 1 {
			t.Errorf("edition %q: %d bundles, want one", edition, len(c.Bundles))
		}
	}
	for name, other := range map[string]world.Option{"entitlement": world.Entitlement("E-2"), "plan": world.Priced("app"), "no entitlement": world.Entitlement("")} {
		if c := build("enterprise", other); len(c.Bundles) != 2 || c.Lines[1].Charge() != nil {
			t.Errorf("another %s: %d bundles, want two of their own", name, len(c.Bundles))
		}
	}
}
