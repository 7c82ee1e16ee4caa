package pricing_test

import (
	"strings"
	"testing"

	"tierline/audit/diag"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// The tests of this file price 100 users, so that a unit price of 1.00 reads
// as 100.00.

func monthlyOf(b *pricing.Book, plan string) *pricing.Timeline {
	return b.Timeline(plan, pricing.Cloud, pricing.Monthly, true)
}

func annualOf(b *pricing.Book, plan string) *pricing.Timeline {
	return b.Timeline(plan, pricing.Cloud, pricing.Annual, true)
}

func unit(plan, from, to, price string) world.List {
	return world.List{Plan: plan, From: from, To: to, Mode: pricing.Graduated, Tiers: flatUnit(price)}
}

func TestR05BlankValidFromIsThePriceBeforeAllRows(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00")), percent("app", "2026-03-01", "0.15"), percent("app", "2026-06-01", "0.10")), "app")
	expectOn(t, tl, "1990-01-01=100.00", "2026-02-28=100.00", "2026-03-01=115.00", "2026-05-31=115.00", "2026-06-01=126.50", "2040-01-01=126.50")
}

func TestR05ValidFromAndToAreInclusive(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "2026-01-01", "2026-06-30", "1.00"))), "app")
	expectOn(t, tl, "2025-12-31=unknown", "2026-01-01=100.00", "2026-06-30=100.00", "2026-07-01=unknown")
	if _, why := tl.At(world.Day("2025-12-31")); !strings.Contains(why.Text, "2026-01-01") {
		t.Errorf("before the first list: the reason %q does not name 2026-01-01", why)
	}
	if _, why := tl.At(world.Day("2026-07-01")); !strings.Contains(why.Text, "2026-06-30") {
		t.Errorf("after the last list: the reason %q does not name 2026-06-30", why)
	}
}

func TestR05TableOnTheDayOfAPercentageIsTheNewPrice(t *testing.T) {
	days := 30
	c := percent("app", "2026-03-01", "0.15")
	c.OverrideDays, c.Announced = &days, world.Day("2026-01-10")
	tl := monthlyOf(book(rows(unit("app", "", "2026-02-28", "1.00"), unit("app", "2026-03-01", "", "1.15")), c), "app")
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=115.00", "2026-12-01=115.00") // not 132.25
	v, _ := tl.At(world.Day("2026-03-01"))
	if v.OverrideDays == nil || *v.OverrideDays != 30 {
		t.Errorf("override days of the change: got %v, want 30, from the row of that day", v.OverrideDays)
	}
	if v.Announced != world.Day("2026-01-10") {
		t.Errorf("announced: got %s, want 2026-01-10", v.Announced)
	}
}

// A row that moves the plan on the day its next table starts changes no price
// either, but its override days are those of that day.
func TestR05TableOnTheDayOfANewPlanIsTheNewPrice(t *testing.T) {
	days := 30
	c := pricing.Change{Plan: "app", Effective: world.Day("2026-03-01"), NewPlan: "other", OverrideDays: &days}
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00"), unit("app", "2026-03-01", "", "1.15"), unit("other", "", "", "9.00")), c), "app")
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=115.00")
	if v, _ := tl.At(world.Day("2026-03-01")); v.OverrideDays == nil || *v.OverrideDays != days {
		t.Errorf("override days of the change: got %v, want %d, from the row of that day", v.OverrideDays, days)
	}
}

func TestR05LaterTableReplacesTableAndPercentages(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00"), unit("app", "2026-06-01", "", "1.05")),
		percent("app", "2026-03-01", "0.15"), percent("app", "2026-09-01", "0.10")), "app")
	expectOn(t, tl, "2026-05-31=115.00", "2026-06-01=105.00", "2026-08-31=105.00", "2026-09-01=115.50")
}

