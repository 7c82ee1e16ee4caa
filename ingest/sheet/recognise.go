package sheet

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/cell"
	"tierline/ingest/table"
)

// Recognise finds the header of a table among its first rows and returns the
// sheet below it. A table in none of the formats is left out of the figures,
// with the reason, and nil returned.
func Recognise(f *File, t *table.Sheet, in *estate.Input, formats *Formats) *Sheet {
	s := &Sheet{File: f, Sheet: t, Input: in, formats: formats}
	s.Slashes, _ = cell.ParseOrder(f.Mapping.Dates) // what is wrong with it stands among the mistakes of audit.yaml
	head := s.Head()
	best := match{}
	for _, row := range head {
		if m := s.match(row, s.Mapping.Format); m.beats(best) {
			best = m
		}
	}
	switch {
	case best.format == nil || len(best.missing) > 0:
		s.unrecognised(head, best)
		return nil
	case best.tie != "":
		s.leaveOut(best.format, fmt.Sprintf("the columns fit %s as well as %s", best.format.Title, best.tie),
			"remove the columns of one of the two, or name the format in audit.yaml under inputs:")
		return nil
	}
	s.Format, s.Line = best.format, best.row.Line
	s.Input.Format, s.Input.Title = best.format.ID, best.format.Title
	s.setHeader(best.row.Cells)
	if lost := s.dropDuplicates(); lost != "" {
		s.leaveOut(best.format, fmt.Sprintf("the column %q occurs twice with different content", lost), "remove one of the two columns")
		return nil
	}
	return s
}

// match is how well a row fits as the header of a format.
type match struct {
	format  *Format
	known   int      // columns it knows
	missing []string // required columns it lacks
	tie     string   // title of another format that fits as well
	row     table.Row
}

// beats reports whether a fits better than b: complete before incomplete, then
// by known columns; the first row wins a tie. Of two that come near, each column
// lacked counts against one known: three of a table of four are nearer than four
// of one of seven.
func (a match) beats(b match) bool {
	switch {
	case a.format == nil:
		return false
	case b.format == nil:
		return true
	case a.tells() != b.tells():
		return a.tells()
	case a.weakerThan(b), b.weakerThan(a):
		return b.weakerThan(a)
	case (len(a.missing) == 0) != (len(b.missing) == 0):
		return len(a.missing) == 0
	}
	if a.near() && b.near() {
		return a.known-len(a.missing) > b.known-len(b.missing)
	}
	return a.known > b.known
}

// tells reports whether a table has what no table of another format has.
func (m *match) tells() bool {
	return m.format != nil && m.format.Telling && len(m.missing) == 0
}

// near reports whether a table that lacks columns of the format is that format,
// incomplete, rather than something unknown.
func (m *match) near() bool {
	return m.format != nil && m.known >= min(nearColumns, len(m.format.needed()))
}

// weakerThan reports whether a, complete by one or two columns, is recognised
// by less than b, which lacks some but knows more: a subscriptions table
// without cycle is that, not facts about apps (METHOD 14.2).
func (a match) weakerThan(b match) bool {
	return len(a.missing) == 0 && len(a.format.needed()) <= 2 && len(b.missing) > 0 && b.known >= nearColumns && b.known > a.known
}

// match finds the format a row of column names fits best, of the formats with an
// id; "" for all.
func (s *Sheet) match(row table.Row, id string) match {
	names, known := map[string]bool{}, make([]int, len(s.formats.list))
	for _, c := range row.Cells {
		if n := s.ColumnName(c); !names[n] && s.formats.count(n, known) {
			names[n] = true
		}
	}
	best := match{}
	for i := range s.formats.list {
		f := &s.formats.list[i]
		if known[i] == 0 || id != "" && f.ID != id {
			continue
		}
		m := match{format: f, known: known[i], missing: f.lacks(names), row: row}
		// A table recognised by one or two weak columns needs one more, unless
		// somebody says what it is.
		if s.Mapping.Format == "" && len(m.missing) == 0 && len(f.needed()) <= 2 && m.known == len(f.needed()) {
			m.missing = []string{furtherColumn}
		}
		switch {
		case m.beats(best):
			best = m
		case !best.beats(m) && len(m.missing) == 0:
			best.tie = f.Title
		}
	}
	return best
}

// nearColumns is how many columns of a format make a file that lacks others
// "that format, incomplete" rather than something unknown.
const nearColumns = 3

