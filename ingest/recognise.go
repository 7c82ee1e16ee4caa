package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/glob"
	"tierline/audit/pricing"
	"tierline/ingest/table"
)

// file is one input and what was read from it. Each is filled by one
// goroutine.
type file struct {
	path  string
	cfg   *config.Config
	sum   string
	input []estate.Input // one per sheet
	diags diag.List

	strangers []int // diagnostics of sheets that are like no format

	users      []*userList
	subs       []subscription
	refused    int
	rejected   []estate.RejectedRow
	prices     []pricing.Row
	changes    []pricing.Change
	refusals   []pricing.Refusal
	headcount  []estate.HeadcountChange
	exceptions []estate.Exception
	counts     []estate.UserCount
	usage      []estate.AppUsage
	apps       []estate.AppFact
	workload   []estate.Workload
	people     []estate.Person
	installed  []installed
	lists      []priceList
}

// format is a kind of file we know, recognised by its columns.
type format struct {
	id       string
	title    string
	required []string            // columns it cannot do without
	optional []string            // further columns it knows
	dynamic  func(h string) bool // columns whose names depend on the organisation
	users    bool                // a list of users: max_rejected applies
	read     func(*sheet)
}

// formats lists every kind of file, exports first.
func formats() []format {
	return slices.Concat(exports(), tables())
}

// formatIDs lists the formats by the names audit.yaml knows them by.
func formatIDs() []string {
	var out []string
	for _, f := range formats() {
		out = append(out, f.id)
	}
	return out
}

// sheet is a recognised table of a file while it is read.
type sheet struct {
	*file
	*table.Sheet
	format  *format
	in      *estate.Input
	header  []string       // as written, trimmed
	columns map[string]int // canonical name -> position
	skip    map[int]bool   // columns not to be read, since they occur twice
	line    int            // of the header
	mapping config.Input   // what audit.yaml says about this file
	slashes slashOrder
	formats []format    // that it may have
	words   *vocabulary // of the formats
}

// canonical is the form in which column names are compared: case, spacing and
// the choice between space, '-' and '_' never matter.
func canonical(h string) string {
	h = strings.ToLower(strings.Join(strings.Fields(h), " "))
	return underscores.Replace(h)
}

var underscores = strings.NewReplacer(" ", "_", "-", "_")

// read recognises the tables in the bytes of a file and reads each.
func (f *file) read(raw []byte) {
	if isJSON(raw) {
		f.readJSON(raw)
		return
	}
	mapping := f.mapping()
	sheets, err := table.Open(raw, mapping.Delimiter)
	if err != nil {
		f.input = append(f.input, estate.Input{Path: f.path, Title: "not readable", Excluded: []estate.Excluded{}})
		f.diags.Add(diag.Incomplete, diag.Source{File: f.path}, err.Error(), "nothing of it is in the figures")
		return
	}
	f.input = make([]estate.Input, 0, len(sheets))
	for _, t := range sheets {
		f.input = append(f.input, estate.Input{Path: f.path, Sheet: t.Name, Encoding: t.Encoding, Delimiter: t.Delimiter, Excluded: []estate.Excluded{}})
		s := &sheet{file: f, Sheet: t, in: &f.input[len(f.input)-1], mapping: mapping}
		for _, r := range t.Remarks {
			level := diag.Warning
			if r.Broken {
				level = diag.Incomplete
			}
			f.diags.Add(level, s.at(r.Line, 0), r.Message, r.Fix)
		}
		s.recognise()
	}
	f.forgive()
}

// forgive turns sheets nobody knows into notes when the workbook has one we
// know: a cover sheet or a chart of the prices beside them loses nothing.
func (f *file) forgive() {
	if !slices.ContainsFunc(f.input, func(in estate.Input) bool { return in.Format != "" }) {
		return
	}
	for _, i := range f.strangers {
		f.diags[i].Level, f.diags[i].Fix = diag.Note, ""
	}
}

// mapping returns what audit.yaml says about the file.
func (f *file) mapping() config.Input {
	for _, m := range f.cfg.Inputs {
		if glob.Match(strings.ToLower(m.Glob), strings.ToLower(f.path)) {
			return m
		}
	}
	return config.Input{}
}

// at returns a place in the sheet.
func (s *sheet) at(line, column int) diag.Source {
	return diag.Source{File: s.path, Sheet: s.Name, Line: line, Column: column}
}

