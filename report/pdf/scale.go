package pdf

import (
	"math"
	"strconv"
	"strings"

	"tierline/audit/money"
)

// scale maps amounts to heights. It starts at 0 unless the steps to be seen
// are small beside the totals; it then starts higher and is broken, and
// whoever draws it says so.
type scale struct {
	from, to float64 // amounts at the ends of the axis
	y0, y1   float64 // where they stand; y1 is the upper one
	broken   bool
	ticks    []float64
}

// breakBelow is the share of the axis under which the steps count as small.
const breakBelow = 0.45

// newScale returns a scale for levels between y0 (below) and y1 (above);
// mayBreak allows it to start above 0.
func newScale(levels []float64, y0, y1 float64, mayBreak bool) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range levels {
		low, high = min(low, v), max(high, v)
	}
	if len(levels) == 0 {
		low, high = 0, 1
	}
	s := scale{from: min(0, low), to: max(0, high), y0: y0, y1: y1}
	if span := high - low; mayBreak && low > 0 && span > 0 && span < breakBelow*high {
		step := niceStep(span, 4)
		s.from = math.Floor((low-0.35*span)/step) * step
		s.broken = s.from > 0
		s.from = max(0, s.from)
	}
	if s.to == s.from {
		s.to = s.from + 1
	}
	step := niceStep(s.to-s.from, 4)
	for v := math.Ceil(s.from/step) * step; v <= s.to+step/1000; v += step {
		s.ticks = append(s.ticks, v)
	}
	return s
}

// levelsOf returns the amounts that are known, for a scale.
func levelsOf(amounts ...money.Amount) (out []float64) {
	for _, a := range amounts {
		if a.Known() {
			out = append(out, a.Exact().Float())
		}
	}
	return out
}

// niceStep returns 1, 2, 2.5 or 5 times a power of ten that cuts span into
// about n parts.
func niceStep(span float64, n int) float64 {
	raw := span / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= raw*0.999 {
			return m * power
		}
	}
	return 10 * power
}

// y returns where v stands.
func (s scale) y(v float64) float64 {
	return s.y0 - (v-s.from)/(s.to-s.from)*(s.y0-s.y1)
}

// label returns the label of a tick, short and in one unit for all: the exact
// amounts stand at the bars. A tick between two whole units has none, since it would
// pass for an amount.
func (s scale) label(v float64) string {
	unit, word := 1.0, ""
	switch most := max(math.Abs(s.from), math.Abs(s.to)); {
	case most >= 1e6:
		unit, word = 1e6, "m"
	case most >= 1e4:
		unit, word = 1e3, "k"
	}
	short := math.Round(v/unit*1e6) / 1e6
	if short == 0 { // or below 0 by less than a float can say
		return "0"
	}
	text := strconv.FormatFloat(short, 'f', -1, 64)
	whole, frac, dot := strings.Cut(text, ".")
	if dot && word == "" {
		return ""
	}
	if dot {
		frac = "." + frac
	}
	return minus(money.Group(whole)) + frac + word
}

// tickFont is the font of the labels of an axis.
var tickFont = font{size: 7}

// axisWidth returns the room that the labels of a scale need.
func (c *canvas) axisWidth(s scale) float64 {
	var most float64
	for _, v := range s.ticks {
		most = max(most, c.width(s.label(v), tickFont))
	}
	return most + 2.6
}

// drawGrid draws the ticks of a scale from x to x+w, labels left of x. A
// broken axis has a zigzag at its foot.
func (c *canvas) drawGrid(s scale, x, w float64) {
	f := tickFont
	for _, v := range s.ticks {
		y := s.y(v)
		c.line(x, y, x+w, y, 0.1, c.ink.hair)
		c.writeRight(x-2, y+f.mm()*0.35, s.label(v), f, c.ink.faint)
	}
	c.line(x, s.y0, x+w, s.y0, 0.25, c.ink.rule)
	if s.broken {
		c.zigzag(x-1.6, s.y0-2.2, 3.2)
	}
}

// zigzag cuts what lies below it over a width, as a sign that the axis does
// not start at 0.
func (c *canvas) zigzag(x, y, w float64) {
	const rise, thick = 0.9, 1.1
	n := max(2, int(math.Round(w/1.6)))
	step := w / float64(n)
	upper, lower := make([]point, 0, n+1), make([]point, 0, n+1)
	for i := range n + 1 {
		dy := rise * float64(i%2)
		upper = append(upper, point{x + float64(i)*step, y + dy - rise/2})
		lower = append(lower, point{x + float64(n-i)*step, y + rise*float64((n-i)%2) - rise/2 + thick})
	}
	c.area(c.ink.white, append(upper, lower...)...)
	for i := range n {
		a, b := upper[i], upper[i+1]
		c.line(a.x, a.y, b.x, b.y, 0.15, c.ink.rule)
		c.line(a.x, a.y+thick, b.x, b.y+thick, 0.15, c.ink.rule)
	}
}

// breakNote is what a broken axis says.
func (s scale) breakNote(currency money.Currency) string {
	from := s.label(s.from)
	if from == "" {
		return "The axis does not start at 0: compare the steps, not the full bars."
	}
	return "The axis starts at " + string(currency) + " " + from + ", not at 0: compare the steps, not the full bars."
}
