package report

import (
	"iter"
	"strings"

	"tierline/audit"
)

// findingRow is a finding with the plan whose action counts it, and the
// exceptions one of which may mark it.
type findingRow struct {
	*audit.Finding
	plan       *audit.Plan
	exceptions []audit.Exception
}

// why returns the words of the exception that marks a finding: its reason and
// owner; "" when none does.
func (f findingRow) why() string {
	for i := range f.exceptions {
		switch x := &f.exceptions[i]; {
		case x.Source != f.Excepted:
		case x.Owner != "":
			return x.Reason + " (" + x.Owner + ")"
		default:
			return x.Reason
		}
	}
	return ""
}

// The columns of findings. Their ids are the header of findings.csv.
var (
	findingSeverity = Col[findingRow]{ID: "severity", Title: "Severity", Width: 10, Show: func(f findingRow) Cell { return T(f.Severity.String()) }}
	findingRule     = Col[findingRow]{ID: "rule", Title: "Rule", Width: 17, Show: func(f findingRow) Cell { return T(f.Rule) }}
	findingSubject  = Col[findingRow]{ID: "subject", Title: "Subject", Width: 28, Wrap: true, Show: func(f findingRow) Cell { return T(f.Subject) }}
	findingTitle    = Col[findingRow]{ID: "title", Title: "Finding", Width: 50, Wrap: true, Show: func(f findingRow) Cell { return T(f.Title) }}
	findingDetail   = Col[findingRow]{ID: "detail", Title: "Detail", Width: 50, Wrap: true, Show: func(f findingRow) Cell { return T(f.Detail) }}
	findingWorth    = Col[findingRow]{ID: "amount", Title: "Worth on its own", Kind: Money, Width: 21, Show: func(f findingRow) Cell { return M(f.Amount) }}
	findingInPlan   = Col[findingRow]{ID: "in_plan", Title: "Counted in the plan", Width: 26, Wrap: true, Show: func(f findingRow) Cell { return T(inPlan(f)) }}
	findingBy       = Col[findingRow]{ID: "by", Title: "By", Kind: Date, Width: 12, Show: func(f findingRow) Cell { return D(f.By) }}
	findingHowSure  = Col[findingRow]{ID: "how_sure", Title: "How sure", Width: 28, Wrap: true,
		Show: func(f findingRow) Cell { return T(string(f.Confidence) + ": " + f.Why) }}
	findingAction   = Col[findingRow]{ID: "action", Title: "What to do", Width: 36, Wrap: true, Show: func(f findingRow) Cell { return T(f.Action) }}
	findingEvidence = Col[findingRow]{ID: "evidence", Title: "Rows it rests on", Width: 30, Wrap: true, Aside: true,
		Show: func(f findingRow) Cell { return T(places(f.Evidence)) }}
	findingExcepted = Col[findingRow]{ID: "excepted", Title: "Excepted", Width: 16, Wrap: true, Aside: true,
		Show: func(f findingRow) Cell { return T(f.why()) }}

	findingCurrency   = Col[findingRow]{ID: "currency", Title: "Currency", Show: func(f findingRow) Cell { return T(string(f.Currency)) }}
	findingCounted    = Col[findingRow]{ID: "counted_in_plan", Title: "Counted", Show: func(f findingRow) Cell { return T(yesNo(f.Counted)) }}
	findingPlanAction = Col[findingRow]{ID: "plan_action", Title: "Action of the plan", Show: func(f findingRow) Cell { return T(f.PlanAction) }}
	findingNotCounted = Col[findingRow]{ID: "not_counted_because", Title: "Why not counted", Show: func(f findingRow) Cell { return T(f.NotCounted) }}
	findingConfidence = Col[findingRow]{ID: "confidence", Title: "Confidence", Show: func(f findingRow) Cell { return T(string(f.Confidence)) }}
	findingExceptedBy = Col[findingRow]{ID: "excepted", Title: "Excepted by row", Show: func(f findingRow) Cell { return T(f.Excepted.String()) }}
	findingID         = Col[findingRow]{ID: "id", Title: "Id", Show: func(f findingRow) Cell { return T(f.ID) }}
)

// findingsTable is the id of the table of findings.
const findingsTable = "findings"

func findingsSheet(r *audit.Result) Sheet {
	to := newLinks(r)
	return Sheet{
		Name: "Findings", Grain: "One row per finding; their amounts overlap, so they are not added up",
		Table: TableOf[findingRow]{
			ID: findingsTable, Key: to.key, Title: "Findings", Empty: "No rule has anything to report.", Rows: findingRows(r),
			Columns: []Col[findingRow]{findingSeverity, findingRule.LeadingWhere(to.subject), findingSubject.Wide(22), findingTitle.Wide(40),
				findingDetail.Wide(44), findingWorth.By(newWorths(r).of).LeadingWhere(to.people).Marked(unknownAmount),
				findingInPlan.Wide(22).LeadingWhere(to.action), findingBy.Marked(soon(r.Run.AsOf)), findingHowSure.Wide(22),
				findingAction.Wide(31), findingEvidence, findingExcepted},
		}.FoldedAway().Table(),
	}
}

// findingsList is the table for programs: values by themselves where the sheet
// says them in one sentence.
func findingsList(r *audit.Result) Table {
	return TableOf[findingRow]{Title: "Findings", Rows: findingRows(r), Columns: []Col[findingRow]{
		findingRule, findingSeverity, findingSubject, findingTitle, findingWorth, findingCurrency, findingCounted, findingPlanAction, findingNotCounted,
		findingBy, findingConfidence, findingAction, findingDetail, findingExceptedBy, findingID,
	}}.Table()
}

func findingRows(r *audit.Result) iter.Seq[findingRow] {
	return rows(r.Findings, func(f *audit.Finding) findingRow { return findingRow{f, &r.Plan, r.Exceptions} })
}

// inPlan says which action counts the amount of a finding, or why none does.
func inPlan(f findingRow) string {
	if f.Counted {
		return byNumber(numbers(f.plan, f.PlanAction))
	}
	return "no: " + f.NotCounted
}

// places lists the first rows a finding rests on.
func places(evidence []audit.Evidence) string {
	var out []string
	for _, e := range evidence {
		if len(out) == 6 {
			return strings.Join(out, "; ") + "; ..."
		}
		if e.Source.File != "" {
			out = append(out, e.Source.String())
		}
	}
	return strings.Join(out, "; ")
}
