package costing_test

import (
	"testing"

	"tierline/audit/costing"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// products is an annual list of a product, by the tier, and an app's beside it.
var products = []world.List{
	{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"10:=900", "15:=1350", "25:=2250", "50:=4500"}},
	{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"10:=100", "15:=150", "25:=250", "50:=500"}},
}

// licences is a line's three figures.
func licences(t *testing.T, l *costing.Line, licensed, users, billed int) {
	t.Helper()
	if l.Licensed != licensed || l.Users != users || l.Billed != billed {
		t.Errorf("%s: licensed %d, users %d, billed for %d; want %d, %d, %d", l.ID(), l.Licensed, l.Users, l.Billed, licensed, users, billed)
	}
}

// METHOD 3.4.
func TestCurrentIsWhatTheInvoiceSays(t *testing.T) {
	build := func(users int, product, app []world.Option) (*costing.Line, *costing.Line) {
		c := world.New(t).Prices(products...).Seats("jira", users, 0).
			Product("jira", pricing.Annual, product...).App("app", "jira", pricing.Annual, app...).Build()
		return world.Find(t, c, "jira"), world.Find(t, c, "app")
	}
	fifteen := []world.Option{world.Licensed(15)}
	// The last user of the licence, and the first one above it.
	jira, app := build(15, fifteen, nil)
	figures(t, jira, "1350.00", "0.00", "0.00", "1350.00")
	figures(t, app, "150.00", "0.00", "0.00", "150.00")
	jira, app = build(16, fifteen, nil)
	figures(t, jira, "1350.00", "900.00", "0.00", "2250.00")
	figures(t, app, "150.00", "100.00", "0.00", "250.00") // follows the licence of its host
	licences(t, jira, 15, 16, 16)
	licences(t, app, 15, 16, 16)
	// A licence of its own, larger or smaller than its host's.
	_, app = build(16, []world.Option{world.Licensed(25)}, []world.Option{world.Licensed(50)})
	figures(t, app, "500.00", "0.00", "0.00", "500.00")
	_, app = build(20, []world.Option{world.Licensed(50)}, []world.Option{world.Licensed(25)})
	figures(t, app, "250.00", "250.00", "0.00", "500.00")
	licences(t, app, 25, 20, 50)
	// Nobody states a licence: the users.
	jira, app = build(16, nil, nil)
	figures(t, jira, "2250.00", "0.00", "0.00", "2250.00")
	figures(t, app, "250.00", "0.00", "0.00", "250.00")
}

// Only the annual rows of the family say what an app is licensed for, and the
// largest of them does; a monthly row is billed for the users, whatever it says.
//
// METHOD 3.4.
func TestLargestStatedLicenceOfTheFamily(t *testing.T) {
	w := world.New(t).Prices(products...).Seats("jira", 8, 0).Seats("jira-service-management", 5, 0)
	w.Product("jira", pricing.Monthly, world.Licensed(50)).Product("jira-service-management", pricing.Annual, world.Licensed(15)).App("app", "jira", pricing.Annual)
	app := w.Line("app")
	figures(t, app, "150.00", "0.00", "0.00", "150.00")
	licences(t, app, 15, 8, 15)
	m := world.New(t).Graduated("app", world.G1).Seats("jira", 12, 0).App("app", "jira", pricing.Monthly, world.Licensed(50)).Line("app")
	figures(t, m, "237.60", "0.00", "0.00", "237.60") // 12 x 12 x 1.65
	licences(t, m, 12, 12, 12)
}

// METHOD 2.12, 2.13.
func TestContractPriceIsForTheLicence(t *testing.T) {
	contract := func(users int) *world.World {
		return world.New(t).Seats("jira", users, 0).Product("jira", pricing.Annual, world.Licensed(15), world.Contract("1080.00"))
	}
	// 1,080.00 / 1,350.00 = 0.8 of the list; 16 users need the tier of 25.
	figures(t, contract(16).Prices(products...).Line("jira"), "1080.00", "720.00", "0.00", "1800.00")
	figures(t, contract(15).Line("jira"), "1080.00", "0.00", "0.00", "1080.00")
	over := contract(16).Line("jira")
	unknown(t, over, "for 15 users, not for the 16")
	if over.Current.String() != "1080.00" {
		t.Errorf("known current of a row in no total: got %q, want 1080.00", over.Current)
	}
}

// METHOD 2.17.
func TestUnusedCapacityCountsFromTheLicence(t *testing.T) {
	for users, want := range map[int]string{
		14: "90.00", // 1 x 1,350.00 / 15
		15: "0.00",
		16: "0.00", // the tier of 25 is not bought yet, so nothing of it is unused
	} {
		p := world.New(t).Prices(products...).Seats("jira", users, 0).Product("jira", pricing.Annual, world.Licensed(15)).Line("jira").Position()
		if p.Unused.String() != want || p.Licensed != (pricing.Range{From: 11, To: 15}) {
			t.Errorf("%d users: unused %s of the tier %s, want %s of 11-15", users, p.Unused, p.Licensed, want)
		}
	}
	// An app below its host's licence: what its own licence leaves unused.
	w := world.New(t).Prices(products...).Seats("jira", 20, 0)
	p := w.Product("jira", pricing.Annual, world.Licensed(50)).App("app", "jira", pricing.Annual, world.Licensed(25)).Line("app").Position()
	if p.Unused.String() != "50.00" || p.UnusedFor != 5 {
		t.Errorf("app licensed for 25 beside a host of 50: unused %s for %d, want 50.00 for 5", p.Unused, p.UnusedFor)
	}
}
