package costing

import (
	"cmp"

	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// paidFrom is a quantity paid for from a day on.
type paidFrom struct {
	date     date.Date
	quantity int
}

// path returns the quantity paid for over an annual term: at the renewal, and
// from every planned rise above it. A later fall frees nothing.
func (l *Line) path(c Choice) []paidFrom {
	start := max(l.UsersOn(l.Term.Start, c.Removed), l.floor(c, l.Term.Start))
	switch {
	case l.accepts(c):
		start = max(start, l.Offer.Users)
	case c.Locked && !c.RightSize:
		start = max(start, cmp.Or(c.Quantity, l.quoteQuantity()))
	case !c.RightSize && l.Sub.Cycle == pricing.Annual:
		start = max(start, l.Sub.Licensed)
	}
	out := []paidFrom{{l.Term.Start, start}}
	for _, d := range l.changeDates() {
		if n := max(l.UsersOn(d, c.Removed), l.floor(c, d)); n > out[len(out)-1].quantity {
			out = append(out, paidFrom{d, n})
		}
	}
	return out
}

// floor returns the quantity the annual host rows of a linked app bind it to
// on a day (METHOD 3.7; Data Center compares tier tops, METHOD 8.4).
func (l *Line) floor(c Choice, d date.Date) int {
	return sumOf(l.hosts, func(h *Line) int {
		hc, chosen := c.Hosts[h]
		if !chosen {
			hc = Choice{Cycle: h.Sub.Cycle, Removed: c.Removed} // what it renews for binds, at whatever price
		}
		if hc.Cycle != pricing.Annual {
			return 0
		}
		return h.binds(hc, d)
	})
}

// binds returns the quantity an annual host row binds its apps to on a day.
// Until the host's own renewal that is what it pays for in the term before.
func (l *Line) binds(c Choice, d date.Date) int {
	if l.Charge() != nil {
		return 0 // a licence for people over several sites says nothing of one site
	}
	if l.Term.Start.IsZero() || d.Before(l.Term.Start) {
		if c.Before != nil {
			return c.Before.Line.binds(c.Before.Choice, d)
		}
		if l.Sub.Cycle != pricing.Annual {
			return 0
		}
		return l.bindsToday(d)
	}
	n := 0
	for _, p := range l.path(c) {
		if !p.date.After(d) {
			n = p.quantity
		}
	}
	return l.bindingTop(n, l.Term.Start)
}

// bindsToday returns what an annual host row binds its apps to before it
// renews.
func (l *Line) bindsToday(d date.Date) int {
	if l.Charge() != nil {
		return 0
	}
	return l.bindingTop(max(l.Users, l.Sub.Licensed), d)
}

// bindingTop returns the quantity itself on Cloud, and the top of its tier in
// the host's own table on Data Center; the quantity where the tier is open or
// the table unknown.
func (l *Line) bindingTop(n int, d date.Date) int {
	if l.Sub.Hosting == pricing.Cloud {
		return n
	}
	if v, _ := l.Timeline(pricing.Annual).At(d); v != nil {
		if t, ok := v.Tier(n); ok && t.To > 0 {
			return t.To
		}
	}
	return n
}

// PaidOn returns the quantity the line pays for on a day of its coming term,
// as is.
func (l *Line) PaidOn(d date.Date) int {
	if l.Sub.Cycle == pricing.Monthly || l.Sub.Basis == estate.Fixed {
		return l.UsersOn(d, nil)
	}
	path := l.path(Choice{Cycle: pricing.Annual})
	n := path[0].quantity
	for _, p := range path[1:] {
		if !p.date.After(d) {
			n = p.quantity
		}
	}
	return n
}
