package answers

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest/cell"
)

// Prices as the Marketplace answers them, /rest/2/addons/{key}/pricing/
// {hosting}/live: flat prices for a tier (items) and prices per user and month
// (perUnitItems), each with the last user it holds for.

// PriceList is what one answer says.
type PriceList struct {
	Plan     string // key of the app
	Hosting  pricing.Hosting
	Modified time.Time // zero = not said
	Rows     []pricing.Row
	Refusals []pricing.Refusal

	file     *File
	at       diag.Source
	origin   string
	currency money.Currency
	assumed  bool // the answer names no currency
	renewals int  // prices with another price for renewals
}

// IsPriceList reports whether an answer is a price list of the Marketplace.
func IsPriceList(v *Value) bool {
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

// ReadPriceList reads a price list.
func (j *File) ReadPriceList(v *Value) {
	flat, perUnit := v.list("items"), v.list("perUnitItems")
	rows := len(flat) + len(perUnit)
	j.Input.Read += rows
	p := PriceList{file: j, currency: "USD", assumed: true, at: j.At(v.offset)}
	refuse := func(reason, message, fix string) {
		j.Input.Exclude(diag.Reason{Kind: diag.Unreadable, Text: reason}, rows)
		j.Diags.Add(diag.Incomplete, p.at, message, fix)
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
	p.Plan = cell.Plain(key)
	switch strings.ToLower(m[2]) {
	case "server":
		if rows > 0 {
			j.Input.Exclude(diag.Reason{Kind: diag.NotSold, Text: "Server is no longer sold"}, rows)
		}
		j.Diags.Add(diag.Note, p.at, fmt.Sprintf("the price list of %q is for Server, which is no longer sold", p.Plan), "")
		return
	case "datacenter":
		p.Hosting = pricing.DataCenter
	}
	p.describe(v)
	for _, item := range flat {
		p.item(item, false)
	}
	for _, item := range perUnit {
		p.item(item, true)
	}
	j.Tables.Prices = append(j.Tables.Prices, p)
}

// describe reads what holds for the whole list.
func (p *PriceList) describe(v *Value) {
	p.origin = "Marketplace price list"
	if text := v.string("lastModified"); text != "" {
		p.origin += ", lastModified " + shortened(text)
		p.Modified, _ = time.Parse(time.RFC3339, text)
	}
	if text := v.string("currency"); text != "" {
		if c, err := money.ParseCurrency(text); err == nil {
			p.currency, p.assumed = c, false
		}
	}
}

// Tell says what was assumed about a list that is used.
func (p *PriceList) Tell() {
	if p.assumed {
		p.file.Diags.Add(diag.Note, p.at,
			fmt.Sprintf("the price list of %q names no currency; assumed to be %s, in which the Marketplace lists prices", p.Plan, p.currency),
			"put the prices into a prices table if it is another")
	}
	if p.renewals > 0 {
		p.file.Diags.Add(diag.Warning, p.at,
			fmt.Sprintf("the price list of %q: %s another renewalAmount; the amount is used", p.Plan, money.PluralHas(p.renewals, "price")),
			"put the prices of renewals into a prices table")
	}
}

// item reads one price. A price that cannot be understood leaves the cycle
// without any: its users would slide into the next tier's price (METHOD 2.7).
func (p *PriceList) item(v *Value, perUser bool) {
	j := p.file
	licence := cell.Plain(v.string("licenseType"))
	if licence != "" && licence != "commercial" && v.twice() == "" {
		j.Input.Exclude(diag.Reason{Kind: diag.Unrelated, Text: "not a commercial price"}, 1)
		return
	}
	months, monthsErr := v.count("monthsValid")
	if monthsErr == nil && months != 1 && months != 12 && v.twice() == "" {
		j.Input.Exclude(diag.Reason{Kind: diag.Unrelated, Text: "neither for a month nor for a year"}, 1)
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
		j.Input.Used++
		p.Rows = append(p.Rows, row)
		if again, err := v.number("renewalAmount"); err == nil && again.Cmp(row.Unit.Add(row.Flat)) != 0 {
			p.renewals++
		}
		return
	}
	j.reject(v, err)
	for _, cycle := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
		if monthsErr != nil || v.twice() != "" || row.Cycle == cycle {
			p.Refusals = append(p.Refusals, pricing.Refusal{Plan: p.Plan, Hosting: p.Hosting, Cycle: cycle, Reason: pricing.RowRejected(j.At(v.offset))})
		}
	}
}

// flatStart is the number of users the flat monthly price holds for, the one
// tier below the prices per user.
const flatStart = 10

// price turns an item into a row of a price table.
func (p *PriceList) price(v *Value, perUser bool) (pricing.Row, error) {
	row := pricing.Row{Plan: p.Plan, Hosting: p.Hosting, Currency: p.currency, Origin: p.origin, Source: p.file.At(v.offset)}
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

// LeaveOut excludes the whole list.
func (p *PriceList) LeaveOut(reason diag.Reason, level diag.Level, why string) {
	if len(p.Rows) > 0 {
		p.file.Input.Used -= len(p.Rows)
		p.file.Input.Exclude(reason, len(p.Rows))
	}
	p.file.Diags.Add(level, p.at, fmt.Sprintf("the Marketplace prices of %q (%s) are left out: %s", p.Plan, p.Hosting, why), "")
}
