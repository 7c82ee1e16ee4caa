package xlsx

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"tierline/audit/estate"
	"tierline/report"
)

// tableSheet writes a sheet with one table, on as many worksheets as its rows
// need. Each has the full header; the total stands on the last.
func (b *book) tableSheet(s *report.Sheet) error {
	t := newTable(b, s)
	if err := t.begin(s.Name); err != nil {
		return err
	}
	part := 1
	if s.Table.Rows != nil {
		for row := range s.Table.Rows {
			if t.full() {
				if err := t.end(); err != nil {
					return err
				}
				part++
				if err := t.begin(b.names.next(s.Name, part)); err != nil {
					return err
				}
			}
			if err := t.add(row); err != nil {
				return err
			}
		}
	}
	return t.close()
}

// table is the state of a table sheet between two worksheets.
type table struct {
	book   *book
	sheet  *report.Sheet
	rows   *rowWriter
	widths []float64
	tail   int // rows kept free below the table
	page   *page
	header int   // row of the header on the page
	bulk   *bulk // of a table with many rows: the data of this worksheet
}

func newTable(b *book, s *report.Sheet) *table {
	t := &table{book: b, sheet: s, rows: newRowWriter(b, s.Table.Columns), tail: 4}
	for i := range s.Table.Columns {
		c := &s.Table.Columns[i]
		var sum *report.Cell
		if i < len(s.Table.Total) {
			sum = &s.Table.Total[i]
		}
		t.widths = append(t.widths, columnWidth(c, sum, true))
		if c.Note != "" {
			t.tail++
		}
	}
	return t
}

// full reports whether the worksheet has no room for another row. One data row
// always fits, whatever the limit, or the sheets would never end.
func (t *table) full() bool {
	return t.page.row > t.header && t.page.row+t.tail >= t.book.limit
}

// begin opens a worksheet and writes all that stands above the data.
func (t *table) begin(name string) (err error) {
	if t.page, err = t.book.open(name, true); err != nil {
		return err
	}
	above := t.above(name)
	t.header = len(above) + 3 // title, sentences, a gap
	for i, w := range t.widths {
		if err := t.page.sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := t.page.sw.SetColVisible(len(t.widths)+1, len(t.widths)+1, false); err != nil { // see add
		return err
	}
	if err := t.freeze(); err != nil {
		return err
	}
	if err := t.writeAbove(name, above); err != nil {
		return err
	}
	if err := t.writeHeader(); err != nil {
		return err
	}
	if !t.sheet.Table.Many {
		return nil
	}
	t.bulk, err = t.book.newBulk(t.header, len(t.widths)+1)
	return err
}

// above returns the sentences over the table.
func (t *table) above(name string) []string {
	var out []string
	if name != t.sheet.Name {
		out = append(out, "Continued from the sheet before.")
	}
	for _, s := range append(append([]string{t.sheet.Grain}, t.sheet.Lead...), t.sheet.Table.Note) {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (t *table) freeze() error {
	below, err := excelize.CoordinatesToCellName(1, t.header+1)
	if err != nil {
		return err
	}
	return t.page.sw.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: t.header, TopLeftCell: below, ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: below, ActiveCell: below, Pane: "bottomLeft"}},
	})
}

func (t *table) writeAbove(name string, sentences []string) error {
	text := t.sheet.Table.Title
	if text == "" {
		text = name
	}
	if err := t.page.line(text, title, nil); err != nil {
		return err
	}
	for _, s := range sentences {
		if err := t.page.line(s, lead, leadColumns(t.widths)); err != nil {
			return err
		}
	}
	return t.page.skip(6)
}

func (t *table) writeHeader() error {
	columns := t.sheet.Table.Columns
	values, err := headerCells(t.book.styles, columns, filterHeader)
	if err != nil {
		return err
	}
	if err := t.page.write(append(values, estate.RunColumn), headerHeight(columns, t.widths, 3)); err != nil {
		return err
	}
	for i := range columns {
		if columns[i].Note == "" {
			continue
		}
		if err := t.comment(i+1, columns[i].Note); err != nil {
			return fmt.Errorf("note of column %q: %w", columns[i].Title, err)
		}
	}
	return nil
}

// headerCells returns the titles of columns. A table refuses two equal titles,
// so a repeated one gets a number.
func headerCells(st *styles, columns []report.Column, r role) ([]any, error) {
	seen := map[string]bool{}
	var out []any
	for i := range columns {
		text, quoted := safeText(columns[i].Title)
		for n := 2; r == filterHeader && (text == "" || seen[text]); n++ {
			text = fmt.Sprintf("%s %d", columns[i].Title, n)
			text, quoted = safeText(text)
		}
		seen[text] = true
		right := columns[i].Kind.Numeric()
		id, err := st.id(look{role: r, right: right, distant: !right && afterNumbers(columns, i), wrap: true, quoted: quoted})
		if err != nil {
			return nil, err
		}
		out = append(out, excelize.Cell{StyleID: id, Value: text})
	}
	return out, nil
}

