package report

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// deadlineRow is a day, seen from the as-of date, with how many of the same
// kind and site fall on it beside the one it names.
type deadlineRow struct {
	*audit.Deadline
	asOf    date.Date
	more    int
	sites   []string // where it is for several
	actions []string // numbers of the actions due, where it is that of actions
}

// The columns of deadlines.
var (
	deadlineDate  = Col[deadlineRow]{ID: "date", Title: "Date", Kind: Date, Width: 12, Show: func(d deadlineRow) Cell { return D(d.Date) }}
	deadlineLeft  = Col[deadlineRow]{ID: "days_left", Title: "Days left", Kind: Count, Width: 10, Show: func(d deadlineRow) Cell { return N(d.Date.Sub(d.asOf)) }}
	deadlineAway  = Col[deadlineRow]{ID: "away", Title: "Away", Width: 14, Show: func(d deadlineRow) Cell { return T(daysAway(d.Date, d.asOf)) }}
	deadlineKind  = Col[deadlineRow]{ID: "kind", Title: "Kind", Width: 20, Show: func(d deadlineRow) Cell { return T(string(d.Kind)) }}
	deadlineSite  = Col[deadlineRow]{ID: "site", Title: "Site", Width: 22, Wrap: true, Show: func(d deadlineRow) Cell { return place(d.Site) }}
	deadlineSites = Col[deadlineRow]{ID: "sites", Title: "Site", Width: 24, Wrap: true, Show: func(d deadlineRow) Cell { return T(d.where()) }}
	deadlineWhat  = Col[deadlineRow]{ID: "what", Title: "What", Width: 66, Wrap: true, Show: func(d deadlineRow) Cell { return T(d.what()) }}
	deadlineID    = Col[deadlineRow]{ID: "id", Title: "Id", Width: 44, Aside: true, Show: func(d deadlineRow) Cell { return T(d.ID) }}
)

// soon makes a date stand out that is over, or at most two weeks ahead.
func soon(asOf date.Date) Mark {
	return Mark{F("AND(ISNUMBER({}),{}<={})", Here(""), Here(""), Day(asOf.AddDays(14))), Alarm}
}

// DeadlineLine says in one line what a deadline is, and where.
func DeadlineLine(d *audit.Deadline) string { return estate.SiteTitle(d.Site) + ": " + d.What }

// DayLine is what comes on a day, in one line; equal things of one site are one.
type DayLine struct {
	Day  date.Date
	Kind audit.DeadlineKind
	What string
}

// DeadlineLines says in lines what comes. Actions stay apart: each is to be done.
func DeadlineLines(all []audit.Deadline) (out []DayLine) {
	var groups []deadlineRow
	for d := range deadlineRows(all, date.Date{}) {
		if i := slices.IndexFunc(groups, d.beside); i >= 0 && d.Kind != audit.DeadlineAction {
			groups[i].more++
			continue
		}
		groups = append(groups, d)
	}
	for _, g := range groups {
		out = append(out, DayLine{g.Date, g.Kind, estate.SiteTitle(g.Site) + ": " + g.what()})
	}
	return out
}

// beside reports whether two deadlines are of one day, kind and site.
func (d deadlineRow) beside(g deadlineRow) bool {
	return g.Date == d.Date && g.Kind == d.Kind && g.Site == d.Site
}

const noDeadlines = "Nothing has a date."

// daysLeft counts from the day of the audit.
func daysLeft(deadlineRow) Formula { return F("{}-{}", Here("date"), asOfCell) }

// deadlinesTable is the id of the table of deadlines.
const deadlinesTable = "deadlines"

func deadlinesSheet(r *audit.Result) Sheet {
	to := newLinks(r)
	return Sheet{
		Name: "Deadlines", Grain: "One row per day on which something begins, ends or has to be done; deadlines.ics holds the same",
		Table: TableOf[deadlineRow]{
			ID: deadlinesTable, Title: "Deadlines", Empty: noDeadlines, Rows: deadlineRows(r.Deadlines, r.Run.AsOf),
			Columns: []Col[deadlineRow]{deadlineDate.Marked(soon(r.Run.AsOf)), deadlineLeft.By(daysLeft), deadlineKind.LeadingWhere(to.due), deadlineSite,
				deadlineWhat, deadlineID},
		}.Table(),
	}
}

// datesTitle is the section of the PDF with the dates to act by.
const datesTitle = "Dates"

func deadlinesSection(r *audit.Result) Section {
	return Section{Title: datesTitle, When: timeline(r), Tables: []Table{TableOf[deadlineRow]{
		Empty: noDeadlines, Rows: slices.Values(deadlineGroups(r)),
		Foot:    "All other dates, such as the first day for a quote, are in the calendar file.",
		Columns: []Col[deadlineRow]{deadlineDate, deadlineAway, deadlineSites, deadlineWhat.Paper(66)},
	}.Folded().Table()}}
}

func deadlineRows(all []audit.Deadline, asOf date.Date) iter.Seq[deadlineRow] {
	return rows(all, func(d *audit.Deadline) deadlineRow { return deadlineRow{Deadline: d, asOf: asOf} })
}

// deadlineGroups are the last days of actions, and renewals: those of one day
// together, so that twelve apps that renew with their product are one row.
func deadlineGroups(r *audit.Result) []deadlineRow {
	var out []deadlineRow
	for d := range deadlineRows(r.Deadlines, r.Run.AsOf) {
		switch d.Kind {
		case audit.DeadlineAction:
			d.actions = []string{d.ID}
		case audit.DeadlineRenewal:
		default:
			continue
		}
		d.sites = []string{place(d.Site).Text}
		i := slices.IndexFunc(out, func(g deadlineRow) bool { return g.Date == d.Date && g.Kind == d.Kind })
		if i < 0 {
			out = append(out, d)
			continue
		}
		out[i].more++
		out[i].actions = append(out[i].actions, d.actions...)
		if !slices.Contains(out[i].sites, d.sites[0]) {
			out[i].sites = append(out[i].sites, d.sites[0])
		}
	}
	for i := range out {
		out[i].actions = numbers(&r.Plan, out[i].actions...)
	}
	return out
}

// where names the sites, two at most.
func (d deadlineRow) where() string {
	if len(d.sites) > 2 {
		return money.Plural(len(d.sites), "site")
	}
	return strings.Join(d.sites, "; ")
}

func (d deadlineRow) what() string {
	switch {
	case len(d.actions) > 1:
		return "last day for " + byNumber(d.actions)
	case len(d.actions) == 1:
		return "last day for " + byNumber(d.actions) + ": " + d.What
	case d.more > 0:
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
