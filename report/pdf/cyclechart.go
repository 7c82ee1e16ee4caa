package pdf

import (
	"slices"

	"tierline/audit/money"
	"tierline/report"
)

// cycleChart draws two lines over the number of users: monthly billing, which
// climbs with every user, and annual billing, which climbs in steps. Where they
// cross, a dot names the number of users.
type cycleChart struct {
	c        *canvas
	src      *report.CycleChart
	currency money.Currency
	w        float64
	axis     float64
	title    []string
	s        scale
	x0       float64
}

const (
	cyclePlot = 27.0
	cycleGap  = 10.0 // between two side by side
	cycleName = 15.0 // room for the names at the ends of the lines
)

// cycleBlocks returns charts, two side by side.
func cycleBlocks(c *canvas, src []report.CycleChart, currency money.Currency) []block {
	var out []block
	for i := 0; i < len(src); i += 2 {
		var pair []*cycleChart
		for j := i; j < min(i+2, len(src)); j++ {
			if len(src[j].Points) > 1 {
				pair = append(pair, newCycleChart(c, &src[j], currency))
			}
		}
		if len(pair) > 0 {
			out = append(out, cyclesBeside(pair))
		}
	}
	if len(out) > 0 {
		out[len(out)-1].keep = true
		note := "From a marked number of users on, annual billing is no dearer. Lines join the numbers of users that were computed."
		out = append(out, paragraph(c, note, small, c.ink.soft, gapLine)...)
	}
	return out
}

func newCycleChart(c *canvas, src *report.CycleChart, currency money.Currency) *cycleChart {
	k := &cycleChart{c: c, src: src, currency: currency, w: (width - cycleGap) / 2}
	k.title = c.wrapAtMost(2, src.Title, bodyB, k.w)
	k.axis = c.axisWidth(k.scale(0))
	return k
}

func cyclesBeside(pair []*cycleChart) block {
	head := 0.0
	for _, k := range pair {
		head = max(head, float64(len(k.title))*bodyB.line()+tickFont.line()+4.5)
	}
	return block{gap: gapBlock, height: head + cyclePlot + 1 + 2*tickFont.line(), draw: func(y float64) {
		x := left
		for _, k := range pair {
			k.draw(x, y, y+head+cyclePlot)
			x += k.w + cycleGap
		}
	}}
}

func (k *cycleChart) scale(base float64) scale {
	var levels []float64
	for _, p := range k.src.Points {
		levels = append(levels, levelsOf(p.Monthly, p.Annual)...)
	}
	return newScale(levels, base, base-cyclePlot, false)
}

// x returns where a number of users stands.
func (k *cycleChart) x(users float64) float64 {
	first, last := float64(k.src.Points[0].Users), float64(k.src.Points[len(k.src.Points)-1].Users)
	part := (users - first) / max(1, last-first)
	return k.x0 + k.axis + min(max(part, 0), 1)*(k.w-k.axis-cycleName)
}

func (k *cycleChart) draw(x, y, base float64) {
	c := k.c
	k.x0, k.s = x, k.scale(base)
	y = c.writeLines(x, y, k.title, bodyB, c.ink.text)
	c.write(x, y+tickFont.baseline(), "coming term, "+string(k.currency), tickFont, c.ink.faint)
	c.drawGrid(k.s, x+k.axis, k.w-k.axis-cycleName)
	points := k.src.Points
	for i := 1; i < len(points); i++ {
		k.stroke(points[i-1].Users, points[i].Users, points[i-1].Monthly, points[i].Monthly, 0.5, c.ink.text, true)
		k.step(points[i-1], points[i])
	}
	k.names(points[len(points)-1])
	k.users(base)
	free := k.x0 + k.axis
	for _, n := range k.src.BreakEven {
		free = k.dot(n, free)
	}
}

// stroke draws a part of a line; none where an amount is not known.
func (k *cycleChart) stroke(from, to int, a, b money.Amount, thick float64, ink colour, dashed bool) {
	if !a.Known() || !b.Known() {
		return
	}
	x1, y1, x2, y2 := k.x(float64(from)), k.s.y(a.Exact().Float()), k.x(float64(to)), k.s.y(b.Exact().Float())
	if dashed {
		k.c.dash(x1, y1, x2, y2, thick, ink)
		return
	}
	k.c.line(x1, y1, x2, y2, thick, ink)
}

// step draws annual billing between two points: level up to the top of the tier,
// then straight up.
func (k *cycleChart) step(a, b report.CyclePoint) {
	if a.Top == b.Top {
		k.stroke(a.Users, b.Users, a.Annual, b.Annual, 0.7, k.c.ink.accent, false)
		return
	}
	k.stroke(a.Users, b.Users, a.Annual, a.Annual, 0.7, k.c.ink.accent, false)
	k.stroke(b.Users, b.Users, a.Annual, b.Annual, 0.7, k.c.ink.accent, false)
}

// names writes the name of each line at its end, the upper one higher.
func (k *cycleChart) names(last report.CyclePoint) {
	c, f := k.c, tickFont
	x := k.x(float64(last.Users)) + 1
	m, a := k.s.y(last.Monthly.Exact().Float()), k.s.y(last.Annual.Exact().Float())
	if apart := f.line(); max(m, a)-min(m, a) < apart {
		mid := (m + a) / 2
		m, a = mid-apart/2, mid+apart/2
		if last.Monthly.Less(last.Annual) {
			m, a = a, m
		}
	}
	c.write(x, m+f.mm()*0.36, "monthly", f, c.ink.text)
	c.write(x, a+f.mm()*0.36, "annual", font{size: f.size, bold: true}, c.ink.link)
}

// users writes the ends of the axis and marks the users of the plan.
func (k *cycleChart) users(base float64) {
	c, f, points := k.c, tickFont, k.src.Points
	at := k.x(float64(k.src.Users))
	c.dash(at, base, at, k.s.y1, 0.2, c.ink.rule)
	c.area(c.ink.text, point{at, base}, point{at - 1.2, base + 1.8}, point{at + 1.2, base + 1.8})
	y := base + 1 + f.baseline()
	first, last := money.Count(points[0].Users), money.Count(points[len(points)-1].Users)
	if x := k.x(float64(points[0].Users)); x+c.width(first, f) < at-2 {
		c.write(x, y, first, f, c.ink.soft)
	}
	if x := k.x(float64(points[len(points)-1].Users)); x-c.width(last, f) > at+2 {
		c.writeRight(x, y, last, f, c.ink.soft)
	}
	s := c.shorten(money.Count(k.src.Users)+" users of "+k.src.Unit+" under the plan", f, k.w)
	w := c.width(s, f)
	c.write(min(max(at-w/2, k.x0), k.x0+k.w-w), y+f.line(), s, f, c.ink.text)
}

// dot marks a break-even, with its number of users above the lines where one
// before it leaves room; it returns where the next one has room.
func (k *cycleChart) dot(users int, free float64) float64 {
	i := slices.IndexFunc(k.src.Points, func(p report.CyclePoint) bool { return p.Users == users && p.Annual.Known() })
	if i < 0 {
		return free
	}
	c, x, y := k.c, k.x(float64(users)), k.s.y(k.src.Points[i].Annual.Exact().Float())
	c.area(c.ink.second, point{x, y - 1.1}, point{x + 1.1, y}, point{x, y + 1.1}, point{x - 1.1, y})
	s, f := money.Count(users), tickFont
	w := c.width(s, f)
	at := min(x-w/2, k.x0+k.w-cycleName-w)
	if at < free {
		return free
	}
	c.write(at, y-1.8, s, f, c.ink.text)
	return at + w + 1
}
