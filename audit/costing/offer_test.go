package costing_test

import (
	"testing"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// quotedApp is an annual app on list G1 for 173 users, licensed for 200 (2,420.00),
// which renews on 2026-03-01, and a quote of as-of for 150 users.
func quotedApp(t *testing.T, users int, change func(*estate.Quote)) *costing.Line {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", users, 0).App("app", "jira", pricing.Annual, world.Licensed(200)).
		Quoted("Q-1", "app", 150, pricing.Annual, "2000.00", "2026-03-01")
	change(&w.Estate.Quotes[0])
	return w.Line("app")
}

// METHOD 4.7: both sides of every limit.
func TestQuoteInForce(t *testing.T) {
	const list, quoted = "2420.00", "2000.00"
	day := world.Day
	for _, c := range []struct {
		name   string
		users  int
		change func(*estate.Quote)
		asIs   string
	}{
		{"valid on the day of the renewal", 173, func(*estate.Quote) {}, quoted},
		{"valid until the day before", 173, func(q *estate.Quote) { q.ValidUntil = day("2026-02-28") }, list},
		{"no last day: 90 days end on the renewal", 173, func(q *estate.Quote) { q.Date, q.ValidUntil = day("2025-12-01"), day("") }, quoted},
		{"no last day: 90 days end before", 173, func(q *estate.Quote) { q.Date, q.ValidUntil = day("2025-11-30"), day("") }, list},
		{"for the period of the renewal, valid as-of", 173, func(q *estate.Quote) { q.From, q.ValidUntil = day("2026-03-01"), day("2026-01-01") }, quoted},
		{"for that period, but no longer valid", 173, func(q *estate.Quote) {
			q.Date, q.From, q.ValidUntil = day("2025-12-01"), day("2026-03-01"), day("2025-12-31")
		}, list},
		{"for a period from the day after", 173, func(q *estate.Quote) { q.From = day("2026-03-02") }, list},
		{"of as-of", 173, func(q *estate.Quote) { q.Date = day("2026-01-01") }, quoted},
		{"of a day after as-of", 173, func(q *estate.Quote) { q.Date = day("2026-01-02") }, list},
		{"for the other cycle", 173, func(q *estate.Quote) { q.Cycle = pricing.Monthly }, list},
		{"in another currency, without a rate", 173, func(q *estate.Quote) { q.Amount = money.Zero("EUR") }, list},
		{"for another site", 173, func(q *estate.Quote) { q.Site = "beta" }, list},
		{"for the last user of its tier", 200, func(*estate.Quote) {}, quoted},
		{"for one user more", 201, func(*estate.Quote) {}, "3005.00"},
	} {
		if got := quotedApp(t, c.users, c.change).AsIs.String(); got != c.asIs {
			t.Errorf("%s: as is %s, want %s", c.name, got, c.asIs)
		}
	}
}

// METHOD 4.7: the quote is a price change, and its users are what is paid for.
func TestWhatAQuoteInForceMoves(t *testing.T) {
	figures(t, quotedApp(t, 173, func(*estate.Quote) {}), "2420.00", "0.00", "-420.00", "2000.00")
	w := func() *world.World {
		return world.New(t).Prices(world.ProductList).Graduated("app", world.G1).Seats("jira", 350, 0).Planned("2026-06-01", "jira", 100).
			Product("jira", pricing.Annual, world.Licensed(400)).App("app", "jira", pricing.Annual)
	}
	figures(t, w().Line("jira"), "1000.00", "149.59", "0.00", "1149.59") // 200.00 x 273 / 365 in June
	figures(t, w().Line("app"), "3405.00", "299.18", "0.00", "3704.18")
	for500 := w().Quoted("Q-1", "jira", 450, pricing.Annual, "1100.00", "")
	figures(t, for500.Line("jira"), "1000.00", "200.00", "-100.00", "1100.00")
	figures(t, for500.Line("app"), "3405.00", "400.00", "0.00", "3805.00") // bound to 450 from the renewal on
	rises := w().Quoted("Q-1", "jira", 390, pricing.Annual, "900.00", "")
	figures(t, rises.Line("jira"), "1000.00", "149.59", "-100.00", "1049.59")
	agreed := w().Quoted("Q-1", "jira", 450, pricing.Annual, "1100.00", "") // a contract without a list binds its apps the same
	agreed.Estate.Subscriptions[0].ContractPrice, agreed.Estate.Subscriptions[0].PricePlan = world.USD("950.00"), "none"
	figures(t, agreed.Line("app"), "3405.00", "400.00", "0.00", "3805.00")
}

// METHOD 4.7: of a monthly row the first bill alone.
func TestQuoteOfAMonthlyRow(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 173, 0).App("app", "jira", pricing.Monthly).
		Quoted("Q-1", "app", 173, pricing.Monthly, "200.00", "")
	figures(t, w.Line("app"), "2654.52", "0.00", "-21.21", "2633.31") // 221.21 a month
	figures(t, w.Seats("jira", 174, 0).Line("app"), "2663.76", "0.00", "0.00", "2663.76")
}

