package ingest

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// dateColumn reads the dates of one column. A cell with one reading is read at
// once; dates with slashes wait until the column is complete.
type dateColumn struct {
	column  int // position in the row, -1 when the sheet has none
	order   slashOrder
	waiting []waitingDate
	odd     oddCells
	newest  date.Date
	forms   dateForm // ways of writing that occur
	last    string   // the cell before, since columns repeat themselves
	lastVal estate.LastSeen
}

// neverAccessed is how the current export says so; other words are looked up.
const neverAccessed = "Never accessed"

// waitingDate is a date with slashes, or a number that may be the serial of a
// date cell: the row of the list it belongs to.
type waitingDate struct {
	row    int
	line   int
	date   slashDate
	serial string
}

// read returns what a cell says; false when it says nothing readable. Row is
// the position the value will have in its list.
func (c *dateColumn) read(row int, cells []string, line int) (estate.LastSeen, bool) {
	if c.column < 0 || c.column >= len(cells) {
		return estate.LastSeen{}, false // a cell missing from a short row is unknown
	}
	text := cells[c.column]
	if text == "" || text == neverAccessed {
		return estate.Never(), true
	}
	if d, ok := parseDay(text); ok {
		c.forms |= dayForm(text)
		c.newest = date.Max(c.newest, d)
		return estate.SeenOn(d), true
	}
	return c.readSlow(row, text, line)
}

// readSlow reads what is written in another way. Some of these ways take
// long, and columns repeat themselves.
func (c *dateColumn) readSlow(row int, text string, line int) (estate.LastSeen, bool) {
	if text == c.last {
		return c.lastVal, true
	}
	t := strings.TrimSpace(text)
	if neverWords[strings.ToLower(t)] {
		return estate.Never(), true
	}
	if d, ok := parseCellDate(t); ok {
		c.forms |= formOf(t)
		c.newest = date.Max(c.newest, d)
		c.last, c.lastVal = text, estate.SeenOn(d)
		return c.lastVal, true
	}
	if sd, ok := parseSlash(t); ok {
		c.forms |= formOf(t)
		c.order = c.order.merge(sd.says())
		c.waiting = append(c.waiting, waitingDate{row: row, line: line, date: sd})
		return estate.LastSeen{}, true
	}
	if strings.Trim(t, "0123456789.") == "" {
		c.waiting = append(c.waiting, waitingDate{row: row, line: line, serial: t})
	} else {
		c.odd.add(line)
	}
	return estate.LastSeen{}, false
}

// shownCells is how many cells of one column that are no dates get a remark of
// their own: a column in a language nobody reads has a million of them.
const shownCells = 20

// oddCells are the cells of a column that are no dates.
type oddCells struct {
	lines []int // of the first of them, in order
	n     int
}

func (o *oddCells) add(line int) {
	o.n++
	at, _ := slices.BinarySearch(o.lines, line)
	if at < shownCells {
		o.lines = slices.Insert(o.lines[:min(len(o.lines), shownCells-1)], at, line)
	}
}

// join adds the cells of the part that follows.
func (o *oddCells) join(b oddCells) {
	o.n += b.n
	o.lines = append(o.lines, b.lines[:min(len(b.lines), shownCells-len(o.lines))]...)
}

// complainOfDates reports the cells of a column that are no dates.
func (s *sheet) complainOfDates(column int, odd oddCells) {
	const fix = "expected a date such as 3 Jan 2024, or Never accessed"
	for _, line := range odd.lines {
		s.diags.Add(diag.Incomplete, s.at(line, column+1), "not a date; read as unknown", fix)
	}
	if more := odd.n - len(odd.lines); more > 0 {
		s.diags.Add(diag.Incomplete, s.at(s.line, column+1), fmt.Sprintf("%d more cells of the column %q are not dates; read as unknown", more, s.header[column]), fix)
	}
}

