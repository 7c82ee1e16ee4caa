package ingest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Licences as a Data Center instance itself reports them, in the answers of
// its plugin manager (UPM): all installed apps with the licence of the host
// product, or one licence. They name neither the site nor, for the host, the
// product; both are settled when the subscriptions are known (ruling I4).

// installed is what one answer says.
type installed struct {
	file     *jsonFile
	licences []estate.Licence // without site; of a product without key
	rows     int              // used rows: the licence of a host is none (ruling I17)
	at       diag.Source
}

func isInstalled(v *value) bool {
	return v.list("plugins") != nil || v.get("hostStatus", "hostLicense") != nil
}

// licenceKeys are keys of a licence; an object with three of them is one.
var licenceKeys = []string{"licenseType", "maximumNumberOfUsers", "supportEntitlementNumber", "pluginSupportEntitlementNumber", "pluginKey", "maintenanceExpiryDate",
	"maintenanceExpiryDateString", "expiryDate", "expiryDateString", "evaluation", "dataCenter", "currentRoleCount", "valid"}

func isLicence(v *value) bool {
	n := 0
	for _, key := range licenceKeys {
		if v.get(key) != nil {
			n++
		}
	}
	return n >= nearColumns && v.get("unitCount") == nil
}

// installed reads the answer of installed-marketplace.
func (j *jsonFile) installed(v *value) {
	out := installed{file: j, at: j.at(v.offset)}
	plugins := v.list("plugins")
	j.in.Read += len(plugins)
	for _, p := range plugins {
		j.plugin(p, &out)
	}
	if host := v.get("hostStatus", "hostLicense"); host != nil {
		l, err := j.licence(host)
		switch {
		case host.twice() != "":
			err = saidTwice(host.twice())
			fallthrough
		case err != nil:
			j.diags.Add(diag.Incomplete, j.at(host.offset), "the host's licence is not read: "+err.Error(), "save the answer again, unchanged")
		default:
			l.Kind, l.Source = estate.ProductKind, j.at(host.offset)
			out.licences = append(out.licences, l)
		}
	}
	j.file.installed = append(j.file.installed, out)
}

// plugin reads an app and its licence.
func (j *jsonFile) plugin(p *value, out *installed) {
	details := p.get("licenseDetails")
	if key := p.twice(); key != "" {
		j.reject(p, saidTwice(key))
		return
	}
	if details == nil {
		reason := "app without a licence"
		if !p.is("usesLicensing", true) {
			reason = "app that needs no licence"
		}
		exclude(j.in, reason, 1)
		return
	}
	l, err := j.licence(details)
	if err == nil && !details.hasAny(licenceKeys) {
		err = fmt.Errorf("licenseDetails says nothing of a licence")
	}
	l.Key = plain(cmp.Or(p.string("key"), details.string("pluginKey")))
	if err == nil && l.Key == "" {
		err = fmt.Errorf("the app has no key")
	}
	if err != nil {
		j.reject(p, err)
		return
	}
	l.Kind, l.Name, l.Vendor, l.Source = estate.AppKind, p.string("name"), p.string("vendor", "name"), j.at(p.offset)
	j.in.Used++
	out.rows++
	out.licences = append(out.licences, l)
}

// linkedKey finds the app in the path of a licence's own link.
var linkedKey = regexp.MustCompile(`/plugins/1\.0/([^/?]+)-key(?:/|$)`)