// METHOD 4.7: a contract price gives way, and a term that ends with Data Center is
// quoted as it is.
func TestQuoteBesideAContract(t *testing.T) {
	w := world.New(t).Seats("jira", 173, 0).App("app", "jira", pricing.Annual, world.Licensed(200), world.Contract("1800.00"), world.Priced("none")).
		Quoted("Q-1", "app", 200, pricing.Annual, "1900.00", "")
	figures(t, w.Line("app"), "1800.00", "0.00", "100.00", "1900.00")
	w.Config.Policy.AnnualAppRoundUp = true
	w.Estate.Quotes[0].Amount = world.USD("1900.25")
	figures(t, w.Line("app"), "1800.00", "0.00", "100.25", "1900.25")
}

// METHOD 4.8.
func TestNewestQuoteHolds(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 173, 0).App("app", "jira", pricing.Annual).
		Quoted("Q-1", "app", 200, pricing.Annual, "2000.00", "").Quoted("Q-2", "app", 200, pricing.Annual, "2100.00", "")
	w.Estate.Quotes[0].Date = world.Day("2025-12-31")
	c := w.Build()
	if l := world.Find(t, c, "app"); l.AsIs.String() != "2100.00" || l.Offer.Number != "Q-2" {
		t.Errorf("as is %s by %s, want 2100.00 by Q-2", l.AsIs, l.Offer.Number)
	}
	if o := c.Offers[0]; o.InForce() || o.Standing.Kind != diag.Repeated {
		t.Errorf("the older quote: in force %v (%s)", o.InForce(), o.Standing)
	}
	w.Estate.Quotes[1].Users = 100 // too few: the older one is replaced all the same
	c = w.Build()
	if l := world.Find(t, c, "app"); l.AsIs.String() != "2420.00" || l.Offer == nil {
		t.Errorf("as is %s, want the list", l.AsIs)
	}
	world.Said(t, c.Diagnostics, diag.Warning, "quote Q-2")
	w.Estate.Quotes[1].ValidUntil = world.Day("2026-02-28") // no longer in force: the older one is
	if got := w.Line("app").AsIs.String(); got != "2000.00" {
		t.Errorf("as is %s, want 2000.00", got)
	}
}

// METHOD 4.8: nobody can tell which of two rows a quote is for.
func TestQuoteOfTwoRows(t *testing.T) {
	w := world.New(t).Prices(world.ProductList).Seats("jira", 350, 0).
		Product("jira", pricing.Annual, world.Licensed(200), world.Entitlement("E-1")).Product("jira", pricing.Annual, world.Licensed(200), world.Entitlement("E-2")).
		Quoted("Q-1", "jira", 400, pricing.Annual, "900.00", "").Quoted("Q-2", "confluence", 400, pricing.Annual, "900.00", "")
	for _, o := range w.Build().Offers {
		if o.Line != nil || o.InForce() {
			t.Errorf("%s: for %v, in force %v", o.Number, o.Line, o.InForce())
		}
	}
}

// METHOD 4.7: no price of before a change is kept beside a quote in force.
func TestNoOldPriceBesideAQuoteInForce(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 173, 0).App("app", "jira", pricing.Annual)
	if q := w.Line("app").Quote; !q.Possible {
		t.Fatalf("without a quote in force the old price can be kept: %s", q.Reason)
	}
	l := w.Quoted("Q-1", "app", 200, pricing.Annual, "2700.00", "").Line("app")
	if l.Quote.Possible || l.CanLock(asAnnual) || l.QuoteQuantities(asAnnual) != nil {
		t.Errorf("the old price can be kept beside %s", l.Offer.Name())
	}
	figures(t, l, "2420.00", "0.00", "280.00", "2700.00")
	cost(t, "at the list price of its users", l, rightSize, "2783.00")
}

// METHOD 11.2: what is quoted does not rise.
func TestQuotedBillDoesNotGrow(t *testing.T) {
	l := quotedApp(t, 173, func(*estate.Quote) {})
	if got := l.Grown(world.Dec("0.10")).String(); got != "2000.00" {
		t.Errorf("grown by 10%%: %s, want 2000.00", got)
	}
	monthly := world.New(t).Graduated("app", world.G1).Seats("jira", 173, 0).App("app", "jira", pricing.Monthly).
		Quoted("Q-1", "app", 173, pricing.Monthly, "200.00", "").Line("app")
	if got := monthly.Grown(world.Dec("0.10")).String(); got != "2876.63" { // 200.00 + 11 x 243.33
		t.Errorf("grown by 10%%: %s, want 2876.63", got)
	}
}

