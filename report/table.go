package report

import (
	"iter"
	"slices"
)

// Col is a column of rows of type R. It is declared once, next to its subject,
// and listed by every table that shows its value, so that one title means one
// field wherever it stands. Whatever else a column will be able to do belongs
// here too: what is known of a column by its place is wrong once a column moves.
type Col[R any] struct {
	ID      string // its key in result.json where it has one; alone in its table
	Title   string
	Kind    Kind
	Width   int    // in characters, a hint
	Note    string // what the figures mean, for a header comment or a footnote
	Wrap    bool   // long text: break lines instead of cutting
	Aside   bool   // for the screen: left off paper; such columns stand last
	Folded  bool   // off paper and folded away, as it says the same in every row; such columns stand last of all
	Pinned  bool   // stays in view beside the columns looked at, and on each page across; such columns stand first
	InTotal bool   // the total shows it, the other columns stay blank there
	Figure  string // the name of the total it shows there, see [Document.Figures]
	Input   *Input // for readers to fill in, see there; nil for none
	Marks   []Mark // tones its cells take; the first that holds wins
	Show    func(R) Cell
}

// Titled returns the column under a title that depends on the result.
func (c Col[R]) Titled(title string) Col[R] {
	c.Title = title
	return c
}

// Paper returns the column for a page, of another width and without its note,
// which the text of the page gives.
func (c Col[R]) Paper(width int) Col[R] {
	c.Width, c.Note = width, ""
	return c
}

// By returns the column with the formula that its values follow from; none for a
// row whose value follows from nothing shown, or that has words in place of a figure.
func (c Col[R]) By(formula func(R) Formula) Col[R] {
	show := c.Show
	c.Show = func(row R) Cell {
		cell := show(row)
		if c.Kind.Numeric() && cell.Kind == Text {
			return cell
		}
		return cell.by(formula(row))
	}
	return c
}

// Beside returns the column as one for the screen, which stands behind those for
// paper and is folded away where there are many of them.
func (c Col[R]) Beside() Col[R] {
	c.Aside = true
	return c
}

// Pin returns the column as one that stays in view.
func (c Col[R]) Pin() Col[R] {
	c.Pinned = true
	return c
}

// Wide returns the column in another width.
func (c Col[R]) Wide(width int) Col[R] {
	c.Width = width
	return c
}

// Marked returns the column with tones for its cells.
func (c Col[R]) Marked(marks ...Mark) Col[R] {
	c.Marks = marks
	return c
}

// TableOf is a table of rows of type R.
type TableOf[R any] struct {
	ID      string // by which formulas and links name it; one in the workbook
	Title   string
	Note    string // one or two sentences under the title
	Foot    string // what to say below the rows, on paper
	Empty   string // what to say when there is no row
	Columns []Col[R]
	Rows    iter.Seq[R]
	Key     func(R) string              // names a row for formulas and links, "" for one that none names; nil for none
	Many    bool                        // there may be millions of rows
	Sum     bool                        // the first row adds the others up, and stays in view
	Total   *R                          // whose columns with InTotal make the last row, nil for none
	Label   string                      // of the total, in the first column
	Adds    func(column string) Formula // how a column in the total adds up; nil for no formula
}

// Table lays the rows out as cells. They are made while they are read, in the
// place of the row before, so that a million of them are never held at once.
func (t TableOf[R]) Table() Table {
	out := Table{ID: t.ID, Title: t.Title, Note: t.Note, Foot: t.Foot, Empty: t.Empty, Many: t.Many, Sum: t.Sum}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, Column{ID: c.ID, Title: c.Title, Kind: c.Kind, Width: c.Width, Note: c.Note, Wrap: c.Wrap, Aside: c.Aside,
			Folded: c.Folded, Pinned: c.Pinned, Input: c.Input, Marks: c.Marks})
	}
	out.Rows = func(yield func([]Cell) bool) {
		cells := make([]Cell, len(t.Columns))
		for row := range t.Rows {
			for i := range t.Columns {
				cells[i] = t.Columns[i].Show(row)
			}
			if t.Key != nil && len(cells) > 0 {
				cells[0].Row = t.Key(row)
			}
			if !yield(cells) {
				return
			}
		}
	}
	if t.Total != nil {
		out.Total = t.total(*t.Total)
	}
	return out
}

func (t TableOf[R]) total(row R) []Cell {
	cells := make([]Cell, len(t.Columns))
	for i := range t.Columns {
		switch c := &t.Columns[i]; {
		case c.InTotal:
			cells[i] = c.Show(row).As(c.Figure).Bold()
			cells[i].Formula = nil // of a row, not of a total
			if t.Adds != nil {
				f := t.Adds(c.ID)
				cells[i] = cells[i].By(f.Text, f.Terms...)
			}
		case i == 0:
			cells[i] = T(t.Label).Bold()
		}
	}
	return cells
}

// addsUp adds every row of a column of a table up.
func addsUp(table string) func(string) Formula {
	return func(column string) Formula { return F("SUM({})", Data(table, column)) }
}

// each yields the elements of a list without copying them.
func each[R any](list []R) iter.Seq[*R] {
	return func(yield func(*R) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
		}
	}
}

// rows yields what a table shows of each element of a list.
func rows[E, R any](list []E, row func(*E) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		for i := range list {
			if !yield(row(&list[i])) {
				return
			}
		}
	}
}

// Column describes a column of a table that is laid out; see [Col].
type Column struct {
	ID     string
	Title  string
	Kind   Kind
	Width  int
	Note   string
	Wrap   bool
	Aside  bool
	Folded bool
	Pinned bool
	Input  *Input
	Marks  []Mark
}

// Table is rows of one grain under named columns, laid out as cells. Every row
// has a cell for each column, or for the first ones.
type Table struct {
	ID      string // "" for one that nothing refers to
	Title   string
	Note    string
	Foot    string
	Columns []Column
	Rows    iter.Seq[[]Cell] // range over it once per rendering; a row is valid until the next; nil for none
	Many    bool             // there may be millions of rows
	Sum     bool             // the first row adds the others up
	Total   []Cell           // last row, nil for none
	Empty   string
}

// Column returns the place of a column, -1 for none of that id.
func (t *Table) Column(id string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.ID == id })
}

// pair is a label and what stands beside it.
type pair struct{ label, value string }

var (
	pairLabel = Col[pair]{ID: "label", Width: 34, Show: func(p pair) Cell { return T(p.label) }}
	pairValue = Col[pair]{ID: "value", Width: 70, Wrap: true, Show: func(p pair) Cell { return T(p.value) }}
)

// pairs makes a list of labels and values, which needs no titles.
func pairs(title string, list ...pair) Table {
	return TableOf[pair]{Title: title, Columns: []Col[pair]{pairLabel, pairValue}, Rows: slices.Values(list)}.Table()
}
