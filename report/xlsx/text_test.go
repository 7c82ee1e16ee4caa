package xlsx

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tierline/report"
)

func TestSafeText(t *testing.T) {
	cases := []struct{ in, want string }{
		{"", ""}, {"Jira", "Jira"}, {"-1", "-1"}, {"+1.5", "+1.5"}, {"-", "-"}, {"a=b", "a=b"}, {"1e5", "1e5"}, {"'x", "'x"},
		{"=1+1", "'=1+1"}, {"+1-1", "'+1-1"}, {"-1e5", "'-1e5"}, {"-1,000.00", "'-1,000.00"}, {"@SUM(A1)", "'@SUM(A1)"}, {"--1", "'--1"},
		{"\t1", "'\t1"}, {"\r1", "'\r1"}, {"\n1", "'\n1"}, {" =1", "' =1"}, {"\u200b=1", "'\u200b=1"}, {"\ufeff=1", "'\ufeff=1"},
		{"＝1", "'＝1"}, {"＋1", "'＋1"}, {"－1", "'－1"}, {"＠x", "'＠x"},
		{"a\x00b\x1fc", "a\uFFFDb\uFFFDc"}, {"\x00=1", "'\uFFFD=1"}, {"bad\xff", "bad\uFFFD"}, {"tab\there", "tab\there"}, {"\uFFFE", "\uFFFD"},
	}
	for _, c := range cases {
		got, quoted := safeText(c.in)
		if got != c.want || quoted != strings.HasPrefix(c.want, "'") {
			t.Errorf("safeText(%q) = %q, %v; want %q", c.in, got, quoted, c.want)
		}
	}
}

// METHOD 16.2.
func TestLongText(t *testing.T) {
	for _, s := range []string{strings.Repeat("x", 40_000), strings.Repeat("🙂", 20_000), "=" + strings.Repeat("é", 40_000)} {
		got, _ := safeText(s)
		if n := units(got); n > 32767 || n < 32765 || !strings.HasSuffix(got, "...") {
			t.Errorf("%d units ending in %q", n, got[len(got)-8:])
		}
	}
	whole := strings.Repeat("é", 32_767)
	if got, _ := safeText(whole); got != whole {
		t.Error("a text that fits was cut")
	}
}

func TestNothingRuns(t *testing.T) {
	d := fixture()
	d.Workbook[1].Lead = append(d.Workbook[1].Lead, "=1+1")
	d.Workbook[3].Table.Columns[0].Title = "=cmd()"
	b := rendered(t, d, sheetRows)
	files, _ := parts(t, b)
	formula := regexp.MustCompile(`<f[ >/]|<hyperlink|externalLink|t="str"`)
	for name, text := range files {
		if strings.HasPrefix(name, "xl/worksheets/") && formula.MatchString(text) {
			t.Errorf("%s holds %q", name, formula.FindString(text))
		}
		if strings.HasPrefix(name, "xl/externalLinks") || strings.Contains(name, "calcChain") {
			t.Errorf("the workbook has %s", name)
		}
	}
	if !strings.Contains(files["xl/styles.xml"], `quotePrefix="true"`) {
		t.Error("no style has quotePrefix")
	}
	f := reopened(t, b)
	for i, s := range hostile() {
		cell := fmt.Sprintf("A%d", i+5)
		want, _ := safeText(s)
		got, err := f.GetCellValue("Apps", cell)
		if err != nil || strings.ReplaceAll(got, "\r", "") != strings.ReplaceAll(want, "\r", "") {
			t.Errorf("%s = %q, %v; want %q", cell, got, err, want)
		}
		if formula, err := f.GetCellFormula("Apps", cell); err != nil || formula != "" {
			t.Errorf("%s is the formula %q, %v", cell, formula, err)
		}
	}
}

// TestSavedAsCSV makes the trip on which string cells come alive.
func TestSavedAsCSV(t *testing.T) {
	t.Parallel()
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("needs LibreOffice")
	}
	d := fixture()
	d.Workbook = []report.Sheet{apps()}
	dir := t.TempDir()
	book := filepath.Join(dir, "apps.xlsx")
	if err := os.WriteFile(book, rendered(t, d, sheetRows), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "csv", "--outdir", dir, book)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("LibreOffice does not run here: %v: %s", err, out)
	}
	saved, err := os.Open(filepath.Join(dir, "apps.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = saved.Close() }()
	r := csv.NewReader(saved)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if startsFormula(row[0]) {
			t.Errorf("%q is alive", row[0])
		}
	}
	if len(rows) < len(hostile()) {
		t.Errorf("%d rows", len(rows))
	}
}
