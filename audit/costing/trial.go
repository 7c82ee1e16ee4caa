package costing

import (
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
)

// trials prices every subscription on trial as if it were active (METHOD 1.10).
// Each is priced by itself, beside the active rows of its bundle, whose
// licences bind it; an app meets the host it is linked to even where that is
// on trial too, since it can only convert with it. Nothing of this enters a
// bundle, a total or a diagnostic: a trial is a question, not a cost.
func (b *builder) trials() []*Line {
	aside := builder{Input: b.Input, policy: b.policy, rates: b.rates, costs: &Costs{AsOf: b.AsOf, Currency: b.costs.Currency}}
	var out []*Line
	for _, kind := range []estate.Kind{estate.ProductKind, estate.AppKind} {
		for i := range b.Estate.Subscriptions {
			if s := &b.Estate.Subscriptions[i]; s.Status == estate.SubTrial && s.Kind == kind {
				out = append(out, aside.trial(i, b.costs.Bundles, out))
			}
		}
	}
	slices.SortStableFunc(out, func(x, y *Line) int { return x.Sub.Compare(y.Sub) })
	return out
}

// trial prices one subscription as if it were active; hosts are the trials
// priced before it, products first.
func (b *builder) trial(index int, bundles []*Bundle, hosts []*Line) *Line {
	s := &b.Estate.Subscriptions[index]
	bundle := b.newBundle(s)
	for _, active := range bundles {
		if active.holds(s) {
			bundle.Lines = slices.Clone(active.Lines)
		}
	}
	for _, h := range hosts {
		if s.Kind == estate.AppKind && h.Sub.Key == s.Host && h.Bundle.ID() == bundle.ID() {
			bundle.Lines = append(bundle.Lines, h)
		}
	}
	l := &Line{Sub: s, Index: index, Bundle: bundle, policy: b.policy, asOf: b.AsOf}
	b.measure(l)
	var ended diag.Reason
	if start, ends := b.noTerm(s); ends {
		ended = diag.Why(diag.NotSold, "it would renew on %s, after Data Center ends on %s, so it has no coming term", start.Short(), EndOfLife.Short())
	}
	b.settle(l, bundle.products(), ended)
	return l
}
