package pdf

import (
	"tierline/audit/config"
	"tierline/report"
)

// measurer knows which characters there are and how wide a text is; the printer
// is one.
type measurer interface {
	// has reports whether a character can be printed.
	has(r rune) bool
	// width returns the width in millimetres of a clean text.
	width(s string, f font) float64
}

// canvas collects what is drawn, page by page, in millimetres from the upper
// left corner of A4; another paper has its body in the middle. It prints nothing: the printer does, and tests read the pages
// to see that no text leaves its place.
type canvas struct {
	measurer
	ink      palette
	sheet    sheet
	logo     picture
	pages    []page
	at       int              // index of the page drawn on
	places   map[string]place // where links lead
	late     []func()         // draws what names pages, once all are laid out
	replaced int              // characters shown by their code
	shown    report.Shown     // the named totals, as they were written
}

// page is the marks of one page, the lower ones first, and its part of the
// outline.
type page struct {
	marks   []mark
	outline []bookmark
}

// mark is one text, line, filled area or the logo.
type mark struct {
	kind   markKind
	points []point // text: left end of the baseline; line: its ends; area: its corners; image, link: the upper left and the lower right one
	text   string  // of a link: where it leads
	font   font
	width  float64 // of the text, or of the line
	ink    colour
	dashed bool
}

type markKind uint8

const (
	textMark markKind = iota
	lineMark
	areaMark
	imageMark
	linkMark // an area to click on
)

type point struct{ x, y float64 }

func newCanvas(m measurer, dress config.Branding) (*canvas, error) {
	logo, err := newPicture(dress.Logo)
	if err != nil {
		return nil, err
	}
	return &canvas{measurer: m, ink: newPalette(dress.Accent, dress.Second), sheet: sheetOf(dress), logo: logo, places: map[string]place{}, at: -1}, nil
}

// newPage starts a page and draws on it.
func (c *canvas) newPage() {
	c.pages = append(c.pages, page{})
	c.at = len(c.pages) - 1
}

func (c *canvas) put(m mark) {
	p := &c.pages[c.at]
	p.marks = append(p.marks, m)
}

// clean returns s as it can be measured and wrapped, see [clean].
func (c *canvas) clean(s string) string { return clean(s, c.has) }

// text returns s as it can be drawn, and counts what stands there by its code.
// Every text goes through it on its way to a page.
func (c *canvas) text(s string) string {
	s, n := uncoded(c.clean(s))
	c.replaced += n
	return s
}

// width returns the width of a clean text.
func (c *canvas) width(s string, f font) float64 {
	s, _ = uncoded(s)
	return c.measurer.width(s, f)
}

// write draws s with its left end at x and its baseline at y.
func (c *canvas) write(x, y float64, s string, f font, ink colour) {
	if s = c.text(s); s == "" {
		return
	}
	c.put(mark{kind: textMark, points: []point{{x, y}}, text: visual(s), font: f, width: c.width(s, f), ink: ink})
}

// writeRight draws s with its right end at x.
func (c *canvas) writeRight(x, y float64, s string, f font, ink colour) {
	s = c.clean(s)
	c.write(x-c.width(s, f), y, s, f, ink)
}

// writeCentre draws s around x.
func (c *canvas) writeCentre(x, y float64, s string, f font, ink colour) {
	s = c.clean(s)
	c.write(x-c.width(s, f)/2, y, s, f, ink)
}

// writeLines draws lines below each other, the first one's top at y, and
// returns where they end.
func (c *canvas) writeLines(x, y float64, lines []string, f font, ink colour) float64 {
	for _, s := range lines {
		c.write(x, y+f.baseline(), s, f, ink)
		y += f.line()
	}
	return y
}

// line draws a line of a width in millimetres.
func (c *canvas) line(x1, y1, x2, y2, thick float64, ink colour) {
	c.put(mark{kind: lineMark, points: []point{{x1, y1}, {x2, y2}}, width: thick, ink: ink})
}

// dash draws a dashed line.
func (c *canvas) dash(x1, y1, x2, y2, thick float64, ink colour) {
	c.put(mark{kind: lineMark, points: []point{{x1, y1}, {x2, y2}}, width: thick, ink: ink, dashed: true})
}

// area fills a polygon.
func (c *canvas) area(ink colour, corners ...point) {
	c.put(mark{kind: areaMark, points: corners, ink: ink})
}

// rect fills a rectangle.
func (c *canvas) rect(x, y, w, h float64, ink colour) {
	c.area(ink, point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h})
}

// bar fills a rectangle of a chart. One in the second colour has the accent
// around it: in black and white it would look like a grey one.
func (c *canvas) bar(x, y, w, h float64, fill colour) {
	c.rect(x, y, w, h, fill)
	if fill != c.ink.second {
		return
	}
	c.line(x, y, x+w, y, 0.25, c.ink.accent)
	c.line(x, y+h, x+w, y+h, 0.25, c.ink.accent)
	c.line(x, y, x, y+h, 0.25, c.ink.accent)
	c.line(x+w, y, x+w, y+h, 0.25, c.ink.accent)
}

// image draws the logo.
func (c *canvas) image(x, y, w, h float64) {
	c.put(mark{kind: imageMark, points: []point{{x, y}, {x + w, y + h}}})
}

// box draws the outline of a rectangle, dashed.
func (c *canvas) box(x, y, w, h, thick float64, ink colour) {
	c.dash(x, y, x+w, y, thick, ink)
	c.dash(x, y+h, x+w, y+h, thick, ink)
	c.dash(x, y, x, y+h, thick, ink)
	c.dash(x+w, y, x+w, y+h, thick, ink)
}
