// Package csv writes findings.csv: one row per finding, for spreadsheets and
// scripts. It shows nothing that result.json does not hold; package publish
// calls it.
package csv

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/report"
)

var header = []string{
	"rule", "severity", "subject", "title", "amount", "currency", "counted_in_plan", "plan_action", "not_counted_because",
	"by", "confidence", "action", "detail", "excepted", "id",
}

// Render writes the findings of a document.
func Render(w io.Writer, d *report.Document) (report.Shown, error) {
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return nil, err
	}
	for i := range d.Result.Findings {
		if err := out.Write(row(&d.Result.Findings[i])); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return nil, out.Error()
}

func row(f *audit.Finding) []string {
	counted := "no"
	if f.Counted {
		counted = "yes"
	}
	cells := []string{
		f.Rule, f.Severity.String(), f.Subject, f.Title, f.Amount.String(), string(f.Currency), counted, f.PlanAction, f.NotCounted,
		f.By.String(), string(f.Confidence), f.Action, f.Detail, f.Excepted, f.ID,
	}
	for i, c := range cells {
		cells[i] = Safe(c)
	}
	return cells
}

// Safe puts an apostrophe before text that a spreadsheet would take for a
// formula. Numbers keep their sign.
func Safe(s string) string {
	if s == "" {
		return s
	}
	first := []rune(s)[0]
	if !strings.ContainsRune("=+-@\t\r\n\u0000＝＋－＠", first) {
		return s
	}
	if _, err := money.ParseExact(s); err == nil {
		return s
	}
	return "'" + s
}

// RenderRejected writes rejected.csv: every row that could not be used, with
// its place and problem and its cells as they stand, so that nothing has to be
// searched for by hand.
func RenderRejected(w io.Writer, d *report.Document) (report.Shown, error) {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"file", "sheet", "line", "column", "problem", "cells"}); err != nil {
		return nil, err
	}
	for _, r := range d.Result.Rejected {
		if err := out.Write(rejectedRow(r)); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return nil, out.Error()
}

func rejectedRow(r estate.RejectedRow) []string {
	out := []string{Safe(r.Source.File), Safe(r.Source.Sheet), number(r.Source.Line), number(r.Source.Column), Safe(r.Problem)}
	for _, c := range r.Cells {
		out = append(out, Safe(c))
	}
	return out
}

// number writes a line or column, blank when it is not known.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
