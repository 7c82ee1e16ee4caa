package costing_test

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 8.6: upgrades inside the term are for fewer days than its first bill.
func TestPaidAfterCountsEachBillByItsDays(t *testing.T) {
	l := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).Planned("2027-01-30", "jira", 50).
		App("app", "jira", pricing.Annual, world.Renews("2026-12-01")).Line("app")
	bills, why := l.Bills(costing.Choice{Cycle: pricing.Annual})
	if why.Given() || len(bills) != 2 {
		t.Fatalf("got %d bills (%s), want the renewal and one upgrade", len(bills), why)
	}
	last := world.Day("2027-06-29") // 154 days of the term are left
	after := l.PaidAfter(last)
	if after.Days != 154 || after.Of != 365 || len(after.Parts) != 2 {
		t.Fatalf("got %+v", after)
	}
	for i, want := range []struct{ of int }{{365}, {305}} {
		if p := after.Parts[i]; p.Days != 154 || p.Of != want.of {
			t.Errorf("part %d: got %d of %d days, want 154 of %d", i, p.Days, p.Of, want.of)
		}
	}
	// 1,650.00 x 154 / 365 = 696.16, and of the upgrade 770.00 x 305 / 365 = 643.42: 643.42 x 154 / 305 = 324.87.
	if got := after.Amount.String(); got != "1021.03" {
		t.Errorf("got %s, want 1021.03", got)
	}
}

// METHOD 8.6: a later end never leaves more to pay for, one before the term
// leaves all of it, and one on its last day nothing.
func TestPaidAfterFallsAsTheEndMoves(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cycle := rapid.SampledFrom([]pricing.Cycle{pricing.Monthly, pricing.Annual}).Draw(rt, "cycle")
		renewal := date.New(2026, 11, 16).AddDays(rapid.IntRange(0, 800).Draw(rt, "days ahead"))
		l := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).Planned("2027-06-30", "jira", rapid.IntRange(0, 200).Draw(rt, "joiners")).
			App("app", "jira", cycle, world.Renews(renewal.String())).Line("app")
		if got := l.PaidAfter(l.Term.Start.AddDays(-1)); got.Amount != l.AsIs {
			rt.Fatalf("all of the term: got %s, want %s", got.Amount, l.AsIs)
		}
		if got := l.PaidAfter(l.Term.End.AddDays(-1)); got.Days != 0 || got.Amount.Known() {
			rt.Fatalf("none of the term: got %+v", got)
		}
		end := rapid.IntRange(-40, l.Term.Days()-3).Draw(rt, "end")
		sooner, later := l.PaidAfter(l.Term.Start.AddDays(end)), l.PaidAfter(l.Term.Start.AddDays(end+1))
		if sooner.Amount.Less(later.Amount) || sooner.Days < later.Days {
			rt.Fatalf("a day later leaves more: %s and %s", sooner.Amount, later.Amount)
		}
	})
}
