package users

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/estate"
)

// stated is the groups that rows of a list state. It takes no room for a list that
// states none.
type stated struct {
	texts []string // each once
	known map[string]int32
	rows  []statedRow
}

// statedRow is a row and its text, both by their place.
type statedRow struct{ row, text int32 }

func (s *stated) add(row int, text string) {
	at, known := s.known[text]
	if !known {
		if s.known == nil {
			s.known = map[string]int32{}
		}
		text, at = strings.Clone(text), int32(len(s.texts))
		s.texts, s.known[text] = append(s.texts, text), at
	}
	s.rows = append(s.rows, statedRow{int32(row), at})
}

// join adds another part, whose first row has the number first.
func (s *stated) join(part *stated, first int) {
	for _, r := range part.rows {
		s.add(first+int(r.row), part.texts[r.text])
	}
}

// groups keeps what the lists that say who has access state of groups.
func (j *joiner) groups() {
	for i, l := range j.lists {
		if l.empty() || len(l.stated.rows) == 0 || !l.CountsSeats() {
			continue
		}
		g := estate.Groups{Places: l.Places(), Texts: l.stated.texts, Members: make([]estate.Member, len(l.stated.rows))}
		for n, r := range l.stated.rows {
			g.Members[n] = estate.Member{Account: j.owner[i][r.row], Text: r.text}
		}
		slices.SortFunc(g.Members, func(a, b estate.Member) int {
			return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Text, b.Text))
		})
		j.estate.Groups = append(j.estate.Groups, g)
		l.stated = stated{}
	}
}
