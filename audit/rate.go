package audit

import (
	"tierline/audit/date"
	"tierline/audit/money"
)

// Severity follows the money and the deadline. A finding worth 5 % or more of
// the as-is total is high, 1 % or more medium, anything less low; with two
// weeks or less to act it is one step more severe. A finding without an
// amount has the severity of its rule.
var (
	highShare   = money.Ratio(5, 100)
	mediumShare = money.Ratio(1, 100)
)

// urgentDays is how close a deadline must be to raise the severity.
const urgentDays = 14

// Rate returns the severity of an amount to be acted on by a day; no date for
// none.
func (p *Pass) Rate(amount money.Amount, by date.Date) Severity {
	if !amount.Known() || amount.Sign() == 0 {
		return Low
	}
	worth := amount.Exact()
	if worth.Sign() < 0 {
		worth = worth.Neg()
	}
	total := p.Plan.Totals.AsIs.Exact()
	s := Low
	switch {
	case worth.Cmp(total.Mul(highShare)) >= 0:
		s = High
	case worth.Cmp(total.Mul(mediumShare)) >= 0:
		s = Medium
	}
	if !by.IsZero() && by.Sub(p.AsOf) <= urgentDays {
		s++
	}
	return min(s, Critical)
}
