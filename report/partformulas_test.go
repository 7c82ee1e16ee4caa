package report

import (
	"maps"
	"testing"

	"tierline/audit"
	"tierline/audit/plan"
)

// A part of an action is what the subscriptions save that it changes first, where that
// is the part; what quotes avoid may be on subscriptions that others change first.
func TestPartsOfActions(t *testing.T) {
	r := &audit.Result{Lines: []audit.Line{
		{ID: "a", HardSaving: usd(100), Avoidance: usd(0)}, {ID: "b", HardSaving: usd(20), Avoidance: usd(7)}, {ID: "c", HardSaving: usd(0), Avoidance: usd(5)},
	}}
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
	sum := sumWhere(plainWords, subscriptionsTable, "hard_saving", pick{"action", Here("number")})
	if got := of(0, plan.StepCleanUp); got.Text != sum.Text || got.Terms[0] != sum.Terms[0] {
		t.Errorf("the saving of two subscriptions is %v", got)
	}
	if got := of(0, plan.StepQuotes); got.Terms[0] != Term(Data(subscriptionsTable, "avoidance")) {
		t.Errorf("what quotes avoid is %v", got)
	}
	if got := of(1, plan.StepQuotes); got.Text != "{}+{}" {
		t.Errorf("what quotes avoid on a subscription of another action is %v", got)
	}
	if got := of(2, plan.StepCycle); !got.None() {
		t.Errorf("a part that no subscription of its own saves is %v", got)
	}
	r.Plan.Actions[0].Parts[0].Amount = usd(119)
	r.Plan.Actions[1].Parts[0].Amount = usd(11)
	if !of(0, plan.StepCleanUp).None() || !of(1, plan.StepQuotes).None() || !of(1, plan.StepCycle).None() {
		t.Error("another amount is added up")
	}
	r.Plan.Actions[0].Parts = []audit.ActionPart{part(plan.StepCleanUp, 120), part(plan.StepCycle, 0)}
	if !of(0, plan.StepCleanUp).None() {
		t.Error("a part beside another is all that is saved")
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
