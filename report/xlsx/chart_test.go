package xlsx

import (
	"html"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tierline/report"
)

// charted is a workbook with a chart of a table on its own sheet, one of another
// sheet, and one of a table without rows.
func charted() *report.Document {
	d := fixture()
	column := func(id, title string, kind report.Kind) report.Column {
		return report.Column{ID: id, Title: title, Kind: kind, Width: 20}
	}
	rows := func(list ...string) [][]report.Cell {
		var out [][]report.Cell
		for i, s := range list {
			out = append(out, []report.Cell{report.T(s), report.N(i + 1)})
		}
		return out
	}
	table := func(id string, list ...string) report.Table {
		return report.Table{ID: id, Title: "Of " + id, Columns: []report.Column{column("what", "What", report.Text), column("n", "How many", report.Count)},
			Rows: slices.Values(rows(list...))}
	}
	chart := func(kind report.ChartKind, id string) report.Chart {
		return report.Chart{Kind: kind, Title: "Chart of " + id, Across: "What", Up: "Number", Labels: report.Data(id, "what"), Labelled: true,
			Series: []report.Series{{Table: id, Column: "n", Shade: report.Dark}}}
	}
	d.Workbook = []report.Sheet{
		{Name: "Charts", Grain: "pictures", Charts: []report.Chart{chart(report.StackChart, "near"), chart(report.LineChart, "far"), chart(report.BarChart, "none")},
			Blocks: []report.Table{table("near", "a", "b", "c"), table("none")}},
		{Name: "Elsewhere", Table: table("far", "x", "y")},
	}
	return d
}

// A chart draws the cells it names, wherever they stand, with a text for a title;
// one of nothing is left out. The library reads nothing of this back, so the parts
// are looked at.
func TestChartsDrawTheirCells(t *testing.T) {
	raw := rendered(t, charted(), sheetRows)
	f := reopened(t, raw)
	files, _ := parts(t, raw)
	var got []string
	for name, text := range files {
		if !strings.HasPrefix(name, "xl/charts/chart") {
			continue
		}
		var refs []string
		for _, part := range strings.Split(text, "<f>")[1:] {
			refs = append(refs, html.UnescapeString(part[:strings.Index(part, "</f>")]))
		}
		got = append(got, strings.Join(refs, " "))
		for _, said := range []string{"Chart of ", ">What<", ">Number<", "showVal val=\"1\""} {
			if !strings.Contains(text, said) {
				t.Errorf("%s says nothing of %q", name, said)
			}
		}
	}
	slices.Sort(got)
	if len(got) != 2 {
		t.Fatalf("charts of %q", got)
	}
	for i, want := range [][]string{{"How many", "x", "y", "1", "2"}, {"How many", "a", "b", "c", "1", "2", "3"}} {
		var cells []string
		for _, ref := range strings.Fields(got[1-i]) {
			cells = append(cells, named(t, f, ref)...)
		}
		if !slices.Equal(cells, want) {
			t.Errorf("%s holds %q, want %q", got[1-i], cells, want)
		}
	}
}

// What only holds others up is not in the legend, and the titles of axes lie along
// them in bars too.
func TestChartsAreMended(t *testing.T) {
	d := charted()
	d.Workbook[0].Charts[0].Series[0].Shade = report.Hidden
	d.Workbook[0].Charts[2].Labels, d.Workbook[0].Charts[2].Series = d.Workbook[0].Charts[0].Labels, d.Workbook[0].Charts[0].Series[:1]
	files, _ := parts(t, rendered(t, d, sheetRows))
	bars, deleted := 0, 0
	for name, text := range files {
		if !strings.HasPrefix(name, "xl/charts/chart") {
			continue
		}
		if entry := text[strings.Index(text, "<legendPos"):]; strings.Count(entry, "<legendEntry>") != strings.Count(entry, `<delete val="1">`) {
			t.Errorf("%s: an entry of what is not seen: %s", name, entry)
		} else {
			deleted += strings.Count(entry, "<delete")
		}
		if strings.Contains(text, "</txPr></title>") {
			t.Errorf("%s: a title has a second text, whose turn LibreOffice takes", name)
		}
		across := text[strings.Index(text, "<catAx>"):strings.Index(text, "</catAx>")]
		across = across[:strings.Index(across, "</title>")]
		isBar := strings.Contains(text, `<barDir val="bar">`)
		if isBar {
			bars++
		}
		if strings.Contains(across, `rot="-5400000"`) != isBar {
			t.Errorf("%s: the title of the labels lies across their axis", name)
		}
	}
	if bars != 1 || deleted != 2 {
		t.Errorf("%d charts of bars, %d entries taken out", bars, deleted)
	}
}

// named reads the cells of a reference such as 'Charts'!$A$5:$A$7.
func named(t *testing.T, f *excelize.File, ref string) []string {
	t.Helper()
	sheet, cells, _ := strings.Cut(strings.ReplaceAll(ref, "$", ""), "!")
	first, last, several := strings.Cut(cells, ":")
	if !several {
		last = first
	}
	column, from, _ := excelize.CellNameToCoordinates(first)
	_, to, _ := excelize.CellNameToCoordinates(last)
	var out []string
	for row := from; row <= to; row++ {
		at, _ := excelize.CoordinatesToCellName(column, row)
		v, err := f.GetCellValue(strings.Trim(sheet, "'"), at)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}
