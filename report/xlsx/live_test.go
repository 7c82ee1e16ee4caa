package xlsx

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tierline/audit/money"
	"tierline/report"
)

// priced is a row of the live fixture: a name with seats at a unit price.
type priced struct {
	name  string
	seats int
	unit  money.Exact
	cents int64
}

func pricedRows() []priced {
	return []priced{{"a", 830, money.Ratio(15, 10000), 125}, {"b", 2, money.Ratio(1, 3), 67}, {"c", 0, money.Int(5), 0}}
}

var (
	pricedSeats = report.Col[priced]{ID: "seats", Title: "Seats", Kind: report.Count, Show: func(p priced) report.Cell { return report.N(p.seats) },
		Input: &report.Input{Whole: true, Most: 1000, Title: "Seats", Message: "How many seats to pay for."},
		Marks: []report.Mark{{If: report.F("{}>=100", report.Here("")), Tone: report.Watch}}}
	pricedUnit   = report.Col[priced]{ID: "unit", Title: "Unit", Kind: report.Decimal, Show: func(p priced) report.Cell { return report.X(p.unit) }}
	pricedAmount = report.Col[priced]{ID: "amount", Title: "Amount", Kind: report.Money, InTotal: true, Show: func(p priced) report.Cell {
		return usd(p.cents).By("{}*{}", report.Here("seats"), report.Here("unit"))
	}}
)

// live is a workbook whose figures follow from each other: a table, one with
// many rows, and a sheet of blocks that looks them up.
func live(rows []priced, people ...string) *report.Document {
	total := priced{cents: 0}
	for _, p := range rows {
		total.cents += p.cents
	}
	name := report.Col[priced]{ID: "name", Title: "Name", Show: func(p priced) report.Cell {
		if !slices.Contains(people, p.name) {
			return report.T(p.name)
		}
		return report.T(p.name).To(report.At("people", p.name, "class"))
	}}
	d := fixture()
	d.Workbook = []report.Sheet{
		{Name: "Summary", Status: &report.Status{
			Cell:  report.T("1 row is large").By("COUNTIF({},{})&{}", report.Data("priced", "seats"), report.Word(">=100"), report.Word(" row is large")),
			Marks: []report.Mark{{If: report.F("LEFT({},1)<>{}", report.Here(""), report.Word("0")), Tone: report.Alarm}},
		}, Blocks: []report.Table{
			{Title: "Before", Columns: []report.Column{{Title: "Word", Width: 20}}, Rows: slices.Values([][]report.Cell{{report.T("x")}, {report.T("y")}})},
			lookups(total.cents, people),
		}},
		{Name: "Priced", Protected: true, Lead: []string{"What is paid."}, Table: report.TableOf[priced]{
			ID: "priced", Rows: slices.Values(rows), Total: &total, Label: "Total", Key: func(p priced) string { return p.name },
			Columns: []report.Col[priced]{name, pricedSeats, pricedUnit, pricedAmount},
			Adds:    func(column string) report.Formula { return report.F("SUM({})", report.Data("priced", column)) },
		}.Table()},
		{Name: "People", Table: report.TableOf[string]{
			ID: "people", Many: true, Rows: slices.Values(people), Key: func(s string) string { return s },
			Columns: []report.Col[string]{{ID: "class", Title: "Class", Show: func(s string) report.Cell { return report.T(s).To(report.At("priced", s, "amount")) }}},
		}.Table()},
	}
	d.Names = []report.Name{{Name: "all_paid", Of: report.TotalOf("priced", "amount")}}
	return d
}

// lookups looks figures of the other sheets up. The first cell names its row.
func lookups(cents int64, people []string) report.Table {
	named := func(key string) report.Cell {
		c := report.T(key)
		c.Row = key
		return c
	}
	found := len(slices.DeleteFunc(slices.Clone(people), func(s string) bool { return s != "a" }))
	return report.Table{ID: "figures", Title: "Figures", Columns: []report.Column{{ID: "what", Title: "What", Width: 20}, {ID: "figure", Title: "Figure", Kind: report.Money}},
		Rows: slices.Values([][]report.Cell{
			{named("all").To(report.TopOf("Priced")), usd(cents).By("{}", report.TotalOf("priced", "amount"))},
			{named("two"), usd(192).By("SUM({})", report.Span("priced", "a", "b", "amount"))},
			{named("people"), report.N(found).By("COUNTIF({},{})", report.Data("people", "class"), report.Word("a"))},
			{named("holds"), report.B(true).By("{}={}", report.At("figures", "two", ""), report.Word("two"))},
			{named("unknown"), report.M(money.Amount{}).By("1+1")},
		})}
}

func liveBook(t *testing.T, limit int, people ...string) *excelize.File {
	t.Helper()
	return reopened(t, rendered(t, live(pricedRows(), people...), limit))
}

func wantFormula(t *testing.T, f *excelize.File, sheet, cell, want string) {
	t.Helper()
	got, err := f.GetCellFormula(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("%s!%s: formula %s, want %s", sheet, cell, got, want)
	}
}

