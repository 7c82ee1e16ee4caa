package report

import (
	"tierline/audit"
	"tierline/audit/money"
)

// worths say which cells of the workbook hold what a finding is worth: on each of its
// subscriptions, and as a whole (METHOD 22.11).
type worths struct {
	plan     *audit.Plan
	findings map[*audit.Finding]int // their places in the result
	from     *lineCells
	apps     map[string]*audit.App          // by the id of the subscription
	tiers    map[string]*audit.LinePosition // the same
	running  map[string]*audit.WhatIfLine   // the same
	changes  map[changeAt]*audit.PriceChange
	grown    map[string]money.Amount // by the id of the subscription
}

// changeAt is a price change of a subscription on a day.
type changeAt struct {
	line string
	on   Day
}

func newWorths(r *audit.Result) *worths {
	w := &worths{findings: map[*audit.Finding]int{}, plan: &r.Plan, from: newLineCells(r), apps: map[string]*audit.App{}, tiers: map[string]*audit.LinePosition{},
		running: map[string]*audit.WhatIfLine{}, changes: map[changeAt]*audit.PriceChange{}, grown: r.Cash.Grown()}
	for n := range r.Findings {
		w.findings[&r.Findings[n]] = n
	}
	for a := range each(r.Apps) {
		w.apps[a.Line] = a
	}
	for p := range each(r.Positions) {
		for l := range each(p.Lines) {
			w.tiers[l.Line] = l
		}
	}
	for b := range each(r.WhatIf.Bundles) {
		for l := range each(b.Lines) {
			w.running[l.Line] = l
		}
	}
	for c := range each(r.Changes) {
		w.changes[changeAt{c.Line, Day(c.Effective)}] = c
	}
	return w
}

// of adds what a finding is worth on its subscriptions up; of one without, it looks the
// worth up in the action that counts it as a whole. Of anything else no cell holds it.
func (w *worths) of(f findingRow) Formula {
	if n, is := w.findings[f.Finding]; is && f.IsOfLines() {
		return F("SUM({})", Span(findingLinesTable, findingLineKey(n, 0), findingLineKey(n, len(f.Lines)-1), "amount"))
	}
	if a := w.plan.Action(f.PlanAction); f.Counted && a != nil && f.Amount.Sign() != 0 && a.Amount == f.Amount {
		return ofAction(a, Worth)
	}
	return Formula{}
}

// on looks what a finding is worth on a subscription up in the figure that it is; of
// one that is worked out for the finding alone no cell holds it.
func (w *worths) on(x findingLine) Formula {
	l := w.from.lines[x.Line]
	if l == nil || !w.from.few || !x.Amount.Known() {
		return Formula{}
	}
	number := Number(w.from.numbers[l])
	switch x.Of {
	case audit.OfAsIs:
		if l.AsIs == x.Amount {
			return ofSubscription(lineAsIs.ID, number)
		}
	case audit.OfCurrent:
		if l.Current == x.Amount {
			return ofSubscription(lineCurrent.ID, number)
		}
	case audit.OfSaving:
		if l.Saving() == x.Amount {
			return F("{}-{}", ofSubscription(lineAsIs.ID, number), ofSubscription(lineRecommended.ID, number))
		}
	case audit.OfWithout:
		if a := w.apps[x.Line]; a != nil && a.Without == x.Amount {
			return numbered(appsTable, appWithout.ID, number)
		}
	case audit.OfPriceChange:
		if c := w.changes[changeAt{x.Line, Day(x.On)}]; c != nil && c.ThisTerm == x.Amount {
			return sumWhere(plainWords, changesTable, changeThisTerm.ID, pick{"number", number}, pick{changeEffective.ID, Day(x.On)})
		}
	case audit.OfUnused:
		if p := w.tiers[x.Line]; p != nil && p.UnusedAYear(l.Cycle) == x.Amount {
			return F("{}*{}", numbered(tiersTable, tierUnused.ID, number), Number(l.Cycle.Bills()))
		}
	case audit.OfGrowth:
		if grown, is := w.grown[x.Line]; is && l.MoreThan(grown) == x.Amount {
			return F("{}-{}", sumWhere(plainWords, dueID, dueHigh.ID, pick{dueOf.ID, number}, pick{dueTerm.ID, Number(1)}, pick{dueWay.ID, Word(wayAsIs)}),
				ofSubscription(lineAsIs.ID, number))
		}
	case audit.OfRunning:
		if of := w.running[x.Line]; of != nil && of.Amounts.Running == x.Amount {
			return F("{}", At(whatIfTable, x.Line, "running_now"))
		}
	}
	return Formula{}
}
