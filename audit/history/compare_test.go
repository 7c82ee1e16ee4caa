package history_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tierline/audit/date"
	"tierline/audit/history"
	"tierline/audit/money"
)

var equal = cmpopts.EquateComparable(money.Amount{}, date.Date{})

func usd(units int64) money.Amount { return money.Minor(units*100, "USD") }

func day(month time.Month, d int) date.Date { return date.New(2026, month, d) }

func facts(asOf date.Date, change func(*history.Facts)) *history.Facts {
	f := &history.Facts{Run: history.Run{AsOf: asOf, Organisation: "Example"}, Ran: map[string]bool{"r": true}}
	change(f)
	return f
}

func line(id string, users int, current money.Amount, terms ...history.Term) history.Line {
	top := 10 * ((users + 9) / 10)
	return history.Line{ID: id, Site: "acme", Name: id, Users: &users, Quantity: &users, Tier: &history.Tier{From: top - 9, To: &top}, Currency: "USD", Current: current, Terms: terms}
}

// METHOD 23.3.
func TestCompareLines(t *testing.T) {
	annual, monthly := history.Term{Name: "cycle", Value: "annual", Price: true}, history.Term{Name: "cycle", Value: "monthly", Price: true}
	before := facts(day(1, 5), func(f *history.Facts) {
		f.Lines = []history.Line{line("ended", 5, usd(50)), line("crossed", 10, usd(100)), line("cycle", 5, usd(50), annual), line("raised", 5, usd(50)),
			line("announced", 5, usd(50)), line("grown", 5, usd(50)), line("unknown", 5, money.Amount{})}
		f.Announced = []history.Announced{{Line: "announced", Effective: day(1, 12)}, {Line: "raised", Effective: day(1, 13)}, {Line: "raised", Effective: day(1, 5)}}
	})
	after := facts(day(1, 12), func(f *history.Facts) {
		f.Lines = []history.Line{line("crossed", 11, usd(200)), line("cycle", 5, usd(60), monthly), line("raised", 5, usd(55)), line("announced", 5, usd(55)),
			line("grown", 7, usd(77)), line("unknown", 5, usd(50)), line("new", 5, usd(50))}
		f.Lines[4].Year = func(users int) money.Amount { return usd(11 * int64(users)) }
	})
	c := history.Compare(before, after)
	wantLines := []history.LineChange{
		{Line: "cycle", Site: "acme", Name: "cycle", State: history.Changed, Terms: []history.TermChange{{"cycle", "annual", "monthly"}}, Currency: "USD", Was: usd(50), Is: usd(60)},
		{Line: "new", Site: "acme", Name: "new", State: history.New, Terms: []history.TermChange{}, Currency: "USD", Is: usd(50)},
		{Line: "ended", Site: "acme", Name: "ended", State: history.Ended, Terms: []history.TermChange{}, Currency: "USD", Was: usd(50)},
	}
	if diff := cmp.Diff(wantLines, c.Lines, equal); diff != "" {
		t.Error(diff)
	}
	if len(c.Tiers) != 1 || c.Tiers[0].Line != "crossed" || c.Tiers[0].Was.String() != "1-10" || c.Tiers[0].Is.String() != "11-20" {
		t.Errorf("tiers crossed: %+v", c.Tiers)
	}
	wantPrices := []history.PriceChange{
		{Line: "raised", Site: "acme", Name: "raised", Currency: "USD", Users: 5, Was: usd(50), Is: usd(55)},
		{Line: "grown", Site: "acme", Name: "grown", Currency: "USD", Users: 5, Was: usd(50), Is: usd(55)},
	}
	if diff := cmp.Diff(wantPrices, c.Prices, equal); diff != "" {
		t.Error(diff)
	}
}

