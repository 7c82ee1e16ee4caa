package plan_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// By the year 100 cost 10,000.00 and 50 cost 5,000.00, by the month each 10.00:
// of 44 users 6 are idle, and 38 cost 4,560.00 by the month. One action is worth
// the difference; the removals add 6 x 120.00 of it.
//
// METHOD 10.5.
func TestOneActionForRemovalsAndCycle(t *testing.T) {
	w := world.New(t).Seats("jira", 44, 6).Product("jira", pricing.Annual, world.Licensed(100)).Prices(
		world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"50:=5000", "100:=10000"}},
		world.List{Plan: "jira", Mode: pricing.Graduated, Tiers: []string{":10.00"}})
	p := planOf(w)
	wholeBridge(t, p, "10000.00 -5000.00 0.00 -440.00 0.00 0.00 4560.00")
	if len(p.Actions) != 1 {
		t.Fatalf("%d actions", len(p.Actions))
	}
	a := p.Actions[0]
	if a.Amount != world.USD("5440.00") || a.Step != plan.StepCycle || a.People != 6 || len(a.Removals) != 1 {
		t.Errorf("%s, step %s, %d people", a.Amount, a.Step, a.People)
	}
	says(t, "title", a.Title, "Bill Jira on acme monthly, and remove 6 of 6 review candidates from Jira")
	says(t, "detail", a.Detail, "Of the 5,440.00, the removals add 720.00.",
		"It lowers the bills due on 1 Mar 2026 by 9,620.00 and raises the bills due on 11 days between 1 Apr 2026 and 1 Feb 2027 by 4,180.00.")
	for _, step := range []plan.Step{plan.StepRightSize, plan.StepCleanUp, plan.StepCycle} {
		if p.ActionOn(a.Bundle, step) != a {
			t.Errorf("the step %s is another action's", step)
		}
	}
	l := p.Ladders(&w.Config.Policy)[0]
	if got := l.Rungs[len(l.Rungs)-1]; got.Removals != 6 || got.Saving != world.USD("720.00") {
		t.Errorf("the planned rung says %+v", got)
	}
}

// forQuote has 52 users, who do not fit the licensed 50: 2 of 5 have to go before
// the old price can be kept. Before the quote that lowers no bill, since the next
// tier costs the same.
func forQuote(t *testing.T) *world.World {
	return world.New(t).Seats("jira", 52, 5).Prices(hostList).Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"50:=1000", "100:=1000"}}).
		Percent("app", "2026-02-15", "0.2").Product("jira", pricing.Annual).App("app", "jira", pricing.Annual, world.Licensed(50))
}

// What makes a quote possible is its own action's.
//
// METHOD 10.6.
func TestRemovalsForAQuoteBelongToIt(t *testing.T) {
	p := planOf(forQuote(t))
	wholeBridge(t, p, "1200.00 0.00 0.00 0.00 0.00 -200.00 1000.00")
	if len(p.Actions) != 1 {
		t.Fatalf("%d actions", len(p.Actions))
	}
	a := p.Actions[0]
	if a.Amount != world.USD("200.00") || a.Class != plan.Avoidance || a.People != 2 || p.Removing(a.Removals[0].Product) != a || p.ActionOn(a.Bundle, plan.StepCleanUp) != a {
		t.Errorf("%s %s, %d people", a.Class, a.Amount, a.People)
	}
	says(t, "title", a.Title, "Get a quote for app", "and remove 2 of 5 review candidates from Jira")
	says(t, "detail", a.Detail, "Before the quote these removals lower no bill; 2 people lose a seat.")
}

// Where a second product's removals save by themselves, they keep an action of
// their own, and the first product's go with the quote.
//
// METHOD 10.6.
func TestEachRemovalWithWhatItPaysFor(t *testing.T) {
	w := forQuote(t).Seats("jira-service-management", 20, 4).Graduated("jira-service-management", []string{":1.00"}).Product("jira-service-management", pricing.Monthly)
	w.Config.Policy.KeepCycle = true
	p := planOf(w)
	clean, quote := p.Action("clean-up/acme/jira/cloud"), p.Action("quote/acme/app/app")
	if clean == nil || quote == nil || clean.Amount != world.USD("48.00") || quote.Amount != world.USD("200.00") || clean.People != 4 || quote.People != 2 {
		t.Fatalf("clean-up %+v, quote %+v", clean, quote)
	}
	all := p.BundleRemovals()
	if len(all) != 1 || all[0].Removals != 6 || all[0].Saving != clean.Amount || len(all[0].Actions) != 2 {
		t.Errorf("all removals %+v", all)
	}
}

