package ingest

import (
	"slices"

	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/records"
	"tierline/ingest/users"
)

// join puts what the files say together.
func (l *Loaded) join(files []*file) {
	dropCopies(files)
	l.joinPages(files)
	l.dropIdle(files)
	taken := l.nameSites(files)
	e := &estate.Estate{Organisation: l.Config.Organisation, SiteNames: taken}
	l.Estate = e
	var changes []pricing.Change
	var subscriptions []records.Subscription
	var rates []records.Rate
	var quotes []records.Quote
	var invoices []records.Invoice
	var lists []*users.List
	for _, f := range files {
		changes = append(changes, f.tables.Changes...)
		subscriptions = append(subscriptions, f.tables.Subscriptions...)
		rates = append(rates, f.tables.Rates...)
		quotes = append(quotes, f.tables.Quotes...)
		invoices = append(invoices, f.tables.Invoices...)
		lists = append(lists, f.users...)
		l.Refused += f.tables.Refused
		e.Headcount = append(e.Headcount, f.tables.Headcount...)
		e.Exceptions = append(e.Exceptions, f.tables.Exceptions...)
		e.UserCounts = append(e.UserCounts, f.tables.UserCounts...)
		e.AppUsage = append(e.AppUsage, f.tables.AppUsage...)
	}
	l.joinPrices(files, changes)
	l.placeLists(files)
	users.Join(e, lists, &l.Diagnostics)
	settled, refused := records.Settle(subscriptions, l.Config.Currency, l.Book)
	e.Subscriptions, l.Refused = settled, l.Refused+refused
	own := l.Config.Currency
	if own == "" {
		own = estate.CommonCurrency(settled, l.Book)
	}
	e.Rates = records.SettleRates(rates, own)
	e.Quotes, e.Invoices = records.SettleQuotes(quotes, own), records.SettleInvoices(invoices, own)
	l.joinLicences(files)
	l.joinSiteCounts(files)
	l.joinFacts(files)
	l.joinDecisions(files)
	l.orderTables()
	l.crossCheck(files, changes)
	for _, f := range files {
		l.Inputs = append(l.Inputs, f.Inputs...)
		l.Diagnostics = append(l.Diagnostics, f.shownRemarks()...)
		l.Rejected = append(l.Rejected, f.Rejected...)
	}
	slices.SortStableFunc(l.Rejected, func(a, b estate.RejectedRow) int { return a.Source.Compare(b.Source) })
	for _, f := range files {
		l.Rejected = append(l.Rejected, f.unkept()...)
	}
	l.refuse(files)
}
