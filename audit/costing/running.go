package costing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// RunningTerm is what a line costs before it renews, beyond what is paid for
// already: upgrades inside an annual term (METHOD 3.8), rises inside the running
// cycles of monthly billing (METHOD 6.1).
type RunningTerm struct {
	From, To int          // users paid for before, and at the most
	Days     int          // from the first day that costs more to the renewal; 0 where none does
	Amount   money.Amount // of all of it; unknown where no list tells
}

// Running works out the running term of a line for which paid users are paid,
// looking at some days from as-of on.
func (l *Line) Running(paid int, days []date.Date) RunningTerm {
	out := RunningTerm{From: paid, To: paid, Amount: l.rates.zero(l.Own.Current.Currency())}
	if l.Sub.Cycle == pricing.Monthly {
		return l.runningCycles(out, days)
	}
	for _, d := range slices.DeleteFunc(slices.Clone(days), func(d date.Date) bool { return d.Before(l.asOf) || !d.Before(l.Term.Start) }) {
		need := l.needs(d)
		if need <= out.To {
			continue
		}
		left := l.Term.Start.Sub(d)
		amount := l.UpgradeAt(d, out.To, need, left)
		out.add(need, left, amount)
	}
	return out
}

// add notes one rise.
func (r *RunningTerm) add(users, days int, amount money.Amount) {
	if r.Days == 0 && (!amount.Known() || amount.Sign() != 0) {
		r.Days = days
	}
	r.To, r.Amount = users, r.Amount.Add(amount)
}

// needs returns the users a line has to be paid for on a day of the running term:
// its own, and on Data Center the tier that a host then needs.
func (l *Line) needs(d date.Date) int {
	n := l.UsersOn(d, nil)
	for _, h := range l.hosts {
		if users := h.UsersOn(d, nil); h.Sub.Hosting == pricing.DataCenter && h.Sub.Cycle == pricing.Annual && users > h.Licensed {
			n = max(n, h.bindingTop(users, d))
		}
	}
	return n
}

// runningCycles is Running for a monthly line, cycle by cycle from that of as-of
// on: each rise above the users a cycle began with is charged for the days left in
// it, or the whole cycle at its peak. A cycle after that of as-of begins with the
// users of the day before it.
func (l *Line) runningCycles(out RunningTerm, days []date.Date) RunningTerm {
	for _, cycle := range l.cyclesAhead() {
		if !l.runCycle(&out, cycle, days) {
			out.Amount = money.Amount{}
			return out
		}
	}
	return out
}

// cyclesAhead lists the monthly cycles from that of as-of to the renewal; none where
// rises inside a cycle cost nothing, or no renewal is known.
func (l *Line) cyclesAhead() []date.Period {
	if l.Term.Start.IsZero() || !l.ExposedToPeaks() {
		return nil
	}
	first := months(l.Sub.Renewal, l.Term.Start)
	before := 1
	for l.Sub.Renewal.AddMonths(first - before).After(l.asOf) {
		before++
	}
	var out []date.Period
	for k := before; k > 0; k-- {
		out = append(out, date.Period{Start: l.Sub.Renewal.AddMonths(first - k), End: l.Sub.Renewal.AddMonths(first - k + 1)})
	}
	return out
}

// runCycle adds what one cycle costs beyond the users paid for today; false where
// no list tells.
func (l *Line) runCycle(out *RunningTerm, cycle date.Period, days []date.Date) bool {
	v, _ := l.Timeline(pricing.Monthly).At(cycle.Start)
	if v == nil {
		return false
	}
	began := out.From
	if cycle.Start.After(l.asOf) {
		began = l.UsersOn(cycle.Start.AddDays(-1), nil)
		if began != out.From {
			out.add(max(out.To, began), l.Term.Start.Sub(cycle.Start), l.BillAt(v, began).Sub(l.BillAt(v, out.From)))
		}
	}
	peak := began
	for _, d := range days {
		users := l.UsersOn(d, nil)
		if users <= peak || d.Before(date.Max(l.asOf, cycle.Start)) || !d.Before(cycle.End) {
			continue
		}
		bill, _ := l.riseBill(v, Rise{DayUsers: DayUsers{Date: d, Users: users}, From: peak, Days: cycle.End.Sub(d)}, cycle.Days())
		if !l.policy.PeakFullPeriod {
			out.add(max(out.To, users), l.Term.Start.Sub(d), bill.Amount)
		}
		peak = users
	}
	if l.policy.PeakFullPeriod && peak > began {
		out.add(max(out.To, peak), l.Term.Start.Sub(date.Max(cycle.Start, l.asOf)), l.BillAt(v, peak).Sub(l.BillAt(v, began)))
	}
	return out.Amount.Known()
}
