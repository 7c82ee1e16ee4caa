package pdf

// block is a piece of the document that stays on one page.
type block struct {
	gap    float64 // white space above; none at the top of a page
	height float64
	keep   bool   // stays on the page of the next block
	fresh  bool   // starts a page
	place  string // by which links name it, "" for what none leads to
	entry  entry  // of the outline
	head   *block // stands above this block once on each page: the header of its table
	draw   func(y float64)
}

// flow puts blocks below each other and breaks pages between them.
type flow struct {
	c    *canvas
	y    float64
	head *block // the header above the current row, nil after anything else
}

func newFlow(c *canvas) *flow {
	f := &flow{c: c}
	f.newPage()
	return f
}

func (f *flow) newPage() {
	f.c.newPage()
	f.y = top
	f.head = nil
}

func (f *flow) add(blocks []block) {
	for i, b := range blocks {
		if f.y != top && (b.fresh || !f.takes(blocks[i:])) {
			f.newPage()
		}
		if b.head != nil && b.head != f.head {
			f.place(*b.head)
		}
		f.head = b.head
		f.place(b)
	}
}

// takes reports whether the page has room for the first block with all it has to
// stay together with.
func (f *flow) takes(blocks []block) bool {
	return f.y+f.need(blocks) <= f.c.sheet.bottom()+0.01
}

func (f *flow) place(b block) {
	if f.y != top {
		f.y += b.gap
	}
	f.c.arrive(b, f.y)
	if b.draw != nil {
		b.draw(f.y)
	}
	f.y += b.height
}

// need returns the height of the first block with all it has to stay
// together with; only of itself where that is more than a page.
func (f *flow) need(blocks []block) float64 {
	head, sum, first := f.head, 0.0, 0.0
	for i, b := range blocks {
		if b.head != nil && b.head != head {
			sum += b.head.gap + b.head.height
		}
		head = b.head
		sum += b.gap + b.height
		if i == 0 {
			first = sum
		}
		if sum > f.c.sheet.body() {
			return first
		}
		if !b.keep {
			break
		}
	}
	return sum
}

// total returns the height of blocks below each other.
func total(blocks []block) float64 {
	var head *block
	var sum float64
	for _, b := range blocks {
		if b.head != nil && b.head != head {
			sum += b.head.gap + b.head.height
		}
		head = b.head
		sum += b.gap + b.height
	}
	return sum
}

// paragraph returns s as blocks of one line each, so that a long one can
// break; the first two and the last two lines stay together.
func paragraph(c *canvas, s string, f font, ink colour, gap float64) []block {
	return narrow(c, s, f, ink, gap, width)
}

// narrow is a paragraph that is w wide.
func narrow(c *canvas, s string, f font, ink colour, gap, w float64) []block {
	lines := c.wrap(s, f, w)
	out := make([]block, len(lines))
	for i, line := range lines {
		out[i] = block{
			height: f.line(),
			keep:   len(lines) > 1 && (i == 0 || i == len(lines)-2),
			draw:   func(y float64) { c.write(left, y+f.baseline(), line, f, ink) },
		}
	}
	if len(out) > 0 {
		out[0].gap = gap
	}
	return out
}

// title returns a heading that stays with what follows.
func title(c *canvas, s string, f font, ink colour, gap float64) []block {
	out := paragraph(c, s, f, ink, gap)
	for i := range out {
		out[i].keep = true
	}
	if len(out) > 0 {
		out[0].entry = entry{s, 1}
	}
	return out
}

// hold makes blocks stay with what follows them.
func hold(blocks []block) []block {
	for i := range blocks {
		blocks[i].keep = true
	}
	return blocks
}
