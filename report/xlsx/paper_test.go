package xlsx

import (
	"slices"
	"strconv"
	"testing"

	"tierline/report"
)

// A sheet whose last page would have a few lines, or that fits on one upright page,
// is printed on fewer; one of many pages is not.
func TestFewPages(t *testing.T) {
	for name, want := range map[string]struct {
		rows, wide int
		down       int
		lies       string
	}{
		"fits":      {20, 30, 0, "landscape"},
		"upright":   {40, 30, 0, "portrait"},
		"few lines": {38, 38, 1, "landscape"},
		"many":      {300, 30, 0, "landscape"},
	} {
		row := []report.Cell{report.T("a"), report.T("b"), report.T("c"), report.T("d")}
		table := report.Table{Rows: slices.Values(slices.Repeat([][]report.Cell{row}, want.rows))}
		for i := range row {
			table.Columns = append(table.Columns, report.Column{ID: strconv.Itoa(i), Title: "A title of so many words as there are " + strconv.Itoa(i), Width: want.wide})
		}
		d := fixture()
		d.Workbook = []report.Sheet{{Name: "Sheet", Grain: "One row per thing", Table: table}}
		b := &book{doc: d, styles: nil}
		b.places = &places{read: map[*report.Table]*placed{&d.Workbook[0].Table: {count: want.rows, widths: []int{want.wide, want.wide, want.wide, want.wide}, words: make([]int, 4)}}}
		on := newTable(b, &d.Workbook[0]).on
		lies := "landscape"
		if on.stands() {
			lies = "portrait"
		}
		if on.down != want.down || lies != want.lies {
			t.Errorf("%s: %d rows are printed on %d pages of %v characters, %s; want %d, %s", name, want.rows, on.down, on.width, lies, want.down, want.lies)
		}
	}
}

// Standing paper is narrower and higher: a wide sheet is printed smaller on it, and more
// rows fit.
func TestPaperHeight(t *testing.T) {
	for _, letter := range []bool{false, true} {
		lying, standing := paper{width: 150, across: 1, letter: letter}, paper{width: 150, across: 1, letter: letter, upright: true}
		if lying.stands() || !standing.stands() || lying.scale() < standing.scale() || lying.height() >= standing.height() {
			t.Errorf("letter %v: lying %v of %v points, standing %v of %v", letter, lying.scale(), lying.height(), standing.scale(), standing.height())
		}
	}
}
