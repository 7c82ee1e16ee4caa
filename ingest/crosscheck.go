package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// orderTables puts the tables into the orders the estate promises, which no
// order of files or rows changes.
func (l *Loaded) orderTables() {
	e := l.Estate
	slices.SortStableFunc(e.Headcount, func(a, b estate.HeadcountChange) int {
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Site, b.Site), strings.Compare(a.Product, b.Product), cmp.Compare(a.Change, b.Change), a.Source.Compare(b.Source))
	})
	slices.SortStableFunc(e.UserCounts, func(a, b estate.UserCount) int {
		return cmp.Or(strings.Compare(a.Site, b.Site), strings.Compare(a.Product, b.Product), a.Date.Compare(b.Date), a.Source.Compare(b.Source))
	})
	slices.SortStableFunc(e.Exceptions, func(a, b estate.Exception) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Subject, b.Subject), a.Source.Compare(b.Source))
	})
	slices.SortStableFunc(e.AppUsage, func(a, b estate.AppUsage) int {
		return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.Site, b.Site), a.Source.Compare(b.Source))
	})
}

// crossCheck remarks on rows that refer to nothing (rulings I22, I24).
func (l *Loaded) crossCheck(changes []pricing.Change) {
	l.checkSites()
	l.checkHosts()
	l.checkProducts()
	l.checkChanges(changes)
}

// checkChanges remarks on announced changes of plans nobody lists or pays by.
func (l *Loaded) checkChanges(changes []pricing.Change) {
	for _, c := range changes {
		paid := slices.ContainsFunc(l.Estate.Subscriptions, func(s estate.Subscription) bool { return s.PricePlan == c.Plan })
		if !paid && !l.Book.Has(c.Plan, pricing.Cloud) && !l.Book.Has(c.Plan, pricing.DataCenter) {
			l.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("price change for plan %q matches no plan%s", c.Plan, config.Suggest(c.Plan, l.Book.Names())), "check the spelling")
		}
	}
}

// checkSites warns of subscriptions on a site no user list or count names.
func (l *Loaded) checkSites() {
	var known []string
	for i := range l.Estate.Access {
		known = append(known, l.Estate.Access[i].Site)
	}
	for _, c := range l.Estate.UserCounts {
		known = append(known, c.Site)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	if len(known) == 0 {
		return
	}
	for i := range l.Estate.Subscriptions {
		if s := &l.Estate.Subscriptions[i]; !slices.Contains(known, s.Site) {
			l.Diagnostics.Add(diag.Warning, s.Source, fmt.Sprintf("site %q of %s is in no user export or count%s", s.Site, s.DisplayName(), config.Suggest(s.Site, known)), "check the spelling of the site")
		}
	}
}

// checkHosts remarks on apps whose host has no subscription.
func (l *Loaded) checkHosts() {
	for i := range l.Estate.Subscriptions {
		s := &l.Estate.Subscriptions[i]
		if s.Kind != estate.AppKind || l.subscribed(s.Site, s.Host) {
			continue
		}
		name := estate.ProductName(s.Host)
		if a := l.Estate.FindAccess(s.Site, s.Host); a != nil && a.Roles != nil {
			l.Diagnostics.Add(diag.Warning, s.Source, fmt.Sprintf("%s is linked to %s on %s, which has no subscription; its users are counted from the export", s.DisplayName(), name, s.Site), "add the product's subscription")
		} else {
			l.Diagnostics.Add(diag.Warning, s.Source, fmt.Sprintf("%s is linked to %s on %s, which has neither a subscription nor users", s.DisplayName(), name, s.Site), "check host and site")
		}
	}
}

func (l *Loaded) subscribed(site, product string) bool {
	return slices.ContainsFunc(l.Estate.Subscriptions, func(s estate.Subscription) bool {
		return s.Kind == estate.ProductKind && s.Site == site && s.Key == product
	})
}

// checkProducts excludes planned changes and counts of products nobody knows,
// and usage of apps nobody pays for.
func (l *Loaded) checkProducts() {
	known := func(site, product string) bool {
		return l.subscribed(site, product) || l.Estate.FindAccess(site, product) != nil
	}
	for _, c := range l.Estate.Headcount {
		if !known(c.Site, c.Product) {
			l.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("planned change for %s on %s matches no product", c.Product, c.Site), "check the spelling")
		}
	}
	for _, u := range l.Estate.AppUsage {
		if !slices.ContainsFunc(l.Estate.Subscriptions, func(s estate.Subscription) bool { return s.Key == u.Key && s.Site == u.Site }) {
			l.Diagnostics.Add(diag.Warning, u.Source, fmt.Sprintf("usage of app %q on %s matches no subscription", u.Key, u.Site), "check the spelling")
		}
	}
}
