package main

import (
	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

// simulation is what simulate --json prints.
type simulation struct {
	State       plan.State         `json:"state"`
	Before      money.Amount       `json:"before"`
	After       money.Amount       `json:"after"`
	Change      money.Amount       `json:"change"`
	RunningTerm money.Amount       `json:"running_term"`
	ComingTerm  money.Amount       `json:"coming_term"`
	Together    money.Amount       `json:"together"`
	Kept        money.Amount       `json:"kept"`        // of users leaving, else null
	RightSized  money.Amount       `json:"right_sized"` // likewise
	Currency    money.Currency     `json:"currency"`
	Incomplete  bool               `json:"incomplete"`
	Lines       []simulatedLine    `json:"lines"`
	Crossings   []crossing         `json:"crossings"`
	Running     []runningUpgrade   `json:"running"`
	Blocked     []blocked          `json:"blocked"`
	Held        []diag.Reason      `json:"held,omitempty"` // why remove_first is null
	RemoveFirst *simulatedRemovals `json:"remove_first"`
}

// subscription names one.
type subscription struct {
	Site string      `json:"site"`
	Type estate.Kind `json:"type"`
	Key  string      `json:"key"`
}

func nameOf(l *costing.Line) subscription { return subscription{l.Sub.Site, l.Sub.Kind, l.Sub.Key} }

type simulatedLine struct {
	subscription
	Name   string       `json:"name"`
	Before money.Amount `json:"before"`
	After  money.Amount `json:"after"`
	Reason diag.Reason  `json:"reason,omitzero"`

	BeforeSteps []audit.Step `json:"before_steps"`
	AfterSteps  []audit.Step `json:"after_steps"`
}

type crossing struct {
	subscription
	From    *int         `json:"from"` // null: no limit
	To      *int         `json:"to"`
	Step    money.Amount `json:"step"`
	Planned bool         `json:"planned"` // crossed without these users too
}

type runningUpgrade struct {
	subscription
	From   int          `json:"from"`
	To     int          `json:"to"`
	Days   int          `json:"days"`
	Amount money.Amount `json:"amount"`
	Due    money.Amount `json:"due_anyway"` // for users above the licence today
}

type blocked struct {
	subscription
	Licensed int          `json:"licensed"`
	Users    int          `json:"users"`
	Upgrade  money.Amount `json:"upgrade"`
	Due      money.Amount `json:"due_anyway"`
}

type simulatedRemovals struct {
	Removals int          `json:"removals"`
	Change   money.Amount `json:"change"`
}

func simulationData(s *plan.Simulation) simulation {
	change := s.Change()
	out := simulation{
		State: s.State, Before: s.Before, After: s.After, Change: change, RunningTerm: s.RunningTerm, ComingTerm: change, Together: s.Together(),
		Kept: s.Kept, RightSized: s.RightSized, Currency: s.Currency, Incomplete: s.Incomplete(),
		Lines: []simulatedLine{}, Crossings: []crossing{}, Running: []runningUpgrade{}, Blocked: []blocked{}, Held: s.Held,
	}
	if s.Held == nil {
		out.RemoveFirst = &simulatedRemovals{s.RemoveFirst.Removals, s.RemoveFirst.Change}
	}
	for _, l := range s.Lines {
		out.Lines = append(out.Lines, simulatedLine{
			nameOf(l.Line), l.Line.Name(), l.Before, l.After, l.Reason, audit.Steps(l.BeforeSteps), audit.Steps(l.AfterSteps)})
	}
	for _, c := range s.Crossings {
		out.Crossings = append(out.Crossings, crossing{nameOf(c.Line), limit(c.From), limit(c.To), c.Step, c.Planned})
	}
	for _, r := range s.Running {
		out.Running = append(out.Running, runningUpgrade{nameOf(r.Line), r.From, r.To, r.Days, r.Amount, r.Due})
	}
	for _, b := range s.Blocked {
		out.Blocked = append(out.Blocked, blocked{nameOf(b.Line), b.Licensed, b.Users, b.Upgrade, b.Due})
	}
	return out
}

// limit returns the top of a tier, nil for a tier without one.
func limit(tier pricing.Range) *int {
	if tier.Endless() {
		return nil
	}
	return &tier.To
}
