package xlsx

import (
	"slices"
	"strings"
	"testing"

	"tierline/report"
)

// wide is a sheet with two long texts, a name and an amount, the last columns of
// which are for the screen and folded away.
func wide() *report.Document {
	d := fixture()
	long := strings.Repeat("a sentence of words ", 12)
	row := []report.Cell{report.T("Jira Service Management"), report.T(long), report.T(long), report.T("unbreakable-but-not-long"), usd(123_456_789_00), report.T("aside"), report.T("same")}
	d.Workbook = []report.Sheet{{Name: "Wide", Grain: "One row per thing", Table: report.Table{ID: "wide", Rows: slices.Values([][]report.Cell{row, row}),
		Columns: []report.Column{{ID: "name", Title: "Name"}, {ID: "why", Title: "Why", Width: 80, Wrap: true}, {ID: "how", Title: "How", Width: 80, Wrap: true},
			{ID: "key", Title: "Key", Note: "noted", Width: 30}, {ID: "amount", Title: "Amount", Kind: report.Money, Width: 20},
			{ID: "aside", Title: "Aside", Note: "noted aside", Aside: true, Width: 60}, {ID: "same", Title: "Same", Folded: true}}}}}
	return d
}

// Texts are broken before a page is printed too small to be read; numbers and words
// keep the room they need.
func TestWideTablesFit(t *testing.T) {
	for _, letter := range []bool{false, true} {
		d := wide()
		d.Branding.Letter = letter
		f := reopened(t, rendered(t, d, sheetRows))
		b := &book{doc: d}
		total := 0.0
		width := map[string]float64{}
		for _, c := range []string{"A", "B", "C", "D", "E"} {
			w, err := f.GetColWidth("Wide", c)
			if err != nil {
				t.Fatal(err)
			}
			width[c] = w
			total += w
		}
		if total > b.room()+1 || total < b.room()-2 {
			t.Errorf("letter %v: the columns for paper are %v characters wide, and %v there is room for", letter, total, b.room())
		}
		if width["D"] < float64(len("unbreakable-but-not-long")) || width["E"] < float64(len("123,456,789.00 USD")) || width["B"] != width["C"] && width["B"] != width["C"]+1 && width["B"] != width["C"]-1 {
			t.Errorf("letter %v: widths %v", letter, width)
		}
	}
}

// Columns for the screen are folded where the screen has no room for them, and
// those that say nothing always.
func TestFoldedColumns(t *testing.T) {
	for _, narrow := range []bool{false, true} {
		d := wide()
		if narrow {
			d.Workbook[0].Table.Columns[1].Width, d.Workbook[0].Table.Columns[2].Width = 20, 20
		}
		f := reopened(t, rendered(t, d, sheetRows))
		for column, want := range map[string]bool{"A": true, "E": true, "F": narrow, "G": false, "H": false} {
			if seen, err := f.GetColVisible("Wide", column); err != nil || seen != want {
				t.Errorf("narrow %v: column %s is seen: %v, %v", narrow, column, seen, err)
			}
		}
		rows, err := f.GetRows("Wide")
		if err != nil {
			t.Fatal(err)
		}
		last := rows[len(rows)-1]
		if len(last) == 0 || last[0] != "Key: noted" {
			t.Errorf("narrow %v: below the table stands %q, want the notes of what is printed", narrow, last)
		}
	}
}

// A table without rows is a sentence, without titles, total and filter.
func TestNoTitlesOverEmptySheets(t *testing.T) {
	d := wide()
	table := &d.Workbook[0].Table
	table.Rows, table.Total, table.Empty = nil, []report.Cell{report.T("Total"), {}, {}, {}, usd(0)}, "Nothing is wide."
	d.Workbook = append(d.Workbook, report.Sheet{Name: "Sum", Table: report.Table{Columns: []report.Column{{Kind: report.Money}},
		Rows: slices.Values([][]report.Cell{{usd(0).By("{}", report.TotalOf("wide", "amount"))}})}})
	f := reopened(t, rendered(t, d, sheetRows))
	rows, err := f.GetRows("Wide")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, r := range rows {
		said = append(said, strings.Join(r, "|"))
	}
	if got := strings.Join(said, "\n"); got != "Wide\nOne row per thing\n\nNothing is wide." && got != "Wide\nOne row per thing\nNothing is wide." {
		t.Errorf("the sheet says %q", got)
	}
	if tables, err := f.GetTables("Wide"); err != nil || len(tables) > 0 {
		t.Errorf("tables %v, %v", tables, err)
	}
	if formula, err := f.GetCellFormula("Sum", "A4"); err != nil || formula != "" {
		t.Errorf("a total of nothing is referred to by %q, %v", formula, err)
	}
}
