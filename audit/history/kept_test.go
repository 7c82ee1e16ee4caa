package history_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/audit/date"
	"tierline/audit/history"
	"tierline/audit/money"
)

// estate is what tests say of one subscription: 10 a user and bill, in a year 12.
type shown struct {
	users, quantity int
	cycle           string
	gone            bool // it ended
	raised          date.Date
	paid            int64 // by invoice; 0 for none
	unlisted        bool  // no list is known
}

func (s shown) evidence(asOf date.Date, gone map[string]int) *history.Evidence {
	return &history.Evidence{
		AsOf: asOf, Gone: gone,
		Line: func(string) history.Seen {
			return history.Seen{There: !s.gone, Users: &s.users, Quantity: &s.quantity, Cycle: s.cycle}
		},
		List: func(_, cycle string, on date.Date, users int) money.Amount {
			if s.unlisted {
				return money.Amount{}
			}
			unit := int64(10)
			if !s.raised.IsZero() && !on.Before(s.raised) {
				unit = 12
			}
			if cycle == "annual" {
				unit *= 10
			}
			return usd(unit * int64(users))
		},
		Paid: func(string, date.Date) money.Amount {
			if s.paid == 0 {
				return money.Amount{}
			}
			return usd(s.paid)
		},
	}
}

// asked is an action on the line l, which 50 users are paid for.
func asked(id, class, was, is string, seats int, start date.Date, lowered int64) history.Asked {
	n := 50
	return history.Asked{Action: history.Action{ID: id, Title: id, Seats: seats, Deadline: start.AddDays(-1), Amount: usd(lowered)}, Class: class, Lines: []history.AskedLine{
		{Line: "l", Name: "L", Users: &n, Was: was, Is: is, Start: start, Before: 50, Cost: usd(6000), Lowered: usd(lowered)}}}
}

// METHOD 23.6, 23.7.
func TestSettle(t *testing.T) {
	annual := func(n int) shown { return shown{users: n, quantity: n, cycle: "annual"} }
	start := day(3, 10)
	for name, c := range map[string]struct {
		asked history.Asked
		shown shown
		asOf  date.Date
		came  int64
		due   int64
		state history.State
	}{
		"nothing is due yet":               {asked("a", "hard_saving", "annual", "annual", 0, start, 1000), annual(40), day(3, 9), 0, 0, history.Open},
		"the licence is smaller":           {asked("a", "hard_saving", "annual", "annual", 0, start, 1000), annual(40), day(3, 10), 1000, 1000, history.KeptState},
		"smaller than asked for":           {asked("a", "hard_saving", "annual", "annual", 0, start, 1000), annual(30), day(3, 12), 2000, 1000, history.KeptState},
		"half of it":                       {asked("a", "hard_saving", "annual", "annual", 0, start, 1000), annual(45), day(3, 12), 500, 1000, history.Partly},
		"as before":                        {asked("a", "hard_saving", "annual", "annual", 0, start, 1000), annual(50), day(3, 12), 0, 1000, history.MissedState},
		"more than before":                 {asked("a", "hard_saving", "annual", "annual", 0, start, 1000), annual(60), day(3, 12), 0, 1000, history.MissedState},
		"users did not fall":               {asked("a", "hard_saving", "annual", "annual", 5, start, 1000), shown{users: 50, quantity: 40, cycle: "annual"}, day(3, 12), 0, 1000, history.MissedState},
		"users fell":                       {asked("a", "hard_saving", "annual", "annual", 5, start, 1000), shown{users: 45, quantity: 40, cycle: "annual"}, day(3, 12), 1000, 1000, history.KeptState},
		"no list is known":                 {asked("a", "hard_saving", "annual", "annual", 0, start, 1000), shown{users: 40, quantity: 40, cycle: "annual", unlisted: true}, day(3, 12), 0, 1000, history.Open},
		"it ended":                         {asked("a", "hard_saving", "annual", "annual", 0, start, 6000), shown{gone: true}, day(3, 12), 6000, 6000, history.KeptState},
		"three of twelve bills":            {asked("a", "hard_saving", "monthly", "monthly", 5, start, 600), shown{users: 45, quantity: 45, cycle: "monthly"}, day(5, 10), 150, 150, history.KeptState},
		"at the list of the day":           {asked("a", "hard_saving", "annual", "annual", 0, start, 1000), shown{users: 40, quantity: 40, cycle: "annual", raised: start}, day(3, 12), 1200, 1000, history.KeptState},
		"monthly to annual":                {asked("a", "hard_saving", "monthly", "annual", 0, start, 1000), annual(50), day(3, 12), 1000, 1000, history.KeptState},
		"the cycle is as it was":           {asked("a", "hard_saving", "monthly", "annual", 0, start, 1000), shown{users: 50, quantity: 50, cycle: "monthly"}, day(3, 12), 0, 1000, history.MissedState},
		"annual to monthly, two bills":     {asked("a", "hard_saving", "annual", "monthly", 0, start, 600), shown{users: 40, quantity: 40, cycle: "monthly"}, day(4, 12), 33, 100, history.Partly},
		"a quote and no invoice":           {asked("a", "avoidance", "annual", "annual", 0, start, 1000), shown{users: 50, quantity: 50, cycle: "annual", raised: start}, day(3, 12), 0, 1000, history.MissedState},
		"a quote and its invoice":          {asked("a", "avoidance", "annual", "annual", 0, start, 1000), shown{users: 50, quantity: 50, cycle: "annual", raised: start, paid: 5000}, day(3, 12), 1000, 1000, history.KeptState},
		"an invoice above the list is not": {asked("a", "avoidance", "annual", "annual", 0, start, 1000), shown{users: 50, quantity: 50, cycle: "annual", paid: 9000}, day(3, 12), 0, 1000, history.MissedState},
	} {
		t.Run(name, func(t *testing.T) {
			k := history.Kept{Currency: "USD"}
			k.Promise(day(1, 5), []history.Asked{c.asked})
			k.Settle(c.shown.evidence(c.asOf, nil))
			sum := k.Hard
			if c.asked.Class == history.Avoidance {
				sum = k.Avoidance
			}
			p := k.Promises[0]
			came := p.Came.MinorUnits() / 100
			if came != c.came || p.Due != usd(c.due) || p.State != c.state || sum.Came != p.Came || sum.Promised != p.Due || sum.Ahead != p.Promised.Sub(p.Due) {
				t.Errorf("came %s of %s due, %s; sum %+v", p.Came, p.Due, p.State, sum)
			}
		})
	}
}

