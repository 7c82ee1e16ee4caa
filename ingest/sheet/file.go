package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/glob"
	"tierline/ingest/table"
)

// File is one input file while it is read: where it is, what audit.yaml says
// about it, and the accounting of its rows. One goroutine fills it.
type File struct {
	Path    string         // below the folder, with slashes
	AsOf    date.Date      // of the audit; zero where nobody says
	Copy    bool           // the files are large together, so what is kept of this one's text is copied
	Mapping config.Input   // the zero value when audit.yaml says nothing
	Inputs  []estate.Input // one per sheet
	Log
	LeftOut []LeftOut // tables nobody can read as what they seem to be

	strangers []int // remarks on sheets that are like no format
}

// LeftOut is a table that is left out though it is nearly one of a format.
type LeftOut struct {
	Format string // id
	Remark diag.Diagnostic
}

// NewFile returns the file at a path, with what audit.yaml says about it, as of
// a day.
func NewFile(path string, entries []config.Input, asOf date.Date) File {
	return File{Path: path, AsOf: asOf, Mapping: InputFor(path, entries)}
}

// InputFor returns what the entries of audit.yaml say of a path: of each setting
// what the first one says that states it, since the lines to paste come one by one.
// The zero value says nothing.
func InputFor(path string, entries []config.Input) config.Input {
	var out config.Input
	for _, in := range entries {
		if !glob.Match(strings.ToLower(in.Glob), strings.ToLower(path)) {
			continue
		}
		if out.Glob == "" {
			out.Glob, out.Source = in.Glob, in.Source
		}
		out.Site, out.Product, out.Format = cmp.Or(out.Site, in.Site), cmp.Or(out.Product, in.Product), cmp.Or(out.Format, in.Format)
		out.Dates, out.Delimiter, out.ExportedOn = cmp.Or(out.Dates, in.Dates), cmp.Or(out.Delimiter, in.Delimiter), cmp.Or(out.ExportedOn, in.ExportedOn)
		if out.Columns == nil {
			out.Columns = in.Columns
		}
	}
	return out
}

// StateLine asks for the entry of audit.yaml that says where a file belongs.
func StateLine(path, site, product string) string {
	return "state it in audit.yaml: " + Entry(path, site, product)
}

// Entry is what audit.yaml says of where a file belongs; product may be "".
func Entry(path, site, product string) string {
	entry := fmt.Sprintf("inputs: [{glob: %q, site: %s", path, site)
	if product != "" {
		entry += ", product: " + product
	}
	return entry + "}]"
}

// Unreadable records why nothing of the file can be read.
func (f *File) Unreadable(title, why string) {
	f.Inputs = []estate.Input{{Path: f.Path, Title: title, Excluded: []estate.Excluded{}}}
	f.Diags.Add(diag.Incomplete, diag.Source{File: f.Path}, why, "nothing of it is in the figures")
}

// NotAnInput leaves the whole file out without harm, for a reason. rows is how
// many it has, 0 where nobody counted them.
func (f *File) NotAnInput(reason string, rows int) {
	f.Inputs = []estate.Input{{Path: f.Path, Title: reason, Read: rows, Excluded: []estate.Excluded{}}}
	if rows > 0 {
		f.Inputs[0].Exclude(diag.Reason{Kind: diag.Unrelated, Text: reason}, rows)
	}
	f.Diags = nil
	f.Diags.Add(diag.Note, diag.Source{File: f.Path}, reason+"; left out", "")
}

// Decoded records what had to be said about the bytes of a sheet. A byte that
// was replaced or removed spoils a name, not a figure (METHOD 14.4).
func (f *File) Decoded(sheet string, remarks []table.Remark) {
	for _, r := range remarks {
		f.Diags.Add(diag.Warning, diag.Source{File: f.Path, Sheet: sheet, Line: r.Line}, r.Message, r.Fix)
	}
}

// Forgive turns sheets nobody knows into notes when the workbook has one we
// know: a cover sheet or a chart of the prices beside them loses nothing.
func (f *File) Forgive() {
	if !f.Recognised() {
		return
	}
	for _, i := range f.strangers {
		f.Diags[i].Level, f.Diags[i].Fix = diag.Note, ""
	}
}

// Recognised reports whether any sheet of the file has a format we know.
func (f *File) Recognised() bool {
	return slices.ContainsFunc(f.Inputs, func(in estate.Input) bool { return in.Format != "" })
}

// InputAt returns the accounting that a place belongs to, nil when the place
// is in another file.
func (f *File) InputAt(at diag.Source) *estate.Input {
	i := slices.IndexFunc(f.Inputs, func(in estate.Input) bool { return in.Path == at.File && in.Sheet == at.Sheet })
	if i < 0 {
		return nil
	}
	return &f.Inputs[i]
}
