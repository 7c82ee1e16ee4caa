package xlsx

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"tierline/audit/estate"
	"tierline/report"
)

// tableSheet writes a sheet with one table, on as many worksheets as its rows
// need. Each has the full header; the total stands on the last. A table without
// rows is a sentence: titles over nothing help nobody.
func (b *book) tableSheet(s *report.Sheet) error {
	t := newTable(b, s)
	part := 0
	if s.Table.Rows != nil {
		for row, err := range ahead(s.Table.Rows, &b.ahead) {
			if err != nil {
				return err
			}
			if part == 0 || t.full() {
				part++
				if err := t.turn(part); err != nil {
					return err
				}
			}
			if err := t.add(row); err != nil {
				return err
			}
		}
	}
	if part == 0 {
		return t.nothing()
	}
	return t.close()
}

// turn ends a worksheet where one is open and begins the next.
func (t *table) turn(part int) error {
	name := t.sheet.Name
	if part > 1 {
		if err := t.end(); err != nil {
			return err
		}
		name = t.book.names.next(name, part)
		t.book.later[t.sheet.Name] = append(t.book.later[t.sheet.Name], name)
	}
	return t.begin(name)
}

// nothing writes the sheet of a table without rows.
func (t *table) nothing() (err error) {
	t.widths = slices.Repeat([]float64{textWidth / 4}, 4) // one column alone is cut at the edge of the paper, not printed smaller
	t.open = len(t.widths)
	if t.page, err = t.book.open(t.sheet.Name, false, paper{width: textWidth, across: 1, letter: t.book.doc.Branding.Letter}); err != nil {
		return err
	}
	if err := t.page.columns(t.widths, t.open); err != nil {
		return err
	}
	if err := t.writeAbove(t.sheet.Name, false); err != nil {
		return err
	}
	text := t.sheet.Table.Empty
	if text == "" {
		text = "No rows."
	}
	if err := t.page.line(text, lead, t.sentenceColumns()); err != nil {
		return err
	}
	if err := t.page.protect(t.sheet); err != nil {
		return err
	}
	return t.page.sw.Flush()
}

// table is the state of a table sheet between two worksheets.
type table struct {
	book    *book
	sheet   *report.Sheet
	rows    *rowWriter
	columns []report.Column // with texts that are broken to fit
	widths  []float64
	open    int // columns seen when the sheet is opened
	on      paper
	at      *placed
	written int // rows, on all worksheets
	page    *page
	header  int   // row of the header on the page
	bulk    *bulk // of a long table: the data of this worksheet
}

func newTable(b *book, s *report.Sheet) *table {
	t := &table{book: b, sheet: s, at: b.places.read[&s.Table]}
	for i, content := range t.at.widths {
		t.widths = append(t.widths, columnWidth(&s.Table.Columns[i], content))
	}
	t.columns = t.fitted(s.Table.Columns)
	t.rows = newRowWriter(b, t.columns, t.at)
	t.open = t.opened()
	t.on = t.paper()
	return t
}

// begin opens a worksheet and writes all that stands above the data.
func (t *table) begin(name string) (err error) {
	if t.page, err = t.book.open(name, true, t.on); err != nil {
		return err
	}
	if t.on.across > 1 {
		t.page.aside = t.pinned()
	}
	later := name != t.sheet.Name
	t.header = headerRow(t.sheet, later)
	if err := t.page.sw.SetColVisible(len(t.widths)+1, len(t.widths)+1, false); err != nil { // see add
		return err
	}
	if err := t.page.columns(t.widths, t.open); err != nil {
		return err
	}
	if err := t.freeze(); err != nil {
		return err
	}
	if err := t.writeAbove(name, later); err != nil {
		return err
	}
	if err := t.writeHeader(); err != nil {
		return err
	}
	if t.page.row != t.header {
		return fmt.Errorf("the header stands in row %d, not %d", t.page.row, t.header)
	}
	if t.sheet.Table.Many {
		t.at.parts = append(t.at.parts, part{sheet: name, above: t.header})
	}
	if t.long() {
		t.bulk, err = t.book.newBulk(name, t.header, len(t.widths)+1)
	}
	return err
}

