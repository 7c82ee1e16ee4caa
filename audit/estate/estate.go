// Package estate holds what the inputs say about an organisation, without
// judgement: accounts and their access to products, subscriptions, planned
// changes, exceptions, counts and facts about apps, each with the place it
// was read from. Who is inactive or what anything costs is decided above it
// (seats, costing). ingest builds the [Estate]; everything above reads it.
//
// It is laid out for a million accounts: accounts are compact records sorted
// by id, and each product of a site is a pair of arrays over them.
package estate

import "slices"

// Estate is everything the inputs say. It is immutable once ingest has
// returned it.
type Estate struct {
	Organisation  string
	Accounts      []Account // by ID
	Access        []Access  // by site, then product
	Subscriptions []Subscription
	Headcount     []HeadcountChange // by date, site, product
	Exceptions    []Exception
	Decisions     []Decision  // by account, site, product; one for each
	UserCounts    []UserCount // by site, product, date
	PastCounts    []UserCount // of earlier runs, the same way: for peaks and projections alone (METHOD 23.9)
	SiteCounts    []SiteCount // by site and product, exact ones before cached ones, the newest first
	AppUsage      []AppUsage
	Rates         []Rate    // by currency, then date
	Quotes        []Quote   // by site, key, date, number
	Invoices      []Invoice // by site, key, first day, number
	Evidence      []Evidence
	CleanUp       *CleanUp // nil where no input says anything of one
	Licences      []Licence
	AppFacts      []AppFact
	Ends          []EndOfSupport // by key
	Workload      []Workload
	People        []Person   // by address
	Lists         []List     // of users; what Account.List counts into
	Groups        []Groups   // of the lists that say who has access and state groups
	SiteNames     []SiteName // that do not meet: those taken for the same first, then as exports come
}

// Sites lists every site any input names, in order.
func (e *Estate) Sites() []string {
	var out []string
	for i := range e.Access {
		out = append(out, e.Access[i].Site)
	}
	for i := range e.Subscriptions {
		out = append(out, e.Subscriptions[i].Site)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
