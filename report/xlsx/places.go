package xlsx

import (
	"errors"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"tierline/audit/beside"
	"tierline/report"
)

// Formulas and links name what they mean; where it stands is found out before a
// sheet is written, by counting what stands above it. Tables with many rows are
// written before all others and counted on the way, so that their rows are read
// once. The writers check that they meet the places they were given.

// places knows where the tables of the workbook stand.
type places struct {
	names  *names
	sheets map[string]bool
	tables map[string]*placed // by id
	read   map[*report.Table]*placed
}

// placed is a table with the worksheets its rows stand on.
type placed struct {
	columns map[string]int // from 0
	widths  []int          // characters of what the columns hold, see measure
	words   []int          // characters of their longest words
	count   int            // rows, where they are not many
	parts   []part
	rows    map[string]int // by key, from 0 over all parts; ambiguous for a key of several
	summed  bool           // has a total
	total   int            // row of the total on the last part, 0 for none
	many    bool           // which keys it has depends on what is read
}

const ambiguous = -1

// part is the rows of a table on one worksheet.
type part struct {
	sheet string
	above int // the row above the first, the header where there is one
	rows  int
}

// errNowhere: what a reference names has no cells, or has them on several
// worksheets, which no formula can name as one. Its formula is left out.
var errNowhere = errors.New("no cells of one worksheet")

// newPlaces lays out all tables but those with many rows.
func newPlaces(d *report.Document, n *names, limit int) (*places, error) {
	p := &places{names: n, sheets: map[string]bool{}, tables: map[string]*placed{}, read: map[*report.Table]*placed{}}
	if err := p.readAll(d.Workbook); err != nil {
		return nil, err
	}
	for i := range d.Workbook {
		s := &d.Workbook[i]
		p.sheets[s.Name] = true
		if isGrid(s) {
			p.grid(s)
		} else {
			p.sheet(s, limit)
		}
	}
	return p, nil
}

// readAll reads the rows of all tables, beside each other, for their keys and
// widths.
func (p *places) readAll(sheets []report.Sheet) error {
	var tables []*report.Table
	for i := range sheets {
		s := &sheets[i]
		at := len(tables)
		if isGrid(s) {
			for j := range s.Blocks {
				tables = append(tables, &s.Blocks[j])
			}
		} else {
			tables = append(tables, &s.Table)
		}
		for _, t := range tables[at:] {
			if err := p.add(t); err != nil {
				return fmt.Errorf("sheet %q: %w", s.Name, err)
			}
		}
	}
	failed := make([]error, len(tables))
	beside.Each(len(tables), func(i int) {
		// A panic of another goroutine would end the program, see render.
		defer func() {
			if panicked := recover(); panicked != nil {
				failed[i] = fmt.Errorf("table %q: %v", tables[i].Title, panicked)
			}
		}()
		p.read[tables[i]].readRows(tables[i])
	})
	return errors.Join(failed...)
}

// grid lays the blocks of a sheet out, one below the other.
func (p *places) grid(s *report.Sheet) {
	row := 1 + one(s.Status != nil) + len(sentences(s.Grain, s.Lead...)) + rowsOfCharts(s)
	for i := range s.Blocks {
		t := &s.Blocks[i]
		at := p.read[t]
		row += 1 + len(sentences(t.Title, t.Note)) + one(titled(t) && !bare(t, at)) // a gap above
		at.parts = []part{{s.Name, row, at.count}}
		row += at.count + one(at.count == 0 && t.Empty != "")
		if t.Total != nil {
			row++
			at.total = row
		}
		if !bare(t, at) {
			row += noted(t)
		}
	}
}

// sheet lays out a table that fills a sheet, or several.
func (p *places) sheet(s *report.Sheet, limit int) {
	at := p.read[&s.Table]
	if s.Table.ID == "" || s.Table.Many {
		return
	}
	n := at.count
	for name := s.Name; ; name = p.names.next(s.Name, len(at.parts)+1) {
		above := headerRow(s, len(at.parts) > 0)
		room := max(1, limit-tail(&s.Table)-above)
		at.parts = append(at.parts, part{name, above, min(n, room)})
		if n -= room; n <= 0 {
			break
		}
	}
	if s.Table.Total != nil && at.count > 0 {
		last := &at.parts[len(at.parts)-1]
		at.total = last.above + last.rows + 2 // a gap
	}
}

// add notes the columns of a table; one without an id cannot be named, but its
// formulas name its columns.
func (p *places) add(t *report.Table) error {
	at := newPlaced(t)
	p.read[t] = at
	if t.ID == "" {
		return nil
	}
	if p.tables[t.ID] != nil {
		return fmt.Errorf("two tables have the id %q", t.ID)
	}
	p.tables[t.ID] = at
	return nil
}

