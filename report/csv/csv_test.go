package csv

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/guard"
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

// TestWriterWritesWhatTheLibraryWould compares rows of odd texts, repeated and
// not, with what encoding/csv makes of the same ones guarded.
func TestWriterWritesWhatTheLibraryWould(t *testing.T) {
	texts := rapid.OneOf(rapid.StringOf(rapid.RuneFrom([]rune("=+-@'\"\t\r\n,; ab5.\\\x00＝\u00a0é"))), rapid.SampledFrom([]string{"", `\.`, "a", "Zoë", "=x", "a,b"}))
	cells := rapid.Custom(func(t *rapid.T) report.Cell {
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return report.N(rapid.Int().Draw(t, "number"))
		case 1:
			return report.D(date.OfNumber(rapid.Int32Range(0, 800_000).Draw(t, "day")))
		case 2:
			return report.M(money.Minor(rapid.Int64Range(-1000, 1000).Draw(t, "minor"), "USD"))
		case 3:
			return report.X(money.Ratio(rapid.Int64Range(-9, 9).Draw(t, "part"), 8))
		}
		return report.T(texts.Draw(t, "text"))
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.SliceOfN(cells, 3, 3)).Draw(t, "rows")
		run := texts.Draw(t, "run")
		var got, want bytes.Buffer
		table := report.Table{Columns: []report.Column{{ID: "a"}, {ID: "b,c"}, {ID: "d"}}, Rows: slices.Values(rows)}
		if err := write(&got, &table, run); err != nil {
			t.Fatal(err)
		}
		out := csv.NewWriter(&want)
		_ = out.Write([]string{"a", "b,c", "d", estate.RunColumn})
		for _, row := range rows {
			var fields []string
			for _, c := range row {
				fields = append(fields, guard.Put(asText(c)))
			}
			_ = out.Write(append(fields, run))
		}
		out.Flush()
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatalf("got  %q\nwant %q", got.Bytes(), want.Bytes())
		}
	})
}

// asText is a cell as a program reads it.
func asText(c report.Cell) string {
	switch {
	case c.Unknown:
		return ""
	case c.Kind == report.Count:
		return fmt.Sprint(c.Count)
	case c.Kind == report.Money:
		return c.Amount.String()
	case c.Kind == report.Date:
		return c.Date.String()
	case c.Kind == report.Decimal:
		return c.Exact.Decimal(0)
	}
	return c.Text
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
