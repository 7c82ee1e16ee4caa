package pricing_test

import (
	"strings"
	"testing"

	"tierline/audit/pricing"
)

func TestWords(t *testing.T) {
	for in, want := range map[string]pricing.Hosting{"cloud": pricing.Cloud, " Cloud ": pricing.Cloud, "DATA-CENTER": pricing.DataCenter, "data center": pricing.DataCenter} {
		if got, err := pricing.ParseHosting(in); err != nil || got != want {
			t.Errorf("hosting %q: got %v %v, want %v", in, got, err, want)
		}
	}
	if _, err := pricing.ParseHosting("server"); err == nil {
		t.Error("hosting server: want an error")
	}
	for in, want := range map[string]pricing.Cycle{
		"monthly": pricing.Monthly, "Annual": pricing.Annual, "Annually": pricing.Annual, "yearly": pricing.Annual, "per year": pricing.Annual,
		"Monthly  billing": pricing.Monthly, "billed annually": pricing.Annual, "Per month": pricing.Monthly,
	} {
		if got, err := pricing.ParseCycle(in); err != nil || got != want {
			t.Errorf("cycle %q: got %v %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "quarterly", "j\u00e4hrlich", "billing", "monthly and annual"} {
		if _, err := pricing.ParseCycle(in); err == nil {
			t.Errorf("cycle %q: want an error", in)
		}
	}
	for _, m := range []pricing.Mode{pricing.Graduated, pricing.Volume, pricing.Block, pricing.FromMonthly} {
		if got, err := pricing.ParseMode(strings.ToUpper(m.String())); err != nil || got != m {
			t.Errorf("mode %s: got %v %v", m, got, err)
		}
	}
	if _, err := pricing.ParseMode("tiered"); err == nil {
		t.Error("mode tiered: want an error")
	}
}
