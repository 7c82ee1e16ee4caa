package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"tierline/ingest/cell"
)

// bookWriter writes grids as the sheets of a workbook, each cell in one of the
// ways a spreadsheet program might keep it.
type bookWriter struct {
	*rapid.T
	book  *excelize.File
	date  []int // styles
	share int
	base  time.Time
}

func newBookWriter(t *rapid.T) *bookWriter {
	w := &bookWriter{T: t, book: excelize.NewFile(), base: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	if rapid.Bool().Draw(t, "1904") {
		yes := true
		w.must(w.book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		w.base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	for _, code := range []string{"dd/mm/yyyy", "m/d/yy", `[$-407]d/\ mmm\ yyyy;@`, "yyyy-mm-dd hh:mm"} {
		w.date = append(w.date, w.style(excelize.Style{CustomNumFmt: &code}))
	}
	w.date = append(w.date, w.style(excelize.Style{NumFmt: 14}), w.style(excelize.Style{NumFmt: 22}))
	w.share = w.style(excelize.Style{NumFmt: 9})
	return w
}

func (w *bookWriter) must(err error) {
	if err != nil {
		w.Fatal(err)
	}
}

func (w *bookWriter) style(s excelize.Style) int {
	id, err := w.book.NewStyle(&s)
	w.must(err)
	return id
}

// sheet writes a grid below some blank rows, with gaps between its rows.
func (w *bookWriter) sheet(name string, g grid) {
	_, err := w.book.NewSheet(name)
	w.must(err)
	line := rapid.IntRange(1, 19).Draw(w.T, "line of the header")
	for i, row := range g {
		for column, text := range row {
			ref, err := excelize.CoordinatesToCellName(column+1, line)
			w.must(err)
			if i == 0 {
				w.must(w.book.SetCellStr(name, ref, text))
			} else if text != "" {
				w.cell(name, ref, text)
			}
		}
		w.must(w.book.SetRowVisible(name, line, rapid.Bool().Draw(w.T, "visible")))
		line += 1 + rapid.IntRange(0, 2).Draw(w.T, "gap")
	}
	w.must(w.book.SetSheetVisible(name, rapid.Bool().Draw(w.T, "visible")))
}

// cell writes one cell.
func (w *bookWriter) cell(sheet, ref, text string) {
	asText := rapid.Bool().Draw(w.T, "as text")
	percent, isPercent := strings.CutSuffix(text, "%")
	number, numErr := strconv.ParseFloat(strings.ReplaceAll(strings.TrimPrefix(percent, "+"), ",", ""), 64)
	day, isDay := cell.Date(text)
	switch {
	case asText:
		w.must(w.book.SetCellStr(sheet, ref, text))
	case isDay:
		serial := day.Time().Sub(w.base).Hours() / 24
		clock := rapid.SampledFrom([]float64{0, 0, 0.25, 0.999}).Draw(w.T, "time of day")
		w.must(w.book.SetCellValue(sheet, ref, serial+clock))
		if rapid.IntRange(0, 3).Draw(w.T, "lost format") > 0 {
			style := rapid.SampledFrom(w.date).Draw(w.T, "date format")
			w.must(w.book.SetCellStyle(sheet, ref, ref, style))
		}
	case isPercent && numErr == nil:
		w.must(w.book.SetCellValue(sheet, ref, number/100))
		w.must(w.book.SetCellStyle(sheet, ref, ref, w.share))
	case numErr == nil:
		w.must(w.book.SetCellValue(sheet, ref, number))
	case len(text) > 2 && rapid.IntRange(0, 9).Draw(w.T, "in runs") == 0:
		letters := []rune(text)
		w.must(w.book.SetCellRichText(sheet, ref, []excelize.RichTextRun{{Text: string(letters[:1]), Font: &excelize.Font{Bold: true}}, {Text: string(letters[1:])}}))
	default:
		w.must(w.book.SetCellStr(sheet, ref, text))
	}
}

func (w *bookWriter) bytes() []byte {
	out, err := w.book.WriteToBuffer()
	w.must(err)
	return out.Bytes()
}

// TestWorkbook: the same facts in CSV files and in the sheets of a workbook
// are read the same, however its cells keep them.
func TestWorkbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grids := map[string]grid{"users.csv": drawExport(t, true)}
		for name, g := range tableGrids {
			grids[name] = g
		}
		names := []string{"app_usage.csv", "exceptions.csv", "headcount_plan.csv", "price_changes.csv", "prices.csv", "subscriptions.csv", "user_counts.csv", "users.csv"}
		plain := map[string][]byte{}
		w := newBookWriter(t)
		for i, name := range rapid.Permutation(names).Draw(t, "sheets") {
			plain[name] = grids[name].write(',', "\n")
			w.sheet(fmt.Sprintf("%d %s", i, name), grids[name])
		}
		same(t, plain, map[string][]byte{"estate.csv": w.bytes()})
	})
}

// TestStrangers: a sheet nobody knows is a note beside one we know, and makes
// the run incomplete when it is alone or nearly one of ours.
func TestStrangers(t *testing.T) {
	subs := grid{{"type", "key", "site", "cycle", "renewal_date"}, {"product", "jira", "acme", "monthly", "2026-12-01"}}
	near := grid{{"plan", "cycle", "currency", "up_to"}, {"jira", "annual", "USD", "10"}}
	cover := grid{{"Licences of Acme"}, {"as of", "today"}}
	for _, c := range []struct {
		sheets []grid
		want   string
	}{
		{[]grid{cover, subs, cover}, "note note"},
		{[]grid{subs, near}, "incomplete"},
		{[]grid{cover}, "incomplete"},
		{[]grid{cover, near}, "incomplete incomplete"},
	} {
		book := excelize.NewFile()
		for i, g := range c.sheets {
			name := fmt.Sprint("Sheet", i+1)
			if _, err := book.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			for n, row := range g {
				if err := book.SetSheetRow(name, fmt.Sprint("A", n+1), &row); err != nil {
					t.Fatal(err)
				}
			}
		}
		raw, err := book.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		l := readBytes(map[string][]byte{"estate.xlsx": raw.Bytes()})
		var levels []string
		for _, d := range l.Diagnostics {
			if d.Source.Sheet != "" && strings.HasPrefix(d.Message, "not recognised") {
				levels = append(levels, d.Level.String())
			}
		}
		slices.Sort(levels)
		if got := strings.Join(levels, " "); got != c.want {
			t.Errorf("%d sheets: %q, want %q: %v", len(c.sheets), got, c.want, l.Diagnostics)
		}
	}
}

// TestSerialsInTablesOfFacts reads date cells that lost their format in the
// tables whose bad dates are not quoted (METHOD 14.5).
func TestSerialsInTablesOfFacts(t *testing.T) {
	book := excelize.NewFile()
	for name, rows := range map[string][][]any{
		"people":   {{"email", "department", "leave_until"}, {"u1@example.com", "Operations", 46500}},
		"workload": {{"account", "open_items", "last_item_on"}, {"u1@example.com", 3, 46300}},
	} {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if err := book.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	e := readBytes(map[string][]byte{"facts.xlsx": b.Bytes()}).Estate
	if len(e.People) != 1 || e.People[0].LeaveUntil.String() != "2027-04-23" {
		t.Errorf("people %+v", e.People)
	}
	if len(e.Workload) != 1 || e.Workload[0].LastItem.String() != "2026-10-05" {
		t.Errorf("workload %+v", e.Workload)
	}
}
