package pricing_test

import (
	"strings"
	"testing"

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

// METHOD 2.8.
func TestBlankValidFromIsThePriceBeforeAllRows(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00")), percent("app", "2026-03-01", "0.15"), percent("app", "2026-06-01", "0.10")), "app")
	expectOn(t, tl, "1990-01-01=100.00", "2026-02-28=100.00", "2026-03-01=115.00", "2026-05-31=115.00", "2026-06-01=126.50", "2040-01-01=126.50")
}

// METHOD 2.8.
func TestValidFromAndToAreInclusive(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "2026-01-01", "2026-06-30", "1.00"))), "app")
	expectOn(t, tl, "2025-12-31=unknown", "2026-01-01=100.00", "2026-06-30=100.00", "2026-07-01=unknown")
	if _, why := tl.At(world.Day("2025-12-31")); !strings.Contains(why.Text, "2026-01-01") {
		t.Errorf("before the first list: the reason %q does not name 2026-01-01", why)
	}
	if _, why := tl.At(world.Day("2026-07-01")); !strings.Contains(why.Text, "2026-06-30") {
		t.Errorf("after the last list: the reason %q does not name 2026-06-30", why)
	}
}

// METHOD 2.8.
func TestTableOnTheDayOfAPercentageIsTheNewPrice(t *testing.T) {
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
//
// METHOD 2.8.
func TestTableOnTheDayOfANewPlanIsTheNewPrice(t *testing.T) {
	days := 30
	c := pricing.Change{Plan: "app", Effective: world.Day("2026-03-01"), NewPlan: "other", OverrideDays: &days}
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00"), unit("app", "2026-03-01", "", "1.15"), unit("other", "", "", "9.00")), c), "app")
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=115.00")
	if v, _ := tl.At(world.Day("2026-03-01")); v.OverrideDays == nil || *v.OverrideDays != days {
		t.Errorf("override days of the change: got %v, want %d, from the row of that day", v.OverrideDays, days)
	}
}

// METHOD 2.8.
func TestLaterTableReplacesTableAndPercentages(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00"), unit("app", "2026-06-01", "", "1.05")),
		percent("app", "2026-03-01", "0.15"), percent("app", "2026-09-01", "0.10")), "app")
	expectOn(t, tl, "2026-05-31=115.00", "2026-06-01=105.00", "2026-08-31=105.00", "2026-09-01=115.50")
}

// METHOD 2.8.
func TestValidToIsLiftedOnlyByAPercentageTheDayAfter(t *testing.T) {
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

// METHOD 2.8.
func TestGapAfterValidTo(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "2026-02-28", "1.00"), unit("app", "2026-05-01", "", "2.00"))), "app")
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=unknown", "2026-04-30=unknown", "2026-05-01=200.00")
	if _, _, ok := tl.LastChange(world.Day(""), world.Day("2026-12-31")); ok {
		t.Error("a list after a gap has no predecessor, so it is no change that could be locked")
	}
}

// METHOD 2.8.
func TestOpenOlderVersionIsReplaced(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00"), unit("app", "2026-03-01", "2026-05-31", "2.00"))), "app")
	// The list of March replaced the open one: it does not come back in June.
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=200.00", "2026-05-31=200.00", "2026-06-01=unknown")
}

// METHOD 2.8, 4.4.
func TestTwoTablesAreAChangeThatCanBeLocked(t *testing.T) {
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

// METHOD 4.4.
func TestOnlyTheLatestChangeIsLocked(t *testing.T) {
	tl := annualOf(book(rows(unit("app", "", "", "1.00")), percent("app", "2026-03-01", "0.10"), percent("app", "2026-04-01", "0.10")), "app")
	before, after, _ := tl.LastChange(world.Day(""), world.Day("2026-05-01"))
	if amount(before, 100) != "1100.00" || amount(after, 100) != "1210.00" {
		t.Errorf("latest change: got %s -> %s, want 1100.00 -> 1210.00", amount(before, 100), amount(after, 100))
	}
}

// METHOD 2.8.
func TestOverlapOfTwoTablesIsOneChange(t *testing.T) {
	// The older list states an end after the newer one started. Its end is no
	// price change: the newer list was in force already.
	tl := annualOf(book(rows(unit("app", "", "2026-06-30", "1.00"), unit("app", "2026-03-01", "", "1.20"))), "app")
	expectOn(t, tl, "2026-02-28=1000.00", "2026-03-01=1200.00", "2026-06-30=1200.00", "2026-07-01=1200.00")
	before, after, ok := tl.LastChange(world.Day(""), world.Day("2026-07-10"))
	if !ok || after.From != world.Day("2026-03-01") || amount(before, 100) != "1000.00" {
		t.Errorf("latest change: got %v, want the one of 2026-03-01 from 1000.00", after)
	}
}

// METHOD 2.8.
func TestChangeToANewPlan(t *testing.T) {
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

// METHOD 2.8.
func TestNewPlanAndPercentageOnOneDay(t *testing.T) {
	r := func() []pricing.Row { return rows(unit("app", "", "", "1.00"), unit("pro", "", "", "2.00")) }
	p, n := percent("app", "2026-03-01", "0.10"), newPlan("app", "2026-03-01", "pro")
	expectOn(t, monthlyOf(book(r(), p, n), "app"), "2026-03-01=200.00")
	n, p = newPlan("app", "2026-03-01", "pro"), percent("app", "2026-03-01", "0.10")
	// The order of the rows in the file does not matter: a percentage of the
	// day of the new plan only tells how large the change is.
	expectOn(t, monthlyOf(book(r(), n, p), "app"), "2026-03-01=200.00")
}

// METHOD 2.8.
func TestNewPlanThatNobodyListsIsUnknown(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "", "", "1.00")), newPlan("app", "2026-03-01", "ghost")), "app")
	expectOn(t, tl, "2026-02-28=100.00", "2026-03-01=unknown")
}

// METHOD 2.8.
func TestTwoPlansPointingAtEachOther(t *testing.T) {
	for _, names := range [][2]string{{"a", "b"}, {"b", "a"}} { // whichever is built first
		x, y := names[0], names[1]
		b := book(rows(unit(x, "", "", "1.00"), unit(y, "", "", "2.00")), newPlan(x, "2026-03-01", y), newPlan(y, "2026-09-01", x))
		// From September on each says that the other tells: nobody knows.
		expectOn(t, monthlyOf(b, x), "2026-02-28=100.00", "2026-03-01=200.00", "2026-08-31=200.00", "2026-09-01=unknown")
		expectOn(t, monthlyOf(b, y), "2026-02-28=200.00", "2026-08-31=200.00", "2026-09-01=unknown")
	}
}

// METHOD 17.1.
func TestWithoutADateTheLatestVersion(t *testing.T) {
	tl := monthlyOf(book(rows(unit("app", "2026-01-01", "", "1.00"), unit("app", "2027-01-01", "2027-12-31", "2.00"))), "app")
	if got := amount(newest(t, tl), 100); got != "200.00" {
		t.Errorf("newest version: got %s, want 200.00", got)
	}
}
