package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/audityaml"
)

// Sites that subscriptions call otherwise than exports do (METHOD 14.28). The
// name in the subscriptions is the one that holds from here on.

// nameSites lets everything that names a site by another name than the
// subscriptions take theirs: as audit.yaml says, and where there is only one site
// on either side as an assumption, which it returns.
func (l *Loaded) nameSites(files []*file) (taken []estate.SiteName) {
	l.siteNames = map[string]string{}
	for ours, theirs := range l.Config.Sites {
		l.siteNames[estate.SiteLabel(theirs)] = estate.SiteLabel(ours)
	}
	l.checkNamedSites(files)
	l.renameSites(files)
	for _, hosting := range []pricing.Hosting{pricing.Cloud, pricing.DataCenter} {
		if name, ok := l.onlySites(files, hosting); ok {
			taken = append(taken, name)
		}
	}
	return taken
}

// siteName returns the name of a site in the subscriptions.
func (l *Loaded) siteName(site string) string {
	if ours, ok := l.siteNames[site]; ok {
		return ours
	}
	return site
}

func (l *Loaded) renameSites(files []*file) {
	for _, f := range files {
		for _, u := range f.users {
			u.Rename(l.siteName)
		}
		t := &f.tables
		for i := range t.Headcount {
			t.Headcount[i].Site = l.siteName(t.Headcount[i].Site)
		}
		for i := range t.UserCounts {
			t.UserCounts[i].Site = l.siteName(t.UserCounts[i].Site)
		}
		for i := range t.AppUsage {
			t.AppUsage[i].Site = l.siteName(t.AppUsage[i].Site)
		}
		for i := range t.Quotes {
			t.Quotes[i].Site = l.siteName(t.Quotes[i].Site)
		}
		for i := range t.Invoices {
			t.Invoices[i].Site = l.siteName(t.Invoices[i].Site)
		}
		for i := range t.Workload {
			t.Workload[i].Site = l.siteName(t.Workload[i].Site)
		}
		for i := range t.Exceptions {
			x := &t.Exceptions[i]
			if slash := strings.LastIndexByte(x.Subject, '/'); slash > 0 {
				x.Subject = l.siteName(x.Subject[:slash]) + x.Subject[slash:]
			}
		}
	}
}

// checkNamedSites warns of names in audit.yaml that nothing has.
func (l *Loaded) checkNamedSites(files []*file) {
	var subscribed, exported []string
	for _, f := range files {
		for _, s := range f.tables.Subscriptions {
			subscribed = append(subscribed, s.Site)
		}
		for _, u := range f.users {
			exported = append(exported, u.Sites()...)
		}
	}
	warn := func(format, site string, known []string) {
		l.Diagnostics.Add(diag.Warning, diag.Source{File: audityaml.Name}, fmt.Sprintf(format, site)+config.Suggest(site, unique(known)), "correct it, or remove it")
	}
	for _, theirs := range slices.Sorted(maps.Keys(l.siteNames)) {
		if ours := l.siteNames[theirs]; !slices.Contains(subscribed, ours) {
			warn("sites: no subscription is on %q", ours, subscribed)
		}
		if !slices.Contains(exported, theirs) {
			warn("sites: no user list is of %q", theirs, exported)
		}
	}
}

