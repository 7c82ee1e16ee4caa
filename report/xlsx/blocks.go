package xlsx

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

	"tierline/report"
)

// blockSheet writes small tables one below the other, for reading rather than
// filtering: no Excel tables, texts broken into lines, all blocks of one width.
func (b *book) blockSheet(s *report.Sheet) error {
	widths := roomForCharts(s, b.fitGrid(s.Blocks, b.places.gridWidths(s.Blocks)))
	g := &grid{widths: widths, paper: paper{width: sum(widths), across: 1, letter: b.doc.Branding.Letter}, places: b.places}
	g.paper = g.fewer(s)
	p, err := b.open(s.Name, false, g.paper)
	if err != nil {
		return err
	}
	g.page = p
	if err := p.columns(g.widths, len(g.widths)); err != nil {
		return err
	}
	if err := g.top(s); err != nil {
		return err
	}
	if err := g.charts(s); err != nil {
		return err
	}
	for i := range s.Blocks {
		if err := g.block(&s.Blocks[i]); err != nil {
			return fmt.Errorf("block %q: %w", s.Blocks[i].Title, err)
		}
	}
	if err := p.protect(s); err != nil {
		return err
	}
	return p.sw.Flush()
}

// gridWidths returns the widths of the columns the blocks share: the widest
// wish for each. The last text column of a block that is narrower than the
// others runs to the right edge, so its wish counts for the whole rest.
func (p *places) gridWidths(blocks []report.Table) []float64 {
	n := 0
	for i := range blocks {
		n = max(n, len(blocks[i].Columns))
	}
	widths := make([]float64, n)
	for i := range widths {
		widths[i] = narrowest
	}
	for b := range blocks {
		t := &blocks[b]
		if bare(t, p.read[t]) {
			continue
		}
		for i, content := range p.read[t].widths {
			if i != runsOn(t, n) {
				widths[i] = max(widths[i], columnWidth(&t.Columns[i], content)+1) // titles on the right stand beside each other
			}
		}
	}
	return widen(widths, blocks)
}

// widen adds a column on the right when the others leave too little room for
// running texts and sentences. It holds nothing of its own, so that no column
// of figures grows with the words above it.
func widen(widths []float64, blocks []report.Table) []float64 {
	room := textWidth - sum(widths)
	for b := range blocks {
		t := &blocks[b]
		if at := runsOn(t, len(widths)); at >= 0 {
			wish := float64(min(t.Columns[at].Width, widest))
			room = max(room, wish-sum(widths[at:]))
		}
	}
	if room < narrowest {
		return widths
	}
	return append(widths, room)
}

// runsOn returns the index of the column that runs to the right edge of a grid
// of n columns, -1 for none.
func runsOn(t *report.Table, n int) int {
	last := len(t.Columns) - 1
	if last < 0 || last == n-1 || t.Columns[last].Kind != report.Text {
		return -1
	}
	return last
}

// grid is a sheet of blocks being written.
type grid struct {
	page   *page
	places *places
	widths []float64
	paper  paper
}

func (g *grid) top(s *report.Sheet) error {
	text := s.Table.Title
	if text == "" {
		text = s.Name
	}
	if err := g.page.line(text, title, nil); err != nil {
		return err
	}
	if err := g.page.status(s.Status, g.widths); err != nil {
		return err
	}
	for _, sentence := range sentences(s.Grain, s.Lead...) {
		if err := g.page.line(sentence, lead, g.widths); err != nil {
			return err
		}
	}
	return nil
}

func (g *grid) block(t *report.Table) error {
	if err := g.page.skip(0); err != nil {
		return err
	}
	need := g.height(t)
	if need > g.paper.height() { // parted anyhow by the program, but not its title from its first rows
		need = 6 * lineHeight(body)
		defer func() { g.page.used = math.Mod(g.page.used, g.paper.height()) }()
	}
	if g.paper.down == 0 && g.page.used+need > g.paper.height() {
		if err := g.page.endPage(); err != nil {
			return err
		}
	}
	if t.Title != "" {
		if err := g.page.line(t.Title, heading, nil); err != nil {
			return err
		}
	}
	if t.Note != "" {
		if err := g.page.line(t.Note, lead, g.widths); err != nil {
			return err
		}
	}
	if err := g.header(t); err != nil {
		return err
	}
	if err := g.rows(t); err != nil || g.bare(t) {
		return err
	}
	return g.notes(t)
}

// bare reports whether a sentence stands for the table, which has no row.
func (g *grid) bare(t *report.Table) bool { return bare(t, g.places.read[t]) }

func bare(t *report.Table, at *placed) bool {
	return at != nil && at.count == 0 && t.Empty != "" && t.Total == nil
}

