package report

import (
	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Bills by formula from the price lists of the sheet Prices.

// listedFor is what a list says for so many users, who are on it.
func listedFor(list, users Term) Formula {
	at := lookUp(list, users)
	return F("{}+{}*{}", inPrices("base", at), inPrices("unit", at), users)
}

// asBill rounds a price with its factors as bills of a cycle are rounded.
func asBill(whole Formula, t *audit.BillTerms, c pricing.Cycle) Formula {
	if t.Up[c] {
		return F("ROUNDUP(ROUND({},8),0)", whole)
	}
	return rounded(whole, t.Priced)
}

// converted states a bill in a currency, by the rate beside it.
func converted(bill Formula, t *audit.BillTerms, rate Term, into money.Currency) Formula {
	if t.Priced == into {
		return bill
	}
	return rounded(F("{}*{}", bill, rate), into)
}

// tierBills finds what bills by a list of today follow from.
type tierBills map[string]*audit.TierBills // by the id of the subscription

func newTierBills(r *audit.Result) tierBills {
	out := tierBills{}
	for t := range each(r.WhatIf.Tiers) {
		out[t.Line] = t
	}
	return out
}

// live reports whether the list alone gives the bills of a subscription.
func (of tierBills) live(line string) bool { return of[line] != nil && of[line].List > 0 }

// bill is what so many users of a subscription are billed. The row of the formula has
// the columns of its list, factor and rate.
func (of tierBills) bill(line string, users Term) Formula {
	if !of.live(line) {
		return Formula{}
	}
	t := of[line]
	whole := F("({})*{}", listedFor(Here("list"), users), Here("factor"))
	return converted(asBill(whole, &t.BillTerms, t.Cycle), &t.BillTerms, Here("rate"), t.Stated)
}

// listTerms are the columns of what a bill by a list follows from: the list, its
// factor and its rate, each blank where no bill is worked out by it.
func listTerms[R any](of tierBills, line func(R) string) []Col[R] {
	show := func(cell func(*audit.TierBills) Cell) func(R) Cell {
		return func(row R) Cell {
			if !of.live(line(row)) {
				return T("")
			}
			return cell(of[line(row)])
		}
	}
	return []Col[R]{
		{ID: "list", Title: "Price list", Kind: Count, Width: 9, Aside: true, Note: "number of the list in force today, in Prices",
			Show: show(func(t *audit.TierBills) Cell { return N(t.List) })},
		{ID: "factor", Title: "Price factor", Kind: Decimal, Width: 14, Aside: true, Note: "licence type, discount or contract, by which a list price is multiplied",
			Show: show(func(t *audit.TierBills) Cell { return X(t.Factor) })},
		{ID: "rate", Title: "Rate", Kind: Decimal, Width: 12, Aside: true, Note: "from the currency of the list",
			Show: show(func(t *audit.TierBills) Cell {
				if t.Priced == t.Stated {
					return T("")
				}
				return X(t.Rate)
			})},
	}
}
