package xlsx

import (
	"slices"

	"tierline/report"
)

// A page wider than the paper is printed smaller. Widths are chosen so that nothing
// is printed below 70 % of its size, where the 11 points of a cell still have more
// than 7: texts are broken into lines where others would make the page too wide.

const (
	smallest = 0.7  // of its size, that a page is printed in
	perLine  = 5.25 // points of a character of a column

	narrowestText = 14 // of a text that is broken to fit
	longestUnit   = 28 // characters of a word that are kept in one line
)

// room returns how wide a lying page of the reader's paper is at the smallest size
// it is printed in, in characters.
func (b *book) room() float64 {
	wide, _ := paper{letter: b.doc.Branding.Letter, across: 2}.printed()
	return wide / (perLine * smallest)
}

// beside returns the room of so many pages beside each other, each with the columns
// that stay in view.
func (b *book) beside(pages int, again float64) float64 {
	return b.room()*float64(pages) - again*float64(pages-1)
}

// fit narrows columns until all of them fit into the room or none can be narrower
// than its least: first those whose longest content, of so many characters, then
// still takes the fewest lines.
func fit(widths, least []float64, content []int, room float64) {
	for sum(widths) > room {
		at, fewest := -1, 0.0
		for i, w := range widths {
			if lines := float64(content[i]) / (w - 1); w > least[i] && (at < 0 || lines < fewest) {
				at, fewest = i, lines
			}
		}
		if at < 0 {
			return
		}
		widths[at] = max(widths[at]-1, least[at])
	}
}

// narrowed returns how narrow a column may become: one of texts as wide as its
// title and its longest word, any other as wide as it is.
func narrowed(c *report.Column, width float64, word int) float64 {
	if c.Kind != report.Text || c.Input != nil {
		return width
	}
	return min(width, max(columnWidth(c, min(word, longestUnit)), narrowestText))
}

// fitted narrows the columns for paper to what fits on it, and breaks the texts of
// those that became narrower than what they hold. A table with many rows has the
// widths it was given: its rows are all of one height.
func (t *table) fitted(columns []report.Column) []report.Column {
	if t.sheet.Table.Many {
		return columns
	}
	before := slices.Clone(t.widths)
	n := t.printed()
	least := make([]float64, n)
	for i := range least {
		least[i] = narrowed(&columns[i], t.widths[i], t.at.words[i])
	}
	fit(t.widths[:n], least, t.at.widths, t.book.beside(t.across(least), sum(t.widths[:t.pinned()])))
	t.grown(columns, n)
	columns = slices.Clone(columns)
	for i := range least {
		columns[i].Wrap = columns[i].Wrap || t.widths[i] < before[i]
	}
	return columns
}

// grow widens columns to what they wish for where so much is to spare, first those
// that need the least.
func grow(widths, wishes []float64, spare float64) {
	for {
		at := -1
		for i := range widths {
			if more := wishes[i] - widths[i]; more > 0 && more <= spare && (at < 0 || more < wishes[at]-widths[at]) {
				at = i
			}
		}
		if at < 0 {
			return
		}
		spare -= wishes[at] - widths[at]
		widths[at] = wishes[at]
	}
}

// grown widens the columns where there is room: the first n, for paper, while they
// are printed at their size on paper as it lies, and those for the screen while it
// shows all of them.
func (t *table) grown(columns []report.Column, n int) {
	now, paper := sum(t.widths[:n]), t.book.room()*smallest
	if now <= upright {
		paper = upright
	}
	spare, wishes := paper-now, t.wishes(columns)
	all := t.before(func(c report.Column) bool { return c.Folded })
	screen := onScreen - sum(t.widths[:all])
	if screen >= 0 {
		spare = min(spare, screen)
	}
	grow(t.widths[:n], wishes[:n], spare)
	grow(t.widths[n:all], wishes[n:all], onScreen-sum(t.widths[:all]))
}

// wishes returns the widths in which columns hold their titles and contents in one
// line each.
func (t *table) wishes(columns []report.Column) []float64 {
	wishes := slices.Clone(t.widths)
	for i := range columns {
		wish := inBold(longestLine(columns[i].Title), true) + 2 + one(onRight(&columns[i])) // apart from the title before it
		if columns[i].Kind == report.Text && columns[i].Input == nil {
			wish = max(wish, t.at.widths[i]+2)
		}
		wishes[i] = max(wishes[i], float64(min(wish, widest)))
	}
	return wishes
}

// fitGrid narrows the columns that blocks share to what fits on the reader's paper.
// Their texts are broken into lines anyhow.
func (b *book) fitGrid(blocks []report.Table, widths []float64) []float64 {
	least, content := slices.Repeat([]float64{narrowest}, len(widths)), make([]int, len(widths))
	for i := range blocks {
		t := &blocks[i]
		at := b.places.read[t]
		if bare(t, at) {
			continue
		}
		for j := range t.Columns {
			if c := &t.Columns[j]; j != runsOn(t, len(widths)) {
				least[j] = max(least[j], narrowed(c, columnWidth(c, at.widths[j]), at.words[j]))
				content[j] = max(content[j], at.widths[j])
			}
		}
	}
	fit(widths, least, content, b.room())
	return widths
}
