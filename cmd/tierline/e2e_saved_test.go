//go:build e2e

package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEndToEndSavedAgain has LibreOffice save a workbook whose inputs hold texts
// that look like formulas: as a workbook, as an OpenDocument and each sheet as CSV,
// which it opens again. A text stays a text in all of them (METHOD 18.3).
func TestEndToEndSavedAgain(t *testing.T) {
	t.Parallel()
	files, table := map[string][]byte{}, string(baseFile(t, "subscriptions.csv"))
	people := "User id,User name,email,User status,Jira - acme,Last seen in Jira - acme\n"
	for i, text := range e2eFormulas {
		people += csvLine([]string{fmt.Sprintf("%s p%d", text, i), text, text + "@example.com", "Active", "User", "10 Nov 2025"})
		table += csvLine([]string{"app", fmt.Sprintf("%s k%d", text, i), "acme", "jira", "annual", "15", "2027-01-30"})
	}
	files["people.csv"], files["subscriptions.csv"] = []byte(people), []byte(table)
	out := t.TempDir()
	e2eAnyExit(t, "audit", base(t, files), "--out", out, "--as-of", asOf)
	book := filepath.Join(runFolder(t, out), "audit.xlsx")
	// What the texts would compute, and no formula of the workbook does: some add 1,
	// but to a cell.
	ours := regexp.MustCompile(`(^|[^A-Z0-9$])[1-9]\+1|SUM\((8|1)\b`)
	if f := formulasIn(t, book); len(f) == 0 || ours.MatchString(strings.Join(f, "\n")) {
		t.Errorf("of the %d formulas of the workbook some are texts of the inputs", len(f))
	}
	for _, kind := range []string{"xlsx", "ods"} {
		dir := t.TempDir()
		e2eCommand(t, "soffice", "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--convert-to", kind, "--outdir", dir, book)
		saved := formulasIn(t, filepath.Join(dir, "audit."+kind))
		for _, f := range saved {
			if ours.MatchString(f) {
				t.Errorf("%s: a text became the formula %s", kind, f)
			}
		}
		if len(saved) == 0 {
			t.Errorf("%s: no formula is left, so the test shows nothing", kind)
		}
	}
	dir := t.TempDir()
	e2eCommand(t, "soffice", "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false,false,false,-1", "--outdir", dir, book)
	sheets, _ := filepath.Glob(filepath.Join(dir, "audit-*.csv"))
	if len(sheets) < 20 {
		t.Fatalf("LibreOffice saved %d sheets", len(sheets))
	}
	for sheet, n := range e2eOpened(t, "44", sheets) {
		if n > 0 {
			t.Errorf("%s: %d cells of the CSV are formulas", sheet, n)
		}
	}
}

// formulasIn returns the formulas of a workbook or OpenDocument.
func formulasIn(t *testing.T, path string) []string {
	t.Helper()
	raw, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }() // it was only read
	size, err := raw.Seek(0, io.SeekEnd)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(raw, size)
	if err != nil {
		t.Fatal(err)
	}
	formula := regexp.MustCompile(`<f(?: [^>]*)?>([^<]*)</f>|table:formula="([^"]*)"`)
	var out []string
	for _, e := range z.File {
		if !strings.HasPrefix(e.Name, "xl/worksheets/") && e.Name != "content.xml" {
			continue
		}
		part, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range formula.FindAllStringSubmatch(string(text), -1) {
			out = append(out, m[1]+m[2])
		}
	}
	return out
}