func newPlaced(t *report.Table) *placed {
	at := &placed{columns: map[string]int{}, rows: map[string]int{}, many: t.Many, summed: t.Total != nil,
		widths: slices.Repeat([]int{unmeasured}, len(t.Columns)), words: make([]int, len(t.Columns))}
	for i := range t.Columns {
		at.columns[t.Columns[i].ID] = i
	}
	return at
}

// readRows reads the keys and widths of all rows, but of a table with many, and
// counts them.
func (at *placed) readRows(t *report.Table) {
	if t.Many {
		return
	}
	if t.Rows != nil {
		for row := range t.Rows {
			at.key(row, at.count)
			at.measure(t, row)
			at.count++
		}
	}
	at.measureTotal(t)
}

// key notes where the row of a key is.
func (at *placed) key(row []report.Cell, n int) {
	if len(row) == 0 || row[0].Row == "" {
		return
	}
	if _, twice := at.rows[row[0].Row]; twice {
		n = ambiguous
	}
	at.rows[row[0].Row] = n
}

// cell returns the worksheet and row of row n.
func (at *placed) cell(n int) (sheet string, row int) {
	for _, p := range at.parts {
		if n < p.rows {
			return p.sheet, p.above + 1 + n
		}
		n -= p.rows
	}
	return "", 0
}

// area is cells of one column of a worksheet.
type area struct {
	sheet       string
	column      int // from 0
	first, last int
}

// find returns the cells that a reference names.
func (p *places) find(r report.Ref) (area, error) {
	if r.Kind == report.ToSheet {
		if !p.sheets[r.Table] {
			return area{}, fmt.Errorf("there is no sheet %q", r.Table)
		}
		return area{sheet: r.Table, first: 1, last: 1}, nil
	}
	at := p.tables[r.Table]
	if at == nil {
		return area{}, fmt.Errorf("there is no table %q", r.Table)
	}
	a := area{}
	if r.Column != "" {
		i, known := at.columns[r.Column]
		if !known {
			return area{}, fmt.Errorf("table %q has no column %q", r.Table, r.Column)
		}
		a.column = i
	}
	var err error
	switch r.Kind {
	case report.ToData:
		a.sheet, a.first, a.last, err = at.data()
	case report.ToTitle:
		a.sheet, a.first, err = at.title()
		a.last = a.first
	case report.ToTotal:
		a.sheet, a.first, err = at.sum(r)
		a.last = a.first
	default:
		a.sheet, a.first, a.last, err = at.span(r)
	}
	return a, err
}

func (at *placed) data() (sheet string, first, last int, err error) {
	if len(at.parts) != 1 || at.parts[0].rows == 0 {
		return "", 0, 0, errNowhere
	}
	p := at.parts[0]
	return p.sheet, p.above + 1, p.above + p.rows, nil
}

// title returns the row of the titles of a table that has rows.
func (at *placed) title() (sheet string, row int, err error) {
	sheet, first, _, err := at.data()
	return sheet, first - 1, err
}

func (at *placed) sum(r report.Ref) (sheet string, row int, err error) {
	switch {
	case !at.summed:
		return "", 0, fmt.Errorf("table %q has no total", r.Table)
	case at.total == 0: // of no rows
		return "", 0, errNowhere
	}
	return at.parts[len(at.parts)-1].sheet, at.total, nil
}

func (at *placed) span(r report.Ref) (sheet string, first, last int, err error) {
	if sheet, first, err = at.row(r.Table, r.Row); err != nil || r.Kind == report.ToCell {
		return sheet, first, first, err
	}
	end, last, err := at.row(r.Table, r.Last)
	if err == nil && (end != sheet || last < first) {
		err = errNowhere
	}
	return sheet, first, last, err
}

func (at *placed) row(table, key string) (sheet string, row int, err error) {
	n, known := at.rows[key]
	switch {
	case !known && at.many:
		return "", 0, errNowhere
	case !known:
		return "", 0, fmt.Errorf("table %q has no row %q", table, key)
	case n == ambiguous:
		return "", 0, errNowhere
	}
	sheet, row = at.cell(n)
	return sheet, row, nil
}

// address writes cells as a formula or link on a worksheet names them.
func (a area) address(on string, absolute bool) (string, error) {
	text, err := excelize.CoordinatesToCellName(a.column+1, a.first, absolute)
	if err == nil && a.last > a.first {
		var end string
		end, err = excelize.CoordinatesToCellName(a.column+1, a.last, absolute)
		text += ":" + end
	}
	if a.sheet != on {
		text = quoteSheet(a.sheet) + "!" + text
	}
	return text, err
}

// one is a line where there is one.
func one(there bool) int {
	if there {
		return 1
	}
	return 0
}
