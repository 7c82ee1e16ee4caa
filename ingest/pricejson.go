package ingest

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Prices as the Marketplace answers them, /rest/2/addons/{key}/pricing/
// {hosting}/live: flat prices for a tier (items) and prices per user and month
// (perUnitItems), each with the last user it holds for.

// priceList is what one answer says.
type priceList struct {
	file     *jsonFile
	plan     string // key of the app
	hosting  pricing.Hosting
	modified time.Time // zero = not said
	origin   string
	currency money.Currency
	assumed  bool // the answer names no currency
	renewals int  // prices with another price for renewals
	rows     []pricing.Row
	refusals []pricing.Refusal
	at       diag.Source
}

func isPriceAnswer(v *value) bool {
	if v.get("items") == nil && v.get("perUnitItems") == nil {
		return false
	}
	if v.get("_links", "self") != nil && (v.get("expertDiscountOptOut") != nil || v.get("contactSalesForAdditionalPricing") != nil) {
		return true
	}
	for _, item := range append(v.list("items"), v.list("perUnitItems")...) {
		if item.get("unitCount") != nil || item.get("monthsValid") != nil {
			return true
		}
	}
	return strings.Contains(v.string("_links", "self", "href"), "/pricing/")
}

// pricePath holds the key of the app and the hosting, which the answer says
// nowhere else.
var pricePath = regexp.MustCompile(`(?i)/addons/([^/?]+)/pricing/(cloud|server|datacenter)(?:/live)?/?(?:\?.*)?$`)

// priceAnswer reads a price list.
func (j *jsonFile) priceAnswer(v *value) {
	flat, perUnit := v.list("items"), v.list("perUnitItems")
	rows := len(flat) + len(perUnit)
	j.in.Read += rows
	p := priceList{file: j, currency: "USD", assumed: true, at: j.at(v.offset)}
	refuse := func(reason, message, fix string) {
		exclude(j.in, reason, rows)
		j.diags.Add(diag.Incomplete, p.at, message, fix)
	}
	m := pricePath.FindStringSubmatch(v.string("_links", "self", "href"))
	if v.repeats != "" {
		refuse("answer refused", "the price list is not read: "+saidTwice(v.repeats).Error(), "save the answer again, unchanged")
		return
	}
	if m == nil {
		refuse("app not known", "the price list does not say of which app and hosting it is: _links.self.href is no path of a Marketplace price list",
			"save the whole answer of /rest/2/addons/KEY/pricing/cloud/live (or datacenter)")
		return
	}
	key, err := url.PathUnescape(m[1])
	if err != nil {
		key = m[1]
	}
	p.plan = plain(key)
	switch strings.ToLower(m[2]) {
	case "server":
		if rows > 0 {
			exclude(j.in, "Server is no longer sold", rows)
		}
		j.diags.Add(diag.Note, p.at, fmt.Sprintf("the price list of %q is for Server, which is no longer sold", p.plan), "")
		return
	case "datacenter":
		p.hosting = pricing.DataCenter
	}
	p.describe(v)
	for _, item := range flat {
		p.item(item, false)
	}
	for _, item := range perUnit {
		p.item(item, true)
	}
	j.lists = append(j.lists, p)
}

// describe reads what holds for the whole list.
func (p *priceList) describe(v *value) {
	p.origin = "Marketplace price list"
	if text := v.string("lastModified"); text != "" {
		p.origin += ", lastModified " + shortened(text)
		p.modified, _ = time.Parse(time.RFC3339, text)
	}
	if text := v.string("currency"); text != "" {
		if c, err := money.ParseCurrency(text); err == nil {
			p.currency, p.assumed = c, false
		}
	}
}

// tell says what was assumed about a list that is used.
func (p *priceList) tell() {
	if p.assumed {
		p.file.diags.Add(diag.Note, p.at, fmt.Sprintf("the price list of %q names no currency; assumed to be %s, in which the Marketplace lists prices", p.plan, p.currency), "put the prices into a prices table if it is another")
	}
	if p.renewals > 0 {
		p.file.diags.Add(diag.Warning, p.at, fmt.Sprintf("%d prices of %q have another renewalAmount; the amount is used", p.renewals, p.plan), "put the prices of renewals into a prices table")
	}
}

