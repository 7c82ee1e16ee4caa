package plan_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// ask puts a question about users of a product on acme; on "" is as-of.
func ask(w *world.World, product string, add int, on string) (*plan.Simulation, error) {
	in := w.Input()
	req := &audit.Request{Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf}
	return audit.Simulate(context.Background(), req, plan.Question{Site: "acme", Product: product, Add: add, On: world.Day(on)})
}

func simulate(t *testing.T, w *world.World, product string, add int, on string) *plan.Simulation {
	t.Helper()
	s, err := ask(w, product, add, on)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// simulated writes a simulation as text, one part a line:
//
//	before -> after
//	app 3805.00 -> 4205.00 (reason)
//	app crosses 401-500 -> 501-600: 400.00
//	app runs 490 -> 510, 59 days: 64.66
//	remove 10: 0.00
func simulated(s *plan.Simulation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s -> %s", s.Before, s.After)
	if s.Incomplete() {
		b.WriteString(" incomplete")
	}
	for _, l := range s.Lines {
		fmt.Fprintf(&b, "\n%s %s -> %s", l.Line.Sub.Key, l.Before, l.After)
		if l.Reason.Given() {
			fmt.Fprintf(&b, " (%s)", l.Reason.Placed())
		}
	}
	for _, c := range s.Crossings {
		fmt.Fprintf(&b, "\n%s crosses %d-%d -> %d-%d: %s", c.Line.Sub.Key, c.From.From, c.From.To, c.To.From, c.To.To, c.Step)
	}
	for _, r := range s.Running {
		fmt.Fprintf(&b, "\n%s runs %d -> %d, %d days: %s", r.Line.Sub.Key, r.From, r.To, r.Days, r.Amount)
	}
	fmt.Fprintf(&b, "\nremove %d: %s", s.RemoveFirst.Removals, s.RemoveFirst.Change)
	return b.String()
}

// wants compares a simulation with its text.
func wants(t *testing.T, s *plan.Simulation, want ...string) {
	t.Helper()
	if got, want := simulated(s), strings.Join(want, "\n"); got != want {
		t.Errorf("got\n%s\n\nwant\n%s", got, want)
	}
}

// annual is Jira with two apps: 500 users cost 1,200.00 + 3,805.00 + 4,560.00,
// 600 cost 1,300.00 + 4,205.00 + 5,040.00 (10 x the monthly price of the top).
func annual(t *testing.T, users, idle int, options ...world.Option) *world.World {
	return world.New(t).Prices(world.ProductList).Graduated("a", world.G1).Graduated("b", world.G2).Seats("jira", users, idle).
		Product("jira", pricing.Annual, options...).App("a", "jira", pricing.Annual).App("b", "jira", pricing.Annual)
}

// one is an app of Jira alone, priced by G1; Jira has no subscription.
func one(t *testing.T, cycle pricing.Cycle, users, idle int, options ...world.Option) *world.World {
	return world.New(t).Graduated("app", world.G1).Seats("jira", users, idle).App("app", "jira", cycle, options...)
}

// METHOD 17.2.
func TestHostAndAllAppsCross(t *testing.T) {
	// The running term ends in 59 days: 100, 400 and 480 x 59/365.
	wants(t, simulate(t, annual(t, 490, 30), "jira", 20, ""),
		"9565.00 -> 10545.00",
		"jira 1200.00 -> 1300.00",
		"a 3805.00 -> 4205.00",
		"b 4560.00 -> 5040.00",
		"jira crosses 401-500 -> 501-600: 100.00",
		"a crosses 401-500 -> 501-600: 400.00",
		"b crosses 401-500 -> 501-600: 480.00",
		"jira runs 490 -> 510, 59 days: 16.16",
		"a runs 490 -> 510, 59 days: 64.66",
		"b runs 490 -> 510, 59 days: 77.59",
		"remove 10: 0.00") // 510 - 10 = 500
}

// METHOD 17.2.
func TestUsersWhoChangeNothing(t *testing.T) {
	wants(t, simulate(t, annual(t, 440, 30), "jira", 20, ""),
		"9565.00 -> 9565.00",
		"jira 1200.00 -> 1200.00",
		"a 3805.00 -> 3805.00",
		"b 4560.00 -> 4560.00",
		"remove 0: 0.00")
}

// METHOD 17.2.
func TestSimulateUsersLeaving(t *testing.T) {
	wants(t, simulate(t, annual(t, 510, 30), "jira", -20, ""),
		"10545.00 -> 9565.00",
		"jira 1300.00 -> 1200.00",
		"a 4205.00 -> 3805.00",
		"b 5040.00 -> 4560.00",
		"jira crosses 501-600 -> 401-500: -100.00",
		"a crosses 501-600 -> 401-500: -400.00",
		"b crosses 501-600 -> 401-500: -480.00",
		"remove 0: -980.00") // nobody is removed for users leaving
	// METHOD 3.7: as is, Jira renews its 600 and holds up its apps.
	s := simulate(t, annual(t, 510, 0, world.Licensed(600)), "jira", -20, "")
	if s.Before.String() != "10545.00" || s.After != s.Before || len(s.Crossings) != 0 {
		t.Errorf("20 fewer on a licence of 600: got\n%s\nwant no change of 10545.00", simulated(s))
	}
	// METHOD 1.20: there are no fewer than 0 users.
	wants(t, simulate(t, one(t, pricing.Monthly, 5, 0), "jira", -9, ""),
		"120.00 -> 0.00", "app 120.00 -> 0.00", "app crosses 1-10 -> 0-0: -10.00", "remove 0: -120.00")
}

// METHOD 17.2.
func TestSimulateFirstUsers(t *testing.T) {
	// The tier of nobody is 0-0, not one without limit; the lowest costs 10 x 10.00.
	s := simulate(t, one(t, pricing.Annual, 0, 0), "jira", 5, "2026-03-01")
	wants(t, s, "0.00 -> 100.00", "app 0.00 -> 100.00", "app crosses 0-0 -> 1-10: 100.00", "remove 0: 100.00")
	// Nobody at the renewal, 5 planned later: nobody is paid for until then.
	w := one(t, pricing.Annual, 0, 0).Planned("2026-06-01", "jira", 5)
	if n := w.Line("app").PaidOn(world.Day("2026-03-01")); n != 0 {
		t.Errorf("paid on the renewal: got %d users, want 0", n)
	}
}

// METHOD 17.2.
func TestSimulateDataCenter(t *testing.T) {
	jira := world.List{Plan: "jira", Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=20000", "1000:=30000"}}
	app := world.List{Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: world.DC}
	w := world.New(t).Prices(jira, app).Seats("jira", 490, 0).
		Product("jira", pricing.Annual, world.OnDataCenter).App("app", "jira", pricing.Annual, world.OnDataCenter)
	wants(t, simulate(t, w, "jira", 20, ""),
		"23400.00 -> 35000.00",
		"jira 20000.00 -> 30000.00",
		"app 3400.00 -> 5000.00",
		"jira crosses 1-500 -> 501-1000: 10000.00",
		"app crosses 1-500 -> 501-1000: 1600.00",
		"jira runs 490 -> 510, 59 days: 1616.44", // 10,000 x 59/365
		"app runs 490 -> 1000, 59 days: 258.63",  // 1,600 x 59/365; it pays for its host's tier (METHOD 8.4)
		"remove 0: 11600.00")
}

// METHOD 17.2.
func TestSimulateMonthly(t *testing.T) {
	// 20 x 0.40 x 12 inside a bracket.
	wants(t, simulate(t, one(t, pricing.Monthly, 490, 0), "jira", 20, ""),
		"4518.00 -> 4614.00", "app 4518.00 -> 4614.00", "app runs 490 -> 510, 59 days: 16.00", "remove 0: 96.00") // January and February, 8.00 each
	// 10 x 0.77 + 10 x 0.40 = 11.70 across the bracket's top, x 12.
	wants(t, simulate(t, one(t, pricing.Monthly, 240, 0), "jira", 20, ""),
		"3273.60 -> 3414.00", "app 3273.60 -> 3414.00", "app crosses 101-250 -> 251-1000: 11.70",
		"app runs 240 -> 260, 59 days: 23.40", "remove 0: 140.40")
	running := map[string]string{"2026-02-10": "5.43"} // 8.00 x 19 / 28
	for on, want := range map[string]string{
		"2026-03-01": "96.00", // on the renewal, the first bill
		"2026-02-10": "96.00", // before it
		"2026-09-01": "48.00", // on a bill: the 6 from September to February
		"2026-09-15": "40.00", // between two: the 5 from October on
		"2027-02-02": "0.00",  // after the last bill
		"2027-03-01": "0.00",  // after the term
	} {
		s := simulate(t, one(t, pricing.Monthly, 490, 0), "jira", 20, on)
		if got := s.After.Sub(s.Before).String(); got != want || s.RunningTerm.String() != cmp.Or(running[on], "0.00") {
			t.Errorf("20 users on %s: got %s and %s before, want %s and %s", on, got, s.RunningTerm, want, cmp.Or(running[on], "0.00"))
		}
	}
}

// METHOD 17.2.
func TestDayTheyCount(t *testing.T) {
	app := func(on string) *plan.Simulation {
		return simulate(t, one(t, pricing.Annual, 490, 0), "jira", 20, on)
	}
	crosses := "app crosses 401-500 -> 501-600: 400.00"
	// Inside the term: 400 x 181/365.
	wants(t, app("2026-09-01"), "3805.00 -> 4003.36", "app 3805.00 -> 4003.36", crosses, "remove 0: 198.36")
	// Its last day: 400 x 1/365.
	wants(t, app("2027-02-28"), "3805.00 -> 3806.10", "app 3805.00 -> 3806.10", crosses, "remove 0: 1.10")
	// On the renewal, they are in n(R) (METHOD 1.20).
	wants(t, app("2026-03-01"), "3805.00 -> 4205.00", "app 3805.00 -> 4205.00", crosses, "remove 0: 400.00")
	// Before it, the running term is upgraded first: 400 x 28/365, in no sum.
	wants(t, app("2026-02-01"), "3805.00 -> 4205.00", "app 3805.00 -> 4205.00", crosses, "app runs 490 -> 510, 28 days: 30.68", "remove 0: 400.00")
	// After the term, they cost nothing in it and cross nothing in it.
	wants(t, app("2027-03-01"), "3805.00 -> 3805.00", "app 3805.00 -> 3805.00", "remove 0: 0.00")
	wants(t, simulate(t, one(t, pricing.Monthly, 240, 0), "jira", 20, "2027-03-01"), "3273.60 -> 3273.60", "app 3273.60 -> 3273.60", "remove 0: 0.00")
	if _, err := ask(one(t, pricing.Annual, 490, 0), "jira", 20, "2025-12-31"); err == nil || !strings.Contains(err.Error(), "before the as-of date 2026-01-01") {
		t.Errorf("a day before as-of: got %v", err)
	}
}

// METHOD 17.2.
func TestCrossingsAreThoseOfTheComingTerm(t *testing.T) {
	// At the prices of the renewal, 10% higher; the running term is upgraded at today's.
	wants(t, simulate(t, one(t, pricing.Annual, 490, 0).Percent("app", "2026-02-01", "0.1"), "jira", 20, ""),
		"4185.50 -> 4625.50", "app 4185.50 -> 4625.50", "app crosses 401-500 -> 501-600: 440.00", "app runs 490 -> 510, 59 days: 64.66", "remove 0: 440.00")
	// With the users of the renewal, 30 fewer: only the running term is upgraded.
	wants(t, simulate(t, one(t, pricing.Annual, 490, 0).Planned("2026-02-01", "jira", -30), "jira", 20, ""),
		"3805.00 -> 3805.00", "app 3805.00 -> 3805.00", "app runs 490 -> 510, 59 days: 64.66", "remove 0: 0.00")
}

// METHOD 17.2.
func TestRunningTermAndPlannedUsers(t *testing.T) {
	running := func(w *world.World, add int, on string) string {
		t.Helper()
		s := simulate(t, w, "jira", add, on)
		if len(s.Running) == 0 {
			return ""
		}
		r := s.Running[0]
		return fmt.Sprintf("%d -> %d, %d days: %s", r.From, r.To, r.Days, r.Amount)
	}
	for _, c := range []struct {
		name, want string
		w          *world.World
		add        int
		on         string
	}{
		// 400 x 59/365 = 64.66 instead of 400 x 28/365 = 30.68, which the plan costs anyway.
		{"the plan crosses later", "490 -> 560, 59 days: 33.98", one(t, pricing.Annual, 490, 0).Planned("2026-02-01", "jira", 50), 20, ""},
		// Jira Service Management then has more users than both.
		{"another product crosses later", "490 -> 530, 59 days: 33.98", one(t, pricing.Annual, 490, 0).Seats("jira-service-management", 480, 0).Planned("2026-02-01", "jira-service-management", 50), 20, ""},
		{"the plan has crossed before", "", one(t, pricing.Annual, 490, 0).Planned("2026-01-10", "jira", 50), 20, "2026-02-01"},
		{"planned users cross because of them", "470 -> 510, 28 days: 30.68", one(t, pricing.Annual, 470, 0).Planned("2026-02-01", "jira", 20), 20, "2026-01-10"},
		{"planned leavers make room", "", one(t, pricing.Annual, 490, 0).Planned("2026-01-10", "jira", -30), 20, "2026-02-01"},
		{"the licence has room", "", one(t, pricing.Annual, 490, 0, world.Licensed(600)), 20, ""},
		{"the licence has room for some", "600 -> 610, 59 days: 129.32", one(t, pricing.Annual, 590, 0, world.Licensed(600)), 20, ""}, // 800 x 59/365
		{"fewer users", "", one(t, pricing.Annual, 510, 0), -20, ""},
		{"users without a price", "2490 -> 2510, 59 days: ", one(t, pricing.Annual, 2490, 0), 20, ""},
	} {
		if got := running(c.w, c.add, c.on); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// METHOD 17.2.
func TestSimulateContractPrice(t *testing.T) {
	// The ratio is today's: 3,000.00 for the 3,805.00 of 490 users, held for
	// the 4,205.00 of 510; 400 x ratio x 59/365 before.
	wants(t, simulate(t, one(t, pricing.Annual, 490, 0, world.Contract("3000.00")), "jira", 20, ""),
		"3000.00 -> 3315.37", "app 3000.00 -> 3315.37", "app crosses 401-500 -> 501-600: 315.37", "app runs 490 -> 510, 59 days: 50.98", "remove 0: 315.37")
	// Monthly: 300.00 for 376.50, so 306.37 for 384.50, x 12.
	wants(t, simulate(t, one(t, pricing.Monthly, 490, 0, world.Contract("300.00")), "jira", 20, ""),
		"3600.00 -> 3676.44", "app 3600.00 -> 3676.44", "app runs 490 -> 510, 59 days: 12.74", "remove 0: 76.44")
}

// METHOD 17.2.
func TestSimulateContractPriceWithoutAList(t *testing.T) {
	w := func(options ...world.Option) *world.World {
		return annual(t, 490, 30).App("c", "jira", pricing.Annual, append(options, world.Priced("ghost"), world.Contract("700.00"))...)
	}
	s := simulate(t, w(), "jira", 20, "2026-03-01")
	c := s.Lines[3]
	if !s.Incomplete() || c.Before.String() != "700.00" || c.After.Known() || !strings.Contains(c.Reason.Text, "the contract price is for 490 users, not for the 510") {
		t.Errorf("got\n%s\nwant the contract line unknown", simulated(s))
	}
	if s.Before.String() != "9565.00" || s.After.String() != "10545.00" {
		t.Errorf("sums: got %s and %s, want 9565.00 and 10545.00 without the contract line", s.Before, s.After)
	}
	if s.RemoveFirst != (plan.RemoveFirst{Removals: 10, Change: world.USD("0.00")}) {
		t.Errorf("remove first: got %+v, want 10 and 0.00", s.RemoveFirst)
	}
	// Before the renewal, its upgrade is not known either.
	s = simulate(t, w(), "jira", 20, "")
	if r := s.Running[len(s.Running)-1]; r.Line.Sub.Key != "c" || r.Amount.Known() || r.Days != 59 {
		t.Errorf("running: got\n%s\nwant c with an unknown amount", simulated(s))
	}
	// Inside its licence, the quantity is today's.
	s = simulate(t, w(world.Licensed(600)), "jira", 20, "")
	if s.Incomplete() || s.Before.String() != "10265.00" || s.After.String() != "11245.00" {
		t.Errorf("inside the licence: got\n%s\nwant 10265.00 -> 11245.00, complete", simulated(s))
	}
}

// METHOD 17.2.
func TestSimulateLinesWithoutAPrice(t *testing.T) {
	// A table that ends at 500: the users cannot be priced, removing 10 first
	// does not bring the line back into the sums. What is not known is not 0.00.
	w := world.New(t).Prices(world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=900"}}).Seats("jira", 490, 30).App("app", "jira", pricing.Annual)
	wants(t, simulate(t, w, "jira", 20, "2026-03-01"),
		" ->  incomplete", `app 900.00 ->  (plan "app" has no price for 510 users; it ends at 500: add a row up to 600 (prices.csv:1))`, "remove 0: ")
	// No renewal date: nothing is known of the term, nor of the running one.
	wants(t, simulate(t, one(t, pricing.Annual, 490, 0, world.Renews("")), "jira", 20, ""),
		" ->  incomplete", "app  ->  (no renewal_date)", "remove 0: ")
	// The users of Jira Service Management are not known, so those of the app
	// are not: 0 -> 20 would be a crossing nobody makes.
	s := simulate(t, one(t, pricing.Annual, 490, 0).Product("jira-service-management", pricing.Annual), "jira", 20, "")
	if !s.Incomplete() || len(s.Crossings)+len(s.Running) != 0 {
		t.Errorf("users not known: got\n%s\nwant no crossing and no upgrade", simulated(s))
	}
}

// METHOD 17.2.
func TestSimulateForeignCurrency(t *testing.T) {
	list := world.List{Plan: "euro", Currency: "EUR", Mode: pricing.Graduated, Tiers: world.G1}
	s := simulate(t, annual(t, 490, 30).Prices(list).App("euro", "jira", pricing.Annual), "jira", 20, "")
	if s.Before.String() != "9565.00" || s.After.String() != "10545.00" || !s.Incomplete() {
		t.Errorf("sums: got\n%s\nwant 9565.00 -> 10545.00 incomplete", simulated(s))
	}
	if l := s.Lines[3]; l.Before.String() != "3805.00" || l.After.String() != "4205.00" || l.Reason.Text != "priced in EUR, and no rate is known" {
		t.Errorf("line: got %s -> %s (%s)", l.Before, l.After, l.Reason)
	}
	if r := s.Running[3]; r.Amount.String() != "64.66" || r.Amount.Currency() != "EUR" {
		t.Errorf("running: got %s %s, want 64.66 EUR", r.Amount, r.Amount.Currency())
	}
	if s.RemoveFirst != (plan.RemoveFirst{}) {
		t.Errorf("remove first beside a row without a rate: got %+v, want nothing known", s.RemoveFirst)
	}
}

// METHOD 17.2.
func TestSimulateRemoveFirst(t *testing.T) {
	for _, c := range []struct {
		name            string
		cycle           pricing.Cycle
		users, idle, by int
		want            string
	}{
		{"nothing to be saved", pricing.Annual, 440, 30, 20, "0: 0.00"},
		{"exactly enough", pricing.Annual, 490, 30, 20, "10: 0.00"},
		{"one candidate too few", pricing.Annual, 490, 9, 20, "0: 400.00"},
		{"just enough candidates", pricing.Annual, 490, 10, 20, "10: 0.00"},
		{"no more than are added", pricing.Annual, 510, 30, 5, "0: 0.00"}, // 15 would reach 500
		{"no more than are added, monthly", pricing.Monthly, 490, 30, 20, "20: 0.00"},
		{"no more than there are", pricing.Monthly, 490, 3, 20, "3: 81.60"}, // 17 x 0.40 x 12
		{"below one top of two", pricing.Annual, 495, 50, 110, "5: 400.00"}, // 605 -> 600; 800 cost 800.00 more
		{"below both tops", pricing.Annual, 495, 200, 110, "105: 0.00"},     // 605 -> 500
		{"nobody removed for leavers", pricing.Monthly, 490, 30, -20, "0: -96.00"},
	} {
		r := simulate(t, one(t, c.cycle, c.users, c.idle), "jira", c.by, "2026-03-01").RemoveFirst
		if got := fmt.Sprintf("%d: %s", r.Removals, r.Change); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	// Only candidates of the product itself: those of Jira do not help.
	w := one(t, pricing.Annual, 490, 30).Seats("jira-service-management", 490, 0)
	if r := simulate(t, w, "jira-service-management", 20, "2026-03-01").RemoveFirst; r.Removals != 0 || r.Change.String() != "400.00" {
		t.Errorf("candidates of another product: got %+v, want none and 400.00", r)
	}
}

// METHOD 17.2.
func TestQuantityOfAnotherProduct(t *testing.T) {
	w := annual(t, 490, 0).Seats("jira-service-management", 100, 0)
	const jsm = "jira-service-management"
	// 120, or 490, of Jira Service Management are not more than Jira has.
	for _, add := range []int{20, 390} {
		wants(t, simulate(t, w, jsm, add, ""),
			"9565.00 -> 9565.00", "jira 1200.00 -> 1200.00", "a 3805.00 -> 3805.00", "b 4560.00 -> 4560.00", "remove 0: 0.00")
	}
	// 510 are: its users cross the apps, not Jira.
	wants(t, simulate(t, w, jsm, 410, "2026-03-01"),
		"9565.00 -> 10445.00", "jira 1200.00 -> 1200.00", "a 3805.00 -> 4205.00", "b 4560.00 -> 5040.00",
		"a crosses 401-500 -> 501-600: 400.00", "b crosses 401-500 -> 501-600: 480.00", "remove 0: 880.00")
}

// METHOD 1.20.
func TestOwnUsersAndFixedNeverChange(t *testing.T) {
	w := world.New(t).Graduated("own", world.G1).Graduated("open", world.G1).Seats("jira", 490, 0).
		App("fixed", "jira", pricing.Annual, world.Fixed, world.Contract("99.90")).
		App("open", "jira", pricing.Monthly).
		App("own", "jira", pricing.Annual, world.OwnUsers, world.Licensed(490))
	wants(t, simulate(t, w, "jira", 20, ""),
		"8422.90 -> 8518.90", "fixed 99.90 -> 99.90", "open 4518.00 -> 4614.00", "own 3805.00 -> 3805.00", "open runs 490 -> 510, 59 days: 16.00", "remove 0: 96.00")
}

// METHOD 17.2.
func TestQuestionsWithoutAnAnswer(t *testing.T) {
	w := annual(t, 490, 0).Product("confluence", pricing.Annual).Seats("bitbucket", 5, 0)
	for product, want := range map[string]string{
		"jria":       `no input knows Jria on site "acme"; did you mean jira?`,
		"confluence": "the number of users of Confluence on acme is not known",
		"bitbucket":  "no active subscription belongs to Bitbucket on acme",
	} {
		if _, err := ask(w, product, 20, ""); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", product, err, want)
		}
	}
	in := w.Input()
	req := &audit.Request{Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf}
	if _, err := audit.Simulate(context.Background(), req, plan.Question{Site: "acne", Product: "jira", Add: 20}); err == nil || err.Error() != `no input knows site "acne"; did you mean acme?` {
		t.Errorf("unknown site: got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := audit.Simulate(ctx, req, plan.Question{Site: "acme", Product: "jira", Add: 20}); err == nil {
		t.Error("a cancelled question is answered")
	}
}

func TestSimulationsHoldTogether(t *testing.T) {
	t.Parallel()
	answered := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{8, 8, 8})
		product := rapid.SampledFrom([]string{"jira", "jira-service-management"}).Draw(rt, "product")
		add := rapid.IntRange(-30, 40).Filter(func(n int) bool { return n != 0 }).Draw(rt, "add")
		on := w.AsOf.AddDays(rapid.IntRange(0, 500).Draw(rt, "on"))
		s, err := ask(w, product, add, on.String())
		if err != nil {
			return
		}
		answered++
		asIs, headcount := map[string]money.Amount{}, fmt.Sprint(w.Estate.Headcount)
		for _, l := range w.Build().Lines {
			asIs[l.Sub.Key] = l.AsIs
		}
		before, after, incomplete, counted := money.Zero("USD"), money.Zero("USD"), false, 0
		for _, l := range s.Lines {
			if l.Before != asIs[l.Line.Sub.Key] {
				rt.Fatalf("%s: before %s, as is %s", l.Line.ID(), l.Before, asIs[l.Line.Sub.Key])
			}
			if l.Reason.Given() {
				incomplete = true
				continue
			}
			before, after, counted = before.Add(l.Before), after.Add(l.After), counted+1
		}
		if counted == 0 && incomplete {
			before, after = money.Amount{}, money.Amount{} // not known, and not 0
		}
		if before != s.Before || after != s.After || incomplete != s.Incomplete() {
			rt.Fatalf("the lines add up to %s -> %s, incomplete %v; got\n%s", before, after, incomplete, simulated(s))
		}
		if r := s.RemoveFirst; len(s.Held) > 0 { // with the users asked for, a row without a rate may begin or cease to count
			if r != (plan.RemoveFirst{}) {
				rt.Fatalf("remove first of a held bundle: %+v", r)
			}
		} else if after.Sub(before).Less(r.Change) || r.Removals < 0 || r.Removals > max(add, 0) || (r.Removals == 0) != (r.Change == after.Sub(before)) {
			rt.Fatalf("remove first: %+v of a change of %s", r, after.Sub(before))
		}
		for _, c := range s.Crossings {
			if c.From == c.To || !c.Planned && !on.Before(c.Line.Term.End) {
				rt.Fatalf("no crossing: %s", simulated(s))
			}
		}
		for _, r := range s.Running {
			if r.To <= r.From || r.Days <= 0 || r.Days > r.Line.Term.Start.Sub(w.AsOf) || r.Amount.Sign() < 0 {
				rt.Fatalf("no upgrade: %s", simulated(s))
			}
		}
		if again, err := ask(w, product, add, on.String()); err != nil || simulated(again) != simulated(s) || fmt.Sprint(w.Estate.Headcount) != headcount {
			rt.Fatalf("asked twice, answered differently: %v", err)
		}
	})
	if answered == 0 {
		t.Error("no question was answered: the test tests nothing")
	}
}

// The lists of METHOD 19.17 never fall with the users.
func TestMoreUsersCostNoLess(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		users, add := rapid.IntRange(0, 900).Draw(rt, "users"), rapid.IntRange(1, 300).Draw(rt, "add")
		on := world.Day("2026-01-01").AddDays(rapid.IntRange(0, 450).Draw(rt, "on")).String()
		cycle := pricing.Cycle(rapid.IntRange(0, 1).Draw(rt, "cycle"))
		estate := func(users int) *world.World {
			w := world.New(t).Seats("jira", users, rapid.IntRange(0, min(users, 20)).Draw(rt, "idle"))
			for i, tiers := range [][]string{world.G1, world.G2, world.Zen, world.K} {
				key := fmt.Sprintf("app-%d", i)
				w.Graduated(key, tiers).App(key, "jira", cycle)
			}
			return w
		}
		s := simulate(t, estate(users), "jira", add, on)
		if s.After.Less(s.Before) || s.Incomplete() {
			rt.Fatalf("%d users more cost less: %s", add, simulated(s))
		}
		for _, c := range s.Crossings {
			if c.From.To >= c.To.To || c.Step.Sign() < 0 {
				rt.Fatalf("%d users more cross downwards: %s", add, simulated(s))
			}
		}
		if cycle != pricing.Monthly {
			return
		}
		// What they cost is what their leaving saves.
		back := simulate(t, estate(users+add), "jira", -add, "")
		if all := simulate(t, estate(users), "jira", add, ""); all.Before != back.After || all.After != back.Before {
			rt.Fatalf("%d more: %s -> %s; as many less: %s -> %s", add, all.Before, all.After, back.Before, back.After)
		}
	})
}

// licensed has Jira sold by the tier, 80 days before it renews.
func licensed(t *testing.T, licence, users int) *world.World {
	w := world.New(t).Prices(world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"10:=600", "15:=900", "25:=1500"}})
	w.AsOf = world.Day("2026-11-12")
	return w.Seats("jira", users, 0).Product("jira", pricing.Annual, world.Licensed(licence), world.Renews("2027-01-31"))
}

