package rules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/rules"
	"tierline/rules/rulestest"
)

// TestCases runs every rule on its cases. See package rulestest for what a
// case is; a rule without a positive, a negative and a missing case fails.
func TestCases(t *testing.T) {
	for _, r := range rules.All() {
		t.Run(r.ID, func(t *testing.T) { rulestest.Run(t, r, rules.All(), filepath.Join("testdata", r.ID)) })
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

// TestEveryRuleOnEveryFolder runs all rules together on every sample and on
// every case of every rule, which shows what the cases of one rule cannot: that
// no two findings have one id, for example.
func TestEveryRuleOnEveryFolder(t *testing.T) {
	dirs, err := filepath.Glob("testdata/*/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, sample := range []string{"acme", "datacenter", "enterprise", "europe"} {
		dirs = append(dirs, filepath.Join("..", "samples", sample))
	}
	for _, dir := range dirs {
		r, err := rulestest.AuditAll(rules.All(), dir, 0)
		if err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		for _, problem := range rulestest.Sound(r) {
			t.Errorf("%s: %s", dir, problem)
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

// TestPageExamples checks that the worked example of a page is what the case
// "positive-page-example" gives. Its page.txt pairs what the page says with what
// want.txt says, one pair a line, " | " between them; every amount of the
// example stands in the case, the terms of a sum in the README that adds them up.
func TestPageExamples(t *testing.T) {
	for _, r := range rules.All() {
		example := workedExample.FindStringSubmatch(r.Page)
		if example == nil {
			t.Errorf("the page of %s has no worked example", r.ID)
			continue
		}
		said := strings.Join(strings.Fields(example[1]), " ")
		dir := filepath.Join("testdata", r.ID, "positive-page-example")
		want := readText(t, filepath.Join(dir, "want.txt"))
		inCase := want + readText(t, filepath.Join(dir, "README.md"))
		for _, figure := range pageFigure.FindAllString(said, -1) {
			if !strings.Contains(inCase, figure) {
				t.Errorf("the page of %s says %s, its case does not", r.ID, figure)
			}
		}
		for _, pair := range strings.Split(strings.TrimSpace(readText(t, filepath.Join(dir, "page.txt"))), "\n") {
			page, result, ok := strings.Cut(pair, " | ")
			if !ok || !strings.Contains(said, page) {
				t.Errorf("page.txt of %s: the worked example does not say %q", r.ID, page)
			}
			if !strings.Contains(want, result) {
				t.Errorf("page.txt of %s: the case does not give %q", r.ID, result)
			}
		}
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
