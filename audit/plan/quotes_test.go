package plan_test

import (
	"testing"

	"tierline/audit/pricing"
	"tierline/audit/world"
)

// Jira is licensed for 50 and has 20 users. By quote its tier costs 4,000.00,
// the smaller one at the new price 4,290.00, and the quote may be for 26 to 50:
// 26 bind the app to 300.00, 50 to 500.00.
//
// METHOD 4.6.
func TestQuoteForAnyNumberInTheTier(t *testing.T) {
	build := func() *world.World {
		volume := func(plan string, tiers ...string) world.List {
			return world.List{Plan: plan, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: tiers}
		}
		w := world.New(t).Prices(volume("jira", "25:=3900", "50:=4000", "100:=8000"), volume("app", "25:=250", "30:=300", "50:=500", "100:=900")).
			Percent("jira", "2026-02-15", "0.1").Seats("jira", 20, 0).Product("jira", pricing.Annual, world.Licensed(50))
		days := 60
		w.Changes[0].OverrideDays = &days
		return w
	}
	app := func(w *world.World) *world.World { return w.App("app", "jira", pricing.Annual) }
	for _, c := range []struct {
		name  string
		w     *world.World
		quote int
		want  string
	}{
		{"the fewest in the tier", app(build()), 26, "4300.00"},
		{"without apps nothing tells them apart, and the largest is taken", build(), 50, "4000.00"},
		{"a planned change that costs as much is taken with it", app(build().Planned("2026-06-01", "jira", 10)), 30, "4300.00"},
		// 40 from June: 300.00 and 200.00 x 273 / 365 are less than 500.00.
		{"a planned change that costs more is not", app(build().Planned("2026-06-01", "jira", 20)), 26, "4449.59"},
		// 60 from June leave the tier: 4,000.00 and 600.00 from the 300.00, each x 273 / 365,
		// and 4,400.00 for the tier above it.
		{"a planned change above the tier is no number of it", app(build().Planned("2026-06-01", "jira", 40)), 26, "8039.73"},
		{"more users than the tier has", app(build().Seats("jira", 51, 0)), 0, "9700.00"},
		{"as many as the tier has", app(build().Seats("jira", 50, 0)), 50, "4500.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := planOf(c.w)
			d := p.Decisions[0]
			if got := d.Quoted.Choices[0]; got.Locked != (c.quote > 0) || got.Quantity != c.quote || p.Totals.Recommended != world.USD(c.want) {
				t.Errorf("quote %v for %d, recommended %s; want %d, %s", got.Locked, got.Quantity, p.Totals.Recommended, c.quote, c.want)
			}
			if a := p.Action("quote/acme/product/jira"); c.quote == 26 {
				says(t, "detail", a.Detail, "it renews 26 users", "Not for the 50 that are licensed")
			}
		})
	}
}
