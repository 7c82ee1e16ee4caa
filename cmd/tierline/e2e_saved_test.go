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
	"strings"
	"testing"
)

// wordsOfFormulas returns inputs whose texts look like formulas wherever a cell of
// ours shows one: people and what is known of them, names, vendors and owners of
// apps, notes and exceptions.
func wordsOfFormulas(t *testing.T) map[string][]byte {
	t.Helper()
	table := string(baseFile(t, "subscriptions.csv"))
	table = strings.Replace(table, "price_plan\n", "price_plan,name,vendor,owner,cost_centre\n", 1)
	table = strings.Replace(table, "jira-standard\n", "jira-standard,,,,\n", 1)
	table = strings.Replace(table, "jira,annual,15,2027-01-30,\n", "jira,annual,15,2027-01-30,,,,,\n", 1)
	list := "User id,User name,email,User status,Jira - acme,Last seen in Jira - acme\n"
	staff, plan, exceptions := "email,department,title,cost_centre,manager\n", "date,site,product,change,note\n", "rule,subject,reason,owner,until\n"
	for i, text := range e2eFormulas {
		who := fmt.Sprintf("person%02d@example.com", i+1)
		list += csvLine([]string{fmt.Sprintf("%s p%d", text, i), text, text + "@example.com", "Active", "User", "10 Nov 2025"})
		table += csvLine([]string{"app", fmt.Sprintf("%s k%d", text, i), "acme", "jira", "annual", "15", "2027-01-30", "", text, text, text, text})
		staff += csvLine([]string{who, text, text, text, text})
		plan += csvLine([]string{fmt.Sprintf("2027-03-%02d", i+1), "acme", "jira", "+1", text})
		exceptions += csvLine([]string{"inactive-users", who, text, text, "2027-01-31"})
	}
	return map[string][]byte{
		"list.csv": []byte(list), "subscriptions.csv": []byte(table), "people.csv": []byte(staff), "headcount_plan.csv": []byte(plan), "exceptions.csv": []byte(exceptions),
	}
}

// TestEndToEndSavedAgain has LibreOffice save a workbook whose inputs hold texts
// that look like formulas, and in which people gave such reasons: as a workbook, as
// an OpenDocument and each sheet as CSV, which it opens again. A text stays a text in
// all of them, the workbook keeps each cell, and the next audit reads the decisions
// (METHOD 18.3, 1.30).
func TestEndToEndSavedAgain(t *testing.T) {
	t.Parallel()
	var decisions []deciding
	for i, text := range e2eFormulas {
		decisions = append(decisions, deciding{id: fmt.Sprintf("acc-%02d", i+1), keep: "ask", reason: text, owner: text})
	}
	audit := func(more map[string][]byte) string {
		files, out := wordsOfFormulas(t), t.TempDir()
		maps.Copy(files, more)
		e2eAnyExit(t, "audit", base(t, files), "--out", out, "--as-of", asOf)
		return filepath.Join(runFolder(t, out), "audit.xlsx")
	}
	first, err := os.ReadFile(audit(nil))
	if err != nil {
		t.Fatal(err)
	}
	book := audit(map[string][]byte{"decided.xlsx": decideIn(t, first, decisions...)})
	excelOpens(t, book)
	shown := map[string]int{}
	for _, c := range bookOf(t, book)["Users"] {
		shown[strings.TrimPrefix(c.text(), "'")]++ // a sign has an apostrophe before it
	}
	for _, text := range e2eFormulas {
		if n := shown[strings.TrimSpace(text)]; n != 7 { // name, department, title, cost centre, manager, reason, owner
			t.Errorf("the sheet Users shows %q %d times", text, n)
		}
	}
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
		if kind == "xlsx" {
			again := filepath.Join(dir, "audit.xlsx")
			e2eCompare(t, "saved", bookOf(t, book), bookOf(t, again))
			raw, err := os.ReadFile(again)
			if err != nil {
				t.Fatal(err)
			}
			o := auditFolder(t, base(t, map[string][]byte{"again.xlsx": raw}))
			if got := decidedText(t, o); !strings.HasPrefix(got, fmt.Sprintf("keep 0 remove 0 ask %d ended 0 gone 0", len(decisions))) {
				t.Errorf("the next audit reads %s", got)
			}
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
