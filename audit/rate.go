package audit

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Rate returns the severity of an amount to be acted on by a day; no date for
// none. It follows the money and the deadline by the table in the policy: with
// the defaults, an amount of 5 % or more of the as-is total is high, one of 1 %
// or more medium, anything less low, and two weeks or less to act make it one
// step more severe. A finding without an amount has the severity of its rule,
// and so has one whose amount is in another currency than the total. In a bundle
// held for a number in doubt an amount rests on that number and raises nothing
// (METHOD 9.12).
func (p *Pass) Rate(amount money.Amount, by date.Date) Severity {
	switch {
	case !amount.Known() || amount.Sign() == 0 || p.Held().Kind == diag.InDoubt:
		return Low
	case amount.Currency() != p.Costs.Currency:
		return p.Hasten(p.Rule.Severity, by)
	}
	worth := amount.Exact()
	if worth.Sign() < 0 {
		worth = worth.Neg()
	}
	total := p.Plan.Totals.AsIs.Exact()
	table := &p.Policy.Severity
	s := Low
	switch {
	case worth.Cmp(total.Mul(table.High)) >= 0:
		s = High
	case worth.Cmp(total.Mul(table.Medium)) >= 0:
		s = Medium
	}
	return p.Hasten(s, by)
}

// Hasten makes a severity one step higher when the day to act by is as near as
// the table in the policy says (two weeks with the defaults); no date changes
// nothing.
func (p *Pass) Hasten(s Severity, by date.Date) Severity {
	if !by.IsZero() && by.Sub(p.AsOf) <= p.Policy.Severity.UrgentDays {
		s++
	}
	return min(s, Critical)
}
