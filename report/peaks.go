package report

import (
	"tierline/audit"
)

// The columns of peaks. Amounts are beside the plan, in none of its totals.
var (
	peakSite = Col[*audit.Peak]{ID: "site", Title: "Site", Width: 14, Show: func(p *audit.Peak) Cell { return place(p.Site) }}
	peakName = Col[*audit.Peak]{ID: "name", Title: "Subscription", Width: 28, Wrap: true, Show: func(p *audit.Peak) Cell { return T(p.Name) }}
	peakFrom = Col[*audit.Peak]{ID: "from", Title: "Cycle from", Kind: Date, Width: 12, Show: func(p *audit.Peak) Cell { return dateOrBlank(p.From) }}
	peakTo   = Col[*audit.Peak]{ID: "to", Title: "To", Kind: Date, Width: 12, Show: func(p *audit.Peak) Cell { return dateOrBlank(p.To) }}
	peakOver = Col[*audit.Peak]{ID: "over", Title: "State", Width: 10, Show: func(p *audit.Peak) Cell { return T(cycleState(p)) }}

	peakStart = Col[*audit.Peak]{ID: "start", Title: "Users at the start", Kind: Count, Width: 10, Note: "of the day before the cycle, whom its bill is for",
		Show: func(p *audit.Peak) Cell { return ofCycle(p, N(p.Start)) }}
	peakMost = Col[*audit.Peak]{ID: "peak", Title: "Peak", Kind: Count, Width: 9, Show: func(p *audit.Peak) Cell { return ofCycle(p, N(p.Peak)) }}
	peakDay  = Col[*audit.Peak]{ID: "peak_day", Title: "On", Kind: Date, Width: 12, Show: func(p *audit.Peak) Cell { return dateOrBlank(p.PeakDay) }}
	peakDays = Col[*audit.Peak]{ID: "above", Title: "Days above", Kind: Count, Width: 9, Note: "days counted with more users than at the start",
		Show: func(p *audit.Peak) Cell { return ofCycle(p, N(p.Above)) }}
	peakLast = Col[*audit.Peak]{ID: "last", Title: "Users at the end", Kind: Count, Width: 9, Note: "of the last day counted",
		Show: func(p *audit.Peak) Cell { return ofCycle(p, N(p.Last)) }}
	peakMissing = Col[*audit.Peak]{ID: "missing", Title: "Days not counted", Kind: Count, Width: 9, Note: "they add nothing",
		Show: func(p *audit.Peak) Cell { return ofCycle(p, N(p.Missing)) }}
	peakPast = Col[*audit.Peak]{ID: "past", Title: "Charged for it", Kind: Money, Width: 14, Note: "above the regular bill, at the price of its time",
		Show: func(p *audit.Peak) Cell { return ofCycle(p, M(p.Past)) }}
	peakToday = Col[*audit.Peak]{ID: "today", Title: "At today's price", Kind: Money, Width: 14, Show: func(p *audit.Peak) Cell { return ofCycle(p, M(p.Today)) }}
	peakGone  = Col[*audit.Peak]{ID: "gone", Title: "For users gone again", Kind: Money, Width: 14, Note: "of the amount at today's price",
		Show: func(p *audit.Peak) Cell { return ofCycle(p, M(p.Gone)) }}
	peakWhy = Col[*audit.Peak]{ID: "reason", Title: "Why nothing is known", Width: 34, Wrap: true, Show: func(p *audit.Peak) Cell { return T(p.Reason.Placed()) }}
)

// peakOf is the subscription that a row is about.
func peakOf(p *audit.Peak) string { return p.Line }

// peaksTable is the id of the table of peaks.
const peaksTable = "peaks"

func peaksSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Peaks", Grain: "One row per subscription and monthly cycle in which users rose above those it began with",
		Lead: []string{"Atlassian charges a monthly cycle for its highest number of users. Who leaves before it ends gives nothing back. " +
			"The amounts stand beside the plan: its totals hold no peak."},
		Table: TableOf[*audit.Peak]{
			ID: peaksTable, Title: "Peaks", Empty: "No monthly subscription has a peak. Peaks come from daily numbers in the table user_counts.", Rows: each(r.Peaks),
			Columns: []Col[*audit.Peak]{subscriptionNo(newLineCells(r), peakOf), peakSite, peakName, peakFrom, peakTo, peakOver,
				peakStart, peakMost, peakDay, peakDays, peakLast, peakMissing,
				peakPast, peakToday, peakGone, peakWhy},
		}.FoldedAway().Table(),
	}
}

// ofCycle shows what is known of a cycle, blank in the row of a subscription of
// whose cycles nothing is.
func ofCycle(p *audit.Peak, known Cell) Cell {
	if p.Reason.Given() {
		return T("")
	}
	return known
}

// cycleOver says that a cycle is.
const cycleOver = "over"

func cycleState(p *audit.Peak) string {
	switch {
	case p.Reason.Given():
		return "not known"
	case p.Over:
		return cycleOver
	}
	return "running"
}
