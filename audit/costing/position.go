package costing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Position is where a line stands in its tier today: users against the tier
// paid for, and what the tops next to it are worth, each as the difference of
// two rounded bills of the line's own cycle (ruling R18).
type Position struct {
	Known     bool
	Stepped   bool // one price holds for the whole tier
	Cycle     pricing.Cycle
	Users     int // billed users
	Paid      int // quantity paid for
	Tier      pricing.Range
	Headroom  int          // users that still fit below the top; meaningless when the tier is open
	ToDrop    int          // users to remove to fall below the tier
	Bill      money.Amount // at the paid quantity
	BillSteps []pricing.Step
	StepUp    money.Amount // cost of the first user above the top; unknown when nothing is known there
	StepDown  money.Amount // cost of the first user of this tier against the top below
	Unused    money.Amount // price of capacity paid for and not used; unknown where none is sold by the tier
	UnusedFor int          // users it is for
}

// Position works out where the line stands at today's price.
func (l *Line) Position() Position {
	if l.held || l.unpriced || !l.UsersKnown || l.with != nil {
		return Position{}
	}
	v, _ := l.Timeline(l.Sub.Cycle).At(l.asOf)
	if v == nil {
		return Position{}
	}
	tier, ok := v.Tier(l.Paid)
	if !ok {
		return Position{}
	}
	p := Position{Known: true, Stepped: v.Stepped(), Cycle: l.Sub.Cycle, Users: l.Users, Paid: l.Paid, Tier: tier}
	p.Bill, _ = l.amount(charge{cycle: p.Cycle, version: v, users: l.Paid})
	p.BillSteps = l.explainAt(v, l.Paid, p.Bill)
	p.ToDrop = max(l.Users-(tier.From-1), 0)
	if tier.From > 1 {
		p.StepDown = l.step(v, tier.From-1)
	}
	if tier.To > 0 {
		p.Headroom = tier.To - l.Users
		p.StepUp = l.step(v, tier.To)
	}
	if v.Stepped() && tier.To > 0 {
		if price, ok := v.Price(tier.To); ok {
			if !l.heldShort(tier) {
				p.UnusedFor = max(tier.To-l.Users, 0)
			}
			p.Unused = price.Mul(l.factor).MulInt(p.UnusedFor).Div(money.Int(int64(tier.To))).Round(v.Currency(), money.HalfUp)
		}
	}
	return p
}

// step returns bill(top+1) - bill(top).
func (l *Line) step(v *pricing.Version, top int) money.Amount {
	at, _ := l.amount(charge{cycle: l.Sub.Cycle, version: v, users: top})
	next, _ := l.amount(charge{cycle: l.Sub.Cycle, version: v, users: top + 1})
	return next.Sub(at)
}

// Tops returns the tier tops, up to limit, of every price a bill of the line
// may use in a cycle: where its cost as a function of users may jump.
func (l *Line) Tops(c pricing.Cycle, limit int) []int {
	var out []int
	for _, v := range l.Timeline(c).Versions() {
		out = append(out, v.Tops(limit)...)
	}
	return out
}

// BillDates returns the days on which a bill of the line falls in a cycle.
func (l *Line) BillDates(c pricing.Cycle) []date.Date {
	if l.Term.Start.IsZero() {
		return nil
	}
	if c == pricing.Annual {
		return append([]date.Date{l.Term.Start}, l.changeDates()...)
	}
	return slices.Clone(l.bills[:])
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

// Uneven reports whether the line's users are planned to change inside an annual
// term while the cost of that day does not simply rise with the users inside a
// tier: the line is charged by the user, so that a later rise has another price
// than the renewal, or an upgrade on one of the days has no price at all, so that
// the cost is not known where fewer users at the renewal make it necessary.
func (l *Line) Uneven(c pricing.Cycle) bool {
	days := l.changeDates()
	if c != pricing.Annual || len(days) == 0 {
		return false
	}
	for _, v := range l.annual.Versions() {
		if !v.Stepped() {
			return true
		}
	}
	return slices.ContainsFunc(days, l.cannotUpgrade)
}

// cannotUpgrade reports whether an upgrade on a day may have no price.
func (l *Line) cannotUpgrade(d date.Date) bool {
	v, _ := l.annual.At(d)
	return v == nil || EndsWithDataCenter(l.Sub) && d.After(LastExpansion)
}

// Rungs returns the tiers of the line's annual price of today, up to two
// beyond its paid quantity; nil without a known price.
func (l *Line) Rungs() []pricing.Range {
	v, _ := l.annual.At(l.asOf)
	if v == nil {
		return nil
	}
	var out []pricing.Range
	for n, beyond := 1, 0; beyond <= 2; {
		tier, ok := v.Tier(n)
		if !ok {
			break
		}
		out = append(out, tier)
		if tier.To == 0 {
			break
		}
		if n = tier.To + 1; n > l.Paid {
			beyond++
		}
	}
	return out
}

// YearAt returns twelve months of the line for n users at today's price and
// cycle; unknown where no list says.
func (l *Line) YearAt(n int) money.Amount {
	v, _ := l.Timeline(l.Sub.Cycle).At(l.asOf)
	if v == nil || l.held {
		return money.Amount{}
	}
	a, _ := l.amount(charge{cycle: l.Sub.Cycle, version: v, users: n})
	return a.Times(l.Sub.Cycle.Bills())
}

// PaidOn returns the quantity the line pays for on a day of its coming term,
// as is.
func (l *Line) PaidOn(d date.Date) int {
	if l.Sub.Cycle == pricing.Monthly || l.Sub.Basis == estate.Fixed {
		return l.UsersOn(d, nil)
	}
	path := l.path(Choice{Cycle: pricing.Annual})
	n := path[0].quantity
	for _, p := range path[1:] {
		if !p.date.After(d) {
			n = p.quantity
		}
	}
	return n
}

// BillAt returns one full bill for n users at a price; unknown where a
// contract price has no list.
func (l *Line) BillAt(v *pricing.Version, n int) money.Amount {
	if l.held {
		return money.Amount{}
	}
	a, _ := l.amount(charge{cycle: l.Sub.Cycle, version: v, users: n})
	return a
}

// UpgradeAt returns what raising the paid quantity on a day costs for the days
// left of an annual term, at the price in force that day; never less than 0
// (ruling R24).
func (l *Line) UpgradeAt(d date.Date, paid, users, days int) money.Amount {
	v, _ := l.annual.At(d)
	if v == nil || l.held {
		return money.Amount{}
	}
	a, _ := l.amount(charge{cycle: pricing.Annual, version: v, users: users, instead: paid, prorated: true, days: days})
	if a.Sign() < 0 {
		return money.Zero(a.Currency())
	}
	return a
}
