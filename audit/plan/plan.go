// Package plan makes the one joint plan: how many candidates to remove from
// each product, which billing cycle each bundle takes, which lines keep an old
// price by quote, and what each of these decisions is worth in a bridge whose
// steps add up exactly. The plan is the cheapest there is, not a greedy one;
// a property test compares it with trying everything.
//
// It reads no rule and no finding; rules read the plan. Members of a bundle
// are decided together, bundles one by one, since nothing is shared between
// two of them. Package audit calls it, to make the plan of a run, to price what
// exceptions protect, and for the simulate command.
package plan

import (
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/seats"
	"tierline/audit/word"
)

// Plan is the recommendation and how it is reached.
type Plan struct {
	Totals    Totals
	Bridge    []BridgeStep // as is, five signed changes, recommended
	Decisions []*Decision  // one per bundle, in the order of the bundles
	Actions   []*Action    // by deadline, then step and place
	Scenarios []Scenario
	LeftOut   []LeftOut // lines in no total, with the reason

	// Combinations are the apps on several sites that could be paid for once,
	// adopted or not.
	Combinations []*Combination
}

// Totals are sums of rounded lines in the currency of the run.
type Totals struct {
	Current      money.Amount // twelve months at today's prices and quantities
	Volume       money.Amount // what the coming term's quantities change
	PriceChanges money.Amount // what price changes add
	AsIs         money.Amount // Current + Volume + PriceChanges
	Recommended  money.Amount // AsIs - HardSaving - Avoidance
	HardSaving   money.Amount // less money spent than as is, for less bought
	Avoidance    money.Amount // a price rise not suffered, by quote
}

// Step names one part of the bridge.
type Step string

// The steps of the bridge in their order (METHOD 10.1).
const (
	StepAsIs          Step = "as_is"
	StepRightSize     Step = "right_size"
	StepCleanUp       Step = "clean_up"
	StepCycle         Step = "billing_cycle"
	StepMultiInstance Step = "multi_instance"
	StepQuotes        Step = "quotes"
	StepRecommended   Step = "recommended"
)

// UnmarshalText reads the word of a step.
func (s *Step) UnmarshalText(b []byte) error {
	return word.One(s, "step", b, StepAsIs, StepRightSize, StepCleanUp, StepCycle, StepMultiInstance, StepQuotes, StepRecommended)
}

// BridgeStep is one bar of the bridge: the two ends are totals, the steps
// between them signed changes of cost.
type BridgeStep struct {
	Step   Step
	Amount money.Amount
}

// LeftOut is a line that is in no total.
type LeftOut struct {
	Line   *costing.Line
	Reason diag.Reason
}

// Class says what kind of money an action is worth; the two are never added.
type Class string

// The classes of an action's amount.
const (
	HardSaving Class = "hard_saving"
	Avoidance  Class = "avoidance"
)

// UnmarshalText reads the word of a class.
func (c *Class) UnmarshalText(b []byte) error { return word.One(c, "class", b, HardSaving, Avoidance) }

// Action is something to do, by when, and what it is worth in the bridge.
type Action struct {
	ID         string // stable name, such as "clean-up/acme-eng/jira/cloud"
	Number     int    // 1, 2, ... in the order of the report
	Step       Step
	Bundle     *costing.Bundle
	Line       *costing.Line // the line of a quote; nil for a whole bundle
	Title      string
	Detail     string
	Amount     money.Amount // positive: less cost; the sum of the parts
	Parts      []BridgeStep // what it is worth in each step of the bridge, positive: less cost
	Class      Class
	Deadline   date.Date
	People     int // people whose access changes
	Reversible string
	DependsOn  []string     // ids of actions that come first
	Replaces   string       // id of the action this one is done instead of, for its line
	Removals   []Removal    // whom it removes
	Lines      []LineChange // what it changes, line by line

	locked  bool    // it asks for a quote, and not only renews at the tier another quote keeps
	waiting *Action // whose deadline it had to take over, nil when its own is early enough
}

// count adds what the action is worth in a step.
func (a *Action) count(step Step, worth money.Amount) {
	a.Parts = append(a.Parts, BridgeStep{step, worth})
	if len(a.Parts) == 1 {
		a.Amount = worth
		return
	}
	a.Amount = a.Amount.Add(worth)
}

// Part returns what the action is worth in a step; false where it has no part
// in it.
func (a *Action) Part(step Step) (money.Amount, bool) {
	for _, p := range a.Parts {
		if p.Step == step {
			return p.Amount, true
		}
	}
	return money.Amount{}, false
}

// Removal is how many seats of a product an action removes.
type Removal struct {
	Product    *seats.Product
	Seats      int // people of a collection, who give up their seats of all its products
	Candidates int // of how many
	From, To   int // users today, before and after
	Given      int // seats given up
}
