package audit

import (
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// BillTerms is how a price of a list becomes a bill.
type BillTerms = costing.Terms

// TierBills is what a workbook needs to work out again what a subscription costs
// around its tier: the list in force today, and full bills by it (METHOD 22.8).
type TierBills struct {
	Line  string // its id
	Cycle pricing.Cycle
	List  int // number of the price list in force; 0 where the list alone does not give the bills
	BillTerms
	Stated money.Currency // of the bills
	Below  money.Amount   // one user below the tier; unknown for the first tier
	First  money.Amount   // the first user of the tier
	Top    money.Amount   // its last user; unknown without limit
	Above  money.Amount   // one user above it; unknown where nothing is sold there

	bills map[int]money.Amount // by number of users, as the audit has them
}

// tiers lists the bills around the tier of each line that stands in one.
func (b *whatIfBuilder) tiers() []TierBills {
	var out []TierBills
	for _, bundle := range b.costs.Bundles {
		most := 0 // users that anybody looks a bill up for
		for _, l := range bundle.Lines {
			for _, rung := range l.Rungs() {
				most = max(most, rung.To)
			}
		}
		for _, l := range bundle.Lines {
			if p := l.Position(); p.Known {
				out = append(out, b.tier(l, &p, most))
			}
		}
	}
	return out
}

func (b *whatIfBuilder) tier(l *costing.Line, p *costing.Position, most int) TierBills {
	v, _ := l.Timeline(p.Cycle).At(b.AsOf)
	out := TierBills{Line: l.ID(), Cycle: p.Cycle, BillTerms: l.Terms(), Stated: p.Bill.Currency(), bills: map[int]money.Amount{p.Billed: p.Bill}}
	at := func(n int) money.Amount {
		amount := l.BillAt(v, n)
		if amount.Known() {
			out.bills[n] = amount
		}
		return amount
	}
	out.First = at(p.Tier.From)
	if p.Tier.From > 1 {
		out.Below = at(p.Tier.From - 1)
	}
	if p.Tier.To > 0 {
		out.Top, out.Above = at(p.Tier.To), at(p.Tier.To+1)
	}
	out.List = b.book.number(l, p.Cycle, costing.RecipePrice{List: v}, max(most, p.Billed, p.Tier.To+1))
	return out
}

// Gives reports whether the list alone gives a bill for so many users.
func (t *TierBills) Gives(lists []PriceList, users int, bill money.Amount) bool {
	if t.List == 0 || t.List > len(lists) || !bill.Known() {
		return false
	}
	p := lists[t.List-1].piece(users)
	return p != nil && t.Bill(p.Price(users), t.Cycle, bill.Currency()) == bill
}

// verify takes the list away where it does not give every bill as the audit has it.
func (t *TierBills) verify(lists []PriceList) {
	for n, amount := range t.bills {
		if !t.Gives(lists, n, amount) {
			t.List = 0
		}
	}
}
