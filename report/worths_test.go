package report

import (
	"testing"

	"tierline/audit"
	"tierline/audit/money"
)

// What a finding is worth is looked up where another sheet shows the same of the same
// thing, by its number, and is written where none does.
func TestWorths(t *testing.T) {
	r := filled(t)
	action, line, app := &r.Plan.Actions[0], &r.Lines[1], &r.Apps[1]
	app.Line = line.ID
	w := newWorths(r)
	finding := func(a money.Amount, by string) findingRow {
		return findingRow{&audit.Finding{Amount: a, Counted: by != "", PlanAction: by, Lines: []audit.LineAmount{{Line: line.ID}}}, &r.Plan, nil}
	}
	for what, x := range map[string]struct {
		f             findingRow
		table, column string
		number        Number
	}{
		"an action":           {finding(action.Amount, action.ID), actionsTable, Worth, Number(action.Number)},
		"a part of an action": {finding(action.Parts[1].Amount, action.ID), actionsTable, partID(action.Parts[1].Step), Number(action.Number)},
		"an app left out":     {finding(app.Without, ""), appsTable, "without", 2},
		"a subscription":      {finding(line.AsIs, ""), subscriptionsTable, "as_is", 2},
		"as recommended":      {finding(line.Recommended, ""), subscriptionsTable, "recommended", 2},
	} {
		f := w.of(x.f)
		if !f.Same(numbered(x.table, x.column, x.number)) {
			t.Errorf("%s: the formula is %v, want number %d of %s in %s", what, f, x.number, x.column, x.table)
		}
	}
	two := finding(line.AsIs, "")
	two.Lines = append(two.Lines, two.Lines[0])
	other := finding(action.Amount, r.Plan.Actions[1].ID)
	for what, f := range map[string]findingRow{"of two subscriptions": two, "of another action": other, "unknown": finding(money.Amount{}, "")} {
		if got := w.of(f); !got.None() {
			t.Errorf("an amount %s is looked up: %v", what, got)
		}
	}
}

// A check of the audit is worked out from the cells that show what it compares; one of
// a kind nobody shows stays as audited.
func TestAuditedChecksAreFormulas(t *testing.T) {
	r := filled(t)
	one, other := oneWay(r), otherWay(r)
	for kind := audit.CheckLines; kind <= audit.CheckActions; kind++ {
		c := &audit.Check{Of: audit.CheckedFigure{Kind: kind, Column: "as_is", Step: r.Plan.Bridge[1].Step, By: audit.BySite, Action: r.Plan.Actions[0].ID}}
		if one(c).None() || other(c).None() {
			t.Errorf("kind %d has no formula both ways", kind)
		}
	}
	for what, c := range map[string]*audit.Check{"no kind": {}, "no action": {Of: audit.CheckedFigure{Kind: audit.CheckParts, Action: "x"}}} {
		if !one(c).None() || !other(c).None() {
			t.Errorf("a check of %s has a formula", what)
		}
	}
	if f := one(&audit.Check{Of: audit.CheckedFigure{Kind: audit.CheckParts, Action: r.Plan.Actions[0].ID}}); len(f.Terms) != len(r.Plan.Actions[0].Parts) {
		t.Errorf("%d parts are added up, of %d", len(f.Terms), len(r.Plan.Actions[0].Parts))
	}
}

// The rows read are what became of them, unless some are counted nowhere.
func TestRowsReadAddUp(t *testing.T) {
	if everyRow(&audit.Input{Read: 7, Used: 4, Rejected: 3}).None() || !everyRow(&audit.Input{Read: 8, Used: 4, Rejected: 3}).None() {
		t.Error("rows read are a sum where they are none, or none where they are one")
	}
}
