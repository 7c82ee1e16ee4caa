package costing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Position is where a line stands in its tier today: users against the tier
// of the billed quantity, and what the tops next to it are worth, each as the difference of
// two rounded bills of the line's own cycle (METHOD 2.16).
type Position struct {
	Known     bool
	Stepped   bool // one price holds for the whole tier
	Cycle     pricing.Cycle
	Users     int // billed users
	Billed    int // billed quantity
	Tier      pricing.Range
	Licensed  pricing.Range // the tier paid for today
	Headroom  int           // users that still fit below the top; meaningless when the tier is open
	ToDrop    int           // users to remove to fall below the tier
	Bill      money.Amount  // at the billed quantity
	BillSteps []pricing.Step
	StepUp    money.Amount // cost of the first user above the top; unknown when nothing is known there
	StepDown  money.Amount // cost of the first user of this tier against the top below
	Unused    money.Amount // price of capacity paid for and not used; unknown where none is sold by the tier
	UnusedFor int          // users it is for
}

// Position works out where the line stands at today's price.
func (l *Line) Position() Position {
	if l.kind != listed || !l.UsersKnown {
		return Position{}
	}
	v, _ := l.today()
	if v == nil {
		return Position{}
	}
	tier, ok := v.Tier(l.Billed)
	if !ok {
		return Position{}
	}
	p := Position{Known: true, Stepped: v.Stepped(), Cycle: l.Sub.Cycle, Users: l.Users, Billed: l.Billed, Tier: tier}
	p.Bill, p.BillSteps = l.explained(v, l.Billed)
	p.ToDrop = max(l.Users-(tier.From-1), 0)
	if tier.From > 1 {
		p.StepDown = l.step(v, tier.From-1)
	}
	if tier.To > 0 {
		p.Headroom = tier.To - l.Users
		p.StepUp = l.step(v, tier.To)
	}
	p.Licensed, _ = v.Tier(l.Licensed)
	if price, seats, sold := v.Unused(l.Licensed, l.Users); sold {
		for _, f := range l.factors {
			price = price.Mul(f.By)
		}
		p.Unused, p.UnusedFor = l.rates.In(price.Round(v.Currency(), money.HalfUp)), seats
	}
	return p
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
	for _, v := range l.Timeline(pricing.Annual).Versions() {
		if !v.Stepped() {
			return true
		}
	}
	return slices.ContainsFunc(days, l.cannotUpgrade)
}

// cannotUpgrade reports whether an upgrade on a day may have no price.
func (l *Line) cannotUpgrade(d date.Date) bool {
	v, _ := l.Timeline(pricing.Annual).At(d)
	return v == nil || EndsWithDataCenter(l.Sub) && d.After(LastExpansion)
}

// Rungs returns the tiers of the line's annual price of today, up to two
// beyond its paid quantity; nil without a known price.
func (l *Line) Rungs() []pricing.Range {
	v, _ := l.Timeline(pricing.Annual).At(l.asOf)
	if v == nil {
		return nil
	}
	var out []pricing.Range
	for n, beyond := v.Begins(), 0; beyond <= 2; {
		tier, ok := v.Tier(n)
		if !ok {
			break
		}
		out = append(out, tier)
		if tier.To == 0 {
			break
		}
		if n = tier.To + 1; n > l.Billed {
			beyond++
		}
	}
	return out
}
