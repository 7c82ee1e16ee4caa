package pricing_test

import (
	"strings"
	"testing"

	"tierline/audit/diag"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 17.1.
func TestBlankHostingIsCloud(t *testing.T) {
	h, err := pricing.ParseHosting("")
	if err != nil || h != pricing.Cloud {
		t.Errorf("blank hosting: got %v %v, want cloud", h, err)
	}
	b := book(rows(unit("app", "", "", "1.00")))
	if v, why := b.Timeline("app", pricing.DataCenter, pricing.Monthly, true).Newest(); v != nil || !why.Given() {
		t.Errorf("a cloud list must not price Data Center: got %v %q", v, why)
	}
}

// METHOD 2.9.
func TestHostingOfAPriceChange(t *testing.T) {
	r := rows(unit("app", "", "", "1.00"), world.List{Hosting: pricing.DataCenter, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: flatUnit("1.00")})
	all := percent("app", "2026-03-01", "0.10")
	all.AllHostings = true
	b := book(r, all)
	if got := on(b.Timeline("app", pricing.DataCenter, pricing.Annual, true), "2026-03-01", 100); got != "110.00" {
		t.Errorf("change without hosting on Data Center: got %s, want 110.00", got)
	}
	expectOn(t, monthlyOf(b, "app"), "2026-03-01=110.00")
	expectOn(t, annualOf(b, "app"), "2026-03-01=1100.00") // every cycle alike
	cloud := book(r, percent("app", "2026-03-01", "0.10"))
	if got := on(cloud.Timeline("app", pricing.DataCenter, pricing.Annual, true), "2026-03-01", 100); got != "100.00" {
		t.Errorf("change of the cloud on Data Center: got %s, want 100.00", got)
	}
}

func refusedWith(t *testing.T, r []pricing.Row, cycle pricing.Cycle, word string) pricing.Notes {
	t.Helper()
	b, notes := pricing.NewBook(r, nil, nil, 10)
	if v, why := b.Timeline("app", pricing.Cloud, cycle, true).Newest(); v != nil || !strings.Contains(why.Text, word) {
		t.Errorf("%s price: got %v and the reason %q, want none and a reason with %q", cycle, v, why, word)
	}
	if notes.Diagnostics.Worst() != diag.Incomplete {
		t.Errorf("diagnostics: got worst %v, want incomplete", notes.Diagnostics.Worst())
	}
	return notes
}

// METHOD 2.7.
func TestRefusedRowTakesThePlansPrice(t *testing.T) {
	b, _ := pricing.NewBook(rows(world.List{Mode: pricing.Graduated, Tiers: world.G1}), nil,
		[]pricing.Refusal{{Plan: "app", Cycle: pricing.Monthly, Reason: diag.Why(diag.PriceRefused, "up_to %q", "1O0").From(diag.Source{File: "p.csv", Line: 7})}}, 10)
	v, why := monthlyOf(b, "app").Newest()
	if v != nil || !strings.Contains(why.Text, `up_to "1O0"`) || strings.Contains(why.Text, "p.csv") || why.At.Line != 7 {
		t.Errorf("monthly: got %v, reason %q", v, why)
	}
	if v, _ := annualOf(b, "app").Newest(); v != nil {
		t.Error("an annual list was derived from a monthly one that was refused")
	}
}

// METHOD 2.7.
func TestTwoPricesForOneTop(t *testing.T) {
	refusedWith(t, rows(world.List{Mode: pricing.Graduated, Tiers: []string{"10:=10", "100:1.65", "100:1.66"}}), pricing.Monthly, "two different prices")
	// A flat 0 is a known zero, a blank is not: they differ.
	refusedWith(t, rows(world.List{Mode: pricing.Graduated, Tiers: []string{"10:0", "10:0+0", "100:1"}}), pricing.Monthly, "two different prices")
	refusedWith(t, rows(unit("app", "", "2026-05-01", "1.00"), unit("app", "", "", "1.00")), pricing.Monthly, "same day")
}

// METHOD 2.7.
func TestIdenticalRepeatedRowIsExcluded(t *testing.T) {
	r := rows(world.List{Mode: pricing.Graduated, Tiers: []string{"10:=10", "100:1.65", "100:1.650", "100:1.65"}})
	b, notes := pricing.NewBook(r, nil, nil, 10)
	expect(t, newest(t, monthlyOf(b, "app")), map[int]string{10: "10.00", 11: "18.15", 100: "165.00"})
	if len(notes.Repeated) != 2 || notes.Repeated[0] != r[2].Source || notes.Repeated[1] != r[3].Source {
		t.Errorf("repeated rows: got %v, want %v and %v", notes.Repeated, r[2].Source, r[3].Source)
	}
	if notes.Diagnostics.Worst() >= diag.Warning {
		t.Errorf("a repeated row must not be a warning: %v", notes.Diagnostics)
	}
}

// METHOD 2.7, 2.15.
func TestCurrencyConflict(t *testing.T) {
	r := rows(unit("app", "", "", "1.00"))
	eur := rows(world.List{Mode: pricing.Graduated, From: "2026-01-01", Currency: "EUR", Tiers: flatUnit("1.00")})
	refusedWith(t, append(r, eur...), pricing.Monthly, "two currencies")
	mixed := rows(world.List{Mode: pricing.Graduated, Tiers: []string{"10:=10", "100:1.65"}})
	mixed[1].Currency = "EUR"
	refusedWith(t, mixed, pricing.Monthly, "two currencies")
	cycles := rows(unit("app", "", "", "1.00"), world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Currency: "EUR", Tiers: flatUnit("10.00")})
	refusedWith(t, cycles, pricing.Monthly, "two currencies")
	refusedWith(t, cycles, pricing.Annual, "two currencies")
}

func TestTierWithoutAnyPriceIsRefused(t *testing.T) {
	refusedWith(t, rows(world.List{Mode: pricing.Graduated, Tiers: []string{"10:=10", "100:"}}), pricing.Monthly, "neither")
}

func TestRowsMayComeInAnyOrder(t *testing.T) {
	v := monthly(t, []string{":0.05", "250:0.33", "10:=4.00", "1000:0.11", "100:0.44"})
	expect(t, v, map[int]string{10: "4.00", 11: "4.84", 902: "165.22", 1001: "176.05"})
}

func TestNamesAndHas(t *testing.T) {
	b := book(rows(unit("zeta", "", "", "1"), unit("app", "", "", "1"), world.List{Hosting: pricing.DataCenter, Mode: pricing.Volume, Cycle: pricing.Annual, Tiers: world.DC}), percent("ghost", "2026-01-01", "0.1"))
	if got := strings.Join(b.Names(), " "); got != "app zeta" {
		t.Errorf("names: got %q, want %q", got, "app zeta")
	}
	if !b.Has("app", pricing.DataCenter) || b.Has("zeta", pricing.DataCenter) || b.Has("ghost", pricing.Cloud) {
		t.Error("Has: want app on Data Center, and neither zeta there nor ghost, which only a change names")
	}
	if len(b.Changes("ghost", pricing.Cloud)) != 1 {
		t.Error("the change of a plan nobody lists must be kept: a contract price rises by it (METHOD 2.14)")
	}
	if _, why := b.Timeline("none", pricing.Cloud, pricing.Annual, true).Newest(); !strings.Contains(why.Text, `"none"`) {
		t.Errorf("reason of an unheard plan: %q", why)
	}
}
