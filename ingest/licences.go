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
	"tierline/ingest/answers"
)

// linesFor are the lines of audit.yaml that say where the file belongs.
func linesFor(a *answers.Installed, sites, products []string) string {
	var fit []place
	for _, site := range sites {
		for _, product := range products {
			fit = append(fit, place{site: site, product: product})
		}
	}
	return stateLines(a.File.Path, a.File.Mapping.Glob, fit)
}

// productsOf lists the Data Center products subscribed on a site.
func (l *Loaded) productsOf(site string) []string {
	return l.dataCenter(func(s *estate.Subscription) string {
		if s.Kind != estate.ProductKind || s.Site != site {
			return ""
		}
		return s.Key
	})
}

// joinLicences settles site and product of the licences and takes them over.
func (l *Loaded) joinLicences(files []*file) {
	first := map[[3]string]int{}
	var places []answers.Installed // of each licence
	for _, f := range files {
		for _, a := range f.answers.Installed {
			site, ok := l.siteOf(&a)
			if !ok {
				continue
			}
			for _, x := range a.Licences {
				x.Site = site
				if x.Kind == estate.ProductKind && !l.nameHost(&a, &x) {
					continue
				}
				key := [3]string{x.Site, x.Kind.String(), x.Key}
				i, twice := first[key]
				if !twice {
					first[key] = len(places)
					places = append(places, a)
					l.Estate.Licences = append(l.Estate.Licences, x)
					continue
				}
				l.secondLicence(&l.Estate.Licences[i], &x, &places[i], &a)
			}
		}
	}
	l.Estate.Licences = slices.DeleteFunc(l.Estate.Licences, func(x estate.Licence) bool { return x.Site == "" })
	slices.SortFunc(l.Estate.Licences, func(a, b estate.Licence) int {
		return cmp.Or(strings.Compare(a.Site, b.Site), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Key, b.Key))
	})
}

// siteOf returns the site an answer belongs to: that of audit.yaml, or the
// only subscribed Data Center site; else the answer is left out.
func (l *Loaded) siteOf(a *answers.Installed) (string, bool) {
	sites := l.dataCenter(func(s *estate.Subscription) string { return s.Site })
	if site := l.siteName(estate.SiteLabel(a.File.Mapping.Site)); site != "" {
		if len(sites) > 0 && !slices.Contains(sites, site) {
			l.Diagnostics.Add(diag.Warning, a.At, fmt.Sprintf("no Data Center subscription is on the site %q of audit.yaml%s", site, config.Suggest(site, sites)),
				"check the spelling of the site")
		}
		return site, true
	}
	if len(sites) == 1 {
		l.Diagnostics.Add(diag.Note, a.At,
			fmt.Sprintf("the answer does not name its site; assumed to be %s, the only one with a Data Center subscription", sites[0]),
			linesFor(a, sites, []string{a.File.Mapping.Product}))
		return sites[0], true
	}
	which := "no subscription has the hosting data-center"
	if len(sites) > 1 {
		which = "several sites have a Data Center subscription: " + strings.Join(sites, ", ")
	} else {
		sites = []string{"SITE"}
	}
	product := estate.ProductKey(a.File.Mapping.Product)
	if product == "" && a.Rows < len(a.Licences) {
		product = "PRODUCT"
	}
	l.Diagnostics.Add(diag.Incomplete, a.At, "the answer does not name its site, and "+which+"; it is left out", linesFor(a, sites, []string{product}))
	a.LeaveOut(a.Rows, diag.Reason{Kind: diag.NoPlace, Text: "site not known"})
	return "", false
}

// nameHost says of which product a host's licence is: that of audit.yaml, or
// the only one subscribed on the site.
func (l *Loaded) nameHost(a *answers.Installed, x *estate.Licence) bool {
	x.Key = estate.ProductKey(a.File.Mapping.Product)
	if x.Key == "" {
		products := l.productsOf(x.Site)
		if len(products) != 1 {
			which := "no Data Center product is subscribed on " + x.Site
			if len(products) > 1 {
				which = fmt.Sprintf("several are subscribed on %s: %s", x.Site, strings.Join(products, ", "))
			} else {
				products = []string{"PRODUCT"}
			}
			l.Diagnostics.Add(diag.Incomplete, x.Source, "the host's licence does not name its product, and "+which+"; it is left out",
				linesFor(a, []string{x.Site}, products))
			return false
		}
		x.Key = products[0]
		l.Diagnostics.Add(diag.Note, x.Source,
			fmt.Sprintf("the host's licence does not name its product; assumed to be %s, the only one subscribed on %s", estate.ProductName(x.Key), x.Site),
			linesFor(a, []string{x.Site}, products))
	}
	x.Name = estate.ProductName(x.Key)
	return true
}

// dataCenter lists something of the Data Center subscriptions that are not
// cancelled, each once, in order.
func (l *Loaded) dataCenter(what func(*estate.Subscription) string) []string {
	var out []string
	for i := range l.Estate.Subscriptions {
		s := &l.Estate.Subscriptions[i]
		if s.Hosting != pricing.DataCenter || s.Status == estate.SubCancelled {
			continue
		}
		if text := what(s); text != "" {
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// secondLicence deals with a second licence of one app or product on a site:
// the same again is excluded, and of different ones neither can be trusted.
func (l *Loaded) secondLicence(first, second *estate.Licence, placeOfFirst, placeOfSecond *answers.Installed) {
	same := *second
	same.Source, same.Site = first.Source, cmp.Or(first.Site, second.Site)
	gone := first.Site == ""
	before := *first
	before.Site = same.Site
	if before == same && !gone {
		placeOfSecond.LeaveOut(placeOfSecond.RowsOf(second), repeats())
		return
	}
	if !gone {
		placeOfFirst.LeaveOut(placeOfFirst.RowsOf(first), diag.Reason{Kind: diag.Contradicts, Text: "contradicts another row"})
		first.Site = "" // neither counts
	}
	placeOfSecond.LeaveOut(placeOfSecond.RowsOf(second), diag.Reason{Kind: diag.Contradicts, Text: "contradicts another row"})
	l.Diagnostics.Add(diag.Incomplete, second.Source,
		fmt.Sprintf("another licence of %s %q on %s than in %s; neither is used", second.Kind, second.Key, second.Site, first.Source),
		"keep the newer answer only, or say under inputs: in audit.yaml which site each is of")
}
