package pricing_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

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

// The annual list of G1 as its vendor published it, at each top and one
// user below it.
func TestAnnualListOfG1(t *testing.T) {
	v := annual(t, world.G1)
	prev := 0
	for _, c := range []struct {
		top  int
		want string
	}{
		{10, "100.00"}, {15, "247.50"}, {25, "412.50"}, {50, "825.00"}, {100, "1650.00"}, {200, "2420.00"}, {300, "3005.00"},
		{400, "3405.00"}, {500, "3805.00"}, {600, "4205.00"}, {800, "5005.00"}, {1000, "5805.00"}, {1200, "6265.00"},
		{1400, "6725.00"}, {1600, "7185.00"}, {1800, "7645.00"}, {2000, "8105.00"}, {2250, "8680.00"}, {2500, "9255.00"},
	} {
		expect(t, v, map[int]string{prev + 1: c.want, c.top: c.want})
		if tier, ok := v.Tier(prev + 1); !ok || tier != (pricing.Range{From: prev + 1, To: c.top}) {
			t.Errorf("tier of %d: got %v %v, want %d-%d", prev+1, tier, ok, prev+1, c.top)
		}
		if tier, ok := v.Tier(c.top); !ok || tier != (pricing.Range{From: prev + 1, To: c.top}) {
			t.Errorf("tier of %d: got %v %v, want %d-%d", c.top, tier, ok, prev+1, c.top)
		}
		prev = c.top
	}
}

// The tops Atlassian fixes (METHOD 2.6), both sides of each.
func TestAnnualTops(t *testing.T) {
	tops := []int{10, 15, 25, 50, 100, 200, 300, 400, 500, 600, 800}
	for n := 1000; n <= 2000; n += 200 {
		tops = append(tops, n)
	}
	for n := 2250; n <= 5000; n += 250 {
		tops = append(tops, n)
	}
	for n := 5500; n <= 10000; n += 500 {
		tops = append(tops, n)
	}
	for n := 11000; n <= 50000; n += 1000 {
		tops = append(tops, n)
	}
	for n := 60000; n <= 250000; n += 10000 {
		tops = append(tops, n)
	}
	prev := 0
	for _, top := range tops {
		for _, n := range []int{prev + 1, top} {
			if got := pricing.AnnualTier(n).To; got != top {
				t.Errorf("annual top of %d: got %d, want %d", n, got, top)
			}
		}
		prev = top
	}
}

// Every published annual price follows from the monthly list (METHOD 2.6).
func TestRealPrices(t *testing.T) {
	var in []pricing.Row
	for i, r := range readCSV(t, "prices.csv") {
		if r["hosting"] != "cloud" || r["cycle"] != "monthly" || r["mode"] != "graduated" {
			t.Fatalf("prices.csv row %d is not a graduated monthly cloud price: %v", i+2, r)
		}
		row := pricing.Row{Plan: r["plan"], Currency: money.Currency(r["currency"]), Mode: pricing.Graduated}
		if r["up_to"] != "" {
			row.UpTo = atoi(t, r["up_to"])
		}
		if r["unit_price"] != "" {
			row.Unit, row.HasUnit = world.Dec(r["unit_price"]), true
		}
		if r["flat_price"] != "" {
			row.Flat, row.HasFlat = world.Dec(r["flat_price"]), true
		}
		in = append(in, row)
	}
	b, notes := pricing.NewBook(in, nil, nil, 10)
	if got := notes.Diagnostics.Worst(); got > 1 {
		t.Errorf("worst diagnostic: got %v, want at most a warning: %v", got, notes.Diagnostics)
	}
	published := readCSV(t, "annual.csv")
	for _, r := range published {
		v, why := b.Timeline(r["plan"], pricing.Cloud, pricing.Annual, true).Newest()
		if v == nil {
			t.Fatalf("%s: %s", r["plan"], why)
		}
		n := atoi(t, r["users"])
		want := world.Dec(r["annual_price"]).Round("USD", money.HalfUp).String()
		if got := amount(v, n); got != want {
			t.Errorf("%s, %d users: got %s, want %s", r["plan"], n, got, want)
		}
		if tier, _ := v.Tier(n); tier.To != n {
			t.Errorf("%s: %d is a published top, got tier %v", r["plan"], n, tier)
		}
	}
	if len(published) != 1107 {
		t.Errorf("published prices: got %d, want 1107", len(published))
	}
}

