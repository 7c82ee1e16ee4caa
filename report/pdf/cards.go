package pdf

import (
	"tierline/audit/money"
	"tierline/report"
)

// card is one fact of the decision page: label, value, note below each other
// under a rule.
type card struct {
	label, value, note []string
	see                shown // on which page more of it stands
	shown              shown
	font               font // of the value
}

const cardGutter = 5.0

// cardBlocks returns the facts in rows of equal cards: five side by side where
// their values fit in large type, fewer otherwise.
func cardBlocks(c *canvas, facts []report.Fact, currency money.Currency) []block {
	if len(facts) == 0 {
		return nil
	}
	rows := (len(facts) + 4) / 5
	for rows < len(facts) && !cardsFit(c, facts, currency, (len(facts)+rows-1)/rows) {
		rows++
	}
	per := (len(facts) + rows - 1) / rows
	var out []block
	for from := 0; from < len(facts); from += per {
		row := facts[from:min(from+per, len(facts))]
		w := cardWidth(len(row))
		cards := make([]card, len(row))
		for i, f := range row {
			cards[i] = newCard(c, f, currency, w)
		}
		out = append(out, cardRow(c, cards, w))
	}
	return out
}

func cardWidth(per int) float64 {
	return (width - cardGutter*float64(per-1)) / float64(per)
}

// cardsFit reports whether every value fits its card in at least 12 points.
func cardsFit(c *canvas, facts []report.Fact, currency money.Currency, per int) bool {
	w := cardWidth(per)
	for _, f := range facts {
		if s := show(c, f.Value, currency); s.number && c.width(s.text, heading.scaled(12)) > w {
			return false
		}
	}
	return true
}

func newCard(c *canvas, f report.Fact, currency money.Currency, w float64) card {
	k := card{shown: show(c, f.Value, currency), font: heading}
	k.label = c.wrapAtMost(3, f.Label, small, w)
	k.note = c.wrapAtMost(8, f.Note, small, w)
	k.see = show(c, f.See, currency)
	if k.shown.number || k.shown.unknown {
		k.font = c.fit(k.shown.text, heading, w)
		k.value = []string{k.shown.text}
		return k
	}
	if c.width(k.shown.text, heading) > w {
		k.font = largeB
	}
	k.value = c.wrapAtMost(4, k.shown.text, k.font, w)
	return k
}

func cardRow(c *canvas, cards []card, w float64) block {
	var labels, values, notes int
	for _, k := range cards {
		lines := len(k.note)
		if k.see.text != "" {
			lines++
		}
		labels, values, notes = max(labels, len(k.label)), max(values, len(k.value)), max(notes, lines)
	}
	value := max(heading.line(), float64(values)*largeB.line())
	h := 2 + float64(labels)*small.line() + value + 0.6 + float64(notes)*small.line()
	return block{gap: gapBlock - 1, height: h, draw: func(y float64) {
		for i, k := range cards {
			x := left + float64(i)*(w+cardGutter)
			edge, thick, ink := c.ink.rule, 0.25, c.ink.text
			if k.shown.strong {
				edge, thick, ink = c.ink.accent, 0.9, c.ink.link
			}
			if k.shown.unknown {
				ink = c.ink.faint
			}
			c.line(x, y, x+w, y, thick, edge)
			c.writeLines(x, y+2+float64(labels-len(k.label))*small.line(), k.label, small, c.ink.soft)
			at := y + 2 + float64(labels)*small.line()
			c.writeLines(x, at, k.value, k.font, ink)
			c.seePage(x, c.writeLines(x, at+value+0.6, k.note, small, c.ink.soft), w, k.see)
		}
	}}
}

// seePage names the page on which something stands, and leads there; nothing where
// there is no such place. Which page it is shows once all are laid out.
func (c *canvas) seePage(x, y, w float64, s shown) {
	if !c.leads(s.to) {
		return
	}
	at := c.at
	c.late = append(c.late, func() {
		c.at = at
		text := c.shorten(s.text+": page "+money.Count(c.places[s.to].page+1), small, w)
		c.link(x, y, c.width(text, small), small.line(), s.to)
		c.write(x, y+small.baseline(), text, small, c.ink.link)
	})
}