// comment explains a column where the reader points at its title. Comments do
// not print; close writes the same words below the table.
func (t *table) comment(column int, text string) error {
	cell, err := excelize.CoordinatesToCellName(column, t.header)
	if err != nil {
		return err
	}
	text, _ = safeText(text)
	return t.book.file.AddComment(t.page.name, excelize.Comment{
		Cell: cell, Author: "Tierline", Text: text, Width: 260, Height: uint(24 + 18*lines(text, 38)),
	})
}

// add writes a row of the data. The first of a worksheet carries the run in a
// hidden column behind the table's own, so that a sheet saved as CSV still says
// that it is Tierline's.
func (t *table) add(row []report.Cell) error {
	height := rowHeight(row, t.sheet.Table.Columns, t.widths)
	if t.bulk != nil {
		return t.addBulk(row, height)
	}
	values, err := t.rows.anys(row, body)
	if err != nil {
		return fmt.Errorf("row %d: %w", t.page.row+1, err)
	}
	if t.page.row == t.header {
		values = append(values, t.book.doc.RunName())
	}
	return t.page.write(values, height)
}

// addBulk writes a row of a table with many.
func (t *table) addBulk(row []report.Cell, height float64) error {
	cells, err := t.rows.row(row, body)
	if err != nil {
		return fmt.Errorf("row %d: %w", t.page.row+1, err)
	}
	if t.page.row == t.header {
		cells = append(slices.Clone(cells), cell{value: written(t.book.doc.RunName())})
	}
	t.page.row++
	return t.bulk.add(cells, height)
}

// end makes the rows written so far an Excel table and finishes the worksheet.
// Everything here must stand before Flush; later it is lost without an error.
func (t *table) end() error {
	if err := t.flushTable(t.page.row); err != nil {
		return err
	}
	return t.finish()
}

// close writes what stands below the table and finishes the last worksheet.
func (t *table) close() error {
	last := t.page.row
	if last == t.header {
		if err := t.writeEmpty(); err != nil {
			return err
		}
	}
	if err := t.writeTotal(); err != nil {
		return fmt.Errorf("total: %w", err)
	}
	if err := t.writeNotes(); err != nil {
		return err
	}
	if err := t.flushTable(last); err != nil {
		return err
	}
	return t.finish()
}

func (t *table) finish() error {
	if t.bulk != nil {
		if err := t.bulk.close(); err != nil {
			return err
		}
	}
	return t.page.sw.Flush()
}

func (t *table) writeEmpty() error {
	text := t.sheet.Table.Empty
	if text == "" {
		text = "No rows."
	}
	return t.page.line(text, note, leadColumns(t.widths))
}

// writeTotal writes the total after an empty row: next to the table, sorting
// and filtering would take it for data.
func (t *table) writeTotal() error {
	if t.sheet.Table.Total == nil {
		return nil
	}
	if err := t.page.skip(6); err != nil {
		return err
	}
	values, err := t.rows.anys(t.sheet.Table.Total, total)
	if err != nil {
		return err
	}
	return t.page.write(values, 0)
}

// writeNotes lists the notes of the columns for the reader on paper.
func (t *table) writeNotes() error {
	first := true
	for i := range t.sheet.Table.Columns {
		c := &t.sheet.Table.Columns[i]
		if c.Note == "" {
			continue
		}
		if first {
			if err := t.page.skip(0); err != nil {
				return err
			}
			first = false
		}
		if err := t.page.line(c.Title+": "+c.Note, note, leadColumns(t.widths)); err != nil {
			return err
		}
	}
	return nil
}

// flushTable declares the table, whose last row is last, and what depends on
// its place.
func (t *table) flushTable(last int) error {
	p, f := t.page, t.book.file
	if last > t.header {
		area, err := areaName(1, t.header, len(t.widths)+1, last)
		if err != nil {
			return err
		}
		stripes := true
		name := tableName(p.name, f.SheetCount)
		if err := p.sw.AddTable(&excelize.Table{Range: area, Name: name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes}); err != nil {
			return fmt.Errorf("table %s: %w", area, err)
		}
		// Account numbers are text on purpose; no green corners for them.
		if err := f.AddIgnoredErrors(p.name, area, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
			return err
		}
	}
	if err := t.printArea(max(last, p.row)); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: p.name,
		RefersTo: fmt.Sprintf("%s!$%d:$%d", quoteSheet(p.name), t.header, t.header),
	})
}

// printArea keeps the columns for the screen off paper.
func (t *table) printArea(last int) error {
	printed := slices.IndexFunc(t.sheet.Table.Columns, func(c report.Column) bool { return c.Aside })
	if printed <= 0 {
		return nil
	}
	corner, err := excelize.CoordinatesToCellName(printed, last, true)
	if err != nil {
		return err
	}
	return t.book.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: t.page.name, RefersTo: quoteSheet(t.page.name) + "!$A$1:" + corner,
	})
}
