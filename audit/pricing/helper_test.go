package pricing_test

import (
	"fmt"
	"strings"
	"testing"

	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

var places world.Places

func rows(lists ...world.List) []pricing.Row { return places.Rows(lists...) }

func percent(plan, effective, rise string) pricing.Change {
	return places.Percent(plan, effective, rise)
}

func newPlan(plan, effective, next string) pricing.Change {
	return pricing.Change{Plan: plan, Effective: world.Day(effective), NewPlan: next, Source: places.At("price_changes.csv")}
}

func book(r []pricing.Row, changes ...pricing.Change) *pricing.Book {
	b, _ := pricing.NewBook(r, changes, nil, 10)
	return b
}

// monthly and annual return the one version of a table.
func monthly(t *testing.T, tiers []string) *pricing.Version {
	t.Helper()
	return newest(t, book(rows(world.List{Mode: pricing.Graduated, Tiers: tiers})).Timeline("app", pricing.Cloud, pricing.Monthly, true))
}

func annual(t *testing.T, tiers []string) *pricing.Version {
	t.Helper()
	return newest(t, book(rows(world.List{Mode: pricing.Graduated, Tiers: tiers})).Timeline("app", pricing.Cloud, pricing.Annual, true))
}

func written(t *testing.T, h pricing.Hosting, c pricing.Cycle, mode pricing.Mode, tiers []string) *pricing.Version {
	t.Helper()
	return newest(t, book(rows(world.List{Hosting: h, Cycle: c, Mode: mode, Tiers: tiers})).Timeline("app", h, c, false))
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
	v, _ := tl.At(world.Day(d))
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
