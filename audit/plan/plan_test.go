package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

func planOf(w *world.World) *plan.Plan { return plan.Build(w.Build(), &w.Config.Policy) }

// bridge compares the bridge, written "as_is right_size clean_up cycle quotes
// recommended" (multi-instance has no step of its own here).
func bridge(t *testing.T, p *plan.Plan, want string) {
	t.Helper()
	var got []string
	for _, b := range p.Bridge {
		if b.Step != plan.StepMultiInstance {
			got = append(got, b.Amount.String())
		}
	}
	if g := strings.Join(got, " "); g != want {
		t.Errorf("bridge: got %s, want %s", g, want)
	}
}

// wholeBridge compares every step of the bridge.
func wholeBridge(t *testing.T, p *plan.Plan, want string) {
	t.Helper()
	var got []string
	for _, b := range p.Bridge {
		got = append(got, b.Amount.String())
	}
	if g := strings.Join(got, " "); g != want {
		t.Errorf("bridge: got %s, want %s", g, want)
	}
}

// action returns the one action of a step.
func action(t *testing.T, p *plan.Plan, step plan.Step) *plan.Action {
	t.Helper()
	var out *plan.Action
	for _, a := range p.Actions {
		if a.Step == step {
			if out != nil {
				t.Fatalf("two actions of step %s", step)
			}
			out = a
		}
	}
	if out == nil {
		t.Fatalf("no action of step %s", step)
	}
	return out
}

func says(t *testing.T, what, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%s: got %q, want it to say %q", what, text, w)
		}
	}
}

// METHOD 9.5.
func TestRemovingPeopleWhoChangeNoPriceIsNotRecommended(t *testing.T) {
	p := planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 510, 30).App("app", "jira", pricing.Annual))
	bridge(t, p, "4205.00 0.00 -400.00 0.00 0.00 3805.00")
	a := action(t, p, plan.StepCleanUp)
	if a.Amount.String() != "400.00" || a.Class != plan.HardSaving || a.People != 10 || a.Deadline != world.Day("2026-02-28") {
		t.Errorf("clean-up: got %s (%s), %d people by %s; want 400.00 (hard_saving), 10 by 2026-02-28", a.Amount, a.Class, a.People, a.Deadline)
	}
	if r := a.Removals; len(r) != 1 || r[0].Seats != 10 || r[0].Candidates != 30 || r[0].From != 510 || r[0].To != 500 {
		t.Errorf("removals: got %+v, want 10 of 30, 510 to 500", r)
	}
	says(t, "title", a.Title, "Remove 10 of 30 review candidates from Jira on acme")
	says(t, "detail", a.Detail, "510 users become 500", "Removing the other 20 too saves nothing: the price falls next at 400 users, by 400.00.")
	if p := planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 590, 40).App("app", "jira", pricing.Annual)); len(p.Actions) != 0 {
		t.Errorf("40 of 590 reach no top: got %s", p.Actions[0].Title)
	}
}

func TestNextDropCountsPlannedUsers(t *testing.T) {
	// 20 users join before the renewal: today's 480 are the 500 of then.
	p := planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 495, 5).Planned("2026-02-01", "jira", 20).App("app", "jira", pricing.Annual))
	users, saving, ok := p.Decisions[0].NextDrop(0)
	if !ok || users != 480 || saving.String() != "400.00" {
		t.Errorf("next drop: got %d users saving %s (%v), want 480 saving 400.00", users, saving, ok)
	}
	p = planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 9, 3).App("app", "jira", pricing.Annual))
	if users, saving, ok := p.Decisions[0].NextDrop(0); !ok || users != 0 || saving.String() != "100.00" {
		t.Errorf("in the first tier: got %d users saving %q (%v), want 0 saving 100.00", users, saving, ok)
	}
	p = planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).Seats("jira-service-management", 200, 0).App("app", "jira", pricing.Annual))
	if _, _, ok := p.Decisions[0].NextDrop(0); ok {
		t.Error("the smaller product of a family sets no quantity: want no drop")
	}
	if users, saving, _ := p.Decisions[0].NextDrop(1); users != 100 || saving.String() != "770.00" { // 2,420.00 - 1,650.00
		t.Errorf("the larger one: got %d users saving %s, want 100 saving 770.00", users, saving)
	}
}

