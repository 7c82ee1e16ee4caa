package plan

import (
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// LineChange is what an action changes on one line.
type LineChange struct {
	Line          *costing.Line
	Before, After money.Amount
	From, To      int // quantity paid for at the renewal

	choices [2]costing.Choice // how the line is bought before and after
	into    *Combination      // after: paid for with other sites
}

// Steps returns the calculations behind the two amounts.
func (c LineChange) Steps() (before, after []pricing.Step) {
	before = explain(c.Line, c.choices[0])
	switch {
	case c.into == nil:
		after = explain(c.Line, c.choices[1])
	case c.Line == c.into.Lines[0]:
		after = c.into.Steps()
	default:
		after = []pricing.Step{{Note: c.into.PaidElsewhere()}}
	}
	return before, after
}

// explain returns the calculation of a line's bills under a choice; nil where
// they are not known.
func explain(l *costing.Line, c costing.Choice) []pricing.Step {
	bills, why := l.Bills(c)
	if why.Given() {
		return nil
	}
	return l.Explain(bills)
}

// changes lists the lines in a total that cost something else in two stages of the
// decision.
func (d *Decision) changes(before, after *Outcome) []LineChange {
	var out []LineChange
	for i, l := range d.Bundle.Lines {
		if l.Counted() && before.Costs[i] != after.Costs[i] {
			out = append(out, LineChange{Line: l, Before: before.Costs[i], After: after.Costs[i],
				From: firstQuantity(l, before.Choices[i]), To: firstQuantity(l, after.Choices[i]), choices: [2]costing.Choice{before.Choices[i], after.Choices[i]}})
		}
	}
	return out
}

func firstQuantity(l *costing.Line, c costing.Choice) int {
	bills, why := l.Bills(c)
	if why.Given() || len(bills) == 0 {
		return 0
	}
	return bills[0].Quantity
}

// deadline returns the last day before the first of the changed lines renews,
// but never a day before as-of (METHOD 9.7).
func deadline(lines []LineChange, asOf date.Date) date.Date {
	var first date.Date
	for _, c := range lines {
		if first.IsZero() || c.Line.Term.Start.Before(first) {
			first = c.Line.Term.Start
		}
	}
	return date.Max(first.AddDays(-1), asOf)
}
