package ingest

import (
	"fmt"
	"maps"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/sheet"
)

// What joining the files does to the accounting of their rows.

// unrelated is why a row is left out that refers to what nobody has.
func unrelated() diag.Reason { return diag.Reason{Kind: diag.Unrelated, Text: "matches nothing"} }

// repeats is why a row is left out that says again what another says.
func repeats() diag.Reason { return diag.Reason{Kind: diag.Repeated, Text: "repeats another row"} }

// dropCopies leaves out files that are byte for byte the same as one before
// them: a table read twice would plan its users twice (METHOD 14.15).
func dropCopies(files []*file) {
	first := map[string]*file{}
	for _, f := range files {
		original := first[f.sum]
		switch {
		case !f.Recognised():
		case original == nil:
			first[f.sum] = f
		default:
			*f = file{File: sheet.File{Path: f.Path, Mapping: f.Mapping, Inputs: f.Inputs}, sum: f.sum}
			for i := range f.Inputs {
				in := &f.Inputs[i]
				in.Used, in.Rejected, in.Excluded = 0, 0, []estate.Excluded{{Reason: diag.Reason{Kind: diag.Repeated, Text: "identical copy"}, Rows: in.Read}}
			}
			f.Diags.Add(diag.Warning, diag.Source{File: f.Path}, "the same bytes as "+original.Path+"; read once", "remove one of the two")
		}
	}
}

// excludeRow moves a row that was used to the excluded ones.
func excludeRow(files []*file, at diag.Source, reason diag.Reason) {
	for _, f := range files {
		if in := f.InputAt(at); in != nil {
			in.Used--
			in.Exclude(reason, 1)
		}
	}
}

// rejectRow moves a row that was used to the rejected ones.
func rejectRow(files []*file, at diag.Source, problem, fix string) {
	for _, f := range files {
		if in := f.InputAt(at); in != nil {
			in.Used--
			in.Rejected++
			f.Reject(at, sheet.Fault{Text: problem, Kind: "another row contradicts it"}, fix, nil)
		}
	}
}

// shownRemarks returns the remarks on a file, with how many are on rejected rows
// and not among them.
func (f *file) shownRemarks() diag.List {
	out := f.Diags
	if f.Told > sheet.ShownRows {
		more := money.Plural(f.Told-sheet.ShownRows, "more row") + " rejected"
		out.Add(diag.Incomplete, diag.Source{File: f.Path}, more, "a published run lists them in rejected.csv")
	}
	return out
}

// unkept returns a row for each kind of fault of the rejected rows of a file that
// are not kept.
func (f *file) unkept() (out []estate.RejectedRow) {
	for _, kind := range slices.Sorted(maps.Keys(f.Unkept)) {
		problem := fmt.Sprintf("%s more with this problem, whose text is not kept: %s", money.Plural(f.Unkept[kind], "row"), kind)
		out = append(out, estate.RejectedRow{Source: diag.Source{File: f.Path}, Problem: problem, Kind: kind})
	}
	return out
}
