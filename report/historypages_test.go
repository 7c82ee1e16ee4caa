package report

import (
	"slices"
	"testing"

	"tierline/audit/history"
)

// TestChangesOnPaper: finance sees what weighs something; what is of low severity is
// counted, and what has no row is a sentence. METHOD 24.4.
func TestChangesOnPaper(t *testing.T) {
	c := &history.Comparison{
		Seats: []history.SeatsChange{{Site: "acme", Product: "jira", Was: 9, Is: 9}, {Site: "acme", Product: "confluence", Was: 9, Is: 8, Gone: 1}},
		Findings: []history.FindingChange{{Title: "small", State: history.New, Severity: "low"}, {Title: "big", State: history.New, Severity: "high"},
			{Title: "was big", State: history.Changed, Severity: "info", Before: "medium"}},
	}
	s := changesOnPaper(c)
	var titles []string
	rows := map[string]int{}
	for _, table := range s.Tables {
		titles = append(titles, table.Title)
		for range table.Rows {
			rows[table.Title]++
		}
	}
	if want := []string{"Paid seats", "Findings"}; !slices.Equal(titles, want) {
		t.Errorf("tables %q, want %q", titles, want)
	}
	if rows["Paid seats"] != 1 || rows["Findings"] != 2 {
		t.Errorf("rows %v", rows)
	}
	for _, want := range []string{
		"1 changed finding is of low severity or less; the workbook lists it under Changes since last run.",
		"No subscription is new, ended or agreed otherwise. No subscription crossed into another tier. No price list changed unannounced. " +
			"The earlier plan asked for nothing.",
	} {
		if !slices.Contains(s.Lead, want) {
			t.Errorf("the lead %q does not say %q", s.Lead, want)
		}
	}
	c.Seats, c.Findings = c.Seats[:1], nil
	if lead := changesOnPaper(c).Lead; lead[len(lead)-1][:len("No paid seat moved.")] != "No paid seat moved." {
		t.Errorf("lead %q", lead)
	}
}
