package plan_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// fjord has Jira and an app for 40 people, licensed for as many as are given and
// doubted by another number; the app rises by 20 % on 10 January.
func fjord(t *testing.T, licensed, elsewhere int) *world.World {
	volume := func(plan string, tiers ...string) world.List {
		return world.List{Plan: plan, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: tiers}
	}
	w := world.New(t).On("fjord").Prices(volume("jira", "50:=4550", "100:=9050", "500:=38000"), volume("plan", "50:=900", "100:=1650", "500:=3805")).
		Percent("plan", "2027-01-10", "0.2").Seats("jira", 40, 0).Doubted("jira", elsewhere)
	w.AsOf = world.Day("2026-11-16")
	on := world.Renews("2027-01-30")
	return w.Product("jira", pricing.Annual, world.Licensed(licensed), on).App("plan", "jira", pricing.Annual, world.Licensed(licensed), on)
}

// A quote that can be had with 40 and with 500 users is taken: the app renews for
// the licensed 500 either way. Nothing else is decided, and what 40 users would
// save is claimed nowhere: 38,000 - 4,550 + 4,566 - 1,080.
//
// METHOD 9.11.
func TestHeldBundleTakesAQuoteThatHolds(t *testing.T) {
	p := planOf(fjord(t, 500, 500))
	wholeBridge(t, p, "42566.00 0.00 0.00 0.00 0.00 -761.00 41805.00")
	d := p.Decisions[0]
	if len(d.Held) != 1 || d.NotClaimed != world.USD("36936.00") || d.NotClaimedReason.Given() || d.Cycle != plan.Keep {
		t.Errorf("held %v, not claimed %s %s", d.Held, d.NotClaimed, d.NotClaimedReason)
	}
	for _, l := range d.Bundle.Lines {
		if p.State(l) != plan.Held {
			t.Errorf("%s is %s", l.ID(), p.State(l))
		}
	}
	if len(p.Actions) != 1 || p.Actions[0].Step != plan.StepQuotes {
		t.Errorf("%d actions", len(p.Actions))
	}
}

// 40 would stay in the licensed tier of 50, 70 would not; 50 still would.
//
// METHOD 9.11.
func TestHeldBundleTakesNoQuoteThatMayFail(t *testing.T) {
	for elsewhere, avoidance := range map[int]string{70: "0.00", 51: "0.00", 50: "180.00"} {
		if p := planOf(fjord(t, 50, elsewhere)); p.Totals.Avoidance != world.USD(avoidance) || p.Totals.HardSaving != world.USD("0.00") {
			t.Errorf("%d elsewhere: avoidance %s, want %s", elsewhere, p.Totals.Avoidance, avoidance)
		}
	}
}

// Service management has 4 agents in the export and 25 elsewhere, so Jira, which
// nobody doubts, keeps its two candidates. On the export's count service management
// would save 3,000.00, Jira 450.00 and the app 150.00.
//
// METHOD 9.11.
func TestHeldBundleHoldsItsFamily(t *testing.T) {
	volume := func(plan string, tiers ...string) world.List {
		return world.List{Plan: plan, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: tiers}
	}
	w := world.New(t).Prices(volume("jira", "10:=900", "15:=1350"), volume("jira-service-management", "10:=2000", "25:=5000"), volume("app", "10:=100", "15:=150", "25:=250")).
		Seats("jira", 12, 2).Seats("jira-service-management", 4, 0).Doubted("jira-service-management", 25).
		Product("jira", pricing.Annual, world.Licensed(15)).Product("jira-service-management", pricing.Annual, world.Licensed(25)).App("app", "jira", pricing.Annual, world.Licensed(15))
	p := planOf(w)
	wholeBridge(t, p, "6600.00 0.00 0.00 0.00 0.00 0.00 6600.00")
	if d := p.Decisions[0]; d.NotClaimed != world.USD("3600.00") || len(p.Actions) != 0 || len(p.Ladders(&w.Config.Policy)) != 0 {
		t.Errorf("not claimed %s, %d actions", d.NotClaimed, len(p.Actions))
	}
}

// A group with a row in a held bundle is not evaluated; the other site's bundle
// is decided as ever.
//
// METHOD 9.11.
func TestHeldRowKeepsItsGroupApart(t *testing.T) {
	w := three(t, [3]int{0, 250, 450})
	w.On("site-2").Doubted("jira", 600)
	p := planOf(w)
	m := p.Combinations[0]
	if m.Adopted || !strings.Contains(m.Reason.Text, "Jira on site-2 is in doubt") || m.Combined.Known() || len(p.Actions) != 0 {
		t.Errorf("adopted %v, %q, combined %s", m.Adopted, m.Reason, m.Combined)
	}
	for i, d := range p.Decisions {
		if (len(d.Held) > 0) != (i == 1) {
			t.Errorf("%s: held %v", d.Bundle.ID(), d.Held)
		}
	}
}

