package users

import (
	"strings"

	"tierline/ingest/cell"
)

// groups tells a list of one group from one of everybody. A cell may name
// several groups, and a group's name may hold a comma, so cells are compared as
// a whole.
type groups struct {
	text    string // of the first row that states any
	rows    int    // that state any
	several bool   // not all state the same
}

// groupsIn returns the first filled cell of those that state groups.
func groupsIn(cells []string, at []int) string {
	for _, i := range at {
		if text := cell.Trim(cell.At(cells, i)); text != "" {
			return text
		}
	}
	return ""
}

// join adds the rows of another part.
func (g *groups) join(b groups) {
	switch {
	case b.rows == 0:
		return
	case g.rows == 0:
		g.text = strings.Clone(b.text)
	}
	g.rows += b.rows
	g.several = g.several || b.several || b.text != g.text
}

// enoughRows is how many rows must state one and the same group for the list
// to look like an export of that group alone (METHOD 1.21).
const enoughRows = 10

// one reports whether the list looks like one of a single group.
func (g *groups) one() bool { return g.rows >= enoughRows && !g.several }