// METHOD 9.3.
func TestHostAndAppsAreDecidedTogether(t *testing.T) {
	w := world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 410, 30).Product("jira", pricing.Annual, world.Licensed(500))
	for i := range 3 {
		w.App(fmt.Sprintf("app-%d", i), "jira", pricing.Annual, world.Priced("app"))
	}
	p := planOf(w)
	bridge(t, p, "12615.00 0.00 -1400.00 0.00 0.00 11215.00") // 200.00 of the host, 3 x 400.00 of its apps
	if d := p.Decisions[0]; !slices.Equal(d.Removed, []int{10}) {
		t.Errorf("removed: got %v, want 10", d.Removed)
	}
	// With nobody to remove, right-sizing the host alone frees its apps.
	w = world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 350, 0).Product("jira", pricing.Annual, world.Licensed(500)).App("app", "jira", pricing.Annual)
	bridge(t, planOf(w), "5005.00 -600.00 0.00 0.00 0.00 4405.00")
}

func TestLargestOfTheFamilyNeedsBothProductsCleaned(t *testing.T) {
	p := planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 505, 30).Seats("jira-service-management", 502, 20).App("app", "jira", pricing.Annual))
	bridge(t, p, "4205.00 0.00 -400.00 0.00 0.00 3805.00")
	if d := p.Decisions[0]; !slices.Equal(d.Removed, []int{5, 2}) {
		t.Errorf("removed: got %v, want 5 of Jira and 2 of JSM", d.Removed)
	}
	// The longest idle accounts are idle in both: seats are 7, people 5.
	if a := action(t, p, plan.StepCleanUp); a.People != 5 {
		t.Errorf("people: got %d, want 5", a.People)
	}
}

func quoted(t *testing.T) *world.World {
	return world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 390, 0).App("app", "jira", pricing.Annual, world.Licensed(500))
}

// METHOD 4.5.
func TestQuoteInsteadOfRightSizing(t *testing.T) {
	p := planOf(quoted(t))
	// As is 3,805 x 1.15, right-sized 3,405 x 1.15, by quote 3,805.
	bridge(t, p, "4375.75 -460.00 0.00 0.00 -110.75 3805.00")
	if p.Totals.HardSaving.String() != "460.00" || p.Totals.Avoidance.String() != "110.75" {
		t.Errorf("hard saving and avoidance: got %s and %s, want 460.00 and 110.75", p.Totals.HardSaving, p.Totals.Avoidance)
	}
	a := action(t, p, plan.StepQuotes)
	says(t, "detail", a.Detail, "Renew the licensed tier (500 users) at the old price instead of right-sizing to 390 users")
	if a.Class != plan.Avoidance || a.Replaces != "right-size/acme/jira/cloud" || a.Deadline != world.Day("2026-03-01") {
		t.Errorf("quote: got class %s, replaces %q, deadline %s; want avoidance, right-size/acme/jira/cloud, 2026-03-01", a.Class, a.Replaces, a.Deadline)
	}
	for _, s := range p.Scenarios {
		if s.ID == "quotes_missed" && s.Amount.String() != "3915.75" {
			t.Errorf("quotes missed: got %s, want 3915.75", s.Amount)
		}
	}
}

// METHOD 4.5.
func TestWhereTheSmallerTierIsCheaper(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.05").Seats("jira", 290, 0).App("app", "jira", pricing.Annual, world.Licensed(500))
	bridge(t, planOf(w), "3995.25 -840.00 0.00 0.00 0.00 3155.25") // 3,005 x 1.05 < 3,805
	w = quoted(t)
	w.Config.Policy.OverrideSameTier = false // smaller tier and old price together
	bridge(t, planOf(w), "4375.75 -460.00 0.00 0.00 -510.75 3405.00")
	w = quoted(t)
	w.Config.Policy.NoQuotes = true
	bridge(t, planOf(w), "4375.75 -460.00 0.00 0.00 0.00 3915.75")
}

// METHOD 4.3.
func TestQuoteThatNeedsTheCleanUp(t *testing.T) {
	p := planOf(world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 510, 10).App("app", "jira", pricing.Annual, world.Licensed(500)))
	bridge(t, p, "4835.75 0.00 -460.00 0.00 -570.75 3805.00")
	a := action(t, p, plan.StepQuotes)
	if !slices.Equal(a.DependsOn, []string{"clean-up/acme/jira/cloud"}) {
		t.Errorf("depends on: got %v, want the clean-up", a.DependsOn)
	}
	says(t, "detail", a.Detail, "needs the clean-up first")
}

