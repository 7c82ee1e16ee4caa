package plan_test

import (
	"fmt"

	"pgregory.net/rapid"

	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// random draws a small estate of the Jira family: one to three products with
// up to eight candidates each, apps, two cycles, licences, price changes,
// contract prices, planned changes, and tables that fall at times.
func random(t *rapid.T, w *world) *world {
	d := draw{t}
	p := &w.cfg.Policy
	p.OverrideSameTier = !d.oneIn(4, "no same tier")
	p.KeepCycle = d.oneIn(8, "keep cycle")
	p.NoQuotes = d.oneIn(8, "no quotes")
	p.AnnualAppRoundUp = d.oneIn(4, "round up")
	if d.oneIn(6, "cap") {
		p.MaxRemovals = d.n(1, 4, "max removals")
	}
	hosting := pricing.Cloud
	if d.oneIn(8, "data center") {
		hosting = pricing.DataCenter
	}
	var hosts []string
	products := d.n(1, 3, "products")
	most := [...]int{8, 8, 3}[products-1] // keeps trying everything affordable
	for _, key := range []string{"jira", "jira-service-management", "jira-work-management"}[:products] {
		users := d.n(4, 60, "users of "+key)
		w.seats(key, users, d.n(0, min(most, users), "idle of "+key))
		hosts = append(hosts, key)
		for range d.n(0, 2, "changes of "+key) {
			w.planned(d.day("planned"), key, d.n(-12, 15, "change"))
		}
		if !d.oneIn(4, "no row for "+key) {
			d.subscribe(w, key, "", hosting, users)
		}
	}
	for i := range d.n(1, 5, "apps") {
		d.subscribe(w, fmt.Sprintf("app-%d", i), rapid.SampledFrom(hosts).Draw(t, "host"), hosting, d.n(4, 60, "around"))
	}
	return w
}

type draw struct{ t *rapid.T }

func (d draw) n(from, to int, label string) int { return rapid.IntRange(from, to).Draw(d.t, label) }

func (d draw) oneIn(n int, label string) bool { return d.n(1, n, label) == n }

func (d draw) day(label string) string {
	return day("2025-12-20").AddDays(d.n(0, 450, label)).String()
}

func (d draw) subscribe(w *world, key, host string, hosting pricing.Hosting, users int) {
	s := estate.Subscription{Kind: estate.ProductKind, Key: key, Host: host, Hosting: hosting}
	if host != "" {
		s.Kind = estate.AppKind
	}
	s.Cycle = pricing.Cycle(d.n(0, 1, "cycle"))
	if hosting == pricing.DataCenter {
		s.Cycle = pricing.Annual
	}
	options := []option{renews(day("2026-01-01").AddDays(rapid.SampledFrom([]int{0, 30, 59, 59, 100, 200}).Draw(d.t, "renewal")).String())}
	if d.oneIn(2, "licensed") {
		options = append(options, licensed(max(0, users+d.n(-15, 40, "licence"))))
	}
	if d.oneIn(5, "discount") {
		options = append(options, discount(fmt.Sprintf("0.%02d", d.n(1, 60, "percent off"))))
	}
	if d.oneIn(8, "contract") {
		options = append(options, contract(fmt.Sprintf("%d.%02d", d.n(0, 900, "contract"), d.n(0, 99, "cents"))))
	}
	if host != "" && d.oneIn(8, "own users") {
		options = append(options, ownUsers)
	}
	if d.oneIn(10, "no price") {
		options = append(options, priced("ghost"))
	}
	d.prices(w, key, hosting)
	w.subscribe(s, options)
}

// prices draws the lists of a plan: monthly, and annual where it is not to be
// derived.
func (d draw) prices(w *world, name string, hosting pricing.Hosting) {
	mode := pricing.Graduated
	if d.oneIn(6, "monthly volume") {
		mode = pricing.Volume
	}
	monthly := list{plan: name, hosting: hosting, cycle: pricing.Monthly, mode: mode, tiers: d.tiers(false, mode == pricing.Graduated)}
	w.prices(monthly)
	if hosting == pricing.DataCenter || d.oneIn(2, "annual list") {
		mode := rapid.SampledFrom([]pricing.Mode{pricing.Volume, pricing.Volume, pricing.Block, pricing.Graduated}).Draw(d.t, "annual mode")
		flat := mode == pricing.Volume && !d.oneIn(3, "annual by user")
		annual := list{plan: name, hosting: hosting, cycle: pricing.Annual, mode: mode, tiers: d.tiers(flat, false)}
		w.prices(annual)
		if d.oneIn(4, "second annual list") {
			annual.from, annual.tiers = d.day("from"), d.tiers(flat, false)
			w.prices(annual)
		}
	}
	for range rapid.SampledFrom([]int{0, 0, 1, 1, 2}).Draw(d.t, "price changes") {
		w.percent(name, d.day("effective"), rapid.SampledFrom([]string{"0.05", "0.10", "0.15", "0.33", "-0.10", "0"}).Draw(d.t, "rise"))
	}
}

// tiers draws a table whose tops lie among the users of the estate: flat
// prices or unit prices, usually rising with the users, falling at times.
func (d draw) tiers(flat, start bool) []string {
	var out []string
	top, price := 0, 0
	falls := d.oneIn(4, "falls")
	if start && d.oneIn(2, "flat start") {
		top = 10
		out = append(out, fmt.Sprintf("10:=%d.00", d.n(0, 80, "start")))
	}
	unit := d.n(1, 900, "unit")
	for range d.n(1, 5, "tiers") {
		top += d.n(3, 30, "width")
		if flat {
			price += d.n(0, 500, "flat")
			if falls {
				price = d.n(1, 900, "falling")
			}
			out = append(out, fmt.Sprintf("%d:=%d.%02d", top, price, d.n(0, 99, "cents")))
			continue
		}
		out = append(out, fmt.Sprintf("%d:%d.%02d", top, unit/100, unit%100))
		unit = max(unit-d.n(0, 200, "less"), 0)
		if falls {
			unit = d.n(0, 900, "unit")
		}
	}
	last := out[len(out)-1]
	if i := len(fmt.Sprint(top)); d.oneIn(2, "open") {
		out[len(out)-1] = last[i:]
	} else {
		out[len(out)-1] = "400" + last[i:]
	}
	return out
}
