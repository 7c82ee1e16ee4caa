package report

import (
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/pricing"
)

// billRow is a day on which a subscription may be billed: a month, the renewal, a
// planned change, or a day from which people are added.
type billRow struct {
	*whatIfModel
	bundle *audit.WhatIfBundle
	line   *audit.WhatIfLine
	of     *audit.Line
	cycle  pricing.Cycle
	number int // of the bill in its cycle, from 0
	added  int // product of the bundle whose added people it is for, by position; -1 for a day that is known
	made   *billFormulas
}

// billColumn is a column that each way has.
type billColumn struct {
	id  string
	way audit.WhatIfWay
}

// billFormulas are formulas that rows share: from the second month on most are the
// same in every month, and there are hundreds of thousands.
type billFormulas map[billColumn]*Formula

// of returns the formula of a column, which is made once; each time for no rows.
func (f *billFormulas) of(at billColumn, formula func() Formula) *Formula {
	if f == nil {
		out := formula()
		return &out
	}
	if (*f)[at] == nil {
		out := formula()
		(*f)[at] = &out
	}
	return (*f)[at]
}

// billRows yields the bills, each valid until the next, with the formulas they share.
func (w *whatIfModel) billRows(yield func(*billRow) bool) {
	var last *billRow
	var made billFormulas
	for _, b := range w.bills {
		if last == nil || !b.as(last) {
			made = billFormulas{}
		}
		row := *b
		row.made = &made
		if !yield(&row) {
			return
		}
		last = b
	}
}

// as reports whether the formulas of a row are those of the one before it.
func (b *billRow) as(last *billRow) bool {
	if b.line != last.line || b.cycle != pricing.Monthly || last.cycle != pricing.Monthly || last.number == 0 || b.line.Agreed {
		return false
	}
	return !slices.ContainsFunc(b.line.Of, func(i int) bool {
		p := &b.bundle.Products[i]
		return p.Planned(b.date()) != p.Planned(last.date())
	})
}

// billsOf lists the bills of a subscription: those of each cycle it can be billed
// in, then upgrades for people who are added inside an annual term.
func (w *whatIfModel) billsOf(b *audit.WhatIfBundle, l *audit.WhatIfLine) []*billRow {
	row := billRow{whatIfModel: w, bundle: b, line: l, of: w.cells.lines[l.Line], added: -1}
	var out []*billRow
	for _, c := range []pricing.Cycle{pricing.Annual, pricing.Monthly} {
		for i := range l.Bills[c] {
			x := row
			x.cycle, x.number = c, i
			out = append(out, &x)
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

func billKey(l *audit.WhatIfLine, c pricing.Cycle, number int) string {
	return fmt.Sprintf("%s %s %d", l.Line, c, number)
}

func (b *billRow) key() string {
	if b.added >= 0 {
		return fmt.Sprintf("%s added %d", b.line.Line, b.added)
	}
	return billKey(b.line, b.cycle, b.number)
}

// worked returns what the row comes to in a way; false where it is not due.
func (b *billRow) worked(way audit.WhatIfWay) (audit.WhatIfRow, bool) {
	if b.added >= 0 {
		return audit.WhatIfRow{}, false
	}
	row := b.line.Rows[way][b.cycle][b.number]
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
		Name: "What-if bills", Grain: "One row per day on which a subscription may be billed in its coming term; What-if adds these rows up",
		Lead: []string{
			"Needs is the users a bill has to be for, with what licences bind it to. Pays for is the users paid for from that day on.",
			"List price is before factors and rounding. Rows of the cycle that is not chosen are blank. Next is one step further than what is entered.",
			"A subscription renewed as planned has no list price and no bill here: its amount is the audited one, in What-if.",
		},
		Protected: true,
		Table: TableOf[*billRow]{
			ID: billsTable, Title: "What-if bills", Empty: "No bill is worked out again.", Rows: w.billRows, Key: (*billRow).key,
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
func (b *billRow) date() date.Date { return b.line.Bills[b.cycle][b.number].Date }

func (b *billRow) what() Cell {
	switch {
	case b.added >= 0:
		return T("added to " + b.bundle.Products[b.added].Name)
	case b.cycle == pricing.Monthly:
		return T(fmt.Sprintf("month %d", b.number+1))
	case b.number > 0:
		return T("planned change")
	}
	return T("renewal")
}

// list shows the price list of the day. That of a day readers choose is the last one
// that begins by then.
func (b *billRow) list() Cell {
	if b.added < 0 {
		return N(b.line.Bills[b.cycle][b.number].Price)
	}
	return pricedOn(b.line.Moves, date.Date{}, b.firstDay())
}
