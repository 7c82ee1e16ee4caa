package xlsx

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/report"
)

// oddTexts are texts that XML, the file format or a spreadsheet program treats
// in a way of its own.
func oddTexts() []string {
	out := append(hostile(), "", " ", " before", "after ", "two\nlines", "\n", "tab\tinside", "return\r\ninside", "<b>&amp;</b>", `"quoted"`, "a>b",
		"Zoë 🙂 日本語", "not \xff text", "no \x01 control", "_x000D_", "__x0041__", "_x0041", "_x00zz_", "_x005F_x0041_", strings.Repeat("long ", 9000))
	for i := range fewTexts + 50 {
		out = append(out, fmt.Sprintf("text %d", i))
	}
	return out
}

// many is a sheet of every kind of cell, written by the library or in bulk.
func many(bulk bool) report.Sheet {
	kinds := [][]report.Cell{
		{report.N(-7), usd(-1_234_567_89), report.D(date.New(2026, 11, 21)), report.P(money.Ratio(1, 3)), report.X(money.Ratio(7, 1000))},
		{{Kind: report.Count, Unknown: true}, report.M(money.Amount{}), report.D(date.Date{}), {Kind: report.Percent, Unknown: true}, report.T("")},
		{report.N(0), report.M(money.Minor(-8600, "JPY")), report.D(date.New(1890, 1, 1)), report.P(money.Int(1)), report.X(money.Int(12))},
		{report.N(1), usd(0).Bold(), report.T("never"), report.P(money.Int(0))},
	}
	texts := oddTexts()
	return report.Sheet{
		Name: "Many", Grain: "One row per text.",
		Table: report.Table{
			Many: bulk,
			Columns: []report.Column{{Title: "Text", Width: 30, Wrap: true}, {Title: "Number", Kind: report.Count}, {Title: "Amount", Kind: report.Money},
				{Title: "Day", Kind: report.Date, Note: "A day."}, {Title: "Part", Kind: report.Percent}, {Title: "Exact", Kind: report.Decimal}},
			Rows: func(yield func([]report.Cell) bool) {
				for i, s := range texts {
					if !yield(append([]report.Cell{report.T(s)}, kinds[i%len(kinds)]...)) {
						return
					}
				}
			},
			Total: []report.Cell{report.T("Total"), report.N(len(texts))},
		},
	}
}

// TestBulkIsWhatTheLibraryWrites compares a sheet written in bulk, as one with many
// rows and as a long one, with the one the library writes from the same rows, cell by
// cell, on one worksheet and on several.
func TestBulkIsWhatTheLibraryWrites(t *testing.T) {
	for _, limit := range []int{sheetRows, 100} {
		written := func(bulk bool, long int) *excelize.File {
			d := fixture()
			d.Workbook = []report.Sheet{many(bulk), apps()}
			return sized(t, d, sizes{sheet: limit, long: long})
		}
		library := written(false, math.MaxInt)
		names := library.GetSheetList()
		for _, book := range []*excelize.File{written(true, math.MaxInt), written(false, 10)} {
			if got := book.GetSheetList(); !slices.Equal(got, names) || (limit == 100) != (len(names) > 3) {
				t.Fatalf("sheets %v, want %v", got, names)
			}
			for _, name := range names {
				compareSheets(t, library, book, name)
			}
		}
	}
}

// TestLongTablesKeepFormulas: formulas, inputs and totals of a long table are those
// the library writes.
func TestLongTablesKeepFormulas(t *testing.T) {
	library, long := sized(t, live(pricedRows()), sizes{sheet: sheetRows, long: math.MaxInt}), sized(t, live(pricedRows()), sizes{sheet: sheetRows, long: 1})
	compareSheets(t, library, long, "Priced")
	wantFormula(t, long, "Priced", "D5", "ROUND(ROUND(B5*C5,8),2)")
	wantFormula(t, long, "Summary", "B12", "ROUND(ROUND(SUM('Priced'!$D$5:$D$6),8),2)")
}

// The links of a long table are those of the worksheet.
func TestLongTablesWithLinks(t *testing.T) {
	book := sized(t, live(pricedRows(), "a"), sizes{sheet: sheetRows, long: 1})
	if linked, to, err := book.GetCellHyperLink("Priced", "A5"); err != nil || !linked || to != "'People'!A4" {
		t.Errorf("Priced!A5 leads to %q, %v, %v", to, linked, err)
	}
}

