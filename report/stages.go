package report

import (
	"slices"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// The columns of what a subscription costs after each step of the bridge, between as
// is and recommended.
var (
	lineRightSized   = stageColumn("after_right_size", "After right-sizing", "", func(l *audit.Line) money.Amount { return l.AfterRightSize })
	lineCleanedUp    = stageColumn("after_clean_up", "After clean-up", "", func(l *audit.Line) money.Amount { return l.AfterCleanUp })
	lineSwitched     = stageColumn("after_billing_cycle", "After billing cycle", "", func(l *audit.Line) money.Amount { return l.AfterCycle })
	lineBeforeQuotes = stageColumn("before_quotes", "Before quotes", "after paying once for several sites, before any quote is taken",
		func(l *audit.Line) money.Amount { return l.BeforeQuotes })
)

func stageColumn(id, title, note string, cost func(*audit.Line) money.Amount) Col[*audit.Line] {
	return Col[*audit.Line]{ID: id, Title: title, Kind: Money, Width: 20, Aside: true, InTotal: true, Note: note,
		Show: func(l *audit.Line) Cell { return M(cost(l)) }}
}

// stageColumns are the ids of the columns of [audit.Line.Stages].
var stageColumns = [...]string{lineAsIs.ID, lineRightSized.ID, lineCleanedUp.ID, lineSwitched.ID, lineBeforeQuotes.ID, lineRecommended.ID}

// aroundStep returns the columns of the costs before and after a step of the bridge;
// false for what is none.
func aroundStep(step plan.Step) (before, after string, is bool) {
	i := slices.IndexFunc((&audit.Line{}).Stages(), func(s audit.Stage) bool { return s.Step == step })
	if i < 1 {
		return "", "", false
	}
	return stageColumns[i-1], stageColumns[i], true
}

// stageOf is how the cost after a step follows from the row: it is as is where no step
// has changed anything yet, recommended where none does any more, and the cost before
// where the step itself does not. What a step lowers no other cell of the row holds.
func stageOf(i int) func(*audit.Line) Formula {
	return func(l *audit.Line) Formula {
		stages := l.Stages()
		same := func(s audit.Stage) bool { return s.Cost.Known() && s.Cost == stages[i].Cost }
		all := func(list []audit.Stage) bool {
			return !slices.ContainsFunc(list, func(s audit.Stage) bool { return !same(s) })
		}
		switch {
		case all(stages[:i]):
			return F("{}", Here(stageColumns[0]))
		case all(stages[i:]):
			return F("{}", Here(stageColumns[len(stageColumns)-1]))
		case same(stages[i-1]):
			return F("{}", Here(stageColumns[i-1]))
		}
		return Formula{}
	}
}

// hardSavingOf is what a subscription costs less before any quote, and avoidanceOf what
// the quotes lower.
func hardSavingOf(l *audit.Line) Formula {
	if !l.HardSavingIsToQuotes() {
		return Formula{}
	}
	return F("{}-{}", Here(lineAsIs.ID), Here(lineBeforeQuotes.ID))
}

func avoidanceOf(l *audit.Line) Formula {
	if !l.AvoidanceIsByQuotes() {
		return Formula{}
	}
	return F("{}-{}", Here(lineBeforeQuotes.ID), Here(lineRecommended.ID))
}
