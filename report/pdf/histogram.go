package pdf

import (
	"tierline/audit/money"
	"tierline/report"
)

// histogram draws counts per band, the bands for review in the accent colour.
type histogram struct {
	c     *canvas
	src   *report.Histogram
	w     float64
	names font
	lines [][]string // of the names
	title []string
	note  []string
	most  int // lines of the highest name
}

const (
	histogramPlot = 18.0
	histogramGap  = 6.0 // between two side by side
)

// histogramBlocks returns histograms under one legend, side by side, three at most
// in a row.
func histogramBlocks(c *canvas, src []report.Histogram) []block {
	if len(src) == 0 {
		return nil
	}
	out := []block{histogramLegend(c, src)}
	per := min(len(src), 3)
	w := (width - float64(per-1)*histogramGap) / float64(per)
	for from := 0; from < len(src); from += per {
		var row []*histogram
		for i := range src[from:min(from+per, len(src))] {
			row = append(row, newHistogram(c, &src[from+i], w))
		}
		out = append(out, beside(row...))
	}
	return out
}

// beside returns charts side by side, their axes on one line.
func beside(charts ...*histogram) block {
	var head, feet float64
	for _, h := range charts {
		head = max(head, h.head())
		feet = max(feet, h.feet())
	}
	return block{gap: gapTitle, height: head + histogramPlot + feet, draw: func(y float64) {
		x := left
		for _, h := range charts {
			h.draw(x, y, y+head+histogramPlot)
			x += h.w + histogramGap
		}
	}}
}

func newHistogram(c *canvas, src *report.Histogram, w float64) *histogram {
	h := &histogram{c: c, src: src, w: w}
	h.title = c.wrapAtMost(3, src.Title, largeB, w)
	h.note = c.wrapAtMost(6, src.Note, small, w)
	var names []string
	for _, b := range src.Bars {
		names = append(names, c.clean(b.Label))
	}
	h.names = c.smallest(names, false, h.slot()-0.5, 8, 7.5, 7, 6.5, 6)
	for _, s := range names {
		h.lines = append(h.lines, c.wrapAtMost(4, s, h.names, h.slot()-0.5))
		h.most = max(h.most, len(h.lines[len(h.lines)-1]))
	}
	return h
}

func (h *histogram) slot() float64 { return h.w / float64(max(1, len(h.src.Bars))) }

// head returns the height of title, legend and the room for the highest count.
func (h *histogram) head() float64 {
	return float64(len(h.title))*largeB.line() + float64(len(h.note))*small.line() + 2 + smallB.line()
}

func (h *histogram) feet() float64 { return 1 + float64(h.most)*h.names.line() }

func (h *histogram) draw(x, y, base float64) {
	c := h.c
	y = c.writeLines(x, y, h.title, largeB, c.ink.text)
	c.writeLines(x, y, h.note, small, c.ink.soft)
	high := 1
	for _, b := range h.src.Bars {
		high = max(high, b.Count)
	}
	for i, b := range h.src.Bars {
		mid := x + (float64(i)+0.5)*h.slot()
		tall := float64(b.Count) / float64(high) * histogramPlot
		if b.Count > 0 {
			tall = max(tall, 0.4)
		}
		fill := c.ink.plain
		if b.Review {
			fill = c.ink.accent
		}
		c.rect(mid-h.slot()*0.36, base-tall, h.slot()*0.72, tall, fill)
		s := money.Count(b.Count)
		c.writeCentre(mid, base-tall-1, s, c.fit(s, smallB, h.slot()-0.6), c.ink.text)
		at := base + 1
		for _, line := range h.lines[i] {
			c.writeCentre(mid, at+h.names.baseline(), line, h.names, c.ink.soft)
			at += h.names.line()
		}
	}
	c.line(x, base, x+h.w, base, 0.25, c.ink.rule)
}

// histogramLegend names the colours once for all of them.
func histogramLegend(c *canvas, src []report.Histogram) block {
	var review, others bool
	for i := range src {
		for _, b := range src[i].Bars {
			review, others = review || b.Review, others || !b.Review
		}
	}
	return block{gap: gapTitle, height: small.line(), keep: true, draw: func(y float64) {
		x := left
		if review {
			x = c.key(x, y, "past the limit or never used", c.ink.accent)
		}
		if others {
			c.key(x, y, "other seats", c.ink.plain)
		}
	}}
}
