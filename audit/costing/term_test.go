package costing_test

import (
	"slices"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 3.10.
func TestEveryRowKeepsItsCycleAndRenewal(t *testing.T) {
	w := world.New(t).Prices(world.ProductList).Graduated("jira", world.J).Graduated("app", world.G1).Seats("jira", 100, 0)
	w.Product("jira", pricing.Monthly, world.Renews("2026-01-15")).App("app", "jira", pricing.Annual)
	c := w.Build()
	jira, app := world.Find(t, c, "jira"), world.Find(t, c, "app")
	if jira.Bundle != app.Bundle {
		t.Fatal("a host and its app are one bundle")
	}
	if jira.Term.Period != (date.Period{Start: world.Day("2026-01-15"), End: world.Day("2027-01-15")}) || app.Term.Period != (date.Period{Start: world.Day("2026-03-01"), End: world.Day("2027-03-01")}) {
		t.Errorf("terms: got %v and %v", jira.Term, app.Term)
	}
	figures(t, jira, "10320.00", "0.00", "0.00", "10320.00") // 12 x 860.00
	figures(t, app, "1650.00", "0.00", "0.00", "1650.00")
	world.Said(t, c.Diagnostics, diag.Warning, "billed annual, its host")
}

// METHOD 3.1.
func TestBillDates(t *testing.T) {
	dates := func(asOf, renewal string, cycle pricing.Cycle) []string {
		w := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", cycle, world.Renews(renewal))
		w.AsOf = world.Day(asOf)
		bills, why := w.Line("app").Bills(costing.Choice{Cycle: cycle})
		if why.Given() {
			t.Fatal(why)
		}
		var out []string
		for _, b := range bills {
			out = append(out, b.Date.String())
		}
		return out
	}
	for _, c := range []struct {
		name, asOf, renewal string
		cycle               pricing.Cycle
		first               []string
		count               int
	}{
		{"the 31st comes back", "2026-01-01", "2026-01-31", pricing.Monthly, []string{"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"}, 12},
		{"moved forward, counted from the file", "2026-02-10", "2025-12-31", pricing.Monthly, []string{"2026-02-28", "2026-03-31", "2026-04-30"}, 12},
		{"leap year", "2028-02-01", "2026-08-31", pricing.Monthly, []string{"2028-02-29", "2028-03-31"}, 12},
		{"R = as-of is allowed", "2026-01-31", "2026-01-31", pricing.Monthly, []string{"2026-01-31"}, 12},
		{"a day late: the next cycle", "2026-02-01", "2026-01-31", pricing.Annual, []string{"2027-01-31"}, 1},
		{"annual, moved by two years", "2026-01-01", "2024-03-15", pricing.Annual, []string{"2026-03-15"}, 1},
		{"annual from a leap day: 28 February", "2026-01-01", "2024-02-29", pricing.Annual, []string{"2026-02-28"}, 1},
		{"and the 29th comes back", "2028-01-01", "2024-02-29", pricing.Annual, []string{"2028-02-29"}, 1},
		{"the 30th around February", "2026-01-01", "2026-01-30", pricing.Monthly, []string{"2026-01-30", "2026-02-28", "2026-03-30"}, 12},
		{"over the end of a year", "2026-11-01", "2026-11-30", pricing.Monthly, []string{"2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"}, 12},
	} {
		got := dates(c.asOf, c.renewal, c.cycle)
		if len(got) != c.count || !slices.Equal(got[:len(c.first)], c.first) {
			t.Errorf("%s: got %v, want %d bills from %v", c.name, got, c.count, c.first)
		}
	}
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Annual, world.Renews("2025-12-31"))
	c := w.Build()
	world.Said(t, c.Diagnostics, diag.Warning, "2025-12-31")
	if l := world.Find(t, c, "app"); l.Term.Period != (date.Period{Start: world.Day("2026-12-31"), End: world.Day("2027-12-31")}) {
		t.Errorf("term: got %v", l.Term)
	}
}

// METHOD 3.2.
func TestRenewalFarAhead(t *testing.T) {
	far := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Annual, world.Renews("2027-01-02"))
	c := far.Build()
	figures(t, world.Find(t, c, "app"), "1650.00", "0.00", "0.00", "1650.00") // it counts
	world.Said(t, c.Diagnostics, diag.Note, "more than a year ahead")
	near := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Annual, world.Renews("2027-01-01")).Build()
	if len(near.Diagnostics) != 0 {
		t.Errorf("exactly a year ahead: got %v, want no remark", near.Diagnostics)
	}
}

// A blank renewal date is assumed to be nothing: the row is a line, with what
// it costs today, and in no total.
//
// METHOD 3.3.
func TestBlankRenewalDate(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Graduated("monthly", world.G1).Seats("jira", 100, 0)
	w.App("app", "jira", pricing.Annual, world.Renews("")).App("monthly", "jira", pricing.Monthly, world.Renews(""))
	c := w.Build()
	for key, current := range map[string]string{"app": "1650.00", "monthly": "1980.00"} {
		l := world.Find(t, c, key)
		unknown(t, l, "no renewal_date")
		if l.Current.String() != current || !l.Term.Start.IsZero() || l.Quote.Possible || l.BillDates(l.Sub.Cycle) != nil || !l.RunningCycle().Start.IsZero() {
			t.Errorf("%s: got current %s, term %v, quote %v; want %s and no date at all", key, l.Current, l.Term, l.Quote.Possible, current)
		}
	}
}

// A row of a leap day that renews on 28 February ends on the next 29th; an upgrade
// inside is for 365 days at most.
//
// METHOD 3.1, 3.8.
func TestTermEndsTwelveMonthsFromTheDateInTheFile(t *testing.T) {
	build := func(renews, crossing string) *costing.Line {
		w := world.New(t).Prices(products...).Seats("jira", 12, 0).Planned(crossing, "jira", 6)
		w.AsOf = world.Day("2026-06-01")
		return w.Product("jira", pricing.Annual, world.Licensed(15), world.Renews(renews)).Line("jira")
	}
	l := build("2024-02-29", "2027-03-01")
	if want := (date.Period{Start: world.Day("2027-02-28"), End: world.Day("2028-02-29")}); l.Term.Period != want {
		t.Errorf("term: got %v, want %v", l.Term.Period, want)
	}
	figures(t, l, "1350.00", "900.00", "0.00", "2250.00") // 900.00 x 365 / 365
	figures(t, build("2024-02-29", "2027-03-02"), "1350.00", "897.53", "0.00", "2247.53")
	figures(t, build("2024-02-29", "2028-02-28"), "1350.00", "2.47", "0.00", "1352.47") // the last day of the term
	figures(t, build("2024-02-29", "2028-02-29"), "1350.00", "0.00", "0.00", "1350.00") // the first day after it
	if l := build("2024-02-28", "2028-02-28"); l.Term.End != world.Day("2028-02-28") {
		t.Errorf("a row of the 28th ends on %s, want 2028-02-28", l.Term.End)
	}
	// A running term longer than a year, too, is charged for 365 days.
	if got := l.UpgradeAt(world.Day("2026-06-01"), 15, 18, 400).String(); got != "900.00" {
		t.Errorf("upgrade for 400 days: got %s, want 900.00", got)
	}
}
