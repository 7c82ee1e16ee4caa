package costing

import "tierline/audit/money"

// FollowsGrowth reports whether a rise nobody has announced is to be expected
// of the line: it is an app, and no change of its price is known after as-of
// and before its term ends (METHOD 11.2).
func (l *Line) FollowsGrowth() bool { return !l.IsHost() && !l.PriceMoves() }

// Grown returns the as-is cost of the line when the prices of apps without an
// announced change rise by a part of them, each bill rounded; of every other line what
// as is costs. It is unknown when as is is.
func (l *Line) Grown(rise money.Exact) money.Amount {
	if !l.AsIs.Known() || !l.FollowsGrowth() {
		return l.AsIs
	}
	bills, _ := l.Bills(Choice{Cycle: l.Sub.Cycle})
	factor := money.Int(1).Add(rise)
	total := money.Zero(l.AsIs.Currency())
	for _, b := range bills {
		if b.offer != nil {
			total = total.Add(b.Amount) // what is quoted does not rise
			continue
		}
		total = total.Add(l.rates.In(b.Own.Exact().Mul(factor).Round(b.Own.Currency(), money.HalfUp)))
	}
	return total
}
