// Package marks finds the bytes of a text that end a cell or a record, or spoil
// a plain cell: separators, line ends and quotation marks. It says where they
// are and nothing of what they mean there. ingest/table, which splits a text
// into records, calls it.
//
// Each block of 64 bytes becomes three numbers with a bit for each byte. Whoever
// reads a record jumps from bit to bit and looks at no byte of a cell. Making
// them takes a large part of the time in which a million accounts are read, so
// on processors with AVX2 it is done by vector instructions, 32 bytes in each:
// that takes a tenth of the time of the same in Go, eight bytes at once, as it is
// done on all others and with the build tag purego.
package marks

import "encoding/binary"

// Block is how many bytes a [Set] is of.
const Block = 64

// Set is the marks of a block: a bit for each byte, that of the first byte lowest.
type Set struct {
	Separators uint64
	Quotes     uint64
	Ends       uint64 // line feeds
}

// All returns the bytes that are a mark of any kind.
func (s *Set) All() uint64 { return s.Separators | s.Quotes | s.Ends }

// Keep forgets the marks of all other bytes.
func (s *Set) Keep(bytes uint64) {
	s.Separators &= bytes
	s.Quotes &= bytes
	s.Ends &= bytes
}

// Find writes the marks of a text to sets, block by block, and returns how many
// blocks it is. The last may be shorter than the others; there are no marks
// behind its end. Sets has to have room for all of them, and the separator
// is neither a quotation mark, a line feed nor 0.
func Find(sets []Set, text string, separator byte) int {
	whole := len(text) / Block
	find(sets[:whole], text[:whole*Block], separator)
	if whole*Block == len(text) {
		return whole
	}
	var last [Block]byte
	copy(last[:], text[whole*Block:])
	sets[whole] = ofBlock(&last, separator)
	return whole + 1
}

// findInGo finds the marks of whole blocks.
func findInGo(sets []Set, text string, separator byte) {
	for i := range sets {
		sets[i] = ofBlock((*[Block]byte)([]byte(text[i*Block:(i+1)*Block])), separator)
	}
}

// ones is eight bytes of value 1, for looking at eight bytes of text at once.
const ones = 0x0101010101010101

// ofBlock finds the marks of one block.
func ofBlock(text *[Block]byte, separator byte) (s Set) {
	separators := uint64(separator) * ones
	for i := 0; i < Block; i += 8 {
		x := binary.LittleEndian.Uint64(text[i : i+8])
		s.Separators |= equal(x, separators) << i
		s.Quotes |= equal(x, '"'*ones) << i
		s.Ends |= equal(x, '\n'*ones) << i
	}
	return s
}

// equal returns eight bits, one for each byte in which two numbers agree.
func equal(x, y uint64) uint64 {
	const lows, highs = 0x7f * ones, 0x80 * ones
	differ := x ^ y
	same := ^(differ&lows + lows | differ) & highs // the highest bit of each byte
	return same >> 7 * 0x0102040810204080 >> 56
}
