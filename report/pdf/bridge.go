package pdf

import (
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/report"
)

// bridge draws a waterfall: totals stand on the axis, changes float between
// the level before and the level after.
type bridge struct {
	c        *canvas
	src      *report.Bridge
	currency money.Currency
	bars     []bridgeBar
	plot     float64 // height of the bars
	names    font
	amounts  font
	axis     float64 // width of the tick labels
	slot     float64
	roof     float64 // room for amounts above the highest bar
}

// bridgeBar is a bar with its levels in the currency's unit; known is false
// for a change or total nobody knows, which then has no body.
type bridgeBar struct {
	label, amount string
	before, after float64
	total, known  bool
	fill          colour
	nameLines     []string
}

const (
	bridgePlot = 40.0
	barPart    = 0.62 // of a slot
	barMost    = 26.0
)

// bridgeBlocks returns a bridge with its title, legend and notes; none for a
// bridge without bars.
func bridgeBlocks(c *canvas, src *report.Bridge, currency money.Currency, plot float64) []block {
	if src == nil || len(src.Bars) == 0 {
		return nil
	}
	b := &bridge{c: c, src: src, currency: currency, plot: plot}
	b.read()
	b.measure()
	out := title(c, src.Title, largeB, c.ink.text, gapBlock)
	chart := b.chart()
	if len(out) == 0 {
		chart.gap = gapBlock
	}
	if note := b.note(); note != "" {
		chart.keep = true
		return append(append(out, chart), paragraph(c, note, small, c.ink.soft, gapLine)...)
	}
	return append(out, chart)
}

// read computes the level of each bar from the ones before it.
func (b *bridge) read() {
	var level float64
	for _, s := range b.src.Bars {
		bar := bridgeBar{label: b.c.clean(s.Label), total: s.Total, known: s.Amount.Known(), fill: b.fill(s)}
		v := s.Amount.Exact().Float()
		switch {
		case !bar.known:
			bar.before, bar.after, bar.amount = level, level, unknownWord
		case s.Total:
			bar.before, bar.after, bar.amount = 0, v, amount(s.Amount, b.currency)
		default:
			bar.before, bar.after, bar.amount = level, level+v, signed(s.Amount, b.currency)
		}
		level = bar.after
		b.bars = append(b.bars, bar)
	}
}

func (b *bridge) fill(s report.BridgeBar) colour {
	switch {
	case s.Total:
		return b.c.ink.total
	case s.Class == plan.HardSaving:
		return b.c.ink.accent
	case s.Class == plan.Avoidance:
		return b.c.ink.second
	}
	return b.c.ink.plain
}

// measure chooses type sizes at which names and amounts fit their slots.
func (b *bridge) measure() {
	b.axis = b.c.axisWidth(b.scale(0))
	b.slot = (width - b.axis) / float64(len(b.bars))
	var names, amounts []string
	for _, bar := range b.bars {
		names, amounts = append(names, bar.label), append(amounts, bar.amount)
	}
	b.names = b.c.smallest(names, false, b.slot-0.5, 8, 7.5, 7, 6.5, 6)
	b.amounts = b.c.smallest(amounts, true, b.slot-0.6, 8, 7.5, 7)
	for i := range b.bars {
		b.bars[i].nameLines = b.c.wrapAtMost(5, b.bars[i].label, b.names, b.slot-0.5)
	}
	b.roof = 1
	s := b.scale(0)
	for _, r := range b.places(s) {
		b.roof = max(b.roof, s.y1-r.y1+0.5)
	}
}

// chart returns the plot, the names below it and the legend above it.
func (b *bridge) chart() block {
	most := 0
	for _, bar := range b.bars {
		most = max(most, len(bar.nameLines))
	}
	legend := small.line() + 1.5
	feet := 1.2 + float64(most)*b.names.line()
	return block{gap: gapLine, height: legend + b.roof + b.plot + feet, draw: func(y float64) {
		b.legend(y)
		base := y + legend + b.roof + b.plot
		s := b.scale(base)
		b.c.drawGrid(s, left+b.axis, width-b.axis)
		b.drawBars(s)
		b.drawAmounts(s)
		for i, bar := range b.bars {
			at := base + 1.2
			for _, line := range bar.nameLines {
				b.c.writeCentre(b.centre(i), at+b.names.baseline(), line, b.names, b.c.ink.text)
				at += b.names.line()
			}
		}
	}}
}

func (b *bridge) scale(base float64) scale {
	var levels []float64
	for _, bar := range b.bars {
		if bar.known {
			levels = append(levels, bar.after)
			if !bar.total {
				levels = append(levels, bar.before)
			}
		}
	}
	return newScale(levels, base, base-b.plot, true)
}

func (b *bridge) centre(i int) float64 { return left + b.axis + (float64(i)+0.5)*b.slot }

func (b *bridge) barWidth() float64 { return min(b.slot*barPart, barMost) }

