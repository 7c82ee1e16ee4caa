package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"tierline/audit/money"
	"tierline/report"
)

// table is a report table with its cells as text and its columns measured.
type table struct {
	c       *canvas
	src     *report.Table
	rows    [][]shown
	total   []shown // nil for none
	more    string  // a line between the rows and the total: what is not shown
	headers []string
	cols    []column
	x, w    float64 // where it stands
	font    font
	head    *block // the header, repeated on every page
	twin    *table // the second half of a long and narrow one, beside the first; nil for none
}

// Space between columns, and above and below the text of a row.
const (
	gutter  = 3.6
	rowPad  = 0.7
	headPad = 1.3
)

func newTable(c *canvas, src *report.Table, currency money.Currency) (*table, error) {
	t := &table{c: c, src: src, x: left, w: width}
	for _, col := range src.Columns {
		t.headers = append(t.headers, c.clean(col.Title))
	}
	if src.Rows != nil {
		for cells := range src.Rows {
			row, err := t.intake(cells, currency)
			if err != nil {
				return nil, err
			}
			t.rows = append(t.rows, row)
		}
	}
	if len(src.Total) > 0 && len(t.rows) > 0 {
		row, err := t.intake(src.Total, currency)
		if err != nil {
			return nil, err
		}
		for i := range row {
			row[i].strong = true
		}
		t.total = row
	}
	for i, col := range src.Columns {
		switch col.Kind {
		case report.Percent, report.Change:
			alignPercents(t.all(), i)
		case report.Money, report.Decimal:
			hangFractions(t.all(), i)
		}
	}
	t.layColumns()
	t.head = t.headBlock()
	return t, nil
}

// intake turns a row into text. More cells than columns would be content that
// nobody sees, so it is an error.
func (t *table) intake(cells []report.Cell, currency money.Currency) ([]shown, error) {
	n := len(t.src.Columns)
	if len(cells) > n {
		return nil, fmt.Errorf("table %q: a row has %d cells for %d columns", t.src.Title, len(cells), n)
	}
	row := make([]shown, n)
	for i, cell := range cells {
		row[i] = show(t.c, cell, currency)
	}
	return row, nil
}

// all returns the rows with the total.
func (t *table) all() [][]shown {
	if t.total == nil {
		return t.rows
	}
	return append(t.rows[:len(t.rows):len(t.rows)], t.total)
}

// blocks returns the table with its title, note and footnotes.
func (t *table) blocks() []block {
	out := title(t.c, t.src.Title, largeB, t.c.ink.text, gapBlock)
	out = append(out, hold(paragraph(t.c, t.src.Note, body, t.c.ink.soft, gapLine))...)
	if len(out) > 0 {
		// The header's own gap is small: it follows a title.
		out[0].gap = gapBlock
	}
	if len(t.rows) == 0 {
		return append(out, t.empty()...)
	}
	out = append(out, t.rowBlocks()...)
	if t.src.Foot != "" {
		out[len(out)-1].keep = true
		out = append(out, paragraph(t.c, t.src.Foot, small, t.c.ink.soft, gapLine)...)
	}
	for i, col := range t.src.Columns {
		if col.Note != "" {
			out[len(out)-1].keep = true
			out = append(out, paragraph(t.c, t.headers[i]+": "+col.Note, small, t.c.ink.soft, gapLine)...)
		}
	}
	return out
}

func (t *table) empty() []block {
	s := t.src.Empty
	if s == "" {
		s = "Nothing to list."
	}
	return paragraph(t.c, s, body, t.c.ink.faint, gapTitle)
}

// rowBlocks returns the rows under a header that every page repeats. The first
// two rows stay together, and so do the last two and the total: no row stands
// alone on a page.
func (t *table) rowBlocks() []block {
	var out []block
	for i, row := range t.rows {
		parts := t.rowParts(row, false)
		first, last := i == 0 && len(t.rows) > 1 && !t.tall(row), i == len(t.rows)-1 && (t.total != nil || t.more != "")
		beforeLast := i == len(t.rows)-2 && !t.tall(t.rows[i+1])
		keep := first || last || beforeLast || heads(row)
		for j := range parts {
			parts[j].keep = keep
		}
		out = append(out, parts...)
	}
	if t.more != "" {
		out = append(out, t.moreBlock())
	}
	if t.total != nil {
		out = append(out, t.rowParts(t.total, true)...)
	}
	if t.twin != nil {
		for i, b := range t.twin.rowBlocks() {
			out[i] = side(out[i], b)
		}
	}
	for i := range out {
		out[i].head = t.head
	}
	return out
}

