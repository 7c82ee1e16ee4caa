package world

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Random draws a small estate of the Jira family: one to three products with
// candidates, apps, two cycles, licences, at times a collection that pays for some of the products and
// for Confluence, price changes with quote windows at
// their limits, contract and fixed prices, planned changes, tables that fall or
// end at times, rows without a price, in another currency or without a renewal.
// Idle says how many candidates a product has at most where there are one, two
// and three products.
func Random(t *rapid.T, w *World, idle [3]int) *World {
	d := draw{t}
	p := &w.Config.Policy
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
	pool := d.pool(hosting)
	for _, key := range []string{"jira", "jira-service-management", "jira-work-management"}[:products] {
		users := d.n(4, 60, "users of "+key)
		w.Seats(key, users, d.n(0, min(idle[products-1], users), "idle of "+key))
		hosts = append(hosts, key)
		for range d.n(0, 2, "changes of "+key) {
			w.Planned(d.day("planned"), key, d.n(-12, 15, "change"))
		}
		if !d.oneIn(4, "no row for "+key) && !(slices.Contains(pool.includes, key) && !d.oneIn(10, "a row beside the collection for "+key)) {
			d.subscribe(w, key, "", hosting, users)
		}
	}
	if pool.key != "" {
		hosts = append(hosts, d.collection(w, pool, idle[products-1])...)
	}
	for i := range d.n(1, 5, "apps") {
		d.subscribe(w, fmt.Sprintf("app-%d", i), rapid.SampledFrom(hosts).Draw(t, "host"), hosting, d.n(4, 60, "around"))
	}
	return w
}

// RandomStates draws an estate as Random does, of which each product may be
// counted by an export of any day, by a part of one, by others who agree or not,
// or by nobody, and have a second licence.
func RandomStates(t *rapid.T, w *World, idle [3]int) *World {
	d := draw{t}
	Random(t, w, idle)
	for _, at := range w.counted() {
		if d.oneIn(2, "any export") {
			d.list(w, at)
		}
		if d.oneIn(3, "counted elsewhere") {
			d.count(w, at)
		}
		if d.oneIn(6, "not counted") {
			delete(w.users, at)
		}
	}
	for _, s := range slices.Clone(w.Estate.Subscriptions) {
		if s.Kind == estate.ProductKind && d.oneIn(6, "second licence") {
			d.secondLicence(w, s)
		}
	}
	return w
}

// list draws the export that counts a product: of a day at the limit of what is
// too old, of an unknown one, of one group, or cut short.
func (d draw) list(w *World, at [2]string) {
	day := w.AsOf
	if age := rapid.SampledFrom([]int{0, 0, 0, 0, 0, 31, 32, -1}).Draw(d.t, "age of the export"); age >= 0 {
		day = day.AddDays(-age)
	} else {
		day = date.Date{}
	}
	l := estate.List{Day: day, Rows: w.users[at].users, OneGroup: d.oneIn(8, "one group")}
	if d.oneIn(12, "cut short") {
		l.Broken = diag.Why(diag.InDoubt, "it names a next page")
	}
	w.On(at[0]).Listed(at[1], l)
}

// count draws a count of another source, which is near that of the export or not,
// and of a day on which it may be held against it or not.
func (d draw) count(w *World, at [2]string) {
	users := d.n(1, 60, "count")
	if d.oneIn(2, "near") {
		users = max(1, w.users[at].users+d.n(-8, 8, "apart"))
	}
	on := w.AsOf.AddDays(-rapid.SampledFrom([]int{0, 0, 31, 32}).Draw(d.t, "age of the count"))
	w.Estate.UserCounts = append(w.Estate.UserCounts,
		estate.UserCount{Date: on, Site: at[0], Product: at[1], Users: users, Source: w.places.At("user_counts.csv")})
}

// secondLicence draws another licence beside one of the same product, under an
// entitlement of its own.
func (d draw) secondLicence(w *World, s estate.Subscription) {
	s.Entitlement, s.Source = "E-2", w.places.At("subscriptions.csv")
	s.HasLicensed = !d.oneIn(4, "second without a number")
	if s.Licensed = 0; s.HasLicensed {
		s.Licensed = d.n(1, 60, "second licence")
	}
	w.Estate.Subscriptions = append(w.Estate.Subscriptions, s)
}

type draw struct{ t *rapid.T }

func (d draw) n(from, to int, label string) int { return rapid.IntRange(from, to).Draw(d.t, label) }

func (d draw) oneIn(n int, label string) bool { return d.n(1, n, label) == n }

