package xlsx

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tierline/audit/money"
	"tierline/report"
)

// rendered returns the workbook of d with worksheets of at most limit rows.
func rendered(t *testing.T, d *report.Document, limit int) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := render(&out, d, sizes{sheet: limit, long: longTable}); err != nil {
		t.Fatal(err)
	}
	// For looking at: KEEP=/tmp/audit.xlsx go test -run TestPages
	if keep := os.Getenv("KEEP"); keep != "" {
		if err := os.WriteFile(keep, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

func reopened(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// parts returns the files of an archive by name, and their names in order.
func parts(t *testing.T, b []byte) (map[string]string, []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out, names := map[string]string{}, []string{}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name], names = string(text), append(names, e.Name)
	}
	return out, names
}

func wantCell(t *testing.T, f *excelize.File, sheet, cell, want string) {
	t.Helper()
	got, err := f.GetCellValue(sheet, cell)
	if err != nil || got != want {
		t.Errorf("%s!%s = %q, %v; want %q", sheet, cell, got, err, want)
	}
}

func wantRaw(t *testing.T, f *excelize.File, sheet, cell, want string) {
	t.Helper()
	got, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil || got != want {
		t.Errorf("%s!%s holds %q, %v; want %q", sheet, cell, got, err, want)
	}
	kind, err := f.GetCellType(sheet, cell)
	if err != nil || (kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber) {
		t.Errorf("%s!%s has type %v, %v; want a number", sheet, cell, kind, err)
	}
}

func format(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if s.CustomNumFmt == nil {
		return ""
	}
	return *s.CustomNumFmt
}

func TestValues(t *testing.T) {
	f := reopened(t, rendered(t, fixture(), sheetRows))
	wantCell(t, f, "Actions", "A1", "Actions")
	wantCell(t, f, "Actions", "A2", "One row per action of the plan.")
	wantCell(t, f, "Actions", "E5", "Amount")
	for cell, want := range map[string]string{"A6": "1", "D6": "10", "E6": "-400", "G6": "46357", "E7": "-8600", "D8": "0", "E10": "-400"} {
		wantRaw(t, f, "Actions", cell, want)
	}
	wantRaw(t, f, "Summary", "B7", "12345678.91")
	wantRaw(t, f, "Summary", "C7", "1")
	wantCell(t, f, "Actions", "G6", "2026-12-01")
	wantCell(t, f, "Actions", "A10", "Total")
	for cell, want := range map[string]string{"A6": "#,##0", "E6": "#,##0.00 [$USD]", "E7": "#,##0 [$JPY]", "G6": "yyyy-mm-dd", "E8": ""} {
		if got := format(t, f, "Actions", cell); got != want {
			t.Errorf("format of %s is %q, want %q", cell, got, want)
		}
	}
	if got := format(t, f, "Summary", "C8"); got != "0.00%" {
		t.Errorf("format of a share is %q", got)
	}
}

func TestUnknownIsNeverZero(t *testing.T) {
	f := reopened(t, rendered(t, fixture(), sheetRows))
	for sheet, cells := range map[string][]string{"Actions": {"D7", "G7", "E8"}, "Summary": {"B9", "C9"}, "Users": {"G12"}} {
		for _, c := range cells {
			wantCell(t, f, sheet, c, "unknown")
		}
	}
	id, _ := f.GetCellStyle("Actions", "E8")
	if s, err := f.GetStyle(id); err != nil || !s.Font.Italic {
		t.Errorf("unknown is not italic: %v", err)
	}
}

func TestTables(t *testing.T) {
	b := rendered(t, fixture(), sheetRows)
	f := reopened(t, b)
	for sheet, area := range map[string]string{"Actions": "A5:H8", "Users": "A5:J45", "Apps": "A4:C28"} {
		tables, err := f.GetTables(sheet)
		if err != nil || len(tables) != 1 || tables[0].Range != area {
			t.Errorf("tables of %s: %+v, %v; want %s", sheet, tables, err, area)
		}
	}
	for _, sheet := range []string{"Read me", "Summary", "Exceptions"} {
		if tables, err := f.GetTables(sheet); err != nil || len(tables) != 0 {
			t.Errorf("%s has tables: %+v, %v", sheet, tables, err)
		}
	}
	files, _ := parts(t, b)
	if !strings.Contains(files["xl/tables/table1.xml"], `<autoFilter ref="A5:H8">`) {
		t.Error("the table has no filter")
	}
	wantCell(t, f, "Exceptions", "A4", "No exceptions were given.")
}

// TestTellsWhoseItIs: the workbook says among its properties that it is ours,
// and every table in a hidden last column, for a sheet saved by itself.
func TestTellsWhoseItIs(t *testing.T) {
	f := reopened(t, rendered(t, fixture(), sheetRows))
	if p, err := f.GetDocProps(); err != nil || p.Creator != "Tierline" {
		t.Errorf("the author is %q, %v", p.Creator, err)
	}
	wantCell(t, f, "Actions", "H5", "tierline_run")
	wantCell(t, f, "Actions", "H6", fixture().RunName())
	wantCell(t, f, "Actions", "H7", "")
	wantCell(t, f, "Exceptions", "E4", "")
	if visible, err := f.GetColVisible("Actions", "H"); err != nil || visible {
		t.Errorf("the column is visible: %v, %v", visible, err)
	}
	if visible, err := f.GetColVisible("Actions", "G"); err != nil || !visible {
		t.Errorf("the last column of the table is hidden: %v", err)
	}
}

func TestPages(t *testing.T) {
	b := rendered(t, fixture(), sheetRows)
	files, _ := parts(t, b)
	sheet := files["xl/worksheets/sheet3.xml"] // Actions
	for _, want := range []string{`fitToPage="true"`, `<pane activePane="bottomLeft" state="frozen" topLeftCell="A6" ySplit="5">`,
		`orientation="landscape"`, `paperSize="9"`, `fitToWidth="1"`, `fitToHeight="0"`, `<pageMargins `, `<ignoredError `, `<legacyDrawing `, `<tablePart `, `customWidth="1"`,
		"Fish &amp;amp;&amp;amp; Chips Ltd"} {
		want = strings.ReplaceAll(want, "&amp;amp;", "&amp;")
		if !strings.Contains(sheet, want) {
			t.Errorf("the sheet has no %s", want)
		}
	}
	if strings.Contains(sheet, "<dimension") {
		t.Error("the sheet states a dimension nobody knew")
	}
	if !strings.Contains(files["xl/worksheets/sheet1.xml"], `showGridLines="false"`) || strings.Contains(sheet, `showGridLines="false"`) {
		t.Error("grid lines: want none on Read me, some on Actions")
	}
	f := reopened(t, b)
	titles := map[string]string{}
	for _, n := range f.GetDefinedName() {
		titles[n.Scope] = n.Name + n.RefersTo
	}
	if got := titles["Users"]; got != "_xlnm.Print_Titles'Users'!$5:$5" {
		t.Errorf("print titles of Users: %q in %v", got, titles)
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Error("the first sheet is not active")
	}
	p, err := f.GetDocProps()
	if err != nil || p.Creator != "Tierline" || p.Created != "2026-11-21T00:00:00Z" || p.Modified != p.Created {
		t.Errorf("properties: %+v, %v", p, err)
	}
}

func TestFooterFitsExcel(t *testing.T) {
	d := fixture()
	d.Organisation, d.Branding.Footer = strings.Repeat("A&B 🙂", 100), strings.Repeat("&", 300)
	b, err := newBook(d, sizes{sheet: sheetRows, long: longTable})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.file.Close() }()
	if n := units(b.footer()); n > 255 {
		t.Errorf("the footer has %d units", n)
	}
	rest := strings.ReplaceAll(b.footer(), "&&", "")
	if regexp.MustCompile(`&[^LCRAPN8"]`).MatchString(rest) {
		t.Errorf("a single & in %q", rest)
	}
}

