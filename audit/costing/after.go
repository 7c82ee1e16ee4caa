package costing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// PaidAfter is what a coming term pays, as is, for the days after some day
// (METHOD 8.6).
type PaidAfter struct {
	Days   int // of the term that lie after it
	Of     int // days of the term
	Parts  []BillPart
	Amount money.Amount // of the parts together; unknown where a bill is
	Reason diag.Reason  // why it is unknown
}

// BillPart is what of a bill is for days after some day.
type BillPart struct {
	Bill   Bill
	Days   int // 1 or more
	Of     int // days the bill is for; of a year at most 365
	Amount money.Amount
	Own    money.Amount // in the currency of its price, before a rate is applied
}

// PaidAfter returns what the coming term pays for the days after a day; the zero
// value where all of them are before it, where the line has no coming term, and
// where its cost stands on another line.
func (l *Line) PaidAfter(last date.Date) PaidAfter {
	end := l.paidUntil()
	if l.ElsewhereCharged() || l.Term.Start.IsZero() || !end.After(last.AddDays(1)) {
		return PaidAfter{}
	}
	out := PaidAfter{Days: end.Sub(date.Max(l.Term.Start, last.AddDays(1))), Of: end.Sub(l.Term.Start)}
	bills, why := l.Bills(Choice{Cycle: l.Sub.Cycle})
	if why.Given() {
		out.Reason = why
		return out
	}
	for i, b := range bills {
		until := end
		if l.Sub.Cycle == pricing.Monthly && i+1 < len(bills) {
			until = bills[i+1].Date
		}
		if p := l.partAfter(b, until, last); p.Days > 0 {
			out.Parts = append(out.Parts, p)
			if len(out.Parts) == 1 {
				out.Amount = p.Amount
				continue
			}
			out.Amount = out.Amount.Add(p.Amount)
		}
	}
	return out
}

// paidUntil returns the day after the last one the coming term pays for.
func (l *Line) paidUntil() date.Date {
	if l.endsEarly() {
		return date.Min(l.Term.End, EndOfLife.AddDays(1))
	}
	return l.Term.End
}

// partAfter returns what of a bill, which pays for the days up to until, is for those
// after last. It is rounded in the currency of its price, then converted.
func (l *Line) partAfter(b Bill, until, last date.Date) BillPart {
	p := BillPart{Bill: b, Days: max(0, min(until.Sub(date.Max(b.Date, last.AddDays(1))), daysOfYear)), Of: min(until.Sub(b.Date), daysOfYear)}
	p.Own = b.Own.Exact().Mul(money.Ratio(int64(p.Days), int64(p.Of))).Round(b.Own.Currency(), money.HalfUp)
	p.Amount = l.rates.In(p.Own)
	return p
}
