package costing_test

import (
	"testing"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

func dataCenter(t *testing.T, renewal string, users int, options ...world.Option) *world.World {
	w := world.New(t).Seats("jira", users, 0).Prices(world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC})
	return w.App("app", "jira", pricing.Annual, append([]world.Option{world.OnDataCenter, world.Renews(renewal)}, options...)...)
}

// METHOD 8.2.
func TestEndOfDataCenter(t *testing.T) {
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
//
// METHOD 8.3.
func TestExpansionsOfWhatGoesOn(t *testing.T) {
	for _, host := range []string{"bitbucket", "bamboo"} {
		w := world.New(t).Seats(host, 480, 0).Prices(world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC}).Planned("2028-03-31", host, 100)
		w.AsOf = world.Day("2028-01-01")
		l := w.App("app", host, pricing.Annual, world.OnDataCenter, world.Renews("2028-03-01")).Line("app")
		figures(t, l, "3400.00", "1468.49", "0.00", "4868.49") // 1,600 x 335 / 365
	}
}

// METHOD 8.2.
func TestRowsThatEndAreListed(t *testing.T) {
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

// METHOD 8.1, 8.3.
func TestDataCenterExpansions(t *testing.T) {
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
//
// METHOD 8.3.
func TestNoExpansionAtALateRenewal(t *testing.T) {
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