// recognise finds the header among the first rows and reads what follows it.
func (s *sheet) recognise() {
	order, err := orderOf(s.mapping.Dates)
	if err == nil {
		s.slashes = order
	}
	s.formats = formats()
	s.words = vocabularyOf(s.formats)
	head := s.Head()
	best := match{}
	for _, row := range head {
		if m := s.match(row.Cells); m.beats(best) {
			best = m
			best.row = row
		}
	}
	switch {
	case best.format == nil || len(best.missing) > 0:
		s.unrecognised(head, best)
		return
	case best.tie != "":
		s.leaveOut(fmt.Sprintf("the columns fit %s as well as %s", best.format.title, best.tie), "remove the columns of one of the two, or name the format in audit.yaml under inputs:")
		return
	}
	s.format, s.line = best.format, best.row.Line
	s.in.Format, s.in.Title = best.format.id, best.format.title
	s.setHeader(best.row.Cells)
	if lost := s.dropDuplicates(); lost != "" {
		s.leaveOut(fmt.Sprintf("the column %q occurs twice with different content", lost), "remove one of the two columns")
		return
	}
	s.format.read(s)
}

// match is how well a row fits as the header of a format.
type match struct {
	format  *format
	known   int      // columns it knows
	missing []string // required columns it lacks
	tie     string   // title of another format that fits as well
	row     table.Row
}

// beats reports whether a fits better than b: complete before incomplete, then
// by known columns; the first row wins a tie.
func (a match) beats(b match) bool {
	switch {
	case a.format == nil:
		return false
	case b.format == nil:
		return true
	case a.weakerThan(b), b.weakerThan(a):
		return b.weakerThan(a)
	case (len(a.missing) == 0) != (len(b.missing) == 0):
		return len(a.missing) == 0
	}
	return a.known > b.known
}

// weakerThan reports whether a, complete by one or two columns, is recognised
// by less than b, which lacks some but knows more: a subscriptions table
// without cycle is that, not facts about apps (ruling I8).
func (a match) weakerThan(b match) bool {
	return len(a.missing) == 0 && len(a.format.required) <= 2 && len(b.missing) > 0 && b.known >= nearColumns && b.known > a.known
}

// match finds the format a row of column names fits best.
func (s *sheet) match(cells []string) match {
	names := map[string]bool{}
	for _, c := range cells {
		if n := s.name(c); s.words.has(n) {
			names[n] = true
		}
	}
	best := match{}
	for i := range s.formats {
		f := &s.formats[i]
		if s.mapping.Format != "" && f.id != s.mapping.Format {
			continue
		}
		m := f.match(names)
		// A table recognised by one or two weak columns needs one more, unless
		// somebody says what it is.
		if s.mapping.Format == "" && len(m.missing) == 0 && len(f.required) <= 2 && m.known == len(f.required) {
			m.missing = []string{furtherColumn}
		}
		switch {
		case m.known == 0:
		case m.beats(best):
			best = m
		case !best.beats(m) && len(m.missing) == 0:
			best.tie = f.title
		}
	}
	return best
}

// match holds some column names against the format. What it lacks is not
// asked where it knows none of them, as is so for nearly every row.
func (f *format) match(names map[string]bool) match {
	m := match{format: f}
	for n := range names {
		if f.requires(n) || f.knows(n) {
			m.known++
		}
	}
	if m.known == 0 {
		return m
	}
	for _, r := range f.required {
		if !anyFits(r, names) {
			m.missing = append(m.missing, r)
		}
	}
	return m
}

// requires reports whether the format cannot do without a column. A name may
// be several separated by '|', of which one is enough, and end in '*', which
// stands for the name of a product.
func (f *format) requires(name string) bool {
	return slices.ContainsFunc(f.required, func(r string) bool { return fits(r, name) })
}

// knows reports whether the format can use a column.
func (f *format) knows(name string) bool {
	return slices.ContainsFunc(f.optional, func(o string) bool { return fits(o, name) }) || f.dynamic != nil && f.dynamic(name)
}

