package sheet

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
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
		for _, f := range s.formats.list {
			p := s.pair(&f, row)
			if p.exact+len(p.pairs) >= 2 && !slices.Contains(p.missing, "") && len(p.missing)*2 <= len(f.needed()) && (best == nil || p.score() > best.score()) {
				best = p
			}
		}
	}
	if best == nil || best.score() <= 0 {
		return nil
	}
	return best
}

// What a header is looked at for: nobody names columns at greater length, and
// comparing names costs time for every pair of them.
const (
	maxProposedColumns = 200
	maxProposedName    = 60
)

// pair matches the columns of a row with those of a format.
func (s *Sheet) pair(f *Format, row table.Row) *proposal {
	p := &proposal{format: f, row: row}
	var free, plain []string // as written, and in the words of exports
	names := map[string]bool{}
	for _, c := range row.Cells[:min(len(row.Cells), maxProposedColumns)] {
		if len(c) > maxProposedName {
			continue
		}
		name := s.ColumnName(c)
		switch {
		case name == "" || names[name]:
			continue
		case f.Requires(name) || f.Knows(name):
			p.exact++
		case strings.Contains(c, " - "):
			// the product of a site: no other format has it under another name
		default:
			free = append(free, strings.Join(strings.Fields(c), " "))
			plain = append(plain, otherWords(cell.Canonical(free[len(free)-1])))
		}
		names[name] = true
	}
	for i, ours := range slices.Concat(f.needed(), f.Optional) {
		if anyFits(ours, names) {
			continue
		}
		if at, as := lookalike(ours, plain); at >= 0 {
			p.pairs = append(p.pairs, pairing{free[at], f.written(as)})
			free, plain = slices.Delete(free, at, at+1), slices.Delete(plain, at, at+1)
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

// lookalike returns the position of the column that looks like one of the
// names and which of them: it contains all its words, is contained in it, or
// differs by a few letters. -1 when none does.
func lookalike(names string, theirs []string) (int, string) {
	for ours := range strings.SplitSeq(names, "|") {
		if strings.HasSuffix(ours, "*") {
			continue
		}
		for i, c := range theirs {
			if config.Distance(c, ours) <= len(ours)/4 || wordsIn(ours, c) || (len(c) > 3 || c == "id") && wordsIn(c, ours) || sameAccount(c) == sameAccount(ours) {
				return i, ours
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

// sameAccount evens out what the owner of an account is called: "Account id",
// "Atlassian ID" and "User id" are one.
func sameAccount(name string) string {
	for _, owner := range []string{"account_", "atlassian_", "atlassian_account_"} {
		if rest, ok := strings.CutPrefix(name, owner); ok {
			name = "user_" + rest
		}
	}
	return name
}

// wordsIn reports whether all words of a stand in b.
func wordsIn(a, b string) bool {
	have := strings.Split(b, "_")
	for w := range strings.SplitSeq(a, "_") {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

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
