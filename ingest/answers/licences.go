package answers

import (
	"cmp"
	"fmt"
	"regexp"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
)

// Licences as a Data Center instance itself reports them, in the answers of
// its plugin manager (UPM): all installed apps with the licence of the host
// product, or one licence. They name neither the site nor, for the host, the
// product; both are settled when the subscriptions are known (METHOD 14.17).

// Installed is what one answer says.
type Installed struct {
	File     *File
	Licences []estate.Licence // without site; of a product without key
	Rows     int              // used rows: the licence of a host is none (METHOD 14.7)
	At       diag.Source
}

// LeaveOut moves used rows of the answer to the excluded ones.
func (a *Installed) LeaveOut(rows int, reason diag.Reason) {
	if rows > 0 {
		a.File.Input.Used -= rows
		a.File.Input.Exclude(reason, rows)
	}
}

// RowsOf returns how many rows of the answer one of its licences is.
func (a *Installed) RowsOf(x *estate.Licence) int {
	if x.Kind == estate.ProductKind && len(a.Licences) > a.Rows {
		return 0 // beside the apps, not one of them
	}
	return 1
}

// IsInstalled reports whether an answer is that of installed-marketplace.
func IsInstalled(v *Value) bool {
	return v.list("plugins") != nil || v.get("hostStatus", "hostLicense") != nil
}

// licenceLikeKeys is how many of its keys make an object a licence.
const licenceLikeKeys = 3

// licenceKeys tell a licence from other JSON: no other answer has three of them.
var licenceKeys = []string{"licenseType", "maximumNumberOfUsers", "supportEntitlementNumber", "pluginSupportEntitlementNumber", "pluginKey",
	"maintenanceExpiryDate",
	"maintenanceExpiryDateString", "expiryDate", "expiryDateString", "evaluation", "dataCenter", "currentRoleCount", "valid"}

// IsLicence reports whether an answer is one licence.
func IsLicence(v *Value) bool {
	n := 0
	for _, key := range licenceKeys {
		if v.get(key) != nil {
			n++
		}
	}
	return n >= licenceLikeKeys && v.get("unitCount") == nil
}

// ReadInstalled reads the answer of installed-marketplace.
func (j *File) ReadInstalled(v *Value) {
	out := Installed{File: j, At: j.At(v.offset)}
	plugins := v.list("plugins")
	j.Input.Read += len(plugins)
	for _, p := range plugins {
		j.plugin(p, &out)
	}
	if host := v.get("hostStatus", "hostLicense"); host != nil {
		l, err := j.licence(host)
		if twice := host.twice(); twice != "" {
			err = saidTwice(twice)
		}
		if err != nil {
			j.Diags.Add(diag.Incomplete, j.At(host.offset), "the host's licence is not read: "+err.Error(), "save the answer again, unchanged")
		} else {
			l.Kind, l.Source = estate.ProductKind, j.At(host.offset)
			out.Licences = append(out.Licences, l)
		}
	}
	j.Tables.Installed = append(j.Tables.Installed, out)
}

// plugin reads an app and its licence.
func (j *File) plugin(p *Value, out *Installed) {
	details := p.get("licenseDetails")
	if key := p.twice(); key != "" {
		j.reject(p, saidTwice(key))
		return
	}
	if details == nil {
		reason := diag.Reason{Kind: diag.NoData, Text: "app without a licence"}
		if !p.is("usesLicensing", true) {
			reason.Text = "app that needs no licence"
		}
		j.Input.Exclude(reason, 1)
		return
	}
	l, err := j.licence(details)
	if err == nil && !details.hasAny(licenceKeys) {
		err = fmt.Errorf("licenseDetails says nothing of a licence")
	}
	l.Key = cell.Plain(cmp.Or(p.string("key"), details.string("pluginKey")))
	if err == nil && l.Key == "" {
		err = fmt.Errorf("the app has no key")
	}
	if err != nil {
		j.reject(p, err)
		return
	}
	l.Kind, l.Name, l.Vendor, l.Source = estate.AppKind, p.string("name"), p.string("vendor", "name"), j.At(p.offset)
	j.Input.Used++
	out.Rows++
	out.Licences = append(out.Licences, l)
}

// linkedKey finds the app in the path of a licence's own link.
var linkedKey = regexp.MustCompile(`/plugins/1\.0/([^/?]+)-key(?:/|$)`)

// ReadLicence reads the licence of one app, or of a product when audit.yaml
// says of which.
func (j *File) ReadLicence(v *Value) {
	j.Input.Read++
	if key := v.twice(); key != "" {
		j.reject(v, saidTwice(key))
		return
	}
	l, err := j.licence(v)
	if err != nil {
		j.reject(v, err)
		return
	}
	l.Kind, l.Key, l.Source = estate.AppKind, cell.Plain(v.string("pluginKey")), j.At(v.offset)
	if m := linkedKey.FindStringSubmatch(v.string("links", "self")); l.Key == "" && m != nil {
		l.Key = cell.Plain(m[1])
	}
	if l.Key == "" && j.Mapping.Product == "" {
		j.Input.Exclude(diag.Reason{Kind: diag.NoPlace, Text: "not known whose licence"}, 1)
		j.Diags.Add(diag.Incomplete, l.Source, "the licence does not say of which app or product it is",
			"for an app save the answer of installed-marketplace instead; for a product "+sheet.StateLine(j.Path, cmp.Or(j.Mapping.Site, "SITE"), "PRODUCT"))
		return
	}
	if l.Key == "" {
		l.Kind = estate.ProductKind
	}
	j.Input.Used++
	j.Tables.Installed = append(j.Tables.Installed, Installed{File: j, Licences: []estate.Licence{l}, Rows: 1, At: l.Source})
}

// licence reads the fields products and apps have in common.
func (j *File) licence(v *Value) (estate.Licence, error) {
	l := estate.Licence{
		Day:        j.Mapping.ExportedOn,
		Hosting:    pricing.DataCenter,
		Type:       cell.Plain(v.string("licenseType")),
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
// instance's. A text that cannot be read leaves the day unknown (METHOD 14.8).
func (j *File) expiry(v *Value) date.Date {
	order, _ := cell.ParseOrder(j.Mapping.Dates)
	for _, field := range []string{"expiryDate", "maintenanceExpiryDate"} {
		if ms, err := v.number(field); err == nil {
			if d, ok := cell.Epoch(ms.Decimal(0)); ok {
				return d
			}
		}
		text := v.string(field + "String")
		if cell.IsNever(text) {
			continue
		}
		d, _, err := cell.TableDate(text, order)
		if err == nil {
			return d
		}
		j.Diags.Add(diag.Incomplete, j.At(v.get(field+"String").offset),
			fmt.Sprintf("%sString: date %q cannot be read, or in two ways; the day the licence ends is unknown", field, shortened(text)),
			fmt.Sprintf("state the layout in audit.yaml: inputs: [{glob: %q, dates: dd/mm/yyyy}]", j.Path))
		return date.Date{}
	}
	return date.Date{}
}
