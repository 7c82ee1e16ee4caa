package costing_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// moves compares the price changes a line meets, each written "day old new
// this-term next-term share"; "" is unknown.
func moves(t *testing.T, name string, l *costing.Line, want ...string) {
	t.Helper()
	var got []string
	for _, m := range l.Moves() {
		text := ""
		if change, ok := m.Change(); ok {
			text = change.Percent()
		}
		got = append(got, fmt.Sprintf("%s %s %s %s %s %s", m.Effective, m.Old, m.New, m.ThisTerm, m.NextTerm, text))
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("%s: got\n%s\nwant\n%s", name, g, w)
	}
}

// app490 is an app priced by G1 for 490 users: 376.50 a month, 3,805.00 a year.
func app490(t *testing.T, options ...world.Option) func(pricing.Cycle) *world.World {
	return func(c pricing.Cycle) *world.World {
		return world.New(t).Graduated("app", world.G1).Seats("jira", 490, 0).App("app", "jira", c, options...)
	}
}

func TestMovesMonthly(t *testing.T) {
	app := app490(t)
	for effective, want := range map[string][]string{
		"2026-02-01": {"2026-02-01 376.50 414.15 451.80 451.80 10%"}, // before the renewal: 12 bills
		"2026-09-01": {"2026-09-01 376.50 414.15 225.90 451.80 10%"}, // on a bill: 6 of them, 37.65 each
		"2026-09-15": {"2026-09-15 376.50 414.15 188.25 451.80 10%"}, // between two: 5
		"2027-02-15": {"2027-02-15 376.50 414.15 0.00 451.80 10%"},   // after the last bill, inside the term
		"2027-03-01": nil,                                            // after the term
		"2026-01-01": nil,                                            // today's price already
	} {
		moves(t, effective, app(pricing.Monthly).Percent("app", effective, "0.1").Line("app"), want...)
	}
}

func TestMovesAnnual(t *testing.T) {
	app := app490(t)
	for effective, want := range map[string][]string{
		"2026-02-01": {"2026-02-01 3805.00 4185.50 380.50 380.50 10%"},
		"2026-03-01": {"2026-03-01 3805.00 4185.50 380.50 380.50 10%"}, // on the renewal
		"2026-03-02": {"2026-03-02 3805.00 4185.50 0.00 380.50 10%"},   // the day after: nothing before the next term
		"2027-03-01": nil,
		"2026-01-01": {"2026-01-01 3805.00 4185.50 380.50 380.50 10%"}, // in force, but a quote until 1 March escapes it
		"2025-10-01": nil,                                              // in force, and its 60 days are over
	} {
		moves(t, effective, app(pricing.Annual).Percent("app", effective, "0.1").Line("app"), want...)
	}
	// An upgrade after the change is charged at the new price: 400 and 440 x 151/365.
	l := app(pricing.Annual).Planned("2026-10-01", "jira", 20).Percent("app", "2026-09-01", "0.1").Line("app")
	moves(t, "upgrade", l, "2026-09-01 3805.00 4185.50 16.55 380.50 10%")
	figures(t, l, "3805.00", "165.48", "16.55", "3987.03")
}

func TestMovesOfTwoChanges(t *testing.T) {
	// 9 bills from June at +37.65; 3 from December at 414.15 x 0.95 = 393.44, -20.71.
	l := app490(t)(pricing.Monthly).Percent("app", "2026-06-01", "0.1").Percent("app", "2026-12-01", "-0.05").Line("app")
	moves(t, "monthly", l, "2026-06-01 376.50 414.15 338.85 451.80 10%", "2026-12-01 414.15 393.44 -62.13 -248.52 -5%")
	figures(t, l, "4518.00", "0.00", "276.72", "4794.72")
	// Annual: both before the renewal, 3,805.00 x 1.1 x 1.2.
	l = app490(t)(pricing.Annual).Percent("app", "2026-01-15", "0.1").Percent("app", "2026-02-15", "0.2").Line("app")
	moves(t, "annual", l, "2026-01-15 3805.00 4185.50 380.50 380.50 10%", "2026-02-15 4185.50 5022.60 837.10 837.10 20%")
	figures(t, l, "3805.00", "0.00", "1217.60", "5022.60")
}

func TestMovesOfAFallingPrice(t *testing.T) {
	l := app490(t)(pricing.Monthly).Percent("app", "2026-09-01", "-0.1").Line("app")
	moves(t, "monthly", l, "2026-09-01 376.50 338.85 -225.90 -451.80 -10%")
}

// METHOD 2.14.
func TestMovesOfAContractPrice(t *testing.T) {
	// With a list the ratio is held, without one the contract price rises: 300.00 to 330.00, 6 bills.
	for name, plan := range map[string]string{"with a list": "app", "without a list": "ghost"} {
		l := app490(t, world.Contract("300.00"), world.Priced(plan))(pricing.Monthly).Percent(plan, "2026-09-01", "0.1").Line("app")
		moves(t, name, l, "2026-09-01 300.00 330.00 180.00 360.00 10%")
		figures(t, l, "3600.00", "0.00", "180.00", "3780.00")
	}
	// Two percentages multiply; those not after as-of are in the contract price, those after the term in none.
	l := app490(t, world.Contract("300.00"), world.Priced("ghost"))(pricing.Annual).
		Percent("ghost", "2026-01-01", "0.5").Percent("ghost", "2026-02-01", "0.1").Percent("ghost", "2026-02-10", "0.05").
		Percent("ghost", "2026-06-01", "0.2").Percent("ghost", "2027-03-01", "0.3").Line("app")
	moves(t, "two", l,
		"2026-02-01 300.00 330.00 30.00 30.00 10%",
		"2026-02-10 330.00 346.50 16.50 16.50 5%",
		"2026-06-01 346.50 415.80 0.00 69.30 20%")
	figures(t, l, "300.00", "0.00", "46.50", "346.50")
}

