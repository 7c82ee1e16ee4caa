package costing_test

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

var onTrial = world.Status(estate.SubTrial)

// trial returns the line of a subscription on trial.
func trial(t testing.TB, c *costing.Costs, key string) *costing.Line {
	t.Helper()
	return world.Find(t, &costing.Costs{Lines: c.Trials}, key)
}

// METHOD 1.10.
func TestTrialIsPricedAsIfActiveAndInNoTotal(t *testing.T) {
	w := world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 350, 0)
	w.Product("jira", pricing.Annual, world.Licensed(500)).App("app", "jira", pricing.Annual, onTrial)
	c := w.Build()
	app := trial(t, c, "app")
	figures(t, app, "3805.00", "0.00", "0.00", "3805.00") // tier 500, its host's licence, not the 3,405.00 of 350 users
	if app.Billed != 500 || app.Users != 350 || app.Reason.Given() {
		t.Errorf("trial: users %d, paid %d, reason %q; want 350 and 500", app.Users, app.Billed, app.Reason)
	}
	if len(c.Lines) != 1 || len(c.Bundles) != 1 || len(c.Bundles[0].Lines) != 1 {
		t.Errorf("a trial is no line and in no bundle: got %d lines in %d bundles", len(c.Lines), len(c.Bundles))
	}
}

// METHOD 1.10.
func TestTrialOfAProductAndOfItsApp(t *testing.T) {
	// Nothing is active on the site: there is no bundle, the trials have prices.
	w := world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 350, 0)
	w.Product("jira", pricing.Annual, world.Licensed(500), onTrial).App("app", "jira", pricing.Annual, onTrial)
	c := w.Build()
	if len(c.Lines)+len(c.Bundles) != 0 {
		t.Errorf("trials alone make no bundle: got %d", len(c.Bundles))
	}
	figures(t, trial(t, c, "jira"), "1200.00", "0.00", "0.00", "1200.00")
	figures(t, trial(t, c, "app"), "3805.00", "0.00", "0.00", "3805.00") // converts with its host, whose licence binds it

	// The licence of another product on trial does not bind: whether that one converts is another question.
	w = world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 350, 0).Seats("jira-service-management", 20, 0)
	w.Product("jira", pricing.Annual).Product("jira-service-management", pricing.Annual, world.Licensed(700), onTrial).App("app", "jira", pricing.Annual, onTrial)
	figures(t, trial(t, w.Build(), "app"), "3405.00", "0.00", "0.00", "3405.00")
}

// METHOD 1.10.
func TestTrialsAddNoDiagnostic(t *testing.T) {
	plain := world.New(t).Prices(world.ProductList).Seats("jira", 350, 0).Product("jira", pricing.Annual)
	want := len(plain.Build().Diagnostics)
	c := plain.App("app", "jira", pricing.Monthly, onTrial, world.Renews("2025-11-01")).Build()
	if got := len(c.Diagnostics); got != want {
		t.Errorf("a trial adds no diagnostic, neither of its cycle nor of its date: got %d, want %d: %v", got, want, c.Diagnostics)
	}
	if l := trial(t, c, "app"); l.Term.Start != world.Day("2026-01-01") {
		t.Errorf("a date that has passed moves forward: got %s", l.Term.Start)
	}
}

// METHOD 1.10.
func TestTrialWithoutAPrice(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 350, 0)
	w.App("ghost", "jira", pricing.Monthly, onTrial).App("app", "jira", pricing.Monthly, world.Renews(""), onTrial).App("late", "jira", pricing.Annual, world.OnDataCenter, world.Renews("2029-04-01"), onTrial)
	c := w.Build()
	unknown(t, trial(t, c, "ghost"), `"ghost"`)
	unknown(t, trial(t, c, "app"), "no renewal_date")
	unknown(t, trial(t, c, "late"), "after Data Center ends")
	if got := trial(t, c, "app").Current.String(); got != "3846.00" { // 12 x (280.50 + 100 x 0.40)
		t.Errorf("twelve months at today's price need no date: got %q, want 3846.00", got)
	}
}

// TestTrialCostsWhatTheActiveRowWould turns one app of a random organisation
// from active to trial: an app binds no other row, so its price must be the same.
func TestTrialCostsWhatTheActiveRowWould(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{8, 4, 3})
		w.Estate.Quotes = nil // they are for active rows
		var apps []int
		for i := range w.Estate.Subscriptions {
			s := &w.Estate.Subscriptions[i]
			s.Status = estate.SubActive // a product on trial binds its apps once they are on trial too
			if s.Kind == estate.AppKind {
				apps = append(apps, i)
			}
		}
		s := &w.Estate.Subscriptions[rapid.SampledFrom(apps).Draw(rt, "app")]
		active := world.Find(t, w.Build(), s.Key)
		s.Status = estate.SubTrial
		c := w.Build()
		tried := trial(t, c, s.Key)
		if tried.AsIs != active.AsIs || tried.Current != active.Current || tried.Billed != active.Billed || tried.Reason != active.Reason || tried.Foreign != active.Foreign {
			rt.Fatalf("on trial %s for %d (%s), active %s for %d (%s)", tried.AsIs, tried.Billed, tried.Reason, active.AsIs, active.Billed, active.Reason)
		}
		for _, l := range c.Lines {
			if l.Sub.Key == s.Key {
				rt.Fatalf("the trial is a line: %s", l.ID())
			}
		}
	})
}