// METHOD 9.4.
func TestRightSizingThatCostsMoreIsNotTaken(t *testing.T) {
	w := world.New(t).Graduated("app", []string{"10:=50.00", "1000:0.30"}).Seats("jira", 11, 5).App("app", "jira", pricing.Annual, world.Licensed(15))
	w.Config.Policy.KeepCycle = true
	bridge(t, planOf(w), "45.00 0.00 0.00 0.00 0.00 45.00") // tier 10 would cost 500.00
}

func TestGolden07Cycle(t *testing.T) {
	build := func(users int, cycle pricing.Cycle) *world.World {
		return world.New(t).Graduated("app", world.J).Seats("jira", users, 0).App("app", "jira", cycle)
	}
	p := planOf(build(200, pricing.Monthly))
	bridge(t, p, "19080.00 0.00 0.00 -3180.00 0.00 15900.00")
	says(t, "title", action(t, p, plan.StepCycle).Title, "Bill Jira on acme annually")
	bridge(t, planOf(build(120, pricing.Annual)), "15900.00 0.00 0.00 -3828.00 0.00 12072.00")
	bridge(t, planOf(build(163, pricing.Annual)), "15900.00 0.00 0.00 -61.20 0.00 15838.80")
	bridge(t, planOf(build(164, pricing.Annual)), "15900.00 0.00 0.00 0.00 0.00 15900.00")
	w := build(200, pricing.Monthly)
	w.Config.Policy.KeepCycle = true
	bridge(t, planOf(w), "19080.00 0.00 0.00 0.00 0.00 19080.00")
}

// METHOD 9.1.
func TestTodaysCycleOnATie(t *testing.T) {
	w := world.New(t).Graduated("app", []string{":1.00"}).Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"100:=1200"}}).
		Seats("jira", 100, 0).App("app", "jira", pricing.Annual)
	if d := planOf(w).Decisions[0]; d.Cycle != plan.Keep {
		t.Errorf("12 x 100.00 against 1,200.00: got %s, want keep", d.Cycle)
	}
}

// METHOD 5.1, 5.3.
func TestBundlesThatNeverSwitch(t *testing.T) {
	for _, c := range []struct {
		name string
		w    *world.World
		why  string
	}{
		{"contract price (METHOD 2.12)", world.New(t).Graduated("app", world.J).Seats("jira", 200, 0).App("app", "jira", pricing.Monthly).App("deal", "jira", pricing.Monthly, world.Priced("app"), world.Contract("10.00")), "deal has a contract price"},
		{"fixed (METHOD 2.12)", world.New(t).Graduated("app", world.J).Seats("jira", 200, 0).App("app", "jira", pricing.Monthly).App("lump", "jira", pricing.Monthly, world.Fixed, world.Contract("10.00")), "lump has a contract price"},
		{"a row without a price (METHOD 3.9)", world.New(t).Graduated("app", world.J).Seats("jira", 200, 0).App("app", "jira", pricing.Monthly).App("ghost", "jira", pricing.Monthly), "ghost has no price"},
		{"a product without an annual list", world.New(t).Graduated("jira", world.J).Seats("jira", 200, 0).Product("jira", pricing.Monthly), "annual"},
	} {
		d := planOf(c.w).Decisions[0]
		if d.Cycle != plan.Keep || !strings.Contains(d.NoSwitch.Text, c.why) {
			t.Errorf("%s: got cycle %s, reason %q, want keep and a reason with %q", c.name, d.Cycle, d.NoSwitch, c.why)
		}
	}
	w := world.New(t).Seats("jira", 200, 0).Prices(world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC},
		world.List{Plan: "app", Hosting: pricing.DataCenter, Cycle: pricing.Monthly, Mode: pricing.Volume, Tiers: []string{":0.01"}})
	if d := planOf(w.App("app", "jira", pricing.Annual, world.OnDataCenter)).Decisions[0]; d.Cycle != plan.Keep || d.NoSwitch.Text != "Data Center is annual" {
		t.Errorf("Data Center: got cycle %s, reason %q", d.Cycle, d.NoSwitch)
	}
}

