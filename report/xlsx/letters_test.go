package xlsx

import (
	"strings"
	"testing"

	"tierline/report"
)

// Texts are as wide as they are printed: East Asian letters take a square, narrow
// ones half a digit, marks nothing, and bold letters a tenth more.
func TestTextWidth(t *testing.T) {
	for text, want := range map[string]int{
		"0123456789": 10, "iiiiiiiiii": 6, "MMMM": 7, "日本語のアプリ": 14, "ＡＢ": 4, "한국어": 6, "e\u0301e\u0301": 2, "": 0,
		"two\nlines of text": longestLine("lines of text"),
	} {
		if got := longestLine(text); got != want {
			t.Errorf("%q is %d digits wide, want %d", text, got, want)
		}
	}
	if got := longestWord("a 日本語のアプリ bcd"); got != 3 {
		t.Errorf("the widest word is %d digits wide, want that of three letters", got)
	}
}

// A row is as high as its texts need: the same words in bold take another line, and
// so do letters twice as wide.
func TestRowHeightOfWideTexts(t *testing.T) {
	columns := []report.Column{{Kind: report.Text, Wrap: true}}
	one, two := 0.0, 2*lineHeight(body)+3
	for _, c := range []struct {
		cell report.Cell
		wide float64
		want float64
	}{
		{report.T("Teamwork Collection on hanse-labor"), 32, one},
		{report.Cell{Text: "Teamwork Collection on hanse-labor", Strong: true}, 32, two},
		{report.T(strings.Repeat("語", 12)), 25, one},
		{report.T(strings.Repeat("語", 12)), 20, two},
		{report.T("WWWWWWWW WWWW"), 16, two},
		{report.T("price-increase/acme/app/com.inkline"), 20, two},
		{report.T("1 more removal reaches 147 and saves 66.00"), 14, 5*lineHeight(body) + 3}, // seen in print
		{report.T("price/com.inkline.diagrams/E-1/2027-02-15"), 24, 3*lineHeight(body) + 3},
	} {
		if got := rowHeight([]report.Cell{c.cell}, columns, []float64{c.wide}); got != c.want {
			t.Errorf("%q in bold %v over %v digits is %v points high, want %v", c.cell.Text, c.cell.Strong, c.wide, got, c.want)
		}
	}
}

// No title takes more than two lines, and one that would stand under its filter
// button gets another.
func TestTitlesTakeTwoLines(t *testing.T) {
	for title, want := range map[string]float64{"Site": 1, "Users": 2, "Users of the product": 3, "Quote keeps the old price": 3} {
		c := report.Column{Title: title, Kind: report.Count}
		if title == "Site" {
			c = report.Column{Title: title, Width: 12}
		}
		width := columnWidth(&c, 9)
		if got := headerHeight([]report.Column{c}, []float64{width}, filterHeader); got != want*lineHeight(body)+6 {
			t.Errorf("%q in a column of %v is %v points high, want %v lines", title, width, got, want)
		}
	}
}
