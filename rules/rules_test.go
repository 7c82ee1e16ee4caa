package rules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/audittest"
	"tierline/rules"
)

// TestCases runs every rule on its cases. See package audittest for what a
// case is; a rule without a positive, a negative and a missing case fails.
func TestCases(t *testing.T) {
	for _, r := range rules.All() {
		t.Run(r.ID, func(t *testing.T) { audittest.Run(t, r, filepath.Join("testdata", r.ID)) })
	}
}

// TestNoStrayCases finds folders of cases that no rule runs.
func TestNoStrayCases(t *testing.T) {
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.ContainsFunc(rules.All(), func(r *audit.Rule) bool { return r.ID == e.Name() }) {
			t.Errorf("testdata/%s belongs to no rule", e.Name())
		}
	}
}

func TestValidate(t *testing.T) {
	if err := audit.Validate(rules.All()); err != nil {
		t.Error(err)
	}
}

// TestPages checks that a page is the rule's own and that its file has the
// rule's id.
func TestPages(t *testing.T) {
	for _, r := range rules.All() {
		if !strings.HasPrefix(r.Page, "# "+r.ID+"\n") {
			t.Errorf("the page of %s begins with another heading", r.ID)
		}
		raw, err := os.ReadFile(r.ID + ".md")
		if err != nil || string(raw) != r.Page {
			t.Errorf("the page of %s is not %s.md (%v)", r.ID, r.ID, err)
		}
	}
}

var (
	workedExample = regexp.MustCompile(`(?s)Worked example:(.*?)\n\n`)
	pageFigure    = regexp.MustCompile(`[0-9][0-9,]*\.[0-9][0-9]`)
)

// TestPageExamples checks that every amount of the worked example of a page
// stands in the case that runs it: the results in want.txt, the terms of a sum
// in the README that adds them up.
func TestPageExamples(t *testing.T) {
	for _, r := range rules.All() {
		example := workedExample.FindStringSubmatch(r.Page)
		if example == nil {
			t.Errorf("the page of %s has no worked example", r.ID)
			continue
		}
		dir := filepath.Join("testdata", r.ID, "positive-page-example")
		text := readText(t, filepath.Join(dir, "want.txt")) + readText(t, filepath.Join(dir, "README.md"))
		for _, figure := range pageFigure.FindAllString(example[1], -1) {
			if !strings.Contains(text, figure) {
				t.Errorf("the page of %s says %s, its case does not", r.ID, figure)
			}
		}
		for _, figure := range pageResults[r.ID] {
			if !strings.Contains(strings.Join(strings.Fields(example[1]), " "), figure.page) {
				t.Errorf("the page of %s does not say %q", r.ID, figure.page)
			}
			if !strings.Contains(readText(t, filepath.Join(dir, "want.txt")), figure.want) {
				t.Errorf("the case of the page of %s does not give %q", r.ID, figure.want)
			}
		}
	}
}

// pageResults are the results a page states, as it writes them and as the
// case gives them.
var pageResults = map[string][]struct{ page, want string }{
	"inactive-users": {
		{"Removing 40 of 540 users reaches 500 and saves 400.00", "amount: 400.00 USD"},
		{"Removing 40 of 590 leaves 550, still in the same tier, and saves 0.00", "amount: 0.00 USD"},
		{"40 x 0.40 x 12 = 192.00", "amount: 192.00 USD"},
	},
	"tier-crossing": {
		{"40,000.00", "recommended 40,000.00 USD"},
		{"64,000.00", "as is 64,000.00 USD"},
		{"The step is 24,000.00", "figure step: 24,000.00 USD"},
		{"worth 23,920.00", "unused capacity 23,920.00 USD"},
	},
	"price-increase": {
		{"2,420.00 becomes 2,900.00", "figure old: 2,420.00 USD\n  figure new: 2,900.00 USD"},
		{"15 August 2025", "figure effective: 2025-08-15"},
		{"19.83%", "+19.83%"},
		{"13 October 2025", "figure quote_by: 2025-10-13"},
	},
	"billing-cycle": {
		{"12,072.00", "figure monthly: 12,072.00 USD"},
		{"15,900.00", "figure annual: 15,900.00 USD"},
		{"cheaper by 3,828.00", "amount: 3,828.00 USD"},
		{"from 164 on", "figure break_even_users: 164"},
	},
}

func readText(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
