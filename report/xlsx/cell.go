package xlsx

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"tierline/audit/date"
	"tierline/report"
)

// unknownWord stands where a value is not known: never 0, never a blank that
// a sum would take for 0.
const unknownWord = "unknown"

// rowWriter turns rows of a document into rows of a worksheet. Its cells are
// used again for every row, since there may be millions.
type rowWriter struct {
	styles  *styles
	columns []report.Column
	shown   *report.Shown // of the book
	cells   []excelize.Cell
	values  []any // pointers to cells
}

func newRowWriter(b *book, columns []report.Column) *rowWriter {
	w := &rowWriter{styles: b.styles, columns: columns, shown: &b.shown}
	w.cells = make([]excelize.Cell, len(columns))
	w.values = make([]any, len(columns))
	for i := range w.cells {
		w.values[i] = &w.cells[i]
	}
	return w
}

// row returns the cells of one row, valid until the next call. A short row
// leaves its last columns blank; a long one has values under no title and is
// refused.
func (w *rowWriter) row(cells []report.Cell, r role) ([]any, error) {
	if len(cells) > len(w.columns) {
		return nil, fmt.Errorf("a row of %d cells under %d columns", len(cells), len(w.columns))
	}
	for i := range w.columns {
		var c report.Cell
		if i < len(cells) {
			c = cells[i]
		}
		value, l := present(&c)
		l.role = r
		l.strong = c.Strong || r == total
		l.right = numeric(l.kind) || r == body && numeric(w.columns[i].Kind)
		l.distant = !l.right && afterNumbers(w.columns, i)
		l.wrap = l.kind == report.Text && w.columns[i].Wrap
		id, err := w.styles.id(l)
		if err != nil {
			return nil, fmt.Errorf("style: %w", err)
		}
		w.cells[i] = excelize.Cell{StyleID: id, Value: value}
		if v, ok := value.(float64); ok && c.Figure != "" {
			w.shown.Add(c.Figure, strconv.FormatFloat(v, 'f', -1, 64), c.Amount.Currency())
		}
	}
	return w.values, nil
}

// numeric reports whether cells of kind k stand on the right. Dates have one
// width and read better on the left, under their title.
func numeric(k report.Kind) bool {
	return k == report.Count || k == report.Money || k == report.Percent || k == report.Decimal
}

// afterNumbers reports whether column i follows a column of numbers, which end where
// it begins.
func afterNumbers(columns []report.Column, i int) bool { return i > 0 && numeric(columns[i-1].Kind) }

// present returns the value of a cell as the library takes it, and the part of
// its look that follows from the value.
func present(c *report.Cell) (value any, l look) {
	l.kind = c.Kind
	if c.Unknown || (c.Kind == report.Money && !c.Amount.Known()) {
		l.unknown = true
		return unknownWord, l
	}
	switch c.Kind {
	case report.Count:
		return c.Count, l
	case report.Percent, report.Decimal:
		return c.Exact.Float(), l
	case report.Money:
		l.currency = c.Amount.Currency()
		// The one place where an amount becomes a float; see the package comment.
		v, err := strconv.ParseFloat(c.Amount.String(), 64)
		if err != nil {
			l.unknown = true
			return unknownWord, l
		}
		return v, l
	case report.Date:
		return presentDate(c.Date)
	}
	if c.Text == "" {
		return nil, l
	}
	text, quoted := safeText(c.Text)
	l.quoted = quoted
	return text, l
}

// Day numbers of a spreadsheet count from 1899-12-30. Days before March 1900
// differ between programs, and years end with four digits; such dates are
// written as text.
const (
	firstSerial = 61
	lastSerial  = 2958465
)

func presentDate(d date.Date) (any, look) {
	if d.IsZero() {
		return nil, look{kind: report.Date}
	}
	serial := d.Sub(date.New(1899, 12, 30))
	if serial < firstSerial || serial > lastSerial {
		return d.String(), look{kind: report.Text}
	}
	return serial, look{kind: report.Date}
}
