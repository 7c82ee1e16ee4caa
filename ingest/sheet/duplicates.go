package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/ingest/cell"
	"tierline/ingest/table"
)

// dropDuplicates deals with columns that occur twice (METHOD 14.16): of equal
// ones the first is read, of different ones neither. It returns a column whose
// loss spoils the whole table: a required one, or any known one of a table of
// ours, where a blank means a default.
func (s *Sheet) dropDuplicates() (lost string) {
	first := map[string]int{}
	pairs := map[int]int{} // later column -> first
	for i, h := range s.Header {
		key := s.sameness(h)
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
		if row.Line > s.Line && s.NotData(row.Cells) == "" {
			for later, j := range pairs {
				if strings.TrimSpace(cell.At(row.Cells, later)) != strings.TrimSpace(cell.At(row.Cells, j)) {
					different[later] = true
				}
			}
		}
		return true
	}, func(table.Problem) {})
	s.skip = map[int]bool{}
	for _, later := range slices.Sorted(maps.Keys(pairs)) {
		name := s.ColumnName(s.Header[later])
		s.skip[later] = true
		required, known := s.Format.Requires(name), s.Format.Knows(name)
		switch {
		case !different[later]:
			s.Diags.Add(diag.Warning, s.At(s.Line, later+1), fmt.Sprintf("the column %q occurs twice with the same content; the first is read", s.Header[later]), "")
		case required || known && !s.Format.Users:
			lost = s.Header[later]
		default:
			s.skip[pairs[later]] = true
			delete(s.columns, name)
			s.Diags.Add(diag.Incomplete, s.At(s.Line, later+1), fmt.Sprintf("the column %q occurs twice with different content; neither is read", s.Header[later]),
				"remove one of the two columns")
		}
	}
	return lost
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
