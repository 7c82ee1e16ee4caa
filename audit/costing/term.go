package costing

import (
	"fmt"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Term is the coming term of a subscription: twelve months from its next
// renewal.
type Term struct {
	date.Period
	monthly [12]date.Date // its bills when billed monthly
}

// termOf returns the coming term of a subscription with a renewal date.
func termOf(s *estate.Subscription, asOf date.Date) Term {
	start := nextRenewal(s, asOf)
	// End and bills count from the date in the file, so that a renewal on the 31st
	// comes back to the 31st (METHOD 3.1).
	first := months(s.Renewal, start)
	t := Term{Period: date.Period{Start: start, End: s.Renewal.AddMonths(first + 12)}}
	for i := range t.monthly {
		t.monthly[i] = s.Renewal.AddMonths(first + i)
	}
	return t
}

// nextRenewal moves a renewal date forward by whole cycles until it is not
// before as-of, counting from the date in the file (METHOD 3.1).
func nextRenewal(s *estate.Subscription, asOf date.Date) date.Date {
	step := 1
	if s.Cycle == pricing.Annual {
		step = 12
	}
	d := s.Renewal
	for k := step; d.Before(asOf); k += step {
		d = s.Renewal.AddMonths(k)
	}
	return d
}

// months returns how many calendar months b lies after a, days left aside.
func months(a, b date.Date) int {
	y1, m1, _ := a.Time().Date()
	y2, m2, _ := b.Time().Date()
	return (y2-y1)*12 + int(m2-m1)
}

// term finds the coming term of a line and remarks on its renewal date. A row
// in the charge of another one renews with it where it does not say.
func (b *builder) term(l *Line) Term {
	s := l.Sub
	if s.Renewal.IsZero() {
		if l.ElsewhereCharged() {
			return l.carrier.Term
		}
		return Term{}
	}
	t := termOf(s, b.AsOf)
	switch {
	case t.Start != s.Renewal:
		b.costs.Diagnostics.AddOf(diag.Warning, s.Source, fmt.Sprintf("%s (%s, next %s)", s.DisplayName(), s.Renewal, t.Start),
			"the renewal date has passed, so the next one is used", "correct the date if the subscription was not renewed")
	case farAhead(t, b.AsOf):
		b.costs.Diagnostics.AddOf(diag.Note, s.Source, fmt.Sprintf("%s (%s)", s.DisplayName(), t.Start),
			"the renewal is more than a year ahead, and nothing can be saved before", "")
	}
	return t
}

// farRenewal is how many months ahead a renewal is worth a remark: nothing can
// be saved before it (METHOD 3.2).
const farRenewal = 12

func farAhead(t Term, asOf date.Date) bool { return t.Start.After(asOf.AddMonths(farRenewal)) }

// FarAhead reports whether the line renews more than twelve months after
// as-of, so that nothing can be saved before then; never of a line without a
// renewal date.
func (l *Line) FarAhead() bool { return farAhead(l.Term, l.asOf) }

// BillDates returns the days on which a bill of the line falls in a cycle.
func (l *Line) BillDates(c pricing.Cycle) []date.Date {
	if l.Term.Start.IsZero() {
		return nil
	}
	if c == pricing.Annual {
		return append([]date.Date{l.Term.Start}, l.changeDates()...)
	}
	return slices.Clone(l.Term.monthly[:])
}

// QuantityDates returns the days whose users set what a bill of the line is
// for: those of its bills, and of an annual app those of its hosts, whose
// licence binds it from another day on than its own renewal.
func (l *Line) QuantityDates(c pricing.Cycle) []date.Date {
	out := l.BillDates(c)
	if c == pricing.Annual && len(out) > 0 {
		for _, h := range l.hosts {
			out = append(out, h.BillDates(pricing.Annual)...)
		}
	}
	return sortedDates(out)
}

// changeDates returns the days inside the term on which users are planned to
// change.
func (l *Line) changeDates() []date.Date { return l.changes(l.Term.Start, l.Term.End) }

func sortedDates(days []date.Date) []date.Date {
	slices.SortFunc(days, date.Date.Compare)
	return slices.Compact(days)
}
