package costing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// PeakCost is what a cycle costs at one price.
type PeakCost struct {
	Bills  []Bill       // the users it began with, then a line for each rise; under full-period one bill
	Base   money.Amount // without any rise
	Extra  money.Amount // what the rises cost on top: the exposure
	Reason diag.Reason  // why it is not known
}

// PeakCost returns what a cycle costs at the price in force on a day: that of
// its first day for what it did cost, as-of for what the same peaks would cost
// today. A cycle has one price, that of its bill. Discount, licence type and
// contract ratio are those of every bill of the line. A rise is never charged
// less than nothing, as an upgrade inside a year is not (METHOD 3.8).
func (l *Line) PeakCost(c *PeakCycle, on date.Date) PeakCost {
	if c.Reason.Given() {
		return PeakCost{Reason: c.Reason}
	}
	v, why := l.Timeline(pricing.Monthly).At(on)
	if v == nil {
		return PeakCost{Reason: why}
	}
	base, why := l.peakBill(v, c.Period.Start, c.Before.Users)
	if why.Given() {
		return PeakCost{Reason: why}
	}
	out := PeakCost{Bills: []Bill{base}, Base: base.Amount}
	if l.policy.PeakFullPeriod {
		out.Bills[0], why = l.peakBill(v, c.Period.Start, max(c.Before.Users, c.Peak.Users))
		if why.Given() {
			return PeakCost{Reason: why}
		}
	} else {
		for _, r := range c.Rises {
			bill, why := l.riseBill(v, r, c.Period.Days())
			if why.Given() {
				return PeakCost{Reason: why}
			}
			out.Bills = append(out.Bills, bill)
		}
	}
	out.Extra = Total(out.Bills).Sub(out.Base)
	return out
}

func (l *Line) peakBill(v *pricing.Version, on date.Date, users int) (Bill, diag.Reason) {
	b := Bill{Date: on, Billed: Billed{Cycle: pricing.Monthly, Version: v, Quantity: users}}
	why := l.fill(&b)
	return b, why
}

func (l *Line) riseBill(v *pricing.Version, r Rise, of int) (Bill, diag.Reason) {
	b := Bill{Date: r.Date, Billed: Billed{Cycle: pricing.Monthly, Version: v, Quantity: r.Users, Previous: r.From, Days: r.Days, Of: of}}
	why := l.fill(&b)
	return b, why
}
