package report

import (
	"fmt"
	"iter"
	"slices"

	"tierline/audit"
	"tierline/audit/money"
)

// exceptionRow is an exception with the rules it may name.
type exceptionRow struct {
	*audit.Exception
	rules []audit.RuleStatus
}

// The columns of exceptions.
var (
	exceptionRule    = Col[exceptionRow]{ID: "rule", Title: "Rule", Width: 18, Show: func(x exceptionRow) Cell { return T(x.Rule) }}
	exceptionSubject = Col[exceptionRow]{ID: "subject", Title: "Subject", Width: 34, Show: func(x exceptionRow) Cell { return T(x.Subject) }}
	exceptionReason  = Col[exceptionRow]{ID: "reason", Title: "Reason", Width: 34, Wrap: true, Show: func(x exceptionRow) Cell { return T(x.Reason) }}
	exceptionOwner   = Col[exceptionRow]{ID: "owner", Title: "Owner", Width: 20, Show: func(x exceptionRow) Cell { return T(x.Owner) }}
	exceptionUntil   = Col[exceptionRow]{ID: "until", Title: "Until", Kind: Date, Width: 12, Show: func(x exceptionRow) Cell { return dateOrBlank(x.Until) }}
	exceptionState   = Col[exceptionRow]{ID: "state", Title: "State", Width: 16, Wrap: true,
		Show: func(x exceptionRow) Cell { return T(stateOf(x.Exception)) }}
	exceptionProtected = Col[exceptionRow]{ID: "protected_seats", Title: "Protected seats", Kind: Count, Width: 12,
		Show: func(x exceptionRow) Cell { return N(x.Protected) }}
	exceptionLeftOut = Col[exceptionRow]{ID: "left_out", Title: "Left out of its rule", Kind: Count, Width: 12,
		Show: func(x exceptionRow) Cell { return N(x.LeftOut) }}
	exceptionFindings = Col[exceptionRow]{ID: "findings", Title: "Findings marked", Kind: Count, Width: 12,
		Show: func(x exceptionRow) Cell { return N(x.Findings) }}
	exceptionCost    = Col[exceptionRow]{ID: "cost", Title: "Costs", Kind: Money, Width: 16, Show: func(x exceptionRow) Cell { return M(x.Cost) }}
	exceptionUnknown = Col[exceptionRow]{ID: "cost_unknown", Title: "Why the cost is not known", Width: 30, Wrap: true,
		Show: func(x exceptionRow) Cell { return T(x.CostUnknown.Placed()) }}
	exceptionSource = Col[exceptionRow]{ID: "source", Title: "Row", Width: 28, Show: func(x exceptionRow) Cell { return T(x.Source.String()) }}

	exceptionNameless = Col[exceptionRow]{ID: "exception", Title: "Exception", Width: 30, Wrap: true, Show: func(x exceptionRow) Cell { return T(nameless(x)) }}
)

// exceptionsCost says what the cost of an exception means.
const exceptionsCost = "Costs: what the plan would save more in the coming term if the protected seats were review candidates too. " +
	"Each exception is on its own: two together may cost more than their sum, where a tier top needs both, or less, where each reaches it alone."

func exceptionsSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Exceptions", Grain: "One row per exception", Lead: []string{exceptionsCost},
		Table: TableOf[exceptionRow]{
			Title: "Exceptions", Empty: "No exception was read. The table exceptions says who or what is left out of a rule, and why.", Rows: exceptionRows(r),
			Columns: []Col[exceptionRow]{exceptionRule, exceptionSubject, exceptionReason, exceptionOwner, exceptionUntil, exceptionState, exceptionProtected,
				exceptionLeftOut, exceptionFindings, exceptionCost, exceptionUnknown, exceptionSource},
		}.FoldedAway().Table(),
	}
}

// costlyExceptions are those that cost something, or nobody knows what.
func costlyExceptions(r *audit.Result) []exceptionRow {
	var costly []exceptionRow
	for x := range exceptionRows(r) {
		if !x.Cost.Known() || x.Cost.Sign() != 0 {
			costly = append(costly, x)
		}
	}
	return costly
}

// exceptionsTable shows finance what is left alone on purpose and costs something.
func exceptionsTable(r *audit.Result, costly []exceptionRow) Table {
	return TableOf[exceptionRow]{
		Title: "What exceptions cost", Note: exceptionsCount(r, len(costly)), Rows: slices.Values(costly),
		Columns: []Col[exceptionRow]{exceptionNameless.Paper(50), exceptionUntil.Paper(11), exceptionState.Paper(14), exceptionProtected.Paper(9),
			exceptionCost.Paper(14)},
	}.Folded().Table()
}

// exceptionsCount says how many exceptions there are, and what the cost of some means.
func exceptionsCount(r *audit.Result, costly int) string {
	ended, idle := 0, 0
	for x := range each(r.Exceptions) {
		switch {
		case x.Ended:
			ended++
		case stateOf(x) == protectsNothing:
			idle++
		}
	}
	text := fmt.Sprintf("%s were read", money.Plural(len(r.Exceptions), "exception"))
	if len(r.Exceptions) == 1 {
		text = "1 exception was read"
	}
	if ended > 0 {
		text += fmt.Sprintf(", %d of them ended", ended)
	}
	if idle > 0 {
		text += fmt.Sprintf(", %d of them without effect", idle)
	}
	text += "."
	if costly > 0 {
		text += " " + exceptionsCost
	}
	return text
}

func exceptionRows(r *audit.Result) iter.Seq[exceptionRow] {
	return rows(r.Exceptions, func(x *audit.Exception) exceptionRow { return exceptionRow{x, r.Rules} })
}

// nameless names an exception by the question it is about: subject, reason and
// owner may name a person, and so may what is written in place of a rule.
func nameless(x exceptionRow) string {
	if x.Rule == "*" {
		return "every question"
	}
	for s := range each(x.rules) {
		if s.ID == x.Rule {
			return s.Title
		}
	}
	return "a question that is not asked"
}

const protectsNothing = "protects nothing"

func stateOf(x *audit.Exception) string {
	switch {
	case x.Ended:
		return "ended"
	case x.Protected == 0 && x.Findings == 0 && x.LeftOut == 0:
		return protectsNothing
	}
	return "in force"
}
