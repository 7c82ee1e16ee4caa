package pdf

import "tierline/report"

// entry is a line of the outline that viewers show beside the pages; the zero
// value is none.
type entry struct {
	title string
	level int // 0 for sections, 1 for what stands in them
}

// place is where something stands that links lead to.
type place struct {
	page int
	y    float64
}

// bookmark is an entry at its place.
type bookmark struct {
	entry
	y float64
}

// target is the key of the place that a link leads to: a row of a table, or a
// ladder.
func target(table, row string) string {
	if table == "" || row == "" {
		return ""
	}
	return table + "/" + row
}

// targetOf is the target of a link of the document, "" for none. Of what a
// document refers to, the PDF has the rows that stand on its pages.
func targetOf(link *report.Ref) string {
	if link == nil || link.Kind != report.ToCell {
		return ""
	}
	return target(link.Table, link.Row)
}

// announce tells the canvas which places there will be, so that a link that
// leads nowhere is drawn as the text it is.
func (c *canvas) announce(blocks []block) {
	for _, b := range blocks {
		if b.place != "" {
			c.places[b.place] = place{page: -1}
		}
	}
}

// arrive notes what stands at a height of the page drawn on.
func (c *canvas) arrive(b block, y float64) {
	if b.place != "" && c.places[b.place].page < 0 {
		c.places[b.place] = place{c.at, y}
	}
	if b.entry.title != "" {
		p := &c.pages[c.at]
		p.outline = append(p.outline, bookmark{b.entry, y})
	}
}

// leads reports whether there is a place of that key.
func (c *canvas) leads(to string) bool {
	_, ok := c.places[to]
	return to != "" && ok
}

// link makes an area one to click on; nothing where it would lead nowhere.
func (c *canvas) link(x, y, w, h float64, to string) {
	if c.leads(to) {
		c.put(mark{kind: linkMark, points: []point{{x, y}, {x + w, y + h}}, text: to})
	}
}

// linkLine writes short texts with links beside each other, as many as fit in w.
func (c *canvas) linkLine(x, y, w float64, cells []report.Cell) {
	end := x + w
	for _, cell := range cells {
		s, ink := c.clean(cell.Text), c.ink.soft
		w := c.width(s, small)
		if x+w > end {
			return
		}
		if to := targetOf(cell.Link); c.leads(to) {
			ink = c.ink.link
			c.link(x, y, w, small.line(), to)
		}
		c.write(x, y+small.baseline(), s, small, ink)
		x += w + 4
	}
}
