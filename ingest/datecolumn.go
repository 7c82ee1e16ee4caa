package ingest

import (
	"fmt"
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
	newest  date.Date
	forms   dateForm // ways of writing that occur
	last    string   // the cell before, since columns repeat themselves
	lastVal estate.LastSeen
}

// waitingDate is a date with slashes: the row of the list it belongs to.
type waitingDate struct {
	row  int
	line int
	date slashDate
}

// read returns what a cell says; false when it says nothing readable. Row is
// the position the value will have in its list.
func (c *dateColumn) read(row int, cells []string, line int) (estate.LastSeen, bool) {
	if c.column < 0 || c.column >= len(cells) {
		return estate.LastSeen{}, false // a cell missing from a short row is unknown
	}
	text := cells[c.column]
	if text == c.last && text != "" {
		return c.lastVal, true
	}
	if d, ok := parseDay(text); ok {
		c.forms |= formOf(text)
		return c.remember(text, d), true
	}
	return c.readSlow(row, text, line)
}

func (c *dateColumn) remember(text string, d date.Date) estate.LastSeen {
	if d.After(c.newest) {
		c.newest = d
	}
	c.last, c.lastVal = strings.Clone(text), estate.SeenOn(d)
	return c.lastVal
}

func (c *dateColumn) readSlow(row int, text string, line int) (estate.LastSeen, bool) {
	t := strings.TrimSpace(text)
	if neverWords[strings.ToLower(t)] {
		return estate.Never(), true
	}
	if d, ok := parseCellDate(t); ok {
		c.forms |= formOf(t)
		return c.remember(text, d), true
	}
	if sd, ok := parseSlash(t); ok {
		c.forms |= formOf(t)
		c.order = c.order.merge(sd.says())
		c.waiting = append(c.waiting, waitingDate{row, line, sd})
		return estate.LastSeen{}, true
	}
	c.waiting = append(c.waiting, waitingDate{row: -1, line: line})
	return estate.LastSeen{}, false
}

// decideDates settles the dates with slashes of all columns: by the layout
// audit.yaml states, else by the column, else by the other columns of the
// file, which one program wrote (ruling I3).
func (r *userReader) decideDates() {
	whole := r.slashes
	for _, c := range append([]dateColumn{r.added}, r.dates...) {
		whole = whole.merge(c.order)
	}
	r.settle(&r.added, whole, func(row int, d date.Date) { r.list.rows[row].added = d })
	for i := range r.dates {
		c := &r.list.columns[i]
		r.settle(&r.dates[i], whole, func(row int, d date.Date) { c.seen[row] = estate.SeenOn(d) })
		c.newest = r.dates[i].newest
	}
}

func (r *userReader) settle(c *dateColumn, whole slashOrder, set func(row int, d date.Date)) {
	order := c.order
	if r.slashes != undecided {
		order = r.slashes
	} else if order == undecided {
		order = whole
	}
	if c.forms&(c.forms-1) != 0 {
		r.diags.Add(diag.Warning, r.at(r.line, c.column+1), fmt.Sprintf("dates of the column %q are written in several ways (%s); each is read by its own", r.header[c.column], c.forms), "check a few of them")
	}
	refused, first := 0, 0
	for _, w := range c.waiting {
		if w.row < 0 || !w.date.exists(order) {
			r.diags.Add(diag.Incomplete, r.at(w.line, c.column+1), "not a date; read as unknown", "expected a date such as 3 Jan 2024, or Never accessed")
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
		set(w.row, d)
		if d.After(c.newest) {
			c.newest = d
		}
	}
	if refused > 0 {
		r.diags.Add(diag.Incomplete, r.at(first, c.column+1), fmt.Sprintf("%d dates of the column %q can be read as day/month or month/day; they are unknown", refused, r.header[c.column]),
			"state the layout in audit.yaml: inputs: [{glob: \""+r.path+"\", dates: dd/mm/yyyy}]")
	}
}
