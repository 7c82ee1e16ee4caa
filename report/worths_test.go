package report

import (
	"slices"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// What a finding is worth on a subscription is looked up in the figure that the rule
// says it is, and nowhere else: another figure may be as large by chance.
//
// METHOD 22.11.
func TestWorths(t *testing.T) {
	r := filled(t)
	line, app, change, tier := &r.Lines[1], &r.Apps[1], &r.Changes[1], &r.Positions[1].Lines[1]
	app.Line, change.Line, tier.Line = line.ID, line.ID, line.ID
	run := &r.WhatIf.Bundles[0].Lines[1]
	run.Amounts.Running = usd(12_345)
	w := newWorths(r)
	w.grown = map[string]money.Amount{line.ID: line.AsIs.Add(change.ThisTerm)}
	w.bills = map[audit.LineDay]money.Amount{{Line: line.ID, On: change.Effective}: usd(4_321)}
	w.peaks = map[string]money.Amount{line.ID: usd(98)}
	for of, x := range map[audit.WorthOf]struct {
		amount money.Amount
		term   Term
	}{
		audit.OfAsIs:        {line.AsIs, Data(subscriptionsTable, "as_is")},
		audit.OfCurrent:     {line.Current, Data(subscriptionsTable, "current")},
		audit.OfSaving:      {line.Saving(), Data(subscriptionsTable, "recommended")},
		audit.OfWithout:     {app.Without, Data(appsTable, "without")},
		audit.OfPriceChange: {change.ThisTerm, Data(changesTable, "this_term")},
		audit.OfUnused:      {tier.UnusedAYear(line.Cycle), Data(tiersTable, "unused_capacity")},
		audit.OfGrowth:      {change.ThisTerm, Data(dueID, "growth_2")},
		audit.OfRightSize:   {audit.SavedIn(plan.StepRightSize, []*audit.Line{line}), Data(subscriptionsTable, "after_right_size")},
		audit.OfRemoval:     {audit.SavedIn(plan.StepCleanUp, []*audit.Line{line}), Data(subscriptionsTable, "after_clean_up")},
		audit.OfApart:       {line.AfterCycle, Data(subscriptionsTable, "after_billing_cycle")},
		audit.OfStepUp:      {tier.Step.Times(line.Cycle.Bills()), Data(tiersTable, "step")},
		audit.OfStepDown:    {tier.StepDown.Times(line.Cycle.Bills()), Data(tiersTable, "step_down")},
		audit.OfBill:        {usd(4_321), Day(change.Effective)},
		audit.OfPeaks:       {usd(98), Word("over")},
		audit.OfRunning:     {run.Amounts.Running, At(whatIfTable, line.ID, "running_now")},
	} {
		on := func(of audit.WorthOf, a money.Amount) Formula {
			return w.on(findingLine{LineAmount: &audit.LineAmount{Line: line.ID, Amount: a, Of: of, On: change.Effective}})
		}
		if f := on(of, x.amount); !mentions(f, x.term) {
			t.Errorf("%s: the formula is %v, want one with %v", of, f, x.term)
		}
		other := findingLine{LineAmount: &audit.LineAmount{Line: line.ID, Amount: usd(7), Of: of, On: change.Effective}}
		if got := w.lineFigure(other); got != "worked out for this finding" {
			t.Errorf("%s of another amount is called %q", of, got)
		}
		for what, f := range map[string]Formula{"another amount": on(of, usd(7)), "no figure": on("", x.amount), "unknown": on(of, money.Amount{})} {
			if !f.None() {
				t.Errorf("%s, %s: looked up: %v", of, what, f)
			}
		}
	}
}

// mentions reports whether a formula has a reference, itself or in a formula in it.
func mentions(f Formula, place Term) bool {
	return slices.ContainsFunc(f.Terms, func(x Term) bool {
		if inner, is := x.(Formula); is {
			return mentions(inner, place)
		}
		return x == place
	})
}

// What a finding is worth is the sum over its subscriptions where it is; else that of
// the action that counts it.
func TestWorthOfFindings(t *testing.T) {
	r := filled(t)
	sum, action := &r.Findings[0], &r.Plan.Actions[0]
	sum.Amount = sum.Lines[0].Amount.Add(sum.Lines[1].Amount)
	w := newWorths(r)
	if f := w.of(findingRow{sum, &r.Plan, nil}); !mentions(f, Span(findingLinesTable, "0 0", "0 1", "amount")) {
		t.Errorf("a sum over two subscriptions: %v", f)
	}
	for what, x := range map[string]struct {
		f    audit.Finding
		want bool
	}{
		"as its action":   {audit.Finding{Amount: action.Amount, Counted: true, PlanAction: action.ID}, true},
		"not as that":     {audit.Finding{Amount: usd(7), Counted: true, PlanAction: action.ID}, false},
		"counted by none": {audit.Finding{Amount: action.Amount}, false},
		"unknown":         {audit.Finding{Counted: true, PlanAction: action.ID}, false},
		"another sum":     {audit.Finding{Amount: usd(7), Lines: sum.Lines}, false},
		"worth nothing":   {audit.Finding{Amount: usd(0), Counted: true, PlanAction: action.ID}, false},
	} {
		if f := w.of(findingRow{&x.f, &r.Plan, nil}); f.None() == x.want || x.want && !mentions(f, Data(actionsTable, Worth)) {
			t.Errorf("%s: %v", what, f)
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
