package plan

import (
	"slices"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// hold makes the decision on a bundle whose numbers of users are in doubt: it
// renews as is, and asks for a quote only where the quote is right whichever of
// the numbers is. What would be saved if its sources were right is worked out
// beside it and claimed nowhere (METHOD 9.11).
func hold(c *costing.Costs, b *costing.Bundle, policy *config.Policy) *Decision {
	asIs := Evaluate(b, nil, Keep, Freedom{}, c.Currency)
	d := &Decision{Bundle: b, Held: b.Held(), Removed: make([]int, len(b.Products)), AsIs: asIs, RightSize: asIs, CleanUp: asIs, Switched: asIs, Quoted: asIs}
	d.NoSwitch = d.Held[0]
	for i := range d.barred {
		d.barred[i] = d.NoSwitch
	}
	if !policy.NoQuotes && !b.Unclaimable().Given() && slices.ContainsFunc(b.Lines, func(l *costing.Line) bool { return l.Counted() && l.Quote.Possible }) {
		d.Quoted = quotesThatHold(c, b)
	}
	d.NotClaimed, d.NotClaimedReason = notClaimed(c, b, policy)
	return d
}

// notClaimed returns the hard saving of the bundle on its sources' own counts,
// quotes apart, or why that is not known.
func notClaimed(c *costing.Costs, b *costing.Bundle, policy *config.Policy) (money.Amount, diag.Reason) {
	sure := c.Recount(b, b.Counted())
	for _, x := range []*costing.Bundle{b, sure} { // the counts may bring a price without a rate
		if why := x.Unclaimable(); why.Given() {
			return money.Amount{}, why
		}
	}
	free := decide(sure, policy, c.Currency)
	for i, l := range b.Lines {
		if other := free.Bundle.Lines[i]; l.Counted() && !other.Counted() {
			return money.Amount{}, other.Reason
		}
	}
	return free.AsIs.Total.Sub(free.Switched.Total), diag.Reason{}
}

// quotesThatHold returns the best outcome of a held bundle: every row renews in
// its licensed tier, and a quote is taken that can be had and costs no more
// whichever of the known numbers of users is right.
func quotesThatHold(c *costing.Costs, b *costing.Bundle) *Outcome {
	var others []*costing.Bundle
	var figures [][]int
	for _, p := range b.Products {
		figures = append(figures, p.Figures())
	}
	walk(figures, func(pos []int) {
		others = append(others, c.Recount(b, pick(figures, pos)))
	})
	e := evaluation{bundle: b, removed: nil, cycle: Keep, free: Freedom{Quotes: true}, currency: c.Currency}
	e.may = func(l *costing.Line, quote costing.Choice) bool {
		i := slices.Index(b.Lines, l)
		return !slices.ContainsFunc(others, func(o *costing.Bundle) bool { return !holdsFor(o.Lines[i], quote.Quantity) })
	}
	e.hosts(0, nil)
	return e.best
}

// holdsFor reports whether a quote for so many users can be had for a line that
// else renews as is, and costs no more than that.
func holdsFor(l *costing.Line, users int) bool {
	asIs := costing.Choice{Cycle: pricing.Annual}
	quote := costing.Choice{Cycle: pricing.Annual, Locked: true, Quantity: users}
	was, now := l.Cost(asIs), l.Cost(quote)
	return l.CanLock(quote) && now.Known() && was.Known() && !was.Less(now)
}
