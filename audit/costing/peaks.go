package costing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Peak billing, which Atlassian calls maximum quantity billing (METHOD
// 6.1 to 6.4): a monthly cycle is billed for the users of the last day
// before it. A count above every one before it in the cycle is charged for the
// days left, the day itself included; whoever leaves gives nothing back. What
// daily counts say about past cycles is an exposure: it stands beside the plan
// and is in none of its totals.

// PeakCycle is a monthly billing cycle as the daily counts tell it.
type PeakCycle struct {
	Period  date.Period
	Over    bool        // it ended before as-of; the newest one may still run
	Before  DayUsers    // the last day before the cycle: the users it is billed for
	Rises   []Rise      // of the running maximum, by date
	Peak    DayUsers    // the first day with the most users; Before when no day had more
	Last    DayUsers    // the last day counted
	Above   int         // days counted with more users than the cycle began with
	Missing int         // days without a count, which add nothing
	Reason  diag.Reason // why it cannot be evaluated; all but Period and Over is meaningless then
}

// DayUsers is the users on one day and the row that says so.
type DayUsers struct {
	Date   date.Date
	Users  int
	Source diag.Source
}

// Rise is a day on which a cycle had more users than on any day before.
type Rise struct {
	DayUsers
	From int // users paid for until then
	Days int // left in the cycle, the day itself included
}

// ExposedToPeaks reports whether peaks can cost anything on the line: it is
// billed monthly and by users. Annual and Data Center lines are paid by the
// tier, whatever the days.
func (l *Line) ExposedToPeaks() bool {
	return l.Sub.Cycle == pricing.Monthly && l.Sub.Hosting == pricing.Cloud && l.Sub.Basis != estate.Fixed
}

// PeakCycles returns the cycles the daily counts reach into, oldest first, or
// why none can be told. It is for lines exposed to peaks. The bounds count
// from the renewal date in the file (METHOD 3.1).
func (l *Line) PeakCycles() ([]PeakCycle, diag.Reason) {
	switch {
	case l.Sub.Basis == estate.OwnUsers:
		return nil, diag.Why(diag.NoQuantity, "it is charged for its own users, and daily counts are of products")
	case l.Sub.Renewal.IsZero():
		return nil, diag.Why(diag.NoDate, "no renewal_date, so the days of its cycles are not known")
	case l.overSites():
		return nil, diag.Why(diag.NoQuantity, "it is charged for people over several sites, each once, and daily counts are of one site each")
	case len(l.Members()) == 0:
		return nil, l.NoUsers.Or(diag.Reason{Kind: diag.NoQuantity, Text: l.UsersFrom})
	case l.held():
		return nil, diag.Why(diag.Bound, "its contract price has no list that tells another quantity")
	}
	days := l.DailyUsers()
	if len(days) == 0 {
		return nil, diag.Why(diag.NoQuantity, "no daily counts of its users")
	}
	var out []PeakCycle
	last := days[len(days)-1].Date
	for k := l.cycleOf(days[0].Date.AddDays(1)); ; k++ {
		c := PeakCycle{Period: date.Period{Start: l.Sub.Renewal.AddMonths(k), End: l.Sub.Renewal.AddMonths(k + 1)}}
		if c.Period.Start.After(last) {
			break
		}
		c.Over = !c.Period.End.After(l.asOf)
		c.read(days, l.asOf)
		out = append(out, c)
	}
	if out == nil {
		return nil, diag.Why(diag.NoQuantity, "no day of a cycle is counted after %s", last)
	}
	return out, diag.Reason{}
}

// cycleOf returns how many cycles after the renewal date in the file the one
// that holds a day begins; negative before it.
func (l *Line) cycleOf(d date.Date) int {
	k := months(l.Sub.Renewal, d)
	if l.Sub.Renewal.AddMonths(k).After(d) {
		k--
	}
	return k
}

// DailyUsers returns the users the line is charged for on each day its daily
// counts tell: for a linked app the largest count of its host's family, on the
// days on which every product of the family that has counts has one. A product
// without any daily count stands with its users of today (see NotDaily). Counts
// of several sites do not tell who has a seat on two, so that a charge for people
// over several sites has none.
func (l *Line) DailyUsers() []DayUsers {
	if l.overSites() {
		return nil
	}
	var counted []*seats.Product
	var constant DayUsers
	for _, i := range l.Members() {
		if p := l.Bundle.Products[i]; len(p.Days()) > 0 {
			counted = append(counted, p)
		} else if p.Users > constant.Users {
			constant = DayUsers{Users: p.Users, Source: p.CountedAt}
		}
	}
	if len(counted) == 0 {
		return nil
	}
	var out []DayUsers
	for _, c := range counted[0].Days() {
		day, whole := DayUsers{Users: c.Users, Source: c.Source}, true
		for _, p := range counted[1:] {
			other, ok := countOn(p.Days(), c.Date)
			whole = whole && ok
			if other.Users > day.Users {
				day.Users, day.Source = other.Users, other.Source
			}
		}
		if constant.Users > day.Users {
			day = constant
		}
		if whole {
			day.Date = c.Date
			out = append(out, day)
		}
	}
	return out
}

// NotDaily lists the products without a daily count that stand with their
// users of today in DailyUsers.
func (l *Line) NotDaily() []*seats.Product {
	var out []*seats.Product
	for _, i := range l.Members() {
		if p := l.Bundle.Products[i]; len(p.Days()) == 0 {
			out = append(out, p)
		}
	}
	return out
}

func countOn(list []estate.UserCount, d date.Date) (estate.UserCount, bool) {
	i, ok := slices.BinarySearchFunc(list, d, func(c estate.UserCount, d date.Date) int { return c.Date.Compare(d) })
	if !ok {
		return estate.UserCount{}, false
	}
	return list[i], true
}

// read fills a cycle in from the days counted, which are in order.
func (c *PeakCycle) read(days []DayUsers, asOf date.Date) {
	day := func(d DayUsers, at date.Date) int { return d.Date.Compare(at) }
	from, _ := slices.BinarySearchFunc(days, c.Period.Start, day)
	to, _ := slices.BinarySearchFunc(days, c.Period.End, day)
	before := c.Period.Start.AddDays(-1)
	switch {
	case from == 0 || days[from-1].Date != before:
		c.Reason = diag.Why(diag.NoQuantity, "the users of %s, the day before it began, are not counted", before)
		return
	case from == to:
		c.Reason = diag.Why(diag.NoQuantity, "no day of it is counted")
		return
	}
	c.Before = days[from-1]
	c.Peak = c.Before
	for _, d := range days[from:to] {
		if d.Users > c.Before.Users {
			c.Above++
		}
		if d.Users > c.Peak.Users {
			c.Rises = append(c.Rises, Rise{DayUsers: d, From: c.Peak.Users, Days: c.Period.End.Sub(d.Date)})
			c.Peak = d
		}
	}
	c.Last = days[to-1]
	// The day of as-of need not be counted yet.
	until := date.Min(c.Period.End, date.Max(asOf, c.Last.Date.AddDays(1)))
	c.Missing = until.Sub(c.Period.Start) - (to - from)
}

// Kept returns the cycle as it would have been without the users who were gone
// again on its last day counted: what it costs less is the price of the peaks
// themselves, the rest that of people who stayed.
func (c PeakCycle) Kept() PeakCycle {
	limit := max(c.Before.Users, c.Last.Users)
	var rises []Rise
	for _, r := range c.Rises {
		if r.Users = min(r.Users, limit); r.Users > r.From {
			rises = append(rises, r)
		}
	}
	c.Rises = rises
	c.Peak.Users = min(c.Peak.Users, limit)
	return c
}

// RunningCycle returns the monthly cycle that holds as-of; empty without a
// renewal date.
func (l *Line) RunningCycle() date.Period {
	if l.Sub.Renewal.IsZero() {
		return date.Period{}
	}
	k := l.cycleOf(l.asOf)
	return date.Period{Start: l.Sub.Renewal.AddMonths(k), End: l.Sub.Renewal.AddMonths(k + 1)}
}
