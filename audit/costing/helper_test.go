package costing_test

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// The tables of pricing.md section 2 and R5.3: "10:=10.00" is a tier up to 10
// with a flat price, "100:1.65" one with a unit price, ":0.05" one without limit.
var (
	g1 = []string{"10:=10.00", "100:1.65", "250:0.77", "1000:0.40", "2500:0.23"}
	g2 = []string{"10:=10.00", "100:1.98", "250:0.92", "1000:0.48", "2500:0.27"}
	j  = []string{"100:8.60", "250:7.30", "1000:6.10"}
	dc = []string{"500:=3400", "1000:=5000", "2000:=6700", "3000:=7600", "4000:=8400", "5000:=9200", "10000:=10800", "15000:=11700", ":=30600"}
)

func day(s string) date.Date {
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

func usd(s string) money.Amount {
	a, err := money.ParseAmount(s, "USD")
	if err != nil {
		panic(err)
	}
	return a
}

// world is a small organisation under construction: one site "acme", as of
// 2026-01-01, renewing on 2026-03-01, priced in USD.
type world struct {
	t       testing.TB
	asOf    date.Date
	cfg     config.Config
	estate  estate.Estate
	rows    []pricing.Row
	changes []pricing.Change
	refused []pricing.Refusal
	users   map[[2]string][2]int // site, product -> users, of whom idle
	line    int
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, asOf: day("2026-01-01"), cfg: config.Default(), users: map[[2]string][2]int{}}
	w.cfg.Currency = "USD"
	return w
}

func (w *world) at(file string) diag.Source {
	w.line++
	return diag.Source{File: file, Line: w.line}
}

// list is one version of a price plan.
type list struct {
	plan     string
	hosting  pricing.Hosting
	cycle    pricing.Cycle
	mode     pricing.Mode
	from, to string
	currency money.Currency
	tiers    []string
}

func (w *world) prices(lists ...list) *world {
	for _, l := range lists {
		for _, t := range l.tiers {
			top, price, _ := strings.Cut(t, ":")
			r := pricing.Row{Plan: l.plan, Hosting: l.hosting, Cycle: l.cycle, Mode: l.mode, Currency: cmp.Or(l.currency, "USD"), Source: w.at("prices.csv")}
			if l.from != "" {
				r.ValidFrom = day(l.from)
			}
			if l.to != "" {
				r.ValidTo = day(l.to)
			}
			if top != "" {
				n, err := strconv.Atoi(top)
				if err != nil {
					panic(err)
				}
				r.UpTo = n
			}
			if flat, ok := strings.CutPrefix(price, "="); ok {
				r.Flat, r.HasFlat = dec(flat), true
			} else if price != "" {
				r.Unit, r.HasUnit = dec(price), true
			}
			w.rows = append(w.rows, r)
		}
	}
	return w
}

// graduated adds a monthly list, from which apps derive their annual one.
func (w *world) graduated(name string, tiers []string) *world {
	return w.prices(list{plan: name, mode: pricing.Graduated, tiers: tiers})
}

func (w *world) percent(name, effective, share string) *world {
	w.changes = append(w.changes, pricing.Change{Plan: name, Effective: day(effective), Percent: dec(share), AllHostings: true, Source: w.at("price_changes.csv")})
	return w
}

// seats says how many users a product on the site acme has, and how many of
// them have been idle since 2025-06-01.
func (w *world) seats(product string, users, idle int) *world {
	w.users[[2]string{"acme", product}] = [2]int{users, idle}
	return w
}

func (w *world) planned(on, product string, change int) *world {
	w.estate.Headcount = append(w.estate.Headcount, estate.HeadcountChange{Date: day(on), Site: "acme", Product: product, Change: change, Source: w.at("headcount_plan.csv")})
	return w
}

type option func(*estate.Subscription)

func licensed(n int) option {
	return func(s *estate.Subscription) { s.Licensed, s.HasLicensed = n, true }
}

func renews(d string) option { return func(s *estate.Subscription) { s.Renewal = day(d) } }

func priced(name string) option { return func(s *estate.Subscription) { s.PricePlan = name } }

func contract(amount string) option {
	return func(s *estate.Subscription) { s.ContractPrice = usd(amount) }
}