// METHOD 23.5. Plans repeat themselves week by week, under other names once a part is
// done: of one bill only what goes beyond is promised.
func TestPromiseOnce(t *testing.T) {
	start := day(3, 10)
	k := history.Kept{Currency: "USD"}
	k.Promise(day(1, 5), []history.Asked{asked("clean-up", "hard_saving", "annual", "annual", 5, start, 1000), asked("right-size", "hard_saving", "annual", "annual", 0, start, 200)})
	k.Promise(day(1, 12), []history.Asked{asked("right-size", "hard_saving", "annual", "annual", 0, start, 1100)})
	k.Promise(day(1, 19), []history.Asked{asked("right-size", "hard_saving", "annual", "annual", 0, start, 1500), asked("quote", "avoidance", "annual", "annual", 0, start, 70)})
	k.Promise(day(1, 26), []history.Asked{asked("right-size", "hard_saving", "annual", "annual", 0, start, 100)})
	k.Promise(day(3, 11), []history.Asked{asked("late", "hard_saving", "annual", "annual", 0, start, 9000)})
	k.Settle(shown{users: 50, quantity: 50, cycle: "annual"}.evidence(day(1, 26), nil))
	got := map[string]string{}
	for _, p := range k.Promises {
		got[p.Action] = p.Promised.String()
	}
	if diff := cmp.Diff(map[string]string{"clean-up": "1000.00", "right-size": "500.00", "quote": "70.00"}, got); diff != "" {
		t.Error(diff)
	}
}

// What a bill fell by is given once, to its promises in their order.
func TestCameIsShared(t *testing.T) {
	start := day(3, 10)
	k := history.Kept{Currency: "USD"}
	k.Promise(day(1, 5), []history.Asked{asked("a", "hard_saving", "annual", "annual", 0, start, 700), asked("b", "hard_saving", "annual", "annual", 0, start, 600)})
	k.Settle(shown{users: 40, quantity: 40, cycle: "annual"}.evidence(day(3, 10), nil))
	if a, b := k.Promises[0], k.Promises[1]; a.Came != usd(700) || b.Came != usd(300) || a.State != history.KeptState || b.State != history.Partly {
		t.Errorf("%s %s, %s %s", a.Came, a.State, b.Came, b.State)
	}
}

