// Package csv writes the tables for spreadsheets and scripts: findings.csv,
// which names nobody, and seats.csv, removals.csv and rejected.csv, which name
// people. It decides nothing about what they say; package publish calls it.
package csv

import (
	"io"
	"strconv"

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
	out := newWriter(w, len(t.Columns))
	for i := range t.Columns {
		out.field(t.Columns[i].ID)
	}
	out.field(estate.RunColumn)
	for row := range t.Rows {
		if err := out.end(); err != nil {
			return err
		}
		for i := range row {
			out.cell(i, &row[i])
		}
		out.field(run)
	}
	return out.close()
}

// RenderRejected writes rejected.csv: every row that could not be used, with
// its place and problem and its cells as they stand, as a row of a CSV file in
// one cell, so that nothing has to be searched for by hand.
func RenderRejected(w io.Writer, d *report.Document) (report.Shown, error) {
	out := newWriter(w, 0)
	for _, id := range []string{"file", "sheet", "line", "column", "problem", "cells", estate.RunColumn} {
		out.field(id)
	}
	for _, r := range d.Result.Rejected {
		if err := out.end(); err != nil {
			return nil, err
		}
		for _, text := range []string{r.Source.File, r.Source.Sheet, number(r.Source.Line), number(r.Source.Column), r.Problem, asRow(r.Cells)} {
			out.field(guard.Put(text))
		}
		out.field(d.RunName())
	}
	return nil, out.close()
}

// asRow returns cells as a row of a CSV file.
func asRow(cells []string) string {
	out := newWriter(nil, 0)
	for _, text := range cells {
		out.field(text)
	}
	return string(out.line)
}

// number writes a line or column, blank when it is not known.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
