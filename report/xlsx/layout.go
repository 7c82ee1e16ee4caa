package xlsx

import (
	"github.com/xuri/excelize/v2"

	"tierline/audit/money"
	"tierline/report"
)

// Widths are in digits of the default font, as in Column.Width.
const (
	narrowest = 6
	widest    = 80
	textWidth = 100 // sentences above a table: longer lines are hard to read
	nearly    = 0.9 // of it are enough where the table has no more columns
	mostWidth = 140 // of them above a wide one: each line of them stays in view and takes one from the rows

	unsetWidth = 8.43 // of a column nobody sized
)

// lineHeight returns the height of one line in points.
func lineHeight(r role) float64 {
	switch r {
	case title:
		return 24
	case heading:
		return 20
	case note:
		return 14
	}
	return 15
}

// columnWidth returns a width in which the title and what stands below it fit:
// so many characters, or what is usual where they are not measured. A number that
// does not fit shows as ####; running texts are broken in the width they ask for.
func columnWidth(c *report.Column, content int) float64 {
	return float64(min(max(contentWidth(c, content), titleWidth(c.Title), narrowest), widest))
}

// titleLines is how many lines a title may take; one more would dwarf the rows.
const titleLines = 2

// titleWidth returns the least width of a column with a title.
func titleWidth(title string) int {
	width := longestWord(title)
	for lines(title, float64(width)) > titleLines {
		width++
	}
	return inBold(width, true) + 2
}

func contentWidth(c *report.Column, content int) int {
	hint := c.Width
	if hint == 0 && c.Kind == report.Text {
		hint = 22
	}
	switch {
	case content == unmeasured:
		least := map[report.Kind]int{report.Money: 18, report.Date: 12, report.Month: 10, report.Count: 10, report.Percent: 11, report.Change: 11,
			report.Decimal: 14}[c.Kind]
		return max(hint, least)
	case c.Input != nil: // whatever somebody enters
		return max(content+2, 12)
	case c.Kind == report.Text && c.Wrap:
		return min(content+2, hint)
	case c.Kind == report.Text || c.Kind == report.Money: // whose commas are narrower than digits
		return content + 2
	}
	return content + 3
}

// unmeasured stands for the characters of a column of a table with many rows, or
// with none.
const unmeasured = -1

// measure widens the columns to the cells of a row. Amounts that follow from others
// may become longer when somebody plays with these.
func (at *placed) measure(t *report.Table, row []report.Cell) {
	for i := range min(len(row), len(at.widths)) {
		at.widths[i] = max(at.widths[i], cellWidth(&row[i]))
		if row[i].Kind != report.Text {
			continue
		}
		at.words[i] = max(at.words[i], inBold(longestWord(row[i].Text), row[i].Strong))
		if row[i].Formula != nil { // it may say more
			at.widths[i] = max(at.widths[i], min(t.Columns[i].Width, widest))
		}
	}
}

// measureTotal widens the columns to the total.
func (at *placed) measureTotal(t *report.Table) {
	for i := range min(len(t.Total), len(at.widths)) {
		c := &t.Total[i]
		if c.Kind != report.Text || c.Text != "" && i+1 < len(t.Total) && t.Total[i+1].Kind != report.Text { // else a label runs over
			at.widths[i] = max(at.widths[i], cellWidth(c)+1) // bold
		}
	}
}

// cellWidth returns the characters a cell takes.
func cellWidth(c *report.Cell) int {
	switch {
	case c.Unknown:
		return len(unknownWord)
	case c.Kind == report.Money:
		return len(c.Amount.Grouped()) + 1 + len(c.Amount.Currency())
	case c.Kind == report.Count:
		return len(money.Count(c.Count))
	case c.Kind == report.Percent:
		return len(c.Exact.Percent()) + 2
	case c.Kind == report.Change:
		return len(c.Exact.SignedPercent()) + 2
	case c.Kind == report.Decimal:
		return len(c.Exact.Decimal(2)) + 1
	case c.Kind == report.Date:
		return len("2026-11-16")
	case c.Kind == report.Month:
		return len("Nov 2026")
	}
	return inBold(longestLine(c.Text), c.Strong)
}

func sum(widths []float64) float64 {
	total := 0.0
	for _, w := range widths {
		total += w
	}
	return total
}

// leadColumns returns the widths of the first columns that together hold a
// line of readable length, whether the table has that many columns or not. It may
// be longer over columns for paper that are wider together.
func leadColumns(widths []float64, onPaper float64) []float64 {
	room := min(max(onPaper, textWidth), mostWidth)
	out := append([]float64(nil), widths...)
	for i := 0; ; i++ {
		if i == len(out) {
			if sum(out) >= nearly*room {
				return out
			}
			out = append(out, unsetWidth)
		}
		if sum(out[:i+1]) >= room {
			return out[:i+1]
		}
	}
}

const cellEdges = 0.4 // of a column, beside its texts

// textHeight returns the height of a row with one text over columns of a width.
func textHeight(s string, r role, width float64) float64 {
	if r == title || r == heading {
		return lineHeight(r)
	}
	return lineHeight(r)*float64(lines(s, width)) + 3
}

// lineRoom returns how many digits of plain text a line of a column holds.
func lineRoom(width float64, strong bool) float64 {
	width -= cellEdges
	if strong {
		return width / boldWider
	}
	return width
}

// rowHeight returns the height of a row whose wrapped texts have the given
// widths, 0 for a row of one line.
func rowHeight(row []report.Cell, columns []report.Column, widths []float64) float64 {
	n := 1
	for i := range min(len(row), len(columns)) {
		if columns[i].Wrap && row[i].Kind == report.Text && 2*len(row[i].Text) > int(widths[i]) {
			n = max(n, lines(row[i].Text, lineRoom(widths[i], row[i].Strong)))
		}
	}
	if n == 1 {
		return 0
	}
	return min(float64(n)*lineHeight(body)+3, excelize.MaxRowHeight)
}

// buttonWidth is the room of a filter button, which stands at the bottom right of
// its title.
const buttonWidth = 3

// headerHeight returns the height of a header row whose titles wrap. One that would
// stand under its filter button gets a line more: no column is wider for a button.
func headerHeight(columns []report.Column, widths []float64, r role) float64 {
	n := 1
	for i := range columns {
		room := lineRoom(widths[i], true)
		more, last := breaks(columns[i].Title, room)
		under := r == filterHeader && (onRight(&columns[i]) || last > room-buttonWidth)
		n = max(n, 1+more+one(under))
	}
	return float64(n)*15 + 6
}
