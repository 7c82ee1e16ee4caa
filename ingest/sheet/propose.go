package sheet

import (
	"fmt"
	"slices"
	"strings"

	"tierline/ingest/cell"
	"tierline/ingest/table"
)

// A file nobody recognises usually is one we know under other column names. A
// proposal says which, in lines ready to paste into audit.yaml.

// pairing is a column of a file and the column of a format it probably is.
type pairing struct {
	theirs, ours string
}

// proposal is how a table could be read as a format.
type proposal struct {
	format  *Format
	row     table.Row
	exact   int
	pairs   []pairing // columns under other names
	missing []string  // required columns nothing looks like
}

// score says how much of the format a proposal covers: what is required
// counts double, and a name that only looks alike counts less than an equal
// one.
func (p *proposal) score() int {
	return 4*p.exact + 3*len(p.pairs) - 4*len(p.missing)
}

// propose returns how a table could be read; nil when it is like nothing we know.
func (s *Sheet) propose(head []table.Row) *proposal {
	var best *proposal
	for _, row := range head {
		columns := s.likely(row.Cells)
		if len(columns) < fewestAlike {
			continue
		}
		for i := range s.formats.list {
			p := s.formats.pair(&s.formats.list[i], columns)
			p.row = row
			if p.exact+len(p.pairs) >= fewestAlike && !slices.Contains(p.missing, "") && len(p.missing)*2 <= len(p.format.needed()) &&
				(best == nil || p.score() > best.score()) {
				best = p
			}
		}
	}
	if best == nil || best.score() <= 0 {
		return nil
	}
	return best
}

// fewestAlike is how many columns of a format a table must have, under whatever
// name, to be like it.
const fewestAlike = 2

// What a header is looked at for: nobody names columns at greater length, and
// comparing names costs time for every pair of them.
const (
	maxProposedColumns = 200
	maxProposedName    = 60
)

// likelyColumn is a cell that may be the name of a column, as every format needs
// it to be compared.
type likelyColumn struct {
	name    string // canonical
	written string
	plain   alike // in the words of exports
	ofSite  bool  // the product of a site: no other format has it under another name
}

// likely returns the cells of a row that may name columns, each name once.
func (s *Sheet) likely(cells []string) []likelyColumn {
	var out []likelyColumn
	seen := map[string]bool{"": true}
	for _, c := range cells[:min(len(cells), maxProposedColumns)] {
		name := s.ColumnName(c)
		if len(c) > maxProposedName || seen[name] {
			continue
		}
		seen[name] = true
		written := strings.Join(strings.Fields(c), " ")
		out = append(out, likelyColumn{name, written, newAlike(otherWords(cell.Canonical(written))), strings.Contains(c, " - ")})
	}
	return out
}

// pair matches the columns of a row with those of a format.
func (l *Formats) pair(f *Format, columns []likelyColumn) *proposal {
	p := &proposal{format: f}
	names := map[string]bool{}
	var free []*likelyColumn
	for i := range columns {
		c := &columns[i]
		names[c.name] = true
		switch {
		case f.Requires(c.name) || f.Knows(c.name):
			p.exact++
		case !c.ofSite:
			free = append(free, c)
		}
	}
	for i, ours := range slices.Concat(f.needed(), f.Optional) {
		if anyFits(ours, names) {
			continue
		}
		if at, as := lookalike(l.alike()[ours], free); at >= 0 {
			p.pairs = append(p.pairs, pairing{free[at].written, f.written(as)})
			free = slices.Delete(free, at, at+1)
		} else if i < len(f.needed()) {
			p.missing = append(p.missing, plainName(ours))
		}
	}
	return p
}

// plainName returns the first of the names a column may have that a mapping
// can give; "" when all stand for the names of products.
func plainName(names string) string {
	for n := range strings.SplitSeq(names, "|") {
		if !strings.HasSuffix(n, "*") {
			return n
		}
	}
	return ""
}

// lookalike returns the position of the column that looks like one of our names
// and which of them. -1 when none does.
func lookalike(ours []alike, theirs []*likelyColumn) (int, string) {
	for i := range ours {
		for at, c := range theirs {
			if ours[i].like(&c.plain) {
				return at, ours[i].name
			}
		}
	}
	return -1, ""
}

// otherWords puts the words of real exports for those people use instead.
func otherWords(name string) string {
	words := strings.Split(name, "_")
	for i, w := range words {
		if ours := usualWords[w]; ours != "" {
			words[i] = ours
		}
	}
	return strings.Join(words, "_")
}

var usualWords = map[string]string{"state": "status", "joined": "added", "mail": "email"}

// proposalLine is the proposal in one line, for a remark; false where a column is
// still to be named.
func (s *Sheet) proposalLine(p *proposal) (string, bool) {
	if p == nil || len(p.missing) > 0 || len(p.pairs) == 0 {
		return "", false
	}
	var columns []string
	for _, pair := range p.pairs {
		columns = append(columns, fmt.Sprintf("%q: %s", pair.theirs, pair.ours))
	}
	return fmt.Sprintf("inputs: [{glob: %q, format: %s, columns: {%s}}]", s.Path, p.format.ID, strings.Join(columns, ", ")), true
}

// proposalLines is the proposal as it is pasted into audit.yaml.
func (s *Sheet) proposalLines(p *proposal) string {
	if p == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "inputs:                  # read as %s\n  - glob: %q\n    format: %s\n", p.format.Title, s.Path, p.format.ID)
	if len(p.pairs)+len(p.missing) > 0 {
		b.WriteString("    columns:\n")
	}
	for _, pair := range p.pairs {
		fmt.Fprintf(&b, "      %q: %s\n", pair.theirs, pair.ours)
	}
	for _, m := range p.missing {
		m = p.format.written(m)
		fmt.Fprintf(&b, "      \"? %s\": %s    # name the column that holds it\n", m, m)
	}
	return b.String()
}