// METHOD 23.6. What came is the most that a run shows of the bill, and stays that
// when a later plan promises of the bill too.
func TestCameOnce(t *testing.T) {
	for name, c := range map[string]struct {
		first, second history.Asked
		shown         shown
		came          int64
	}{
		"an annual bill": {asked("a", "hard_saving", "annual", "annual", 0, day(3, 10), 1000), asked("b", "hard_saving", "annual", "annual", 0, day(3, 10), 1400),
			shown{users: 35, quantity: 35, cycle: "annual"}, 1500},
		"a monthly bill": {asked("a", "hard_saving", "monthly", "monthly", 0, day(3, 10), 60), asked("b", "hard_saving", "monthly", "monthly", 0, day(3, 10), 120),
			shown{users: 49, quantity: 49, cycle: "monthly"}, 10},
		"an avoided rise": {asked("a", "avoidance", "annual", "annual", 0, day(3, 10), 500), asked("b", "avoidance", "annual", "annual", 0, day(3, 10), 1400),
			shown{users: 50, quantity: 50, cycle: "annual", raised: day(3, 10), paid: 4500}, 1500},
	} {
		t.Run(name, func(t *testing.T) {
			k := history.Kept{Currency: "USD"}
			k.Promise(day(1, 5), []history.Asked{c.first})
			for _, asOf := range []date.Date{day(3, 10), day(3, 17), day(3, 24)} {
				k.Settle(c.shown.evidence(asOf, nil))
				if came := k.Hard.Came.Add(k.Avoidance.Came); came != usd(c.came) {
					t.Errorf("%s: came %s, want %d", asOf, came, c.came)
				}
				k.Promise(day(3, 10), []history.Asked{c.second})
			}
			if len(k.Promises) < 2 {
				t.Error("the second plan promised nothing")
			}
		})
	}
}

// A monthly bill is settled by the first run after it. Of an annual bill the most that
// is shown holds: licences are written down late, and an upgrade takes nothing back.
func TestSettledOnce(t *testing.T) {
	k := history.Kept{Currency: "USD"}
	k.Promise(day(1, 5), []history.Asked{asked("m", "hard_saving", "monthly", "monthly", 0, day(2, 10), 1200)})
	for _, week := range []struct {
		asOf  date.Date
		users int
		came  int64
	}{{day(2, 9), 40, 0}, {day(2, 16), 50, 0}, {day(2, 23), 40, 0}, {day(3, 16), 45, 50}, {day(3, 23), 50, 50}} {
		k.Settle(shown{users: week.users, quantity: week.users, cycle: "monthly"}.evidence(week.asOf, nil))
		if k.Hard.Came != usd(week.came) {
			t.Errorf("%s: came %s, want %d", week.asOf, k.Hard.Came, week.came)
		}
	}
	k = history.Kept{Currency: "USD"}
	k.Promise(day(1, 5), []history.Asked{asked("y", "hard_saving", "annual", "annual", 0, day(2, 10), 1000)})
	for _, week := range []struct {
		asOf date.Date
		paid int
		came int64
	}{{day(2, 16), 50, 0}, {day(2, 23), 40, 1000}, {day(6, 1), 48, 1000}} {
		k.Settle(shown{users: week.paid, quantity: week.paid, cycle: "annual"}.evidence(week.asOf, nil))
		if k.Hard.Came != usd(week.came) {
			t.Errorf("%s: came %s, want %d", week.asOf, k.Hard.Came, week.came)
		}
	}
}

// METHOD 23.8.
func TestBesideIt(t *testing.T) {
	start := day(3, 10)
	k := history.Kept{Currency: "USD"}
	k.Promise(day(1, 5), []history.Asked{asked("a", "hard_saving", "monthly", "monthly", 10, start, 1200)})
	k.Settle(shown{users: 50, quantity: 50, cycle: "monthly"}.evidence(day(2, 5), map[string]int{"a": 6}))
	// 10 of 50 left and 3 came: 43 at 12 each, of whom the 3 cost 36, and the rise of 2 is 86.
	k.Settle(shown{users: 43, quantity: 43, cycle: "monthly", raised: day(3, 1)}.evidence(day(3, 10), map[string]int{"a": 4}))
	p := k.Promises[0]
	if p.Gone != 10 || p.Joined != 3 || p.People != usd(36) || p.Prices != usd(86) || p.Came != usd(84) {
		t.Errorf("%d gone, %d joined for %s, prices %s, came %s", p.Gone, p.Joined, p.People, p.Prices, p.Came)
	}
}

// Bills of the year before stay, older ones are forgotten; each year has its sums.
func TestKeptByYear(t *testing.T) {
	k := history.Kept{Currency: "USD"}
	k.Promise(day(1, 5), []history.Asked{asked("m", "hard_saving", "monthly", "monthly", 0, day(11, 10), 1200)})
	k.Settle(shown{users: 40, quantity: 40, cycle: "monthly"}.evidence(day(12, 31), nil))
	if k.Hard.Came != usd(200) || k.Hard.Ahead != usd(0) || len(k.Promises) != 2 {
		t.Errorf("2026: %+v, %d promises", k.Hard, len(k.Promises))
	}
	k.Settle(shown{users: 40, quantity: 40, cycle: "monthly"}.evidence(date.New(2027, 1, 31), nil))
	if k.Hard.Came != usd(100) || k.Hard.Ahead != usd(900) || len(k.Promises) != 2 {
		t.Errorf("2027: %+v, %d promises", k.Hard, len(k.Promises))
	}
	if k.Settle(shown{users: 40, quantity: 40, cycle: "monthly"}.evidence(date.New(2028, 1, 31), nil)); len(k.Promises) != 1 {
		t.Errorf("2028: %d promises", len(k.Promises))
	}
}