// 830 seats at 0.0015 are a tie, and binary fractions have a hair less (METHOD 22.1).
func TestFormulas(t *testing.T) {
	f := liveBook(t, sheetRows, "a", "b", "a")
	for _, c := range []struct{ sheet, cell, formula, value string }{
		{"Summary", "A2", `COUNTIF('Priced'!$B$5:$B$7,">=100")&" row is large"`, "1 row is large"},
		{"Priced", "D5", "ROUND(ROUND(B5*C5,8),2)", "1.25 USD"},
		{"Priced", "D9", "ROUND(ROUND(SUM($D$5:$D$7),8),2)", "1.92 USD"},
		{"Summary", "B11", "ROUND(ROUND('Priced'!$D$9,8),2)", "1.92 USD"},
		{"Summary", "B12", "ROUND(ROUND(SUM('Priced'!$D$5:$D$6),8),2)", "1.92 USD"},
		{"Summary", "B13", `COUNTIF('People'!$A$4:$A$6,"a")`, "2"},
		{"Summary", "B14", `$A$12="two"`, "TRUE"},
		{"Summary", "B15", "", "unknown"},
	} {
		wantFormula(t, f, c.sheet, c.cell, c.formula)
		wantCell(t, f, c.sheet, c.cell, c.value)
		if c.formula == "" {
			continue
		}
		if got, err := f.CalcCellValue(c.sheet, c.cell); err != nil || got != c.value {
			t.Errorf("%s!%s is %s when recalculated (%v), want %s", c.sheet, c.cell, got, err, c.value)
		}
	}
	if names := f.GetDefinedName(); !slices.ContainsFunc(names, func(n excelize.DefinedName) bool {
		return n.Name == "all_paid" && strings.TrimSpace(n.RefersTo) == "'Priced'!$D$9"
	}) {
		t.Errorf("the name of the total is missing: %v", names)
	}
}

// What a reference names may be empty or stand on several worksheets; the value
// is then alone. What it names wrongly is an error.
func TestFormulasOfNothing(t *testing.T) {
	f := liveBook(t, sheetRows)
	wantFormula(t, f, "Summary", "B13", "")
	wantCell(t, f, "Summary", "B13", "0")

	f = liveBook(t, 16, append(slices.Repeat([]string{"a"}, 18), "b", "c")...)
	wantFormula(t, f, "Summary", "B13", "")
	wantCell(t, f, "Summary", "B13", "18")
	if got := strings.Join(f.GetSheetList(), " "); got != "Summary Priced People People (2) People (3)" {
		t.Errorf("worksheets %s", got)
	}

	for _, r := range []report.Ref{
		report.At("priced", "z", ""), report.At("none", "a", ""), report.Data("priced", "none"), report.TopOf("none"), report.TotalOf("people", "class"), report.Here("none"),
	} {
		d := live(pricedRows(), "a")
		d.Workbook[0].Status.Cell = report.T("x").By("{}", r)
		if _, err := Render(&strings.Builder{}, d); err == nil {
			t.Errorf("a reference to nothing, %v, is written", r)
		}
	}
}

func TestLinks(t *testing.T) {
	f := liveBook(t, sheetRows, "a", "b", "c")
	for _, c := range []struct{ sheet, cell, to string }{{"Priced", "A5", "'People'!A4"}, {"Priced", "A7", "'People'!A6"}, {"Summary", "A11", "'Priced'!A1"}} {
		if there, to, err := f.GetCellHyperLink(c.sheet, c.cell); err != nil || !there || to != c.to {
			t.Errorf("%s!%s leads to %q (%v), want %s", c.sheet, c.cell, to, err, c.to)
		}
	}
	wantFormula(t, f, "People", "A5", `HYPERLINK("#'Priced'!D6","b")`)
	wantCell(t, f, "People", "A5", "b")

	for _, text := range []string{"=1+1", "naïve", strings.Repeat("x", 256)} {
		if got := jump("'A'!A1", written(text)); got != "" {
			t.Errorf("a text that may be of the inputs became a formula: %s", got)
		}
	}
	if got, want := jump("'A'!A1", written(`say "a"`)), `HYPERLINK("#'A'!A1","say ""a""")`; got != want {
		t.Errorf("link %s, want %s", got, want)
	}
}

func TestInputs(t *testing.T) {
	f := liveBook(t, sheetRows, "a", "b", "c")
	rules, err := f.GetDataValidations("Priced")
	if err != nil || len(rules) != 1 {
		t.Fatalf("%d rules for input (%v), want 1", len(rules), err)
	}
	if v := rules[0]; v.Sqref != "B5:B7" || v.Type != "whole" || v.Formula1 != "0" || v.Formula2 != "1000" || v.Prompt == nil {
		t.Errorf("rule for input %+v", v)
	}
	for cell, locked := range map[string]bool{"B5": false, "C5": true} {
		id, err := f.GetCellStyle("Priced", cell)
		if err != nil {
			t.Fatal(err)
		}
		st, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if open := st.Protection != nil && !st.Protection.Locked; open == locked {
			t.Errorf("%s is locked: %v, want %v", cell, !open, locked)
		}
	}
	marks, err := f.GetConditionalFormats("Priced")
	if err != nil || len(marks["B5:B7"]) != 1 || marks["B5:B7"][0].Criteria != "$B5>=100" {
		t.Errorf("tones %v (%v)", marks, err)
	}
	p, err := f.GetSheetProtection("Priced")
	if err != nil || !p.AutoFilter || !p.Sort || !p.FormatColumns || p.FormatCells == false || p.DeleteRows {
		t.Errorf("protection %+v (%v)", p, err)
	}
}

func TestLiveSameBytes(t *testing.T) {
	one := rendered(t, live(pricedRows(), "a", "b"), sheetRows)
	if two := rendered(t, live(pricedRows(), "a", "b"), sheetRows); string(one) != string(two) {
		t.Error("the same document gave other bytes")
	}
}
