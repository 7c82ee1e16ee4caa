package costing_test

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 3.9.
func TestLinesWithoutAPrice(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Prices(world.ProductList).Seats("jira", 900, 0)
	w.Product("jira", pricing.Annual).App("app", "jira", pricing.Annual, world.Renews("")).App("ghost", "jira", pricing.Monthly)
	w.App("barter", "jira", pricing.Annual, world.Priced("app"), world.Licence("barter")).App("lump", "jira", pricing.Annual, world.Priced("app"), world.Fixed)
	c := w.Build()
	unknown(t, world.Find(t, c, "jira"), "900 users")
	unknown(t, world.Find(t, c, "ghost"), `"ghost"`)
	unknown(t, world.Find(t, c, "app"), "renewal_date")
	unknown(t, world.Find(t, c, "barter"), "barter")
	unknown(t, world.Find(t, c, "lump"), "no contract price is given")
	// What today costs is known where only the term is not.
	if got := world.Find(t, c, "app").Current.String(); got != "5805.00" {
		t.Errorf("current cost without a renewal date: got %q, want 5805.00", got)
	}
	// Unknown is never zero.
	for _, key := range []string{"jira", "ghost", "barter", "lump"} {
		if l := world.Find(t, c, key); l.Current.Known() || l.Position().Known {
			t.Errorf("%s: got current %q and a position %v, want both unknown", key, l.Current, l.Position().Known)
		}
	}
}

// METHOD 2.8.
func TestVersionInForceOnEachBillDate(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-06-01", "0.15").Seats("jira", 100, 0).App("app", "jira", pricing.Monthly)
	// Bills of March to May at 165.00, June to February at 189.75.
	figures(t, w.Line("app"), "1980.00", "0.00", "222.75", "2202.75")
	w = world.New(t).Graduated("app", world.G1).Percent("app", "2026-01-01", "0.15").Seats("jira", 100, 0).App("app", "jira", pricing.Monthly)
	figures(t, w.Line("app"), "2277.00", "0.00", "0.00", "2277.00") // E on as-of: today's price is the raised one
	w = world.New(t).Graduated("app", world.G1).Percent("app", "2026-03-01", "0.10").Seats("jira", 100, 0).App("app", "jira", pricing.Annual)
	figures(t, w.Line("app"), "1650.00", "0.00", "165.00", "1815.00") // E on R counts
	w = world.New(t).Graduated("app", world.G1).Percent("app", "2026-03-02", "0.10").Seats("jira", 100, 0).App("app", "jira", pricing.Annual)
	figures(t, w.Line("app"), "1650.00", "0.00", "0.00", "1650.00") // a day later does not
}

// METHOD 3.6.
func TestVolumeBeforePriceChanges(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 180, 0).Planned("2026-02-15", "jira", 50).App("app", "jira", pricing.Annual)
	figures(t, w.Line("app"), "2420.00", "585.00", "450.75", "3455.75") // 3,005 - 2,420; 3,005 x 0.15
}

// METHOD 2.15.
func TestCurrencyOfALine(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Prices(world.List{Plan: "euro", Mode: pricing.Graduated, Currency: "EUR", Tiers: world.G1}).Seats("jira", 100, 0)
	w.App("app", "jira", pricing.Annual).App("euro", "jira", pricing.Annual)
	c := w.Build()
	if l := world.Find(t, c, "euro"); !l.Foreign || l.Counted() || l.AsIs.String() != "1650.00" || l.AsIs.Currency() != "EUR" {
		t.Errorf("a row in EUR under totals in USD: got foreign %v, counted %v, %s %s", l.Foreign, l.Counted(), l.AsIs, l.AsIs.Currency())
	}
	// "Cent" is the minor unit: 3 x 165.5 yen are 496.5, one bill of 497.
	l := world.New(t).Prices(world.List{Plan: "yen", Mode: pricing.Graduated, Currency: "JPY", Tiers: []string{":165.5"}}).Seats("jira", 3, 0).App("yen", "jira", pricing.Monthly).Line("yen")
	if l.AsIs.String() != "5964" {
		t.Errorf("12 bills in JPY: got %s, want 5964", l.AsIs)
	}
	// A list in another currency gives a contract price no ratio (METHOD 2.15).
	l = world.New(t).Prices(world.List{Plan: "euro", Mode: pricing.Graduated, Currency: "EUR", Tiers: world.G1}).Seats("jira", 100, 20).App("euro", "jira", pricing.Annual, world.Contract("900.00")).Line("euro")
	cost(t, "held", l, costing.Choice{Cycle: pricing.Annual, RightSize: true, Removed: []int{20}}, "900.00")
}

// METHOD 2.15.
func TestCurrencyOfTheTotals(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Prices(world.List{Plan: "euro", Mode: pricing.Graduated, Currency: "EUR", Tiers: world.G1}).Seats("jira", 100, 0)
	w.Config.Currency = ""
	w.App("app", "jira", pricing.Annual).App("euro", "jira", pricing.Annual)
	if c := w.Build(); c.Currency != "EUR" || !c.Assumed {
		t.Errorf("a tie: got %s (assumed %v), want EUR, the first by name, assumed", c.Currency, c.Assumed)
	}
	w.App("more", "jira", pricing.Annual, world.Priced("app")).App("old", "jira", pricing.Annual, world.Priced("euro"), world.Status(estate.SubCancelled))
	if c := w.Build(); c.Currency != "USD" {
		t.Errorf("two active rows in USD, one in EUR: got %s, want USD", c.Currency)
	}
}

// The three parts of as is (METHOD 3.6), each computed on its own: volume
// from a world in which no price changes after as-of.
//
// METHOD 3.4 to 3.6.
func TestCurrentVolumeAndPriceChangesAreAsIs(t *testing.T) {
	known := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{8, 8, 8})
		w.Estate.Quotes = nil // what is quoted is a price change of its own: TestWhatAQuoteInForceMoves
		c := w.Build()
		still := *w
		still.Changes, still.Rows = nil, nil
		for _, ch := range w.Changes {
			if !ch.Effective.After(w.AsOf) {
				still.Changes = append(still.Changes, ch)
			}
		}
		for _, r := range w.Rows {
			if !r.ValidFrom.After(w.AsOf) {
				still.Rows = append(still.Rows, r)
			}
		}
		frozen := still.Build()
		for i, l := range c.Lines {
			f := frozen.Lines[i]
			if l.Reason.Given() || f.Reason.Given() {
				continue
			}
			known++
			if sum := l.Current.Add(l.Volume).Add(l.PriceChanges()); sum != l.AsIs {
				rt.Fatalf("%s: current %s + volume %s + price changes %s = %s, as is %s", l.ID(), l.Current, l.Volume, l.PriceChanges(), sum, l.AsIs)
			}
			if l.Sub.Hosting == pricing.DataCenter {
				continue // the host's tier is read off its table of the renewal (METHOD 8.4), which differs in the other world
			}
			if f.Current != l.Current || f.AsIs.Sub(f.Current) != l.Volume {
				rt.Fatalf("%s: without any price change after as-of: current %s, volume %s; got %s, %s", l.ID(), f.Current, f.AsIs.Sub(f.Current), l.Current, l.Volume)
			}
		}
	})
	if known == 0 {
		t.Error("no estate had a price: the test tests nothing")
	}
}
