package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tierline/ingest/table"
)

// deciding is what somebody writes beside a seat in the sheet Users.
type deciding struct{ id, keep, reason, owner, until string }

// decideIn writes decisions into the sheet Users of a workbook, as people do, and
// returns the workbook as it is saved.
func decideIn(t *testing.T, workbook []byte, decisions ...deciding) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Users")
	if err != nil {
		t.Fatal(err)
	}
	header := slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, "Keep") })
	column := func(title string) int { return slices.Index(rows[header], title) }
	for _, d := range decisions {
		row := slices.IndexFunc(rows, func(r []string) bool { return len(r) > column("User id") && r[column("User id")] == d.id })
		if row < 0 {
			t.Fatalf("the sheet Users has no row of %s", d.id)
		}
		for title, text := range map[string]string{"Keep": d.keep, "Reason": d.reason, "Owner": d.owner, "Decided until": d.until} {
			name, err := excelize.CoordinatesToCellName(column(title)+1, row+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStr("Users", name, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sheetAsText returns a sheet of a workbook as a spreadsheet saves it, with a
// delimiter.
func sheetAsText(t *testing.T, workbook []byte, name string, delimiter rune) []byte {
	t.Helper()
	sheets, err := table.Open(t.Context(), workbook, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.Comma = delimiter
	for _, s := range sheets {
		if s.Name == name {
			s.Each(func(r table.Row) bool { return w.Write(r.Cells) == nil }, func(p table.Problem) { t.Error(p.Message) })
		}
	}
	w.Flush()
	return text.Bytes()
}

// threeDecisions are made in the audit of testdata/base, whose three candidates are
// acc-10, acc-11 and acc-12, of which the plan removes two.
var threeDecisions = []deciding{
	{"acc-12", "keep", "needed;'by the auditors'", "Desk of Person 12", ""},
	{"acc-10", "ask", "", "", ""},
	{"acc-11", "remove", "left", "", ""},
}

// decidedText tells the decisions of a run, in numbers.
func decidedText(t *testing.T, o outcome) string {
	t.Helper()
	d := at(o.result(t), "decisions")
	return fmt.Sprintf("keep %v remove %v ask %v ended %v gone %v protected %v cost %v", d["keep"], d["remove"], d["ask"], d["ended"], d["no_such_seat"],
		d["protected_seats"], d["cost"])
}

// TestDecisionsThatLostTheirSeat takes the column of a sheet away that says whom
// the decisions in it are about, in a workbook and in its sheet saved as text: they
// are not left out without a word (METHOD 1.30).
func TestDecisionsThatLostTheirSeat(t *testing.T) {
	saved := decideIn(t, auditFolder(t, base(t, nil)).file(t, "audit.xlsx"), threeDecisions...)
	f, err := excelize.OpenReader(bytes.NewReader(saved))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	header, err := f.SearchSheet("Users", "User id")
	if err != nil || len(header) != 1 {
		t.Fatalf("%d columns of ids: %v", len(header), err)
	}
	if err := f.RemoveCol("Users", strings.TrimRight(header[0], "0123456789")); err != nil {
		t.Fatal(err)
	}
	var book bytes.Buffer
	if err := f.Write(&book); err != nil {
		t.Fatal(err)
	}
	for file, raw := range map[string][]byte{"mine.xlsx": book.Bytes(), "mine.csv": sheetAsText(t, book.Bytes(), "Users", ',')} {
		o := auditFolder(t, base(t, map[string][]byte{file: raw}))
		const told = `decisions that say of no seat which one it is: 3; the column "User id" is gone; put the column back`
		if o.code != exitIncomplete || !strings.Contains(o.errOut, told) {
			t.Errorf("%s: exit code %d\n%s", file, o.code, o.errOut)
		}
	}
}

// TestDecisionsComeBack decides in the workbook of a run and audits again with it
// among the inputs, as a workbook and as its sheet saved as text: keep protects the
// seat, the others change no class, no stream and no other file tells a name, and
// the next workbook shows what was decided (METHOD 1.30).
func TestDecisionsComeBack(t *testing.T) {
	first := auditFolder(t, base(t, nil))
	saved := decideIn(t, first.file(t, "audit.xlsx"), threeDecisions...)
	for name, files := range map[string]map[string][]byte{
		"workbook":            {"audit (1).xlsx": saved},
		"sheet with commas":   {"mine/Users.csv": sheetAsText(t, saved, "Users", ',')},
		"sheet with tabs":     {"Users.txt": sheetAsText(t, saved, "Users", '\t')},
		"sheet with ;":        {"Users.csv": sheetAsText(t, saved, "Users", ';')},
		"workbook and sheets": {"a.xlsx": saved, "b.csv": sheetAsText(t, saved, "Users", ',')},
	} {
		again := auditFolder(t, base(t, files))
		if again.code != exitComplete {
			t.Errorf("%s: exit code %d\n%s", name, again.code, again.errOut)
			continue
		}
		if got := decidedText(t, again); got != "keep 1 remove 1 ask 1 ended 0 gone 0 protected 1 cost 0.00" {
			t.Errorf("%s: %s", name, got)
		}
		planned := at(again.result(t), "decisions", "planned")
		if got := fmt.Sprint(planned["remove"], planned["ask"], planned["open"]); got != "1 1 0" {
			t.Errorf("%s: of what the plan removes, to remove, asked about and open are %s", name, got)
		}
		if removed := string(again.file(t, "removals.csv")); strings.Contains(removed, "acc-12") || !strings.Contains(removed, "acc-11") {
			t.Errorf("%s: removes\n%s", name, removed)
		}
		if spoken := again.out + again.errOut + string(again.file(t, "result.json")); strings.Contains(spoken, "auditors") || strings.Contains(spoken, "Person 12") {
			t.Errorf("%s: a decision is told where nobody may be named", name)
		}
		shown := string(sheetAsText(t, again.file(t, "audit.xlsx"), "Users", ','))
		for _, want := range []string{"keep,needed;'by the auditors',Desk of Person 12,2027-11-16", "ask,", "remove,left"} {
			if !strings.Contains(shown, want) {
				t.Errorf("%s: the next workbook does not show %q", name, want)
			}
		}
		if next := auditFolder(t, base(t, map[string][]byte{"next.xlsx": again.file(t, "audit.xlsx")})); decidedText(t, next) != decidedText(t, again) {
			t.Errorf("%s: read from the next workbook: %s", name, decidedText(t, next))
		}
	}
}

// TestRemovalsAreTheSeatsOfActions: the summary takes the seats of the actions for
// all that the plan removes, and removals.csv lists them.
func TestRemovalsAreTheSeatsOfActions(t *testing.T) {
	o := audited(t, "acme")
	var r struct {
		Plan struct {
			Actions []struct{ Seats int }
		}
	}
	if err := json.Unmarshal(o.file(t, "result.json"), &r); err != nil {
		t.Fatal(err)
	}
	seats := 0
	for _, a := range r.Plan.Actions {
		seats += a.Seats
	}
	if rows := len(csvRows(t, o.file(t, "removals.csv"))); rows != seats || seats == 0 {
		t.Errorf("actions remove %d seats, removals.csv lists %d", seats, rows)
	}
}
