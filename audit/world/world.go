// Package world makes up what the tests of prices, seats, costs and the plan
// work on: the price lists of METHOD 19.17, lists of prices, and whole small
// organisations, by hand or at random. Only tests import it. It panics on text
// it cannot read, since that text stands in a test.
package world

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
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

// Day reads a date; "" is none.
func Day(s string) date.Date {
	if s == "" {
		return date.Date{}
	}
	return must(date.Parse(s))
}

// Dec reads an exact number.
func Dec(s string) money.Exact { return must(money.ParseExact(s)) }

// USD reads an amount in US dollars.
func USD(s string) money.Amount { return must(money.ParseAmount(s, "USD")) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// World is a small organisation under construction: one site "acme" until On
// names another, as of 2026-01-01, renewing on 2026-03-01, priced in USD.
type World struct {
	AsOf    date.Date
	Config  config.Config
	Estate  estate.Estate // without accounts and access, which Seats tells
	Rows    []pricing.Row
	Changes []pricing.Change

	t      testing.TB
	site   string
	users  map[[2]string]staff       // of a product on a site
	lists  map[[2]string]estate.List // that count them, where a test says more of it than that it is of as-of
	doubts map[[2]string][]int       // what others count of it
	places Places
}

// staff is who uses a product: accounts from first on, the first of them idle.
type staff struct{ first, users, idle int }

// New returns a world without users, prices and subscriptions.
func New(t testing.TB) *World {
	w := &World{t: t, AsOf: Day("2026-01-01"), Config: config.Default(), site: "acme", users: map[[2]string]staff{},
		lists: map[[2]string]estate.List{}, doubts: map[[2]string][]int{}}
	w.Config.Currency = "USD"
	return w
}

// Prices adds lists.
func (w *World) Prices(lists ...List) *World {
	w.Rows = append(w.Rows, w.places.Rows(lists...)...)
	return w
}

// Graduated adds a monthly list, from which apps derive their annual one.
func (w *World) Graduated(name string, tiers []string) *World {
	return w.Prices(List{Plan: name, Mode: pricing.Graduated, Tiers: tiers})
}

// Percent announces a price change of a plan, in every hosting.
func (w *World) Percent(name, effective, share string) *World {
	c := w.places.Percent(name, effective, share)
	c.AllHostings = true
	w.Changes = append(w.Changes, c)
	return w
}

// On says on which site everything that follows is.
func (w *World) On(site string) *World {
	w.site = site
	return w
}

// Seats says how many users a product has, and how many of them have been idle
// since 2025-06-01. They are the first accounts of the organisation.
func (w *World) Seats(product string, users, idle int) *World {
	return w.SeatsFrom(0, product, users, idle)
}

// SeatsFrom is Seats for accounts from one on, so that those of two sites may
// be the same people, or others.
func (w *World) SeatsFrom(first int, product string, users, idle int) *World {
	w.users[[2]string{w.site, product}] = staff{first, users, idle}
	return w
}

// Listed says of what day the export is that counts the users of a product, and
// what else is known of it.
func (w *World) Listed(product string, l estate.List) *World {
	l.Source = w.places.At("export-users.csv")
	w.lists[[2]string{w.site, product}] = l
	return w
}

// Doubted has others count other numbers of users of a product, so that its
// export is in doubt and its bundle held.
func (w *World) Doubted(product string, others ...int) *World {
	w.doubts[[2]string{w.site, product}] = others
	return w
}

// doubt puts in a register what Doubted says.
func (w *World) doubt(r *seats.Register) *seats.Register {
	for _, p := range r.Products {
		for _, n := range w.doubts[[2]string{p.Site, p.Key}] {
			if len(p.Doubts) == 0 {
				p.Measured = []seats.Figure{{Users: p.Counted, From: p.Origin}}
				p.Doubts = []seats.Doubt{{Kind: seats.Contradicted, Reason: diag.Why(diag.InDoubt, "%d users in the export, %d elsewhere", p.Counted, n)}}
			}
			p.Measured = append(p.Measured, seats.Figure{Users: n, From: seats.FromCounts})
			p.Users = max(p.Users, n)
			if c := p.Collection; c != nil {
				c.Doubts, c.Measured = append(c.Doubts, p.Doubts...), append(c.Measured, seats.Figure{Users: n, From: seats.FromCounts})
				c.Users = max(c.Users, n)
			}
		}
	}
	return r
}

// Planned adds a planned change of the users of a product.
func (w *World) Planned(on, product string, change int) *World {
	w.Estate.Headcount = append(w.Estate.Headcount,
		estate.HeadcountChange{Date: Day(on), Site: w.site, Product: product, Change: change, Source: w.places.At("headcount_plan.csv")})
	return w
}

// Daily counts the users of a product on the days from one on; a negative
// number leaves a day out.
func (w *World) Daily(product, from string, users ...int) *World {
	for i, n := range users {
		if n >= 0 {
			w.Estate.UserCounts = append(w.Estate.UserCounts,
				estate.UserCount{Date: Day(from).AddDays(i), Site: "acme", Product: product, Users: n, Source: w.places.At("user_counts.csv")})
		}
	}
	return w
}

// Rate says what a currency is worth from a day on.
func (w *World) Rate(c money.Currency, rate, on string) *World {
	w.Estate.Rates = append(w.Estate.Rates, estate.Rate{Currency: c, Rate: Dec(rate), Date: Day(on), Source: w.places.At("rates.csv")})
	return w
}

// Quoted adds a quote of as-of for the subscription of a key, in USD, valid for the
// policy's days where no last day is given.
func (w *World) Quoted(number, key string, users int, cycle pricing.Cycle, amount, until string) *World {
	w.Estate.Quotes = append(w.Estate.Quotes, estate.Quote{Number: number, Date: w.AsOf, ValidUntil: Day(until), Site: w.site, Key: key, Users: users,
		Cycle: cycle, Amount: USD(amount), Source: w.places.At("quotes.csv")})
	return w
}

// Product subscribes to a product.
func (w *World) Product(key string, cycle pricing.Cycle, options ...Option) *World {
	return w.subscribe(estate.Subscription{Kind: estate.ProductKind, Key: key, Cycle: cycle}, options)
}

// App subscribes to an app.
func (w *World) App(key, host string, cycle pricing.Cycle, options ...Option) *World {
	return w.subscribe(estate.Subscription{Kind: estate.AppKind, Key: key, Host: host, Cycle: cycle}, options)
}

func (w *World) subscribe(s estate.Subscription, options []Option) *World {
	s.Site, s.PricePlan, s.LicenceType, s.Renewal, s.Source = w.site, s.Key, "commercial", Day("2026-03-01"), w.places.At("subscriptions.csv")
	for _, o := range options {
		o(&s)
	}
	w.Estate.Subscriptions = append(w.Estate.Subscriptions, s)
	return w
}

// Counting works the costs out with other numbers of users of products, which
// nobody doubts.
func (w *World) Counting(users map[string]int) *costing.Costs {
	in := w.unheld()
	for _, p := range in.Register.Products {
		if n, ok := users[p.Key]; ok && p.Known() {
			p.Users = n
		}
	}
	return costing.Build(in)
}

// Sure works the costs out as if nobody doubted an export.
func (w *World) Sure() *costing.Costs { return costing.Build(w.unheld()) }

// unheld is Input as if nobody doubted an export.
func (w *World) unheld() costing.Input {
	sure := *w
	sure.doubts = nil
	in := sure.Input()
	in.Register = in.Register.Unheld()
	return in
}

// Build works out the costs. The world stays as it is and may go on.
func (w *World) Build() *costing.Costs { return costing.Build(w.Input()) }

// Input returns what costs are worked out from.
func (w *World) Input() costing.Input {
	e := w.Estate
	n := 0
	for _, u := range w.users {
		n = max(n, u.first+u.users)
	}
	e.Accounts = nil
	for i := range n {
		e.Accounts = append(e.Accounts, estate.Account{ID: fmt.Sprintf("u%06d", i), Status: estate.Active, Added: Day("2020-01-01")})
	}
	e.Access, e.Lists = nil, nil
	for _, at := range w.counted() {
		u := w.users[at]
		a := estate.Access{Site: at[0], Product: at[1], Roles: make([]estate.Role, n), Seen: make([]estate.LastSeen, n), Newest: w.AsOf, Day: w.AsOf}
		if l, told := w.lists[at]; told {
			a.Newest, a.Day, a.Lists = l.Day, l.Day, []uint16{uint16(len(e.Lists))}
			e.Lists = append(e.Lists, l)
		}
		for i := range u.users {
			a.Roles[u.first+i], a.Seen[u.first+i] = estate.UserRole, estate.SeenOn(w.AsOf)
			if i < u.idle {
				a.Seen[u.first+i] = estate.SeenOn(Day("2025-06-01"))
			}
		}
		e.Access = append(e.Access, a)
	}
	slices.SortStableFunc(e.Headcount, func(a, b estate.HeadcountChange) int { return a.Date.Compare(b.Date) })
	book, _ := pricing.NewBook(w.Rows, w.Changes, nil, w.Config.Policy.AnnualFactor)
	return costing.Input{Estate: &e, Register: w.doubt(seats.Judge(&e, &w.Config.Policy, w.AsOf)), Book: book, Config: &w.Config, AsOf: w.AsOf}
}

// counted lists the products an export counts, by site and product.
func (w *World) counted() [][2]string {
	return slices.SortedFunc(maps.Keys(w.users), func(a, b [2]string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	})
}

// Line builds the world and returns the line of a key.
func (w *World) Line(key string) *costing.Line {
	w.t.Helper()
	return Find(w.t, w.Build(), key)
}

// Find returns the line of a key.
func Find(t testing.TB, c *costing.Costs, key string) *costing.Line {
	t.Helper()
	for _, l := range c.Lines {
		if l.Sub.Key == key {
			return l
		}
	}
	t.Fatalf("no line %q", key)
	return nil
}

// Said fails unless a diagnostic of that level has the word in it.
func Said(t testing.TB, l diag.List, level diag.Level, word string) {
	t.Helper()
	for _, d := range l {
		if d.Level == level && strings.Contains(d.Text(), word) {
			return
		}
	}
	t.Errorf("no %s with %q in %v", level, word, l)
}
