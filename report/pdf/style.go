package pdf

import (
	"tierline/audit/config"
)

// The body of a page, in millimetres: equally wide on every paper, so that a
// report breaks its lines alike wherever it is printed.
const (
	left  = 18.0
	top   = 14.0
	width = 174.0
)

// sheet is a size of paper, upright, in millimetres.
type sheet struct{ wide, high float64 }

var (
	a4     = sheet{210, 297}
	letter = sheet{215.9, 279.4}
)

func sheetOf(dress config.Branding) sheet {
	if dress.Letter {
		return letter
	}
	return a4
}

// bottom is the end of the body; the foot stands below.
func (s sheet) bottom() float64 { return s.high - 22 }

// body is the height of the body.
func (s sheet) body() float64 { return s.bottom() - top }

func (s sheet) footTop() float64 { return s.bottom() + 5 }

// shift is how far right the body stands of where it stands on A4.
func (s sheet) shift() float64 { return (s.wide - a4.wide) / 2 }

// White space above a block, in millimetres.
const (
	gapSection = 8.0
	gapBlock   = 6.0
	gapTitle   = 2.4 // between a title and what it names
	gapLine    = 1.2
)

const (
	mmPerPoint = 25.4 / 72
	leading    = 1.32 // line height in sizes
	ascent     = 0.78 // of the tallest letters, in sizes
	descent    = 0.22
)

// font is one of the two faces in a size.
type font struct {
	bold bool
	size float64 // points
}

// The type scale.
var (
	small   = font{size: 8}
	smallB  = font{size: 8, bold: true}
	body    = font{size: 9}
	bodyB   = font{size: 9, bold: true}
	largeB  = font{size: 10, bold: true}
	heading = font{size: 14, bold: true}
	display = font{size: 20, bold: true}
)

func (f font) mm() float64   { return f.size * mmPerPoint }
func (f font) line() float64 { return f.mm() * leading }

// baseline returns how far below the top of a line its letters stand.
func (f font) baseline() float64 { return f.line()/2 + f.mm()*(ascent-descent)/2 }

// scaled returns f in another size.
func (f font) scaled(size float64) font { return font{bold: f.bold, size: size} }

// colour is a colour of the page.
type colour struct{ r, g, b uint8 }

// palette is every colour of a document: one accent with a tint, greys, and a
// signal that is used for an incomplete run only.
type palette struct {
	text   colour // letters
	soft   colour // labels and notes
	faint  colour // "unknown", ticks: still 4.5:1 on white
	total  colour // bars that stand on the axis
	plain  colour // bars of no class
	rule   colour // strong rules
	hair   colour // hairlines
	panel  colour // areas behind text
	accent colour
	link   colour // the accent for letters: darker where it is too light to be read
	second colour // beside the accent: the one of the branding, or a light accent
	signal colour
	white  colour
}

func newPalette(accent, second string) palette {
	a, ok := parseColour(accent)
	if !ok {
		a, _ = parseColour(config.DefaultAccent)
	}
	b, ok := parseColour(second)
	if !ok {
		b = a.mix(colour{255, 255, 255}, 0.58)
	}
	return palette{
		text:   colour{0x1A, 0x20, 0x27},
		soft:   colour{0x4F, 0x5A, 0x66},
		faint:  colour{0x6B, 0x75, 0x80},
		total:  colour{0x6F, 0x7A, 0x86},
		plain:  colour{0xB9, 0xC1, 0xC9},
		rule:   colour{0x8C, 0x96, 0xA0},
		hair:   colour{0xDD, 0xE1, 0xE6},
		panel:  colour{0xF3, 0xF5, 0xF7},
		accent: a,
		link:   forLetters(a),
		second: b,
		signal: colour{0xA9, 0x3A, 0x0C},
		white:  colour{255, 255, 255},
	}
}

// parseColour reads "#RRGGBB".
func parseColour(s string) (colour, bool) {
	c, ok := config.ParseColour(s)
	return colour{c[0], c[1], c[2]}, ok
}

// forLetters returns c dark enough for letters.
func forLetters(c colour) colour {
	d := config.ForLetters([3]uint8{c.r, c.g, c.b})
	return colour{d[0], d[1], d[2]}
}

// mix returns c with a part of o, from 0 to 1.
func (c colour) mix(o colour, part float64) colour {
	m := func(a, b uint8) uint8 { return uint8(float64(a)*(1-part) + float64(b)*part + 0.5) }
	return colour{m(c.r, o.r), m(c.g, o.g), m(c.b, o.b)}
}
