package costing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// What a price answers by itself, for any quantity: what a bill, a year or an
// upgrade would cost, and where its tiers end.

// Timeline returns the list prices over time in a cycle.
func (p *Price) Timeline(c pricing.Cycle) *pricing.Timeline { return p.lists[c] }

// held reports whether it is a contract price that no list tells the ratio of:
// no other quantity is known.
func (p *Price) held() bool { return p.kind == agreed }

// today returns the list price in force on as-of in the cycle of today.
func (p *Price) today() (*pricing.Version, diag.Reason) { return p.lists[p.cycle].At(p.asOf) }

// billToday returns one full bill for n users at today's price.
func (p *Price) billToday(n int) (Bill, diag.Reason) {
	v, why := p.today()
	if v == nil {
		return Bill{}, why
	}
	return p.billAt(v, n)
}

// billAt returns one full bill for n users at a price.
func (p *Price) billAt(v *pricing.Version, n int) (Bill, diag.Reason) {
	b := Bill{Billed: Billed{Cycle: p.cycle, Version: v, Quantity: n}}
	why := p.fill(&b)
	return b, why
}

// BillAt returns one full bill for n users at a list price; unknown where a
// contract price has no list.
func (p *Price) BillAt(v *pricing.Version, n int) money.Amount {
	if p.held() {
		return money.Amount{}
	}
	b, _ := p.billAt(v, n)
	return b.Amount
}

// BillOn returns one full bill of a cycle for n users at the list in force on a
// day; unknown where no list says.
func (p *Price) BillOn(c pricing.Cycle, d date.Date, n int) money.Amount {
	v, _ := p.lists[c].At(d)
	if v == nil || p.held() {
		return money.Amount{}
	}
	a, _ := p.amount(Billed{Cycle: c, Version: v, Quantity: n})
	return a
}

// YearAt returns twelve months for n users at today's price and cycle; unknown
// where no list says.
func (p *Price) YearAt(n int) money.Amount {
	if p.held() {
		return money.Amount{}
	}
	b, _ := p.billToday(n)
	return b.Amount.Times(p.cycle.Bills())
}

// UpgradeAt returns what raising the paid quantity on a day costs for the days
// left of an annual term, 365 at most, at the price in force that day; never less
// than 0 (METHOD 3.8).
func (p *Price) UpgradeAt(d date.Date, paid, users, days int) money.Amount {
	v, _ := p.lists[pricing.Annual].At(d)
	if v == nil || p.held() {
		return money.Amount{}
	}
	a, _ := p.amount(Billed{Cycle: pricing.Annual, Version: v, Quantity: users, Previous: paid, Days: min(days, daysOfYear), Of: daysOfYear})
	return a
}

// step returns bill(top+1) - bill(top), of rounded bills (METHOD 2.16).
func (p *Price) step(v *pricing.Version, top int) money.Amount {
	return p.BillAt(v, top+1).Sub(p.BillAt(v, top))
}

// Reaches returns the users that are paid for with n: the top of the whole
// tier where the list of today sells tiers, else n; open where there is no top.
func (p *Price) Reaches(n int) (top int, open bool) {
	v, _ := p.today()
	if v == nil || p.held() || !v.Stepped() || n <= 0 {
		return n, false
	}
	tier, ok := v.Tier(n)
	if !ok {
		return n, false
	}
	return tier.To, tier.To == 0
}

// Tops returns the tier tops, up to limit, of every price a bill may use in a
// cycle: where the cost as a function of users may jump.
func (p *Price) Tops(c pricing.Cycle, limit int) []int {
	var out []int
	for _, v := range p.lists[c].Versions() {
		out = append(out, v.Tops(limit)...)
	}
	return out
}

// movesIn reports whether the price changes after as-of and before a term ends.
func (p *Price) movesIn(term Term) bool {
	if p.held() {
		return len(p.announced) > 0 && p.announced[0].Effective.Before(term.End)
	}
	_, _, moves := p.lists[p.cycle].LastChange(p.asOf, term.End.AddDays(-1))
	return moves
}

// explained returns one full bill for n users at a price, with its calculation.
func (p *Price) explained(v *pricing.Version, n int) (money.Amount, []pricing.Step) {
	return p.steps(Billed{Cycle: p.cycle, Version: v, Quantity: n})
}
