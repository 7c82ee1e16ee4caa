package audit_test

import (
	"fmt"
	"testing"

	"tierline/audit/date"
	"tierline/audit/estate"
)

// METHOD 6.5. A month has its largest count, today's list counts in the month of its
// day, and what lies further back or ahead is left out.
func TestUsersByMonth(t *testing.T) {
	req := request(t)
	const site, product = "acme-eng", "jira"
	req.Estate.UserCounts = nil
	for _, c := range []struct {
		day   date.Date
		users int
	}{{date.New(2024, 11, 30), 90}, {date.New(2024, 12, 1), 100}, {date.New(2026, 1, 5), 300}, {date.New(2026, 1, 20), 280}, {date.New(2026, 11, 20), 9999}} {
		req.Estate.UserCounts = append(req.Estate.UserCounts, estate.UserCount{Date: c.day, Site: site, Product: product, Users: c.users})
	}
	r := run(t, req)
	if len(r.UserMonths) != 1 {
		t.Fatalf("%d products were counted in several months: %v", len(r.UserMonths), r.UserMonths)
	}
	m, today := r.UserMonths[0], 0
	for _, h := range r.Trust.Counts {
		if h.Site == site && h.Product == product {
			today = *h.Users
		}
	}
	want := fmt.Sprint("[{2024-12-01 100} {2026-01-01 300} {2026-11-01 ", today, "}]")
	if got := fmt.Sprint(m.Months); m.Site != site || m.Product != product || got != want {
		t.Errorf("%s on %s: %s, want %s", m.Product, m.Site, got, want)
	}
	for _, p := range r.Positions {
		for _, l := range p.Lines {
			if l.Site == site && l.Name == m.Name && (m.Top == nil || l.Tier.To == nil || *m.Top != *l.Tier.To) {
				t.Errorf("the top is %v, want that of the tier %v", m.Top, l.Tier)
			}
		}
	}
	if m.Top == nil {
		t.Error("no top is known")
	}
}
