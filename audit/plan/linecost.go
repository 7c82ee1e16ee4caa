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
	before := p.Stages(l).MultiInstance
	return l.AsIs.Sub(before), before.Sub(p.Recommended(l))
}

// Stages are the costs of a line after each step of the bridge but the quotes; over
// all counted lines they differ by the steps of the bridge.
type Stages struct {
	RightSize, CleanUp, Cycle money.Amount
	MultiInstance             money.Amount // before any quote: one that is paid for with other sites takes none
}

// Stages returns the costs of a line on the way to what is recommended; unknown for a
// line in no total.
func (p *Plan) Stages(l *costing.Line) Stages {
	if !l.Counted() {
		return Stages{}
	}
	d, i := p.Decision(l.Bundle), slices.Index(l.Bundle.Lines, l)
	out := Stages{RightSize: d.RightSize.Costs[i], CleanUp: d.CleanUp.Costs[i], Cycle: d.Switched.Costs[i], MultiInstance: d.Switched.Costs[i]}
	if p.Combination(l) != nil {
		out.MultiInstance = p.Recommended(l)
	}
	return out
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
