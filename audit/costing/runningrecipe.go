package costing

import (
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// RunningPeriod is a part of the running term as data, for somebody else to do again
// what [Line.Running] does: all of it with annual billing, a cycle with monthly
// billing (METHOD 22.10).
type RunningPeriod struct {
	date.Period
	Of     int           // days that a price is for: a rise costs that part of it which is left on its day
	Whole  bool          // by policy a rise costs the whole period, whatever its day (METHOD 6.3)
	Begins bool          // after as-of: it is billed for the users of the day before it
	Prices []RecipePrice // that hold in it, by first day; none of a contract that no list tells the ratio of
}

// RunningPeriods lists the parts of the running term in their order; none where no
// user costs anything before the renewal, or nobody can tell.
func (l *Line) RunningPeriods() []RunningPeriod {
	if !l.UsersKnown || l.ElsewhereCharged() || l.Sub.Basis == estate.Fixed || !l.asOf.Before(l.Term.Start) {
		return nil
	}
	if l.Sub.Cycle == pricing.Annual {
		p := RunningPeriod{Period: date.Period{Start: l.asOf, End: l.Term.Start}, Of: daysOfYear}
		if !l.held() {
			p.Prices = l.pricesIn(pricing.Annual, p.Period)
		}
		return []RunningPeriod{p}
	}
	var out []RunningPeriod
	for _, cycle := range l.cyclesAhead() {
		p := RunningPeriod{Period: cycle, Of: cycle.Days(), Whole: l.policy.PeakFullPeriod, Begins: cycle.Start.After(l.asOf)}
		if !l.held() {
			p.Prices = []RecipePrice{l.recipePrice(pricing.Monthly, cycle.Start)}
		}
		out = append(out, p)
	}
	return out
}

// RunningTops lists the hosts the tops of whose tiers bind a line on Data Center once
// they have more users than their licence.
func (l *Line) RunningTops() []*Line {
	var out []*Line
	for _, h := range l.hosts {
		if h.Sub.Hosting == pricing.DataCenter && h.Sub.Cycle == pricing.Annual {
			out = append(out, h)
		}
	}
	return out
}

// TopPrices lists the annual prices of a host in the running term of a line that it
// binds, by first day.
func (l *Line) TopPrices(bound *Line) []RecipePrice {
	return l.pricesIn(pricing.Annual, date.Period{Start: l.asOf, End: bound.Term.Start})
}

// ChangeDays lists the days in a period on which planned changes move the users of a
// line.
func (l *Line) ChangeDays(in date.Period) []date.Date {
	return l.changes(date.Max(in.Start.AddDays(-1), l.asOf), in.End)
}
