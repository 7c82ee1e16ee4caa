package costing

import (
	"fmt"

	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Explain returns the calculation behind bills of the line, step by step: the
// list price tier by tier, licence type and discount or the contract's ratio,
// days, rounding. Equal bills are explained once and multiplied. The amounts
// of all steps add up to the total of the bills exactly.
func (l *Line) Explain(bills []Bill) []pricing.Step {
	var out []pricing.Step
	for i := 0; i < len(bills); {
		n := 1
		for i+n < len(bills) && sameBill(bills[i], bills[i+n]) {
			n++
		}
		out = append(out, times(l.explainBill(bills[i]), n, bills[i], len(bills) > 1)...)
		i += n
	}
	return out
}

// ExplainCurrent returns the calculation behind Current: one bill at today's
// price and paid quantity, times the bills of a year. Nil where it is unknown.
func (l *Line) ExplainCurrent() []pricing.Step {
	if !l.Current.Known() {
		return nil
	}
	var steps []pricing.Step
	switch bill, _ := l.currentBill(); {
	case l.ElsewhereCharged():
		steps = l.explainBill(l.CombinedBill(l.carrier, l.currency)[0])
	case l.Sub.ContractPrice.Known():
		r := pricing.Explaining()
		r.Fixed(l.Sub.ContractPrice.Exact(), "contract price")
		l.rates.convert(r, l.Sub.ContractPrice)
		steps, _ = r.Steps()
	default:
		steps = l.explainBill(bill)
	}
	if n := l.Sub.Cycle.Bills(); n > 1 {
		for i := range steps {
			steps[i].Amount = steps[i].Amount.MulInt(n)
			steps[i].Note += fmt.Sprintf("; %d bills", n)
		}
	}
	return steps
}

func sameBill(a, b Bill) bool {
	return a.Billed == b.Billed && a.Amount == b.Amount && a.Previous == 0
}

// times multiplies the steps of one bill by n and says so.
func times(steps []pricing.Step, n int, b Bill, several bool) []pricing.Step {
	if !several {
		return steps
	}
	for i := range steps {
		steps[i].Amount = steps[i].Amount.MulInt(n)
		if n > 1 {
			steps[i].Note += fmt.Sprintf("; %d bills from %s", n, b.Date)
		} else {
			steps[i].Note += fmt.Sprintf("; bill of %s", b.Date)
		}
	}
	return steps
}

// explainBill walks the way to a bill again and keeps its steps; nil where that
// does not lead to its amount.
func (l *Line) explainBill(b Bill) []pricing.Step {
	if b.carrier != nil {
		return []pricing.Step{{Note: "combined with " + b.carrier.Name() + " on " + b.carrier.Sub.Site}}
	}
	amount, steps := l.steps(b.Billed)
	if amount != b.Amount {
		return nil
	}
	return steps
}

// steps returns a bill with its calculation; unknown, and none, where either is
// not known.
func (p *Price) steps(b Billed) (money.Amount, []pricing.Step) {
	r := pricing.Explaining()
	amount, _, why := p.reckon(r, b)
	steps, err := r.Steps()
	if err != nil || why.Given() {
		return money.Amount{}, nil
	}
	return amount, steps
}