// height returns how high a table is with its title, in points; more than any page
// for one of many rows.
func (g *grid) height(t *report.Table) float64 {
	at := g.places.read[t]
	if at == nil || at.count > 100 {
		return math.MaxFloat64
	}
	wide := sum(g.widths)
	high := float64(one(t.Title != "")) * lineHeight(heading)
	if t.Note != "" {
		high += textHeight(t.Note, lead, wide)
	}
	if bare(t, at) {
		return high + textHeight(t.Empty, note, wide)
	}
	if titled(t) {
		high += headerHeight(t.Columns, g.spans(t), header)
	}
	if t.Total != nil {
		high += lineHeight(total) + 3
	}
	for i := range t.Columns {
		if t.Columns[i].Note != "" {
			high += textHeight(noteOf(&t.Columns[i]), note, wide)
		}
	}
	if t.Rows == nil {
		return high
	}
	columns := slices.Clone(t.Columns)
	for i := range columns {
		columns[i].Wrap = true
	}
	for row := range t.Rows {
		high += max(rowHeight(row, columns, g.spans(t)), lineHeight(body)+3)
	}
	return high
}

// header writes the titles, unless the block is a list that has none.
func (g *grid) header(t *report.Table) error {
	if !titled(t) || g.bare(t) {
		return nil
	}
	values, err := headerCells(g.page.book.styles, t.Columns, header)
	if err != nil {
		return err
	}
	return g.put(t, values, nil, headerHeight(t.Columns, g.spans(t), header))
}

// titled reports whether a table has titles over its columns.
func titled(t *report.Table) bool {
	return slices.ContainsFunc(t.Columns, func(c report.Column) bool { return c.Title != "" })
}

func (g *grid) rows(t *report.Table) error {
	columns := append([]report.Column(nil), t.Columns...)
	for i := range columns {
		columns[i].Wrap = true
	}
	at := g.places.read[t]
	if at.parts[0].above != g.page.row {
		return fmt.Errorf("the rows stand below row %d, not %d", g.page.row, at.parts[0].above)
	}
	w := newRowWriter(g.page.book, columns, at)
	first, n := g.page.row+1, 0
	if t.Rows != nil {
		for row := range t.Rows {
			n++
			if err := g.add(t, w, row, body); err != nil {
				return err
			}
		}
	}
	if err := g.page.columnsOf(t, at, first, g.page.row); err != nil {
		return err
	}
	if n == 0 && t.Empty != "" {
		if err := g.page.line(t.Empty, note, g.widths); err != nil {
			return err
		}
	}
	if t.Total == nil {
		return nil
	}
	return g.add(t, w, t.Total, total)
}

func (g *grid) add(t *report.Table, w *rowWriter, row []report.Cell, r role) error {
	if g.page.row >= g.page.book.size.sheet {
		return errors.New("more rows than a worksheet holds")
	}
	values, cells, err := w.anys(g.page, row, r)
	if err != nil {
		return err
	}
	return g.put(t, values, cells, max(rowHeight(row, w.columns, g.spans(t)), lineHeight(r)+3))
}

// spans returns the width each column of t has on the grid.
func (g *grid) spans(t *report.Table) []float64 {
	spans := append([]float64(nil), g.widths[:len(t.Columns)]...)
	if at := runsOn(t, len(g.widths)); at >= 0 {
		spans[at] = sum(g.widths[at:])
	}
	return spans
}

// put writes a row and lets its last text run to the right edge.
func (g *grid) put(t *report.Table, values []any, cells []cell, height float64) error {
	at := runsOn(t, len(g.widths))
	if at < 0 {
		return g.page.put(values, cells, height)
	}
	wide := append([]any(nil), values...)
	for len(wide) < len(g.widths) {
		wide = append(wide, blank(values[at]))
	}
	if err := g.page.put(wide, cells, height); err != nil {
		return err
	}
	return g.page.merge(at+1, len(g.widths))
}

// blank returns an empty cell with the style of v, so that lines and fills run
// under the whole of a joined cell.
func blank(v any) any {
	switch c := v.(type) {
	case excelize.Cell:
		return excelize.Cell{StyleID: c.StyleID}
	case *excelize.Cell:
		return excelize.Cell{StyleID: c.StyleID}
	}
	return nil
}

// notes lists the notes of the columns under the block.
func (g *grid) notes(t *report.Table) error {
	for i := range t.Columns {
		if t.Columns[i].Note == "" {
			continue
		}
		if err := g.page.line(noteOf(&t.Columns[i]), note, g.widths); err != nil {
			return err
		}
	}
	return nil
}
