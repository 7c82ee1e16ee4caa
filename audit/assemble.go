package audit

import (
	"slices"
	"sync"

	"tierline/audit/diag"
	"tierline/audit/estate"
)

// assemble makes the result of what was known before the rules ran and of what
// they said.
func (w *work) assemble(o *outcome) *Result {
	removals := w.removals()
	people := w.roster()
	list := sync.OnceValue(func() worklist { return people.worklist(removals) }) // a check asks for none
	all := slices.Concat(w.Diagnostics, w.register.Diagnostics, w.costs.Diagnostics)
	r := &Result{
		Inputs:       w.Inputs,
		Seats:        w.seats(),
		Lines:        w.lines(),
		Positions:    w.positions(),
		Cycles:       w.cycles(),
		Changes:      w.changes(),
		Findings:     o.findings,
		Plan:         w.planData(o.answered),
		Removals:     removals,
		Apps:         w.apps(),
		Combinations: w.combinations(),
		Peaks:        w.peaks(),
		UserMonths:   w.userMonths(),
		Cash:         w.cash(),
		Sums:         w.sums(),
		Deadlines:    w.deadlines(o.findings),
		Exceptions:   w.exceptions(o.used),
		Decisions:    w.decisions(list),
		Rules:        o.statuses,
		People:       people.people(list),
		Staff:        w.staff(list),
		Rejected:     w.Rejected,
		WhatIf:       w.whatIf(),
		Branding:     w.Config.Branding,
	}
	for _, out := range w.plan.LeftOut {
		if !out.Line.Foreign {
			all.AddOf(diag.Incomplete, out.Line.Sub.Source, estate.On(out.Line.Name(), out.Line.Sub.Site), "no known cost: "+out.Reason.Placed(), "")
		}
	}
	for _, s := range r.Rules {
		if s.Status == Errored {
			all.Add(diag.Incomplete, diag.Source{}, "rule "+s.ID+" failed: "+s.Reason.Text, "the other rules ran")
		}
	}
	r.Coverage, r.Trust = w.coverage(), w.trust()
	all = append(all, w.uselessExceptions(o)...)
	all = append(all, w.cleanedUp()...)
	all = append(all, r.Trust.remarks()...)
	decided := r.Trust.Subscriptions.Held+r.Trust.Subscriptions.Unknown == 0
	r.Run = w.runInfo(decided && all.Worst() < diag.Incomplete)
	past, remarks := w.remember(r)
	r.History, all = past, append(all, remarks...)
	r.Diagnostics = append([]diag.Diagnostic{}, all.Sorted()...)
	r.Checks = r.check()
	return r
}

func (w *work) runInfo(complete bool) RunInfo {
	from := "audit.yaml"
	if w.costs.Assumed {
		from = "assumed: the currency most active subscriptions are priced in"
	}
	return RunInfo{
		Schema: SchemaVersion, Tool: "tierline", Version: w.Version,
		Organisation: w.Config.Organisation, AsOf: w.AsOf, AsOfAssumed: w.AsOfAssumed,
		Currency: w.costs.Currency, CurrencyFrom: from, Digest: w.Digest,
		Complete: complete, Policy: w.Config.Policy,
	}
}