func (d draw) day(label string) string {
	return Day("2025-12-20").AddDays(d.n(0, 450, label)).String()
}

func (d draw) subscribe(w *World, key, host string, hosting pricing.Hosting, users int) {
	s := estate.Subscription{Kind: estate.ProductKind, Key: key, Host: host, Hosting: hosting}
	if host != "" {
		s.Kind = estate.AppKind
	}
	s.Cycle = pricing.Cycle(d.n(0, 1, "cycle"))
	if hosting == pricing.DataCenter {
		s.Cycle = pricing.Annual
	}
	options := []Option{Renews(Day("2026-01-01").AddDays(rapid.SampledFrom(renewals).Draw(d.t, "renewal")).String())}
	if d.oneIn(20, "no renewal") {
		options = append(options, Renews(""))
	}
	if d.oneIn(10, "academic") {
		options = append(options, Licence("academic"))
	}
	if d.oneIn(2, "licensed") {
		options = append(options, Licensed(max(0, users+d.n(-15, 40, "licence"))))
	}
	if d.oneIn(5, "discount") {
		options = append(options, Discount(fmt.Sprintf("0.%02d", d.n(1, 60, "percent off"))))
	}
	if d.oneIn(8, "contract") {
		options = append(options, Contract(fmt.Sprintf("%d.%02d", d.n(0, 900, "contract"), d.n(0, 99, "cents"))))
	}
	switch {
	case host != "" && d.oneIn(8, "own users"):
		options = append(options, OwnUsers)
	case host != "" && d.oneIn(15, "fixed"):
		options = append(options, Fixed)
	}
	if d.oneIn(12, "not active") {
		options = append(options, Status(rapid.SampledFrom([]estate.SubscriptionStatus{estate.SubTrial, estate.SubCancelled}).Draw(d.t, "status")))
	}
	if d.oneIn(10, "no price") {
		options = append(options, Priced("ghost"))
	}
	d.prices(w, key, hosting)
	w.subscribe(s, options)
	if d.oneIn(4, "quote") {
		d.quote(w, key, s.Cycle, users)
	}
}

// quote draws a quote around what a renewal may need, at times with a last day at
// its limits, and at times for the other cycle.
func (d draw) quote(w *World, key string, cycle pricing.Cycle, users int) {
	until := ""
	if d.oneIn(3, "valid until") {
		until = Day("2026-01-01").AddDays(rapid.SampledFrom(renewals).Draw(d.t, "valid for") + d.n(0, 1, "a day more")).String()
	}
	if d.oneIn(8, "other cycle") {
		cycle = 1 - cycle
	}
	number, covered := fmt.Sprintf("Q-%d", d.n(1, 9, "number")), max(1, users+d.n(-15, 40, "quoted"))
	w.Quoted(number, key, covered, cycle, fmt.Sprintf("%d.%02d", d.n(0, 900, "quoted"), d.n(0, 99, "cents")), until)
}

// prices draws the lists of a plan: monthly, and annual where it is not to be
// derived.
func (d draw) prices(w *World, name string, hosting pricing.Hosting) {
	mode := pricing.Graduated
	if d.oneIn(6, "monthly volume") {
		mode = pricing.Volume
	}
	monthly := List{Plan: name, Hosting: hosting, Cycle: pricing.Monthly, Mode: mode, Tiers: d.tiers(false, mode == pricing.Graduated)}
	if d.oneIn(15, "euros") {
		monthly.Currency = "EUR"
		if d.oneIn(2, "a rate") {
			w.Rate("EUR", fmt.Sprintf("%d.%04d", d.n(0, 2, "rate"), d.n(1, 9999, "of a rate")), "2025-12-31")
		}
	}
	if d.oneIn(15, "ends") {
		monthly.To = d.day("to")
	}
	w.Prices(monthly)
	if hosting == pricing.DataCenter || d.oneIn(2, "annual list") {
		mode := rapid.SampledFrom([]pricing.Mode{pricing.Volume, pricing.Volume, pricing.Block, pricing.Graduated}).Draw(d.t, "annual mode")
		flat := mode == pricing.Volume && !d.oneIn(3, "annual by user")
		annual := List{Plan: name, Hosting: hosting, Cycle: pricing.Annual, Mode: mode, Tiers: d.tiers(flat, false), Currency: monthly.Currency}
		w.Prices(annual)
		if d.oneIn(4, "second annual list") {
			annual.From, annual.Tiers = d.day("from"), d.tiers(flat, false)
			w.Prices(annual)
		}
	}
	for range rapid.SampledFrom([]int{0, 0, 1, 1, 2}).Draw(d.t, "price changes") {
		w.Percent(name, d.effective(), rapid.SampledFrom([]string{"0.05", "0.10", "0.15", "0.33", "-0.10", "0"}).Draw(d.t, "rise"))
		if d.oneIn(4, "own days") {
			days := rapid.SampledFrom([]int{0, 1, 59, 60, 61}).Draw(d.t, "override days")
			w.Changes[len(w.Changes)-1].OverrideDays = &days
		}
	}
}