// A charge over several sites is held as a whole, for no fewer people than one of
// its sites has.
//
// METHOD 9.11.
func TestHeldChargeIsHeldAsAWhole(t *testing.T) {
	w := charge(t)
	w.On("b").Doubted("jira", 700)
	c := w.Build()
	p := plan.Build(c, &w.Config.Policy)
	l := world.Find(t, c, "jira")
	if l.Users != 700 || len(p.Decisions) != 1 || len(p.Decisions[0].Held) != 1 || len(p.Actions) != 0 {
		t.Fatalf("%d users, %d actions", l.Users, len(p.Actions))
	}
	// On the exports' own count 510 people are left and 10 removals save 1,000.00.
	if d := p.Decisions[0]; d.NotClaimed != world.USD("1000.00") {
		t.Errorf("not claimed %s", d.NotClaimed)
	}
}

// Nobody is named to be removed first where the number of users is in doubt.
//
// METHOD 9.11.
func TestSimulateOnAHeldBundle(t *testing.T) {
	ask := func(w *world.World) *plan.Simulation {
		b := w.Build().Bundles[0]
		return plan.Simulate(b, b, plan.Question{Site: "fjord", Product: "jira", Add: 20, On: w.AsOf}, w.AsOf, "USD")
	}
	w := fjord(t, 500, 70).Seats("jira", 40, 10)
	if s := ask(w); len(s.Held) != 1 || s.RemoveFirst.Change.Known() || s.RemoveFirst.Removals != 0 {
		t.Errorf("held %v, remove first %+v", s.Held, s.RemoveFirst)
	}
	if s := ask(w.Doubted("jira")); s.Held != nil || !s.RemoveFirst.Change.Known() {
		t.Errorf("held %v though nobody doubts it", s.Held)
	}
}

// states counts the lines of each state and their share of what is paid.
func states(c *costing.Costs, p *plan.Plan) map[plan.State]int {
	out := map[plan.State]int{}
	for _, l := range c.Lines {
		out[p.State(l)]++
	}
	return out
}

// Four products, one in each state: Jira is weighed, Confluence held, service
// management of another site assumed, and an app without a price unknown.
//
// METHOD 9.12.
func TestStatesAndShare(t *testing.T) {
	list := func(plan string) world.List {
		return world.List{Plan: plan, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"50:=500", "100:=1000"}}
	}
	w := world.New(t).Prices(list("jira"), list("confluence"), list("jira-service-management"), list("app")).
		Seats("jira", 40, 5).Product("jira", pricing.Annual, world.Licensed(100)).App("ghost", "jira", pricing.Annual, world.Priced("nobody")).
		Seats("confluence", 40, 5).Doubted("confluence", 60).Product("confluence", pricing.Annual)
	w.On("other").Product("jira-service-management", pricing.Annual, world.Licensed(30)).App("app", "jira-service-management", pricing.Annual)
	c := w.Build()
	p := plan.Build(c, &w.Config.Policy)
	if got := states(c, p); got[plan.Unknown] != 1 || got[plan.Held] != 1 || got[plan.Assumed] != 2 || got[plan.Weighed] != 1 {
		t.Errorf("states %v", got)
	}
	// 1,000.00 of 3,000.00, Confluence at 60 users being 1,000.00.
	if percent, known := p.Share(c); percent != 33 || !known {
		t.Errorf("share %d %%, known %v", percent, known)
	}
}

// Nobody is removed where a product's users are assumed, and the actions there say
// so; an app with users of its own keeps nobody.
//
// METHOD 9.13.
func TestAssumedBundleRemovesNobody(t *testing.T) {
	list := func(plan string) world.List {
		return world.List{Plan: plan, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"30:=300", "50:=500", "100:=1000"}}
	}
	build := func() *world.World {
		return world.New(t).Prices(list("jira"), list("jira-service-management"), list("app")).Seats("jira", 55, 20).Product("jira", pricing.Annual, world.Licensed(100))
	}
	p := planOf(build())
	if total(p.Decisions[0].Removed) != 5 {
		t.Fatalf("removed %v", p.Decisions[0].Removed)
	}
	p = planOf(build().App("app", "jira", pricing.Annual, world.OwnUsers, world.Licensed(30)))
	if total(p.Decisions[0].Removed) != 5 {
		t.Errorf("beside an app with users of its own: removed %v", p.Decisions[0].Removed)
	}
	for plan, why := range map[string]string{"jira-service-management": "a list", "unlisted": "no list"} {
		p = planOf(build().Product("jira-service-management", pricing.Annual, world.Licensed(30), world.Priced(plan), world.Contract("0.00")))
		if total(p.Decisions[0].Removed) != 5 {
			t.Errorf("beside assumed agents for 0.00, with %s: removed %v", why, p.Decisions[0].Removed)
		}
	}
	w := build().Product("jira-service-management", pricing.Annual, world.Licensed(30)).App("app", "jira", pricing.Annual, world.Licensed(100))
	w.Percent("app", "2026-02-15", "0.1")
	p = planOf(w)
	if total(p.Decisions[0].Removed) != 0 {
		t.Errorf("beside assumed agents: removed %v", p.Decisions[0].Removed)
	}
	a := p.Action("quote/acme/app/app")
	if a == nil {
		t.Fatalf("no quote among %d actions", len(p.Actions))
	}
	says(t, "detail", a.Detail, "All this if 30 users of Jira Service Management on acme is right")
}