func TestR05ValidToIsLiftedOnlyByAPercentageTheDayAfter(t *testing.T) {
	r := func() []pricing.Row { return rows(unit("app", "", "2026-02-28", "1.00")) }
	for _, c := range []struct{ effective, want string }{
		{"2026-03-01", "115.00"},  // E - 1 is the last day: lifted
		{"2026-03-02", "unknown"}, // a day later: the list had ended
		{"2026-02-28", "unknown"}, // on the last day: raised for that day, then ended
	} {
		tl := monthlyOf(book(r(), percent("app", c.effective, "0.15")), "app")
		if got := on(tl, "2026-03-05", 100); got != c.want {
			t.Errorf("percentage at %s: price on 2026-03-05: got %s, want %s", c.effective, got, c.want)
		}
	}
	tl := monthlyOf(book(r(), percent("app", "2026-02-28", "0.15")), "app")
	expectOn(t, tl, "2026-02-27=100.00", "2026-02-28=115.00", "2026-03-01=unknown")
}

func TestR05GapAfterValidTo(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "2026-02-28", "1.00"), unit("app", "2026-05-01", "", "2.00"))), "app")
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=unknown", "2026-04-30=unknown", "2026-05-01=200.00")
	if _, _, ok := tl.LastChange(world.Day(""), world.Day("2026-12-31")); ok {
		t.Error("a list after a gap has no predecessor, so it is no change that could be locked")
	}
}

func TestR05OpenOlderVersionIsReplaced(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00"), unit("app", "2026-03-01", "2026-05-31", "2.00"))), "app")
	// The list of March replaced the open one: it does not come back in June.
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=200.00", "2026-05-31=200.00", "2026-06-01=unknown")
}

func TestR05TwoTablesAreAChangeThatCanBeLocked(t *testing.T) {
	tl := annualOf(book(rows(unit("app", "", "2026-02-28", "1.00"), unit("app", "2026-03-01", "", "1.20"))), "app")
	before, after, ok := tl.LastChange(world.Day(""), world.Day("2026-03-01"))
	if !ok {
		t.Fatal("a table that follows a table is a change")
	}
	if amount(before, 100) != "1000.00" || amount(after, 100) != "1200.00" || after.From != world.Day("2026-03-01") {
		t.Errorf("change: got %s -> %s on %s, want 1000.00 -> 1200.00 on 2026-03-01", amount(before, 100), amount(after, 100), after.From)
	}
	if _, _, ok := tl.LastChange(world.Day(""), world.Day("2026-02-28")); ok {
		t.Error("the day before, there is no change yet")
	}
	if _, _, ok := tl.LastChange(world.Day("2026-03-01"), world.Day("2026-12-31")); ok {
		t.Error("a change on the first day of the search is not after it")
	}
}

func TestR05OnlyTheLatestChangeIsLocked(t *testing.T) {
	tl := annualOf(book(rows(unit("app", "", "", "1.00")), percent("app", "2026-03-01", "0.10"), percent("app", "2026-04-01", "0.10")), "app")
	before, after, _ := tl.LastChange(world.Day(""), world.Day("2026-05-01"))
	if amount(before, 100) != "1100.00" || amount(after, 100) != "1210.00" {
		t.Errorf("latest change: got %s -> %s, want 1100.00 -> 1210.00", amount(before, 100), amount(after, 100))
	}
}

func TestR05OverlapOfTwoTablesIsOneChange(t *testing.T) {
	// The older list states an end after the newer one started. Its end is no
	// price change: the newer list was in force already.
	tl := annualOf(book(rows(unit("app", "", "2026-06-30", "1.00"), unit("app", "2026-03-01", "", "1.20"))), "app")
	expectOn(t, tl, "2026-02-28=1000.00", "2026-03-01=1200.00", "2026-06-30=1200.00", "2026-07-01=1200.00")
	before, after, ok := tl.LastChange(world.Day(""), world.Day("2026-07-10"))
	if !ok || after.From != world.Day("2026-03-01") || amount(before, 100) != "1000.00" {
		t.Errorf("latest change: got %v, want the one of 2026-03-01 from 1000.00", after)
	}
}

