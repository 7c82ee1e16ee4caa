package pdf

import (
	"strconv"

	"tierline/audit/date"
	"tierline/report"
)

// timeline draws a row for each product: the days on which it renews, and
// before them the windows in which to decide and to ask for quotes. Rows have
// their names at their left, so that no colour has to be looked up.
type timeline struct {
	c     *canvas
	src   *report.Timeline
	names float64 // width of the names
}

const (
	timelineRow   = 6.2
	timelineNames = 60.0 // most
	spanHigh      = 2.0
	dayRoom       = 2.0 // at the ends of the axis, for the sign of a day
)

// timelineBlocks returns the chart with its title, legend and note; none
// without rows. A document has few enough for a page.
func timelineBlocks(c *canvas, src *report.Timeline) []block {
	if src == nil || len(src.Rows) == 0 {
		return nil
	}
	t := &timeline{c: c, src: src}
	for _, row := range src.Rows {
		t.names = max(t.names, min(c.width(c.clean(row.Label), small)+4, timelineNames))
	}
	out := title(c, src.Title, largeB, c.ink.text, gapBlock)
	chart := t.chart()
	if len(out) == 0 {
		chart.gap = gapBlock
	}
	out = append(out, chart)
	if src.Note != "" {
		out[len(out)-1].keep = true
		out = append(out, paragraph(c, src.Note, small, c.ink.soft, gapLine)...)
	}
	return out
}

func (t *timeline) chart() block {
	legend := small.line() + 2
	rows := float64(len(t.src.Rows)) * timelineRow
	return block{gap: gapLine, height: legend + rows + 1 + 2*tickFont.line(), draw: func(y float64) {
		t.legend(y)
		top := y + legend
		t.months(top, top+rows)
		for i := range t.src.Rows {
			t.row(&t.src.Rows[i], top+(float64(i)+0.5)*timelineRow)
		}
	}}
}

// x returns where a day stands.
func (t *timeline) x(d date.Date) float64 {
	part := float64(d.Sub(t.src.From)) / float64(max(1, t.src.To.Sub(t.src.From)))
	return left + t.names + dayRoom + min(max(part, 0), 1)*(width-t.names-2*dayRoom)
}

// months draws the beginnings of months and writes their names below, those of
// quarters where months would be too narrow.
func (t *timeline) months(y, base float64) {
	c := t.c
	first := t.src.From.FirstOfMonth()
	step := 1
	for t.x(first.AddMonths(1+step))-t.x(first.AddMonths(1)) < 8 && step < 48 {
		step++
	}
	lastYear := 0
	for m := first; !m.After(t.src.To); m = m.AddMonths(step) {
		x, end := t.x(m), min(t.x(m.AddMonths(step)), left+width)
		c.line(x, y, x, base, 0.1, c.ink.hair)
		name := m.Time().Format("Jan")
		if c.width(name, tickFont) > end-x-0.4 {
			continue
		}
		c.write(x+0.4, base+1+tickFont.baseline(), name, tickFont, c.ink.soft)
		if year := strconv.Itoa(m.Year()); m.Year() != lastYear && c.width(year, tickFont) <= end-x-0.4 {
			c.write(x+0.4, base+1+tickFont.line()+tickFont.baseline(), year, tickFont, c.ink.soft)
			lastYear = m.Year()
		}
	}
	c.line(left+t.names, base, left+width, base, 0.25, c.ink.rule)
}

// row draws one product around the height y.
func (t *timeline) row(row *report.TimelineRow, y float64) {
	c := t.c
	c.write(left, y+small.mm()*0.36, c.shorten(row.Label, small, t.names-3), small, c.ink.text)
	c.line(left, y+timelineRow/2, left+width, y+timelineRow/2, 0.1, c.ink.hair)
	for _, s := range row.Stretches {
		c.rect(t.x(s.From), t.spanTop(s.Kind, y), max(t.x(s.To)-t.x(s.From), 0.6), spanHigh, t.spanInk(s.Kind))
	}
	free := left + t.names
	for i, m := range row.Days {
		x := t.x(m.Day)
		if m.Kind == report.PriceDay {
			c.line(x, y-2.4, x, y+2.4, 0.5, c.ink.text)
			continue
		}
		c.area(c.ink.text, point{x, y - 1.6}, point{x + 1.6, y}, point{x, y + 1.6}, point{x - 1.6, y})
		free = t.label(row, i, x, y, free)
	}
}

// label writes the day of a renewal beside its mark, where nothing stands.
func (t *timeline) label(row *report.TimelineRow, i int, x, y, free float64) float64 {
	s := row.Days[i].Day.Time().Format("2 Jan")
	w := t.c.width(s, tickFont)
	at := x + 2.4
	if at+w+0.3 > left+width || t.taken(row, at, at+w) {
		at = x - 2.4 - w
	}
	if at < free || t.taken(row, at, at+w) {
		return free
	}
	t.c.rect(at-0.3, y-tickFont.mm()*0.5, w+0.6, tickFont.mm(), t.c.ink.white)
	t.c.write(at, y+tickFont.mm()*0.36, s, tickFont, t.c.ink.text)
	return at + w + 1
}

// taken reports whether something of a row stands between two places.
func (t *timeline) taken(row *report.TimelineRow, from, to float64) bool {
	for _, s := range row.Stretches {
		if t.x(s.From) < to && from < max(t.x(s.To), t.x(s.From)+0.6) {
			return true
		}
	}
	for _, m := range row.Days {
		if x := t.x(m.Day); x+1.7 > from && x-1.7 < to {
			return true
		}
	}
	return false
}

func (t *timeline) spanTop(k report.StretchKind, y float64) float64 {
	if k == report.QuoteStretch {
		return y
	}
	return y - spanHigh
}

func (t *timeline) spanInk(k report.StretchKind) colour {
	if k == report.QuoteStretch {
		return t.c.ink.accent
	}
	return t.c.ink.plain
}

// legend names what is drawn, of what there is.
func (t *timeline) legend(y float64) {
	var decide, quote, renewal, price bool
	for _, row := range t.src.Rows {
		for _, s := range row.Stretches {
			decide, quote = decide || s.Kind == report.DecideStretch, quote || s.Kind == report.QuoteStretch
		}
		for _, m := range row.Days {
			renewal, price = renewal || m.Kind == report.RenewalDay, price || m.Kind == report.PriceDay
		}
	}
	c, x, mid := t.c, left, y+small.line()/2
	if decide {
		x = c.key(x, y, "time to clean up and decide", c.ink.plain)
	}
	if quote {
		x = c.key(x, y, "a quote keeps the old price", c.ink.accent)
	}
	if renewal {
		c.area(c.ink.text, point{x + 1.6, mid - 1.6}, point{x + 3.2, mid}, point{x + 1.6, mid + 1.6}, point{x, mid})
		x = c.keyName(x, y, "renewal")
	}
	if price {
		c.line(x+1.6, mid-1.7, x+1.6, mid+1.7, 0.5, c.ink.text)
		c.keyName(x, y, "prices change")
	}
}
