package pdf

import (
	"encoding/binary"
	"errors"
)

// glyphs is the set of characters that a font can print, one bit each; nothing
// above U+FFFF is in it, since the PDF library cannot write it.
type glyphs [1 << 16 / 64]uint64

func (g *glyphs) has(r rune) bool {
	return r >= 0 && r <= 0xFFFF && g[r/64]&(1<<(r%64)) != 0
}

var errFont = errors.New("font: no character map that can be read")

// coverage reads the character map of a TrueType font. The PDF library draws
// nothing for a missing glyph and does not say so, and offers no way to ask.
func coverage(ttf []byte) (g glyphs, err error) {
	defer func() {
		if recover() != nil { // an offset outside the file
			err = errFont
		}
	}()
	be := binary.BigEndian
	for i := range int(be.Uint16(ttf[4:])) {
		entry := ttf[12+16*i:]
		if string(entry[:4]) != "cmap" {
			continue
		}
		cmap := ttf[be.Uint32(entry[8:]):]
		for j := range int(be.Uint16(cmap[2:])) {
			sub := cmap[be.Uint32(cmap[4+8*j+4:]):]
			if be.Uint16(sub) == 4 {
				g.addSegments(sub)
				return g, nil
			}
		}
	}
	return g, errFont
}

// addSegments reads a character map of format 4: runs of characters whose
// glyph is the character plus a delta, or stands in a list.
func (g *glyphs) addSegments(sub []byte) {
	be := binary.BigEndian
	n := int(be.Uint16(sub[6:])) // twice the number of segments
	ends, starts, deltas, offsets := sub[14:], sub[16+n:], sub[16+2*n:], sub[16+3*n:]
	for i := 0; i < n; i += 2 {
		start, end := int(be.Uint16(starts[i:])), int(be.Uint16(ends[i:]))
		delta, offset := be.Uint16(deltas[i:]), int(be.Uint16(offsets[i:]))
		for r := start; r <= end && r < 0xFFFF; r++ {
			glyph := uint16(r) + delta
			if offset != 0 {
				if glyph = be.Uint16(offsets[i+offset+2*(r-start):]); glyph != 0 {
					glyph += delta
				}
			}
			if glyph != 0 {
				g[r/64] |= 1 << (r % 64)
			}
		}
	}
}
