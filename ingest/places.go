package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// place is a product of a site.
type place struct{ site, product string }

// placeLists gives a site, and to lists of Data Center users a product, to the
// lists that name none: the only one there is a subscription for, as an
// assumption that is stated (METHOD 14.17). With several the list is left out.
func (l *Loaded) placeLists(files []*file) {
	l.placeGuard(files)
	known := map[pricing.Hosting][]place{}
	var sites []string
	for _, f := range files {
		for _, s := range f.tables.Subscriptions {
			sites = append(sites, s.Site)
			if s.Site != estate.WholeOrganisation && s.Status != estate.SubCancelled {
				known[s.Hosting] = append(known[s.Hosting], place{s.Site, s.HostProduct()})
			}
		}
	}
	for _, f := range files {
		for _, u := range f.users {
			if _, _, unplaced := u.Place(); unplaced {
				l.place(f, u, known[u.Hosting()])
			}
			if !u.Beside() {
				sites = append(sites, u.Sites()...)
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
func (l *Loaded) place(f *file, u *users.List, known []place) {
	p := placing{file: f, list: u, needsProduct: u.Hosting() == pricing.DataCenter, hosting: "Cloud"}
	p.stated.site, p.stated.product, _ = u.Place()
	if p.needsProduct {
		p.hosting = "Data Center"
	} else if w := u.Workspace(); w != "" {
		p.hosting = estate.ProductName(w)
	}
	p.fit = p.fitting(known)
	if len(p.fit) != 1 {
		p.refuse(&l.Diagnostics)
		return
	}
	only := p.fit[0]
	u.PlaceAt(only.site, only.product)
	where := "site; assumed to be " + only.site
	if p.needsProduct {
		where = "site and product; assumed to be " + estate.ProductName(only.product) + " on " + only.site
	}
	l.Diagnostics.Add(diag.Note, u.Source(), "the list does not name its "+where+", the only one with a "+p.hosting+" subscription", p.stateLines())
}

// placing is a list that does not say where it belongs.
type placing struct {
	file         *file
	list         *users.List
	hosting      string // in words, or the product whose workspace it is
	needsProduct bool
	stated       place   // what the list or audit.yaml does say
	fit          []place // where it may belong, in order
}

// fitting returns the places that agree with what is stated.
func (p *placing) fitting(known []place) []place {
	var fit []place
	for _, k := range known {
		switch workspace := p.list.Workspace(); {
		case workspace != "" && k.product != workspace:
			continue
		case !p.needsProduct:
			k.product = ""
		}
		if (p.stated.site == "" || k.site == p.stated.site) && (!p.needsProduct || p.stated.product == "" || k.product == p.stated.product) {
			fit = append(fit, k)
		}
	}
	slices.SortFunc(fit, func(a, b place) int { return cmp.Or(cmp.Compare(a.site, b.site), cmp.Compare(a.product, b.product)) })
	return slices.Compact(fit)
}

func (p *placing) stateLines() string { return stateLines(p.file.Path, p.file.Mapping.Glob, p.fit) }

// refuse leaves the list out and prints the lines that audit.yaml needs.
func (p *placing) refuse(diags *diag.List) {
	which := "no " + p.hosting + " subscription fits"
	if len(p.fit) > 1 {
		var names []string
		for _, fit := range p.fit {
			names = append(names, strings.TrimSuffix(fit.site+"/"+fit.product, "/"))
		}
		which = fmt.Sprintf("several have a %s subscription: %s", p.hosting, strings.Join(names, ", "))
	} else {
		example := place{site: cmp.Or(p.stated.site, "SITE")}
		if p.needsProduct {
			example.product = cmp.Or(p.stated.product, "PRODUCT")
		}
		p.fit = []place{example}
	}
	reason, missing := "site not known", "site"
	if p.stated.site != "" {
		reason, missing = "product not known", "product"
	} else if p.needsProduct && p.stated.product == "" {
		missing = "site and product"
	}
	diags.Add(diag.Incomplete, p.list.Source(), "the list does not name its "+missing+", and "+which+"; its rows are left out", p.stateLines())
	p.list.LeaveOut(diag.Reason{Kind: diag.NoPlace, Text: reason})
}

// stateLines asks for the entry of audit.yaml that says where a file belongs, one
// for each place it may be. Where the file has an entry already (its glob) that is
// the one to complete.
func stateLines(path, glob string, fit []place) string {
	out := ""
	for i, p := range fit {
		if i == 0 {
			out = sheet.StateLine(path, p.site, p.product)
		} else {
			out += ", or " + sheet.Entry(path, p.site, p.product)
		}
	}
	if glob != "" {
		out += fmt.Sprintf("; complete the entry %q there is", glob)
	}
	return out
}

// dropForeign leaves out what a list that stands beside the exports says of
// sites nobody subscribes: accounts are also used in other organisations.
func (l *Loaded) dropForeign(u *users.List, sites []string) {
	if !u.Beside() {
		return
	}
	if n := u.KeepSites(sites); n > 0 {
		l.Diagnostics.Add(diag.Note, u.Source(), money.PluralIs(n, "site")+" in it without any subscription or export; what is used there is left out", "")
	}
}