func TestR05NewPlan(t *testing.T) {
	tl := monthlyOf(book(
		rows(unit("app", "", "", "1.00"), unit("pro", "", "2026-08-31", "2.00"), unit("pro", "2026-09-01", "", "3.00")),
		percent("app", "2026-01-01", "0.50"), newPlan("app", "2026-03-01", "pro"), percent("app", "2026-06-01", "0.10")), "app")
	expectOn(t, tl,
		"2025-12-31=100.00", "2026-02-28=150.00",
		"2026-03-01=200.00", // the new plan's list; what the old plan rose before does not matter
		"2026-05-31=200.00",
		"2026-06-01=220.00", // percentages of the old plan after E still apply
		"2026-08-31=220.00",
		"2026-09-01=330.00") // the new plan's list valid on that day
}

func TestR05NewPlanAndPercentageOnOneDay(t *testing.T) {
	r := func() []pricing.Row { return rows(unit("app", "", "", "1.00"), unit("pro", "", "", "2.00")) }
	p, n := percent("app", "2026-03-01", "0.10"), newPlan("app", "2026-03-01", "pro")
	expectOn(t, monthlyOf(book(r(), p, n), "app"), "2026-03-01=200.00")
	n, p = newPlan("app", "2026-03-01", "pro"), percent("app", "2026-03-01", "0.10")
	// The order of the rows in the file does not matter: a percentage of the
	// day of the new plan only tells how large the change is.
	expectOn(t, monthlyOf(book(r(), n, p), "app"), "2026-03-01=200.00")
}

func TestR05NewPlanThatNobodyListsIsUnknown(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00")), newPlan("app", "2026-03-01", "ghost")), "app")
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=unknown")
}

func TestR05TwoPlansPointingAtEachOther(t *testing.T) {
	for _, names := range [][2]string{{"a", "b"}, {"b", "a"}} { // whichever is built first
		x, y := names[0], names[1]
		b := book(rows(unit(x, "", "", "1.00"), unit(y, "", "", "2.00")), newPlan(x, "2026-03-01", y), newPlan(y, "2026-09-01", x))
		// From September on each says that the other tells: nobody knows.
		expectOn(t, monthlyOf(b, x), "2026-02-28=100.00", "2026-03-01=200.00", "2026-08-31=200.00", "2026-09-01=unknown")
		expectOn(t, monthlyOf(b, y), "2026-02-28=200.00", "2026-08-31=200.00", "2026-09-01=unknown")
	}
}

func TestR05DerivedAnnualListRisesOnce(t *testing.T) {
	b := book(rows(world.List{Mode: pricing.Graduated, Tiers: world.G1}), percent("app", "2026-03-01", "0.15"))
	tl := annualOf(b, "app")
	if got := on(tl, "2026-03-01", 500); got != "4375.75" { // 3,805.00 x 1.15, not x 1.15 twice
		t.Errorf("derived tier 500 after +15 %%: got %s, want 4375.75", got)
	}
}

func TestR30WithoutADateTheLatestVersion(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "2026-01-01", "", "1.00"), unit("app", "2027-01-01", "2027-12-31", "2.00"))), "app")
	if got := amount(newest(t, tl), 100); got != "200.00" {
		t.Errorf("newest version: got %s, want 200.00", got)
	}
}

func TestR30BlankHostingIsCloud(t *testing.T) {
	h, err := pricing.ParseHosting("")
	if err != nil || h != pricing.Cloud {
		t.Errorf("blank hosting: got %v %v, want cloud", h, err)
	}
	b := book(rows(unit("app", "", "", "1.00")))
	if v, why := b.Timeline("app", pricing.DataCenter, pricing.Monthly, true).Newest(); v != nil || !why.Given() {
		t.Errorf("a cloud list must not price Data Center: got %v %q", v, why)
	}
}

