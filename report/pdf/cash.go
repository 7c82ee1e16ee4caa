package pdf

import (
	"tierline/audit/money"
	"tierline/report"
)

// cash draws two bars for each month, as is beside recommended, on an axis that
// starts at 0: months differ by annual bills, so that none is broken off.
type cash struct {
	c        *canvas
	src      *report.CashChart
	currency money.Currency
	axis     float64 // width of the tick labels
	slot     float64
}

const (
	cashPlot = 28.0
	cashBar  = 0.38 // of a slot
)

// cashBlocks returns the chart with its title, legend and note; none without
// months.
func cashBlocks(c *canvas, src *report.CashChart, currency money.Currency) []block {
	if src == nil || len(src.Months) == 0 {
		return nil
	}
	k := &cash{c: c, src: src, currency: currency}
	k.axis = c.axisWidth(k.scale(0))
	k.slot = (width - k.axis) / float64(len(src.Months))
	out := title(c, src.Title, largeB, c.ink.text, gapBlock)
	chart := k.chart()
	if len(out) == 0 {
		chart.gap = gapBlock
	}
	out = append(out, chart)
	if k.unknown() {
		out[len(out)-1].keep = true
		out = append(out, paragraph(c, "A dash stands for an amount that is unknown.", small, c.ink.soft, gapLine)...)
	}
	return out
}

func (k *cash) scale(base float64) scale {
	var levels []float64
	for _, m := range k.src.Months {
		levels = append(levels, levelsOf(m.AsIs, m.Recommended)...)
	}
	return newScale(levels, base, base-cashPlot, false)
}

func (k *cash) unknown() bool {
	for _, m := range k.src.Months {
		if !m.AsIs.Known() || !m.Recommended.Known() {
			return true
		}
	}
	return false
}

// chart returns the legend, the bars and below them the months, with the year
// where it begins.
func (k *cash) chart() block {
	legend := small.line() + 2.5
	feet := 1 + 2*tickFont.line()
	return block{gap: gapLine, height: legend + cashPlot + feet, draw: func(y float64) {
		k.legend(y)
		base := y + legend + cashPlot
		s := k.scale(base)
		k.c.drawGrid(s, left+k.axis, width-k.axis)
		for i, m := range k.src.Months {
			mid := left + k.axis + (float64(i)+0.5)*k.slot
			k.bar(s, mid-k.slot*cashBar, m.AsIs, k.c.ink.plain)
			k.bar(s, mid, m.Recommended, k.c.ink.accent)
		}
		k.months(base + 1)
	}}
}

// bar draws one bar from x on; a bill that is small beside the others is still
// a line, a month without one is nothing.
func (k *cash) bar(s scale, x float64, a money.Amount, fill colour) {
	w := k.slot * cashBar
	zero := s.y(0)
	switch {
	case !a.Known():
		k.c.dash(x, zero-2, x+w, zero-2, 0.25, k.c.ink.rule)
	case a.Sign() > 0:
		tall := max(zero-s.y(a.Exact().Float()), 0.4)
		k.c.rect(x, zero-tall, w, tall, fill)
	case a.Sign() < 0:
		k.c.rect(x, zero, w, s.y(a.Exact().Float())-zero, fill)
	}
}

func (k *cash) months(y float64) {
	c, last := k.c, ""
	for i, m := range k.src.Months {
		x := left + k.axis + float64(i)*k.slot
		name, year := m.Month.Time().Format("Jan"), m.Month.Time().Format("2006")
		c.writeCentre(x+k.slot/2, y+tickFont.baseline(), name, c.fit(name, tickFont, k.slot-0.4), c.ink.soft)
		if year != last {
			c.writeCentre(x+k.slot/2, y+tickFont.line()+tickFont.baseline(), year, c.fit(year, tickFont, k.slot-0.4), c.ink.soft)
			last = year
		}
	}
}

func (k *cash) legend(y float64) {
	x := k.c.key(left, y, "as is", k.c.ink.plain)
	k.c.key(x, y, "recommended", k.c.ink.accent)
	k.c.writeRight(left+width, y+small.baseline(), string(k.currency), small, k.c.ink.faint)
}
