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
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Site, b.Site), strings.Compare(a.Product, b.Product), cmp.Compare(a.Change, b.Change),
			a.Source.Compare(b.Source))
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

// crossCheck remarks on rows that refer to nothing (METHOD 14.18, 14.20).
func (l *Loaded) crossCheck(files []*file, changes []pricing.Change) {
	l.checkSites()
	l.checkHosts()
	l.checkNames()
	l.checkProducts(files)
	l.checkChanges(files, changes)
	l.checkFacts(files)
	l.checkFactors()
}

// checkFactors warns of apps whose annual list is not the policy's factor
// times the monthly list at the tier tops, as published lists are: one of the
// two is probably out of date. Atlassian's own annual lists are rounded and
// not checked.
func (l *Loaded) checkFactors() {
	seen := map[string]bool{}
	factor := l.Config.Policy.AnnualFactor
	for i := range l.Estate.Subscriptions {
		s := &l.Estate.Subscriptions[i]
		key := s.PricePlan + " " + s.Hosting.String()
		if s.Kind != estate.AppKind || seen[key] {
			continue
		}
		seen[key] = true
		if gap, ok := l.Book.FactorGap(s.PricePlan, s.Hosting, factor); ok {
			l.Diagnostics.Add(diag.Warning, gap.Source,
				fmt.Sprintf("plan %q: the annual price for %d users is %s, but %d x the monthly price is %s (%d of %d tiers differ)",
					s.PricePlan, gap.Top, gap.Annual.Decimal(2), factor, gap.Monthly.Decimal(2), gap.Differ, gap.Tiers), "check whether both lists are of the same day")
		}
	}
}

// checkChanges excludes announced changes of plans nobody lists or pays by.
func (l *Loaded) checkChanges(files []*file, changes []pricing.Change) {
	for _, c := range changes {
		paid := slices.ContainsFunc(l.Estate.Subscriptions, func(s estate.Subscription) bool { return s.PricePlan == c.Plan })
		if !paid && !l.Book.Has(c.Plan, pricing.Cloud) && !l.Book.Has(c.Plan, pricing.DataCenter) {
			l.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("price change for plan %q matches no plan%s", c.Plan, config.Suggest(c.Plan, l.Book.Names())),
				"check the spelling")
			excludeRow(files, c.Source, unrelated())
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
			l.Diagnostics.Add(diag.Warning, s.Source,
				fmt.Sprintf("%s is linked to %s on %s, which has no subscription; its users are counted from the export", s.DisplayName(), name, s.Site),
				"add the product's subscription")
		} else {
			l.Diagnostics.Add(diag.Warning, s.Source,
				fmt.Sprintf("%s is linked to %s on %s, which has neither a subscription nor users", s.DisplayName(), name, s.Site), "check host and site")
		}
	}
}

// checkNames reports products of subscriptions that Atlassian does not have and
// no input counts: a typing error would else be a product of its own
// (METHOD 14.26).
func (l *Loaded) checkNames() {
	e := l.Estate
	told := map[string]bool{}
	for i := range e.Subscriptions {
		s := &e.Subscriptions[i]
		for _, name := range append([]string{s.HostProduct()}, s.Includes...) {
			l.checkName(name, s, told)
		}
	}
}

// checkName reports a product that nobody knows, once.
func (l *Loaded) checkName(name string, s *estate.Subscription, told map[string]bool) {
	e := l.Estate
	counted := slices.ContainsFunc(e.Access, func(a estate.Access) bool { return a.Product == name }) ||
		slices.ContainsFunc(e.UserCounts, func(c estate.UserCount) bool { return c.Product == name })
	if counted || told[name] || estate.ParseProduct(name).Known {
		return
	}
	told[name] = true
	l.Diagnostics.Add(diag.Incomplete, s.Source, fmt.Sprintf("%q is no product of Atlassian's, and no input counts its users%s", name,
		config.Suggest(name, estate.KnownProducts())), "correct the name")
}

func (l *Loaded) subscribed(site, product string) bool {
	for i := range l.Estate.Subscriptions {
		if s := &l.Estate.Subscriptions[i]; s.Pays(product) && s.Site == site {
			return true
		}
	}
	return false
}

// checkProducts excludes planned changes and counts of products nobody knows,
// and usage of apps nobody pays for.
func (l *Loaded) checkProducts(files []*file) {
	e := l.Estate
	unknown := func(site, product string) bool {
		return e.FindAccess(site, product) == nil && !slices.ContainsFunc(e.Subscriptions, func(s estate.Subscription) bool {
			return s.Site == site && (s.HostProduct() == product || s.Pays(product))
		})
	}
	leaveOut := func(at diag.Source, format string, args ...any) {
		l.Diagnostics.Add(diag.Warning, at, fmt.Sprintf(format, args...), "check the spelling")
		excludeRow(files, at, unrelated())
	}
	e.Headcount = slices.DeleteFunc(e.Headcount, func(c estate.HeadcountChange) bool {
		out := unknown(c.Site, c.Product)
		if out {
			leaveOut(c.Source, "planned change for %s on %s matches no product", c.Product, c.Site)
		}
		return out
	})
	e.UserCounts = slices.DeleteFunc(e.UserCounts, func(c estate.UserCount) bool {
		out := unknown(c.Site, c.Product)
		if out {
			leaveOut(c.Source, "count of %s on %s matches no product", c.Product, c.Site)
		}
		return out
	})
	e.AppUsage = slices.DeleteFunc(e.AppUsage, func(u estate.AppUsage) bool {
		out := !slices.ContainsFunc(e.Subscriptions, func(s estate.Subscription) bool { return s.Key == u.Key && s.Site == u.Site })
		if out {
			leaveOut(u.Source, "usage of app %q on %s matches no subscription", u.Key, u.Site)
		}
		return out
	})
}
