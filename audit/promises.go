package audit

import (
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/history"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

// kept hands on what earlier plans promised, adds what that of the run before does,
// and says what came of the bills that have fallen due since (METHOD 23.5 to 23.8).
func (w *work) kept(r *Result, gone map[string]int) history.Kept {
	k := history.Kept{Promises: []history.Promise{}}
	if before := w.Earlier.Result.History; before != nil {
		k = before.Kept.Clone()
	}
	k.Currency = r.Run.Currency
	k.Promise(w.Earlier.Result.Run.AsOf, w.Earlier.Result.asked())
	now := r.since(w.Earlier.Result)
	k.Rename(now.id)
	costs := costsByID{w, map[string]*costing.Line{}}
	for _, l := range w.costs.Lines {
		costs.lines[l.ID()] = l
	}
	k.Settle(&history.Evidence{AsOf: w.AsOf, Line: now.seen, List: costs.listOn, Paid: costs.paid, Gone: gone})
	return k
}

// asked lists what a plan promises, action by action and line by line.
func (r *Result) asked() []history.Asked {
	lines := r.linesByID()
	var out []history.Asked
	for i := range r.Plan.Actions {
		a := &r.Plan.Actions[i]
		out = append(out, history.Asked{Action: a.facts(lines), Class: string(a.Class), Lines: a.askedLines(lines)})
	}
	return out
}

// askedLines lists what an action promises line by line. Where a subscription is paid
// for once for several sites, one row costs more, which the others promise less.
func (a *Action) askedLines(lines map[string]*Line) []history.AskedLine {
	var out []history.AskedLine
	dearer := money.Zero(a.Amount.Currency())
	for _, c := range a.Lines {
		l := lines[c.Line]
		switch lowered := c.Before.Sub(c.After); {
		case l == nil || l.Renewal.IsZero():
		case a.Step == plan.StepMultiInstance && lowered.Sign() < 0:
			dearer = dearer.Add(lowered)
		default:
			is := l.Cycle
			if l.RecommendedCycle != nil {
				is = *l.RecommendedCycle
			}
			out = append(out, history.AskedLine{Line: c.Line, Name: c.Name, Users: l.Users, Was: l.Cycle.String(), Is: is.String(),
				Start: l.Renewal, Before: c.From, Cost: c.Before, Lowered: lowered})
		}
	}
	if len(out) > 0 {
		out[0].Lowered = out[0].Lowered.Add(dearer)
	}
	return out
}

// costsByID finds what a run computed of a line by its id.
type costsByID struct {
	*work
	lines map[string]*costing.Line
}

// listOn returns a bill of a line at the list of a day.
func (c costsByID) listOn(id, cycle string, day date.Date, users int) money.Amount {
	l := c.lines[id]
	if l == nil {
		return money.Amount{}
	}
	of := pricing.Monthly
	if cycle == pricing.Annual.String() {
		of = pricing.Annual
	}
	return l.BillOn(of, day, users)
}

// paid returns what an invoice bills a line for the period that begins on a day.
func (c costsByID) paid(id string, day date.Date) money.Amount {
	l := c.lines[id]
	if l == nil {
		return money.Amount{}
	}
	for i := range c.Estate.Invoices {
		v := &c.Estate.Invoices[i]
		if v.Site == l.Sub.Site && v.Key == l.Sub.Key && v.From == day && v.Amount.Currency() == c.costs.Currency {
			return v.Amount
		}
	}
	return money.Amount{}
}
