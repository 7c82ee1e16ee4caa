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
	b := Bill{Quantity: l.Paid, Amount: l.Sub.ContractPrice}
	if !b.Amount.Known() && l.with == nil {
		b.Amount, _ = l.currentPrice()
		b.Version, _ = l.Timeline(l.Sub.Cycle).At(l.asOf)
	}
	steps := l.explainBill(b)
	if n := l.Sub.Cycle.Bills(); n > 1 {
		for i := range steps {
			steps[i].Amount = steps[i].Amount.MulInt(n)
			steps[i].Note += fmt.Sprintf("; %d bills", n)
		}
	}
	return steps
}

// explainAt returns the calculation of one full bill for n users at a price; nil
// where its amount is unknown.
func (l *Line) explainAt(v *pricing.Version, n int, amount money.Amount) []pricing.Step {
	if !amount.Known() {
		return nil
	}
	return l.explainBill(Bill{Quantity: n, Amount: amount, Version: v})
}

func sameBill(a, b Bill) bool {
	return a.Amount == b.Amount && a.Quantity == b.Quantity && a.Version == b.Version && a.Previous == 0 && b.Previous == 0
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

func (l *Line) explainBill(b Bill) []pricing.Step {
	if l.with != nil {
		return []pricing.Step{{Note: "combined with " + l.with.Name() + " on " + l.with.Sub.Site}}
	}
	if b.Version == nil {
		note := "contract price"
		if b.Amount != l.Sub.ContractPrice {
			note = "contract price " + l.Sub.ContractPrice.Grouped() + " with the announced changes"
		}
		if b.Days > 0 {
			note += fmt.Sprintf(", %d of %d days", b.Days, b.period())
		}
		return []pricing.Step{{Amount: b.Amount.Exact(), Note: note}}
	}
	steps, _ := b.Version.Explain(b.Quantity) // adds up by the tests of pricing
	list := add(steps)
	if b.Previous > 0 {
		old, _ := b.Version.Price(b.Previous)
		steps = append(steps, pricing.Step{Amount: old.Neg(), Note: fmt.Sprintf("less the price for the %s users already paid for", money.Count(b.Previous))})
		list = list.Sub(old)
	}
	steps = append(steps, l.factorSteps(list)...)
	exact := list.Mul(l.factor)
	if b.Days > 0 {
		part := exact.Mul(money.Ratio(int64(b.Days), int64(b.period())))
		steps = append(steps, pricing.Step{Amount: part.Sub(exact), Note: fmt.Sprintf("%d of %d days", b.Days, b.period())})
		exact = part
	}
	if rest := b.Amount.Exact().Sub(exact); rest.Sign() != 0 {
		note := "rounding"
		if b.Previous > 0 && b.Amount.Sign() == 0 && exact.Sign() < 0 {
			note = "nothing is given back for adding users"
		}
		steps = append(steps, pricing.Step{Amount: rest, Note: note})
	}
	return steps
}

// factorSteps explains what comes between the list price and the bill.
func (l *Line) factorSteps(list money.Exact) []pricing.Step {
	one := money.Int(1)
	if l.Sub.ContractPrice.Known() {
		if l.factor.Cmp(one) == 0 {
			return nil
		}
		return []pricing.Step{{Amount: list.Mul(l.factor.Sub(one)),
			Note: "contract price held in its ratio to the list, " + l.factor.Percent() + " (an assumption)"}}
	}
	var out []pricing.Step
	factor := l.policy.LicenceFactors[l.Sub.Hosting.String()][l.Sub.LicenceType]
	if factor.Cmp(one) != 0 {
		out = append(out, pricing.Step{Amount: list.Mul(factor.Sub(one)), Note: fmt.Sprintf("licence type %s, %s of list", l.Sub.LicenceType, factor.Percent())})
	}
	if l.Sub.Discount.Sign() != 0 {
		out = append(out, pricing.Step{Amount: list.Mul(factor).Mul(l.Sub.Discount).Neg(), Note: "discount " + l.Sub.Discount.Percent()})
	}
	return out
}

func add(steps []pricing.Step) money.Exact {
	total := money.Exact{}
	for _, s := range steps {
		total = total.Add(s.Amount)
	}
	return total
}
