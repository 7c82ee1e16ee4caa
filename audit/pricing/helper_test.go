package pricing_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// The tables of pricing.md section 2, and of section 5 (Data Center, R5.3).
// "10:=4.00" is a tier up to 10 with a flat price, "100:0.44" one with a unit
// price, "100:0.44+7" one with both, ":0.05" one without limit.
var (
	g1  = []string{"10:=10.00", "100:1.65", "250:0.77", "1000:0.40", "2500:0.23"}
	g2  = []string{"10:=10.00", "100:1.98", "250:0.92", "1000:0.48", "2500:0.27"}
	zen = []string{"10:=4.00", "100:0.44", "250:0.33", "1000:0.11", "2500:0.05"}
	k   = []string{"10:=0.00", "100:0.45", "250:0.38", "1000:0.32", "2500:0.29"}
	j   = []string{"100:8.60", "250:7.30", "1000:6.10"}
	dc  = []string{"500:=3400", "1000:=5000", "2000:=6700", "3000:=7600", "4000:=8400", "5000:=9200", "10000:=10800", "15000:=11700", ":=30600"}
)

func day(s string) date.Date {
	if s == "" {
		return date.Date{}
	}
	d, err := date.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func dec(s string) money.Exact {
	e, err := money.ParseExact(s)
	if err != nil {
		panic(err)
	}
	return e
}

// list is one version of a plan.
type list struct {
	plan     string
	hosting  pricing.Hosting
	cycle    pricing.Cycle
	mode     pricing.Mode
	from, to string
	currency money.Currency // default USD
	tiers    []string
}

var lines int // rows are numbered, so that each has a place of its own

func rows(lists ...list) []pricing.Row {
	var out []pricing.Row
	for _, l := range lists {
		tiers := l.tiers
		if l.mode == pricing.FromMonthly && tiers == nil {
			tiers = []string{":"}
		}
		for _, t := range tiers {
			lines++
			top, price, _ := strings.Cut(t, ":")
			r := pricing.Row{Plan: l.plan, Hosting: l.hosting, Cycle: l.cycle, Mode: l.mode, Currency: l.currency,
				ValidFrom: day(l.from), ValidTo: day(l.to), Source: diag.Source{File: "prices.csv", Line: lines}}
			if r.Plan == "" {
				r.Plan = "app"
			}
			if r.Currency == "" {
				r.Currency = "USD"
			}
			if top != "" {
				n, err := strconv.Atoi(top)
				if err != nil {
					panic(err)
				}
				r.UpTo = n
			}
			unit, flat, hasFlat := strings.Cut(price, "+")
			if rest, only := strings.CutPrefix(price, "="); only {
				unit, flat, hasFlat = "", rest, true
			}
			if unit != "" {
				r.Unit, r.HasUnit = dec(unit), true
			}
			if hasFlat {
				r.Flat, r.HasFlat = dec(flat), true
			}
			out = append(out, r)
		}
	}
	return out
}

func percent(plan, effective, share string) pricing.Change {
	lines++
	return pricing.Change{Plan: plan, Effective: day(effective), Percent: dec(share), Source: diag.Source{File: "price_changes.csv", Line: lines}}
}

func newPlan(plan, effective, next string) pricing.Change {
	lines++
	return pricing.Change{Plan: plan, Effective: day(effective), NewPlan: next, Source: diag.Source{File: "price_changes.csv", Line: lines}}
}

func book(r []pricing.Row, changes ...pricing.Change) *pricing.Book {
	b, _ := pricing.NewBook(r, changes, nil, 10)
	return b
}

// monthly and annual return the one version of a table.
func monthly(t *testing.T, tiers []string) *pricing.Version {
	t.Helper()
	return newest(t, book(rows(list{mode: pricing.Graduated, tiers: tiers})).Timeline("app", pricing.Cloud, pricing.Monthly, true))
}

func annual(t *testing.T, tiers []string) *pricing.Version {
	t.Helper()
	return newest(t, book(rows(list{mode: pricing.Graduated, tiers: tiers})).Timeline("app", pricing.Cloud, pricing.Annual, true))
}

func written(t *testing.T, h pricing.Hosting, c pricing.Cycle, mode pricing.Mode, tiers []string) *pricing.Version {
	t.Helper()
	return newest(t, book(rows(list{hosting: h, cycle: c, mode: mode, tiers: tiers})).Timeline("app", h, c, false))
}

func newest(t *testing.T, tl *pricing.Timeline) *pricing.Version {
	t.Helper()
	v, why := tl.Newest()
	if v == nil {
		t.Fatalf("no version: %s", why)
	}
	return v
}

// amount returns the price for n users rounded to the cent, "unknown" without one.
func amount(v *pricing.Version, n int) string {
	if v == nil {
		return "unknown"
	}
	p, ok := v.Price(n)
	if !ok {
		return "unknown"
	}
	return p.Round(v.Currency(), money.HalfUp).String()
}

// on returns the price for n users on a day.
func on(tl *pricing.Timeline, d string, n int) string {
	v, _ := tl.At(day(d))
	return amount(v, n)
}

// expect compares prices for several numbers of users.
func expect(t *testing.T, v *pricing.Version, want map[int]string) {
	t.Helper()
	for n, w := range want {
		if got := amount(v, n); got != w {
			t.Errorf("price of %d users: got %s, want %s", n, got, w)
		}
	}
}

// expectOn compares prices of 100 users on several days, written "day=price".
func expectOn(t *testing.T, tl *pricing.Timeline, want ...string) {
	t.Helper()
	for _, w := range want {
		d, price, _ := strings.Cut(w, "=")
		if got := on(tl, d, 100); got != price {
			t.Errorf("price of 100 users on %s: got %s, want %s", d, got, price)
		}
	}
}

// flatUnit is a list of one price for every user, so that 100 users cost 100 x it.
func flatUnit(unit string) []string { return []string{fmt.Sprintf(":%s", unit)} }
