package xlsx

import (
	"math"

	"tierline/report"
)

// upright is the width up to which a sheet is printed on upright paper, where as
// many characters can be read in a line.
const upright = 105

// paper is how a worksheet is printed.
type paper struct {
	width   float64 // of a page, in characters
	across  int     // pages beside each other
	down    int     // pages below each other, 0 for as many as are needed
	upright bool    // although it is wider than upright
	letter  bool
}

// stands reports whether the paper stands upright.
func (p paper) stands() bool { return p.upright || p.width <= upright && p.across == 1 }

// Margins of a page, in inches; the lower one has the footer.
const (
	sideMargin   = 0.3
	topMargin    = 0.5
	bottomMargin = 0.7
)

// printed returns the part of a page that is printed on, in points.
func (p paper) printed() (wide, high float64) {
	wide, high = 595, 842 // A4
	if p.letter {
		wide, high = 612, 792
	}
	if !p.stands() {
		wide, high = high, wide
	}
	return wide - 2*sideMargin*72, high - (topMargin+bottomMargin)*72
}

// scale returns the part of its size that a sheet is printed in to be as wide as the
// page.
func (p paper) scale() float64 {
	wide, _ := p.printed()
	return min(1, wide/(p.width*perLine))
}

// height returns how many points of rows stand on a page, a little less than there
// are: programs print a sheet as wide as the page in sizes of their own.
func (p paper) height() float64 {
	_, high := p.printed()
	return 0.98 * high / p.scale()
}

// A last page of a few lines helps nobody: where they fit on the pages before it in
// slightly smaller print, the sheet is printed so.

const (
	fewLines   = 0.4   // of a page, that are no page of their own
	mostSummed = 1_000 // rows, whose heights are added up
)

// fewer returns how a table is printed on as few pages as can be read: lying paper
// that holds a part is set upright where it then holds all.
func (t *table) fewer(p paper) paper {
	if t.sheet.Table.Many || t.at.count == 0 || t.at.count > mostSummed {
		return p
	}
	header := headerHeight(t.columns[:t.open], t.widths, filterHeader) // on every page
	high := t.height()
	on := p
	on.upright = true
	if high+header > p.height() && high+header <= on.height() && p.across == 1 && p.width*smallest <= upright {
		return on
	}
	page := p.height() - header
	pages := math.Ceil(high/page) - 1
	room := pages * page
	if pages >= 1 && high-room <= fewLines*page && p.scale()*room/high >= smallest {
		p.down = int(pages)
	}
	return p
}

// fewer returns how blocks are printed on few pages: on one where they can be read
// on it, and upright where one lying page does not hold them. Charts are made for
// lying paper.
func (g *grid) fewer(s *report.Sheet) paper {
	high := lineHeight(title)
	for _, sentence := range sentences(s.Grain, s.Lead...) {
		high += textHeight(sentence, lead, sum(g.widths))
	}
	for i := range s.Blocks {
		high += lineHeight(body) + g.height(&s.Blocks[i])
	}
	p := g.paper
	if len(s.Charts) > 0 || high <= p.height() {
		return p
	}
	p.upright = p.width*smallest <= upright
	if p.scale()*p.height()/high >= smallest {
		p.down = 1
	}
	return p
}

// height returns how high the table is in points, its header apart.
func (t *table) height() float64 {
	of := &t.sheet.Table
	high := lineHeight(title) + float64(one(t.sheet.Status != nil))*lineHeight(body) + 6
	for _, s := range overTable(t.sheet, false) {
		high += textHeight(s, lead, textWidth)
	}
	for row := range of.Rows {
		high += max(rowHeight(row[:min(len(row), t.open)], t.columns, t.widths), lineHeight(body))
	}
	if of.Total != nil {
		high += 6 + lineHeight(total)
	}
	return high + notesHeight(of)
}

// notesHeight returns how high the notes below a table are.
func notesHeight(t *report.Table) float64 {
	high := 0.0
	for i := range t.Columns {
		if t.Columns[i].Note != "" {
			high += textHeight(noteOf(&t.Columns[i]), note, textWidth)
		}
	}
	if high > 0 {
		high += lineHeight(body)
	}
	return high
}
