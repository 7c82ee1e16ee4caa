package users

import (
	"fmt"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/cell"
)

// dateColumn reads the dates of one column. A cell with one reading is read at
// once; dates with slashes wait until the column is complete.
type dateColumn struct {
	column   int // position in the row, -1 when the sheet has none
	order    cell.Order
	waiting  []waitingDate
	nonDates oddCells
	span     dateSpan
	forms    cell.Form // ways of writing that occur
	last     string    // the cell before, since columns repeat themselves
	lastVal  estate.LastSeen
}

// neverAccessed is how the current export says so; other words are looked up.
const neverAccessed = "Never accessed"

// waitingDate is a date with slashes, or a number that may be the serial of a
// date cell: the row of the list it belongs to.
type waitingDate struct {
	row    int
	line   int
	date   cell.Slashed
	serial string
}

// text returns the cell as digits and slashes.
func (w waitingDate) text() string {
	if w.serial != "" {
		return w.serial
	}
	return w.date.String()
}

// read returns what a cell says; false when it says nothing readable. Row is
// the position the value will have in its list.
func (c *dateColumn) read(row int, cells []string, line int) (estate.LastSeen, bool) {
	if c.column < 0 || c.column >= len(cells) {
		return estate.LastSeen{}, false // a cell missing from a short row is unknown
	}
	text := cells[c.column]
	if seen, ok := c.day(text); ok {
		return seen, true
	}
	return c.readSlow(row, text, line)
}

// day reads a cell that is written as nearly all are.
func (c *dateColumn) day(text string) (estate.LastSeen, bool) {
	if text == "" || text == neverAccessed {
		return estate.Never(), true
	}
	d, ok := cell.Day(text)
	if ok {
		c.forms |= cell.FormOfDay(text)
		c.span.add(d)
	}
	return estate.SeenOn(d), ok
}

// readSlow reads what is written in another way. Some of these ways take
// long, and columns repeat themselves.
func (c *dateColumn) readSlow(row int, text string, line int) (estate.LastSeen, bool) {
	if text == c.last {
		return c.lastVal, true
	}
	t := strings.TrimSpace(text)
	if cell.IsNever(t) {
		return estate.Never(), true
	}
	if d, ok := cell.Date(t); ok {
		c.forms |= cell.FormOf(t)
		c.span.add(d)
		c.last, c.lastVal = text, estate.SeenOn(d)
		return c.lastVal, true
	}
	if sd, ok := cell.ParseSlashed(t); ok {
		c.forms |= cell.FormOf(t)
		c.order = c.order.Merge(sd.Order())
		c.waiting = append(c.waiting, waitingDate{row: row, line: line, date: sd})
		return estate.LastSeen{}, true
	}
	if strings.Trim(t, "0123456789.") == "" {
		c.waiting = append(c.waiting, waitingDate{row: row, line: line, serial: t})
	} else {
		c.nonDates.add(line, t)
	}
	return estate.LastSeen{}, false
}

// spreadColumn is one column of a list over all its parts, with where its
// values go.
type spreadColumn struct {
	parts []*dateColumn
	set   func(part, row int, d date.Date)
}

// decideDates settles the dates with slashes of all columns: by the layout
// audit.yaml states, else by the column, else by the other columns of the
// file, which one program wrote (METHOD 14.9).
func (r *reader) decideDates(parts []*part) {
	columns := spreadColumns(r.layout, parts)
	whole, forms := r.Slashes, cell.Form(0)
	for _, c := range columns {
		whole = whole.Merge(c.order())
	}
	if whole == cell.Undecided {
		whole = r.layout.Slashes
	}
	for _, c := range columns {
		forms |= r.settle(c, whole)
	}
	r.Input.Dates = forms.String()
}

// spreadColumns gathers every date column of a list.
func spreadColumns(l *Layout, parts []*part) []spreadColumn {
	var out []spreadColumn
	add := func(of func(p *part) *dateColumn, set func(p *part, row int, d date.Date)) {
		c := spreadColumn{set: func(part, row int, d date.Date) { set(parts[part], row, d) }}
		for _, p := range parts {
			c.parts = append(c.parts, of(p))
		}
		out = append(out, c)
	}
	if l.Added >= 0 {
		add(func(p *part) *dateColumn { return &p.added }, func(p *part, row int, d date.Date) { p.rows[row].added = d })
	}
	newer := func(list []estate.LastSeen, row int, d date.Date) { list[row] = list[row].Newer(estate.SeenOn(d)) }
	for i, product := range l.Products {
		for n := range product.Seen {
			add(func(p *part) *dateColumn { return &p.dates[i][n] }, func(p *part, row int, d date.Date) { newer(p.seen[i], row, d) })
		}
	}
	for i, e := range l.Evidence {
		for n := range e.Seen {
			add(func(p *part) *dateColumn { return &p.signals[i][n] }, func(p *part, row int, d date.Date) { newer(p.evidence[i], row, d) })
		}
	}
	return out
}

func (c *spreadColumn) order() cell.Order {
	out := cell.Undecided
	for _, p := range c.parts {
		out = out.Merge(p.order)
	}
	return out
}

// settle reads the waiting dates of a column and returns how its dates are
// written.
func (r *reader) settle(c spreadColumn, whole cell.Order) cell.Form {
	order := c.order()
	if r.Slashes != cell.Undecided {
		order = r.Slashes
	} else if order == cell.Undecided {
		order = whole
	}
	column := c.parts[0].column
	forms := cell.Form(0)
	for _, p := range c.parts {
		forms |= p.forms
	}
	r.RemarkOnMixed(column, forms)
	refused, first := 0, waitingDate{}
	var cells oddCells
	for i, p := range c.parts {
		for _, w := range p.waiting {
			if day, ok := r.Serial(w.serial); ok {
				d, _ := cell.Day(day)
				c.set(i, w.row, d)
				p.span.add(d)
				continue
			}
			if w.serial != "" || !w.date.Exists(order) {
				p.nonDates.add(w.line, w.text())
				continue
			}
			d, ok := w.date.In(order)
			if order == cell.Contradicted || !ok {
				if refused == 0 {
					first = w
				}
				refused++
				p.span.ambiguous = true
				continue
			}
			c.set(i, w.row, d)
			p.span.add(d)
		}
		cells.join(p.nonDates)
	}
	r.remarkOnOdd(column, cells, "no date; read as unknown", "expected a date such as 3 Jan 2024, or Never accessed")
	if refused > 0 {
		r.Diags.Add(diag.Incomplete, r.At(first.line, column+1),
			fmt.Sprintf("%s of the column %q, the first %s, can be read as day/month or month/day; they are unknown",
				money.Plural(refused, "date"), r.Header[column], first.text()),
			"state the layout in audit.yaml: inputs: [{glob: \""+r.Path+"\", dates: dd/mm/yyyy}]")
	}
	return forms.Ordered(order)
}