// METHOD 5.2.
func TestNoSwitchToAnUnknownPrice(t *testing.T) {
	// The annual tier of 200 users reaches above the last monthly top of 190,
	// that of 100 does not.
	w := world.New(t).Graduated("app", []string{"190:1.00"}).Seats("jira", 150, 0).App("app", "jira", pricing.Monthly)
	if d := planOf(w).Decisions[0]; d.Cycle != plan.Keep {
		t.Errorf("150 users have no annual price: got %s, want keep", d.Cycle)
	}
	w = world.New(t).Graduated("app", []string{"190:1.00"}).Seats("jira", 100, 0).App("app", "jira", pricing.Monthly)
	bridge(t, planOf(w), "1200.00 0.00 0.00 -200.00 0.00 1000.00")
	w = world.New(t).Graduated("app", []string{"190:1.00"}).Seats("jira", 105, 5).App("app", "jira", pricing.Monthly)
	bridge(t, planOf(w), "1260.00 0.00 -60.00 -200.00 0.00 1000.00") // known for the quantities of that combination
}

// METHOD 10.2.
func TestStepsAreSigned(t *testing.T) {
	w := world.New(t).Prices(world.List{Plan: "app", Mode: pricing.Volume, Tiers: []string{"100:1.65", "250:0.77"}},
		world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"100:=600", "250:=1500"}})
	p := planOf(w.Seats("jira", 101, 1).App("app", "jira", pricing.Monthly))
	// 12 x 77.77; one user less costs 12 x 165.00 on monthly billing, and 600.00 a year.
	bridge(t, p, "933.24 0.00 1046.76 -1380.00 0.00 600.00")
	a := action(t, p, plan.StepCycle)
	if part, _ := a.Part(plan.StepCleanUp); part != world.USD("-1046.76") || a.Amount != world.USD("333.24") {
		t.Errorf("clean-up: got %s of %s, want -1046.76 of 333.24", part, a.Amount)
	}
}

// METHOD 9.6.
func TestRightSizingToNobodyIsCancelling(t *testing.T) {
	p := planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 0, 0).App("app", "jira", pricing.Annual, world.Licensed(100)))
	bridge(t, p, "1650.00 -1650.00 0.00 0.00 0.00 0.00")
	a := action(t, p, plan.StepRightSize)
	says(t, "title", a.Title, "Cancel")
	says(t, "detail", a.Detail, "cancel app (100 users paid for)")
}

// METHOD 11.1.
func TestScenariosAreCumulative(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Graduated("other", world.G1).Prices(world.ProductList).Percent("other", "2026-06-01", "0.10").Seats("jira", 510, 10)
	w.Product("jira", pricing.Annual).App("app", "jira", pricing.Annual).App("other", "jira", pricing.Annual).App("far", "jira", pricing.Annual, world.Priced("app"), world.Discount("0.331"))
	w.Config.Policy.KeepCycle = true
	want := map[plan.ScenarioID]string{
		"as_is":              "12523.15", // 1,300 + 4,205 + 4,205 + 4,205 x 0.669 = 2,813.145
		"clean_up_only":      "11355.55", // 1,200 + 3,805 + 3,805 + 2,545.545
		"clean_up_and_cycle": "11355.55",
		"recommended":        "11355.55",
		"quotes_missed":      "11355.55",
		"growth_1":           "12874.06", // + 210.25 and 2,813.15 x 1.05 = 2,953.81; not on the product and not where a change is announced
		"growth_2":           "13224.97", // + 420.50 and 3,094.47
	}
	for _, s := range planOf(w).Scenarios {
		if got := s.Amount.String(); got != want[s.ID] {
			t.Errorf("scenario %s: got %s, want %s", s.ID, got, want[s.ID])
		}
		delete(want, s.ID)
	}
	if len(want) != 0 {
		t.Errorf("scenarios missing: %v", want)
	}
}

// METHOD 11.2.
func TestGrowthRoundsEachBill(t *testing.T) {
	w := world.New(t).Graduated("app", []string{":0.33"}).Seats("jira", 1, 0).App("app", "jira", pricing.Monthly)
	for _, s := range planOf(w).Scenarios {
		if s.ID == "growth_1" && s.Amount.String() != "4.20" { // 12 x 0.35, from 0.3465
			t.Errorf("5 %% on 12 bills of 0.33: got %s, want 4.20", s.Amount)
		}
	}
}

// METHOD 9.9.
func TestSwitchThatDodgesAnIncrease(t *testing.T) {
	p := planOf(world.New(t).Graduated("app", world.G1).Percent("app", "2026-06-01", "0.50").Seats("jira", 100, 0).App("app", "jira", pricing.Monthly))
	says(t, "detail", action(t, p, plan.StepCycle).Detail, "before the announced increase", "booked here as saving")
	p = planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Monthly))
	if d := action(t, p, plan.StepCycle).Detail; strings.Contains(d, "increase") {
		t.Errorf("no change is announced: got %q", d)
	}
}