// singleLicence reads the licence of one app, or of a product when audit.yaml
// says of which.
func (j *jsonFile) singleLicence(v *value) {
	j.in.Read++
	if key := v.twice(); key != "" {
		j.reject(v, saidTwice(key))
		return
	}
	l, err := j.licence(v)
	if err != nil {
		j.reject(v, err)
		return
	}
	l.Kind, l.Key, l.Source = estate.AppKind, plain(v.string("pluginKey")), j.at(v.offset)
	if m := linkedKey.FindStringSubmatch(v.string("links", "self")); l.Key == "" && m != nil {
		l.Key = plain(m[1])
	}
	if l.Key == "" && j.mapping.Product == "" {
		exclude(j.in, "not known whose licence", 1)
		j.diags.Add(diag.Incomplete, l.Source, "the licence does not say of which app or product it is",
			"for an app save the answer of installed-marketplace instead; for a product "+inputLine(j.path, cmp.Or(j.mapping.Site, "SITE"), "PRODUCT"))
		return
	}
	if l.Key == "" {
		l.Kind = estate.ProductKind
	}
	j.in.Used++
	j.file.installed = append(j.file.installed, installed{file: j, licences: []estate.Licence{l}, rows: 1, at: l.Source})
}

// licence reads the fields products and apps have in common.
func (j *jsonFile) licence(v *value) (estate.Licence, error) {
	l := estate.Licence{
		Hosting:    pricing.DataCenter,
		Type:       plain(v.string("licenseType")),
		Evaluation: v.is("evaluation", false),
		Problem:    v.string("error"),
		Number:     cmp.Or(v.string("supportEntitlementNumber"), v.string("pluginSupportEntitlementNumber")),
	}
	l.Valid = v.is("valid", v.is("active", l.Problem == ""))
	var err error
	if v.get("maximumNumberOfUsers") == nil {
		l.Unlimited = true
	} else if l.Users, err = v.count("maximumNumberOfUsers"); err != nil {
		return l, err
	}
	if l.Users < 0 {
		l.Users, l.Unlimited = 0, true
	}
	if v.get("currentRoleCount") != nil {
		l.Current, err = v.count("currentRoleCount")
		if err == nil && l.Current < 0 {
			err = fmt.Errorf("currentRoleCount: %d: expected 0 or more", l.Current)
		}
		if err != nil {
			return l, err
		}
		l.HasCurrent = true
	}
	l.Expires = j.expiry(v)
	return l, nil
}

// expiry reads the day a licence ends: that of the licence before that of its
// maintenance, the time in milliseconds before the text, whose layout is the
// instance's. A text that cannot be read leaves the day unknown (ruling I6).
func (j *jsonFile) expiry(v *value) date.Date {
	order, _ := orderOf(j.mapping.Dates)
	for _, field := range []string{"expiryDate", "maintenanceExpiryDate"} {
		if ms, err := v.number(field); err == nil {
			if d, ok := parseEpoch(ms.Decimal(0)); ok {
				return d
			}
		}
		text := v.string(field + "String")
		if neverWords[strings.ToLower(text)] {
			continue
		}
		d, err := parseTableDate(text, order)
		if err == nil {
			return d
		}
		j.diags.Add(diag.Incomplete, j.at(v.get(field+"String").offset), fmt.Sprintf("%sString: date %q cannot be read, or in two ways; the day the licence ends is unknown", field, shortened(text)),
			fmt.Sprintf("state the layout in audit.yaml: inputs: [{glob: %q, dates: dd/mm/yyyy}]", j.path))
		return date.Date{}
	}
	return date.Date{}
}

// inputLine is the line of audit.yaml that says where a file belongs.
func inputLine(path, site, product string) string {
	line := fmt.Sprintf("state it in audit.yaml: inputs: [{glob: %q, site: %s", path, site)
	if product != "" {
		line += ", product: " + product
	}
	return line + "}]"
}