// body returns the upper left corner and size of a bar.
func (b *bridge) body(i int, s scale) (x, y, w, h float64) {
	bar := b.bars[i]
	w = b.barWidth()
	low, high := s.y(bar.before), s.y(bar.after)
	if bar.total {
		low = s.y(max(0, s.from))
	}
	y, h = min(low, high), max(low, high)-min(low, high)
	if h < 0.5 { // a change of a few cents is still a bar
		y, h = y-(0.5-h)/2, 0.5
	}
	return b.centre(i) - w/2, y, w, h
}

func (b *bridge) drawBars(s scale) {
	for i, bar := range b.bars {
		x, y, w, h := b.body(i, s)
		if i > 0 {
			level := s.y(b.bars[i-1].after)
			b.c.line(b.centre(i-1)+w/2, level, x, level, 0.15, b.c.ink.rule)
		}
		if !bar.known {
			b.c.box(x, y-2, w, 4, 0.2, b.c.ink.rule)
			continue
		}
		b.c.bar(x, y, w, h, bar.fill)
		if bar.total && s.broken {
			b.c.zigzag(x-0.6, s.y0-2.2, w+1.2)
		}
	}
}

// rectangle is a place already taken.
type rectangle struct{ x1, y1, x2, y2 float64 }

func (r rectangle) meets(o rectangle) bool {
	return r.x1 < o.x2 && o.x1 < r.x2 && r.y1 < o.y2 && o.y1 < r.y2
}

// drawAmounts writes the amounts at their places, over the lines of the grid.
func (b *bridge) drawAmounts(s scale) {
	f := b.amounts
	for i, r := range b.places(s) {
		bar := b.bars[i]
		f.bold = bar.total
		ink := b.c.ink.text
		if !bar.known {
			ink = b.c.ink.faint
		}
		b.c.rect(r.x1+amountPad, r.y1+0.3, r.x2-r.x1-2*amountPad, r.y2-r.y1-0.6, b.c.ink.white)
		b.c.write(r.x1+amountPad, r.y1+f.mm()*ascent+0.2, bar.amount, f, ink)
	}
}

// amountPad is the space left and right of an amount.
const amountPad = 0.8

// places finds room for each amount above its bar, or where that is taken
// below it, or further up.
func (b *bridge) places(s scale) []rectangle {
	var taken []rectangle
	for i := range b.bars {
		x, y, w, h := b.body(i, s)
		if !b.bars[i].known {
			y, h = y-2, 4
		}
		taken = append(taken, rectangle{x, y, x + w, y + h})
	}
	f := b.amounts
	for i, bar := range b.bars {
		f.bold = bar.total
		taken = append(taken, b.free(taken, taken[i], b.c.width(bar.amount, f), f, s))
	}
	return taken[len(b.bars):]
}

// free returns the first place for an amount near its bar that meets nothing.
func (b *bridge) free(taken []rectangle, bar rectangle, w float64, f font, s scale) rectangle {
	w += 2 * amountPad
	h := f.mm()*(ascent+descent) + 0.4
	x := min(max((bar.x1+bar.x2)/2-w/2, left+b.axis-amountPad), left+width-w+amountPad)
	at := func(y float64) rectangle { return rectangle{x, y, x + w, y + h} }
	ok := func(r rectangle) bool {
		for _, t := range taken {
			if r.meets(t) {
				return false
			}
		}
		return true
	}
	above := bar.y1 - h - 0.4
	if ok(at(above)) {
		return at(above)
	}
	if below := at(bar.y2 + 0.4); below.y2 < s.y0-0.5 && ok(below) {
		return below
	}
	y := above
	for !ok(at(y)) { // ends above all that is taken
		y -= h / 4
	}
	return at(y)
}

// legend names the colours in use.
func (b *bridge) legend(y float64) {
	type entry struct {
		name string
		fill colour
		used bool
	}
	entries := []entry{
		{"total", b.c.ink.total, false}, {"increase or other change", b.c.ink.plain, false},
		{"hard saving", b.c.ink.accent, false}, {"avoidance", b.c.ink.second, false},
	}
	for _, s := range b.src.Bars {
		for i := range entries {
			entries[i].used = entries[i].used || entries[i].fill == b.fill(s)
		}
	}
	x := left
	for _, e := range entries {
		if e.used {
			x = b.c.key(x, y, e.name, e.fill)
		}
	}
	b.c.writeRight(left+width, y+small.baseline(), string(b.currency), small, b.c.ink.faint)
}

// key draws one entry of a legend and returns where the next one starts.
func (c *canvas) key(x, y float64, name string, fill colour) float64 {
	c.bar(x, y+small.line()/2-1.2, 3.2, 2.4, fill)
	return c.keyName(x, y, name)
}

// keyName writes what a sign in a legend means, and returns where the next one starts.
func (c *canvas) keyName(x, y float64, name string) float64 {
	c.write(x+4.4, y+small.baseline(), name, small, c.ink.soft)
	return x + 4.4 + c.width(c.clean(name), small) + 5
}

// note says what the drawing cannot show.
func (b *bridge) note() string {
	s := ""
	if sc := b.scale(0); sc.broken {
		s = sc.breakNote(b.currency)
	}
	for _, bar := range b.bars {
		if !bar.known {
			if s != "" {
				s += " "
			}
			return s + "A dashed outline stands for an amount that is unknown."
		}
	}
	return s
}
