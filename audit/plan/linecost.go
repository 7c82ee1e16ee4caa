package plan

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/money"
)

// Choice returns what is decided for a line by itself; for one that is paid for
// with other sites what it would have been, without a quote.
func (p *Plan) Choice(l *costing.Line) costing.Choice {
	d, i := p.Decision(l.Bundle), slices.Index(l.Bundle.Lines, l)
	if p.Combination(l) != nil {
		return d.Switched.Choices[i]
	}
	return d.Quoted.Choices[i]
}

// Recommended returns the cost of a line under the plan; unknown for a line
// in no total.
func (p *Plan) Recommended(l *costing.Line) money.Amount {
	if m := p.Combination(l); m != nil {
		return m.cost(l)
	}
	return p.separate(l)
}

// separate returns the cost of a line that renews for itself, with the quotes
// as decided.
func (p *Plan) separate(l *costing.Line) money.Amount {
	if !l.Counted() {
		return money.Amount{}
	}
	d := p.Decision(l.Bundle)
	return d.Quoted.Costs[slices.Index(l.Bundle.Lines, l)]
}

// Unquoted returns the cost of a line that renews for itself before any quote
// is taken; unknown for a line in no total.
func (p *Plan) Unquoted(l *costing.Line) money.Amount {
	if !l.Counted() {
		return money.Amount{}
	}
	d := p.Decision(l.Bundle)
	return d.Switched.Costs[slices.Index(l.Bundle.Lines, l)]
}

// Split returns what the plan saves on a line as hard saving and as avoidance;
// unknown for a line in no total. Another line's quote may hold a line's tier,
// and a line that is paid for with other sites has no quote, so either may be
// negative; over all lines they add up to the totals.
func (p *Plan) Split(l *costing.Line) (hard, avoidance money.Amount) {
	if !l.Counted() {
		return money.Amount{}, money.Amount{}
	}
	avoidance = money.Zero(l.AsIs.Currency())
	if p.Combination(l) == nil {
		avoidance = p.Unquoted(l).Sub(p.separate(l))
	}
	return l.AsIs.Sub(p.Recommended(l)).Sub(avoidance), avoidance
}

// Renewal returns how a line is paid for under the plan: the line whose price
// it is, which is another one for an app that is paid for with other sites,
// and its bills; none where they are not known.
func (p *Plan) Renewal(l *costing.Line) (*costing.Line, []costing.Bill) {
	if m := p.Combination(l); m != nil {
		if l == m.Lines[0] {
			bills, _ := m.Line.Bills(m.Choice)
			return m.Line, bills
		}
		return l, l.CombinedBill(m.Lines[0], m.Combined.Currency())
	}
	if !l.Counted() {
		return l, nil
	}
	bills, _ := l.Bills(p.Choice(l))
	return l, bills
}
