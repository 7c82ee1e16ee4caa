//go:build e2e

package main

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// e2eFormulas are texts that a spreadsheet would take for a formula when it cuts
// a line at commas, semicolons or tabs.
var e2eFormulas = []string{"=1+1", "x;=2+1", "x\t=3+1", "x\n=4+1", `x;""=5+1`, "+6+1", "-7+1", "@SUM(8;1)", "a;b;-9+1;@SUM(1)", "\t=1+9"}

// TestEndToEndFormulas puts such texts into every cell that may hold them, and
// has LibreOffice open every CSV of the run with each separator and evaluate what
// it takes for a formula: nothing (METHOD 18.3).
func TestEndToEndFormulas(t *testing.T) {
	files := map[string][]byte{}
	for i, text := range e2eFormulas {
		person := fmt.Sprintf("p%d ", i)
		files[fmt.Sprintf("people %d.csv", i)] = []byte("User id,User name,email,User status,Jira - acme,Last seen in Jira - acme\n" +
			csvLine([]string{text + person, text, text + "@example.com", "Active", "User", "10 Nov 2025"}) +
			csvLine([]string{text + person, text, text, text, text, text}) +
			csvLine([]string{text, text, text, text, text, text, text}))
	}
	table := string(baseFile(t, "subscriptions.csv"))
	for _, text := range e2eFormulas {
		table += csvLine([]string{"app", text, "acme", text, "annual", "15", "2027-01-30"}) + csvLine([]string{"app", text, text, "jira", text, "15", text})
	}
	files["subscriptions.csv"] = []byte(table)
	dir, out := base(t, files), t.TempDir()
	e2eAnyExit(t, "audit", dir, "--out", out, "--as-of", asOf)
	list := filepath.Join(t.TempDir(), "first.csv")
	e2eAnyExit(t, "simulate", dir, "--site", "acme", "--product", "jira", "--add", "3", "--as-of", asOf, "--list", list)
	paths, _ := filepath.Glob(filepath.Join(runFolder(t, out), "*.csv"))
	if paths = append(paths, list); len(paths) < 4 {
		t.Fatalf("only %q", paths)
	}
	unsafe := filepath.Join(t.TempDir(), "unsafe.csv")
	if err := os.WriteFile(unsafe, []byte("a,b\nx,=1+1\nx,y;=1+1\nx,y\t=1+1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, separator := range map[string]string{"comma": "44", "semicolon": "59", "tab": "9"} {
		formulas := e2eOpened(t, separator, append(slices.Clone(paths), unsafe))
		if formulas["unsafe"] == 0 {
			t.Errorf("%s: LibreOffice evaluates nothing, so the test shows nothing", name)
		}
		delete(formulas, "unsafe")
		for file, n := range formulas {
			if n > 0 {
				t.Errorf("%s: %d cells of %s are formulas", name, n, file)
			}
		}
		t.Log(name, slices.Sorted(maps.Keys(formulas)))
	}
}

// e2eOpened has LibreOffice open CSVs with a separator, by its number, and
// returns how many formulas each then has, by its name without extension.
func e2eOpened(t *testing.T, separator string, paths []string) map[string]int {
	t.Helper()
	dir := t.TempDir()
	// Separator, quotation mark, UTF-8, first line; the last says that formulas are evaluated.
	filter := "Text - txt - csv (StarCalc):" + separator + ",34,76,1,,0,false,true,false,false,false,0,true"
	e2eCommand(t, "soffice", append([]string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"),
		"--infilter=" + filter, "--convert-to", "xlsx", "--outdir", dir}, paths...)...)
	out := map[string]int{}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		book, err := zip.OpenReader(filepath.Join(dir, name+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := book.Open("xl/worksheets/sheet1.xml")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(sheet)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = len(regexp.MustCompile(`<f[ >/]`).FindAll(text, -1))
		_ = book.Close() // it was only read
	}
	return out
}