// tall reports whether a row looks like no leftover where it stands alone.
func (t *table) tall(row []shown) bool {
	_, lines := t.rowLines(row)
	return lines > 2
}

// heads reports whether a row only names the rows below it.
func heads(row []shown) bool {
	return len(row) > 1 && row[0].strong && !slices.ContainsFunc(row[1:], func(s shown) bool { return s.text != "" })
}

func (t *table) headBlock() *block {
	c, f := t.c, t.font
	f.bold = true
	most := 1
	lines := make([][]string, len(t.cols))
	for i := range t.cols {
		lines[i] = c.wrap(t.headers[i], f, t.cols[i].w)
		most = max(most, len(lines[i]))
	}
	h := float64(most)*f.line() + 2*headPad
	if strings.Join(t.headers, "") == "" {
		h = 0 // labels and values need no titles
	}
	b := block{gap: gapTitle, height: h, draw: func(y float64) {
		for i, col := range t.cols {
			at := y + h - headPad - float64(len(lines[i]))*f.line() // headers stand on the rule
			for _, s := range lines[i] {
				t.put(col, at, s, c.fit(s, f, col.w), c.ink.soft)
				at += f.line()
			}
		}
		c.line(t.x, y+h, t.x+t.w, y+h, 0.35, c.ink.rule)
	}}
	if t.twin != nil {
		b = side(b, *t.twin.head)
	}
	return &b
}

// put writes s in a column, on the side where it is read.
func (t *table) put(col column, y float64, s string, f font, ink colour) {
	if col.right {
		t.c.writeRight(col.x+col.w, y+f.baseline(), s, f, ink)
		return
	}
	t.c.write(col.x, y+f.baseline(), s, f, ink)
}

// rowParts returns a row as one block, or several where it is higher than a
// page.
func (t *table) rowParts(row []shown, total bool) []block {
	lines, most := t.rowLines(row)
	perPage := int(math.Floor((t.c.sheet.body()-t.head.height-gapTitle)/t.font.line())) - 2
	var out []block
	for from := 0; from < most; from += perPage {
		out = append(out, t.rowBlock(row, lines, from, min(from+perPage, most), total))
	}
	return out
}

func (t *table) rowLines(row []shown) (lines [][]string, most int) {
	lines, most = make([][]string, len(row)), 1
	for i, s := range row {
		if s.number || s.unknown {
			lines[i] = []string{s.text}
		} else {
			lines[i] = t.c.wrap(s.text, t.cellFont(s), t.cols[i].w)
		}
		most = max(most, len(lines[i]))
	}
	return lines, most
}

func (t *table) cellFont(s shown) font {
	f := t.font
	f.bold = s.strong
	return f
}

func (t *table) rowBlock(row []shown, lines [][]string, from, to int, total bool) block {
	c := t.c
	h := float64(to-from)*t.font.line() + 2*rowPad
	return block{height: h, place: t.placeOf(row), draw: func(y float64) {
		for i, s := range row {
			f, ink := t.cellFont(s), c.ink.text
			switch {
			case s.unknown:
				ink = c.ink.faint
			case c.leads(s.to):
				ink = c.ink.link
			}
			c.link(t.cols[i].x, y, t.cols[i].w, h, s.to)
			for j := from; j < min(to, len(lines[i])); j++ {
				col, f := t.cols[i], c.fit(lines[i][j]+s.hang, f, t.cols[i].w)
				col.w -= c.width(s.hang, f)
				t.put(col, y+rowPad+float64(j-from)*t.font.line(), lines[i][j], f, ink)
			}
		}
		if total {
			c.line(t.x, y, t.x+t.w, y, 0.35, c.ink.rule)
			return
		}
		c.line(t.x, y+h, t.x+t.w, y+h, 0.12, c.ink.hair)
	}}
}

// placeOf names the row for links, "" for one that nothing leads to.
func (t *table) placeOf(row []shown) string {
	if len(row) == 0 {
		return ""
	}
	return target(t.src.ID, row[0].row)
}

// moreBlock says that rows are left out here.
func (t *table) moreBlock() block {
	c, f := t.c, t.font
	lines := c.wrap(t.more, f, width)
	return block{height: float64(len(lines))*f.line() + 2*rowPad, draw: func(y float64) {
		c.writeLines(left, y+rowPad, lines, f, c.ink.soft)
	}}
}