// stateLines are the lines of audit.yaml that say where the file belongs.
func (a *installed) stateLines(sites, products []string) string {
	var fit []place
	for _, site := range sites {
		for _, product := range products {
			fit = append(fit, place{site: site, product: product})
		}
	}
	return stateLines(a.file.path, a.file.mapping.Glob, fit)
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
	var places []installed // of each licence
	for _, f := range files {
		for _, a := range f.installed {
			site, ok := l.siteOf(&a)
			if !ok {
				continue
			}
			for _, x := range a.licences {
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
func (l *Loaded) siteOf(a *installed) (string, bool) {
	sites := l.dataCenter(func(s *estate.Subscription) string { return s.Site })
	if site := estate.SiteLabel(a.file.mapping.Site); site != "" {
		if len(sites) > 0 && !slices.Contains(sites, site) {
			l.Diagnostics.Add(diag.Warning, a.at, fmt.Sprintf("no Data Center subscription is on the site %q of audit.yaml%s", site, config.Suggest(site, sites)), "check the spelling of the site")
		}
		return site, true
	}
	if len(sites) == 1 {
		l.Diagnostics.Add(diag.Note, a.at, fmt.Sprintf("the answer does not name its site; assumed to be %s, the only one with a Data Center subscription", sites[0]), a.stateLines(sites, []string{a.file.mapping.Product}))
		return sites[0], true
	}
	which := "no subscription has the hosting data-center"
	if len(sites) > 1 {
		which = "several sites have a Data Center subscription: " + strings.Join(sites, ", ")
	} else {
		sites = []string{"SITE"}
	}
	product := estate.ProductKey(a.file.mapping.Product)
	if product == "" && a.rows < len(a.licences) {
		product = "PRODUCT"
	}
	l.Diagnostics.Add(diag.Incomplete, a.at, "the answer does not name its site, and "+which+"; it is left out", a.stateLines(sites, []string{product}))
	a.leaveOut(a.rows, "site not known")
	return "", false
}

// nameHost says of which product a host's licence is: that of audit.yaml, or
// the only one subscribed on the site.
func (l *Loaded) nameHost(a *installed, x *estate.Licence) bool {
	x.Key = estate.ProductKey(a.file.mapping.Product)
	if x.Key == "" {
		products := l.productsOf(x.Site)
		if len(products) != 1 {
			which := "no Data Center product is subscribed on " + x.Site
			if len(products) > 1 {
				which = fmt.Sprintf("several are subscribed on %s: %s", x.Site, strings.Join(products, ", "))
			} else {
				products = []string{"PRODUCT"}
			}
			l.Diagnostics.Add(diag.Incomplete, x.Source, "the host's licence does not name its product, and "+which+"; it is left out", a.stateLines([]string{x.Site}, products))
			return false
		}
		x.Key = products[0]
		l.Diagnostics.Add(diag.Note, x.Source, fmt.Sprintf("the host's licence does not name its product; assumed to be %s, the only one subscribed on %s", estate.ProductName(x.Key), x.Site),
			a.stateLines([]string{x.Site}, products))
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
func (l *Loaded) secondLicence(first, second *estate.Licence, placeOfFirst, placeOfSecond *installed) {
	same := *second
	same.Source, same.Site = first.Source, cmp.Or(first.Site, second.Site)
	gone := first.Site == ""
	before := *first
	before.Site = same.Site
	if before == same && !gone {
		placeOfSecond.leaveOut(rowsOf(second, placeOfSecond), "repeats another row")
		return
	}
	if !gone {
		placeOfFirst.leaveOut(rowsOf(first, placeOfFirst), "contradicts another row")
		first.Site = "" // neither counts
	}
	placeOfSecond.leaveOut(rowsOf(second, placeOfSecond), "contradicts another row")
	l.Diagnostics.Add(diag.Incomplete, second.Source, fmt.Sprintf("another licence of %s %q on %s than in %s; neither is used", second.Kind, second.Key, second.Site, first.Source),
		"keep the newer answer only, or say under inputs: in audit.yaml which site each is of")
}

// rowsOf returns how many rows of an answer a licence is.
func rowsOf(x *estate.Licence, a *installed) int {
	if x.Kind == estate.ProductKind && len(a.licences) > a.rows {
		return 0 // beside the apps, not one of them
	}
	return 1
}

// leaveOut moves used rows of an answer to the excluded ones.
func (a *installed) leaveOut(rows int, reason string) {
	if rows > 0 {
		a.file.in.Used -= rows
		exclude(a.file.in, reason, rows)
	}
}
