package costing

import (
	"fmt"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// agree makes the price of a contract. Its ratio to the list of what is
// licensed is held for other quantities (METHOD 2.12 to 2.14); without such a
// list it is known for today's quantity only. It is net: no discount, licence
// type or rounding up on top.
func (b *builder) agree(l *Line, p *Price) {
	s := l.Sub
	p.kind, p.contract = agreed, s.ContractPrice
	for _, c := range b.Book.Changes(s.PricePlan, s.Hosting) {
		if c.Effective.After(b.AsOf) {
			p.announced = append(p.announced, c)
		}
	}
	if s.Basis == estate.Fixed {
		return
	}
	if s.HasDiscount {
		b.costs.Diagnostics.Add(diag.Warning, s.Source,
			fmt.Sprintf("%s has a contract_price and a discount: the contract price is net, so the discount is not applied", s.DisplayName()), "remove one of the two")
	}
	v, _ := p.today()
	if v == nil || v.Currency() != s.ContractPrice.Currency() {
		return
	}
	list, ok := v.Price(l.Licensed)
	if !ok || list.Sign() == 0 {
		return
	}
	p.kind = listed
	if ratio := s.ContractPrice.Exact().Div(list); ratio.Cmp(money.Int(1)) != 0 {
		p.factors = []pricing.Factor{{By: ratio, Note: "contract price held in its ratio to the list, " + ratio.Percent() + " (an assumption)"}}
	}
}

// reckonAgreed adds a contract price with the announced percentages that are
// in it.
func (p *Price) reckonAgreed(r *pricing.Reckoning, b Billed) diag.Reason {
	r.Fixed(p.contract.Exact(), "contract price")
	for _, c := range p.announced {
		if c.Effective.After(b.until) || c.Effective == b.escaped {
			continue
		}
		if c.NewPlan != "" {
			return diag.Why(diag.NoContract, "the contract moves to plan %q on %s, at a price nobody has stated", c.NewPlan, c.Effective)
		}
		r.Times(pricing.Factor{By: money.Int(1).Add(c.Percent), Note: "announced price change of " + c.Effective.Short() + ", " + c.Percent.SignedPercent()})
	}
	return diag.Reason{}
}

// latest returns the day of the latest announced change up to a day; zero when
// there is none.
func (p *Price) latest(d date.Date) date.Date {
	var out date.Date
	for _, c := range p.announced {
		if !c.Effective.After(d) {
			out = c.Effective
		}
	}
	return out
}

// OnlyAgreed reports whether a contract price is all that is known of what the line
// costs: no list tells what other users than those it is for would (METHOD 2.13).
func (l *Line) OnlyAgreed() bool {
	return l.kind == agreed && l.Sub.Basis != estate.Fixed && l.contract.Sign() != 0
}

// agreedBills returns the bills of a contract price without a list: known only
// while the as-is quantity is today's (METHOD 2.13), raised by announced
// percentages (METHOD 2.14). What the plan removes changes nothing: quantities only
// fall there, and the amount stays.
func (l *Line) agreedBills(c Choice) ([]Bill, diag.Reason) {
	var out []Bill
	for i := range c.Cycle.Bills() {
		d := l.Term.Start
		if c.Cycle == pricing.Monthly {
			d = l.Term.monthly[i]
		}
		if i == 0 && l.quoted(c) {
			bill, why := l.offered(c, l.agreedQuantity(c, d))
			if why.Given() {
				return nil, why
			}
			out = append(out, bill)
			continue
		}
		if n := l.agreedQuantity(c, d); n > l.Licensed {
			return nil, l.agreedOnly(n, d)
		}
		b := Bill{Date: d, Billed: Billed{Cycle: c.Cycle, Quantity: l.Licensed}}
		if !c.today {
			b.until = l.latest(d)
		}
		if c.Locked {
			b.escaped = l.Quote.Change
		}
		if days, cut := l.termDays(); cut && c.Cycle == pricing.Annual {
			b.Days, b.Of = days, daysOfYear
		}
		if why := l.fill(&b); why.Given() {
			return nil, why
		}
		out = append(out, b)
	}
	if c.Cycle == pricing.Annual && l.Sub.Basis != estate.Fixed {
		for _, p := range l.path(Choice{Cycle: c.Cycle, today: c.today})[1:] {
			return nil, l.agreedOnly(p.quantity, p.date)
		}
	}
	return out, diag.Reason{}
}

func (l *Line) agreedOnly(n int, d date.Date) diag.Reason {
	return diag.Why(diag.Bound, "the contract price is for %d users, not for the %d of %s, and no list tells the ratio", l.Licensed, n, d)
}

// agreedQuantity returns the as-is quantity of a contract price on a day.
func (l *Line) agreedQuantity(c Choice, d date.Date) int {
	switch {
	case l.Sub.Basis == estate.Fixed:
		return l.Licensed
	case l.Sub.Cycle == pricing.Annual:
		return l.path(Choice{Cycle: pricing.Annual, today: c.today})[0].quantity
	}
	return l.UsersOn(d, nil)
}