// METHOD 8.2.
func TestMovesOfATermCutShort(t *testing.T) {
	// 301 days up to 28 March 2029; the contract price rises by 365.00 a year.
	l := app490(t, world.OnDataCenter, world.Contract("3650.00"), world.Priced("ghost"), world.Renews("2028-06-01"))(pricing.Annual).
		Percent("ghost", "2027-01-01", "0.1").Line("app")
	moves(t, "held", l, "2027-01-01 3650.00 4015.00 301.00 365.00 10%")
	if got := l.PriceChanges().String(); got != "301.00" {
		t.Errorf("price changes: got %s, want 301.00", got)
	}
}

// METHOD 3.6.
func TestMovesWhereTopsChange(t *testing.T) {
	// At the old price 20 more users cross the top of 500: 500 x 151/365. The
	// new list has no such top, so the change saves that upgrade.
	list := world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=1000", "600:=1500"}}
	later := world.List{Cycle: pricing.Annual, Mode: pricing.Volume, From: "2026-09-01", Tiers: []string{"600:=1200"}}
	l := world.New(t).Prices(list, later).Seats("jira", 490, 0).Planned("2026-10-01", "jira", 20).App("app", "jira", pricing.Annual).Line("app")
	moves(t, "tops", l, "2026-09-01 1000.00 1200.00 -206.85 200.00 20%")
	figures(t, l, "1000.00", "206.85", "-206.85", "1000.00")
}

func TestMovesOfWhatIsNotKnown(t *testing.T) {
	// Users: no bill of nobody.
	l := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.1").App("app", "jira", pricing.Annual).Line("app")
	moves(t, "users", l, "2026-02-01     ")
	// No renewal date, no term to meet a change in.
	moves(t, "renewal", app490(t, world.Renews(""))(pricing.Annual).Percent("app", "2026-02-01", "0.1").Line("app"))
	// The price in force at the renewal: the bill of today is known.
	list := world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"600:=1000"}}
	later := world.List{Cycle: pricing.Annual, Mode: pricing.Volume, From: "2026-02-01", Tiers: []string{"400:=900"}}
	l = world.New(t).Prices(list, later).Seats("jira", 490, 0).App("app", "jira", pricing.Annual).Line("app")
	moves(t, "price", l, "2026-02-01 1000.00    ")
	// Nor is a price met by no bill of the term, which adds 0.00 all the same.
	later.From = "2026-06-01"
	l = world.New(t).Prices(list, later).Seats("jira", 490, 0).App("app", "jira", pricing.Annual).Line("app")
	moves(t, "no bill", l, "2026-06-01 1000.00  0.00  ")
	// A contract that moves to another plan: no percentage.
	w := app490(t, world.Contract("300.00"), world.Priced("ghost"))(pricing.Annual)
	w.Changes = append(w.Changes, pricing.Change{Plan: "ghost", AllHostings: true, Effective: world.Day("2026-02-01"), NewPlan: "other"})
	moves(t, "new plan", w.Line("app"))
}

func TestMoveShare(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"100.00", "115.00", "15%"},
		{"300.00", "365.25", "21.75%"},
		{"300.00", "400.00", "33.33%"},
		{"100.00", "100.00", "0%"},
		{"100.00", "90.00", "-10%"},
		{"100.00", "0.00", "-100%"},
		{"0.00", "5.00", ""},
		{"", "5.00", ""},
		{"5.00", "", ""},
	} {
		m := costing.Move{Old: world.USD(c.old), New: world.USD(c.new)}
		got := ""
		if change, ok := m.Change(); ok {
			got = change.Percent()
		}
		if got != c.want {
			t.Errorf("from %q to %q: got %q, want %q", c.old, c.new, got, c.want)
		}
	}
}

// Each change against the one before it: together they are what price changes
// add to the line (METHOD 3.6). One in force today is in its current cost already.
func TestMovesAddUpToPriceChanges(t *testing.T) {
	met, held := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{8, 8, 8})
		if rapid.IntRange(0, 2).Draw(rt, "held") == 0 {
			for _, day := range []string{"2026-01-20", "2026-05-01"} {
				w.Percent("agreed", day, rapid.SampledFrom([]string{"0.07", "-0.1", "0.333"}).Draw(rt, "percent"))
			}
			cycle := pricing.Cycle(rapid.IntRange(0, 1).Draw(rt, "cycle of the contract"))
			w.App("agreed", "jira", cycle, world.Contract("123.45"), func(s *estate.Subscription) {
				s.Basis = rapid.SampledFrom([]estate.Basis{estate.Linked, estate.Fixed}).Draw(rt, "basis")
			})
		}
		for _, l := range w.Build().Lines {
			if !l.AsIs.Known() || l.Offered(costing.Choice{Cycle: l.Sub.Cycle}) != nil {
				continue // a quote in force is a price change that no list announces
			}
			sum, known := money.Zero(l.AsIs.Currency()), true
			for _, m := range l.Moves() {
				if !m.Effective.After(w.AsOf) {
					continue
				}
				met++
				if l.Sub.Key == "agreed" {
					held++
				}
				known = known && m.ThisTerm.Known()
				sum = sum.Add(m.ThisTerm)
			}
			if known && sum != l.PriceChanges() {
				rt.Fatalf("%s: the moves add up to %s, the price changes to %s", l.ID(), sum, l.PriceChanges())
			}
		}
	})
	if met == 0 || held == 0 {
		t.Errorf("%d changes met, %d of contracts: the test tests nothing", met, held)
	}
}