// item reads one price. A price that cannot be understood leaves the cycle
// without any: its users would slide into the next tier's price (ruling I6).
func (p *priceList) item(v *value, perUser bool) {
	j := p.file
	licence := plain(v.string("licenseType"))
	if licence != "" && licence != "commercial" && v.twice() == "" {
		exclude(j.in, "not a commercial price", 1)
		return
	}
	months, monthsErr := v.count("monthsValid")
	if monthsErr == nil && months != 1 && months != 12 && v.twice() == "" {
		exclude(j.in, "neither for a month nor for a year", 1)
		return
	}
	row, err := p.price(v, perUser)
	switch {
	case licence == "":
		err = fmt.Errorf("licenseType is missing; expected COMMERCIAL or another word")
	case v.twice() != "":
		err = saidTwice(v.twice())
	}
	if err == nil {
		j.in.Used++
		p.rows = append(p.rows, row)
		if again, err := v.number("renewalAmount"); err == nil && again.Cmp(row.Unit.Add(row.Flat)) != 0 {
			p.renewals++
		}
		return
	}
	j.reject(v, err)
	for _, cycle := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
		if monthsErr != nil || v.twice() != "" || row.Cycle == cycle {
			p.refusals = append(p.refusals, pricing.Refusal{Plan: p.plan, Hosting: p.hosting, Cycle: cycle, Reason: rowRejected(j.at(v.offset))})
		}
	}
}

// flatStart is the number of users the flat monthly price holds for, the one
// tier below the prices per user.
const flatStart = 10

// price turns an item into a row of a price table.
func (p *priceList) price(v *value, perUser bool) (pricing.Row, error) {
	row := pricing.Row{Plan: p.plan, Hosting: p.hosting, Currency: p.currency, Origin: p.origin, Source: p.file.at(v.offset)}
	months, err := v.count("monthsValid")
	if err != nil {
		return row, err
	}
	if months == 12 {
		row.Cycle, row.Mode = pricing.Annual, pricing.Volume
	}
	row.UpTo, err = v.count("unitCount")
	switch {
	case err != nil:
		return row, err
	case row.UpTo == 0:
		return row, fmt.Errorf("unitCount: 0: expected the last user of the tier, or -1 for no limit")
	case row.UpTo < 0:
		row.UpTo = 0
	}
	amount, err := v.number("amount")
	switch {
	case err != nil:
		return row, err
	case amount.Sign() < 0:
		return row, fmt.Errorf("amount: %s: expected a price of 0 or more", shortened(v.get("amount").text))
	case perUser && months == 12:
		return row, fmt.Errorf("a price per user and year is not one Tierline knows; expected monthsValid 1 in perUnitItems")
	case !perUser && months == 1 && row.UpTo != flatStart:
		return row, fmt.Errorf("unitCount: a flat price for a month is known for up to %d users only", flatStart)
	}
	if perUser {
		row.Unit, row.HasUnit = amount, true
	} else {
		row.Flat, row.HasFlat = amount, true
	}
	return row, nil
}

// rowRejected is why a plan has no price one of whose rows was rejected.
func rowRejected(at diag.Source) diag.Reason {
	return diag.Why(diag.PriceRefused, "a row of its price table was rejected").From(at)
}

// planHosting is what a price list is for.
type planHosting struct {
	plan    string
	hosting pricing.Hosting
}

// gatherPrices takes the prices of all files together. A prices table wins
// over a Marketplace answer, since it may hold what somebody negotiated, and
// the newest of several answers over the older ones.
func gatherPrices(files []*file) (rows []pricing.Row, refusals []pricing.Refusal) {
	tables := map[planHosting]bool{}
	newest := map[planHosting]time.Time{}
	for _, f := range files {
		rows, refusals = append(rows, f.prices...), append(refusals, f.refusals...)
		for _, r := range f.prices {
			tables[planHosting{r.Plan, r.Hosting}] = true
		}
		for _, r := range f.refusals {
			if r.Reason.Kind == diag.PriceRefused {
				tables[planHosting{r.Plan, r.Hosting}] = true
			}
		}
		for i := range f.lists {
			if p := &f.lists[i]; p.modified.After(newest[p.key()]) {
				newest[p.key()] = p.modified
			}
		}
	}
	for _, f := range files {
		for i := range f.lists {
			p := &f.lists[i]
			switch {
			case tables[p.key()]:
				p.leaveOut("prices table has this plan", diag.Note, "a prices table has this plan, and wins")
			case !p.modified.IsZero() && p.modified.Before(newest[p.key()]):
				p.leaveOut("older copy", diag.Warning, "another answer was modified later, on "+newest[p.key()].UTC().Format(time.DateOnly))
			default:
				p.tell()
				rows, refusals = append(rows, p.rows...), append(refusals, p.refusals...)
			}
		}
	}
	return rows, refusals
}

func (p *priceList) key() planHosting { return planHosting{p.plan, p.hosting} }

// leaveOut excludes the whole list.
func (p *priceList) leaveOut(reason string, level diag.Level, why string) {
	if len(p.rows) > 0 {
		p.file.in.Used -= len(p.rows)
		exclude(p.file.in, reason, len(p.rows))
	}
	p.file.diags.Add(level, p.at, fmt.Sprintf("the Marketplace prices of %q (%s) are left out: %s", p.plan, p.hosting, why), "")
}
