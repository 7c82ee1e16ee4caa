package report

import (
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
)

// lineCells finds in the sheet Subscriptions what another sheet shows of a
// subscription: by its number, so that people may sort either sheet.
type lineCells struct {
	lines    map[string]*audit.Line // by id
	numbers  map[*audit.Line]int
	products map[[2]string]string // the id of the first by site and key
	few      bool                 // enough to look many of them up one by one
}

// linesByBundle lists the subscriptions in the totals by the id of their bundle.
func linesByBundle(r *audit.Result) map[string][]*audit.Line {
	out := map[string][]*audit.Line{}
	for l := range each(r.Lines) {
		if l.Counted {
			out[l.Bundle] = append(out[l.Bundle], l)
		}
	}
	return out
}

// looksALine is how many figures of a subscription other sheets look up by its number.
const looksALine = 20

func newLineCells(r *audit.Result) *lineCells {
	c := &lineCells{lines: map[string]*audit.Line{}, numbers: lineNumbers(r), products: map[[2]string]string{},
		few: lookable(looksALine*len(r.Lines), len(r.Lines))}
	for l := range each(r.Lines) {
		c.lines[l.ID] = l
		if at := [2]string{l.Site, l.Key}; l.Type == estate.ProductKind && c.products[at] == "" {
			c.products[at] = l.ID
		}
	}
	return c
}

// product returns the id of the subscription of a product on a site, the first of
// several; "" for none.
func (c *lineCells) product(site, key string) string { return c.products[[2]string{site, key}] }

// subscriptionNo is the column of the subscription that a row is about: its number,
// which leads to it. It is blank for one that is not listed.
func subscriptionNo[R any](from *lineCells, line func(R) string) Col[R] {
	return Col[R]{ID: "number", Title: "No", Kind: Count, Width: 6, Note: "number of the subscription", Show: func(row R) Cell {
		l := from.lines[line(row)]
		if l == nil {
			return T("")
		}
		return N(from.numbers[l]).To(At(subscriptionsTable, l.ID, "number"))
	}}
}

// lookedUpIn returns the column with a look-up of a column of the subscriptions in
// each cell that shows the same. The sheet needs the column [subscriptionNo].
func lookedUpIn[R any](from *lineCells, line func(R) string, c Col[R], of Col[*audit.Line]) Col[R] {
	show := c.Show
	c.Show = func(row R) Cell {
		cell := show(row)
		if l := from.lines[line(row)]; l != nil && sameFigure(cell, of.Show(l)) {
			return cell.by(ofSubscription(of.ID, Here("number")))
		}
		return cell
	}
	return c
}

// ofSubscription is the cell of a column in the row of the subscription with a number.
func ofSubscription(column string, number Term) Formula {
	return numbered(subscriptionsTable, column, number)
}

// numbered is the cell of a column in the row of a table that has a number, wherever
// people sort it to. It is a sum over one row: Gnumeric finds nothing by MATCH in a
// table of one row.
func numbered(table, column string, number Term) Formula {
	return F("SUMIFS({},{},{})", Data(table, column), Data(table, "number"), number)
}

// plus adds terms up; none of none.
func plus(terms []Term) Formula {
	if len(terms) == 0 {
		return Formula{}
	}
	return F(strings.Repeat("+{}", len(terms))[1:], terms...)
}

// shownOf returns the cell with a look-up of a column of the subscriptions, on a sheet
// without their numbers, where the subscription shows the same.
func (c *lineCells) shownOf(cell Cell, line string, of Col[*audit.Line]) Cell {
	if l := c.lines[line]; l != nil && c.few && sameFigure(cell, of.Show(l)) {
		return cell.by(ofSubscription(of.ID, Number(c.numbers[l])))
	}
	return cell
}

// sameFigure reports whether two cells show one number or day.
func sameFigure(a, b Cell) bool {
	figure := a.Kind.Numeric() || a.Kind == Date
	return figure && !a.Unknown && !b.Unknown && a.Kind == b.Kind && a.Count == b.Count && a.Amount == b.Amount && a.Date == b.Date && a.Exact.Cmp(b.Exact) == 0
}
