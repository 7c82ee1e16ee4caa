package report

import (
	"testing"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/pricing"
)

// TestTimeline: annual renewals are days of their product, each once, with the
// window in which to decide and the one for a quote that can be had; monthly
// bills are none, and products renew in order.
func TestTimeline(t *testing.T) {
	day := date.New(2027, 3, 1)
	r := &audit.Result{Run: audit.RunInfo{AsOf: date.New(2026, 12, 15), Policy: config.DefaultPolicy()},
		Positions: []audit.Position{{Bundle: "late", Title: "Late"}, {Bundle: "soon", Title: "Soon"}, {Bundle: "monthly", Title: "Monthly"}},
		Lines: []audit.Line{
			{Bundle: "late", Cycle: pricing.Annual, Renewal: day.AddDays(30)},
			{Bundle: "soon", Cycle: pricing.Annual, Renewal: day, Quote: &audit.Quote{Possible: true, From: day.AddDays(-40), By: day.AddDays(-10), Change: day.AddDays(-9)}},
			{Bundle: "soon", Cycle: pricing.Annual, Renewal: day, Quote: &audit.Quote{From: day.AddDays(-400), By: day}},
			{Bundle: "monthly", Cycle: pricing.Monthly, Renewal: day},
		}}
	got := timeline(r)
	if len(got.Rows) != 2 || got.Rows[0].Label != "Soon" || got.Rows[1].Label != "Late" || !got.To.After(day.AddDays(30)) {
		t.Fatalf("rows %+v to %s", got.Rows, got.To)
	}
	soon := got.Rows[0]
	if len(soon.Days) != 2 || soon.Days[0] != (Moment{day.AddDays(-9), PriceDay}) || soon.Days[1] != (Moment{day, RenewalDay}) {
		t.Errorf("days %+v", soon.Days)
	}
	want := []Stretch{{r.Run.AsOf, day.AddDays(-60), DecideStretch}, {day.AddDays(-40), day.AddDays(-10), QuoteStretch}}
	if len(soon.Stretches) != 2 || soon.Stretches[0] != want[0] || soon.Stretches[1] != want[1] {
		t.Errorf("stretches %+v, want %+v", soon.Stretches, want)
	}
	r.Positions[0].Family, r.Lines[0].Site = "jira", "acme"
	if r.Lines = append(r.Lines, audit.Line{Bundle: "late", Site: "other", Cycle: pricing.Annual, Renewal: day}); timeline(r).Rows[2].Label != "Jira on acme" {
		t.Errorf("a product on two sites: %+v", timeline(r).Rows)
	}
	if r.Lines = r.Lines[3:4]; timeline(r) != nil {
		t.Error("monthly bills make a timeline")
	}
}
