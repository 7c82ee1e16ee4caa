package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// removalRows has one row for each product and number of removals at which
// something changes. What the rest of the candidates are worth stands in words.
func removalRows(r *audit.Result) [][]Cell {
	var rows [][]Cell
	for i := range r.Removals {
		l := &r.Removals[i]
		for j := range l.Rungs {
			rows = append(rows, removalRow(l, j))
		}
	}
	return rows
}

func removalRow(l *audit.RemovalLadder, j int) []Cell {
	g := &l.Rungs[j]
	mark := ""
	if g.Removals == l.Planned {
		mark = "the plan"
	}
	return []Cell{T(estate.ProductName(l.Product) + " on " + l.Site), N(g.Removals), N(g.Users), M(g.Saving), T(afterRung(l, j)), T(mark)}
}

// afterRung says what removals beyond a rung save.
func afterRung(l *audit.RemovalLadder, j int) string {
	g := &l.Rungs[j]
	if j+1 == len(l.Rungs) {
		if j > 0 && l.Rungs[j-1].Saving == g.Saving {
			return fmt.Sprintf("the last %s save nothing", money.Count(g.Removals-l.Rungs[j-1].Removals))
		}
		return "these are all"
	}
	next := &l.Rungs[j+1]
	switch {
	case !g.Each.Known():
		return "what the next one saves is not known"
	case next.Removals == g.Removals+1:
		return "the next one saves " + g.Each.Grouped()
	case g.Each.Sign() != 0:
		return "each further one saves " + g.Each.Grouped()
	case next.Saving == g.Saving && j+2 == len(l.Rungs):
		return "the others save nothing"
	case j == 0:
		return "nothing before " + money.Count(next.Removals)
	}
	return "nothing more before " + money.Count(next.Removals)
}

var removalColumns = []Column{{Title: "Product", Width: 34, Wrap: true}, {Title: "Remove", Kind: Count, Width: 9, Note: "review candidates, longest idle first"}, {Title: "Users left", Kind: Count, Width: 10},
	{Title: "Saves", Kind: Money, Width: 16, Note: "in the coming term, against removing nobody; the rest as planned, before anything is paid once for several sites"}, {Title: "After that", Width: 34, Wrap: true}, {Title: "Planned", Width: 10}}

const removalEmpty = "There is nobody to ask: no review candidate."

func removalsSheet(r *audit.Result) Sheet {
	return Sheet{Name: "Removals", Grain: "one row per product and number of removals at which something changes; the rest of the plan stays as it is, before anything is paid once for several sites",
		Table: Table{Title: "Removals", Columns: removalColumns, Rows: Rows(removalRows(r)), Empty: removalEmpty}}
}

// cashRows has one row for each month.
func cashRows(r *audit.Result) (rows [][]Cell, total []Cell) {
	span := "24 months"
	if len(r.Cash.Unknown) > 0 {
		span = "24 months, as far as known"
	}
	zero := money.Zero(r.Run.Currency)
	sums := [4]money.Amount{zero, zero, zero, zero}
	for i := range r.Cash.Months {
		m := &r.Cash.Months[i]
		amounts := [4]money.Amount{m.AsIs, m.Recommended, m.Growth1, m.Growth2}
		row := []Cell{T(monthText(m.Month)), M(m.AsIs), M(m.Recommended), M(m.Recommended.Sub(m.AsIs)), M(m.Growth1), M(m.Growth2)}
		for n, a := range amounts {
			sums[n] = sums[n].Add(a)
		}
		rows = append(rows, row)
	}
	return rows, []Cell{T(span).Bold(), M(sums[0]).Bold(), M(sums[1]).Bold(), M(sums[1].Sub(sums[0])).Bold(), M(sums[2]).Bold(), M(sums[3]).Bold()}
}

// monthText writes a month as people read it, such as "Nov 2026".
func monthText(d date.Date) string {
	_, rest, _ := strings.Cut(d.Short(), " ")
	return rest
}