func TestNotes(t *testing.T) {
	f := reopened(t, rendered(t, fixture(), sheetRows))
	comments, err := f.GetComments("Actions")
	if err != nil || len(comments) != 2 || comments[0].Cell != "E5" {
		t.Errorf("comments: %+v, %v", comments, err)
	}
	wantCell(t, f, "Actions", "A12", "Amount: Difference of two bills of the coming term; negative is less to pay.")
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	seen := map[[32]byte]bool{}
	for range 20 {
		seen[sha256.Sum256(rendered(t, fixture(), sheetRows))] = true
	}
	if len(seen) != 1 {
		t.Errorf("20 renderings gave %d different files", len(seen))
	}
}

func TestSameBytesFromTemporaryFiles(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("writes two sheets of more than 16 MB")
	}
	d := fixture()
	more := users(40_000)
	more.Name = "More users"
	d.Workbook = []report.Sheet{users(40_000), more, apps()}
	seen := map[[32]byte]bool{}
	for range 4 {
		seen[sha256.Sum256(rendered(t, d, sheetRows))] = true
	}
	if len(seen) != 1 {
		t.Errorf("4 renderings gave %d different files", len(seen))
	}
}

func TestEntriesAreSorted(t *testing.T) {
	_, names := parts(t, rendered(t, fixture(), sheetRows))
	if names[0] != "[Content_Types].xml" {
		t.Errorf("first entry is %s", names[0])
	}
	for i := range names[1:] {
		if names[i] >= names[i+1] {
			t.Errorf("%s before %s", names[i], names[i+1])
		}
	}
}