// bruteHeld tries every combination of quotes of a held bundle that hold with each
// combination of the known numbers of its users.
func bruteHeld(w *world.World, b *costing.Bundle) *found {
	s := brute{bundle: b, policy: &w.Config.Policy, held: []*costing.Bundle{}}
	if noRate(b) || severalLicences(b) {
		s.decideNothing()
	}
	figures := map[string][]int{}
	for _, p := range b.Products {
		figures[p.Key] = p.Figures()
	}
	var keys []string
	for _, p := range b.Products {
		keys = append(keys, p.Key)
	}
	var each func(users map[string]int, left []string)
	each = func(users map[string]int, left []string) {
		if len(left) == 0 {
			c := w.Counting(users)
			s.held = append(s.held, c.Bundles[slices.IndexFunc(c.Bundles, func(x *costing.Bundle) bool { return x.ID() == b.ID() })])
			return
		}
		for _, n := range figures[left[0]] {
			users[left[0]] = n
			each(users, left[1:])
		}
	}
	each(map[string]int{}, keys)
	s.hosts(make([]int, len(b.Products)), plan.Keep, 0, map[*costing.Line]costing.Choice{}, 0, 0)
	return s.best
}

// heldBy names what holds a bundle.
func heldBy(b *costing.Bundle) (out []string) {
	for _, p := range b.Products {
		for _, d := range p.Doubts {
			out = append(out, d.Kind.String())
		}
	}
	if noRate(b) {
		out = append(out, "no rate")
	}
	if severalLicences(b) {
		out = append(out, "several licences")
	}
	return out
}

// In an estate of any states: a held bundle decides nothing but quotes, what it does
// not claim is what it saves when nobody doubts it, and every line is in a state.
//
// METHOD 9.11.
func TestHeldBundlesClaimNothing(t *testing.T) {
	t.Parallel()
	seen, why := map[plan.State]int{}, map[string]int{}
	quotes, claims := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.RandomStates(rt, world.New(t), [3]int{6, 6, 3})
		c := w.Build()
		p := plan.Build(c, &w.Config.Policy)
		checkPlan(rt, c, p)
		for _, l := range c.Lines {
			seen[p.State(l)]++
		}
		sure := plan.Build(w.Sure(), &w.Config.Policy)
		for i, d := range p.Decisions {
			if len(d.Held) == 0 {
				continue
			}
			for _, x := range heldBy(d.Bundle) {
				why[x]++
			}
			if total(d.Removed) != 0 || d.Cycle != plan.Keep || d.Switched.Total != d.AsIs.Total || !d.Quoted.Total.Known() {
				rt.Fatalf("%s is held, and removes %v, cycle %s", d.Bundle.ID(), d.Removed, d.Cycle)
			}
			if want := bruteHeld(w, d.Bundle); want.Cost != d.Quoted.Total.String() || want.Quotes != d.Quoted.Quotes {
				rt.Fatalf("%s: held at %s with %d quotes; trying everything finds %s with %d", d.Bundle.ID(), d.Quoted.Total, d.Quoted.Quotes, want.Cost, want.Quotes)
			}
			quotes += min(d.Quoted.Quotes, 1)
			if free := sure.Decisions[i]; d.NotClaimed.Known() && d.NotClaimed != free.AsIs.Total.Sub(free.Switched.Total) {
				rt.Fatalf("%s does not claim %s; undoubted it saves %s", d.Bundle.ID(), d.NotClaimed, free.AsIs.Total.Sub(free.Switched.Total))
			}
			claims += index(d.NotClaimed.Known() && d.NotClaimed.Sign() > 0)
		}
		for _, a := range p.Actions {
			if held := len(a.Bundle.Held()) > 0; held && a.Step != plan.StepQuotes {
				rt.Fatalf("%s is an action of a held bundle", a.ID)
			}
		}
		if percent, known := p.Share(c); known && (percent < 0 || percent > 100) {
			rt.Fatalf("share %d", percent)
		}
	})
	for _, s := range []plan.State{plan.Unknown, plan.Held, plan.Assumed, plan.Weighed} {
		if seen[s] == 0 {
			t.Errorf("no line was %s: %v", s, seen)
		}
	}
	for _, x := range []string{"stale", "contradicted", "partial", "incomplete", "no rate", "several licences"} {
		if why[x] == 0 {
			t.Errorf("no bundle was held by %s: %v", x, why)
		}
	}
	t.Log(seen, why)
	if quotes == 0 || claims == 0 {
		t.Errorf("%d held bundles with a quote, %d that would save: the test tests nothing", quotes, claims)
	}
}