// unrecognised leaves a table out and says which format it is nearest to.
func (s *Sheet) unrecognised(head []table.Row, best match) {
	proposal := s.propose(head)
	s.Input.Proposal = s.proposalLines(proposal)
	message := "not recognised as any export or table Tierline reads"
	fix := "see the README for the formats, or map its columns in audit.yaml under inputs:"
	line, proposed := s.proposalLine(proposal)
	if proposed {
		fix = fmt.Sprintf("if it is the %s under other names, add to audit.yaml: %s", proposal.format.Title, line)
	}
	near, saying := best.near() && !(proposed && proposal.format != best.format), "not recognised; nearest is %s, which also needs %s"
	if named := s.named(head); len(named.missing) > 0 && !proposed && !(near && best.format == named.format) {
		near, saying, best = true, "has the name of the %s, but lacks %s", named
	}
	if near {
		message = fmt.Sprintf(saying, best.format.Title, best.needs())
		fix = "add what it lacks, or map its columns in audit.yaml under inputs:"
		if known := s.unknownColumns(best); len(known) > 0 {
			fix = fmt.Sprintf("columns it does not know: %s; %s", strings.Join(known, ", "), fix)
		}
		if proposed {
			fix = "if its columns only have other names, add to audit.yaml: " + line
		}
	}
	switch line := s.Wide(); {
	case line > 0 && !near:
		message = fmt.Sprintf("line %d has more than %d cells, as many as a table may have columns; not read", line, table.MaxColumns)
		fix = "export fewer columns into one file"
	case !slices.ContainsFunc(head, func(r table.Row) bool { return strings.Join(r.Cells, "") != "" }):
		message, fix = "has no rows", "the download may have failed"
	}
	if !near {
		s.strangers = append(s.strangers, len(s.Diags))
		best.format = nil
	}
	s.leaveOut(best.format, message, fix)
}

// named returns how far a table fits the format whose id is the name of its file,
// the zero value for none: whoever calls a file app_usage.csv means that table.
func (s *Sheet) named(head []table.Row) match {
	name := path.Base(s.Path)
	i := slices.IndexFunc(s.formats.list, func(f Format) bool { return f.ID == strings.ToLower(strings.TrimSuffix(name, path.Ext(name))) })
	if i < 0 || s.Mapping.Format != "" || len(head) == 0 {
		return match{}
	}
	f := &s.formats.list[i]
	best := match{format: f, missing: f.needed(), row: head[0]}
	for _, row := range head {
		if m := s.match(row, f.ID); m.beats(best) {
			best = m
		}
	}
	return best
}

// furtherColumn stands for whichever column a table is too weak without.
const furtherColumn = "another of its columns"

// nearNames is how many names of a column are told that has several.
const nearNames = 3

// needs names the columns a header lacks as real exports write them.
func (m *match) needs() string {
	if m.missing[0] == furtherColumn {
		return furtherColumn
	}
	var columns []string
	for _, names := range m.missing {
		var all []string
		for name := range strings.SplitSeq(names, "|") {
			all = append(all, m.format.written(name))
		}
		if len(all) > nearNames {
			all = append(all[:nearNames], "another name of it")
		}
		columns = append(columns, strings.Join(all, " or "))
	}
	if len(columns) > 1 {
		return "the columns " + diag.Names(columns)
	}
	return "the column " + columns[0]
}

// unknownColumns lists the columns of a header a format does not know.
func (s *Sheet) unknownColumns(m match) []string {
	var out []string
	for _, c := range m.row.Cells {
		n := s.ColumnName(c)
		if n != "" && !m.format.Requires(n) && !m.format.Knows(n) {
			out = append(out, strings.TrimSpace(c))
		}
	}
	return out[:min(len(out), 8)]
}

// TooMany is why the rows of a table are left out that has more than are read.
var TooMany = diag.Reason{Kind: diag.TooLarge, Text: "more rows than are read"}

// Longer leaves the table out if it has more rows than a limit, and reports
// whether it has: with a part of a table the figures would be wrong and look right.
func (s *Sheet) Longer(limit int) bool {
	if !s.Sheet.Longer(s.Line, limit) {
		return false
	}
	// Its lines stand for its rows: to split all of them only to be counted takes
	// as long as to read them.
	s.Input.Read = max(limit+1, s.Rows(s.Line))
	s.Input.Exclude(TooMany, s.Input.Read)
	s.Diags.Add(diag.Incomplete, s.At(0, 0),
		fmt.Sprintf("more than %s rows, which is more than Tierline reads of a %s; not read", money.Group(fmt.Sprint(limit)), s.Input.Title),
		"leave out the rows that no longer count")
	return true
}

// leaveOut accounts for a table nobody recognises, which seems to be of a format;
// nil for none.
func (s *Sheet) leaveOut(seems *Format, message, fix string) {
	s.Input.Format, s.Input.Title = "", "not recognised"
	s.Each(func(table.Row) bool { s.Input.Read++; return true }, func(table.Problem) { s.Input.Read++ })
	if s.Input.Read > 0 {
		s.Input.Exclude(diag.Reason{Kind: diag.Unreadable, Text: "file not recognised"}, s.Input.Read)
	}
	s.Diags.Add(diag.Incomplete, s.At(0, 0), message, fix)
	if seems != nil {
		s.LeftOut = append(s.LeftOut, LeftOut{seems.ID, s.Diags[len(s.Diags)-1]})
	}
}
