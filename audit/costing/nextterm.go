package costing

import "slices"

// NextTerm works out every line again in the term after its coming one. It
// says what the estate costs then as it is planned today; nobody knows the
// prices vendors will announce until then.
func NextTerm(in Input, c *Costs) *Costs {
	e := *in.Estate
	e.Quotes = nil // they are for the coming term
	e.Subscriptions = slices.Clone(e.Subscriptions)
	for _, l := range c.Lines {
		if s := &e.Subscriptions[l.Index]; !s.Renewal.IsZero() {
			s.Renewal = l.Sub.Renewal.AddMonths(months(l.Sub.Renewal, l.Term.Start) + 12)
		}
	}
	in.Estate = &e
	return Build(in)
}
