package ingest

import (
	"context"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/guard"
	"tierline/ingest/answers"
	"tierline/ingest/cell"
	"tierline/ingest/records"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
)

// ownReport is why a file that Tierline wrote is left out: what it says about
// one audit is no input of the next, but for what people decided in it (METHOD
// 14.27).
const ownReport = "a report of Tierline"

// own reads what people decided in a workbook of Tierline, and leaves the rest of
// it out, as it does a result or a manifest.
func (f *file) own(ctx context.Context, raw []byte) bool {
	switch {
	case table.Author(ctx, raw) == estate.Author:
		sheets, err := table.Open(ctx, raw, "")
		if err == nil && f.readOwn(sheets) {
			return true
		}
	case !answers.IsJSON(raw) || answers.Writer(raw) != estate.Tool:
		return false
	}
	f.NotAnInput(ownReport, 0)
	return true
}

// ownTable does the same with a sheet that somebody saved by itself; false where
// it is none of ours.
func (f *file) ownTable(t *table.Sheet) bool {
	header := t.LineEndingIn(estate.RunColumn)
	if header == 0 || t.Name != "" {
		return false
	}
	if !f.readOwn([]*table.Sheet{t}) {
		f.NotAnInput(ownReport, t.Count(header))
	}
	return true
}

// readOwn reads the decisions in sheets of ours; false where there are none.
func (f *file) readOwn(sheets []*table.Sheet) bool {
	var all []*found
	decided := false
	for _, t := range sheets {
		if d := f.findDecisions(t); d != nil {
			all = append(all, d)
			decided = decided || len(d.rows) > 0
		}
	}
	if !decided {
		return false
	}
	f.Inputs = make([]estate.Input, len(all))
	for i, d := range all {
		f.Decoded(d.sheet.Name, d.sheet.Remarks)
		f.Inputs[i] = estate.Input{
			Path: f.Path, Sheet: d.sheet.Name, Encoding: d.sheet.Encoding, Delimiter: d.sheet.Delimiter, Excluded: []estate.Excluded{},
			Format: decisionsFormat.ID, Title: "decisions in a report of Tierline",
		}
		f.readFound(d, &f.Inputs[i])
	}
	f.Diags.Add(diag.Note, diag.Source{File: f.Path}, ownReport+": the decisions in it are read, the rest is left out", "")
	return true
}

// found is the decisions of one sheet, not yet read.
type found struct {
	sheet     *table.Sheet
	header    []string    // blank over columns that are of no decision
	rows      []table.Row // in which somebody decided something
	undecided int
	problems  []table.Problem
	run       string // that wrote the sheet, "" where none says so
}

// findDecisions looks for the columns of decisions among the first rows of a
// sheet; nil where it has none.
func (f *file) findDecisions(t *table.Sheet) *found {
	for _, row := range t.Head() {
		if header := f.decisionHeader(row.Cells); header != nil {
			return f.collectDecisions(t, row, header)
		}
	}
	return nil
}

// decisionHeader returns a row of column names with those left blank that are of
// no decision; nil where it lacks one that each decision needs.
func (f *file) decisionHeader(cells []string) []string {
	names := sheet.Sheet{File: &f.File}
	out, seen := make([]string, len(cells)), map[string]bool{}
	for i, c := range cells {
		name := names.ColumnName(c)
		if slices.Contains(decisionsFormat.All(), name) && !seen[name] {
			out[i], seen[name] = c, true
		}
	}
	if slices.ContainsFunc(decisionsFormat.Required, func(name string) bool { return !seen[name] }) {
		return nil
	}
	return out
}

// collectDecisions takes the rows below a header in which somebody decided
// something.
func (f *file) collectDecisions(t *table.Sheet, row table.Row, header []string) *found {
	names := sheet.Sheet{File: &f.File}
	keep := slices.IndexFunc(header, func(c string) bool { return names.ColumnName(c) == "keep" })
	runAt := slices.IndexFunc(row.Cells, func(c string) bool { return strings.EqualFold(strings.TrimSpace(c), estate.RunColumn) })
	out := &found{sheet: t, header: header}
	t.Each(func(r table.Row) bool {
		if r.Line <= row.Line {
			return true
		}
		if out.run == "" && runAt >= 0 {
			out.run = strings.Clone(strings.TrimSpace(cell.At(r.Cells, runAt)))
		}
		if strings.TrimSpace(cell.At(r.Cells, keep)) == "" {
			out.undecided++
			return true
		}
		out.rows = append(out.rows, table.Row{Line: r.Line, Cells: f.unguarded(r.Cells, header, t)})
		return true
	}, func(p table.Problem) { out.problems = append(out.problems, p) })
	return out
}

// unguarded returns the cells of decisions as somebody meant them: a table saved
// as text has an apostrophe before what a spreadsheet would take for a formula
// (METHOD 18.3), and of a workbook the names of accounts.
func (f *file) unguarded(cells, header []string, t *table.Sheet) []string {
	names := sheet.Sheet{File: &f.File}
	out := make([]string, min(len(cells), len(header)))
	for i := range out {
		switch name := names.ColumnName(header[i]); {
		case header[i] == "":
		case t.Delimiter != "" || name == "user_id":
			out[i] = strings.Clone(guard.Off(cells[i]))
		default:
			out[i] = strings.Clone(cells[i])
		}
	}
	return out
}

// readFound reads the decisions of a sheet and accounts for all of its rows.
func (f *file) readFound(d *found, in *estate.Input) {
	s := sheet.Made(&f.File, in, &decisionsFormat, d.header, d.rows)
	s.Name, s.Run = d.sheet.Name, d.run
	if d.undecided > 0 {
		in.Read += d.undecided
		in.Exclude(records.Undecided, d.undecided)
	}
	for _, p := range d.problems {
		s.Unsplit(p)
	}
	f.tables.ReadDecisions(s)
}
