package xlsx

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"tierline/audit/money"
	"tierline/report"
)

// Widths are in characters of the default font, as in Column.Width.
const (
	narrowest = 6
	widest    = 80
	textWidth = 100 // sentences above a table: longer lines are hard to read
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
func columnWidth(c *report.Column, content int, button bool) float64 {
	word := longestWord(c.Title)*11/10 + 2 // bold
	if button {
		word += 3
	}
	return float64(min(max(contentWidth(c, content), word, narrowest), widest))
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
		at.words[i] = max(at.words[i], longestWord(row[i].Text))
		if row[i].Formula != nil { // it may say more
			at.widths[i] = max(at.widths[i], min(t.Columns[i].Width, widest))
		}
	}
}

// measureTotal widens the columns to the total.
func (at *placed) measureTotal(t *report.Table) {
	for i := range min(len(t.Total), len(at.widths)) {
		if t.Total[i].Kind != report.Text { // a label runs over
			at.widths[i] = max(at.widths[i], cellWidth(&t.Total[i])+1) // bold
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
	return longestLine(c.Text)
}

func longestLine(s string) int {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n = max(n, utf8.RuneCountInString(line))
	}
	return n
}

func longestWord(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		n = max(n, utf8.RuneCountInString(w))
	}
	return n
}

// lines estimates how many lines s takes in a width. Excel fits a row to its
// text only where no cells are joined, LibreOffice not even there, so rows with
// long texts are given a height.
func lines(s string, width float64) int {
	// A column of width 10 holds ten digits, but about eleven letters of text.
	chars := max(int(width*1.1), 1)
	n := 0
	for part := range strings.SplitSeq(s, "\n") {
		n += 1 + breaks(part, chars)
	}
	return n
}

// breaks counts the line breaks inside one paragraph.
func breaks(s string, width int) int {
	n, used := 0, 0
	for w := range strings.FieldsSeq(s) {
		long := utf8.RuneCountInString(w)
		switch {
		case used == 0:
			used = long
		case used+1+long <= width:
			used += 1 + long
		default:
			n, used = n+1, long
		}
		for ; used > width; used -= width {
			n++
		}
	}
	return n
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
			out = append(out, unsetWidth)
		}
		if sum(out[:i+1]) >= room {
			return out[:i+1]
		}
	}
}

// rowHeight returns the height of a row whose wrapped texts have the given
// widths, 0 for a row of one line.
func rowHeight(row []report.Cell, columns []report.Column, widths []float64) float64 {
	n := 1
	for i := range min(len(row), len(columns)) {
		if columns[i].Wrap && row[i].Kind == report.Text && len(row[i].Text) > int(widths[i]) {
			n = max(n, lines(row[i].Text, widths[i]))
		}
	}
	if n == 1 {
		return 0
	}
	return min(float64(n)*lineHeight(body)+3, excelize.MaxRowHeight)
}

// headerHeight returns the height of a header row whose titles wrap.
func headerHeight(columns []report.Column, widths []float64, room float64) float64 {
	n := 1
	for i := range columns {
		n = max(n, lines(columns[i].Title, (widths[i]-room)/1.1)) // bold
	}
	return float64(n)*15 + 6
}