func cashColumns(r *audit.Result) []Column {
	growth := strings.Split(setting(r, "growth")+", ", ", ")
	return []Column{{Title: "Month", Width: 12}, {Title: "As is", Kind: Money, Width: 16}, {Title: "Recommended", Kind: Money, Width: 16}, {Title: "Difference", Kind: Money, Width: 16},
		{Title: "As is, apps +" + growth[0], Kind: Money, Width: 17, Note: "apps without an announcement, once more in the second term"}, {Title: "As is, apps +" + growth[1], Kind: Money, Width: 17}}
}

// cashLead says what the view covers, and what of it is not known.
func cashLead(r *audit.Result) []string {
	out := []string{"Bills on the day they fall due: the coming term of each subscription and the one after it, with announced prices and planned users. What the running terms still cost before their renewal is not in it. The second term is right-sized to the planned users; nobody knows the quotes of that time. The columns on the right raise apps without an announcement, once more in the second term: a range to budget for."}
	if n := len(r.Cash.Unknown); n > 0 {
		out = append(out, fmt.Sprintf("The second term of %s is not known and is in no month, so the months and the sum hold less than will be paid.", money.Plural(n, "subscription")))
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

func cashTable(r *audit.Result) Table {
	rows, total := cashRows(r)
	return Table{Title: "Bills by month", Columns: cashColumns(r), Rows: Rows(rows), Total: total, Empty: "No bill is known."}
}

// cashChart shows the same months; nothing when there is nothing to pay.
func cashChart(r *audit.Result) *CashChart {
	chart := &CashChart{Title: "As is and recommended"}
	paid := false
	for i := range r.Cash.Months {
		m := &r.Cash.Months[i]
		paid = paid || m.AsIs.Sign() != 0 || m.Recommended.Sign() != 0
		chart.Months = append(chart.Months, CashBar{Label: monthText(m.Month), AsIs: m.AsIs, Recommended: m.Recommended})
	}
	if !paid {
		return nil
	}
	return chart
}

func cashSheet(r *audit.Result) Sheet {
	lead := cashLead(r)
	if len(r.Cash.Unknown) > 0 {
		// Not for finance: a reason may name a file, and a file's name a person.
		lead = append(lead, "Why: "+strings.Join(unknownReasons(r), "; ")+".")
	}
	return Sheet{Name: "Cash", Grain: "one row per month", Lead: lead, Table: cashTable(r)}
}

// sumWays names the ways of grouping, in their order.
var sumWays = []struct{ by, title string }{
	{"bundle", "Product and its apps"}, {"site", "Site"}, {"type", "Products and apps"}, {"vendor", "Vendor"}, {"cost_centre", "Cost centre"}, {"owner", "Owner"},
}

// sumTable adds the lines up by one way of grouping.
func sumTable(r *audit.Result, by, title string) Table {
	var rows [][]Cell
	for i := range r.Sums {
		if s := &r.Sums[i]; s.By == by {
			rows = append(rows, []Cell{T(cmp.Or(s.Name, "(not stated)")), N(s.Lines), M(s.Current), M(s.AsIs), M(s.Recommended), M(s.HardSaving), M(s.Avoidance)})
		}
	}
	t := r.Plan.Totals
	return Table{Title: title, Columns: []Column{{Title: title, Width: 34, Wrap: true}, {Title: "Lines", Kind: Count, Width: 7}, {Title: "Current", Kind: Money, Width: 16}, {Title: "As is", Kind: Money, Width: 16}, {Title: "Recommended", Kind: Money, Width: 16}, {Title: "Hard saving", Kind: Money, Width: 15}, {Title: "Avoidance", Kind: Money, Width: 14}},
		Rows: Rows(rows), Total: []Cell{T("Total").Bold(), N(r.Coverage.Counted).Bold(), M(t.Current).Bold(), M(t.AsIs).As("as_is").Bold(), M(t.Recommended).As("recommended").Bold(), M(t.HardSaving).As("hard_saving").Bold(), M(t.Avoidance).As("avoidance").Bold()}, Empty: "No subscription is in the totals."}
}

func sumsSheet(r *audit.Result) Sheet {
	var blocks []Table
	for _, w := range sumWays {
		blocks = append(blocks, sumTable(r, w.by, w.title))
	}
	return Sheet{Name: "Sums", Grain: "the lines of the totals added up by what they belong to; each table holds every line once", Blocks: blocks}
}

func deadlinesSheet(r *audit.Result) Sheet {
	var rows [][]Cell
	for _, d := range r.Deadlines {
		rows = append(rows, []Cell{D(d.Date), N(d.Date.Sub(r.Run.AsOf)), T(d.Kind), T(d.Site), T(d.What), T(d.ID)})
	}
	return Sheet{Name: "Deadlines", Grain: "one row per day on which something begins, ends or has to be done; deadlines.ics holds the same", Table: Table{Title: "Deadlines",
		Columns: []Column{{Title: "Date", Kind: Date, Width: 12}, {Title: "Days left", Kind: Count, Width: 10}, {Title: "Kind", Width: 20}, {Title: "Site", Width: 22, Wrap: true}, {Title: "What", Width: 66, Wrap: true}, {Title: "Id", Width: 44, Aside: true}},
		Rows:    Rows(rows), Empty: "Nothing has a date."}}
}

// deadlineGroup is what falls on one day, is of one kind and on one site.
type deadlineGroup struct {
	audit.Deadline
	more int
}

// deadlinesTable puts what falls on one day together, so that twelve apps that
// renew with their product are one line.
func deadlinesTable(r *audit.Result) Table {
	var groups []deadlineGroup
	for _, d := range r.Deadlines {
		same := func(g deadlineGroup) bool { return g.Date == d.Date && g.Kind == d.Kind && g.Site == d.Site }
		if i := slices.IndexFunc(groups, same); i >= 0 && d.Kind != audit.DeadlineAction {
			groups[i].more++
			continue
		}
		groups = append(groups, deadlineGroup{Deadline: d})
	}
	var rows [][]Cell
	for _, g := range groups {
		what := g.What
		if g.more > 0 {
			what += fmt.Sprintf(", and %s more", money.Count(g.more))
		}
		rows = append(rows, []Cell{D(g.Date), T(daysAway(g.Date, r.Run.AsOf)), T(g.Kind), T(g.Site), T(what)})
	}
	return Table{Title: "Every date", Note: "The audit window is the time in which to clean up and decide before an annual renewal. deadlines.ics holds the same dates for a calendar.",
		Columns: []Column{{Title: "Date", Kind: Date, Width: 12}, {Title: "Away", Width: 12}, {Title: "Kind", Width: 18}, {Title: "Site", Width: 16, Wrap: true}, {Title: "What", Width: 56, Wrap: true}}, Rows: Rows(rows), Empty: "Nothing has a date."}
}

// constraintsTable says what settings cost that keep the plan from something.
func constraintsTable(r *audit.Result) Table {
	var rows [][]Cell
	for _, c := range r.Plan.Constraints {
		rows = append(rows, []Cell{T(c.Setting + ": " + c.Value), M(c.Cost)})
	}
	return Table{Title: "What the limits on the plan cost", Note: "How much less would be recommended without the setting, the others staying as they are.",
		Columns: []Column{{Title: "Setting", Width: 60, Wrap: true}, {Title: "Costs", Kind: Money, Width: 18}}, Rows: Rows(rows)}
}

func checksTable(r *audit.Result) Table {
	var rows [][]Cell
	for _, c := range r.Checks {
		holds := "holds"
		if !c.Holds {
			holds = "fails"
		}
		rows = append(rows, []Cell{T(c.What), M(c.Left), M(c.Right), T(holds)})
	}
	return Table{Title: "Checks", Note: "Figures that come about in two ways. A run in which one of them fails is not published.",
		Columns: []Column{{Title: "Check", Width: 50, Wrap: true}, {Title: "One way", Kind: Money, Width: 18}, {Title: "The other", Kind: Money, Width: 18}, {Title: "Outcome", Width: 10}}, Rows: Rows(rows), Empty: "No total is known."}
}