// What is planned anyway is taken off; users above the licence today are not,
// since nobody has bought them.
//
// METHOD 17.2.
func TestRunningTerm(t *testing.T) {
	for name, c := range map[string]struct {
		w                                  *world.World
		add                                int
		running, coming, together, due, to string
		planned                            bool
	}{
		"inside the licence":         {licensed(t, 15, 11), 4, "0.00", "0.00", "0.00", "", "", false},
		"one more":                   {licensed(t, 15, 11), 5, "131.51", "600.00", "731.51", "0.00", "16", false},
		"beside a planned change":    {licensed(t, 15, 15).Planned("2026-12-02", "jira", 1), 4, "32.88", "0.00", "32.88", "0.00", "20", true},
		"users above the licence":    {licensed(t, 10, 12), 1, "65.75", "0.00", "65.75", "65.75", "13", true},
		"a price is missing":         {licensed(t, 25, 24), 2, "", "", "", "0.00", "26", false},
		"leaving gives nothing back": {licensed(t, 15, 15).Planned("2026-12-02", "jira", 1), -1, "0.00", "-600.00", "-600.00", "", "", true},
	} {
		s := simulate(t, c.w, "jira", c.add, "")
		if got := [3]string{s.RunningTerm.String(), s.After.Sub(s.Before).String(), s.Together().String()}; got != [3]string{c.running, c.coming, c.together} {
			t.Errorf("%s: running, coming, together: got %q, want %q", name, got, [3]string{c.running, c.coming, c.together})
		}
		if len(s.Blocked) != min(len(c.to), 1) || c.to != "" && (fmt.Sprint(s.Blocked[0].Users) != c.to || s.Blocked[0].Due.String() != c.due) {
			t.Errorf("%s: blocked %+v, want %s users, %s due anyway", name, s.Blocked, c.to, c.due)
		}
		if planned := slices.ContainsFunc(s.Crossings, func(c plan.Crossing) bool { return c.Planned }); planned != c.planned {
			t.Errorf("%s: a crossing is planned already: %v, want %v", name, planned, c.planned)
		}
	}
}

// METHOD 17.2.
func TestUsersLeaving(t *testing.T) {
	s := simulate(t, licensed(t, 15, 15), "jira", -5, "")
	if s.Kept.String() != "0.00" || s.RightSized.String() != "-300.00" || s.RunningTerm.String() != "0.00" {
		t.Errorf("kept %s, right-sized %s, running term %s; want 0.00, -300.00, 0.00", s.Kept, s.RightSized, s.RunningTerm)
	}
	if s = simulate(t, licensed(t, 15, 15), "jira", 5, ""); s.Kept.Known() || s.RightSized.Known() {
		t.Errorf("users added: kept %s, right-sized %s; want neither", s.Kept, s.RightSized)
	}
}

// METHOD 17.2, 6.1.
func TestRunningCycleAtItsPeak(t *testing.T) {
	w := one(t, pricing.Monthly, 490, 0)
	w.Config.Policy.PeakFullPeriod = true
	if s := simulate(t, w, "jira", 20, "2026-02-10"); s.RunningTerm.String() != "8.00" { // the whole of February
		t.Errorf("full period: running term %s, want 8.00", s.RunningTerm)
	}
}
