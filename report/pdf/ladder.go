package pdf

import (
	"tierline/audit/money"
	"tierline/report"
)

// ladder draws tiers as a staircase: one step per rung, as high as its price,
// with the users of today, the tier of the billed quantity and the recommended one marked.
// Rungs are equally wide, since real lists go from tens to thousands.
type ladder struct {
	c        *canvas
	src      *report.Ladder
	currency money.Currency
	rungs    []report.Rung // of this staircase; a long list is drawn in several
	s        scale
	slot     float64
	axis     float64
}

const (
	ladderPlot = 20.0
	ladderRoof = 8.0 // room for the marker above the highest step
	maxRungs   = 12
)

// ladderBlocks returns a ladder with its title, note and legend.
func ladderBlocks(c *canvas, src *report.Ladder, currency money.Currency) []block {
	out := title(c, src.Title, largeB, c.ink.text, gapBlock)
	if place := src.Place(); len(out) > 0 {
		out[0].place = targetOf(&place)
	}
	out = append(out, hold(paragraph(c, src.Note, body, c.ink.soft, gapLine))...)
	if len(src.Rungs) == 0 {
		return append(out, paragraph(c, "No tiers are known.", body, c.ink.faint, gapLine)...)
	}
	axis := c.axisWidth(ladderScale(src, 0, -1))
	per := perStaircase(c, src, currency, width-axis)
	for from := 0; from < len(src.Rungs); from += per {
		l := &ladder{c: c, src: src, currency: currency, axis: axis, rungs: src.Rungs[from:min(from+per, len(src.Rungs))]}
		l.slot = (width - axis) / float64(max(4, per))
		out = append(out, l.chart(from == 0))
	}
	if len(out) > 0 {
		out[0].gap = gapBlock
	}
	return append(out, ladderNote(c, src, currency)...)
}

// perStaircase returns how many rungs stand side by side with room for their
// amounts.
func perStaircase(c *canvas, src *report.Ladder, currency money.Currency, room float64) int {
	var most float64
	for _, r := range src.Rungs {
		most = max(most, c.width(amount(r.Amount, currency), smallB), c.width(rungUsers(r), smallB))
	}
	n := max(1, min(maxRungs, int(room/(most+2))))
	lines := (len(src.Rungs) + n - 1) / n
	return (len(src.Rungs) + lines - 1) / lines // as even as they go
}

func rungUsers(r report.Rung) string {
	from := money.Count(r.From)
	switch r.To {
	case 0:
		return from + "+"
	case r.From:
		return from
	}
	return from + "–" + money.Count(r.To)
}

// ladderScale covers every rung of the ladder, so that several staircases of
// one ladder compare.
func ladderScale(src *report.Ladder, y0, y1 float64) scale {
	var levels []float64
	for _, r := range src.Rungs {
		if r.Amount.Known() {
			levels = append(levels, r.Amount.Exact().Float())
		}
	}
	return newScale(levels, y0, y1, true)
}

func (l *ladder) chart(first bool) block {
	legend := 0.0
	if first {
		legend = small.line() + 1
	}
	feet := 1 + 2*small.line()
	return block{gap: gapLine, height: legend + ladderRoof + ladderPlot + feet, draw: func(y float64) {
		if first {
			l.legend(y)
		}
		base := y + legend + ladderRoof + ladderPlot
		l.s = ladderScale(l.src, base, base-ladderPlot)
		l.c.drawGrid(l.s, left+l.axis, l.slot*float64(len(l.rungs)))
		l.steps()
		l.feet(base + 1)
		l.marker()
	}}
}

func (l *ladder) x(i int) float64 { return left + l.axis + float64(i)*l.slot }

// steps draws the treads and risers; a rung without a known price leaves a gap.
func (l *ladder) steps() {
	c := l.c
	for i, r := range l.rungs {
		x := l.x(i)
		if !r.Amount.Known() {
			c.dash(x, l.s.y0-3, x+l.slot, l.s.y0-3, 0.25, c.ink.rule)
			continue
		}
		y := l.s.y(r.Amount.Exact().Float())
		fill, edge := l.fill(r)
		c.rect(x, y, l.slot, l.s.y0-y, fill)
		c.line(x, y, x+l.slot, y, 0.6, edge)
		if i > 0 && l.rungs[i-1].Amount.Known() {
			c.line(x, y, x, l.s.y(l.rungs[i-1].Amount.Exact().Float()), 0.25, c.ink.rule)
		}
	}
	if l.s.broken {
		c.zigzag(l.x(0), l.s.y0-2.2, l.slot*float64(len(l.rungs)))
	}
}

