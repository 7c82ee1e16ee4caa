package costing_test

import (
	"testing"

	"tierline/audit/costing"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 3.7.
func TestAppIsPaidAtItsHostsLicence(t *testing.T) {
	w := world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 350, 0)
	w.Product("jira", pricing.Annual, world.Licensed(500)).App("app", "jira", pricing.Annual).App("big", "jira", pricing.Annual, world.Priced("app"), world.Licensed(600))
	c := w.Build()
	jira, app, big := world.Find(t, c, "jira"), world.Find(t, c, "app"), world.Find(t, c, "big")
	figures(t, jira, "1200.00", "0.00", "0.00", "1200.00")
	figures(t, app, "3805.00", "0.00", "0.00", "3805.00") // tier 500, not the 3,405.00 of its 350 users
	figures(t, big, "4205.00", "0.00", "0.00", "4205.00") // its own licence is larger still
	if app.Billed != 500 || big.Billed != 600 {
		t.Errorf("paid quantity: got %d and %d, want 500 and 600", app.Billed, big.Billed)
	}
	// A host that keeps its licence holds the app up; right-sized it frees it.
	cost(t, "host keeps its tier", app, rightSize, "3805.00")
	freed := rightSize
	freed.Hosts = map[*costing.Line]costing.Choice{jira: rightSize}
	cost(t, "host right-sized", app, freed, "3405.00")
	cost(t, "host right-sized, own licence kept", big, costing.Choice{Cycle: pricing.Annual, Hosts: freed.Hosts}, "4205.00")
}

// METHOD 3.7.
func TestEveryAnnualHostOfTheFamilyBinds(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 350, 0).Seats("jira-service-management", 20, 0)
	w.Product("jira", pricing.Monthly, world.Licensed(900)).Product("jira-service-management", pricing.Annual, world.Licensed(700)).App("app", "jira", pricing.Annual)
	// The monthly host does not bind, the annual one does, although neither has a price (METHOD 3.9).
	figures(t, w.Line("app"), "5005.00", "0.00", "0.00", "5005.00")
	w = world.New(t).Graduated("app", world.G1).Seats("jira", 350, 0).Product("jira", pricing.Annual, world.Licensed(500)).App("app", "jira", pricing.Monthly)
	figures(t, w.Line("app"), "3846.00", "0.00", "0.00", "3846.00") // 12 x (280.50 + 100 x 0.40): monthly billing follows users
}

// On Data Center tops of tiers are compared, in each one's own list: a host of
// 350 users in a tier up to 1,000 holds an app up to 1,000, an app licensed for
// more stays where it is, and right-sizing the host frees the first.
//
// METHOD 3.7, 8.4.
func TestOnDataCenterTopsBind(t *testing.T) {
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
		licensed, billed                int
		current, volume, asIs, held, by string
	}{
		"blank": {501, 1000, "5000.00", "0.00", "5000.00", "5000.00", "3400.00"}, // its host's 501, of the tier of 1,000
		"small": {500, 1000, "3400.00", "1600.00", "5000.00", "5000.00", "3400.00"},
		"big":   {1001, 1001, "6700.00", "0.00", "6700.00", "5000.00", "3400.00"},
	} {
		l := world.Find(t, c, key)
		figures(t, l, want.current, want.volume, "0.00", want.asIs)
		if l.Licensed != want.licensed || l.Billed != want.billed {
			t.Errorf("%s: licensed %d, billed for %d, want %d and %d", key, l.Licensed, l.Billed, want.licensed, want.billed)
		}
		cost(t, "right-sized beside a host that is not", l, rightSize, want.held)
		cost(t, "right-sized with its host", l, free, want.by)
	}
}

// METHOD 9.4.
func TestSmallerTierCanCostMore(t *testing.T) {
	l := world.New(t).Graduated("app", []string{"10:=50.00", "1000:0.30"}).Seats("jira", 10, 0).App("app", "jira", pricing.Annual, world.Licensed(15)).Line("app")
	figures(t, l, "45.00", "0.00", "0.00", "45.00")
	cost(t, "right-sized to 10 users", l, rightSize, "500.00")
}

// METHOD 3.11.
func TestZeroUsers(t *testing.T) {
	l := world.New(t).Graduated("app", world.G1).Seats("jira", 0, 0).App("app", "jira", pricing.Annual, world.Licensed(100)).Line("app")
	figures(t, l, "1650.00", "0.00", "0.00", "1650.00")
	cost(t, "right-sized to nobody", l, rightSize, "0.00")
	figures(t, world.New(t).Graduated("app", world.G1).Seats("jira", 0, 0).App("app", "jira", pricing.Monthly).Line("app"), "0.00", "0.00", "0.00", "0.00")
}

// METHOD 8.4.
func TestDataCenterAppTier(t *testing.T) {
	host := world.List{Plan: "host", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=44000", "2000:=90000", ":=200000"}}
	build := func(users int, hostOptions, appOptions []world.Option) *costing.Costs {
		w := world.New(t).Seats("jira", users, 0).Prices(host, world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
		w.Product("jira", pricing.Annual, append(hostOptions, world.OnDataCenter, world.Priced("host"))...)
		return w.App("app", "jira", pricing.Annual, append(appOptions, world.OnDataCenter)...).Build()
	}
	// 600 users: the host's tier reaches to 2,000, and so must the app's.
	c := build(600, nil, []world.Option{world.Licensed(1000)})
	figures(t, world.Find(t, c, "app"), "5000.00", "1700.00", "0.00", "6700.00") // what is required beyond its licence is in volume
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
//
// METHOD 8.4.
func TestHostsOwnListOnR(t *testing.T) {
	w := world.New(t).Seats("jira", 600, 0).Prices(
		world.List{Plan: "host", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, To: "2026-01-31", Tiers: []string{"500:=44000", "1000:=60000"}},
		world.List{Plan: "host", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, From: "2026-02-01", Tiers: []string{"500:=45000", "2000:=90000"}},
		world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
	w.Product("jira", pricing.Annual, world.OnDataCenter, world.Priced("host")).App("app", "jira", pricing.Annual, world.OnDataCenter)
	figures(t, w.Line("app"), "5000.00", "1700.00", "0.00", "6700.00") // 1,000 today, 2,000 from the renewal on
}

// METHOD 8.4.
func TestLargestHostOfTheFamily(t *testing.T) {
	w := world.New(t).Seats("jira", 400, 0).Seats("jira-service-management", 60, 0).Prices(
		world.List{Plan: "jsm", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"50:=1000", "250:=3000", "1000:=9000"}},
		world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
	w.Product("jira", pricing.Annual, world.OnDataCenter, world.Priced("app")).Product("jira-service-management", pricing.Annual, world.OnDataCenter, world.Priced("jsm"), world.Licensed(900))
	w.App("app", "jira", pricing.Annual, world.OnDataCenter)
	figures(t, w.Line("app"), "5000.00", "0.00", "0.00", "5000.00") // JSM's tier of 1,000, by its own table
}
