package pricing_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

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

func TestGraduatedNeverFallsAndIsContinuous(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tiers, tops, flat := drawGraduated(t)
		v := build(t, pricing.Monthly, pricing.Graduated, tiers)
		units := map[int]money.Exact{} // unit price of the tier above each top
		for i := range tops {
			if i > 0 {
				units[tops[i-1]] = world.Dec(tiers[i][len(text(tops[i]))+1:]).Mul(v.Factor)
			}
		}
		for n := range limit(tops) {
			a, b := price(t, v, n), price(t, v, n+1)
			start := flat && (n == tops[0] || n == 0)
			if !start && b.Cmp(a) < 0 {
				t.Fatalf("%v: %d users cost %s, %d users %s", tiers, n, a.Decimal(2), n+1, b.Decimal(2))
			}
			// Continuous: one user above a top costs one unit of the next tier,
			// but at the flat start.
			if unit, isTop := units[n]; isTop && !start && b.Sub(a).Cmp(unit) != 0 {
				t.Fatalf("%v: step at top %d: got %s, want %s", tiers, n, b.Sub(a).Decimal(2), unit.Decimal(2))
			}
		}
	})
}

func TestDerivedAnnualIsConstantInsideATier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tiers, tops, _ := drawGraduated(t)
		b := book(rows(world.List{Mode: pricing.Graduated, Tiers: tiers}))
		m, _ := b.Timeline("app", pricing.Cloud, pricing.Monthly, true).Newest()
		a, _ := b.Timeline("app", pricing.Cloud, pricing.Annual, true).Newest()
		n := rapid.IntRange(1, limit(tops)).Draw(t, "users")
		tier, ok := a.Tier(n)
		if ok && (n < tier.From || n > tier.To) {
			t.Fatalf("tier of %d: got %v", n, tier)
		}
		if !ok {
			return // its top lies above the last monthly one
		}
		at, known := m.Price(tier.To)
		for _, u := range []int{tier.From, n, tier.To} {
			p, have := a.Price(u)
			if have != known || have != ok || p.Cmp(at.MulInt(10)) != 0 && known {
				t.Fatalf("%v: %d users in %v: got %s (%v), want 10 x %s (%v)", tiers, u, tier, p.Decimal(2), have, at.Decimal(2), known)
			}
		}
	})
}

func TestBlockIsUnitTimesTop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tops := drawTops(t, false)
		var tiers []string
		units := make([]int, len(tops))
		for i, top := range tops {
			units[i] = rapid.IntRange(0, 900).Draw(t, "unit")
			tiers = append(tiers, text(top)+":"+cents(units[i]))
		}
		v := build(t, pricing.Annual, pricing.Block, tiers)
		bottom := 0
		for i, top := range tops {
			want := money.Ratio(int64(units[i]*top), 100).Mul(v.Factor)
			for _, n := range []int{bottom + 1, top} {
				if got := price(t, v, n); got.Cmp(want) != 0 {
					t.Fatalf("%v: %d users: got %s, want %s", tiers, n, got.Decimal(2), want.Decimal(2))
				}
			}
			bottom = top
		}
	})
}

// A bundle's whole curve: 60 plans, every number of users to 10,000, both
// cycles.
func BenchmarkBundleCurve(b *testing.B) {
	var in []pricing.Row
	for i := range 60 {
		in = append(in, rows(world.List{Plan: fmt.Sprintf("app-%d", i), Mode: pricing.Graduated,
			Tiers: []string{"10:=10.00", "100:1.65", "250:0.77", "1000:0.40", "2500:0.23", "5000:0.21", "7500:0.19", ":0.17"}})...)
	}
	bk := book(in, percent("app-0", "2026-01-01", "0.15"))
	var versions []*pricing.Version
	for _, name := range bk.Names() {
		for _, c := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
			v, _ := bk.Timeline(name, pricing.Cloud, c, true).Newest()
			versions = append(versions, v)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, v := range versions {
			for n := range 10001 {
				if _, ok := v.Price(n); !ok {
					b.Fatalf("no price for %d users", n)
				}
			}
		}
	}
}

// At every top n and n + 1: the tier that holds the users decides for all of
// them, flat + unit x n; a tier without unit price costs the same throughout.
func TestVolumeAtEveryTop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tops := drawTops(t, true)
		var tiers []string
		units, flats := make([]int, len(tops)), make([]int, len(tops))
		stepped := rapid.Bool().Draw(t, "flat only")
		for i, top := range tops {
			flats[i] = rapid.IntRange(0, 9000).Draw(t, "flat")
			price := "=" + cents(flats[i])
			if !stepped {
				units[i] = rapid.IntRange(1, 900).Draw(t, "unit")
				price = cents(units[i]) + "+" + cents(flats[i])
			}
			tiers = append(tiers, text(top)+":"+price)
		}
		v := build(t, pricing.Annual, pricing.Volume, tiers)
		if v.Stepped() != stepped {
			t.Fatalf("%v: stepped %v", tiers, v.Stepped())
		}
		bottom := 0
		for i, top := range tops {
			if top == 0 {
				top = bottom + 100
			}
			for _, n := range []int{bottom + 1, top} {
				want := money.Ratio(int64(flats[i]+units[i]*n), 100).Mul(v.Factor)
				if got := price(t, v, n); got.Cmp(want) != 0 {
					t.Fatalf("%v: %d users: got %s, want %s", tiers, n, got.Decimal(2), want.Decimal(2))
				}
			}
			bottom = top
		}
		if _, ok := v.Price(bottom + 1); tops[len(tops)-1] != 0 && ok {
			t.Fatalf("%v: a price for %d users, above the last top", tiers, bottom+1)
		}
	})
}
