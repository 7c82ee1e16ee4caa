package costing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Move is a change of a line's price that its coming term meets: after as-of
// and before the term ends, or earlier if a quote can still escape it.
type Move struct {
	Effective date.Date
	Announced date.Date
	Old, New  money.Amount // one bill at today's paid quantity, before and after
	ThisTerm  money.Amount // what it adds to the coming term, as is
	NextTerm  money.Amount // what it adds to twelve months at the new price
	Source    diag.Source

	OldSteps, NewSteps []pricing.Step // the calculations behind Old and New; nil where they are unknown
}

// Change returns the change of one bill as a part of the old one; false when
// that is 0 or one of the two is not known.
func (m Move) Change() (money.Exact, bool) {
	if !m.Old.Known() || !m.New.Known() || m.Old.Sign() == 0 {
		return money.Exact{}, false
	}
	return m.New.Sub(m.Old).Exact().Div(m.Old.Exact()), true
}

// Moves lists the price changes the line's coming term meets, by day.
func (l *Line) Moves() []Move {
	if l.Term.Start.IsZero() {
		return nil
	}
	if l.held() {
		return l.agreedMoves()
	}
	var out []Move
	versions := l.Timeline(l.Sub.Cycle).Versions()
	for i := 1; i < len(versions); i++ {
		old, v := &versions[i-1], &versions[i]
		coming := v.From.After(l.asOf) && v.From.Before(l.Term.End)
		if !coming && (l.Quote.Change != v.From || !l.Quote.Possible) {
			continue
		}
		m := Move{Effective: v.From, Announced: v.Announced, Source: v.Source}
		if l.UsersKnown {
			m.Old, m.OldSteps = l.explained(old, l.Billed)
			m.New, m.NewSteps = l.explained(v, l.Billed)
		}
		m.NextTerm = m.New.Sub(m.Old).Times(l.Sub.Cycle.Bills())
		m.ThisTerm = l.added(old, v)
		out = append(out, m)
	}
	return out
}

// added returns what a version adds to the as-is bills from its first day on,
// against the version before it, each bill at its own quantity. Over all
// changes of a term this adds up to what price changes add to the line.
func (l *Line) added(old, v *pricing.Version) money.Amount {
	switch {
	case !l.AsIs.Known():
		return money.Amount{}
	case !slices.ContainsFunc(l.BillDates(l.Sub.Cycle), func(d date.Date) bool { return !d.Before(v.From) }):
		return l.rates.zero(v.Currency())
	}
	return l.billsAt(v, v.From).Sub(l.billsAt(old, v.From))
}

// billsAt adds up the as-is bills from a day on, all at one price. Each price
// has bills of its own: an upgrade may be one at one price and none at another.
func (l *Line) billsAt(v *pricing.Version, from date.Date) money.Amount {
	bills, why := l.Bills(Choice{Cycle: l.Sub.Cycle, at: v})
	if why.Given() {
		return money.Amount{}
	}
	total := l.rates.zero(v.Currency())
	for _, b := range bills {
		if !b.Date.Before(from) {
			total = total.Add(b.Amount)
		}
	}
	return total
}

// agreedMoves lists the announced percentages on a contract price without a
// list.
func (l *Line) agreedMoves() []Move {
	var out []Move
	cycle := l.Sub.Cycle
	for i, c := range l.announced {
		if !c.Effective.Before(l.Term.End) || c.NewPlan != "" || i > 0 && l.announced[i-1].Effective == c.Effective {
			continue
		}
		m := Move{Effective: c.Effective, Announced: c.Announced, Source: c.Source}
		before := Billed{Cycle: cycle, Quantity: l.Billed, until: c.Effective.AddDays(-1)}
		after := Billed{Cycle: cycle, Quantity: l.Billed, until: c.Effective}
		m.Old, m.OldSteps = l.steps(before)
		m.New, m.NewSteps = l.steps(after)
		m.NextTerm = m.New.Sub(m.Old).Times(cycle.Bills())
		if days, cut := l.termDays(); cut && cycle == pricing.Annual {
			before.Days, before.Of = days, daysOfYear
			after.Days, after.Of = days, daysOfYear
		}
		paid, _ := l.amount(before)
		due, _ := l.amount(after)
		m.ThisTerm = l.rates.zero(l.contract.Currency())
		for _, d := range l.BillDates(cycle)[:cycle.Bills()] {
			if !c.Effective.After(d) {
				m.ThisTerm = m.ThisTerm.Add(due.Sub(paid))
			}
		}
		out = append(out, m)
	}
	return out
}