func TestCompareFindings(t *testing.T) {
	finding := func(id string, rank int, amount int64) history.Finding {
		return history.Finding{ID: "r/" + id, Rule: "r", Title: id, Severity: []string{"", "info", "low", "medium", "high"}[rank], Rank: rank, Amount: usd(amount)}
	}
	other := history.Finding{ID: "q/x", Rule: "q", Severity: "low", Rank: 2}
	before := facts(day(1, 5), func(f *history.Facts) {
		f.Findings = []history.Finding{finding("same", 2, 5), finding("dearer", 2, 5), finding("worse", 2, 5), finding("gone", 4, 5), other}
	})
	after := facts(day(1, 12), func(f *history.Facts) {
		f.Findings = []history.Finding{finding("same", 2, 5), finding("dearer", 2, 6), finding("worse", 4, 5), finding("new", 3, 1), finding("newer", 4, 1)}
	})
	c := history.Compare(before, after)
	var got []string
	for _, f := range c.Findings {
		got = append(got, string(f.State)+" "+f.ID+" "+f.Before+">"+f.Severity)
	}
	want := []string{"new r/newer >high", "new r/new >medium", "changed r/worse low>high", "changed r/dearer >low", "resolved r/gone >high", "not checked q/x >low"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if c.Same != 1 || c.Count(history.New) != 2 || c.Days != 7 {
		t.Errorf("%d unchanged, %d new, %d days", c.Same, c.Count(history.New), c.Days)
	}
}

// METHOD 23.4.
func TestJudge(t *testing.T) {
	target := func(from, to int) []history.Target { return []history.Target{{Line: "l", From: from, To: to}} }
	paid := func(n int) history.Seen { return history.Seen{There: true, Quantity: &n, Cycle: "annual"} }
	for name, c := range map[string]struct {
		action history.Action
		gone   int
		shown  history.Seen
		want   history.State
	}{
		"all seats are gone":               {history.Action{Seats: 3, Lines: target(20, 17)}, 3, paid(20), history.Done},
		"some seats are gone":              {history.Action{Seats: 3, Lines: target(20, 17)}, 1, paid(20), history.Partly},
		"no seat is gone":                  {history.Action{Seats: 3, Lines: target(20, 17)}, 0, paid(17), history.Overdue},
		"the licence is smaller":           {history.Action{Lines: target(50, 25)}, 0, paid(25), history.Done},
		"the licence is as it was":         {history.Action{Lines: target(50, 25)}, 0, paid(50), history.Overdue},
		"the licence fell halfway":         {history.Action{Lines: target(50, 25)}, 0, paid(35), history.Overdue},
		"it is cancelled":                  {history.Action{Lines: target(50, 0)}, 0, history.Seen{}, history.Done},
		"it went, and was to be kept":      {history.Action{Lines: target(50, 25)}, 0, history.Seen{}, history.Overdue},
		"the cycle is as asked for":        {history.Action{Lines: []history.Target{{Line: "l", From: 5, To: 5, Cycle: "annual"}}}, 0, paid(5), history.Done},
		"the cycle is the other":           {history.Action{Lines: []history.Target{{Line: "l", From: 5, To: 5, Cycle: "monthly"}}}, 0, paid(5), history.Overdue},
		"cycle and seats, seats gone":      {history.Action{Seats: 1, Lines: []history.Target{{Line: "l", From: 5, To: 4, Cycle: "monthly"}}}, 1, paid(5), history.Partly},
		"paid for with another site":       {history.Action{Lines: []history.Target{{Line: "l", From: 5, To: 9, Merged: true}}}, 0, history.Seen{There: true, Merged: true}, history.Done},
		"a quote, and nothing shows it":    {history.Action{Lines: target(5, 5)}, 0, paid(5), history.Overdue},
		"a quote, and an invoice shows it": {history.Action{Lines: target(5, 5)}, 0, history.Seen{There: true, Kept: true}, history.Done},
		"nobody counted its users":         {history.Action{Lines: target(50, 25)}, 0, history.Seen{There: true, Cycle: "monthly"}, history.Overdue},
	} {
		t.Run(name, func(t *testing.T) {
			c.action.ID, c.action.Deadline = "a", day(1, 11)
			before := facts(day(1, 5), func(f *history.Facts) { f.Actions = []history.Action{c.action} })
			judged := func(asOf date.Date) history.State {
				got := history.Compare(before, facts(asOf, func(*history.Facts) {}))
				got.Judge(before, facts(asOf, func(*history.Facts) {}), map[string]int{"a": c.gone}, func(string) history.Seen { return c.shown })
				return got.Actions[0].State
			}
			if got := judged(day(1, 12)); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if got := judged(day(1, 11)); c.want == history.Overdue && got != history.Open {
				t.Errorf("on its day it is %s", got)
			}
		})
	}
}

func TestComparable(t *testing.T) {
	run := func(asOf date.Date, organisation string) history.Run {
		return history.Run{AsOf: asOf, Organisation: organisation}
	}
	for _, c := range []struct {
		before, after history.Run
		ok            bool
	}{
		{run(day(1, 5), "A"), run(day(1, 6), "A"), true},
		{run(day(1, 5), "A"), run(day(1, 5), "A"), false},
		{run(day(1, 5), "A"), run(day(1, 6), "B"), false},
	} {
		if got := history.Comparable(c.before, c.after) == ""; got != c.ok {
			t.Errorf("%v with %v: %v", c.before, c.after, got)
		}
	}
	if diff := cmp.Diff([]history.SettingChange{{Name: "b", Was: "1", Is: "2"}}, history.Compare(
		&history.Facts{Settings: []history.Setting{{"a", "1"}, {"b", "1"}, {"gone", "1"}}},
		&history.Facts{Settings: []history.Setting{{"a", "1"}, {"b", "2"}, {"new", "1"}}}).Settings); diff != "" {
		t.Error(diff)
	}
}
