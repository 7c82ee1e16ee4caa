package report

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/audit"
	"tierline/audit/plan"
)

// A part of an action is what a step lowers on the subscriptions that it changes first,
// where that is the part, or else on all that it changes.
func TestPartsOfActions(t *testing.T) {
	// stages has the right-sizing change nothing, and the clean-up and the quotes something.
	stages := func(id string, asIs, cleaned, quoted int64) audit.Line {
		return audit.Line{ID: id, AsIs: usd(asIs), AfterRightSize: usd(asIs), AfterCleanUp: usd(cleaned), AfterCycle: usd(cleaned), BeforeQuotes: usd(cleaned),
			Recommended: usd(quoted)}
	}
	r := &audit.Result{Lines: []audit.Line{stages("a", 300, 200, 200), stages("b", 50, 30, 23), stages("c", 60, 60, 55)}}
	action := func(number int, lines []audit.ActionLine, parts ...audit.ActionPart) audit.Action {
		return audit.Action{ID: string(rune('0' + number)), Number: number, Lines: lines, Parts: parts}
	}
	part := func(step plan.Step, cents int64) audit.ActionPart {
		return audit.ActionPart{Step: step, Amount: usd(cents)}
	}
	r.Plan.Actions = []audit.Action{
		action(1, []audit.ActionLine{{Line: "a"}, {Line: "b"}}, part(plan.StepCleanUp, 120), part(plan.StepQuotes, 7)),
		action(2, []audit.ActionLine{{Line: "b"}, {Line: "c"}}, part(plan.StepQuotes, 12)),
		action(3, []audit.ActionLine{{Line: "a"}}, part(plan.StepCycle, 120)),
	}
	f := newPartFormulas(r, newLinks(r))
	of := func(i int, step plan.Step) Formula { return f.of(actionRow{&r.Plan.Actions[i], &r.Plan}, step) }
	first := func(column string) Formula {
		return sumWhere(plainWords, subscriptionsTable, column, pick{"action", Here("number")})
	}
	for step, want := range map[plan.Step]Formula{
		plan.StepCleanUp: F("{}-{}", first("after_right_size"), first("after_clean_up")), plan.StepQuotes: F("{}-{}", first("before_quotes"), first("recommended")),
	} {
		if diff := cmp.Diff(want, of(0, step)); diff != "" {
			t.Errorf("what two subscriptions save in the step %s (-want +got):\n%s", step, diff)
		}
	}
	if got := of(1, plan.StepQuotes); got.Text != "{}+{}" {
		t.Errorf("what quotes avoid on a subscription of another action is %v", got)
	}
	if got := of(2, plan.StepCycle); !got.None() {
		t.Errorf("a part that no subscription saves is %v", got)
	}
	r.Plan.Actions[0].Parts[0].Amount = usd(119)
	r.Plan.Actions[1].Parts[0].Amount = usd(11)
	if !of(0, plan.StepCleanUp).None() || !of(1, plan.StepQuotes).None() || !of(1, plan.StepCycle).None() {
		t.Error("another amount is added up")
	}
	r.Plan.Actions[0].Parts = []audit.ActionPart{part(plan.StepCleanUp, 120), part(plan.StepCycle, 0)}
	if of(0, plan.StepCleanUp).None() || of(0, plan.StepCycle).None() {
		t.Error("a part beside another is not added up")
	}
}

// The people removed from a product are the seats of an action that removes no others.
func TestActionsOfOneProduct(t *testing.T) {
	r := &audit.Result{Plan: audit.Plan{Actions: []audit.Action{{ID: "one"}, {ID: "two"}, {ID: "three"}, {ID: "four"}}}}
	seat := func(product, action string) audit.SeatRow {
		return audit.SeatRow{Kind: audit.PaidSeat, Site: "acme", Product: product, Action: action}
	}
	list := []audit.SeatRow{seat("jira", "one"), seat("jira", "one"), seat("wiki", "two"), seat("desk", "two"), seat("code", "three"), seat("code", "four")}
	r.People = func(yield func(audit.SeatRow) bool) {
		for _, s := range list {
			if !yield(s) {
				return
			}
		}
	}
	got := actionsOfOne(r)()
	if want := map[[2]string]*audit.Action{{"acme", "jira"}: &r.Plan.Actions[0]}; !maps.Equal(got, want) {
		t.Errorf("products of one action: %v, want Jira alone", got)
	}
	w := &whatIfModel{removals: actionsOfOne(r)}
	row := &whatIfRow{whatIfModel: w, product: &audit.WhatIfProduct{Site: "acme", Key: "jira", Removed: 2}}
	r.Plan.Actions[0].Seats = 2
	if row.seatsOfAction().None() {
		t.Error("two removed people are not looked up in the action of two seats")
	}
	if r.Plan.Actions[0].Seats = 3; !row.seatsOfAction().None() {
		t.Error("two removed people are looked up in an action of three seats")
	}
}

// Persons are the seats of an action only where each has one.
func TestPersonsOfOneSeat(t *testing.T) {
	row := func(seats, people int) actionRow {
		return actionRow{Action: &audit.Action{Seats: seats, People: people}}
	}
	if onePerson(row(3, 3)).None() || !onePerson(row(3, 2)).None() {
		t.Error("persons are seats where they are not, or not where they are")
	}
}
