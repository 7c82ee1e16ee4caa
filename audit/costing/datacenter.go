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

// endsWithDataCenter reports whether a subscription stops at EndOfLife.
func endsWithDataCenter(s *estate.Subscription) bool {
	host := s.HostProduct()
	return s.Hosting == pricing.DataCenter && host != "bitbucket" && host != "bamboo"
}

// EndsWithDataCenter reports whether the line's product or host stops at
// EndOfLife.
func (l *Line) EndsWithDataCenter() bool { return endsWithDataCenter(l.Sub) }

// endsEarly reports whether the term reaches past EndOfLife and is cut there.
func (l *Line) endsEarly() bool {
	return endsWithDataCenter(l.Sub) && l.Term.End.After(EndOfLife.AddDays(1))
}

// termDays returns how many days of 365 an annual bill is for when the term is
// cut by EndOfLife (ruling R39); false for a whole term.
func (l *Line) termDays() (int, bool) {
	if !l.endsEarly() {
		return 0, false
	}
	return EndOfLife.AddDays(1).Sub(l.Term.Start), true
}