func TestR31TierAboveTheLastMonthlyTopIsUnknown(t *testing.T) {
	v := annual(t, []string{"10:=10", "100:1.00", "450:0.50"}) // tier 500 reaches above 450
	expect(t, v, map[int]string{400: "2500.00", 401: "unknown", 450: "unknown"})
	expect(t, monthly(t, []string{"10:=10", "100:1.00", "450:0.50"}), map[int]string{450: "275.00", 451: "unknown"})
	open := annual(t, []string{"10:=10", "100:1.00", ":0.50"}) // no limit: the tiers go on by 10,000
	expect(t, open, map[int]string{100001: "550500.00"})       // 10 x (100 + 109,900 x 0.50)
}

func TestR31NoDerivationBesideAnnualRows(t *testing.T) {
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

func TestR31OtherMonthlyModesGiveNoAnnualList(t *testing.T) {
	for _, mode := range []pricing.Mode{pricing.Volume, pricing.Block} {
		b := book(rows(world.List{Mode: mode, Tiers: []string{"100:1.00", "1000:0.50"}}))
		if v, why := annualOf(b, "app").Newest(); v != nil || !why.Given() {
			t.Errorf("monthly %s: got an annual list or no reason (%q)", mode, why)
		}
	}
	b := book(rows(unit("app", "", "", "1.00"), world.List{From: "2026-06-01", Mode: pricing.Volume, Tiers: flatUnit("2.00")}))
	expectOn(t, annualOf(b, "app"), "2026-05-31=1000.00", "2026-06-01=unknown")
}

func TestR31ProductsDeriveOnlyWhereTheFileSaysSo(t *testing.T) {
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

func TestR31MarkAndAnnualTable(t *testing.T) {
	b := book(rows(unit("jira", "", "", "1.00"), world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.FromMonthly},
		world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, From: "2026-06-01", Tiers: []string{"100:=1050"}}))
	expectOn(t, b.Timeline("jira", pricing.Cloud, pricing.Annual, false), "2026-05-31=1000.00", "2026-06-01=1050.00")
}

func TestR32OddTiers(t *testing.T) {
	free := []string{"10:0", "100:1.00"}
	expect(t, monthly(t, free), map[int]string{10: "0.00", 11: "1.00", 100: "90.00"}) // an allowance that stays
	flats := []string{"10:1.00", "20:0.50+7", "30:0.25+3"}
	expect(t, monthly(t, flats), map[int]string{10: "10.00", 11: "17.50", 20: "22.00", 21: "25.25", 30: "27.50"}) // each flat reached is added
	zero := []string{"10:0+5", "100:1.00"}
	expect(t, monthly(t, zero), map[int]string{10: "5.00", 11: "11.00"}) // unit 0 and a flat price: a flat start
	block := []string{"10:2.00+5", ":1.00"}
	expect(t, written(t, pricing.Cloud, pricing.Annual, pricing.Block, block), map[int]string{1: "25.00", 10: "25.00", 11: "unknown"})
	volume := []string{"100:1.65", "250:0.77"}
	expect(t, written(t, pricing.Cloud, pricing.Monthly, pricing.Volume, volume), map[int]string{100: "165.00", 101: "77.77"})
}

