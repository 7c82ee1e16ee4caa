package report

import (
	"fmt"
	"iter"
	"slices"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// deadlineRow is a day, seen from the as-of date, with how many of the same
// kind and site fall on it beside the one it names.
type deadlineRow struct {
	*audit.Deadline
	asOf date.Date
	more int
}

// The columns of deadlines.
var (
	deadlineDate = Col[deadlineRow]{ID: "date", Title: "Date", Kind: Date, Width: 12, Show: func(d deadlineRow) Cell { return D(d.Date) }}
	deadlineLeft = Col[deadlineRow]{ID: "days_left", Title: "Days left", Kind: Count, Width: 10, Show: func(d deadlineRow) Cell { return N(d.Date.Sub(d.asOf)) }}
	deadlineAway = Col[deadlineRow]{ID: "away", Title: "Away", Width: 12, Show: func(d deadlineRow) Cell { return T(daysAway(d.Date, d.asOf)) }}
	deadlineKind = Col[deadlineRow]{ID: "kind", Title: "Kind", Width: 20, Show: func(d deadlineRow) Cell { return T(string(d.Kind)) }}
	deadlineSite = Col[deadlineRow]{ID: "site", Title: "Site", Width: 22, Wrap: true, Show: func(d deadlineRow) Cell { return place(d.Site) }}
	deadlineWhat = Col[deadlineRow]{ID: "what", Title: "What", Width: 66, Wrap: true, Show: func(d deadlineRow) Cell { return T(d.what()) }}
	deadlineID   = Col[deadlineRow]{ID: "id", Title: "Id", Width: 44, Aside: true, Show: func(d deadlineRow) Cell { return T(d.ID) }}
)

// soon makes a date stand out that is over, or less than two weeks ahead.
func soon(r *audit.Result) Mark {
	return Mark{F("AND(ISNUMBER({}),{}<={})", Here(""), Here(""), Day(r.Run.AsOf.AddDays(14))), Alarm}
}

const noDeadlines = "Nothing has a date."

func deadlinesSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Deadlines", Grain: "one row per day on which something begins, ends or has to be done; deadlines.ics holds the same",
		Table: TableOf[deadlineRow]{
			Title: "Deadlines", Empty: noDeadlines, Rows: deadlineRows(r),
			Columns: []Col[deadlineRow]{deadlineDate.Marked(soon(r)), deadlineLeft, deadlineKind, deadlineSite, deadlineWhat, deadlineID},
		}.Table(),
	}
}

func deadlinesSection(r *audit.Result) Section {
	return Section{Title: "Dates", When: timeline(r), Tables: []Table{TableOf[deadlineRow]{
		Title: "Every date", Empty: noDeadlines, Rows: slices.Values(deadlineGroups(r)),
		Note:    "The audit window is the time in which to clean up and decide before an annual renewal. deadlines.ics holds the same dates for a calendar.",
		Columns: []Col[deadlineRow]{deadlineDate, deadlineAway, deadlineKind.Paper(18), deadlineSite.Paper(16), deadlineWhat.Paper(56)},
	}.Table()}}
}

func deadlineRows(r *audit.Result) iter.Seq[deadlineRow] {
	return rows(r.Deadlines, func(d *audit.Deadline) deadlineRow { return deadlineRow{Deadline: d, asOf: r.Run.AsOf} })
}

// deadlineGroups puts what falls on one day together, so that twelve apps that
// renew with their product are one row. Actions stay apart: each is to be done.
func deadlineGroups(r *audit.Result) []deadlineRow {
	var out []deadlineRow
	for d := range deadlineRows(r) {
		same := func(g deadlineRow) bool { return g.Date == d.Date && g.Kind == d.Kind && g.Site == d.Site }
		if i := slices.IndexFunc(out, same); i >= 0 && d.Kind != audit.DeadlineAction {
			out[i].more++
			continue
		}
		out = append(out, d)
	}
	return out
}

func (d deadlineRow) what() string {
	if d.more > 0 {
		return fmt.Sprintf("%s, and %s more", d.What, money.Count(d.more))
	}
	return d.What
}

// daysAway says in words how far a day is from as-of.
func daysAway(d, asOf date.Date) string {
	switch n := d.Sub(asOf); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n > 1:
		return fmt.Sprintf("in %d days", n)
	default:
		return fmt.Sprintf("%d days ago", -n)
	}
}
