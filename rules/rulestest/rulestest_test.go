package rulestest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tierline/audit"
)

// stub is a rule that does what a test wants it to.
func stub(run func(*audit.Pass) error) *audit.Rule {
	return &audit.Rule{
		ID: "stub", Title: "a rule for this test", Remediation: "Do nothing.",
		Page:     "# stub\n\n## Why it matters\n\n## How it is computed\n\n## Limits\n\n## Sources\n",
		Category: audit.CategoryTerms, Kind: audit.Risk, Scope: audit.PerOrganisation,
		Run: func(_ context.Context, p *audit.Pass) error { return run(p) },
	}
}

func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"audit.yaml":        "as_of: 2026-11-16\ncurrency: USD\n",
		"subscriptions.csv": "type,key,site,cycle,contract_price,billing_basis,renewal_date\nproduct,jira,acme,annual,100.00,fixed,2027-01-31\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestProblems(t *testing.T) {
	good := func(p *audit.Pass) error {
		p.Report(audit.Finding{Subject: "acme", Title: "a title", Action: "Act.", NotCounted: "a reason"})
		return nil
	}
	silent := func(*audit.Pass) error { return nil }
	for _, c := range []struct {
		name    string
		run     func(*audit.Pass) error
		problem string // "" = none
	}{
		{"positive-x", good, ""},
		{"negative-x", silent, ""},
		{"positive-x", silent, "a positive case"},
		{"negative-x", good, "a negative case"},
		{"missing-x", silent, "a case of a missing input"},
		{"other", good, "the name of a case"},
		{"positive-x", func(*audit.Pass) error { return errors.New("broken") }, "failed"},
		{"positive-x", func(p *audit.Pass) error {
			p.Report(audit.Finding{Subject: "acme", Title: "a title", Action: "Act."})
			return nil
		}, "say why none does"},
		{"positive-x", func(p *audit.Pass) error {
			p.Report(audit.Finding{Subject: "acme", Title: "a title", Action: "Act.", Counted: true, PlanAction: "clean-up/nothing"})
			return nil
		}, "which the plan does not have"},
	} {
		rule := stub(c.run)
		r, err := Audit(rule, folder(t), 1)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(problems(c.name, rule, r), "\n")
		if c.problem == "" && got != "" || !strings.Contains(got, c.problem) {
			t.Errorf("%s: problems %q, want %q", c.name, got, c.problem)
		}
	}
}

func TestAuditNeedsADay(t *testing.T) {
	dir := folder(t)
	if err := os.Remove(filepath.Join(dir, "audit.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, err := Audit(stub(nil), dir, 1); err == nil || !strings.Contains(err.Error(), "as_of") {
		t.Errorf("error %v, want one about as_of", err)
	}
}
