package costing_test

import (
	"testing"

	"tierline/audit/diag"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 2.20.
func TestFreeEditionHasALimit(t *testing.T) {
	for product, last := range map[string]int{"jira": 10, "confluence": 10, "jira-service-management": 3} {
		build := func(users int) *world.World {
			w := world.New(t).Graduated(product, world.J).Seats(product, users, 0)
			w.Config.Currency = "USD"
			return w.Product(product, pricing.Monthly, world.Edition("free"))
		}
		figures(t, build(last).Line(product), "0.00", "0.00", "0.00", "0.00") // whatever the list says
		unknown(t, build(last+1).Line(product), "free edition ends at")
	}
}

// METHOD 2.20: a free edition has no list, so nothing else may name a currency.
func TestFreeEditionNeedsACurrency(t *testing.T) {
	w := world.New(t).Seats("jira", 4, 0)
	w.Config.Currency = ""
	w.Product("jira", pricing.Monthly, world.Edition("free"))
	l := w.Line("jira")
	if unknown(t, l, "no currency is known"); l.Reason.Kind != diag.NoCurrency {
		t.Errorf("it is unknown as %v", l.Reason.Kind)
	}
}

// METHOD 5.5.
func TestSoldByTheYearOnly(t *testing.T) {
	for _, edition := range []string{"enterprise", "government", "premium"} {
		for _, cycle := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
			w := world.New(t).Prices(products...).Graduated("jira", world.J).Seats("jira", 12, 0).Product("jira", cycle, world.Edition(edition))
			told := false
			for _, d := range w.Build().Diagnostics {
				told = told || d.Level == diag.Warning
			}
			if want := edition != "premium" && cycle == pricing.Monthly; told != want {
				t.Errorf("%s, %s: warned %v, want %v", edition, cycle, told, want)
			}
		}
	}
}
