package report

import (
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/pricing"
)

// billRow is a day on which a subscription may be billed: a month, the renewal, a
// planned change, or a day from which people are added. Months that come about alike
// are one row, and one more for those from the day on from which people are added.
type billRow struct {
	*whatIfModel
	bundle *audit.WhatIfBundle
	line   *audit.WhatIfLine
	of     *audit.Line
	cycle  pricing.Cycle
	months audit.WhatIfMonths // the bill, or all that come about alike
	added  int                // product of the bundle whose added people it is for, by position; -1 for a day that is known
}

// number is that of the bill in its cycle, from 0; the first of several.
func (b *billRow) number() int { return b.months.First }

// several reports whether the row is for more bills than one.
func (b *billRow) several() bool { return b.months.Many() > 1 }

// billColumn is a column that each way has.
type billColumn struct {
	id  string
	way audit.WhatIfWay
}

// billsOf lists the bills of a subscription: those of each cycle it can be billed
// in, then upgrades for people who are added inside an annual term.
func (w *whatIfModel) billsOf(b *audit.WhatIfBundle, l *audit.WhatIfLine) []*billRow {
	row := billRow{whatIfModel: w, bundle: b, line: l, of: w.cells.lines[l.Line], added: -1}
	var out []*billRow
	for _, c := range []pricing.Cycle{pricing.Annual, pricing.Monthly} {
		for _, m := range b.Alike(l, c) {
			x := row
			x.cycle, x.months = c, m
			out = append(out, &x)
			if x.several() {
				out = append(out, x.joined()...)
			}
		}
	}
	if len(l.Bills[pricing.Annual]) == 0 {
		return out
	}
	for _, i := range l.Movers {
		x := row
		x.cycle, x.added = pricing.Annual, i
		out = append(out, &x)
	}
	return out
}

// joined returns the rows of months that come about alike from the day on from which
// people are added, one for each product.
func (b *billRow) joined() []*billRow {
	var out []*billRow
	for _, i := range b.line.Of {
		x := *b
		x.added = i
		out = append(out, &x)
	}
	return out
}

func billKey(l *audit.WhatIfLine, c pricing.Cycle, number int) string {
	return fmt.Sprintf("%s %s %d", l.Line, c, number)
}

func (b *billRow) key() string {
	key := billKey(b.line, b.cycle, b.number())
	if b.added >= 0 {
		return fmt.Sprintf("%s added %d", key, b.added)
	}
	return key
}

// worked returns what the row comes to in a way; false where it is not due.
func (b *billRow) worked(way audit.WhatIfWay) (audit.WhatIfRow, bool) {
	if b.added >= 0 {
		return audit.WhatIfRow{}, false
	}
	row := b.line.Worked(way, b.cycle, b.months)
	return row, row.Due
}

// wayIDs end the columns of each way; wayTitles begin their titles.
var (
	wayIDs    = [...]string{audit.Untouched: "", audit.Planned: "_plan", audit.NextStep: "_next"}
	wayTitles = [...]string{audit.Untouched: "What-if: ", audit.Planned: "Plan: ", audit.NextStep: "Next: "}
)

type billCol = Col[*billRow]

var billColumns = []billCol{
	{ID: "name", Title: "Subscription", Width: 30, Pinned: true, Show: func(b *billRow) Cell { return T(b.of.Name) }},
	{ID: "site", Title: "Site", Width: 13, Pinned: true, Show: func(b *billRow) Cell { return T(b.of.Site) }},
	{ID: "cycle", Title: "Cycle", Width: 9, Show: func(b *billRow) Cell { return W(b.cycle) }},
	{ID: "day", Title: "Day", Kind: Date, Width: 12, Show: (*billRow).day},
	{ID: "what", Title: "What", Width: 24, Show: (*billRow).what},
	{ID: "list", Title: "Price list", Kind: Count, Width: 9, Note: "in Prices; 0 where there is no price", Show: (*billRow).list},
	{ID: "months", Title: "Bills", Kind: Count, Width: 7, Note: "that the amount is for: months of one price list without a planned change share a row",
		Show: (*billRow).bills},
	{ID: "later", Title: "From then on", Kind: Count, Width: 8, Note: "months billed on or after the day people are added",
		Show: (*billRow).later},
}

// billsOfWay are the columns of one way.
func billsOfWay(way audit.WhatIfWay) []billCol {
	id, title := wayIDs[way], wayTitles[way]
	return []billCol{
		{ID: "needs" + id, Title: title + "needs", Kind: Count, Width: 10, Show: func(b *billRow) Cell { return b.needs(way) }},
		{ID: "pays" + id, Title: title + "pays for", Kind: Count, Width: 10, Show: func(b *billRow) Cell { return b.pays(way) }},
		{ID: "price" + id, Title: title + "list price", Kind: Decimal, Width: 14, Show: func(b *billRow) Cell { return b.price(way) }},
		{ID: "bill" + id, Title: title + "bill", Kind: Money, Width: 15, Show: func(b *billRow) Cell { return b.bill(way) }},
	}
}

// billsSheet lists every bill that may fall due in the coming term.
func (w *whatIfModel) billsSheet() Sheet {
	return Sheet{
		Name: "What-if bills", Grain: "One row per bill a subscription may have in its coming term, or for months billed alike; What-if adds these rows up",
		Lead: []string{
			"Needs is the users a bill has to be for, with what licences bind it to. Pays for is the users paid for from that day on.",
			"List price is before factors and rounding. Rows of the cycle that is not chosen are blank. Next is one step further than what is entered.",
			"Months that are billed alike share a row; those with people you add have a row of their own below it.",
			"A subscription renewed as planned has no list price and no bill here: its amount is the audited one, in What-if.",
		},
		Protected: true,
		Table: TableOf[*billRow]{
			ID: billsTable, Title: "What-if bills", Empty: "No bill is worked out again.", Rows: slices.Values(w.bills), Key: (*billRow).key,
			Columns: slices.Concat(billColumns, billsOfWay(audit.Untouched), billsOfWay(audit.Planned), billsOfWay(audit.NextStep)),
		}.Table(),
	}
}

func (b *billRow) day() Cell {
	if b.added < 0 {
		return D(b.date())
	}
	return follows(D(b.firstDay()), number(At(whatIfTable, enteredIn(b.bundle, b.added), "from")))
}

// date returns the day of a bill that is known.
func (b *billRow) date() date.Date { return b.dateOf(b.number()) }

// dateOf returns the day of a bill of the cycle of the row.
func (b *billRow) dateOf(number int) date.Date { return b.line.Bills[b.cycle][number].Date }

func (b *billRow) what() Cell {
	switch {
	case b.added >= 0:
		return T("added to " + b.bundle.Products[b.added].Name)
	case b.several():
		return T(fmt.Sprintf("months %d to %d", b.number()+1, b.months.Last+1))
	case b.cycle == pricing.Monthly:
		return T(fmt.Sprintf("month %d", b.number()+1))
	case b.number() > 0:
		return T("planned change")
	}
	return T("renewal")
}

// list shows the price list of the day. That of a day readers choose is the last one
// that begins by then.
func (b *billRow) list() Cell {
	if b.added < 0 || b.cycle == pricing.Monthly {
		return N(b.line.Bills[b.cycle][b.number()].Price)
	}
	return pricedOn(b.line.Moves, date.Date{}, b.firstDay())
}