func fits(names, name string) bool {
	if names == name || strings.IndexByte(names, '|') < 0 && !strings.HasSuffix(names, "*") {
		return names == name
	}
	for n := range strings.SplitSeq(names, "|") {
		if start, open := strings.CutSuffix(n, "*"); n == name || open && strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}

func anyFits(names string, columns map[string]bool) bool {
	for c := range columns {
		if fits(names, c) {
			return true
		}
	}
	return false
}

// name returns the canonical name of a column as written, after the mapping
// of audit.yaml.
func (s *sheet) name(written string) string {
	c := canonical(written)
	for theirs, ours := range s.mapping.Columns {
		if canonical(theirs) == c {
			return canonical(ours)
		}
	}
	return c
}

func (s *sheet) setHeader(cells []string) {
	s.columns = map[string]int{}
	for i, c := range cells {
		name := s.name(c)
		s.header = append(s.header, strings.Join(strings.Fields(c), " "))
		if _, twice := s.columns[name]; !twice && name != "" {
			s.columns[name] = i
		}
	}
}

// dropDuplicates deals with columns that occur twice (ruling I30): of equal
// ones the first is read, of different ones neither. It returns a column whose
// loss spoils the whole table: a required one, or any known one of a table of
// ours, where a blank means a default.
func (s *sheet) dropDuplicates() (lost string) {
	first := map[string]int{}
	pairs := map[int]int{} // later column -> first
	for i, h := range s.header {
		key := s.columnKey(h)
		if j, twice := first[key]; twice {
			pairs[i] = j
		} else if key != "" {
			first[key] = i
		}
	}
	if len(pairs) == 0 {
		return ""
	}
	different := map[int]bool{}
	s.Each(func(row table.Row) bool {
		if row.Line > s.line && s.notData(row.Cells) == "" {
			for later, j := range pairs {
				if strings.TrimSpace(cell(row.Cells, later)) != strings.TrimSpace(cell(row.Cells, j)) {
					different[later] = true
				}
			}
		}
		return true
	}, func(table.Problem) {})
	s.skip = map[int]bool{}
	for _, later := range slices.Sorted(maps.Keys(pairs)) {
		name := s.name(s.header[later])
		s.skip[later] = true
		required, known := s.format.requires(name), s.format.knows(name)
		switch {
		case !different[later]:
			s.diags.Add(diag.Warning, s.at(s.line, later+1), fmt.Sprintf("the column %q occurs twice with the same content; the first is read", s.header[later]), "")
		case required || known && !s.format.users:
			lost = s.header[later]
		default:
			s.skip[pairs[later]] = true
			delete(s.columns, name)
			s.diags.Add(diag.Incomplete, s.at(s.line, later+1), fmt.Sprintf("the column %q occurs twice with different content; neither is read", s.header[later]), "remove one of the two columns")
		}
	}
	return lost
}

// columnKey returns what makes two columns the same: the name, and of a
// product's columns the product under its key of today.
func (s *sheet) columnKey(h string) string {
	if app, site, ok := splitColumn(h); ok && s.format.dynamic != nil {
		if rest, cut := cutPrefixFold(app, lastSeenPrefix); cut {
			return "seen " + estate.ProductKey(rest) + " " + site
		}
		return "access " + estate.ProductKey(app) + " " + site
	}
	return s.name(h)
}

// nearColumns is how many columns of a format make a file that lacks others
// "that format, incomplete" rather than something unknown.
const nearColumns = 3

// unrecognised leaves a table out and says which format it is nearest to.
func (s *sheet) unrecognised(head []table.Row, best match) {
	s.in.Proposal = s.propose(head)
	message := "not recognised as any export or table Tierline reads"
	fix := "see the README for the formats, or map its columns in audit.yaml under inputs:"
	near := false
	if best.format != nil && best.known >= min(nearColumns, len(best.format.required)) {
		near = true
		message = fmt.Sprintf("not recognised; nearest is %s, which also needs %s", best.format.title, needs(best.missing))
		fix = "add it, or map its columns in audit.yaml under inputs:"
		if known := s.unknownColumns(best); len(known) > 0 {
			fix = fmt.Sprintf("columns it does not know: %s; %s", strings.Join(known, ", "), fix)
		}
	}
	if !slices.ContainsFunc(head, func(r table.Row) bool { return strings.Join(r.Cells, "") != "" }) {
		message, fix = "has no rows", "the download may have failed"
	}
	if !near {
		s.strangers = append(s.strangers, len(s.diags))
	}
	s.leaveOut(message, fix)
}

// furtherColumn stands for whichever column a table is too weak without.
const furtherColumn = "another of its columns"

func needs(missing []string) string {
	if missing[0] == furtherColumn {
		return furtherColumn
	}
	return "the column " + strings.ReplaceAll(strings.Join(missing, ", "), "|", " or ")
}

// unknownColumns lists the columns of a header a format does not know.
func (s *sheet) unknownColumns(m match) []string {
	var out []string
	for _, c := range m.row.Cells {
		n := s.name(c)
		if n != "" && !m.format.requires(n) && !m.format.knows(n) {
			out = append(out, strings.TrimSpace(c))
		}
	}
	return out[:min(len(out), 8)]
}

// leaveOut accounts for a table nobody reads.
func (s *sheet) leaveOut(message, fix string) {
	s.in.Format, s.in.Title = "", "not recognised"
	s.Each(func(table.Row) bool { s.in.Read++; return true }, func(table.Problem) { s.in.Read++ })
	if s.in.Read > 0 {
		exclude(s.in, "file not recognised", s.in.Read)
	}
	s.diags.Add(diag.Incomplete, s.at(0, 0), message, fix)
}
