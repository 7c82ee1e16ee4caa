package pdf

import (
	"fmt"
	"unicode"

	"tierline/templates"
)

// face is one font file. The first two print what they can, in their weight;
// the others stand in for the letters of their scripts only.
type face struct {
	family, style string
	scripts       []*unicode.RangeTable // nil for every character
	file          func() ([]byte, error)

	ready  bool
	err    error
	glyphs glyphs
	widths map[rune]float64 // of a letter in sizes
}

// Places of the faces in [faces].
const (
	regularFace = iota
	boldFace
	otherFaces // the first of those for other scripts
)

// faces are the fonts of a document. Those of other scripts are opened only
// when a letter of them is met: unpacking takes longer than a whole report.
type faces []*face

func newFaces() faces {
	embedded := func(raw []byte) func() ([]byte, error) {
		return func() ([]byte, error) { return raw, nil }
	}
	out := faces{
		{family: "plex", file: embedded(templates.FontRegular)},
		{family: "plex", style: "B", file: embedded(templates.FontBold)},
		{family: "hebrew", file: embedded(templates.FontHebrew), scripts: []*unicode.RangeTable{unicode.Hebrew}},
		{family: "korean", file: templates.FontKorean, scripts: []*unicode.RangeTable{unicode.Hangul}},
		{family: "han", file: templates.FontHan, scripts: []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, eastMarks}},
	}
	for _, f := range out {
		f.widths = map[rune]float64{}
	}
	return out
}

// eastMarks are punctuation and wide forms of Chinese and Japanese, which
// belong to no one script.
var eastMarks = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x3000, Hi: 0x303F, Stride: 1}, {Lo: 0x30FB, Hi: 0x30FC, Stride: 1}, {Lo: 0x3200, Hi: 0x33FF, Stride: 1},
	{Lo: 0xFE30, Hi: 0xFE4F, Stride: 1}, {Lo: 0xFF01, Hi: 0xFF60, Stride: 1}, {Lo: 0xFFE0, Hi: 0xFFE6, Stride: 1},
}}

// of returns the place of the face that prints r in a weight, -1 for none.
// Letters have to be in both weights, so that one that is printed in a table
// is also printed in its total.
func (fs faces) of(r rune, bold bool) int {
	if fs[regularFace].holds(r) && fs[boldFace].holds(r) {
		if bold {
			return boldFace
		}
		return regularFace
	}
	for i, f := range fs[otherFaces:] {
		if unicode.In(r, f.scripts...) && f.holds(r) {
			return otherFaces + i
		}
	}
	return -1
}

func (fs faces) has(r rune) bool { return fs.of(r, false) >= 0 }

// holds reports whether the font file has a glyph for r.
func (f *face) holds(r rune) bool {
	if !f.ready {
		f.ready = true
		raw, err := f.file()
		if err == nil {
			f.glyphs, err = coverage(raw)
		}
		if err != nil {
			f.err = fmt.Errorf("font %s: %w", f.family, err)
		}
	}
	return f.glyphs.has(r)
}
