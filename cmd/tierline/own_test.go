package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tierline/ingest/table"
)

// TestOwnReportsAreNoInput puts the reports of an earlier audit, whose
// exceptions have since been withdrawn, among the inputs, as they are and sheet
// by sheet saved as CSV: no figure and no exit code changes (METHOD 14.27).
func TestOwnReportsAreNoInput(t *testing.T) {
	withdrawn := []byte("rule,subject,reason,owner,until\n*,*@example.com,old,Desk,\n*,acc-99,nobody has it,Desk,2026-01-01\n")
	bad := []byte("date,site,product,users\nsoon,acme,jira,5\n")
	before := auditFolder(t, base(t, map[string][]byte{"exceptions.csv": withdrawn, "user_counts.csv": bad}))
	plain := auditFolder(t, base(t, nil))
	if figures(t, before) == figures(t, plain) {
		t.Fatal("the exceptions changed nothing, so their return would not be seen")
	}
	for _, c := range []struct {
		name  string
		files map[string][]byte
	}{
		{"as they are", reports(t, before)},
		{"sheets saved as CSV", savedSheets(t, before.file(t, "audit.xlsx"))},
	} {
		files := map[string][]byte{}
		maps.Copy(files, c.files)
		got := auditFolder(t, base(t, files))
		if got.code != exitComplete {
			t.Errorf("%s: exit code %d\n%s", c.name, got.code, got.errOut)
		}
		if diff := cmp.Diff(figures(t, plain), figures(t, got)); diff != "" {
			t.Errorf("%s: other figures (-want +got):\n%s", c.name, diff)
		}
		seen := 0
		for _, in := range got.result(t)["inputs"].([]any) {
			if in.(map[string]any)["title"] == "a report of Tierline" {
				seen++
			}
		}
		if seen != len(files) {
			t.Errorf("%s: %d of %d files are called reports of Tierline", c.name, seen, len(files))
		}
	}
}

// figures returns the totals and the numbers of seats of a run as text.
func figures(t *testing.T, o outcome) string {
	t.Helper()
	r := o.result(t)
	return fmt.Sprintf("%v\n%v", at(r, "plan")["totals"], r["seats"])
}

// reports returns the files of a run that may be taken for inputs, under other
// names.
func reports(t *testing.T, o outcome) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, as := range map[string]string{
		"audit.xlsx": "old/audit 2025.xlsx", "result.json": "result (1).json", "manifest.json": "old/list.json", "findings.csv": "findings.csv", "rejected.csv": "to mend.csv",
		"seats.csv": "old/seats.csv", "removals.csv": "removals 2025.csv",
	} {
		out[as] = o.file(t, name)
	}
	return out
}

// savedSheets returns every sheet of a workbook that has a table, as a
// spreadsheet program saves it.
func savedSheets(t *testing.T, workbook []byte) map[string][]byte {
	t.Helper()
	sheets, err := table.Open(t.Context(), workbook, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, s := range sheets {
		if s.LineEndingIn("tierline_run") == 0 {
			continue
		}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		s.Each(func(r table.Row) bool {
			if err := w.Write(r.Cells); err != nil {
				t.Fatal(err)
			}
			return true
		}, func(p table.Problem) { t.Error(p.Message) })
		w.Flush()
		out["saved/"+s.Name+".csv"] = text.Bytes()
	}
	if len(out) < 10 || out["saved/Exceptions.csv"] == nil {
		t.Fatalf("only %d sheets with a table", len(out))
	}
	return out
}
