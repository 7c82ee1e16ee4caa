package xlsx

import (
	"fmt"

	"tierline/report"
)

// longTable is how many rows are worth a writer of their own.
const longTable = 250

// long reports whether the rows are written as bulk.
func (t *table) long() bool {
	return t.sheet.Table.Many || t.at.count >= t.book.size.long
}

// add writes a row of the data. The first of a worksheet carries the run in a
// hidden column behind the table's own, so that a sheet saved as CSV still says
// that it is Tierline's.
func (t *table) add(row []report.Cell) error {
	height := rowHeight(row[:min(len(row), t.open)], t.columns, t.widths)
	if t.bulk != nil {
		return t.addBulk(row, height)
	}
	values, cells, err := t.rows.anys(t.page, row, body)
	if err != nil {
		return fmt.Errorf("row %d: %w", t.page.row+1, err)
	}
	if t.page.row == t.header {
		values = append(values, t.book.doc.RunName())
	}
	return t.page.put(values, cells, height)
}

// addBulk writes a row of a long table.
func (t *table) addBulk(row []report.Cell, height float64) error {
	if err := t.rows.begin(t.page, row); err != nil {
		return fmt.Errorf("row %d: %w", t.page.row+1, err)
	}
	t.bulk.begin(height)
	for i := range t.sheet.Table.Columns {
		from := cellOf(row, i)
		if (from.Link == nil || t.sheet.Table.Many) && t.bulk.again(i, from) {
			continue
		}
		c, err := t.rows.cell(i, from, body)
		if err != nil {
			return fmt.Errorf("row %d: %w", t.page.row+1, err)
		}
		if err := t.leads(i, c); err != nil {
			return err
		}
		t.bulk.add(i, c, from)
	}
	if t.page.row == t.header {
		t.bulk.add(len(t.sheet.Table.Columns), &cell{value: written(t.book.doc.RunName())}, &noCell)
	}
	t.page.row++
	if t.sheet.Table.Many {
		t.at.key(row, t.written)
		t.written++
		t.at.parts[len(t.at.parts)-1].rows++
	}
	return t.bulk.end()
}

// leads gives the cell of a column in the next row of a long table its link: one of
// the worksheet, or a formula where there may be more of them than a worksheet holds.
func (t *table) leads(column int, c *cell) error {
	switch {
	case c.link == "":
	case t.sheet.Table.Many && c.formula == "":
		c.formula = jump(c.link, c.value)
	case t.sheet.Table.Many || t.page.links >= mostBulkLinks || c.outside && t.page.links >= mostLinks:
	case c.outside:
		return t.page.link(column, t.page.row+1, c)
	default:
		t.page.links++
		t.bulk.link(column, c.link)
	}
	return nil
}
