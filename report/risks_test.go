package report

import (
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/plan"
)

func riskMeanings(r *audit.Result) []meaning {
	finding := &r.Findings[1]
	a, b := &r.Trust.Open[0], &r.Trust.Open[1]
	todo := func(o *audit.Open) string { return upper(strings.Join(remedies(o), "; ")) + "." }
	return []meaning{{place: "PDF/Risks and findings/", cols: "Risk|What to do|Who, by when|Amount", rows: 3, cell: cells{
		"Risk":   words(OpenWords(a), OpenWords(b), finding.Title),
		"Amount": words(say(a.NotClaimed), say(b.NotClaimed), say(finding.Amount)),
		// The bundles have no subscription, so no day.
		"Who, by when": words("licence manager, no\u00A0date", "licence manager, no\u00A0date", whoBy("licence manager", finding.By)),
		"What to do":   words(todo(a), todo(b), finding.Action),
	}}}
}

// TestRisks: what is held or unknown first, then the findings that are risks and
// that no action answers, each with its amount, its day and who acts.
//
// METHOD 24.3.
func TestRisks(t *testing.T) {
	r := result()
	day := date.New(2026, 12, 1)
	r.Rules = []audit.RuleStatus{
		{ID: "saves", Kind: audit.Saving}, {ID: "tiers", Kind: audit.Risk, Category: audit.CategoryTiers}, {ID: "apps", Kind: audit.Risk, Category: audit.CategoryApps},
		{ID: "price-increase", Kind: audit.Risk, Category: audit.CategoryPrices},
	}
	r.Findings = []audit.Finding{
		{Rule: "tiers", Severity: audit.Critical, Title: "read-only for everybody", Amount: usd(870356), By: day, Action: "Buy."},
		{Rule: "saves", Severity: audit.High, Title: "a saving", Amount: usd(1)},
		{Rule: "tiers", Severity: audit.High, Title: "an action answers it", Amount: usd(1), Counted: true},
		{Rule: "apps", Severity: audit.High, Title: "archived", By: day, Action: "Replace it."},
		{Rule: "price-increase", Severity: audit.High, Title: "has a section of its own", Amount: usd(1), By: day},
		{Rule: "apps", Severity: audit.Low, Title: "Not fully known for 3 of 3 apps", Subject: "organisation"},
	}
	r.Lines[0].Bundle, r.Lines[0].Renewal = "acme/jira", date.New(2027, 1, 30)
	r.Trust.Open = []audit.Open{
		{Bundle: "acme/jira", Title: "Jira on acme", Subscriptions: audit.ByState{Active: 1, Held: 1}, NotClaimed: usd(500),
			Obstacles: []audit.Obstacle{{State: plan.Held, Name: "Jira", Site: "acme", Reason: diag.Why(diag.NoPrice, "why")}}},
		{Bundle: "b", Title: "Confluence on acme", Subscriptions: audit.ByState{Active: 1, Assumed: 1}},
	}
	table := risksSection(r).Tables[0]
	got := told(t, table, "Risk", "Amount", "Who, by when", "What to do")
	want := []string{
		"Jira on acme: held. Not claimed: up to 5.00 USD.; 5.00 USD; licence manager by\u00A030\u00A0Jan\u00A02027; Add the price of Jira on acme to the price files.",
		"read-only for everybody; 8,703.56 USD; licence manager by\u00A01\u00A0Dec\u00A02026; Buy.",
		"archived; not known; app owner by\u00A01\u00A0Dec\u00A02026; Replace it.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if table.Foot != "Not fully known for 3 of 3 apps." {
		t.Errorf("foot %q", table.Foot)
	}
}

// No more risks are printed than a page holds, and how many are left out is said.
func TestManyRisks(t *testing.T) {
	r := result()
	r.Rules = []audit.RuleStatus{{ID: "tiers", Kind: audit.Risk}}
	for range risksMost + 3 {
		r.Findings = append(r.Findings, audit.Finding{Rule: "tiers", Severity: audit.Low, Title: "x", Amount: usd(1)})
	}
	s := risksSection(r)
	n := 0
	for range s.Tables[0].Rows {
		n++
	}
	if n != risksMost || s.Lead[1] != "The workbook lists 3 further ones under Findings." {
		t.Errorf("%d rows, %q", n, s.Lead)
	}
}
