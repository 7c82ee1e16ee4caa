package report

import (
	"iter"

	"tierline/audit"
)

// dueID is the id of the table of bills that fall due.
const dueID = "due"

// dueRow is a bill with its subscription, and the number that has in the workbook.
type dueRow struct {
	*audit.CashBill
	line *audit.Line
	of   int
}

// The columns of bills.
var (
	dueOf    = Col[dueRow]{ID: "number", Title: "No", Kind: Count, Note: "number of the subscription", Width: 12, Show: func(b dueRow) Cell { return N(b.of) }}
	dueName  = Col[dueRow]{ID: "name", Title: "Subscription", Width: 28, Show: func(b dueRow) Cell { return T(b.line.Name) }}
	dueSite  = Col[dueRow]{ID: "site", Title: "Site", Width: 16, Show: func(b dueRow) Cell { return place(b.line.Site) }}
	dueDate  = Col[dueRow]{ID: "date", Title: "Falls due", Kind: Date, Width: 12, Show: func(b dueRow) Cell { return D(b.Date) }}
	dueMonth = Col[dueRow]{ID: "month", Title: "Month", Kind: Month, Width: 12,
		Show: func(b dueRow) Cell { return Cell{Kind: Month, Date: b.Date.FirstOfMonth()} }}
	dueTerm = Col[dueRow]{ID: "term", Title: "Term", Kind: Count, Width: 8, Note: "1: the coming one, 2: the one after it",
		Show: func(b dueRow) Cell { return N(b.Term) }}
	dueWay    = Col[dueRow]{ID: "way", Title: "Way", Width: 14, Show: func(b dueRow) Cell { return T(billedWay(b.Way)) }}
	dueAmount = Col[dueRow]{ID: "amount", Title: "Bill", Kind: Money, Width: 16, Show: func(b dueRow) Cell { return M(b.Amount) }}
	dueLow    = Col[dueRow]{ID: "growth_1", Kind: Money, Width: 17, Show: func(b dueRow) Cell { return grownBill(b, b.Growth1.Known(), M(b.Growth1)) }}
	dueHigh   = Col[dueRow]{ID: "growth_2", Kind: Money, Width: 17, Show: func(b dueRow) Cell { return grownBill(b, b.Growth2.Known(), M(b.Growth2)) }}
)

// dueLine is the row of the subscription of a bill.
func dueLine(b dueRow) Ref { return At(subscriptionsTable, b.line.ID, "number") }

// grownBill is blank for a bill as recommended, which grows in no column.
func grownBill(b dueRow, known bool, grown Cell) Cell {
	if b.Way == audit.BilledRecommended && !known {
		return T("")
	}
	return grown
}

// grownFrom is how a bill grows: by a fact, as often as the audit has raised it.
func grownFrom(fact string, grown func(dueRow) (times int, is bool)) func(dueRow) Formula {
	return func(b dueRow) Formula {
		times, is := grown(b)
		if !is {
			return Formula{}
		}
		f := F("{}", Here("amount"))
		for range times {
			f = F("{}*(1+{})", f, At(factsID, fact, "value"))
		}
		return f
	}
}

// billedWay words a way as the calculations do.
func billedWay(w audit.CashWay) string {
	if w == audit.BilledRecommended {
		return wayRecommended
	}
	return wayAsIs
}

// dueSheet lists the bills that the months add up.
func dueSheet(r *audit.Result) Sheet {
	growth := r.Run.Policy.Growth
	low := func(b dueRow) (int, bool) { return b.Rises(growth[0], b.Growth1) }
	high := func(b dueRow) (int, bool) { return b.Rises(growth[1], b.Growth2) }
	return Sheet{
		Name: "Bills", Grain: "One row per bill of the coming 24 months and way to renew; the sheet Cash adds them up by month",
		Table: TableOf[dueRow]{
			ID: dueID, Title: "Bills", Empty: "No bill is known, or there are more than 20,000.", Rows: dueRows(r),
			Columns: []Col[dueRow]{dueOf.Leading(dueLine), dueName, dueSite, dueDate, dueMonth, dueTerm, dueWay, dueAmount,
				dueLow.Titled("As is, apps +" + growth[0].Percent()).By(grownFrom(factGrowth1, low)),
				dueHigh.Titled("As is, apps +" + growth[1].Percent()).By(grownFrom(factGrowth2, high))},
		}.Table(),
	}
}

func dueRows(r *audit.Result) iter.Seq[dueRow] {
	lines, numbers := map[string]*audit.Line{}, lineNumbers(r)
	for l := range each(r.Lines) {
		lines[l.ID] = l
	}
	return func(yield func(dueRow) bool) {
		for b := range each(r.Cash.Bills) {
			if l := lines[b.Line]; l != nil && !yield(dueRow{b, l, numbers[l]}) {
				return
			}
		}
	}
}

// dueInMonth adds up what falls due in a month, in one way to renew.
func dueInMonth(column, way string) func(*audit.CashMonth) Formula {
	return func(*audit.CashMonth) Formula {
		return sumWhere(plainWords, dueID, column, pick{"month", Here("month")}, pick{"way", Word(way)})
	}
}

// dueChecks compare the months with the bills.
func dueChecks(r *audit.Result) iter.Seq[figureCheck] {
	return func(yield func(figureCheck) bool) {
		if len(r.Cash.Bills) == 0 {
			return
		}
		t := &r.Cash.Total
		sum := func(way string) Formula { return sumWhere(plainWords, dueID, "amount", pick{"way", Word(way)}) }
		_ = yield(figureCheck{"Cash as is, and every bill once", M(t.AsIs).By("{}", TotalOf("cash", "as_is")), M(t.AsIs).by(sum(wayAsIs)), TopOf("Bills")}) &&
			yield(figureCheck{"Cash as recommended, and every bill once", M(t.Recommended).By("{}", TotalOf("cash", "recommended")),
				M(t.Recommended).by(sum(wayRecommended)), TopOf("Bills")})
	}
}
