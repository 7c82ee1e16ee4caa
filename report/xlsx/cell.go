package xlsx

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"tierline/audit/date"
	"tierline/report"
)

// unknownWord stands where a value is not known; formulas compare it.
const unknownWord = string(report.Unknown)

// value is what a cell of a worksheet holds.
type value struct {
	kind  valueKind
	whole int
	float float64
	text  string
}

type valueKind uint8

const (
	blankValue valueKind = iota
	wholeValue
	floatValue
	textValue
	truthValue // whole is 1 where it holds
)

func whole(n int) value      { return value{kind: wholeValue, whole: n} }
func float(f float64) value  { return value{kind: floatValue, float: f} }
func written(s string) value { return value{kind: textValue, text: s} }

// number returns a whole number or float.
func (v value) number() float64 {
	if v.kind == wholeValue {
		return float64(v.whole)
	}
	return v.float
}

// any returns the value as the library takes it.
func (v value) any() any {
	switch v.kind {
	case wholeValue:
		return v.whole
	case floatValue:
		return v.float
	case textValue:
		return v.text
	case truthValue:
		return v.whole == 1
	}
	return nil
}

// cell is a value in a style, with the formula it follows from and the place a
// link leads to, "" for none.
type cell struct {
	value   value
	style   int
	formula string
	link    string
	outside bool // the link leads to another file
}

// any returns the cell as the library takes it.
func (c *cell) any() any {
	return excelize.Cell{StyleID: c.style, Formula: c.formula, Value: c.value.any()}
}

// live gives a cell of a worksheet the formula and link of one of the document; last
// is the formula of the row before.
func (b *book) live(to *cell, from *report.Cell, at spot, last *pattern) (err error) {
	to.formula, to.link = "", ""
	if from.Formula != nil && !from.Unknown {
		if err := b.patternAt(last, from.Formula, at); err != nil {
			return err
		}
		to.formula = last.text(at.row)
	}
	if from.Link != nil && to.value.kind != blankValue {
		to.link, err = b.link(from.Link)
		to.outside = from.Link.Kind == report.ToFile
	}
	return err
}

// rowWriter turns rows of a document into rows of a worksheet. Its cells are
// used again for every row, since there may be millions.
type rowWriter struct {
	book    *book
	columns []report.Column
	at      spot // of the row
	cells   []cell
	last    []pattern // formulas of the row before
	looks   []look    // of the row before; its style is the cell's
	values  []any
}

func newRowWriter(b *book, columns []report.Column, at *placed) *rowWriter {
	n := len(columns)
	return &rowWriter{book: b, columns: columns, at: spot{columns: at.columns},
		cells: make([]cell, n), last: make([]pattern, n), looks: make([]look, n), values: make([]any, n)}
}

// row returns the cells of the next row of p, valid until the next call.
func (w *rowWriter) row(p *page, cells []report.Cell, r role) ([]cell, error) {
	if err := w.begin(p, cells); err != nil {
		return nil, err
	}
	for i := range w.columns {
		if _, err := w.cell(i, cellOf(cells, i), r); err != nil {
			return nil, err
		}
	}
	return w.cells, nil
}

// begin begins the next row of p. A short one leaves its last columns blank; a
// long one has values under no title and is refused.
func (w *rowWriter) begin(p *page, cells []report.Cell) error {
	if len(cells) > len(w.columns) {
		return fmt.Errorf("a row of %d cells under %d columns", len(cells), len(w.columns))
	}
	w.at.sheet, w.at.row = p.name, p.row+1
	return nil
}

// noCell is what a short row has in its last columns.
var noCell report.Cell

func cellOf(row []report.Cell, i int) *report.Cell {
	if i < len(row) {
		return &row[i]
	}
	return &noCell
}

// cell returns the cell of a column in the row, valid until the next row.
func (w *rowWriter) cell(i int, c *report.Cell, r role) (*cell, error) {
	out := &w.cells[i]
	v, l := present(c)
	l.role = r
	l.strong = c.Strong || r == total
	l.right = l.kind.Numeric() || r == body && onRight(&w.columns[i])
	l.distant = !l.right && afterFull(w.columns, i)
	l.wrap = l.kind == report.Text && w.columns[i].Wrap
	l.input = r == body && w.columns[i].Input != nil && !c.Locked
	l.linked = c.Link != nil
	if l != w.looks[i] || out.style == 0 {
		id, err := w.book.styles.id(l)
		if err != nil {
			return nil, fmt.Errorf("style: %w", err)
		}
		w.looks[i], out.style = l, id
	}
	out.value, w.at.column = v, i
	if err := w.book.live(out, c, w.at, &w.last[i]); err != nil {
		return nil, fmt.Errorf("column %q: %w", w.columns[i].Title, err)
	}
	if v.kind == floatValue && c.Figure != "" {
		w.book.shown.Add(c.Figure, strconv.FormatFloat(v.float, 'f', -1, 64), c.Amount.Currency())
	}
	return out, nil
}

// anys returns a row also as the library takes it, both valid until the next call.
func (w *rowWriter) anys(p *page, cells []report.Cell, r role) ([]any, []cell, error) {
	row, err := w.row(p, cells, r)
	if err != nil {
		return nil, nil, err
	}
	for i := range row {
		w.values[i] = row[i].any()
	}
	return w.values, row, nil
}

// onRight reports whether a column stands on the right: its numbers, and what stands
// among numbers.
func onRight(c *report.Column) bool { return c.Kind.Numeric() || c.Kind == report.Mixed }

// afterFull reports whether column i follows one that is full up to where it begins:
// numbers, or texts broken into lines.
func afterFull(columns []report.Column, i int) bool {
	return i > 0 && (onRight(&columns[i-1]) || columns[i-1].Wrap && columns[i-1].Kind == report.Text)
}

// present returns the value of a cell, and the part of its look that follows
// from it.
func present(c *report.Cell) (v value, l look) {
	l.kind = c.Kind
	if c.Unknown || (c.Kind == report.Money && !c.Amount.Known()) {
		l.unknown = true
		return written(unknownWord), l
	}
	switch c.Kind {
	case report.Count:
		return whole(c.Count), l
	case report.Percent, report.Change, report.Decimal:
		return float(c.Exact.Float()), l
	case report.Money:
		l.currency = c.Amount.Currency()
		// The one place where an amount becomes a float; see the package comment.
		f, err := strconv.ParseFloat(c.Amount.String(), 64)
		if err != nil {
			l.unknown = true
			return written(unknownWord), l
		}
		return float(f), l
	case report.Date, report.Month:
		return presentDate(c.Date, c.Kind)
	case report.Truth:
		return value{kind: truthValue, whole: one(c.Holds)}, l
	}
	if c.Text == "" {
		return value{}, l
	}
	text, quoted := safeText(c.Text)
	l.quoted = quoted
	return written(text), l
}

// Day numbers of a spreadsheet count from 1899-12-30. Days before March 1900
// differ between programs, and years end with four digits; such dates are
// written as text.
const (
	firstSerial = 61
	lastSerial  = 2958465
)

func presentDate(d date.Date, kind report.Kind) (value, look) {
	if d.IsZero() {
		return value{}, look{kind: kind}
	}
	serial := report.Day(d).Serial()
	if serial < firstSerial || serial > lastSerial {
		return written(d.String()), look{kind: report.Text}
	}
	return whole(serial), look{kind: kind}
}