// onlySites takes the only exported site of a hosting for the only subscribed
// one, if they have a product in common.
func (l *Loaded) onlySites(files []*file, hosting pricing.Hosting) (name estate.SiteName, taken bool) {
	var subscribed, exported []place
	for _, f := range files {
		for _, s := range f.tables.Subscriptions {
			if s.Hosting == hosting && s.Status == estate.SubActive && s.Site != estate.WholeOrganisation {
				for _, product := range s.Products() {
					subscribed = append(subscribed, place{s.Site, product})
				}
			}
		}
		for _, u := range f.users {
			if u.Hosting() == hosting && !u.Beside() && u.Workspace() == "" {
				for _, c := range u.Places() {
					exported = append(exported, place{c[0], c[1]})
				}
			}
		}
	}
	ours, one := onlySite(subscribed)
	theirs, other := onlySite(exported)
	common := slices.ContainsFunc(exported, func(p place) bool { return slices.Contains(subscribed, place{ours, p.product}) })
	if !one || !other || ours == theirs || !common {
		return name, false
	}
	l.siteNames[theirs] = ours
	l.renameSites(files)
	name = estate.SiteName{Subscribed: ours, Exported: theirs, Taken: true, Source: listOf(files, ours)}
	l.Diagnostics.Add(diag.Warning, name.Source,
		fmt.Sprintf("the exports are of %q, the subscriptions of %q: each the only site, so they are taken for the same", theirs, ours),
		"state it in audit.yaml: "+name.Line())
	return name, true
}

// onlySite returns the site of some places, false where there are several or it
// is not known.
func onlySite(places []place) (string, bool) {
	for _, p := range places {
		if p.site != places[0].site || p.site == "" {
			return "", false
		}
	}
	if len(places) == 0 {
		return "", false
	}
	return places[0].site, true
}

// listOf returns the first list of a site.
func listOf(files []*file, site string) diag.Source {
	for _, f := range files {
		for _, u := range f.users {
			if slices.Contains(u.Sites(), site) {
				return u.Source()
			}
		}
	}
	return diag.Source{}
}

// checkSites reports subscriptions and exports that do not meet: a site or a
// product that exports count and nobody pays for, while something like it is paid
// for and not counted. What else is in no export is a warning.
func (l *Loaded) checkSites() {
	met := map[string]bool{} // subscribed sites another message is about
	told := map[string]bool{}
	for i := range l.Estate.Access {
		a := &l.Estate.Access[i]
		if a.Roles == nil {
			continue
		}
		if ours, ok := l.uncounted(a); ok {
			met[ours.site] = true
			message, fix := l.notMet(a, ours)
			if !told[message] {
				l.Diagnostics.Add(diag.Incomplete, a.Source, message, fix)
				if ours.site != a.Site {
					l.Estate.SiteNames = append(l.Estate.SiteNames, *ours.called(a))
				}
			}
			told[message] = true
		}
	}
	l.checkSubscribedSites(met)
}

// uncounted returns what is paid for and not counted that the users of a product
// in an export may be meant for: the same product on a site with another name,
// or, if that is not subscribed anywhere, another product on its site.
func (l *Loaded) uncounted(a *estate.Access) (place, bool) {
	var sites, products []string
	site, product := false, false
	for i := range l.Estate.Subscriptions {
		s := &l.Estate.Subscriptions[i]
		if s.Status != estate.SubActive || s.Basis != estate.Linked {
			continue
		}
		site = site || s.Site == a.Site
		counted := slices.ContainsFunc(s.Products(), func(p string) bool { return l.measured(s.Site, p) })
		for _, p := range s.Products() {
			product = product || p == a.Product
			switch {
			case counted:
			case p == a.Product:
				sites = append(sites, s.Site)
			case s.Site == a.Site && l.mayBe(p, a.Product):
				products = append(products, p)
			}
		}
	}
	switch {
	case !site && len(sites) > 0:
		return place{nearest(a.Site, sites), a.Product}, true
	case site && !product && len(products) > 0:
		return place{a.Site, nearest(a.Product, products)}, true
	}
	return place{}, false
}

// mayBe reports whether one product may be meant by the name of another. Two
// products of Atlassian's of different families are two products: an export
// counts many that are free, and some that are paid for stand in none.
func (l *Loaded) mayBe(ours, theirs string) bool {
	return estate.Family(ours) == estate.Family(theirs) || !estate.ParseProduct(ours).Known || !estate.ParseProduct(theirs).Known
}

