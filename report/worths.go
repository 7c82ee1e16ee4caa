package report

import (
	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
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
	changes  map[audit.LineDay]*audit.PriceChange
	bills    map[audit.LineDay]money.Amount
	grown    map[string]money.Amount // by the id of the subscription
	peaks    map[string]money.Amount // the same
}

func newWorths(r *audit.Result) *worths {
	w := &worths{findings: map[*audit.Finding]int{}, plan: &r.Plan, from: newLineCells(r), apps: map[string]*audit.App{}, tiers: map[string]*audit.LinePosition{},
		running: map[string]*audit.WhatIfLine{}, changes: map[audit.LineDay]*audit.PriceChange{},
		bills: r.Cash.DueAsIs(), grown: r.Cash.Grown(), peaks: r.PastPeaks()}
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
		w.changes[audit.LineDay{Line: c.Line, On: c.Effective}] = c
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
	of, is := w.found(x)
	if !is || !w.from.few || !x.Amount.Known() {
		return Formula{}
	}
	return of
}

// found returns how the figure that a rule names is looked up; false where the finding
// is worth another amount there.
func (w *worths) found(x findingLine) (Formula, bool) {
	l := w.from.lines[x.Line]
	if l == nil {
		return Formula{}, false
	}
	figure, of := w.figure(x, l)
	return of, figure == x.Amount
}

// figure returns the figure of a subscription that a finding is worth, and how it is
// looked up.
func (w *worths) figure(x findingLine, l *audit.Line) (money.Amount, Formula) {
	number := Number(w.from.numbers[l])
	less := func(a, b Col[*audit.Line]) Formula {
		return F("{}-{}", ofSubscription(a.ID, number), ofSubscription(b.ID, number))
	}
	switch x.Of {
	case audit.OfAsIs:
		return l.AsIs, ofSubscription(lineAsIs.ID, number)
	case audit.OfCurrent:
		return l.Current, ofSubscription(lineCurrent.ID, number)
	case audit.OfApart:
		return l.AfterCycle, ofSubscription(lineSwitched.ID, number)
	case audit.OfSaving:
		return l.Saving(), less(lineAsIs, lineRecommended)
	case audit.OfRightSize:
		return audit.SavedIn(plan.StepRightSize, []*audit.Line{l}), less(lineAsIs, lineRightSized)
	case audit.OfRemoval:
		return audit.SavedIn(plan.StepCleanUp, []*audit.Line{l}), less(lineRightSized, lineCleanedUp)
	case audit.OfUnused, audit.OfStepUp, audit.OfStepDown:
		return w.inTier(x.Of, l, number)
	}
	return w.elsewhere(x, l, number)
}

// inTier looks a figure of the tier of a subscription up, of a year.
func (w *worths) inTier(of audit.WorthOf, l *audit.Line, number Number) (money.Amount, Formula) {
	p := w.tiers[l.ID]
	if p == nil {
		return money.Amount{}, Formula{}
	}
	year := func(c Col[tierRow]) Formula {
		return F("{}*{}", numbered(tiersTable, c.ID, number), Number(l.Cycle.Bills()))
	}
	switch of {
	case audit.OfStepUp:
		return p.StepAYear(l.Cycle, false), year(tierStepUp)
	case audit.OfStepDown:
		return p.StepAYear(l.Cycle, true), year(tierDown)
	}
	return p.UnusedAYear(l.Cycle), year(tierUnused)
}

// elsewhere looks a figure of a subscription up that other sheets have.
func (w *worths) elsewhere(x findingLine, l *audit.Line, number Number) (money.Amount, Formula) {
	due := func(c Col[dueRow]) Formula {
		picks := []pick{{dueOf.ID, number}, {dueTerm.ID, Number(1)}, {dueWay.ID, Word(wayAsIs)}}
		if !x.On.IsZero() {
			picks = append(picks, pick{dueDate.ID, Day(x.On)})
		}
		return sumWhere(plainWords, dueID, c.ID, picks...)
	}
	switch x.Of {
	case audit.OfWithout:
		if a := w.apps[x.Line]; a != nil {
			return a.Without, numbered(appsTable, appWithout.ID, number)
		}
	case audit.OfPriceChange:
		if c := w.changes[audit.LineDay{Line: x.Line, On: x.On}]; c != nil {
			return c.ThisTerm, sumWhere(plainWords, changesTable, changeThisTerm.ID, pick{"number", number}, pick{changeEffective.ID, Day(x.On)})
		}
	case audit.OfGrowth:
		if grown, is := w.grown[x.Line]; is {
			return l.MoreThan(grown), F("{}-{}", due(dueHigh), ofSubscription(lineAsIs.ID, number))
		}
	case audit.OfRunning:
		if of := w.running[x.Line]; of != nil {
			return of.Amounts.Running, F("{}", At(whatIfTable, x.Line, "running_now"))
		}
	case audit.OfBill:
		return w.bills[audit.LineDay{Line: x.Line, On: x.On}], due(dueAmount)
	case audit.OfPeaks:
		return w.peaks[x.Line], sumWhere(plainWords, peaksTable, peakToday.ID, pick{"number", number}, pick{peakOver.ID, Word(cycleOver)})
	}
	return money.Amount{}, Formula{}
}
