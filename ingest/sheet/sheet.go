// Package sheet recognises tables: it finds the header of a sheet among its
// first rows, the format it is in, and where each column stands; of what no
// format fits it says which is nearest, in lines for audit.yaml. It keeps the
// accounting of files and rows (read = used + excluded + rejected). It knows no
// format itself and reads no row: ingest hands it the list of formats and the
// recognised sheet to the reader of its format.
package sheet

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/cell"
	"tierline/ingest/table"
)

// Sheet is a recognised table of a file. Rows up to the header's line are no
// data.
type Sheet struct {
	*File
	*table.Sheet
	Input   *estate.Input // its accounting
	Format  *Format
	Header  []string   // as written, trimmed
	Line    int        // of the header
	Slashes cell.Order // of dates with slashes, as audit.yaml states it
	Run     string     // name of the run of Tierline that wrote it; "" for every other table

	formats *Formats
	columns map[string]int // canonical name -> position
	skip    map[int]bool   // columns not to be read, since they occur twice
}

// Made returns a sheet of rows that stand in a file of another kind, such as the
// accounts of an answer in JSON, with columns under the names of a header.
func Made(f *File, in *estate.Input, format *Format, header []string, rows []table.Row) *Sheet {
	s := &Sheet{File: f, Sheet: table.Made(rows), Input: in, Format: format}
	s.Slashes, _ = cell.ParseOrder(f.Mapping.Dates)
	s.setHeader(header)
	return s
}

// At returns a place in the sheet.
func (s *Sheet) At(line, column int) diag.Source {
	return diag.Source{File: s.Path, Sheet: s.Name, Line: line, Column: column}
}

// ColumnName returns the canonical name of a column as written, after the
// mapping of audit.yaml.
func (s *Sheet) ColumnName(written string) string {
	c := cell.Canonical(written)
	for theirs, ours := range s.Mapping.Columns {
		if cell.Canonical(theirs) == c {
			return cell.Canonical(ours)
		}
	}
	return c
}

func (s *Sheet) setHeader(cells []string) {
	s.columns = map[string]int{}
	for i, c := range cells {
		name := s.ColumnName(c)
		c = strings.Clone(c) // what is kept of it must not keep the whole file
		s.Header = append(s.Header, strings.Join(strings.Fields(c), " "))
		if _, twice := s.columns[name]; !twice && name != "" {
			s.columns[name] = i
		}
	}
}

// Column returns the position of a column, -1 when the sheet has none. A
// column that the format knows under several names is asked for by the first;
// the first of them that occurs counts.
func (s *Sheet) Column(name string) int {
	for alias := range strings.SplitSeq(s.Format.aliases(name), "|") {
		if i, ok := s.columns[alias]; ok {
			return i
		}
	}
	return -1
}

// Columns returns the positions of those of some columns that the sheet has.
func (s *Sheet) Columns(names ...string) []int {
	var out []int
	for _, name := range names {
		if i := s.Column(name); i >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// FirstColumn returns the position of the first of some columns that the sheet
// has, -1 when it has none of them.
func (s *Sheet) FirstColumn(names ...string) int {
	if at := s.Columns(names...); len(at) > 0 {
		return at[0]
	}
	return -1
}

// Skipped reports whether a column is not to be read, since it occurs twice.
func (s *Sheet) Skipped(column int) bool { return s.skip[column] }

// Date reads a date of one of our own tables, in a workbook also as the
// serial of a date cell that lost its format.
func (s *Sheet) Date(text string) (date.Date, cell.Form, error) {
	if day, ok := s.Serial(text); ok {
		text = day
	}
	return cell.TableDate(text, s.Slashes)
}

// RemarkOnMixed warns of a column whose dates are written in several ways.
func (s *Sheet) RemarkOnMixed(column int, forms cell.Form) {
	if forms.Mixed() {
		s.Diags.AddOf(diag.Warning, s.At(s.Line, column+1), fmt.Sprintf("column %q", s.Header[column]),
			fmt.Sprintf("dates are written in several ways (%s); each is read by its own", forms), "check a few of them")
	}
}

// NotData says why a row is no data: blank, or the header once more; "" for
// data.
func (s *Sheet) NotData(cells []string) string {
	blank, same := true, true
	for i, c := range cells {
		if c != "" && strings.TrimSpace(c) != "" {
			blank = false
		}
		if same && (i >= len(s.Header) || !strings.EqualFold(strings.TrimSpace(c), s.Header[i])) {
			same = false
		}
		if !blank && !same {
			return ""
		}
	}
	switch {
	case blank:
		return "blank row"
	case same && len(cells) > 1:
		return "repeated header"
	}
	return ""
}

// Surplus returns the position of the first filled cell beyond the columns,
// false when there is none.
func Surplus(cells []string, columns int) (int, bool) {
	for i := columns; i < len(cells); i++ {
		if strings.TrimSpace(cells[i]) != "" {
			return i, true
		}
	}
	return 0, false
}

// Unsplit rejects a row that could not be split into cells.
func (s *Sheet) Unsplit(p table.Problem) {
	if p.Line <= s.Line {
		return
	}
	s.Input.Read++
	s.Input.Rejected++
	s.Reject(s.At(p.Line, p.Column), Fault{p.Message, p.Message}, "correct the row and run again", []string{p.Text})
	if p.Lost && s.Told <= ShownRows {
		s.Diags.Add(diag.Incomplete, s.At(p.Line, 0), "what follows may be part of this row; it is read as rows of its own", "close the quotation mark")
	}
}

// UnsplitFurther rejects rows that could not be split, of which only the number
// is known.
func (s *Sheet) UnsplitFurther(n int) {
	s.Input.Read += n
	s.Input.Rejected += n
	if n > 0 {
		s.Told += n
		s.unkept("a row that cannot be split into cells", n)
	}
}

// Reject records a row that could not be used, without its licence keys.
func (s *Sheet) Reject(at diag.Source, fault Fault, fix string, cells []string) {
	s.File.Reject(at, fault, fix, s.withhold(cells))
}

// KeepRejected keeps a row whose problems have been remarked on already.
func (s *Sheet) KeepRejected(at diag.Source, fault Fault, cells []string) {
	s.File.KeepRejected(at, fault, s.withhold(cells))
}

// secretColumns hold licence keys, which no output shows.
var secretColumns = map[string]bool{"rawlicense": true, "rawlicence": true, "licensekey": true, "licencekey": true}

func (s *Sheet) withhold(cells []string) []string {
	cells = slices.Clone(cells)
	for i, h := range s.Header[:min(len(s.Header), len(cells))] {
		if secretColumns[strings.ReplaceAll(cell.Canonical(h), "_", "")] {
			cells[i] = "(withheld)"
		}
	}
	return cells
}
