package xlsx

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tierline/report"
)

// lists is a sheet of tables, the second of which has no row.
func lists(rows int) *report.Document {
	d := fixture()
	table := func(id string, n int) report.Table {
		var list [][]report.Cell
		for i := range n {
			list = append(list, []report.Cell{report.T(fmt.Sprintf("%s %d", id, i))})
		}
		return report.Table{ID: id, Title: "Of " + id, Empty: "None of " + id, Rows: slices.Values(list),
			Columns: []report.Column{{ID: "what", Title: "What of " + id, Note: "noted of " + id, Width: 30}}}
	}
	d.Workbook = []report.Sheet{{Name: "Lists", Grain: "Small tables", Blocks: []report.Table{table("a", rows), table("none", 0), table("b", rows), table("c", rows)}}}
	return d
}

// A table without rows is its title and a sentence: titles of columns over nothing,
// and notes on them, help nobody.
func TestNoTitlesOverNothing(t *testing.T) {
	f := reopened(t, rendered(t, lists(2), sheetRows))
	rows, err := f.GetRows("Lists")
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprint(rows)
	for said, want := range map[string]bool{"Of none": true, "None of none": true, "What of none": false, "noted of none": false, "What of b": true, "noted of b": true} {
		if strings.Contains(all, said) != want {
			t.Errorf("%q is there: %v", said, !want)
		}
	}
}

// A page ends above a table that does not fit on it, and not amid one.
func TestTablesStayWhole(t *testing.T) {
	for rows, want := range map[int]int{2: 0, 25: 2} {
		d := lists(rows)
		raw := rendered(t, d, sheetRows)
		files, _ := parts(t, raw)
		var ends []string
		for name, text := range files {
			if strings.HasPrefix(name, "xl/worksheets/") {
				for _, part := range strings.Split(text, "<brk id=\"")[1:] {
					ends = append(ends, part[:strings.Index(part, `"`)])
				}
			}
		}
		if len(ends) != want {
			t.Errorf("%d rows: pages end below rows %v, want %d ends", rows, ends, want)
		}
		f := reopened(t, raw)
		for _, end := range ends {
			var row int
			fmt.Sscan(end, &row)
			if got, _ := f.GetCellValue("Lists", fmt.Sprintf("A%d", row+1)); !strings.HasPrefix(got, "Of ") {
				t.Errorf("%d rows: a page begins with %q, not with the title of a table", rows, got)
			}
		}
	}
}