func (t *table) freeze() error {
	top, left, pane := t.header+one(t.sheet.Table.Sum), t.pinned(), "bottomLeft"
	if left > 0 {
		pane = "bottomRight"
	}
	below, err := excelize.CoordinatesToCellName(left+1, top+1)
	if err != nil {
		return err
	}
	return t.page.sw.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: left, YSplit: top, TopLeftCell: below, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: below, ActiveCell: below, Pane: pane}},
	})
}

func (t *table) writeAbove(name string, later bool) error {
	text := t.sheet.Table.Title
	if text == "" {
		text = name
	}
	if err := t.page.line(text, title, nil); err != nil {
		return err
	}
	if !later {
		if err := t.page.status(t.sheet.Status, t.sentenceColumns()); err != nil {
			return err
		}
	}
	for _, s := range overTable(t.sheet, later) {
		if err := t.page.line(s, lead, t.sentenceColumns()); err != nil {
			return err
		}
	}
	return t.page.skip(6)
}

func (t *table) writeHeader() error {
	columns := t.columns
	values, err := headerCells(t.book.styles, columns, filterHeader)
	if err != nil {
		return err
	}
	if err := t.page.write(append(values, estate.RunColumn), headerHeight(columns[:t.open], t.widths, filterHeader)); err != nil {
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
		right := onRight(&columns[i])
		id, err := st.id(look{role: r, right: right, distant: !right && afterFull(columns, i), wrap: true, quoted: quoted})
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

// writeTotal writes the total after an empty row: next to the table, sorting
// and filtering would take it for data.
func (t *table) writeTotal() error {
	if t.sheet.Table.Total == nil {
		return nil
	}
	if err := t.page.skip(6); err != nil {
		return err
	}
	values, cells, err := t.rows.anys(t.page, t.sheet.Table.Total, total)
	if err != nil {
		return err
	}
	if err := t.page.put(values, cells, 0); err != nil {
		return err
	}
	if t.sheet.Table.Many {
		t.at.total = t.page.row
	}
	if t.at.total != t.page.row && t.sheet.Table.ID != "" {
		return fmt.Errorf("it stands in row %d, not %d", t.page.row, t.at.total)
	}
	return nil
}

// writeNotes lists the notes of the columns for the reader on paper, who sees no
// others.
func (t *table) writeNotes() error {
	first := true
	for i := range t.printed() {
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
		if err := t.page.line(noteOf(c), note, t.sentenceColumns()); err != nil {
			return err
		}
	}
	return nil
}

// flushTable declares the table, whose last row is last, and what depends on
// its place.
func (t *table) flushTable(last int) error {
	p, f := t.page, t.book.file
	area, err := areaName(1, t.header, len(t.widths)+1, last)
	if err != nil {
		return err
	}
	stripes := true
	name := tableName(p.name, t.book.numbers[p.name])
	if err := p.sw.AddTable(&excelize.Table{Range: area, Name: name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes}); err != nil {
		return fmt.Errorf("table %s: %w", area, err)
	}
	// Account numbers are text on purpose; no green corners for them.
	if err := f.AddIgnoredErrors(p.name, area, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	if err := t.printArea(max(last, p.row)); err != nil {
		return err
	}
	t.book.defined = append(t.book.defined, excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: p.name,
		RefersTo: t.repeated(),
	})
	if err := p.columnsOf(&t.sheet.Table, t.at, t.header+1, last); err != nil {
		return err
	}
	return p.protect(t.sheet)
}

// repeated names what every page shows again: the header, and on several pages
// across the columns that stay in view.
func (t *table) repeated() string {
	sheet := quoteSheet(t.page.name)
	header := fmt.Sprintf("%s!$%d:$%d", sheet, t.header, t.header)
	if t.on.across == 1 {
		return header
	}
	last, _ := excelize.ColumnNumberToName(t.pinned()) // of a column that stands on the sheet
	return fmt.Sprintf("%s!$A:$%s,%s", sheet, last, header)
}

// printArea keeps the columns for the screen off paper, but for those that the
// sentences above the table run over.
func (t *table) printArea(last int) error {
	corner, err := excelize.CoordinatesToCellName(max(t.printed(), t.page.aside+len(t.sentenceColumns())), last, true)
	if err != nil {
		return err
	}
	t.book.defined = append(t.book.defined, excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: t.page.name, RefersTo: quoteSheet(t.page.name) + "!$A$1:" + corner,
	})
	return nil
}
