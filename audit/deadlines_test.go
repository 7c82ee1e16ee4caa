package audit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/estate"
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

// METHOD 9.7: what comes beside the days of lines that are paid for. The licence
// covers 25 of 20 users; five more are planned, which fit, and then one that does not.
func TestOtherDays(t *testing.T) {
	tiers := []string{"25:100", "50:200"}
	w := world.New(t).Prices(world.List{Plan: "jira", Cycle: pricing.Annual, Tiers: tiers}, world.List{Plan: "confluence", Cycle: pricing.Annual, Tiers: tiers}).
		Seats("jira", 20, 0).Seats("confluence", 26, 0).Planned("2026-01-20", "jira", 5).Planned("2026-02-10", "jira", 1).
		Product("jira", pricing.Annual, world.Licensed(25)).Product("confluence", pricing.Annual, world.Licensed(25), world.Status(estate.SubTrial))
	in := w.Input()
	in.Estate.Exceptions = []estate.Exception{
		{Rule: "*", Subject: "a@example.com", Until: world.Day("2026-02-01")}, {Rule: "*", Subject: "b@example.com", Until: world.Day("2026-02-01")},
		{Rule: "*", Subject: "jira"}, {Rule: "*", Subject: "c@example.com", Until: world.Day("2025-12-31")}, {Rule: "Erika Example", Until: world.Day("2026-02-01")},
	}
	in.Config.Policy.ConfirmedCounts = []config.ConfirmedCount{{Count: "acme/jira", Users: 20, Until: world.Day("2026-01-01")}}
	r := run(t, &audit.Request{Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf, Version: "test", Digest: strings.Repeat("0", 64)})
	var got []string
	for _, d := range r.Deadlines {
		switch d.Kind {
		case audit.DeadlineTrial, audit.DeadlineOverTier, audit.DeadlineException, audit.DeadlineConfirmation, audit.DeadlineDataCenter:
			got = append(got, d.Date.String()+" "+d.Site+": "+d.What+" ("+d.ID+")")
		}
	}
	want := []string{
		"2026-01-01 acme: last day on which the confirmed count of acme/jira holds (confirmed/acme/jira)",
		"2026-02-01 organisation: last day of 2 exceptions from every rule (exceptions/*/2026-02-01)",
		"2026-02-10 acme: Jira has 1 user more than its licence covers (acme/product/jira/over-licence)",
		"2026-03-01 acme: the trial of Confluence ends: cancel it before, or it is billed from then on (acme/product/confluence/trial)",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("as of %s\n%s", in.AsOf, d)
	}
}

// The last days of Data Center stand once for each site that has a product on it,
// and for none whose products go on (METHOD 8.1, 9.7).
func TestDaysOfDataCenter(t *testing.T) {
	for key, want := range map[string]int{"jira": 2, "bitbucket": 0} {
		w := world.New(t).Seats(key, 20, 0).Product(key, pricing.Annual, world.OnDataCenter, world.Licensed(25))
		in := w.Input()
		r := run(t, &audit.Request{Estate: in.Estate, Book: in.Book, Config: in.Config, AsOf: in.AsOf, Version: "test", Digest: strings.Repeat("0", 64)})
		days := []string{}
		for _, d := range r.Deadlines {
			if d.Kind == audit.DeadlineDataCenter {
				days = append(days, d.Date.String())
			}
		}
		if len(days) != want || want == 2 && (days[0] != "2028-03-30" || days[1] != "2029-03-28") {
			t.Errorf("%s: %v", key, days)
		}
	}
}