// notMet words what does not meet.
func (l *Loaded) notMet(a *estate.Access, ours place) (message, fix string) {
	if ours.site == a.Site {
		return fmt.Sprintf("the export counts %s on %s, which no active subscription is for, and nothing counts %s there",
			estate.ProductName(a.Product), a.Site, estate.ProductName(ours.product)), "if they are the same, correct the key of the subscription"
	}
	return fmt.Sprintf("the export is of the site %q, which no active subscription is on, and nothing counts the users of %s", a.Site, ours.site),
		"if they are the same, add to audit.yaml: " + ours.called(a).Line()
}

// called is the site as the export of a product calls it.
func (p place) called(a *estate.Access) *estate.SiteName {
	return &estate.SiteName{Subscribed: p.site, Exported: a.Site, Source: a.Source}
}

// measured reports whether somebody has counted the users of a product lately.
func (l *Loaded) measured(site, product string) bool {
	const figureDays = 31
	asOf := l.Config.AsOf
	if a := l.Estate.FindAccess(site, product); a != nil && a.Roles != nil {
		return true
	}
	recent := func(day date.Date) bool { return !day.IsZero() && !day.After(asOf) && asOf.Sub(day) <= figureDays }
	if slices.ContainsFunc(l.Estate.SiteCounts, func(c estate.SiteCount) bool { return c.Site == site && c.Product == product && recent(c.Day) }) {
		return true
	}
	return slices.ContainsFunc(l.Estate.UserCounts, func(c estate.UserCount) bool {
		return c.Site == site && c.Product == product && !c.Date.After(asOf) && asOf.Sub(c.Date) <= figureDays
	}) || slices.ContainsFunc(l.Estate.Licences, func(x estate.Licence) bool {
		return x.Kind == estate.ProductKind && x.Site == site && x.Key == product && x.HasCurrent && !x.Day.IsZero() && asOf.Sub(x.Day) <= figureDays
	})
}

// nearest returns the name that is most like another, the first of several. One
// that holds the other or is part of it is nearer than any with other letters:
// names grow by "-prod" or "-old".
func nearest(name string, names []string) string {
	distance := func(other string) int {
		if strings.Contains(name, other) || strings.Contains(other, name) {
			return 0
		}
		return config.Distance(name, other)
	}
	return slices.MinFunc(unique(names), func(a, b string) int { return distance(a) - distance(b) })
}

func unique(names []string) []string {
	out := slices.Clone(names)
	slices.Sort(out)
	return slices.Compact(out)
}

// withoutKey returns the sites on which a key has no subscription: one that has its
// own is no other spelling.
func (l *Loaded) withoutKey(sites []string, key string) []string {
	return slices.DeleteFunc(slices.Clone(sites), func(site string) bool {
		return slices.ContainsFunc(l.Estate.Subscriptions, func(s estate.Subscription) bool { return s.Site == site && s.Key == key })
	})
}

// checkSubscribedSites warns of subscriptions on a site that no user list, count or
// installed licence names.
func (l *Loaded) checkSubscribedSites(told map[string]bool) {
	var known []string
	for i := range l.Estate.Access {
		known = append(known, l.Estate.Access[i].Site)
	}
	for _, c := range l.Estate.UserCounts {
		known = append(known, c.Site)
	}
	for _, c := range l.Estate.SiteCounts {
		known = append(known, c.Site)
	}
	if len(known) == 0 {
		return
	}
	for i := range l.Estate.Licences {
		known = append(known, l.Estate.Licences[i].Site)
	}
	known = unique(known)
	for i := range l.Estate.Subscriptions {
		if s := &l.Estate.Subscriptions[i]; s.Site != estate.WholeOrganisation && !slices.Contains(known, s.Site) && !told[s.Site] {
			l.Diagnostics.AddOf(diag.Warning, s.Source, s.DisplayName(),
				fmt.Sprintf("the site %q is in no user export or count%s", s.Site, config.Suggest(s.Site, l.withoutKey(known, s.Key))), "check the spelling of the site")
		}
	}
}