// METHOD 2.15, 4.7.
func TestQuoteInACurrencyWithARate(t *testing.T) {
	w := world.New(t).Rate("EUR", "1.10", "2025-12-31").Prices(world.List{Plan: "app", Currency: "EUR", Tiers: world.G1}).Seats("jira", 173, 0).
		App("app", "jira", pricing.Annual).Quoted("Q-1", "app", 200, pricing.Annual, "0.00", "")
	w.Estate.Quotes[0].Amount = money.Minor(200005, "EUR")
	l := w.Line("app")
	figures(t, l, "2662.00", "0.00", "-461.94", "2200.06") // 2,000.05 x 1.10 = 2,200.055
	if l.Own.AsIs.String() != "2000.05" {
		t.Errorf("in its own currency: %s", l.Own.AsIs)
	}
	w = world.New(t).Rate("EUR", "1.10", "2025-12-31").Graduated("app", world.G1).Seats("jira", 173, 0).
		App("app", "jira", pricing.Annual).Quoted("Q-1", "app", 200, pricing.Annual, "0.00", "")
	w.Estate.Quotes[0].Amount = money.Minor(200005, "EUR")
	l = w.Line("app") // the list is in US dollars
	ended := world.New(t).Prices(world.List{Plan: "app", Cycle: pricing.Annual, Mode: pricing.Volume, Currency: "EUR", To: "2026-02-01", Tiers: []string{"200:=1000"}}).
		Seats("jira", 173, 0).App("app", "jira", pricing.Annual).Quoted("Q-1", "app", 200, pricing.Annual, "900.00", "").Line("app")
	if ended.Offer != nil {
		t.Error("a quote in US dollars is in force beside a list in euros that ends before the renewal, and no rate is known")
	}
	figures(t, l, "2420.00", "0.00", "-219.94", "2200.06")
	if l.Own.AsIs.String() != "2200.06" || l.Own.AsIs.Currency() != "USD" {
		t.Errorf("in the currency of the price: %s %s", l.Own.AsIs, l.Own.AsIs.Currency())
	}
	w = world.New(t).Rate("EUR", "1.10", "2025-12-31").Prices(world.List{Plan: "app", Currency: "EUR", Tiers: world.G1}).Seats("jira", 173, 0).
		App("app", "jira", pricing.Annual).Quoted("Q-1", "app", 200, pricing.Annual, "2000.00", "")
	l = w.Line("app") // the quote is in US dollars, which no rate says in EUR
	bills, _ := l.Bills(costing.Choice{Cycle: pricing.Annual})
	if own := l.TotalOwn(bills); own.Known() || l.AsIs.String() != "2000.00" {
		t.Errorf("as is %s; in the currency of the price: %s %s, want none", l.AsIs, own, own.Currency())
	}
	nothing := l.CombinedBill(l, "USD") // paid for on another row
	if own := l.TotalOwn(nothing); own.String() != "0.00" || own.Currency() != "EUR" {
		t.Errorf("nothing in the currency of the price: %s %s, want 0.00 EUR", own, own.Currency())
	}
}

// METHOD 4.9: a quote against the price of the renewal for its own users.
func TestQuoteAgainstTheList(t *testing.T) {
	for _, c := range []struct {
		name   string
		users  int
		amount string
		want   string // list, and the pieces that are not 0.00
	}{
		{"the list less what is agreed", 200, "2504.70", "2504.70"},
		{"without the discount", 200, "2783.00", "2504.70, factor 278.30"},
		{"at the price before the change", 200, "2178.00", "2504.70, version -326.70"},
		{"in the tier of 300 users", 200, "3110.18", "2504.70, tier 605.48"},
		{"rounded up", 200, "2505.00", "2504.70, rounding 0.30"},
		{"for another number of users", 300, "3110.18", "3110.18"},
		{"nobody knows why", 200, "2400.00", "2504.70, unexplained -104.70"},
	} {
		w := world.New(t).Graduated("app", world.G1).Percent("app", "2026-02-01", "0.15").Seats("jira", 173, 0).
			App("app", "jira", pricing.Annual, world.Licensed(200), world.Discount("0.10")).Quoted("Q-1", "app", c.users, pricing.Annual, c.amount, "")
		a := w.Build().Offers[0].Against()
		got := pieces(costing.Checked{Billed: a.Offer, Computed: a.List, Pieces: a.Pieces})
		if !a.Known || got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