// spreadColumn is one column of a list over all its parts, with where its
// values go.
type spreadColumn struct {
	parts []*dateColumn
	set   func(part, row int, d date.Date)
}

// decideDates settles the dates with slashes of all columns: by the layout
// audit.yaml states, else by the column, else by the other columns of the
// file, which one program wrote (ruling I3).
func (s *sheet) decideDates(l *userLayout, parts []*userPart) {
	columns := spreadColumns(l, parts)
	whole, forms := s.slashes, dateForm(0)
	for _, c := range columns {
		whole = whole.merge(c.order())
	}
	if whole == undecided {
		whole = l.slashes
	}
	for _, c := range columns {
		forms |= s.settle(c, whole)
	}
	s.in.Dates = forms.String()
}

// spreadColumns gathers every date column of a list.
func spreadColumns(l *userLayout, parts []*userPart) []spreadColumn {
	var out []spreadColumn
	add := func(of func(p *userPart) *dateColumn, set func(p *userPart, row int, d date.Date)) {
		c := spreadColumn{set: func(part, row int, d date.Date) { set(parts[part], row, d) }}
		for _, p := range parts {
			c.parts = append(c.parts, of(p))
		}
		out = append(out, c)
	}
	if l.added >= 0 {
		add(func(p *userPart) *dateColumn { return &p.added }, func(p *userPart, row int, d date.Date) { p.rows[row].added = d })
	}
	newer := func(list []estate.LastSeen, row int, d date.Date) { list[row] = list[row].Newer(estate.SeenOn(d)) }
	for i, product := range l.products {
		for n := range product.seen {
			add(func(p *userPart) *dateColumn { return &p.dates[i][n] }, func(p *userPart, row int, d date.Date) { newer(p.seen[i], row, d) })
		}
	}
	for i, e := range l.evidence {
		for n := range e.seen {
			add(func(p *userPart) *dateColumn { return &p.signals[i][n] }, func(p *userPart, row int, d date.Date) { newer(p.evidence[i], row, d) })
		}
	}
	return out
}

func (c *spreadColumn) order() slashOrder {
	out := undecided
	for _, p := range c.parts {
		out = out.merge(p.order)
	}
	return out
}

// settle reads the waiting dates of a column and returns how its dates are
// written.
func (s *sheet) settle(c spreadColumn, whole slashOrder) dateForm {
	order := c.order()
	if s.slashes != undecided {
		order = s.slashes
	} else if order == undecided {
		order = whole
	}
	column := c.parts[0].column
	forms := dateForm(0)
	for _, p := range c.parts {
		forms |= p.forms
	}
	if forms&(forms-1) != 0 {
		s.diags.Add(diag.Warning, s.at(s.line, column+1), fmt.Sprintf("dates of the column %q are written in several ways (%s); each is read by its own", s.header[column], forms), "check a few of them")
	}
	refused, first := 0, 0
	var odd oddCells
	for i, p := range c.parts {
		for _, w := range p.waiting {
			if day, ok := s.Serial(w.serial); ok {
				d, _ := parseDay(day)
				c.set(i, w.row, d)
				p.newest = date.Max(p.newest, d)
				continue
			}
			if w.serial != "" || !w.date.exists(order) {
				p.odd.add(w.line)
				continue
			}
			d, ok := w.date.read(order)
			if order == contradict || !ok {
				if refused == 0 {
					first = w.line
				}
				refused++
				continue
			}
			c.set(i, w.row, d)
			p.newest = date.Max(p.newest, d)
		}
		odd.join(p.odd)
	}
	s.complainOfDates(column, odd)
	if refused > 0 {
		s.diags.Add(diag.Incomplete, s.at(first, column+1), fmt.Sprintf("%d dates of the column %q can be read as day/month or month/day; they are unknown", refused, s.header[column]),
			"state the layout in audit.yaml: inputs: [{glob: \""+s.path+"\", dates: dd/mm/yyyy}]")
	}
	return forms.ordered(order)
}
