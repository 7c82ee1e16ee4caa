package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// place is a product of a site.
type place struct{ site, product string }

// placeLists gives a site, and to lists of Data Center users a product, to the
// lists that name none: the only one there is a subscription for, as an
// assumption that is stated (ruling I4). With several the list is left out.
func (l *Loaded) placeLists(files []*file) {
	known := map[pricing.Hosting][]place{}
	var sites []string
	for _, f := range files {
		for _, s := range f.subs {
			sites = append(sites, s.Site)
			if s.Status != estate.SubCancelled {
				known[s.Hosting] = append(known[s.Hosting], place{s.Site, s.HostProduct()})
			}
		}
	}
	for _, f := range files {
		for _, u := range f.users {
			if slices.ContainsFunc(u.columns, func(c userColumn) bool { return c.site == "" || c.product == "" }) {
				l.place(u, known[u.layout.hosting])
			}
			if !u.layout.beside {
				for _, c := range u.columns {
					sites = append(sites, c.site)
				}
			}
		}
	}
	for _, f := range files {
		for _, u := range f.users {
			l.dropForeign(u, sites)
		}
	}
}

// place settles where the columns of a list belong, or leaves it out.
func (l *Loaded) place(u *userList, known []place) {
	stated := place{u.columns[0].site, u.columns[0].product}
	ofList := func(p place) place { return place{p.site, ""} }
	needsProduct := u.layout.hosting == pricing.DataCenter
	if needsProduct {
		ofList = func(p place) place { return p }
	}
	var fit []place
	for _, p := range known {
		if p = ofList(p); (stated.site == "" || p.site == stated.site) && (!needsProduct || stated.product == "" || p.product == stated.product) {
			fit = append(fit, p)
		}
	}
	slices.SortFunc(fit, func(a, b place) int { return cmp.Or(cmp.Compare(a.site, b.site), cmp.Compare(a.product, b.product)) })
	fit = slices.Compact(fit)
	at := diag.Source{File: u.in.Path, Sheet: u.in.Sheet}
	what := "Cloud"
	if needsProduct {
		what = "Data Center"
	}
	if len(fit) == 1 {
		for i := range u.columns {
			c := &u.columns[i]
			c.site, c.product = fit[0].site, cmp.Or(c.product, fit[0].product)
		}
		where := "site; assumed to be " + fit[0].site
		if needsProduct {
			where = "site and product; assumed to be " + estate.ProductName(fit[0].product) + " on " + fit[0].site
		}
		l.Diagnostics.Add(diag.Note, at, "the list does not name its "+where+", the only one with a "+what+" subscription", stateLines(u.in.Path, u.file.mapping().Glob, fit))
		return
	}
	u.refusePlace(l, at, stated, fit, what, needsProduct)
}

// stateLines are the lines of audit.yaml that say where a file belongs, one
// for each place it may be. Only the first entry for a file counts, so where
// there is one already (its glob) it is to be completed.
func stateLines(path, glob string, fit []place) string {
	var lines []string
	for i, p := range fit {
		line := inputLine(path, p.site, p.product)
		if i > 0 {
			line = line[strings.Index(line, "inputs:"):]
		}
		lines = append(lines, line)
	}
	out := strings.Join(lines, ", or ")
	if glob != "" {
		out += fmt.Sprintf("; complete the entry %q there is", glob)
	}
	return out
}

// refusePlace leaves a list out and prints the lines that audit.yaml needs.
func (u *userList) refusePlace(l *Loaded, at diag.Source, stated place, fit []place, what string, needsProduct bool) {
	which := "no " + what + " subscription fits"
	if len(fit) > 1 {
		var names []string
		for _, p := range fit {
			names = append(names, strings.TrimSuffix(p.site+"/"+p.product, "/"))
		}
		which = fmt.Sprintf("several have a %s subscription: %s", what, strings.Join(names, ", "))
	} else {
		p := place{site: cmp.Or(stated.site, "SITE")}
		if needsProduct {
			p.product = cmp.Or(stated.product, "PRODUCT")
		}
		fit = []place{p}
	}
	reason, missing := "site not known", "site"
	if stated.site != "" {
		reason, missing = "product not known", "product"
	} else if needsProduct && stated.product == "" {
		missing = "site and product"
	}
	l.Diagnostics.Add(diag.Incomplete, at, "the list does not name its "+missing+", and "+which+"; its rows are left out", stateLines(u.in.Path, u.file.mapping().Glob, fit))
	u.leaveOut(reason)
}

// leaveOut excludes all rows of a list.
func (u *userList) leaveOut(reason string) {
	if u.in.Used > 0 {
		exclude(u.in, reason, u.in.Used)
	}
	u.in.Used = 0
	u.rows, u.columns, u.evidence = nil, nil, nil
}

// dropForeign leaves out what a list that stands beside the exports says of
// sites nobody subscribes: accounts are also used in other organisations.
func (l *Loaded) dropForeign(u *userList, sites []string) {
	if !u.layout.beside {
		return
	}
	foreign := map[string]bool{}
	u.columns = slices.DeleteFunc(u.columns, func(c userColumn) bool {
		out := !slices.Contains(sites, c.site)
		if out {
			foreign[c.site] = true
		}
		return out
	})
	if len(foreign) > 0 {
		l.Diagnostics.Add(diag.Note, diag.Source{File: u.in.Path, Sheet: u.in.Sheet},
			fmt.Sprintf("%d sites in it belong to no subscription or export; the use of their products is left out", len(foreign)), "")
	}
}
