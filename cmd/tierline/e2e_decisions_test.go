//go:build e2e

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestEndToEndDecisions has LibreOffice open a workbook in which people decided and
// save it: as a workbook, and its sheet Users as text in an English and in a German
// locale. The next audit reads the same from each (METHOD 1.30).
func TestEndToEndDecisions(t *testing.T) {
	first := auditFolder(t, base(t, nil))
	dated := append([]deciding{}, threeDecisions...)
	dated[0].until = "2027-03-31"
	dir := t.TempDir()
	saved := filepath.Join(dir, "decided.xlsx")
	if err := os.WriteFile(saved, decideIn(t, first.file(t, "audit.xlsx"), dated...), 0o600); err != nil {
		t.Fatal(err)
	}
	const want = "keep 1 remove 1 ask 1 ended 0 gone 0 protected 1 cost 0.00"
	for name, kind := range map[string]string{
		"workbook": "xlsx",
		// The number of the sheet stands last but two; the language before it is English, German.
		"English text": "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false,false,false,-1",
		"German text":  "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true,false,false,false,-1",
	} {
		to := t.TempDir()
		e2eCommand(t, "soffice", "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--convert-to", kind, "--outdir", to, saved)
		files := map[string][]byte{}
		for _, file := range []string{"decided.xlsx", "decided-Users.csv"} {
			if text, err := os.ReadFile(filepath.Join(to, file)); err == nil {
				files[file] = text
			}
		}
		if len(files) != 1 {
			t.Errorf("%s: LibreOffice saved %d files", name, len(files))
			continue
		}
		again := auditFolder(t, base(t, files))
		if again.code != exitComplete || decidedText(t, again) != want {
			t.Errorf("%s: exit code %d, %s; want %s\n%s", name, again.code, decidedText(t, again), want, again.errOut)
		}
	}
}

// TestEndToEndDecided has both programs work the formulas out that count what
// people decided, and the seats of departments and managers: whose names differ in
// case only, look like patterns or numbers, or are blank (METHOD 1.31, 22.1).
func TestEndToEndDecided(t *testing.T) {
	e2eNeeds(t)
	departments := []string{"Sales & Service", "sales & service", "R*D", "R&D", "", "4711", "Support (EMEA)", "TRUE", "Legal", "", ">5", "Sales"}
	var people bytes.Buffer
	people.WriteString("email,department,manager\n")
	for i, department := range departments {
		fmt.Fprintf(&people, "person%02d@example.com,%s,lead.%c@example.com\n", i+1, department, 'a'+i%2)
	}
	first := auditFolder(t, base(t, map[string][]byte{"people.csv": people.Bytes()}))
	decided := decideIn(t, first.file(t, "audit.xlsx"), threeDecisions[1:]...)
	o := auditFolder(t, base(t, map[string][]byte{"people.csv": people.Bytes(), "decided.xlsx": decided}))
	book := filepath.Join(o.folder, "audit.xlsx")
	audited := bookOf(t, book)
	spoilt := filepath.Join(t.TempDir(), "spoilt.xlsx")
	if n := e2eSpoil(t, book, spoilt); n < 50 {
		t.Fatalf("only %d formulas", n)
	}
	for _, sheet := range []string{"By department", "By manager", "Summary"} {
		if e2eLive(map[string]sheetCells{sheet: audited[sheet]}) < 10 {
			t.Errorf("the sheet %s has few formulas", sheet)
		}
	}
	for program, recalculate := range e2eRecalculators {
		anew := filepath.Join(t.TempDir(), "anew.xlsx")
		recalculate(t, spoilt, anew)
		e2eCompare(t, program, audited, bookOf(t, anew))
	}
}