// METHOD 9.7.
func TestDeadlineIsNeverBeforeAsOf(t *testing.T) {
	p := planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 510, 30).App("app", "jira", pricing.Annual, world.Renews("2026-01-01")))
	if a := action(t, p, plan.StepCleanUp); a.Deadline != world.Day("2026-01-01") || a.Amount.String() != "400.00" {
		t.Errorf("renewal today: got %s by %s, want 400.00 by 2026-01-01", a.Amount, a.Deadline)
	}
}

// METHOD 9.8.
func TestLeaversAndCandidates(t *testing.T) {
	p := planOf(world.New(t).Graduated("app", world.G1).Seats("jira", 515, 30).Planned("2026-02-01", "jira", -5).App("app", "jira", pricing.Annual))
	a := action(t, p, plan.StepCleanUp)
	if a.Removals[0].Seats != 10 {
		t.Errorf("515 - 5 planned: got %d removals, want 10", a.Removals[0].Seats)
	}
	says(t, "detail", a.Detail, "has 5 leaving on ", "counted twice")
}

// METHOD 3.9.
func TestLinesInNoTotal(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Prices(world.List{Plan: "euro", Mode: pricing.Graduated, Currency: "EUR", Tiers: world.G1}).Seats("jira", 510, 30)
	p := planOf(w.App("app", "jira", pricing.Annual).App("ghost", "jira", pricing.Annual, world.Licensed(900)).App("euro", "jira", pricing.Annual))
	bridge(t, p, "4205.00 0.00 0.00 0.00 0.00 4205.00") // nothing is decided beside a row without a rate
	p = planOf(w.Rate("EUR", "1.10", "2026-01-01"))
	bridge(t, p, "8830.50 0.00 -840.00 0.00 0.00 7990.50") // 4,205.00 x 1.10 = 4,625.50, and 400.00 x 2.10 less
	if len(p.LeftOut) != 1 {
		t.Errorf("with a rate: %d lines left out, want the one without a plan", len(p.LeftOut))
	}
	w.Estate.Rates = nil
	p = planOf(w)
	var got []string
	for _, o := range p.LeftOut {
		got = append(got, o.Line.Sub.Key+": "+o.Reason.Text)
	}
	if len(got) != 2 || !strings.Contains(got[0], "no rate says what EUR is in USD") || !strings.Contains(got[1], "no price plan") {
		t.Errorf("left out: got %q, want euro for its currency and ghost for want of a plan", got)
	}
}

// METHOD 3.9.
func TestTotalsOfNoLineAreUnknown(t *testing.T) {
	ghost := func() *world.World {
		return world.New(t).Graduated("app", world.G1).Seats("jira", 10, 3).App("ghost", "jira", pricing.Annual)
	}
	p := planOf(ghost())
	for _, s := range p.Bridge {
		if s.Amount.Known() {
			t.Errorf("bridge %s of no line: got %s, want unknown", s.Step, s.Amount)
		}
	}
	for _, s := range p.Scenarios {
		if s.Amount.Known() {
			t.Errorf("scenario %s of no line: got %s, want unknown", s.ID, s.Amount)
		}
	}
	if free := planOf(ghost().App("app", "jira", pricing.Annual, world.Discount("1"))); free.Totals.AsIs.String() != "0.00" {
		t.Errorf("a line that costs nothing: got as is %q, want 0.00", free.Totals.AsIs)
	}
}

func TestPlanWithoutAnyPrice(t *testing.T) {
	w := world.New(t).Seats("jira", 10, 3).App("ghost", "jira", pricing.Annual)
	w.Config.Currency = "" // and nothing tells it
	p := planOf(w)
	if p.Totals.AsIs.Known() || p.Totals.Recommended.Known() || len(p.Actions) != 0 {
		t.Errorf("nothing has a price: got as is %q, recommended %q, %d actions; want both unknown and none", p.Totals.AsIs, p.Totals.Recommended, len(p.Actions))
	}
	if len(p.LeftOut) != 1 {
		t.Errorf("left out: got %d lines, want 1", len(p.LeftOut))
	}
}

