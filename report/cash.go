package report

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
)

// The columns of the cash view.
var (
	cashMonth = Col[*audit.CashMonth]{ID: "month", Title: "Month", Kind: Month, Width: 12,
		Show: func(m *audit.CashMonth) Cell { return Cell{Kind: Month, Date: m.Month} }}
	cashAsIs = Col[*audit.CashMonth]{ID: "as_is", Title: "As is", Kind: Money, Width: 16, InTotal: true,
		Show: func(m *audit.CashMonth) Cell { return M(m.AsIs) }}
	cashPlan = Col[*audit.CashMonth]{ID: "recommended", Title: "Recommended", Kind: Money, Width: 16, InTotal: true,
		Show: func(m *audit.CashMonth) Cell { return M(m.Recommended) }}
	cashChange = Col[*audit.CashMonth]{ID: "change", Title: "Difference", Kind: Money, Width: 16, InTotal: true,
		Show: func(m *audit.CashMonth) Cell { return M(m.Change) }}
	cashLow = Col[*audit.CashMonth]{ID: "growth_1", Kind: Money, Width: 17, Note: "apps without an announcement, once more in the second term", InTotal: true,
		Show: func(m *audit.CashMonth) Cell { return M(m.Growth1) }}
	cashHigh = Col[*audit.CashMonth]{ID: "growth_2", Kind: Money, Width: 17, InTotal: true, Show: func(m *audit.CashMonth) Cell { return M(m.Growth2) }}
)

func cashTable(r *audit.Result) Table {
	growth := r.Run.Policy.Growth
	label := "24 months"
	if len(r.Cash.Unknown) > 0 {
		label = "24 months, as far as known"
	}
	total, months := &r.Cash.Total, each(r.Cash.Months)
	if !r.Plan.Totals.AsIs.Known() {
		months = each([]audit.CashMonth{}) // of nothing that counts there is no bill, not one of 0.00
	}
	return TableOf[*audit.CashMonth]{
		ID: "cash", Title: "Bills by month", Empty: "No bill is known.", Rows: months, Total: &total, Label: label,
		Columns: []Col[*audit.CashMonth]{cashMonth, cashAsIs, cashPlan, cashChange,
			cashLow.Titled("As is, apps +" + growth[0].Percent()), cashHigh.Titled("As is, apps +" + growth[1].Percent())},
	}.Table()
}

func cashSheet(r *audit.Result) Sheet {
	lead := cashLead(r)
	if len(r.Cash.Unknown) > 0 {
		// Not for finance: a reason may name a file, and a file's name a person.
		lead = append(lead, "Why: "+strings.Join(unknownReasons(r), "; ")+".")
	}
	return Sheet{Name: "Cash", Grain: "one row per month, with the bills that fall due", Lead: lead, Table: cashTable(r)}
}

func cashSection(r *audit.Result) Section {
	return Section{Title: "Cash in the coming 24 months", Lead: cashLead(r), Cash: cashChart(r), Tables: []Table{cashTable(r)}}
}

// cashLead says what the view covers, and what of it is not known.
func cashLead(r *audit.Result) []string {
	out := []string{"Bills on the day they fall due: the coming term of each subscription and the one after it, with announced prices and planned users. " +
		"What the running terms still cost before their renewal is not in it. " +
		"The second term is right-sized to the planned users; nobody knows the quotes of that time. " +
		"The columns on the right raise apps without an announcement, once more in the second term: a range to budget for."}
	if n := len(r.Cash.Unknown); n > 0 {
		out = append(out, fmt.Sprintf("The second term of %s is not known and is in no month, so the months and the sum hold less than will be paid.",
			money.Plural(n, "subscription")))
	}
	return out
}

// unknownReasons lists why second terms are not known, each reason once.
func unknownReasons(r *audit.Result) []string {
	var out []string
	for i := range r.Cash.Unknown {
		if reason := r.Cash.Unknown[i].Reason.Placed(); !slices.Contains(out, reason) {
			out = append(out, reason)
		}
	}
	return out
}

// cashChart shows the same months; nothing when there is nothing to pay.
func cashChart(r *audit.Result) *CashChart {
	chart := &CashChart{Title: "As is and recommended"}
	paid := false
	for m := range each(r.Cash.Months) {
		paid = paid || m.AsIs.Sign() != 0 || m.Recommended.Sign() != 0
		chart.Months = append(chart.Months, CashBar{Month: m.Month, AsIs: m.AsIs, Recommended: m.Recommended})
	}
	if !paid {
		return nil
	}
	return chart
}