func TestOverflow(t *testing.T) {
	d := fixture()
	s := users(40)
	s.Table.Total = []report.Cell{report.T("Total"), {}, {}, {}, {}, {}, {}, report.N(40)}
	taken := exceptions()
	taken.Name = "Users (2)"
	d.Workbook = []report.Sheet{s, taken}
	f := reopened(t, rendered(t, d, 25))
	want := []string{"Users", "Users (3)", "Users (4)", "Users (2)"}
	if got := f.GetSheetList(); strings.Join(got, ",") != strings.Join(want, ",") {
		t.Fatalf("sheets %v, want %v", got, want)
	}
	rows, accounts := 0, map[string]bool{}
	for _, name := range want[:3] {
		all, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) > 25 {
			t.Errorf("%s has %d rows", name, len(all))
		}
		for _, r := range all {
			if len(r) > 0 && strings.HasPrefix(r[0], "712020") {
				rows++
				accounts[r[0]] = true
			}
		}
		if tables, err := f.GetTables(name); err != nil || len(tables) != 1 {
			t.Errorf("tables of %s: %v, %v", name, tables, err)
		}
	}
	if rows != 40 || len(accounts) != 40 {
		t.Errorf("%d rows of %d accounts, want 40 of 40", rows, len(accounts))
	}
}

func TestRefusals(t *testing.T) {
	name := func(s string) *report.Document {
		d := fixture()
		d.Workbook[3].Name = s
		return d
	}
	long := fixture()
	long.Workbook[5].Table.Rows = slices.Values([][]report.Cell{make([]report.Cell, 3)})
	burst := fixture()
	burst.Workbook[5].Table.Rows = func(func([]report.Cell) bool) { panic("boom") }
	for what, d := range map[string]*report.Document{
		"empty": name(""), "long": name(strings.Repeat("x", 32)), "slash": name("a/b"), "twice": name("APPS"), "reserved": name("history"),
		"quote": name("'a"), "wide row": long, "panic": burst, "no sheets": {},
	} {
		if _, err := Render(io.Discard, d); err == nil {
			t.Errorf("%s: no error", what)
		} else if !strings.HasPrefix(err.Error(), "workbook: ") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("no space left")

func TestWriteErrorIsReported(t *testing.T) {
	if _, err := Render(full{}, fixture()); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

func TestOddDocuments(t *testing.T) {
	d := fixture()
	d.Branding.Accent, d.Organisation = "#FFEE88", ""
	d.Workbook = []report.Sheet{
		{Name: "Lead only", Lead: []string{"Nothing to show."}},
		{Name: "Twins", Table: report.Table{Columns: []report.Column{{Title: "Cost", Kind: report.Money}, {Title: "Cost", Kind: report.Money}, {}},
			Rows: slices.Values([][]report.Cell{{report.M(money.Minor(1234, "KWD"))}})}},
	}
	f := reopened(t, rendered(t, d, sheetRows))
	wantRaw(t, f, "Twins", "A4", "1.234")
	wantCell(t, f, "Twins", "B3", "Cost 2")
	wantCell(t, f, "Twins", "B4", "")
}
