package table

import (
	"encoding/binary"
	"math/bits"
)

// Where cells end is found eight bytes of text at a time, and without a branch
// for each cell: cells are short and of any length, and a branch nobody can
// foresee costs as much as looking at a whole cell.

// window is how many bytes are looked at together, so that the place of a mark
// in it fits in a byte.
const window = 256

// marks finds the bytes of a text that end a plain cell or spoil it:
// separators, line ends and quotation marks.
type marks struct {
	text   string
	comma  byte
	base   int // of the window in the text
	end    int // of the window
	next   int // of those found in the window, the first not yet asked for
	found  int
	places [window + 8]byte // in the window, of those found
}

// stop returns the position of the first mark from i on, the length of the
// text when there is none. What lies before a position once asked for is
// forgotten; see [marks.back].
func (m *marks) stop(i int) int {
	for m.next < m.found {
		at := m.base + int(m.places[m.next])
		m.next++
		if at >= i {
			return at
		}
	}
	return m.further(i)
}

// further looks at the windows behind the present one, from i on.
func (m *marks) further(i int) int {
	for {
		m.base = max(m.end, i)
		if m.base >= len(m.text) {
			return len(m.text)
		}
		m.look()
		if m.found > 0 {
			m.next = 1
			return m.base + int(m.places[0])
		}
	}
}

// back makes the marks from i on known again.
func (m *marks) back(i int) { m.base, m.end, m.next, m.found = i, i, 0, 0 }

// Eight bytes with one value each, for looking at eight bytes of text at once.
const (
	ones  = 0x0101010101010101
	lows  = 0x7f7f7f7f7f7f7f7f
	highs = 0x8080808080808080
)

// look finds the marks of the window that begins at base.
func (m *marks) look() {
	text := m.text[m.base:min(m.base+window, len(m.text))]
	m.end = m.base + len(text)
	commas := uint64(m.comma) * ones
	n, at := 0, uint64(0) // at is where the eight bytes begin, eight times
	for ; len(text) >= 8; text = text[8:] {
		x := word(text)
		low := x & lows
		others := differ(low, commas) & differ(low, '\n'*ones) & differ(low, '"'*ones)
		which := bytesSet(^(others | x)) // a byte of a longer letter is no mark
		binary.LittleEndian.PutUint64(m.places[n&(window-1):][:8], placesOf[which]+at)
		n += bits.OnesCount8(which)
		at += 8 * ones
	}
	for i := range len(text) {
		if c := text[i]; c == m.comma || c == '\n' || c == '"' {
			m.places[n] = byte(at) + byte(i)
			n++
		}
	}
	m.next, m.found = 0, n
}

// word returns eight bytes of text as a number, the first byte lowest.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// differ sets the highest bit of every byte in which two numbers differ, whose bytes
// have none.
func differ(x, y uint64) uint64 { return (x ^ y) + lows }

// bytesSet gathers the highest bits of eight bytes in one.
func bytesSet(x uint64) uint8 { return uint8(x & highs >> 7 * 0x0102040810204080 >> 56) }

// placesOf lists, for each of the sets of bits in a byte, which bits are set,
// one to a byte.
var placesOf = func() (out [256]uint64) {
	for set := range out {
		n := 0
		for bit := range 8 {
			if set>>bit&1 == 1 {
				out[set] |= uint64(bit) << n
				n += 8
			}
		}
	}
	return out
}()
