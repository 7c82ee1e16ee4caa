package sheet

import (
	"fmt"
	"strings"

	"tierline/audit/diag"
	"tierline/ingest/cell"
	"tierline/ingest/table"
)

// pair is two columns that are the same by their names.
type pair struct {
	first, later int
	different    bool // some row says something else in one than in the other
}

// dropDuplicates deals with columns that occur twice (METHOD 14.16): of equal
// ones the first is read, of different ones neither; columns of one product
// under an old and a new name are both read where no row contradicts itself. It
// returns a column whose loss spoils the whole table: a required one, or any
// known one of a table of ours, where a blank means a default.
func (s *Sheet) dropDuplicates() (lost string) {
	pairs := s.pairs()
	if len(pairs) == 0 {
		return ""
	}
	s.Each(func(row table.Row) bool {
		if row.Line > s.Line && s.NotData(row.Cells) == "" {
			for i, p := range pairs {
				if s.differ(p, strings.TrimSpace(cell.At(row.Cells, p.first)), strings.TrimSpace(cell.At(row.Cells, p.later))) {
					pairs[i].different = true
				}
			}
		}
		return true
	}, func(table.Problem) {})
	s.skip = map[int]bool{}
	var renamed []string
	for _, p := range pairs {
		header := s.Header[p.later]
		name := s.ColumnName(header)
		required, known := s.Format.Requires(name), s.Format.Knows(name)
		switch {
		case !p.different && s.renamed(p):
			renamed = append(renamed, fmt.Sprintf("%q and %q", s.Header[p.first], header))
		case !p.different:
			s.skip[p.later] = true
			s.Diags.Add(diag.Warning, s.At(s.Line, p.later+1), fmt.Sprintf("the column %q occurs twice with the same content; the first is read", header), "")
		case required || known && !s.Format.Users:
			lost = header
		default:
			s.skip[p.first], s.skip[p.later] = true, true
			delete(s.columns, name)
			s.Diags.Add(diag.Incomplete, s.At(s.Line, p.later+1), fmt.Sprintf("the column %q occurs twice with different content; neither is read", header),
				"remove one of the two columns")
		}
	}
	if len(renamed) > 0 {
		s.Diags.Add(diag.Warning, s.At(s.Line, 0), "columns of one product under two names are read as one: "+strings.Join(renamed, ", "), "")
	}
	return lost
}

// pairs returns the columns that are the same by their names, by the later one.
func (s *Sheet) pairs() []pair {
	first := map[string]int{}
	var out []pair
	for i, h := range s.Header {
		key := s.sameness(h)
		if j, twice := first[key]; twice {
			out = append(out, pair{first: j, later: i})
		} else if key != "" {
			first[key] = i
		}
	}
	return out
}

// renamed reports whether two columns have names of their own.
func (s *Sheet) renamed(p pair) bool {
	return s.ColumnName(s.Header[p.first]) != s.ColumnName(s.Header[p.later])
}

// differ reports whether two cells of a pair cannot both hold.
func (s *Sheet) differ(p pair, a, b string) bool {
	if s.renamed(p) && s.Format.Agree != nil {
		return !s.Format.Agree(s.Header[p.later], a, b)
	}
	return a != b
}

// sameness returns what makes two columns the same, by their names alone.
func (s *Sheet) sameness(h string) string {
	if s.Format.Same != nil {
		if key := s.Format.Same(h); key != "" {
			return key
		}
	}
	return s.ColumnName(h)
}
