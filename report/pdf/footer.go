package pdf

import (
	"fmt"

	"tierline/report"
)

// drawFeet draws the foot of every page once their number is known.
func drawFeet(c *canvas, d *report.Document) {
	s := stamp(c, d)
	lines := c.wrapAtMost(2, d.Branding.Footer, small, width)
	for i := range c.pages {
		c.at = i
		drawFoot(c, d, s, lines, fmt.Sprintf("page %d of %d", i+1, len(c.pages)))
	}
}

// stamp returns what identifies the run; the digest is missing for a document
// of nothing.
func stamp(c *canvas, d *report.Document) report.Stamp {
	s := report.Stamp{Organisation: c.clean(d.Organisation), AsOf: d.AsOf}
	if made := d.Made(); made.Digest != "" {
		s.Run = c.clean(made.Digest[:min(8, len(made.Digest))])
	}
	return s
}

func drawFoot(c *canvas, d *report.Document, s report.Stamp, lines []string, number string) {
	top := c.sheet.footTop()
	c.line(left, top-1.6, left+width, top-1.6, 0.12, c.ink.rule)
	y := top + small.baseline()
	c.writeRight(left+width, y, number, small, c.ink.soft)
	room := width - c.width(number, small) - 6
	x := left
	if !d.Complete {
		const word = "INCOMPLETE"
		c.write(x, y, word, smallB, c.ink.signal)
		x += c.width(word, smallB) + 3
		room -= c.width(word, smallB) + 3
	}
	tail := ""
	if !s.AsOf.IsZero() {
		tail = "as of " + s.AsOf.String()
	}
	if s.Run != "" {
		tail = join(tail, "run "+s.Run)
	}
	// The name stands by itself: one that is read from the right would turn the
	// whole line.
	if name := s.Organisation; name != "" {
		name = c.shorten(name, small, room-c.width(join("x", tail), small))
		c.write(x, y, name, small, c.ink.soft)
		tail = after(name, tail)
		x += c.width(name, small)
		room -= c.width(name, small)
	}
	c.write(x, y, c.shorten(tail, small, room), small, c.ink.soft)
	c.writeLines(left, top+small.line(), lines, small, c.ink.faint)
}

// join puts a dot between two parts that are both there.
func join(a, b string) string { return a + after(a, b) }

// after returns what stands behind a where b follows it.
func after(a, b string) string {
	if a == "" || b == "" {
		return b
	}
	return "  ·  " + b
}
