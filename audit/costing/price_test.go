package costing_test

import (
	"testing"

	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 2.10.
func TestLicenceFactorsAndDiscounts(t *testing.T) {
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