// sized returns the workbook of d in other sizes.
func sized(t *testing.T, d *report.Document, size sizes) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if _, err := render(&out, d, size); err != nil {
		t.Fatal(err)
	}
	return reopened(t, out.Bytes())
}

func compareSheets(t *testing.T, want, got *excelize.File, name string) {
	t.Helper()
	rows, err := want.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	if other, err := got.GetRows(name); err != nil || len(other) != len(rows) {
		t.Fatalf("%s has %d rows, %v; want %d", name, len(other), err, len(rows))
	}
	for y := range rows {
		if a, b := height(t, want, name, y+1), height(t, got, name, y+1); a != b {
			t.Errorf("%s row %d has height %v, want %v", name, y+1, b, a)
		}
		for x := range 8 {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				t.Fatal(err)
			}
			if a, b := content(t, want, name, cell), content(t, got, name, cell); a != b {
				t.Errorf("%s!%s is %q, want %q", name, cell, b, a)
			}
		}
	}
	a, errA := want.GetTables(name)
	b, errB := got.GetTables(name)
	if errA != nil || errB != nil || len(a) != 1 || len(b) != 1 || a[0].Range != b[0].Range {
		t.Errorf("tables of %s: %v, %v; want %v, %v", name, b, errB, a, errA)
	}
}