func TestR44HostingOfAPriceChange(t *testing.T) {
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

func TestI06RefusedRowTakesThePlansPrice(t *testing.T) {
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

func TestI23TwoPricesForOneTop(t *testing.T) {
	refusedWith(t, rows(world.List{Mode: pricing.Graduated, Tiers: []string{"10:=10", "100:1.65", "100:1.66"}}), pricing.Monthly, "two different prices")
	// A flat 0 is a known zero, a blank is not: they differ.
	refusedWith(t, rows(world.List{Mode: pricing.Graduated, Tiers: []string{"10:0", "10:0+0", "100:1"}}), pricing.Monthly, "two different prices")
	refusedWith(t, rows(unit("app", "", "2026-05-01", "1.00"), unit("app", "", "", "1.00")), pricing.Monthly, "same day")
}

func TestI23IdenticalRepeatedRowIsExcluded(t *testing.T) {
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

func TestR33CurrencyConflict(t *testing.T) {
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
		{"falls at the flat start: a note (R9)", pricing.Graduated, []string{"10:=50", "100:0.30"}, diag.Note, 1},
	} {
		if l, n := level(c.mode, c.tiers...); l != c.level || n != c.count {
			t.Errorf("%s: got %d diagnostics, worst %v, want %d, %v", c.name, n, l, c.count, c.level)
		}
	}
}

func TestRowsMayComeInAnyOrder(t *testing.T) {
	v := monthly(t, []string{":0.05", "250:0.33", "10:=4.00", "1000:0.11", "100:0.44"})
	expect(t, v, map[int]string{10: "4.00", 11: "4.84", 902: "165.22", 1001: "176.05"})
}

func TestTiersAndCapacity(t *testing.T) {
	m, a := monthly(t, world.G1), annual(t, world.G1)
	for _, c := range []struct {
		v        *pricing.Version
		n        int
		tier     pricing.Range
		ok       bool
		capacity int
	}{
		{m, 0, pricing.Range{}, true, 0},
		{m, -1, pricing.Range{}, false, -1},
		{m, 10, pricing.Range{From: 1, To: 10}, true, 10},
		{m, 11, pricing.Range{From: 11, To: 100}, true, 11},
		{m, 2501, pricing.Range{}, false, 2501},
		{a, 11, pricing.Range{From: 11, To: 15}, true, 15},
		{a, 501, pricing.Range{From: 501, To: 600}, true, 600},
	} {
		if got, ok := c.v.Tier(c.n); got != c.tier || ok != c.ok {
			t.Errorf("tier of %d (%s): got %v %v, want %v %v", c.n, c.v.Mode(), got, ok, c.tier, c.ok)
		}
		if got := c.v.Capacity(c.n); got != c.capacity {
			t.Errorf("capacity at %d (%s): got %d, want %d", c.n, c.v.Mode(), got, c.capacity)
		}
	}
	if m.Stepped() || !a.Stepped() {
		t.Errorf("stepped: graduated %v, derived annual %v; want false, true", m.Stepped(), a.Stepped())
	}
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
		t.Error("the change of a plan nobody lists must be kept: a contract price rises by it (R13)")
	}
	if _, why := b.Timeline("none", pricing.Cloud, pricing.Annual, true).Newest(); !strings.Contains(why.Text, `"none"`) {
		t.Errorf("reason of an unheard plan: %q", why)
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]pricing.Hosting{"cloud": pricing.Cloud, " Cloud ": pricing.Cloud, "DATA-CENTER": pricing.DataCenter, "data center": pricing.DataCenter} {
		if got, err := pricing.ParseHosting(in); err != nil || got != want {
			t.Errorf("hosting %q: got %v %v, want %v", in, got, err, want)
		}
	}
	if _, err := pricing.ParseHosting("server"); err == nil {
		t.Error("hosting server: want an error")
	}
	for in, want := range map[string]pricing.Cycle{"monthly": pricing.Monthly, "Annual": pricing.Annual} {
		if got, err := pricing.ParseCycle(in); err != nil || got != want {
			t.Errorf("cycle %q: got %v %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "yearly"} {
		if _, err := pricing.ParseCycle(in); err == nil {
			t.Errorf("cycle %q: want an error", in)
		}
	}
	for _, m := range []pricing.Mode{pricing.Graduated, pricing.Volume, pricing.Block, pricing.FromMonthly} {
		if got, err := pricing.ParseMode(strings.ToUpper(m.String())); err != nil || got != m {
			t.Errorf("mode %s: got %v %v", m, got, err)
		}
	}
	if _, err := pricing.ParseMode("tiered"); err == nil {
		t.Error("mode tiered: want an error")
	}
}
