// Package csv writes the tables for spreadsheets and scripts: findings.csv,
// which names nobody, and seats.csv, removals.csv and rejected.csv, which name
// people. It decides nothing about what they say; package publish calls it.
package csv

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"tierline/audit/estate"
	"tierline/audit/guard"
	"tierline/report"
)

// Render writes the findings of a document.
func Render(w io.Writer, d *report.Document) (report.Shown, error) {
	return nil, write(w, &d.Findings, d.RunName())
}

// RenderSeats writes seats.csv, what is known of every account, one row at a
// time: a million of them are never held together.
func RenderSeats(w io.Writer, d *report.Document) (report.Shown, error) {
	return nil, write(w, &d.Seats, d.RunName())
}

// RenderRemovals writes removals.csv, whom the plan removes, as tools read it that
// suspend people or take them out of groups.
func RenderRemovals(w io.Writer, d *report.Document) (report.Shown, error) {
	return nil, write(w, &d.Removals, d.RunName())
}

// write writes a table under the ids of its columns, which stay the same when a
// title gets better words. The run stands last.
func write(w io.Writer, t *report.Table, run string) error {
	out := csv.NewWriter(w)
	cells := make([]string, len(t.Columns), len(t.Columns)+1)
	for i := range t.Columns {
		cells[i] = t.Columns[i].ID
	}
	if err := out.Write(append(cells, estate.RunColumn)); err != nil {
		return err
	}
	for row := range t.Rows {
		for i := range row {
			cells[i] = guard.Put(value(&row[i]))
		}
		if err := out.Write(append(cells, run)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// value writes a cell as programs read it: plain decimals, days as 2026-11-21,
// and nothing at all where a value is not known, which is not 0.
func value(c *report.Cell) string {
	switch {
	case c.Unknown:
		return ""
	case c.Kind == report.Count:
		return strconv.Itoa(c.Count)
	case c.Kind == report.Money:
		return c.Amount.String()
	case c.Kind == report.Date, c.Kind == report.Month:
		return c.Date.String()
	case c.Kind == report.Percent, c.Kind == report.Change, c.Kind == report.Decimal:
		return c.Exact.Decimal(0)
	}
	return c.Text
}

// RenderRejected writes rejected.csv: every row that could not be used, with
// its place and problem and its cells as they stand, as a row of a CSV file in
// one cell, so that nothing has to be searched for by hand.
func RenderRejected(w io.Writer, d *report.Document) (report.Shown, error) {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"file", "sheet", "line", "column", "problem", "cells", estate.RunColumn}); err != nil {
		return nil, err
	}
	for _, r := range d.Result.Rejected {
		row, err := rejectedRow(r)
		if err != nil {
			return nil, err
		}
		if err := out.Write(append(row, d.RunName())); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return nil, out.Error()
}

func rejectedRow(r estate.RejectedRow) ([]string, error) {
	var cells strings.Builder
	if len(r.Cells) > 0 {
		out := csv.NewWriter(&cells)
		if err := out.Write(r.Cells); err != nil {
			return nil, err
		}
		out.Flush()
	}
	row := strings.TrimSuffix(cells.String(), "\n")
	return []string{guard.Put(r.Source.File), guard.Put(r.Source.Sheet), number(r.Source.Line), number(r.Source.Column), guard.Put(r.Problem), guard.Put(row)}, nil
}

// number writes a line or column, blank when it is not known.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