func readCSV(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "real-prices", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, rec := range all[1:] {
		m := map[string]string{}
		for i, name := range all[0] {
			m[name] = rec[i]
		}
		out = append(out, m)
	}
	return out
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// METHOD 2.8.
func TestDerivedAnnualListRisesOnce(t *testing.T) {
	b := book(rows(world.List{Mode: pricing.Graduated, Tiers: world.G1}), percent("app", "2026-03-01", "0.15"))
	tl := annualOf(b, "app")
	if got := on(tl, "2026-03-01", 500); got != "4375.75" { // 3,805.00 x 1.15, not x 1.15 twice
		t.Errorf("derived tier 500 after +15 %%: got %s, want 4375.75", got)
	}
}

// METHOD 2.6.
func TestTierAboveTheLastMonthlyTopIsUnknown(t *testing.T) {
	v := annual(t, []string{"10:=10", "100:1.00", "450:0.50"}) // tier 500 reaches above 450
	expect(t, v, map[int]string{400: "2500.00", 401: "unknown", 450: "unknown"})
	expect(t, monthly(t, []string{"10:=10", "100:1.00", "450:0.50"}), map[int]string{450: "275.00", 451: "unknown"})
	open := annual(t, []string{"10:=10", "100:1.00", ":0.50"}) // no limit: the tiers go on by 10,000
	expect(t, open, map[int]string{100001: "550500.00"})       // 10 x (100 + 109,900 x 0.50)
}

// METHOD 2.6.
func TestNoDerivationBesideAnnualRows(t *testing.T) {
	m := world.List{Mode: pricing.Graduated, Tiers: world.G1}
	withAnnual := book(rows(m, world.List{Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"100:=1600"}}))
	expect(t, newest(t, annualOf(withAnnual, "app")), map[int]string{100: "1600.00", 101: "unknown"})
	refused, _ := pricing.NewBook(rows(m), nil, []pricing.Refusal{{Plan: "app", Cycle: pricing.Annual, Reason: diag.Reason{Text: "unit_price \"x\""}}}, 10)
	if v, why := annualOf(refused, "app").Newest(); v != nil || !strings.Contains(why.Text, "unit_price") {
		t.Errorf("a plan whose annual row was refused: got %v %q, want no price and the reason", v, why)
	}
	if v, _ := monthlyOf(refused, "app").Newest(); v == nil {
		t.Error("the refusal of an annual row must not take the monthly price away")
	}
}

// METHOD 2.6.
func TestOtherMonthlyModesGiveNoAnnualList(t *testing.T) {
	for _, mode := range []pricing.Mode{pricing.Volume, pricing.Block} {
		b := book(rows(world.List{Mode: mode, Tiers: []string{"100:1.00", "1000:0.50"}}))
		if v, why := annualOf(b, "app").Newest(); v != nil || !why.Given() {
			t.Errorf("monthly %s: got an annual list or no reason (%q)", mode, why)
		}
	}
	b := book(rows(unit("app", "", "", "1.00"), world.List{From: "2026-06-01", Mode: pricing.Volume, Tiers: flatUnit("2.00")}))
	expectOn(t, annualOf(b, "app"), "2026-05-31=1000.00", "2026-06-01=unknown")
}

// METHOD 2.6.
func TestProductsDeriveOnlyWhereTheFileSaysSo(t *testing.T) {
	m := unit("jira", "", "", "1.00")
	product := func(b *pricing.Book) *pricing.Timeline {
		return b.Timeline("jira", pricing.Cloud, pricing.Annual, false)
	}
	if v, why := product(book(rows(m))).Newest(); v != nil || !strings.Contains(why.Text, "not derived") {
		t.Errorf("product without annual rows: got %v %q, want no price", v, why)
	}
	mark := world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.FromMonthly}
	expectOn(t, product(book(rows(m, mark))), "2026-01-01=1000.00")
	mark.From, mark.To = "2026-03-01", "2026-05-31"
	expectOn(t, product(book(rows(m, mark))), "2026-02-28=unknown", "2026-03-01=1000.00", "2026-05-31=1000.00", "2026-06-01=unknown")
	// The mark ends the day before the monthly list changes: the rule ends with it.
	next := unit("jira", "2026-06-01", "", "2.00")
	expectOn(t, product(book(rows(m, next, mark))), "2026-05-31=1000.00", "2026-06-01=unknown")
	mark.To = ""
	expectOn(t, product(book(rows(m, next, mark))), "2026-05-31=1000.00", "2026-06-01=2000.00")
}

// METHOD 2.6.
func TestMarkAndAnnualTable(t *testing.T) {
	b := book(rows(unit("jira", "", "", "1.00"), world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.FromMonthly},
		world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, From: "2026-06-01", Tiers: []string{"100:=1050"}}))
	expectOn(t, b.Timeline("jira", pricing.Cloud, pricing.Annual, false), "2026-05-31=1000.00", "2026-06-01=1050.00")
}

// A derived list without end is the same rule on both sides of the last tier
// that is compiled.
func TestDerivedListGoesOn(t *testing.T) {
	s := annual(t, append(append([]string{}, world.G1...), ":0.20")).Schedule
	m := monthly(t, append(append([]string{}, world.G1...), ":0.20")).Schedule
	for n, want := range map[int]pricing.Range{50_000: {From: 49_001, To: 50_000}, 50_001: {From: 50_001, To: 60_000}, 1_000_000: {From: 990_001, To: 1_000_000}} {
		tier, ok := s.Tier(n)
		year, _ := m.Price(want.To)
		if got, _ := s.Price(n); !ok || tier != want || got.Cmp(year.MulInt(10)) != 0 {
			t.Errorf("%d users: got tier %v at %s, want %v at %s", n, tier, got.Decimal(2), want, year.MulInt(10).Decimal(2))
		}
	}
	tops := s.Tops(65_000)
	if got := fmt.Sprint(tops[len(tops)-2:]); got != "[50000 60000]" {
		t.Errorf("last tops up to 65,000: got %s, want [50000 60000]", got)
	}
}