// A rung beyond max_removals is there, and marked.
//
// METHOD 9.5.
func TestRungsBeyondTheLimit(t *testing.T) {
	w := world.New(t).Prices(world.List{Plan: "jira", Mode: pricing.Graduated, Tiers: []string{"10:0", "100:0.45"}}).Seats("jira", 16, 8).Product("jira", pricing.Monthly)
	for limit, want := range map[int]string{0: "", 6: "8", 5: "6 8", 3: "6 8"} {
		w.Config.Policy.MaxRemovals = limit
		var beyond []string
		l := planOf(w).Ladders(&w.Config.Policy)[0]
		for _, r := range l.Rungs {
			if !r.Allowed {
				beyond = append(beyond, string(rune('0'+r.Removals)))
			}
		}
		if got := strings.Join(beyond, " "); got != want {
			t.Errorf("at most %d: not allowed %q, want %q", limit, got, want)
		}
		if !slices.ContainsFunc(l.Rungs, func(r plan.RemovalRung) bool { return r.Removals == l.Planned && r.Allowed }) {
			t.Errorf("at most %d: the planned %d are no rung", limit, l.Planned)
		}
	}
}

// A smaller tier now and an upgrade in June: both are said.
//
// METHOD 10.7.
func TestLowersNowAndRaisesLater(t *testing.T) {
	w := world.New(t).Seats("jira", 40, 0).Planned("2026-06-01", "jira", 20).
		Prices(world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"50:=500", "100:=865"}}).
		Product("jira", pricing.Annual, world.Licensed(100))
	a := action(t, planOf(w), plan.StepRightSize)
	// 365.00 less from March on, and 365.00 x 273 / 365 from June to February.
	says(t, "detail", a.Detail, "It lowers the bills due on 1 Mar 2026 by 365.00 and raises the bills due on 1 Jun 2026 by 273.00.")
	if a.Amount != world.USD("92.00") {
		t.Errorf("worth %s", a.Amount)
	}
	w.Estate.Headcount = nil
	if a := action(t, planOf(w), plan.StepRightSize); strings.Contains(a.Detail, "raises") {
		t.Errorf("nothing rises: %s", a.Detail)
	}
}

// In a bundle of one product that keeps its cycle the planned rung is what the
// clean-up is worth, to the cent, and each person is removed by one action.
//
// METHOD 9.5.
func TestRungAndActionAgree(t *testing.T) {
	t.Parallel()
	equal, carried, switched := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := random(rt, t)
		p := planOf(w)
		for _, l := range p.Ladders(&w.Config.Policy) {
			d := p.Decision(l.Bundle)
			at := slices.IndexFunc(l.Rungs, func(r plan.RemovalRung) bool { return r.Removals == l.Planned })
			if at < 0 {
				rt.Fatalf("%s: the planned %d removals are no rung", l.Product.Key, l.Planned)
			}
			a := p.Removing(l.Product)
			if (a != nil) != (l.Planned > 0) {
				rt.Fatalf("%s: %d removals, action %v", l.Product.Key, l.Planned, a)
			}
			removers := 0
			for _, x := range p.Actions {
				removers += index(slices.ContainsFunc(x.Removals, func(r plan.Removal) bool { return r.Product == l.Product }))
			}
			if removers > 1 {
				rt.Fatalf("%s: %d actions remove the same people", l.Product.Key, removers)
			}
			carried += index(a != nil && a.Step == plan.StepQuotes)
			switch {
			case a == nil || len(d.Bundle.Products) > 1:
			case d.Cycle == plan.Keep:
				equal++
				if part, _ := a.Part(plan.StepCleanUp); part != l.Rungs[at].Saving {
					rt.Fatalf("%s: the rung says %s, %s says %s", l.Product.Key, l.Rungs[at].Saving, a.ID, part)
				}
			default:
				switched++
			}
		}
		for _, d := range p.Decisions {
			if d.Cycle == plan.Keep {
				continue
			}
			n := 0
			for _, a := range p.Actions {
				n += index(a.Bundle == d.Bundle && a.Step != plan.StepQuotes && a.Step != plan.StepMultiInstance)
			}
			if n != 1 {
				rt.Fatalf("%s changes its cycle by %d actions", d.Bundle.ID(), n)
			}
		}
	})
	t.Logf("%d removals for a quote", carried)
	if equal == 0 || switched == 0 {
		t.Errorf("%d rungs compared, %d switched: the test tests nothing", equal, switched)
	}
}
