package report

import (
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// The columns of decisions. Their names name people. None is called keep: the
// sheet Users alone is read back.
var (
	decisionSite    = Col[*audit.Decision]{ID: "site", Title: "Site", Width: 14, Show: func(d *audit.Decision) Cell { return place(d.Site) }}
	decisionProduct = Col[*audit.Decision]{ID: "product", Title: "Product", Width: 22,
		Show: func(d *audit.Decision) Cell { return T(estate.ProductName(d.Product)) }}
	decisionName    = Col[*audit.Decision]{ID: "name", Title: "Name", Width: 22, Show: func(d *audit.Decision) Cell { return T(d.Name) }}
	decisionEmail   = Col[*audit.Decision]{ID: "email", Title: "Address", Width: 28, Show: func(d *audit.Decision) Cell { return T(d.Email) }}
	decisionVerdict = Col[*audit.Decision]{ID: "verdict", Title: "Decision", Width: 10, Show: func(d *audit.Decision) Cell { return T(d.Verdict.String()) }}
	decisionState   = Col[*audit.Decision]{ID: "state", Title: "State", Width: 14, Show: func(d *audit.Decision) Cell { return T(d.State.String()) },
		Note: "no such seat: nobody of that id holds a seat there any more"}
	decisionUntil  = Col[*audit.Decision]{ID: "until", Title: "Until", Kind: Date, Width: 12, Show: func(d *audit.Decision) Cell { return dateOrBlank(d.Until) }}
	decisionReason = Col[*audit.Decision]{ID: "reason", Title: "Reason", Width: 34, Wrap: true, Show: func(d *audit.Decision) Cell { return T(d.Reason) }}
	decisionOwner  = Col[*audit.Decision]{ID: "owner", Title: "Owner", Width: 18, Show: func(d *audit.Decision) Cell { return T(d.Owner) }}
	decisionRun    = Col[*audit.Decision]{ID: "run", Title: "Decided in run", Width: 22, Show: func(d *audit.Decision) Cell { return T(d.Run) },
		Note: "the run whose workbook holds the decision; blank for a table that no run wrote"}
	decisionID     = Col[*audit.Decision]{ID: "id", Title: "User id", Width: 44, Aside: true, Show: func(d *audit.Decision) Cell { return T(d.ID) }}
	decisionSource = Col[*audit.Decision]{ID: "source", Title: "Row", Width: 28, Aside: true, Show: func(d *audit.Decision) Cell { return T(d.Source.String()) }}
)

// noDecision is what stands in place of decisions.
const noDecision = "No decision was read. Write keep, remove or ask into the sheet Users and save the workbook among the inputs: the next audit reads it."

func decisionsSheet(r *audit.Result) Sheet {
	var lead []string
	if len(r.Decisions.List) > 0 {
		lead = append(lead, "Keep is an exception for that seat until its last day; remove and ask change no figure.")
	}
	if n := r.Decisions.Protected; n > 0 {
		lead = append(lead, fmt.Sprintf("%s would be review candidates but for a decision to keep them. If all were, the plan would save more by: %s.",
			money.Plural(n, "seat"), amount(r.Decisions.Cost)))
	}
	return Sheet{
		Name: "Decisions", Grain: "One row per decision about a seat that was read: what somebody wrote into the sheet Users of an earlier run, or into a table",
		Lead: lead,
		Table: TableOf[*audit.Decision]{
			ID: "decisions", Title: "Decisions", Empty: noDecision, Rows: each(r.Decisions.List), Many: true,
			Columns: []Col[*audit.Decision]{decisionName, decisionEmail, decisionSite, decisionProduct, decisionVerdict, decisionState, decisionUntil, decisionReason,
				decisionOwner, decisionRun, decisionID, decisionSource},
		}.Table(),
	}
}

// decided is how many of the plan's removals have a verdict.
type decided struct {
	name    string
	verdict estate.Verdict
	seats   int
}

// The columns of what is decided of the plan's removals. They follow the sheet
// Users while people fill it in.
var (
	decidedName  = Col[decided]{ID: "name", Title: "Decided", Width: 34, Show: func(d decided) Cell { return T(d.name) }}
	decidedSeats = Col[decided]{ID: "seats", Title: "Seats", Kind: Count, Width: 10, Show: func(d decided) Cell {
		if d.verdict == estate.Undecided {
			return N(d.seats).By("COUNTIF({},{})-SUM({})", Data("users", "plan"), Word("remove"), Span("decided", estate.Keep.String(), estate.Ask.String(), "seats"))
		}
		return N(d.seats).By("COUNTIFS({},{},{},{})", Data("users", "plan"), Word("remove"), Data("users", "keep"), Word(d.verdict.String()))
	}}
	decidedMeans = Col[decided]{ID: "means", Title: "Meaning", Width: 70, Wrap: true, Show: func(d decided) Cell { return T(decidedMeaning[d.verdict]) }}
)

var decidedMeaning = [...]string{
	estate.Undecided: "nobody has decided yet: filter the sheet Users by Plan = remove and an empty Keep",
	estate.Keep:      "the next audit leaves them out of the plan",
	estate.Remove:    "can go; removals.csv lists whom the plan removes",
	estate.Ask:       "somebody is being asked",
}

// decidedTable says how many of the seats that the plan removes are decided, and
// how many are open.
func decidedTable(r *audit.Result) Table {
	return TableOf[decided]{
		ID: "decided", Title: "Seats the plan removes, by what people decided in the sheet Users", Rows: slices.Values(decidedSeatsOf(r)),
		Key:     func(d decided) string { return d.verdict.String() },
		Columns: []Col[decided]{decidedName, decidedSeats, decidedMeans},
	}.Table()
}

// decidedSeatsOf says how many of the seats that the plan removes are decided, as the
// audit counted them. Where nobody has decided to remove or to ask all are open: the
// plan removes nobody whom they keep.
func decidedSeatsOf(r *audit.Result) []decided {
	n := audit.DecidedRemovals{Open: workload(r).seats}
	if p := r.Decisions.Planned; p != nil {
		n = *p
	}
	return []decided{{"Keep", estate.Keep, 0}, {"Remove", estate.Remove, n.Remove}, {"Ask", estate.Ask, n.Ask}, {"Open", estate.Undecided, n.Open}}
}
