package main

import (
	"bytes"
	"testing"

	"tierline/ingest/table"
)

// TestWorkbookSeats: of more seats than the policy says the workbook lists
// those that matter, with --all-seats all; seats.csv lists all in any case, and
// the figures do not move.
func TestWorkbookSeats(t *testing.T) {
	few := base(t, map[string][]byte{"audit.yaml": []byte("policy:\n  workbook_seats: 5\n")})
	plain, short, all := auditFolder(t, base(t, nil)), auditFolder(t, few), auditFolder(t, few, "--all-seats")
	if n, want := rowsOf(t, short, "Users"), rowsOf(t, plain, "Users"); n >= want || n == 0 {
		t.Errorf("%d seats in the workbook, want some of %d", n, want)
	}
	if n, want := rowsOf(t, all, "Users"), rowsOf(t, plain, "Users"); n != want {
		t.Errorf("%d seats in the workbook with --all-seats, want %d", n, want)
	}
	if short.folder == "" || all.result(t)["run"].(map[string]any)["digest"] == short.result(t)["run"].(map[string]any)["digest"] {
		t.Error("the run with all seats has the name of the other")
	}
	for _, o := range []outcome{short, all} {
		excelOpens(t, o.folder+"/audit.xlsx")
		if figures(t, o) != figures(t, plain) || o.code != plain.code {
			t.Errorf("other figures, or exit code %d instead of %d", o.code, plain.code)
		}
		if a, b := bytes.Count(o.file(t, "seats.csv"), []byte("\n")), bytes.Count(plain.file(t, "seats.csv"), []byte("\n")); a != b {
			t.Errorf("seats.csv has %d lines, want %d", a, b)
		}
	}
}

// rowsOf counts the rows of a sheet, with those above its table.
func rowsOf(t *testing.T, o outcome, name string) int {
	t.Helper()
	sheets, err := table.Open(t.Context(), o.file(t, "audit.xlsx"), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, s := range sheets {
		if s.Name == name {
			s.Each(func(table.Row) bool { n++; return true }, func(table.Problem) {})
		}
	}
	return n
}
