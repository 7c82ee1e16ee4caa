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
	total := money.Zero(l.AsIs.Currency())
	for _, b := range bills {
		total = total.Add(l.Raised(b, rise, 1))
	}
	return total
}

// Raised returns what a bill of the line comes to when its price has risen by a
// part of it so many times: rounded once in its own currency, then converted. What
// is quoted does not rise.
func (l *Line) Raised(b Bill, rise money.Exact, times int) money.Amount {
	if b.offer != nil {
		return b.Amount
	}
	exact := b.Own.Exact()
	for range times {
		exact = exact.Mul(money.Int(1).Add(rise))
	}
	return l.rates.In(exact.Round(b.Own.Currency(), money.HalfUp))
}
