package report

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
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

// cashDifference is recommended less as is.
func cashDifference(*audit.CashMonth) Formula { return F("{}-{}", Here("recommended"), Here("as_is")) }

// cashLabel names the sum of the months.
func cashLabel(r *audit.Result) string {
	if len(r.Cash.Unknown) > 0 {
		return "24 months, as far as known"
	}
	return "24 months"
}

// growthColumns are what as is costs with the two growths.
func growthColumns(r *audit.Result) []Col[*audit.CashMonth] {
	growth := r.Run.Policy.Growth
	return []Col[*audit.CashMonth]{cashLow.Titled("As is, apps +" + growth[0].Percent()), cashHigh.Titled("As is, apps +" + growth[1].Percent())}
}

// grown are the same for paper, none where no app grows.
func grown(r *audit.Result) []Col[*audit.CashMonth] {
	if t := &r.Cash.Total; t.Growth1 == t.AsIs && t.Growth2 == t.AsIs {
		return nil
	}
	return growthColumns(r)
}

func cashTable(r *audit.Result) Table {
	total, growth := &r.Cash.Total, growthColumns(r)
	for i, id := range []string{"growth_1", "growth_2"} {
		growth[i] = growth[i].By(dueInMonth(id, wayAsIs))
	}
	return TableOf[*audit.CashMonth]{
		ID: "cash", Adds: addsUp("cash"), Title: "Bills by month", Empty: "No bill is known.", Rows: slices.Values(cashMonths(r)), Total: &total, Label: cashLabel(r),
		Columns: append([]Col[*audit.CashMonth]{cashMonth, cashAsIs.By(dueInMonth("amount", wayAsIs)), cashPlan.By(dueInMonth("amount", wayRecommended)),
			cashChange.By(cashDifference)}, growth...),
	}.Table()
}

// cashMonths are the months with their bills: of nothing that counts there is no
// bill, not one of 0.00.
func cashMonths(r *audit.Result) []*audit.CashMonth {
	if !r.Plan.Totals.AsIs.Known() {
		return nil
	}
	return slices.Collect(each(r.Cash.Months))
}

// cashRun is months one after another with the same bills, in the row of the first.
type cashRun struct {
	*audit.CashMonth
	last date.Date
	many int
}

// cashPages is the table for paper: equal months in one row, none for months in
// which nothing falls due.
func cashPages(r *audit.Result) Table {
	var runs []cashRun
	empty := false
	for _, m := range cashMonths(r) {
		if m.AsIs.Known() && m.Recommended.Known() && m.AsIs.Sign() == 0 && m.Recommended.Sign() == 0 {
			empty = true
			continue
		}
		if n := len(runs) - 1; n >= 0 && runs[n].goesOn(m) {
			runs[n].last, runs[n].many = m.Month, runs[n].many+1
			continue
		}
		runs = append(runs, cashRun{m, m.Month, 1})
	}
	t := TableOf[cashRun]{Title: "Bills by month", Empty: "No bill is known.", Rows: slices.Values(runs),
		Total: &cashRun{CashMonth: &r.Cash.Total}, Label: cashLabel(r)}
	if empty {
		t.Foot = "Nothing falls due in the months that are not listed."
	}
	t.Columns = []Col[cashRun]{{ID: cashMonth.ID, Title: cashMonth.Title, Kind: Month, Width: 26, Show: cashRun.months}}
	for _, c := range append([]Col[*audit.CashMonth]{cashAsIs, cashPlan, cashChange}, grown(r)...) {
		t.Columns = append(t.Columns, ofRun(c.Paper(c.Width)))
	}
	return t.Folded().Table()
}

// ofRun is a column of months for runs of them.
func ofRun(c Col[*audit.CashMonth]) Col[cashRun] {
	return Col[cashRun]{ID: c.ID, Title: c.Title, Kind: c.Kind, Width: c.Width, InTotal: c.InTotal, Show: func(g cashRun) Cell { return c.Show(g.CashMonth) }}
}

// goesOn reports whether the next month has the same bills.
func (g cashRun) goesOn(m *audit.CashMonth) bool {
	first := g.CashMonth
	return m.Month == g.last.AddMonths(1) && m.AsIs == first.AsIs && m.Recommended == first.Recommended && m.Growth1 == first.Growth1 && m.Growth2 == first.Growth2
}

func (g cashRun) months() Cell {
	if g.many < 2 {
		return cashMonth.Show(g.CashMonth)
	}
	return T(fmt.Sprintf("%s to %s, each", g.Month.Time().Format("Jan 2006"), g.last.Time().Format("Jan 2006")))
}

// dearer says which months cost more as recommended than as is, the dearest first:
// somebody has to have the money then.
func dearer(r *audit.Result) string {
	var list []*audit.CashMonth
	for m := range each(r.Cash.Months) {
		if m.Change.Sign() > 0 {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b *audit.CashMonth) int { return dearerFirst(a.Change, b.Change) })
	const most = 3
	var out []string
	for i, m := range list {
		if i == most {
			out = append(out, money.Plural(len(list)-most, "further month")+" by less")
			break
		}
		out = append(out, m.Month.Time().Format("January 2006")+" costs "+amount(m.Change)+" more")
	}
	if len(out) == 0 {
		return ""
	}
	return "Where the recommendation is dearer than as is: " + strings.Join(out, "; ") + "."
}

func cashSheet(r *audit.Result) Sheet {
	lead := cashLead(r)
	if len(r.Cash.Unknown) > 0 {
		// Not for finance: a reason may name a file, and a file's name a person.
		lead = append(lead, "Why: "+strings.Join(unknownReasons(r), "; ")+".")
	}
	return Sheet{Name: "Cash", Grain: "One row per month, with the bills that fall due", Lead: lead, Table: cashTable(r)}
}

func cashSection(r *audit.Result) Section {
	s := Section{Title: "Cash in the coming 24 months", Lead: cashLead(r), Cash: cashChart(r), Tables: []Table{cashPages(r)}}
	if text := dearer(r); text != "" {
		s.Lead = append(s.Lead, text)
	}
	return s
}

// cashLead says what the view covers, and what of it is not known.
func cashLead(r *audit.Result) []string {
	out := []string{"Bills on the day they fall due, over the coming term of each subscription and the one after it. What the running terms still cost " +
		"is not in it. The second term is right-sized to the planned users; its quotes nobody knows."}
	if len(grown(r)) > 0 {
		out[0] += " The columns on the right raise apps without an announcement, once more in the second term."
	}
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
