package pricing_test

import (
	"strings"
	"testing"
	"time"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

func listRow(cycle pricing.Cycle, mode pricing.Mode, top int, unit, flat string, line int) pricing.Row {
	r := pricing.Row{Plan: "p", Cycle: cycle, Mode: mode, Currency: "USD", UpTo: top, Source: diag.Source{File: "prices.csv", Line: line}}
	if unit != "" {
		r.Unit, _ = money.ParseExact(unit)
		r.HasUnit = true
	}
	if flat != "" {
		r.Flat, _ = money.ParseExact(flat)
		r.HasFlat = true
	}
	return r
}

// TestLintGap: a list that ends before the next one starts is worth a warning,
// two that meet are not.
func TestLintGap(t *testing.T) {
	first := listRow(pricing.Annual, pricing.Volume, 100, "", "1000", 2)
	first.ValidTo = date.New(2026, time.March, 31)
	second := listRow(pricing.Annual, pricing.Volume, 100, "", "1100", 3)
	for start, want := range map[date.Date]bool{date.New(2026, time.April, 1): false, date.New(2026, time.May, 1): true} {
		second.ValidFrom = start
		_, notes := pricing.NewBook([]pricing.Row{first, second}, nil, nil, 10)
		got := false
		for _, d := range notes.Diagnostics {
			got = got || d.Level == diag.Warning && d.Source.Line == 3 && strings.Contains(d.Message, "no list is valid from 2026-04-01 to 2026-04-30")
		}
		if got != want {
			t.Errorf("second list from %s: warned %v, want %v: %v", start, got, want, notes.Diagnostics)
		}
	}
}

// TestFactorGap: 10 x (100 x 1.65) = 1,650.00 agrees; 1,600.00 does not, and
// one of two tiers differs.
func TestFactorGap(t *testing.T) {
	monthly := []pricing.Row{listRow(pricing.Monthly, pricing.Graduated, 10, "", "10", 2), listRow(pricing.Monthly, pricing.Graduated, 100, "1.65", "", 3)}
	book := func(at100 string) *pricing.Book {
		rows := append(monthly[:2:2], listRow(pricing.Annual, pricing.Volume, 10, "", "100", 4), listRow(pricing.Annual, pricing.Volume, 100, "", at100, 5))
		b, _ := pricing.NewBook(rows, nil, nil, 10)
		return b
	}
	if gap, ok := book("1650").FactorGap("p", pricing.Cloud, 10); ok {
		t.Errorf("agreeing lists: %+v", gap)
	}
	gap, ok := book("1600").FactorGap("p", pricing.Cloud, 10)
	if !ok || gap.Top != 100 || gap.Annual.Decimal(2) != "1600.00" || gap.Monthly.Decimal(2) != "1650.00" || gap.Differ != 1 || gap.Tiers != 2 || gap.Source.Line != 5 {
		t.Errorf("gap: %+v, %v", gap, ok)
	}
	if _, ok := book("1600").FactorGap("other", pricing.Cloud, 10); ok {
		t.Error("a plan nobody knows has a gap")
	}
}

// METHOD 2.7.
func TestFallingPriceIsDiagnosed(t *testing.T) {
	level := func(mode pricing.Mode, tiers ...string) (diag.Level, int) {
		_, notes := pricing.NewBook(rows(world.List{Mode: mode, Tiers: tiers}), nil, nil, 10)
		return notes.Diagnostics.Worst(), len(notes.Diagnostics)
	}
	for _, c := range []struct {
		name  string
		mode  pricing.Mode
		tiers []string
		level diag.Level
		count int
	}{
		{"graduated never falls", pricing.Graduated, world.G1, diag.Note, 0},
		{"volume falls", pricing.Volume, []string{"100:1.65", "250:0.77"}, diag.Warning, 1},
		{"falls at the flat start: a note (METHOD 2.7)", pricing.Graduated, []string{"10:=50", "100:0.30"}, diag.Note, 1},
	} {
		if l, n := level(c.mode, c.tiers...); l != c.level || n != c.count {
			t.Errorf("%s: got %d diagnostics, worst %v, want %d, %v", c.name, n, l, c.count, c.level)
		}
	}
}
