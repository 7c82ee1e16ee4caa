package costing

import (
	"time"

	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// The dates of the end of Data Center as Atlassian announced them (September
// 2025); Bitbucket and Bamboo are not concerned.
var (
	// LastNewCustomer is the last day on which new customers can buy.
	LastNewCustomer = date.New(2026, time.March, 30)
	// LastExpansion is the last day on which existing customers can expand.
	LastExpansion = date.New(2028, time.March, 30)
	// EndOfLife is the last day of Data Center: it is read-only from then on.
	EndOfLife = date.New(2029, time.March, 28)
)

// EndsWithDataCenter reports whether a subscription stops at EndOfLife.
func EndsWithDataCenter(s *estate.Subscription) bool {
	host := s.HostProduct()
	return s.Hosting == pricing.DataCenter && host != "bitbucket" && host != "bamboo"
}

// Ended is an active subscription that would renew after EndOfLife: it has no
// coming term and is no line (METHOD 8.2).
type Ended struct {
	Sub     *estate.Subscription
	Renewal date.Date // the first one not before as-of
}

// ID returns the name the line would have.
func (e *Ended) ID() string { return LineID(e.Sub.Site, e.Sub.Kind, e.Sub.Key, e.Sub.Entitlement) }

// EndsEarly reports whether the term reaches past EndOfLife and is cut there,
// and for how many days of 365 it is then charged.
func (l *Line) EndsEarly() (days int, cut bool) { return l.termDays() }

// endsEarly reports whether the term reaches past EndOfLife and is cut there.
func (l *Line) endsEarly() bool {
	return EndsWithDataCenter(l.Sub) && l.Term.End.After(EndOfLife.AddDays(1))
}

// termDays returns how many days of 365 an annual bill is for when the term is
// cut by EndOfLife (METHOD 8.2); false for a whole term.
func (l *Line) termDays() (int, bool) {
	if !l.endsEarly() {
		return 0, false
	}
	return EndOfLife.AddDays(1).Sub(l.Term.Start), true
}

// closed reports whether a day is too late to buy a larger tier (METHOD 8.3).
func (l *Line) closed(d date.Date) bool { return EndsWithDataCenter(l.Sub) && d.After(LastExpansion) }

// boughtInTime returns the quantity a line is paid for after LastExpansion: that
// of today, or of the most users planned until then.
func (l *Line) boughtInTime() int {
	n := l.Billed
	for _, d := range l.changes(l.asOf, LastExpansion.AddDays(1)) {
		n = max(n, l.UsersOn(d, nil))
		for _, h := range l.hosts {
			n = max(n, h.bindingTop(h.UsersOn(d, nil), d))
		}
	}
	return n
}
