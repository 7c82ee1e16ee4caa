package users

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/ingest/cell"
)

// shownCells is how many cells of one column that say nothing we understand are
// kept to be shown: a column in a language nobody reads has a million of them.
const shownCells = 20

// oddCell is one of them. Its text stands in rejected.csv alone, since any cell
// of a list of users may hold a name (METHOD 18.4).
type oddCell struct {
	line int
	text string
}

// oddCells are those of a column: the first of them, by line, and how many there
// are.
type oddCells struct {
	first []oddCell
	n     int
}

func (o *oddCells) add(line int, text string) {
	o.n++
	at, _ := slices.BinarySearchFunc(o.first, line, func(c oddCell, line int) int { return c.line - line })
	if at < shownCells {
		o.first = slices.Insert(o.first[:min(len(o.first), shownCells-1)], at, oddCell{line, strings.Clone(text)})
	}
}

// join adds the cells of the part that follows.
func (o *oddCells) join(b oddCells) {
	o.n += b.n
	o.first = append(o.first, b.first[:min(len(b.first), shownCells-len(o.first))]...)
}

// addWord adds a cell of which only the first with the same words is kept.
func (o *oddCells) addWord(line int, text string) {
	o.n++
	if len(o.first) < shownCells && !o.has(text) {
		o.first = append(o.first, oddCell{line, strings.Clone(text)})
	}
}

// joinWords adds the words of the part that follows.
func (o *oddCells) joinWords(b oddCells) {
	n := o.n + b.n
	for _, c := range b.first {
		o.addWord(c.line, c.text)
	}
	o.n = n
}

func (o *oddCells) has(text string) bool {
	return slices.ContainsFunc(o.first, func(c oddCell) bool { return c.text == text })
}

// remarkOnOdd reports the cells of a column that say nothing we understand: what
// is wrong with them, and what was expected.
func (r *reader) remarkOnOdd(column int, cells oddCells, wrong, expected string) {
	if cells.n == 0 {
		return
	}
	first := cells.first[0]
	r.Diags.Add(diag.Incomplete, r.At(first.line, column+1),
		fmt.Sprintf("%s of the column %q: %s (the first holds %s)", money.Plural(cells.n, "cell"), r.Header[column], wrong, cell.Shape(first.text)),
		expected+"; a published run lists the first of them in rejected.csv")
	for _, c := range cells.first {
		r.KeepPart(r.At(c.line, column+1), wrong, c.text)
	}
}