func height(t *testing.T, f *excelize.File, sheet string, row int) float64 {
	t.Helper()
	h, err := f.GetRowHeight(sheet, row)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// content returns the value of a cell, whether it is text, its formula and style.
func content(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	kind, err := f.GetCellType(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	formula, err := f.GetCellFormula(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	text := kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString
	return fmt.Sprintf("%q text=%v formula=%q style=%d", v, text && v != "", formula, id)
}

// TestBulkTexts: what is written in place and what is held once come back as
// they went in, odd ones too.
func TestBulkTexts(t *testing.T) {
	d := fixture()
	d.Workbook = []report.Sheet{many(true)}
	b := rendered(t, d, sheetRows)
	f := reopened(t, b)
	for i, s := range oddTexts() {
		want, _ := safeText(s)
		want = strings.ReplaceAll(want, "\r\n", "\n") // as every reader of XML does
		got, err := f.GetCellValue("Many", fmt.Sprintf("A%d", i+5))
		if err != nil || strings.ReplaceAll(got, "\r\n", "\n") != want {
			t.Errorf("text %d is %q, %v; want %q", i, got, err, want)
		}
	}
	files, _ := parts(t, b)
	if n := strings.Count(files["xl/sharedStrings.xml"], "<si>"); n < fewTexts || n > fewTexts+10 {
		t.Errorf("%d texts are held once, want about %d", n, fewTexts)
	}
	if !strings.Contains(files["xl/worksheets/sheet1.xml"], "inlineStr\"><is><t>text 299<") {
		t.Error("the last texts do not stand in place")
	}
}

// TestBulkAgain: a cell that is written as one above was is written as it would be
// if it stood alone. Cells that differ in one thing follow each other, each after
// each.
func TestBulkAgain(t *testing.T) {
	yes := report.T("a")
	cells := []report.Cell{
		report.T(""), yes, yes.Bold(), yes.To(report.TopOf("Priced")), yes.To(report.At("priced", "a", "amount")), yes.To(report.At("priced", "b", "amount")),
		report.T("=a"), report.N(0), report.N(8), report.N(8).To(report.TopOf("Priced")),
		{Kind: report.Count, Count: 8, Unknown: true}, {Kind: report.Count, Count: 8, Locked: true},
		usd(0), usd(800), report.M(money.Minor(800, "JPY")), report.M(money.Amount{}), report.D(date.OfNumber(739_000)), report.D(date.OfNumber(739_008)),
		{Kind: report.Month, Date: date.OfNumber(739_008)}, report.P(money.Ratio(1, 3)), report.P(money.Ratio(2, 3)),
		report.X(money.Ratio(1, 3)), report.C(money.Ratio(1, 3)),
		report.B(true), report.B(false), {Kind: report.Truth, Holds: true}, {Kind: report.Truth}, report.T("ba"), report.T("ca"),
		usd(800).As("as_is"), report.N(8).By("{}", report.Here("class")),
	}
	d := live(pricedRows(), "a")
	d.Workbook[2].Table.Columns[0].Input = &report.Input{Title: "Class", Optional: true}
	var list []report.Cell
	for _, a := range cells {
		for _, b := range cells {
			list = append(list, a, b)
		}
	}
	after, alone := oneColumn(t, d, list, false), oneColumn(t, d, list, true)
	if len(after) != len(list) || len(alone) != len(list) {
		t.Fatalf("%d and %d cells, want %d", len(after), len(alone), len(list))
	}
	for i := range list {
		if after[i] != alone[i] {
			t.Errorf("cell %d, %+v, is %s; alone it is %s", i, list[i], after[i], alone[i])
		}
	}
}

// oneColumn returns the cells of one column as they are written below each other, or
// each as the first, with the texts that are held once and the totals shown so far.
func oneColumn(t *testing.T, d *report.Document, list []report.Cell, alone bool) (out []string) {
	t.Helper()
	b, err := newBook(d, sizes{sheet: sheetRows, long: longTable})
	if err != nil {
		t.Fatal(err)
	}
	defer b.file.Close()
	people := newTable(b, &d.Workbook[2])
	if err := people.begin("People"); err != nil {
		t.Fatal(err)
	}
	defer people.bulk.drop()
	for _, c := range list {
		if alone {
			people.bulk.columns[0].seen = [seenCells]seenCell{}
		}
		if err := people.add([]report.Cell{c}); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprint(string(people.bulk.block.xml), b.texts.uses, len(b.texts.list), b.shown))
		people.bulk.block.xml = people.bulk.block.xml[:0]
	}
	return out
}

func TestBulkSameBytes(t *testing.T) {
	d := fixture()
	large := users(20_000)
	large.Table.Many = true
	more := many(true)
	d.Workbook = []report.Sheet{large, more}
	seen := map[[32]byte]bool{}
	for _, workers := range []int{1, 2, 16} {
		before := runtime.GOMAXPROCS(workers)
		seen[sha256.Sum256(rendered(t, d, sheetRows))] = true
		runtime.GOMAXPROCS(before)
	}
	if len(seen) != 1 {
		t.Errorf("1, 2 and 16 workers gave %d different files", len(seen))
	}
}

// TestBulkGivesUp: an error in the middle leaves neither workers nor files.
func TestBulkGivesUp(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	before := runtime.NumGoroutine()
	d := fixture()
	s := users(20_000)
	s.Table.Many = true
	rows := s.Table.Rows
	s.Table.Rows = func(yield func([]report.Cell) bool) {
		rows(yield)
		yield(make([]report.Cell, 20))
	}
	d.Workbook = []report.Sheet{s}
	if _, err := Render(io.Discard, d); err == nil || !strings.Contains(err.Error(), "a row of 20 cells under 9 columns") {
		t.Errorf("got %v", err)
	}
	s.Table.Rows = rows
	if _, err := Render(full{}, &report.Document{Workbook: []report.Sheet{s}}); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("temporary files: %v, %v", left, err)
	}
}

func TestColumnName(t *testing.T) {
	for i := range excelize.MaxColumns {
		if want, err := excelize.ColumnNumberToName(i + 1); err != nil || columnName(i) != want {
			t.Fatalf("column %d is %s, want %s, %v", i, columnName(i), want, err)
		}
	}
}

func TestJoinSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOf(rapid.Byte()).Draw(t, "first"), rapid.SliceOf(rapid.Byte()).Draw(t, "second")
		b = bytes.Repeat(b, rapid.IntRange(1, 3000).Draw(t, "times"))
		got := joinSums(crc32.ChecksumIEEE(a), crc32.ChecksumIEEE(b), int64(len(b)))
		if want := crc32.ChecksumIEEE(append(slices.Clone(a), b...)); got != want {
			t.Fatalf("the sum is %08x, want %08x", got, want)
		}
	})
}

// The links of the rows join those that the library lists of the total.
func TestBulkLinksJoinThoseOfTheTotal(t *testing.T) {
	b := bulk{after: 1, links: []byte(`<hyperlink ref="A2" location="x"/>`)}
	for part, want := range map[string]string{
		`<row r="1"></row></sheetData><hyperlinks><hyperlink ref="A4"/></hyperlinks><pageMargins/>`: `</sheetData><hyperlinks><hyperlink ref="A2" location="x"/><hyperlink ref="A4"/></hyperlinks><pageMargins/>`,
		`<row r="1"></row></sheetData><pageMargins/>`:                                               `</sheetData><hyperlinks><hyperlink ref="A2" location="x"/></hyperlinks><pageMargins/>`,
	} {
		if head, tail, err := b.around([]byte(part)); err != nil || string(head) != `<row r="1"></row>` || string(tail) != want {
			t.Errorf("%s: %q, %q, %v", part, head, tail, err)
		}
	}
}
