package csv

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/report"
)

func TestRender(t *testing.T) {
	d := report.Build(&audit.Result{Findings: []audit.Finding{
		{Rule: "a-rule", Subject: "=cmd", Title: "with, comma and \"quotes\"", Amount: money.Minor(-1250, "USD"), Currency: "USD", Counted: true},
		{Rule: "b-rule", Title: "unknown amount"},
	}})
	rows := read(t, func(b *bytes.Buffer) error { _, err := Render(b, d); return err })
	header := "rule,severity,subject,title,amount,currency,counted_in_plan,plan_action,not_counted_because,by,confidence,action,detail,excepted,id,tierline_run"
	if len(rows) != 3 || strings.Join(rows[0], ",") != header {
		t.Fatalf("%d rows under %q", len(rows), rows[0])
	}
	if rows[1][2] != "'=cmd" || rows[1][3] != "with, comma and \"quotes\"" || rows[1][4] != "-12.50" || rows[1][6] != "yes" {
		t.Errorf("first finding: %q", rows[1])
	}
	if rows[2][4] != "" || rows[2][6] != "no" {
		t.Errorf("an unknown amount must be blank, not 0: %q", rows[2])
	}
}

func TestRenderRejected(t *testing.T) {
	d := &report.Document{AsOf: date.New(2026, 11, 16), Result: &audit.Result{Run: audit.RunInfo{Digest: "0123456789abcdef"}, Rejected: []estate.RejectedRow{
		{Source: diag.Source{File: "users.csv", Line: 7, Column: 3}, Problem: "no account id", Cells: []string{"", "=x", "Active"}},
		{Source: diag.Source{File: "book.xlsx", Sheet: "prices"}, Problem: "unit_price: \"a\" is not a number"},
	}}}
	rows := read(t, func(b *bytes.Buffer) error { _, err := RenderRejected(b, d); return err })
	want := [][]string{
		{"file", "sheet", "line", "column", "problem", "cells", "tierline_run"},
		{"users.csv", "", "7", "3", "no account id", ",=x,Active", "2026-11-16-01234567"},
		{"book.xlsx", "prices", "", "", "unit_price: \"a\" is not a number", "", "2026-11-16-01234567"},
	}
	for i := range want {
		if len(rows) != len(want) || len(rows[i]) != len(want[i]) {
			t.Fatalf("rows: %q", rows)
		}
		for n := range want[i] {
			if rows[i][n] != want[i][n] {
				t.Errorf("row %d cell %d: %q, want %q", i, n, rows[i][n], want[i][n])
			}
		}
	}
}

func read(t *testing.T, render func(*bytes.Buffer) error) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := render(&b); err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(&b)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
