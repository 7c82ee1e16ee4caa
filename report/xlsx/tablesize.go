package xlsx

import (
	"slices"

	"tierline/report"
)

// onScreen is how many characters of columns a small screen shows, 1,366 pixels wide.
const onScreen = 185

// printed returns how many columns are for paper; those for the screen alone
// stand behind them.
func (t *table) printed() int {
	return t.before(func(c report.Column) bool { return c.Aside || c.Folded })
}

// before returns how many columns stand before the first of a kind that stands
// behind others.
func (t *table) before(kind func(report.Column) bool) int {
	if first := slices.IndexFunc(t.sheet.Table.Columns, kind); first > 0 {
		return first
	}
	return len(t.sheet.Table.Columns)
}

// opened returns how many columns are seen when the sheet is opened: those for
// paper, what is filled in, and all but the idle ones where a screen has room.
func (t *table) opened() int {
	all := t.before(func(c report.Column) bool { return c.Folded })
	if sum(t.widths[:all]) <= onScreen {
		return all
	}
	n := t.printed()
	for i := n; i < all; i++ {
		if t.sheet.Table.Columns[i].Input != nil {
			n = i + 1
		}
	}
	return n
}

// pinned returns how many columns stay in view.
func (t *table) pinned() int {
	return max(0, slices.IndexFunc(t.sheet.Table.Columns, func(c report.Column) bool { return !c.Pinned }))
}

// seen returns the widths of the columns as they are seen, and of that of the run,
// see add: what is folded away has none.
func (t *table) seen() []float64 {
	widths := append(slices.Clone(t.widths), 0)
	clear(widths[t.open:])
	return widths
}

// sentenceColumns returns the widths of the columns that sentences run over.
func (t *table) sentenceColumns() []float64 {
	onPaper := t.widths[:min(t.printed(), len(t.widths))] // of no rows, see nothing
	return leadColumns(t.seen()[t.page.aside:], sum(onPaper[t.page.aside:]))
}

// paper returns how the table is printed. One that is wider than anybody could
// read goes on several pages across, each with the columns that stay in view.
func (t *table) paper() paper {
	columns := t.widths[:t.printed()]
	p := paper{width: sum(columns), across: t.across(columns), letter: t.book.doc.Branding.Letter}
	if lead := leadColumns(t.seen(), sum(columns)); len(lead) > len(columns) { // see printArea
		p.width = sum(lead)
	}
	p.width = (p.width + sum(t.widths[:t.pinned()])*float64(p.across-1)) / float64(p.across)
	return t.fewer(p)
}

// across returns how many pages beside each other columns for paper need.
func (t *table) across(widths []float64) int {
	pages := 1
	again := sum(widths[:t.pinned()])
	if again == 0 || again >= t.book.room() {
		return pages
	}
	for sum(widths) > t.book.beside(pages, again) {
		pages++
	}
	return pages
}

// headerRow returns the row of the header, below the title, what is said and a
// gap.
func headerRow(s *report.Sheet, later bool) int {
	return 3 + one(s.Status != nil && !later) + len(overTable(s, later))
}

// overTable returns the sentences over a table.
func overTable(s *report.Sheet, later bool) []string {
	first := ""
	if later {
		first = "Continued from the sheet before."
	}
	return sentences(first, append(append([]string{s.Grain}, s.Lead...), s.Table.Note)...)
}

// sentences returns those that say something.
func sentences(first string, others ...string) []string {
	var out []string
	for _, s := range append([]string{first}, others...) {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// tail returns the rows kept free below a table: for its total and notes.
func tail(t *report.Table) int { return 4 + noted(t) }

// noteOf returns the note of a column for the reader on paper.
func noteOf(c *report.Column) string { return c.Title + ": " + c.Note }

// noted counts the columns with a note.
func noted(t *report.Table) int {
	n := 0
	for i := range t.Columns {
		n += one(t.Columns[i].Note != "")
	}
	return n
}

// full reports whether the worksheet has no room for another row. One data row
// always fits, whatever the limit, or the sheets would never end.
func (t *table) full() bool {
	return t.page.row > t.header && t.page.row+tail(&t.sheet.Table) >= t.book.size.sheet
}
