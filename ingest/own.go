package ingest

import (
	"context"
	"fmt"
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
		if sheets, err := table.Open(ctx, raw, nil, ""); err == nil {
			f.readOwn(sheets, func() int { return 0 })
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
	f.readOwn([]*table.Sheet{t}, func() int { return t.Count(header) })
	return true
}

// readOwn reads the decisions in sheets of ours; where there are none it leaves the
// file out, with so many rows.
func (f *file) readOwn(sheets []*table.Sheet, rows func() int) {
	var all, lost []*found
	decided := false
	for _, t := range sheets {
		switch d := f.findDecisions(t); {
		case d == nil:
		case d.lacks != "":
			lost = append(lost, d)
		default:
			all = append(all, d)
			decided = decided || len(d.rows) > 0
		}
	}
	if decided {
		f.readAll(all)
	} else {
		f.NotAnInput(ownReport, rows())
	}
	for _, d := range lost {
		if len(d.rows) > 0 {
			f.Diags.Add(diag.Incomplete, diag.Source{File: f.Path, Sheet: d.sheet.Name},
				fmt.Sprintf("decisions that say of no seat which one it is: %d; the column %q is gone", len(d.rows), d.lacks),
				"put the column back, or write the decisions into the sheet Users of the run again")
		}
	}
}

// readAll reads the decisions of the sheets that have some.
func (f *file) readAll(all []*found) {
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
}

// found is the decisions of one sheet, not yet read.
type found struct {
	sheet     *table.Sheet
	header    []string    // blank over columns that are of no decision
	rows      []table.Row // in which somebody decided something
	undecided int
	problems  []table.Problem
	run       string // that wrote the sheet, "" where none says so
	lacks     string // the column without which no decision says which seat it is about, "" where it is there
}

// findDecisions looks for the columns of decisions among the first rows of a
// sheet; nil where it has none. Of a sheet that lost one of them it takes what was
// decided all the same, so that this can be told: a row with keep and two more of
// the columns is a header, since keep alone may stand in any cell.
func (f *file) findDecisions(t *table.Sheet) *found {
	var lost *found
	for _, row := range t.Head() {
		header, lacks := f.decisionHeader(row.Cells)
		if len(lacks) == 0 {
			return f.collectDecisions(t, row, header)
		}
		named := slices.DeleteFunc(slices.Clone(header), func(c string) bool { return c == "" })
		if lost == nil && len(named) > 2 && f.columnOf(header, "keep") >= 0 {
			lost = f.collectDecisions(t, row, header)
			lost.lacks = lacks[0]
		}
	}
	return lost
}

// decisionHeader returns a row of column names with those left blank that are of
// no decision, and the columns it lacks of those that each decision needs.
func (f *file) decisionHeader(cells []string) (header, lacks []string) {
	names := sheet.Sheet{File: &f.File}
	header, seen := make([]string, len(cells)), map[string]bool{}
	for i, c := range cells {
		name := names.ColumnName(c)
		if slices.Contains(decisionsFormat.All(), name) && !seen[name] {
			header[i], seen[name] = c, true
		}
	}
	for i, name := range decisionsFormat.Required {
		if !seen[name] {
			lacks = append(lacks, decisionsFormat.Written[i])
		}
	}
	return header, lacks
}

// columnOf returns where the column of a name stands in a header, -1 for nowhere.
func (f *file) columnOf(header []string, column string) int {
	names := sheet.Sheet{File: &f.File}
	return slices.IndexFunc(header, func(c string) bool { return names.ColumnName(c) == column })
}

// collectDecisions takes the rows below a header in which somebody decided
// something.
func (f *file) collectDecisions(t *table.Sheet, row table.Row, header []string) *found {
	keep := f.columnOf(header, "keep")
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