// renewals are how many days after as-of a row renews.
var renewals = []int{0, 30, 59, 59, 100, 200}

// effective draws the day of a price change, half of them where a quote is just
// possible or just not: around a renewal, and 60 days before as-of or before the
// first day on which a quote can be made.
func (d draw) effective() string {
	if d.oneIn(2, "any day") {
		return d.day("effective")
	}
	renewal := rapid.SampledFrom(renewals).Draw(d.t, "change for")
	from := max(0, renewal-90)
	days := rapid.SampledFrom([]int{renewal - 1, renewal, renewal + 1, from - 60, from - 59, from - 58, from, from + 1}).Draw(d.t, "at the limit")
	return Day("2026-01-01").AddDays(days).String()
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

// RandomSites draws a small estate of Jira on two or three sites whose people
// overlap, or of a collection with it, of the Enterprise edition at times, and under
// one entitlement at times, with apps that are on several of them and renew apart, in cycles that may
// differ; at times a count is doubted, or a site has a second licence.
func RandomSites(t *rapid.T, w *World) *World {
	d := draw{t}
	w.Config.Policy.NoQuotes = d.oneIn(4, "no quotes")
	w.Config.Policy.KeepCycle = d.oneIn(3, "keep cycle")
	product := rapid.SampledFrom([]string{"jira", "jira", "teamwork-collection"}).Draw(t, "product")
	d.prices(w, product, pricing.Cloud)
	apps := d.n(1, 3, "apps")
	for i := range apps {
		d.prices(w, fmt.Sprintf("app-%d", i), pricing.Cloud)
	}
	cycle := pricing.Cycle(d.n(0, 1, "cycle"))
	mixed := d.oneIn(3, "mixed cycles")
	entitlement := rapid.SampledFrom([]string{"", "E-1"}).Draw(t, "entitlement")
	sites := d.n(2, 3, "sites")
	for i := range sites {
		w.On(fmt.Sprintf("site-%d", i+1))
		users := d.n(4, 40, "users")
		w.SeatsFrom(d.n(0, 30, "first"), "jira", users, d.n(0, min([]int{12, 8}[sites-2], users), "idle"))
		if product != "jira" {
			w.SeatsFrom(d.n(0, 30, "first of confluence"), "confluence", d.n(4, 20, "users of confluence"), d.n(0, 3, "idle of confluence"))
		}
		if d.oneIn(10, "doubted") {
			w.Doubted("jira", d.n(1, 60, "elsewhere"))
		}
		if d.oneIn(6, "any export") {
			d.list(w, [2]string{w.site, "jira"})
		}
		if mixed {
			cycle = pricing.Cycle(d.n(0, 1, "cycle of the site"))
		}
		if d.oneIn(3, "change") {
			w.Planned(d.day("planned"), "jira", d.n(-12, 15, "change"))
		}
		options := []Option{Entitlement(entitlement)}
		later := Renews(Day("2026-03-01").AddDays(rapid.SampledFrom([]int{0, 0, 1, 45, 200, 364, 365}).Draw(d.t, "later")).String())
		if !d.oneIn(4, "standard") {
			options = append(options, Edition("enterprise"))
		}
		if d.oneIn(3, "licensed") {
			options = append(options, Licensed(d.n(4, 60, "licence")))
		}
		w.Product(product, cycle, options...)
		if d.oneIn(5, "quote of "+product) {
			d.quote(w, product, cycle, users)
		}
		if d.oneIn(12, "second licence") {
			d.secondLicence(w, w.Estate.Subscriptions[len(w.Estate.Subscriptions)-1])
		}
		for n := range apps {
			if !d.oneIn(4, "not here") {
				w.App(fmt.Sprintf("app-%d", n), "jira", cycle, later)
				if d.oneIn(5, "quote") {
					d.quote(w, fmt.Sprintf("app-%d", n), cycle, users)
				}
			}
		}
	}
	return w
}