func onDataCenter(s *estate.Subscription) { s.Hosting = pricing.DataCenter }

func basis(b estate.Basis) option { return func(s *estate.Subscription) { s.Basis = b } }

func status(x estate.SubscriptionStatus) option {
	return func(s *estate.Subscription) { s.Status = x }
}

func licence(kind string) option { return func(s *estate.Subscription) { s.LicenceType = kind } }

func discount(share string) option {
	return func(s *estate.Subscription) { s.Discount, s.HasDiscount = dec(share), true }
}

func noRenewal(s *estate.Subscription) { s.Renewal = date.Date{} }

func (w *world) product(key string, cycle pricing.Cycle, options ...option) *world {
	return w.subscribe(estate.Subscription{Kind: estate.ProductKind, Key: key, Cycle: cycle}, options)
}

func (w *world) app(key, host string, cycle pricing.Cycle, options ...option) *world {
	return w.subscribe(estate.Subscription{Kind: estate.AppKind, Key: key, Host: host, Cycle: cycle}, options)
}

func (w *world) subscribe(s estate.Subscription, options []option) *world {
	s.Site, s.PricePlan, s.LicenceType, s.Renewal, s.Source = "acme", s.Key, "commercial", day("2026-03-01"), w.at("subscriptions.csv")
	for _, o := range options {
		o(&s)
	}
	w.estate.Subscriptions = append(w.estate.Subscriptions, s)
	return w
}

func (w *world) build() *costing.Costs {
	n := 0
	for _, u := range w.users {
		n = max(n, u[0])
	}
	e := w.estate
	e.Accounts = nil
	for i := range n {
		e.Accounts = append(e.Accounts, estate.Account{ID: fmt.Sprintf("u%06d", i), Status: estate.Active, Added: day("2020-01-01")})
	}
	e.Access = nil
	for key, u := range w.users {
		a := estate.Access{Site: key[0], Product: key[1], Roles: make([]estate.Role, n), Seen: make([]estate.LastSeen, n), Newest: w.asOf}
		for i := range u[0] {
			a.Roles[i], a.Seen[i] = estate.UserRole, estate.SeenOn(w.asOf)
			if i < u[1] {
				a.Seen[i] = estate.SeenOn(day("2025-06-01"))
			}
		}
		e.Access = append(e.Access, a)
	}
	slices.SortFunc(e.Access, func(a, b estate.Access) int { return strings.Compare(a.Site+a.Product, b.Site+b.Product) })
	slices.SortStableFunc(e.Headcount, func(a, b estate.HeadcountChange) int { return a.Date.Compare(b.Date) })
	book, _ := pricing.NewBook(w.rows, w.changes, w.refused, w.cfg.Policy.AnnualFactor)
	return costing.Build(costing.Input{Estate: &e, Register: seats.Judge(&e, &w.cfg.Policy, w.asOf), Book: book, Config: &w.cfg, AsOf: w.asOf})
}

// line returns the built line of a key.
func (w *world) lineOf(key string) *costing.Line {
	w.t.Helper()
	return find(w.t, w.build(), key)
}

func find(t testing.TB, c *costing.Costs, key string) *costing.Line {
	t.Helper()
	for _, l := range c.Lines {
		if l.Sub.Key == key {
			return l
		}
	}
	t.Fatalf("no line %q", key)
	return nil
}

// figures compares current, volume, price changes and as is, written
// "current volume price_changes as_is"; "" is unknown.
func figures(t testing.TB, l *costing.Line, current, volume, changes, asIs string) {
	t.Helper()
	got := [4]string{l.Current.String(), l.Volume.String(), l.PriceChanges().String(), l.AsIs.String()}
	if want := [4]string{current, volume, changes, asIs}; got != want {
		t.Errorf("%s: current, volume, price changes, as is: got %q, want %q (reason %q)", l.ID(), got, want, l.Reason)
	}
}

// cost compares the cost of a choice.
func cost(t testing.TB, name string, l *costing.Line, c costing.Choice, want string) {
	t.Helper()
	if got := l.Cost(c).String(); got != want {
		_, why := l.Bills(c)
		t.Errorf("%s: %s: got %q, want %q (%s)", name, l.ID(), got, want, why)
	}
}

var ownUsers = basis(estate.OwnUsers)
