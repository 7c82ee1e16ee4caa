package audit_test

import (
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// prices returns the days of the price changes among the deadlines, by id.
func prices(t *testing.T, asOf string) map[string]string {
	w := world.New(t).Prices(world.List{Plan: "jira", Mode: pricing.Graduated, Tiers: []string{":1.00"}}).
		Percent("jira", "2026-04-01", "0.1").Percent("jira", "2026-06-01", "0.1").
		Seats("jira", 20, 0).Product("jira", pricing.Monthly)
	w.AsOf = world.Day(asOf)
	in := w.Input()
	r := run(t, &audit.Request{Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf, Version: "test", Digest: strings.Repeat("0", 64)})
	out := map[string]string{}
	for _, d := range r.Deadlines {
		if d.Kind == audit.DeadlinePrice {
			out[d.ID] = d.Date.String()
		}
	}
	return out
}

// Once the first of two price changes has passed, the second keeps its own entry
// in a calendar and does not take over the first one's.
func TestPriceChangesKeepTheirEntries(t *testing.T) {
	before, after := prices(t, "2026-01-01"), prices(t, "2026-05-01")
	if len(before) != 2 || len(after) != 1 {
		t.Fatalf("first %v, later %v", before, after)
	}
	for id, day := range after {
		if before[id] != day {
			t.Errorf("%s is on %s, before on %q", id, day, before[id])
		}
	}
}

// A quote that decides an amount has to be accepted by its last day, and before the
// renewal; one that decides none is no deadline.
func TestQuotesThatDecideAnAmountAreToBeAccepted(t *testing.T) {
	for _, c := range []struct {
		from, until string
		users       int
		amount      string
		want        string
	}{
		{"", "2026-03-15", 20, "18.00", "2026-03-01 last day to accept quote Q-1 for Jira"},
		{"2026-03-01", "2026-02-15", 20, "18.00", "2026-02-15 last day to accept quote Q-1 for Jira"},
		{"", "2026-03-15", 20, "21.00", "2026-03-01 last day to accept quote Q-1 for Jira; the plan does without it"},
		{"", "2026-03-15", 19, "18.00", ""}, {"", "2026-02-28", 20, "18.00", ""},
	} {
		w := world.New(t).Prices(world.List{Plan: "jira", Mode: pricing.Graduated, Tiers: []string{":1.00"}}).
			Seats("jira", 20, 0).Product("jira", pricing.Monthly).Quoted("Q-1", "jira", c.users, pricing.Monthly, c.amount, c.until)
		w.AsOf, w.Estate.Quotes[0].From = world.Day("2026-02-10"), world.Day(c.from)
		in := w.Input()
		r := run(t, &audit.Request{Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf, Version: "test", Digest: strings.Repeat("0", 64)})
		got := ""
		for _, d := range r.Deadlines {
			if d.Kind == audit.DeadlineAccept {
				got = d.Date.String() + " " + d.What
			}
		}
		if q := r.Lines[0].QuoteInForce; got != c.want || (q != nil) != (c.want != "") {
			t.Errorf("valid until %s for %d users: to be accepted by %q, want %q; the row says %v", c.until, c.users, got, c.want, q)
		}
	}
}
