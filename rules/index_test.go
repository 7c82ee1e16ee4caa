package rules_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/audit"
	"tierline/rules"
	"tierline/rules/rulestest"
)

// TestIndexIsFresh compares RULES.md with the rules it lists;
//
//	go test ./rules -update
//
// writes it.
func TestIndexIsFresh(t *testing.T) {
	want := index(rules.All())
	if rulestest.Updating() {
		if err := os.WriteFile("RULES.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(readText(t, "RULES.md"), want); diff != "" {
		t.Errorf("RULES.md is not what the rules say; write it with -update (-file +rules):\n%s", diff)
	}
}

// index lists the rules for people who read the repository.
func index(list []*audit.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# The rules

Written by a test from the rules themselves. Each name leads to the rule's page: why it matters, how it is computed with
a worked example, its limits and its sources. "tierline rules" prints the same list, "tierline rules ID" the page. A rule
whose needs are missing is skipped, and every report says so.

| rule | question | kind | looks at | needs |
|---|---|---|---|---|
`)
	for _, r := range list {
		fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s | %s | %s |\n", r.ID, r.ID, r.Title, r.Kind, scope(r), needs(r))
	}
	b.WriteString(`
## Options

Set in audit.yaml below "rules", such as "tier-crossing: {near_users: 50}".

| rule | option | values | default | meaning |
|---|---|---|---|---|
`)
	for _, r := range list {
		for _, o := range r.Options {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.ID, o.Name, o.Values(), o.Default, o.Doc)
		}
	}
	return b.String()
}

func scope(r *audit.Rule) string {
	if r.Scope == audit.PerBundle {
		return "each bundle"
	}
	return "the organisation"
}

func needs(r *audit.Rule) string {
	if len(r.Needs) == 0 {
		return "nothing beyond subscriptions"
	}
	var out []string
	for _, n := range r.Needs {
		out = append(out, string(n))
	}
	return strings.Join(out, "; ")
}
