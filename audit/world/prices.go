package world

import (
	"cmp"
	"strconv"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// The lists of METHOD 19.17.
// "10:=4.00" is a tier up to 10 with a flat price, "100:0.44" one with a unit
// price, "100:0.44+7" one with both, ":0.05" one without limit.
var (
	G1  = []string{"10:=10.00", "100:1.65", "250:0.77", "1000:0.40", "2500:0.23"}
	G2  = []string{"10:=10.00", "100:1.98", "250:0.92", "1000:0.48", "2500:0.27"}
	Zen = []string{"10:=4.00", "100:0.44", "250:0.33", "1000:0.11", "2500:0.05"}
	K   = []string{"10:=0.00", "100:0.45", "250:0.38", "1000:0.32", "2500:0.29"}
	J   = []string{"100:8.60", "250:7.30", "1000:6.10"}
	DC  = []string{"500:=3400", "1000:=5000", "2000:=6700", "3000:=7600", "4000:=8400", "5000:=9200", "10000:=10800", "15000:=11700", ":=30600"}
)

// ProductList is an annual list of Jira with the usual tops.
var ProductList = List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"400:=1000", "500:=1200", "600:=1300", "800:=1500"}}

// List is one version of a price plan.
type List struct {
	Plan     string // default "app"
	Hosting  pricing.Hosting
	Cycle    pricing.Cycle
	Mode     pricing.Mode
	From, To string
	Currency money.Currency // default USD
	Begins   int            // first user its first row states; 0 = user 1, Unstated = none
	Tiers    []string
}

// Unstated is for a list that does not say from which user on it holds.
const Unstated = -1

// Places numbers what it makes, so that each row has a place of its own.
type Places struct{ line int }

// At returns the next place, in a file of that name.
func (p *Places) At(file string) diag.Source {
	p.line++
	return diag.Source{File: file, Line: p.line}
}

// Rows writes lists as the rows of prices.csv.
func (p *Places) Rows(lists ...List) []pricing.Row {
	var out []pricing.Row
	for _, l := range lists {
		tiers := l.Tiers
		if l.Mode == pricing.FromMonthly && tiers == nil {
			tiers = []string{":"}
		}
		for i, t := range tiers {
			r := pricing.Row{Plan: cmp.Or(l.Plan, "app"), Hosting: l.Hosting, Cycle: l.Cycle, Mode: l.Mode, Currency: cmp.Or(l.Currency, "USD"),
				ValidFrom: Day(l.From), ValidTo: Day(l.To), Source: p.At("prices.csv")}
			if i == 0 && (l.Begins > 0 || l.Begins == 0 && l.Mode == pricing.Volume && l.Cycle == pricing.Annual) {
				r.From = max(l.Begins, 1)
			}
			top, price, _ := strings.Cut(t, ":")
			if top != "" {
				r.UpTo = must(strconv.Atoi(top))
			}
			unit, flat, hasFlat := strings.Cut(price, "+")
			if rest, only := strings.CutPrefix(price, "="); only {
				unit, flat, hasFlat = "", rest, true
			}
			if unit != "" {
				r.Unit, r.HasUnit = Dec(unit), true
			}
			if hasFlat {
				r.Flat, r.HasFlat = Dec(flat), true
			}
			out = append(out, r)
		}
	}
	return out
}

// Percent writes a row of price_changes.csv: a plan's prices rise by a share.
func (p *Places) Percent(plan, effective, share string) pricing.Change {
	return pricing.Change{Plan: plan, Effective: Day(effective), Percent: Dec(share), Source: p.At("price_changes.csv")}
}
