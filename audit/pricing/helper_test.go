package pricing_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

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

// tops draws rising tier tops; the last tier may be open.
func drawTops(t *rapid.T, open bool) []int {
	n := rapid.IntRange(1, 6).Draw(t, "tiers")
	var out []int
	top := 0
	for range n {
		top += rapid.IntRange(1, 120).Draw(t, "width")
		out = append(out, top)
	}
	if open && rapid.Bool().Draw(t, "open") {
		out[len(out)-1] = 0
	}
	return out
}

func text(top int) string {
	if top == 0 {
		return ""
	}
	return fmt.Sprint(top)
}

func cents(n int) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

// build makes the version of a drawn table; with a percentage on top at times.
func build(t *rapid.T, cycle pricing.Cycle, mode pricing.Mode, tiers []string) *pricing.Version {
	var changes []pricing.Change
	if rapid.Bool().Draw(t, "raised") {
		changes = append(changes, percent("app", "2026-01-01", cents(rapid.IntRange(0, 40).Draw(t, "rise"))))
	}
	v, why := book(rows(world.List{Cycle: cycle, Mode: mode, Tiers: tiers}), changes...).Timeline("app", pricing.Cloud, cycle, false).Newest()
	if v == nil {
		t.Fatal(why)
	}
	return v
}

// graduated draws a graduated table, half of them with a flat start.
func drawGraduated(t *rapid.T) (tiers []string, tops []int, flat bool) {
	tops = drawTops(t, true)
	flat = rapid.Bool().Draw(t, "flat start")
	for i, top := range tops {
		price := cents(rapid.IntRange(0, 900).Draw(t, "unit"))
		if i == 0 && flat {
			price = "=" + cents(rapid.IntRange(0, 9000).Draw(t, "flat"))
		}
		tiers = append(tiers, text(top)+":"+price)
	}
	return tiers, tops, flat
}

func price(t *rapid.T, v *pricing.Version, n int) money.Exact {
	p, ok := v.Price(n)
	if !ok {
		t.Fatalf("no price for %d users", n)
	}
	return p
}

// limit is the largest number of users to look at: the last top, or beyond it
// when the table is open.
func limit(tops []int) int {
	last := tops[len(tops)-1]
	if last == 0 {
		last = 150
		if len(tops) > 1 {
			last += tops[len(tops)-2]
		}
	}
	return last
}