func (l *ladder) fill(r report.Rung) (fill, edge colour) {
	ink := l.c.ink
	switch {
	case r.Target:
		return ink.accent, ink.accent
	case r.Here:
		return ink.plain, ink.total
	}
	return ink.panel, ink.rule
}

// feet writes users and price below each rung.
func (l *ladder) feet(y float64) {
	for i, r := range l.rungs {
		f, ink := small, l.c.ink.soft
		if r.Here || r.Target {
			f, ink = smallB, l.c.ink.text
		}
		if r.Target {
			ink = l.c.ink.link
		}
		mid := l.x(i) + l.slot/2
		s := rungUsers(r)
		l.c.writeCentre(mid, y+f.baseline(), s, l.c.fit(s, f, l.slot-1), ink)
		s = amount(r.Amount, l.currency)
		if !r.Amount.Known() {
			ink = l.c.ink.faint
		}
		l.c.writeCentre(mid, y+f.line()+f.baseline(), s, l.c.fit(s, f, l.slot-1), ink)
	}
}

// holder returns the rung of n users and where in it n stands, or -1.
func holder(rungs []report.Rung, n int) (int, float64) {
	for i, r := range rungs {
		switch {
		case n < r.From:
		case r.To == 0:
			return i, 0.5
		case n <= r.To:
			return i, float64(n-r.From+1) / float64(r.To-r.From+1)
		}
	}
	return -1, 0
}

// marker points at the users of today. Its words stand above the highest step,
// where no tread can strike them through.
func (l *ladder) marker() {
	i, part := holder(l.rungs, l.src.Users)
	if i < 0 {
		return
	}
	c := l.c
	x := min(max(l.x(i)+part*l.slot, left+l.axis+1.4), left+width-1.4)
	y := l.s.y0 - 3
	if a := l.rungs[i].Amount; a.Known() {
		y = l.s.y(a.Exact().Float())
	}
	y -= 0.8
	c.area(c.ink.text, point{x, y}, point{x - 1.4, y - 2.4}, point{x + 1.4, y - 2.4})
	s := "you are here: " + money.Plural(l.src.Users, "user")
	if l.src.Paid > 0 {
		s += ", billed for " + money.Count(l.src.Paid)
	}
	w := c.width(s, smallB)
	at := min(max(x-w/2, left+l.axis), left+width-w)
	words := l.s.y1 - ladderRoof + smallB.baseline()
	c.line(x, words+1, x, y-2, 0.2, c.ink.text)
	c.write(at, words, s, smallB, c.ink.text)
}

// legend names the colours of the ladder, and beside them leads to the actions
// that move it.
func (l *ladder) legend(y float64) {
	var here, target, both bool
	for _, r := range l.src.Rungs {
		both = both || r.Here && r.Target
		here = here || r.Here && !r.Target
		target = target || r.Target && !r.Here
	}
	x := left
	if here {
		x = l.c.key(x, y, "tier of the billed quantity", l.c.ink.plain)
	}
	if target {
		x = l.c.key(x, y, "recommended tier", l.c.ink.accent)
	}
	if both {
		x = l.c.key(x, y, "tier of the billed quantity, and recommended", l.c.ink.accent)
	}
	unit := left + width - l.c.width(string(l.currency), small)
	l.c.write(unit, y+small.baseline(), string(l.currency), small, l.c.ink.faint)
	l.c.linkLine(x, y, unit-x-2, l.src.Actions)
}

// ladderNote says what the drawing cannot show.
func ladderNote(c *canvas, src *report.Ladder, currency money.Currency) []block {
	s := ""
	if i, _ := holder(src.Rungs, src.Users); i < 0 {
		s = money.Plural(src.Users, "user") + " today, outside the tiers shown. "
		if src.Paid > 0 {
			s += "Billed for: " + money.Plural(src.Paid, "user") + ". "
		}
	}
	if sc := ladderScale(src, 0, -1); sc.broken {
		s += sc.breakNote(currency)
	}
	return paragraph(c, s, small, c.ink.soft, gapLine)
}
