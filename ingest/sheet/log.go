package sheet

import (
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
)

// ShownRows is how many rows of one file get a remark of their own for the
// same reason: a file that is broken throughout would drown everything else.
const ShownRows = 1000

// KeptRows is how many rejected rows of one run are kept with their text, for
// rejected.csv; the others are counted by file and reason (METHOD 16.5).
const KeptRows = 10_000

// keptText is how many bytes of a row are kept, with keptCell for each cell. The
// row of an export with a hundred products takes a half of it.
const keptText, keptCell = 4000, 16

// Fault is why a row cannot be used: in full, and in words that are the same for
// all rows with that fault, by which they are counted.
type Fault struct{ Text, Kind string }

// Log is what was found wrong: remarks, and the rows that could not be used.
type Log struct {
	Diags    diag.List
	Told     int                  // on rejected rows; Diags holds the first of them, [ShownRows] at most
	Rejected []estate.RejectedRow // the first of them, [KeptRows] at most
	Unkept   map[string]int       // how many more there are, by the kind of their fault
}

// Reject records a row that could not be used, with what has to be done.
func (l *Log) Reject(at diag.Source, fault Fault, fix string, cells []string) {
	l.RemarkRejected(at, fault.Text, fix)
	l.KeepRejected(at, fault, cells)
}

// RemarkRejected remarks on one of the problems for which a row is rejected.
func (l *Log) RemarkRejected(at diag.Source, problem, fix string) {
	if l.Told++; l.Told <= ShownRows {
		l.Diags = append(l.Diags, diag.Diagnostic{Level: diag.Incomplete, Kind: diag.RowRejected, Source: at, Message: "row rejected: " + problem, Fix: fix})
	}
}

// KeepRejected keeps a row whose problems have been remarked on already.
func (l *Log) KeepRejected(at diag.Source, fault Fault, cells []string) {
	if len(l.Rejected) == KeptRows {
		l.unkept(fault.Kind, 1)
		return
	}
	l.Rejected = append(l.Rejected, estate.RejectedRow{Source: at, Problem: fault.Text, Kind: fault.Kind, Cells: kept(cells)})
}

// KeepPart keeps a cell of a row that is used otherwise.
func (l *Log) KeepPart(at diag.Source, problem, text string) {
	if len(l.Rejected) < KeptRows {
		l.Rejected = append(l.Rejected, estate.RejectedRow{Source: at, Problem: problem, Cells: kept([]string{text}), Part: true})
	}
}

// Limit keeps the first n rejected rows and counts the others.
func (l *Log) Limit(n int) {
	n = min(n, len(l.Rejected))
	for _, r := range l.Rejected[n:] {
		if !r.Part {
			l.unkept(r.Kind, 1)
		}
	}
	l.Rejected = l.Rejected[:n:n]
}

func (l *Log) unkept(kind string, rows int) {
	if l.Unkept == nil {
		l.Unkept = map[string]int{}
	}
	l.Unkept[kind] += rows
}

// Append adds what was found wrong in a part of the file, up to the same numbers.
func (l *Log) Append(part Log) {
	shown := min(l.Told, ShownRows)
	for _, d := range part.Diags {
		if d.Kind == diag.RowRejected {
			shown++
		}
		if d.Kind != diag.RowRejected || shown <= ShownRows {
			l.Diags = append(l.Diags, d)
		}
	}
	l.Told += part.Told
	l.Rejected = append(l.Rejected, part.Rejected...)
	for kind, rows := range part.Unkept {
		l.unkept(kind, rows)
	}
	l.Limit(KeptRows)
}

// kept returns the cells of a row that are kept, apart from the text of the file.
func kept(cells []string) []string {
	room := keptText
	for i, c := range cells {
		if room -= len(c) + keptCell; room < 0 {
			cells = append(slices.Clone(cells[:i]), strings.ToValidUTF8(c[:max(0, min(len(c), len(c)+room))], "")+"...")
			break
		}
	}
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.Clone(c)
	}
	return out
}
