package pricing_test

import (
	"testing"

	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// The cases of METHOD 19 that are about list prices.

func TestGolden01GraduatedMonthly(t *testing.T) {
	expect(t, monthly(t, world.G1), map[int]string{
		16: "26.40", 70: "115.50", 173: "221.21",
		99: "163.35", 100: "165.00", 101: "165.77", // both sides of 100
		249: "279.73", 250: "280.50", 251: "280.90",
	})
}

func TestGolden02ProductFormula(t *testing.T) {
	expect(t, monthly(t, world.J), map[int]string{
		450: "3175.00",
		100: "860.00", 101: "867.30", 250: "1955.00", 251: "1961.10",
	})
	v := annual(t, world.J)
	expect(t, v, map[int]string{
		450: "34800.00", // not the naive 31,750.00
		400: "28700.00", 401: "34800.00", 500: "34800.00", 501: "40900.00",
	})
	p, _ := monthly(t, world.J).Price(450)
	if got := p.MulInt(12).Decimal(2); got != "38100.00" {
		t.Errorf("12 months of 450 users: got %s, want 38100.00", got)
	}
}

func TestGolden03AnnualTierAbove(t *testing.T) {
	expect(t, annual(t, world.G1), map[int]string{902: "5805.00", 1000: "5805.00", 1001: "6265.00", 800: "5005.00", 801: "5805.00"})
	expect(t, monthly(t, world.G1), map[int]string{902: "541.30"})
	expect(t, monthly(t, world.Zen), map[int]string{902: "165.22"})
	expect(t, annual(t, world.Zen), map[int]string{902: "1760.00"})
}

func TestGolden04FlatStart(t *testing.T) {
	expect(t, monthly(t, world.G1), map[int]string{0: "0.00", 1: "10.00", 10: "10.00", 11: "18.15"})
	v := annual(t, world.G1)
	expect(t, v, map[int]string{1: "100.00", 10: "100.00", 11: "247.50", 15: "247.50", 16: "412.50", 25: "412.50", 26: "825.00"})
	for n, want := range map[int]string{11: "248.00", 25: "413.00"} {
		p, _ := v.Price(n)
		if got := p.Round("USD", money.UpToUnit).String(); got != want {
			t.Errorf("invoice for %d users: got %s, want %s", n, got, want)
		}
	}
	// A free start is a known 0.00, not an unknown price.
	expect(t, monthly(t, world.K), map[int]string{1: "0.00", 10: "0.00", 11: "4.95"})
	expect(t, annual(t, world.K), map[int]string{10: "0.00", 11: "67.50"})
}

func TestGolden05Boundary(t *testing.T) {
	expect(t, annual(t, world.G1), map[int]string{499: "3805.00", 500: "3805.00", 501: "4205.00"})
	expect(t, monthly(t, world.G1), map[int]string{500: "380.50", 501: "380.90"})
}

func TestGolden06SeatBlock(t *testing.T) {
	bands := []string{"10:8", "25:8", "50:8", "100:8", "200:8", "300:8", "500:8", "800:8", "1000:8"}
	v := written(t, pricing.Cloud, pricing.Annual, pricing.Block, bands)
	expect(t, v, map[int]string{499: "4000.00", 500: "4000.00", 501: "6400.00", 800: "6400.00", 801: "8000.00", 1000: "8000.00", 1001: "unknown"})
	at500, _ := v.Price(500)
	at501, _ := v.Price(501)
	if got := at501.Sub(at500).MulInt(10).Decimal(2); got != "24000.00" {
		t.Errorf("step of 10 apps at 500: got %s, want 24000.00", got)
	}
	unused := at501.MulInt(v.Capacity(501) - 501).Div(money.Int(int64(v.Capacity(501)))).MulInt(10)
	if got := unused.Decimal(2); got != "23920.00" {
		t.Errorf("299 unused seats of 10 apps: got %s, want 23920.00", got)
	}
}

func TestGolden08ListPricesOfACleanUp(t *testing.T) {
	expect(t, monthly(t, world.G1), map[int]string{540: "396.50", 500: "380.50", 590: "416.50", 550: "400.50"}) // 16.00 a month each
	expect(t, annual(t, world.G1), map[int]string{540: "4205.00", 500: "3805.00", 590: "4205.00", 550: "4205.00", 501: "4205.00"})
}

func TestGolden09ListPricesOfTwoHosts(t *testing.T) {
	expect(t, annual(t, world.G1), map[int]string{500: "3805.00", 300: "3005.00", 301: "3405.00"})
}

func TestGolden11And12PricesOfPeaks(t *testing.T) {
	expect(t, monthly(t, world.G1), map[int]string{490: "376.50", 505: "382.50", 95: "156.75", 105: "168.85", 100: "165.00", 101: "165.77"})
	expect(t, monthly(t, []string{":18.00"}), map[int]string{10: "180.00", 15: "270.00"})
}

func TestGolden13TiersOfASharedApp(t *testing.T) {
	expect(t, annual(t, world.G1), map[int]string{400: "3405.00", 300: "3005.00", 200: "2420.00", 650: "5005.00", 900: "5805.00"})
}

func TestGolden14ListPricesOfAChange(t *testing.T) {
	b := book(rows(
		world.List{Mode: pricing.Graduated, To: "2025-08-14", Tiers: world.G1},
		world.List{Mode: pricing.Graduated, From: "2025-08-15", Tiers: world.G2}))
	tl := b.Timeline("app", pricing.Cloud, pricing.Annual, true)
	for _, c := range []struct {
		day  string
		n    int
		want string
	}{
		{"2025-08-14", 200, "2420.00"}, {"2025-08-15", 200, "2900.00"},
		{"2025-08-14", 201, "3005.00"}, {"2025-08-15", 201, "3600.00"},
	} {
		if got := on(tl, c.day, c.n); got != c.want {
			t.Errorf("%d users on %s: got %s, want %s", c.n, c.day, got, c.want)
		}
	}
	if got := money.Int(2900).Div(money.Int(2420)).Sub(money.Int(1)).Percent(); got != "19.83%" {
		t.Errorf("rise of tier 200: got %s, want 19.83%%", got)
	}
	raised := book(rows(world.List{Mode: pricing.Graduated, Tiers: world.G1}), percent("app", "2026-03-01", "0.15")).Timeline("app", pricing.Cloud, pricing.Annual, true)
	if got := on(raised, "2026-02-28", 500); got != "3805.00" {
		t.Errorf("tier 500 the day before +15 %%: got %s, want 3805.00", got)
	}
	if got := on(raised, "2026-03-01", 500); got != "4375.75" {
		t.Errorf("tier 500 from +15 %%: got %s, want 4375.75", got)
	}
}

func TestGoldenExtraDataCenter(t *testing.T) {
	v := written(t, pricing.DataCenter, pricing.Annual, pricing.Volume, world.DC)
	expect(t, v, map[int]string{0: "0.00", 1: "3400.00", 500: "3400.00", 501: "5000.00", 4617: "9200.00", 5000: "9200.00", 5001: "10800.00", 15000: "11700.00", 15001: "30600.00"})
	if tier, _ := v.Tier(15001); tier != (pricing.Range{From: 15001}) {
		t.Errorf("tier of 15001: got %v, want 15,001 and more", tier)
	}
}

func TestGoldenExtraLicenceTypesAndUserBased(t *testing.T) {
	p, _ := monthly(t, world.G1).Price(135)
	if got := p.Mul(world.Dec("0.25")).Round("USD", money.HalfUp).String(); got != "47.99" {
		t.Errorf("135 academic users: got %s, want 47.99", got)
	}
	expect(t, monthly(t, world.G1), map[int]string{25: "41.25", 10: "10.00"})
	at800, _ := annual(t, world.G1).Price(800)
	for factor, want := range map[string]string{"0.25": "1252.00", "0.15": "751.00"} {
		if got := at800.Mul(world.Dec(factor)).Round("USD", money.UpToUnit).String(); got != want {
			t.Errorf("tier 800 x %s: got %s, want %s", factor, got, want)
		}
	}
}

// Where monthly is cheaper than annual, as worked out by hand for
// G1 and J: everywhere else annual wins or ties.
func TestBreakEvenRanges(t *testing.T) {
	for _, c := range []struct {
		name   string
		tiers  []string
		limit  int
		ranges [][2]int
	}{
		{"G1", world.G1, 2500, [][2]int{{11, 12}, {16, 20}, {26, 41}, {51, 83}, {101, 147}, {201, 210}}},
		{"J", world.J, 1000, [][2]int{{11, 12}, {16, 20}, {26, 41}, {51, 83}, {101, 163}, {201, 240}, {301, 321}, {401, 404}, {601, 654}, {801, 821}}},
	} {
		m, a := monthly(t, c.tiers), annual(t, c.tiers)
		for n := 11; n <= c.limit; n++ {
			pm, _ := m.Price(n)
			pa, _ := a.Price(n)
			want := false
			for _, r := range c.ranges {
				want = want || r[0] <= n && n <= r[1]
			}
			if got := pm.MulInt(12).Cmp(pa) < 0; got != want {
				t.Errorf("%s, %d users: monthly cheaper: got %v, want %v", c.name, n, got, want)
			}
		}
	}
}

// The terms of case 10 that are not twelve months test the proration alone:
// amount x days / 365, a year always 365 days, an invoice rounded up.
func TestGolden10TermsOfOtherLengths(t *testing.T) {
	g1, g2 := annual(t, world.G1), annual(t, world.G2)
	for _, c := range []struct {
		name          string
		list          *pricing.Version
		users, days   int
		exact, billed string
	}{
		{"tier 300, 334 days", g1, 300, 334, "2749.78", "2750.00"},
		{"tier 600, 133 days", g1, 600, 133, "1532.23", "1533.00"},
		{"G2, tier 200, 184 days", g2, 200, 184, "1461.92", "1462.00"},
		{"tier 1600, two years", g1, 1600, 2 * 365, "14370.00", "14370.00"},
	} {
		p, ok := c.list.Price(c.users)
		p = p.Mul(money.Ratio(int64(c.days), 365))
		if got := [2]string{p.Round("USD", money.HalfUp).String(), p.Round("USD", money.UpToUnit).String()}; !ok || got != [2]string{c.exact, c.billed} {
			t.Errorf("%s: got %v, want %s and %s", c.name, got, c.exact, c.billed)
		}
	}
	upgrade := money.Int(45500 - 27500).Mul(money.Ratio(197, 365))
	if got := [2]string{upgrade.Round("USD", money.HalfUp).String(), upgrade.Round("USD", money.UpToUnit).String()}; got != [2]string{"9715.07", "9716.00"} {
		t.Errorf("upgrade from 27,500 to 45,500 for 197 days: got %v, want 9715.07 and 9716.00", got)
	}
}
