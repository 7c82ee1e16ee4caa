package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/answers"
	"tierline/ingest/sheet"
)

// joinSiteCounts gives the numbers of users that sites answered their site and
// takes them over: those of products somebody pays for, each once.
func (l *Loaded) joinSiteCounts(files []*file) {
	e := l.Estate
	for _, f := range files {
		counts := f.answers.Counts.Counts
		if len(counts) == 0 {
			continue
		}
		site, ok := l.siteOfCounts(&f.answers.Counts)
		for _, c := range counts {
			c.Site = site
			switch {
			case !ok:
				excludeRow(files, c.Source, diag.Reason{Kind: diag.NoPlace, Text: "site not known"})
			case l.subscribed(site, c.Product) || e.FindAccess(site, c.Product) != nil:
				e.SiteCounts = append(e.SiteCounts, c)
			default:
				l.notSubscribed(files, &c)
			}
		}
	}
	e.SiteCounts = once(l, files, e.SiteCounts, "product on this day", func(c *estate.SiteCount) (string, *diag.Source) {
		return fmt.Sprint(c.Site, "\x00", c.Product, "\x00", c.Cached, c.Day), &c.Source
	}, func(a, b estate.SiteCount) bool { return a == b })
	slices.SortStableFunc(e.SiteCounts, func(a, b estate.SiteCount) int {
		return cmp.Or(strings.Compare(a.Site, b.Site), strings.Compare(a.Product, b.Product), cmp.Compare(number(a.Cached), number(b.Cached)),
			b.Day.Compare(a.Day), a.Source.Compare(b.Source))
	})
	l.checkSeats()
}

// number orders an answer that is not so before one that is.
func number(is bool) int {
	if is {
		return 1
	}
	return 0
}

// notSubscribed leaves out the number of a product nobody pays for on the site;
// a site answers about all products it may have.
func (l *Loaded) notSubscribed(files []*file, c *estate.SiteCount) {
	if c.Users > 0 {
		l.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("the site answers %d users of %s on %s, which has no subscription",
			c.Users, estate.ProductName(c.Product), c.Site), "add the subscription if it is paid for")
	}
	excludeRow(files, c.Source, unrelated())
}

// siteOfCounts returns the site of an answer: that of audit.yaml, or the only
// one with a subscription for a product of it.
func (l *Loaded) siteOfCounts(a *answers.SiteCounts) (string, bool) {
	if site := l.siteName(estate.SiteLabel(a.File.Mapping.Site)); site != "" {
		return site, true
	}
	var sites []string
	for i := range l.Estate.Subscriptions {
		s := &l.Estate.Subscriptions[i]
		about := slices.ContainsFunc(a.Counts, func(c estate.SiteCount) bool { return c.Product == s.HostProduct() })
		if s.Status != estate.SubCancelled && s.Site != estate.WholeOrganisation && about {
			sites = append(sites, s.Site)
		}
	}
	sites = unique(sites)
	at := diag.Source{File: a.File.Path}
	switch len(sites) {
	case 1:
		l.Diagnostics.Add(diag.Note, at,
			fmt.Sprintf("the answer does not name its site; assumed to be %s, the only one with a subscription for a product of it", sites[0]),
			sheet.StateLine(a.File.Path, sites[0], ""))
		return sites[0], true
	case 0:
		l.Diagnostics.Add(diag.Incomplete, at, "the answer does not name its site, and no subscription is for a product of it; it is left out",
			sheet.StateLine(a.File.Path, "SITE", ""))
	default:
		l.Diagnostics.Add(diag.Incomplete, at, "the answer does not name its site, and several have a subscription for a product of it: "+
			strings.Join(sites, ", ")+"; it is left out", sheet.StateLine(a.File.Path, sites[0], ""))
	}
	return "", false
}

// checkSeats holds what a site says is paid for against licensed_users, which
// people type.
func (l *Loaded) checkSeats() {
	e := l.Estate
	for i := range e.Subscriptions {
		s := &e.Subscriptions[i]
		if s.Kind != estate.ProductKind || s.Status != estate.SubActive || s.Cycle != pricing.Annual || !s.HasLicensed {
			continue
		}
		at := slices.IndexFunc(e.SiteCounts, func(c estate.SiteCount) bool { return c.Site == s.Site && c.Product == s.Key && c.HasSeats })
		if at >= 0 && e.SiteCounts[at].Seats != s.Licensed {
			c := &e.SiteCounts[at]
			l.Diagnostics.Add(diag.Warning, s.Source, fmt.Sprintf("licensed_users of %s on %s is %d, but the site answers %d seats (%s)",
				s.DisplayName(), s.Site, s.Licensed, c.Seats, c.Source), "correct the one that is out of date")
		}
	}
}
