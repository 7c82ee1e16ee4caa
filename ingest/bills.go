package ingest

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
)

// joinBills takes the quotes and invoices of all files together, in the order
// the estate promises: each row once, and under the key of the subscription it
// is for (METHOD 14.29). A row for nothing that is subscribed is left out.
func (l *Loaded) joinBills(files []*file) {
	e := l.Estate
	e.Quotes = slices.DeleteFunc(e.Quotes, func(q estate.Quote) bool { return l.isForNothing(files, "quote "+q.Number, q.Site, q.Key, q.Source) })
	for i := range e.Quotes {
		q := &e.Quotes[i]
		q.Key = l.billedKey(q.Site, q.Key)
	}
	e.Quotes = once(l, files, e.Quotes, "quote and subscription", func(q *estate.Quote) (string, *diag.Source) {
		return strings.Join([]string{q.Site, q.Key, q.Date.String(), q.Number, q.Cycle.String()}, "\x00"), &q.Source
	}, func(a, b estate.Quote) bool { return a == b })
	e.Invoices = slices.DeleteFunc(e.Invoices, func(i estate.Invoice) bool {
		return l.isForNothing(files, "invoice "+i.Number, i.Site, i.Key, i.Source)
	})
	for n := range e.Invoices {
		i := &e.Invoices[n]
		i.Key = l.billedKey(i.Site, i.Key)
	}
	// One invoice may bill a subscription twice for a period: what was in use, and
	// what came on top. Only a row that says all of it again is a repetition.
	e.Invoices = once(l, files, e.Invoices, "invoice, subscription and period", func(i *estate.Invoice) (string, *diag.Source) {
		return strings.Join([]string{
			i.Site, i.Key, i.From.String(), i.Number, i.To.String(), i.Date.String(), fmt.Sprint(i.Users), i.Amount.String(), string(i.Amount.Currency())},
			"\x00"), &i.Source
	}, func(a, b estate.Invoice) bool { return a == b })
}

// isForNothing reports whether a bill is for nothing that is subscribed, and
// leaves its row out.
func (l *Loaded) isForNothing(files []*file, what, site, key string, at diag.Source) bool {
	if l.billedKey(site, key) != "" {
		return false
	}
	l.Diagnostics.Add(diag.Warning, at, fmt.Sprintf("%s for %q on %s matches no subscription", what, key, site), "check key and site, or add the subscription")
	excludeRow(files, at, unrelated())
	return true
}

// billedKey returns the key of the subscription on a site that a bill calls by
// its key, by the name of a product, or by its own name; "" when there is none.
func (l *Loaded) billedKey(site, written string) string {
	product := estate.ProductKey(written)
	named := ""
	for i := range l.Estate.Subscriptions {
		switch s := &l.Estate.Subscriptions[i]; {
		case s.Site != site:
		case s.Key == written || s.Kind == estate.ProductKind && s.Key == product:
			return s.Key
		case named == "" && strings.EqualFold(s.Name, written):
			named = s.Key
		}
	}
	return named
}
