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

// columnWidth returns a width in which the title, any usual value and the
// total fit. A number that does not fit shows as ####, so hints that are too
// small are not followed.
func columnWidth(c *report.Column, sum *report.Cell, button bool) float64 {
	w := c.Width
	if w == 0 {
		w = map[report.Kind]int{report.Text: 22}[c.Kind]
	}
	least := map[report.Kind]int{report.Money: 18, report.Date: 12, report.Month: 10, report.Count: 10, report.Percent: 11, report.Change: 11,
		report.Decimal: 14}[c.Kind]
	word := longestWord(c.Title) + 2
	if button {
		word += 3
	}
	w = max(w, least, word, narrowest)
	if sum != nil {
		w = max(w, cellWidth(sum)+4)
	}
	return float64(min(w, widest))
}

// cellWidth returns the characters a number takes, 0 for text, which may wrap
// or run over.
func cellWidth(c *report.Cell) int {
	switch c.Kind {
	case report.Money:
		return len(c.Amount.Grouped()) + 1 + len(c.Amount.Currency())
	case report.Count:
		return len(money.Count(c.Count))
	}
	return 0
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
// line of readable length, whether the table has that many columns or not.
func leadColumns(widths []float64) []float64 {
	out := append([]float64(nil), widths...)
	for i := 0; ; i++ {
		if i == len(out) {
			out = append(out, unsetWidth)
		}
		if sum(out[:i+1]) >= textWidth {
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
		n = max(n, lines(columns[i].Title, widths[i]-room))
	}
	return float64(n)*15 + 6
}