func TestMaxRemovals(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 510, 30).App("app", "jira", pricing.Annual)
	w.Config.Policy.MaxRemovals = 9
	if p := planOf(w); len(p.Actions) != 0 {
		t.Error("9 removals reach no top: want no action")
	}
	w.Config.Policy.MaxRemovals = 10
	bridge(t, planOf(w), "4205.00 0.00 -400.00 0.00 0.00 3805.00")
}

func TestChoiceOfALine(t *testing.T) {
	c := quoted(t).Build()
	w := quoted(t)
	p := plan.Build(c, &w.Config.Policy)
	l := c.Lines[0]
	if got := p.Choice(l); !got.Locked || got.RightSize || got.Cycle != pricing.Annual {
		t.Errorf("choice: got %+v, want the licensed tier at the old price", got)
	}
	if got := l.Cost(p.Choice(l)); got != p.Recommended(l) || got.String() != "3805.00" {
		t.Errorf("cost of the choice: got %s, recommended %s, want 3805.00", got, p.Recommended(l))
	}
	if p.Decision(&costing.Bundle{}) != nil || p.Action("none") != nil {
		t.Error("what the plan does not have: want nil")
	}
}

// Renewing at the tier of the users waits for the clean-up of the same line: 561
// users on a licence of 800 need 600 today and 500 once 61 have gone.
func TestRightSizeWaitsForTheCleanUp(t *testing.T) {
	list := world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=5000.00", "600:=5100.00", "800:=9000.00"}}
	w := world.New(t).Prices(list).Seats("jira", 561, 81).Product("jira", pricing.Annual, world.Licensed(800))
	p := plan.Build(w.Build(), &w.Config.Policy)
	if len(p.Actions) != 2 || p.Actions[0].Step != plan.StepCleanUp || p.Actions[1].Step != plan.StepRightSize || !slices.Equal(p.Actions[1].DependsOn, []string{p.Actions[0].ID}) {
		t.Errorf("actions %v", p.Actions)
	}
}

// A row with a contract price, or in no total, stops a switch that would change its
// own cycle; one that has the other cycle already stops nothing.
//
// METHOD 5.2.
func TestSwitchConcernsTheRowsThatChange(t *testing.T) {
	for _, c := range []struct {
		name  string
		other func(*world.World) *world.World
		want  plan.Cycle
	}{
		{"an annual contract", func(w *world.World) *world.World {
			return w.App("deal", "jira", pricing.Annual, world.Priced("app"), world.Contract("10.00"))
		}, plan.AllAnnual},
		{"a monthly contract", func(w *world.World) *world.World {
			return w.App("deal", "jira", pricing.Monthly, world.Priced("app"), world.Contract("10.00"))
		}, plan.Keep},
		{"an annual row without a price", func(w *world.World) *world.World { return w.App("ghost", "jira", pricing.Annual) }, plan.AllAnnual},
		{"a monthly row without a price", func(w *world.World) *world.World { return w.App("ghost", "jira", pricing.Monthly) }, plan.Keep},
	} {
		// 12 x 300 x 1.00 by the month, 2,000.00 by the year.
		w := world.New(t).Graduated("app", []string{":1.00"}).Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"400:=2000"}}).
			Seats("jira", 300, 0).App("app", "jira", pricing.Monthly)
		if d := planOf(c.other(w)).Decisions[0]; d.Cycle != c.want || d.NoSwitch.Given() != (c.want == plan.Keep) {
			t.Errorf("%s: got cycle %s, reason %q, want %s", c.name, d.Cycle, d.NoSwitch, c.want)
		}
	}
}

// Monthly billing would cost 1,200.00 instead of 5,000.00; a product of two editions
// is not sold so.
//
// METHOD 5.5.
func TestSoldByTheYearOnly(t *testing.T) {
	for edition, want := range map[string]plan.Cycle{"": plan.AllMonthly, "premium": plan.AllMonthly, "enterprise": plan.Keep, "government": plan.Keep} {
		w := world.New(t).Graduated("jira", []string{":1.00"}).Prices(world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"400:=5000"}}).
			Seats("jira", 100, 0).Product("jira", pricing.Annual, world.Edition(edition))
		d := planOf(w).Decisions[0]
		if d.Cycle != want || want == plan.Keep && !strings.Contains(d.NoSwitch.Text, "of the edition "+edition) {
			t.Errorf("edition %q: got cycle %s, reason %q", edition, d.Cycle, d.NoSwitch)
		}
	}
}
