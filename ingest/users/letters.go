package users

import (
	"encoding/binary"
	"math/bits"
)

// The letters by which rows are sorted are noted while a row is read, since
// then its id is at hand: fetching it again from a large text takes longer than all
// of the sorting.

// letters returns the eight letters of an id from a position on as a number
// that sorts as they do.
func letters(id string, from int) uint64 {
	if len(id) >= from+8 {
		return binary.BigEndian.Uint64([]byte(id[from : from+8]))
	}
	var buf [8]byte
	copy(buf[:], id[from:])
	return binary.BigEndian.Uint64(buf[:])
}

// lettersOf returns the letters of the id of the next row, behind what the ids
// so far begin with. Where that becomes shorter, those of earlier rows are of
// another place, as is noted; it does so for the first rows only.
func (p *part) lettersOf(row int, key string) uint64 {
	if p.keys.add(key) {
		p.lettered = row
	}
	return letters(key, len(p.keys.text))
}

// adoptLetters takes over the letters of the parts, and makes those anew that are
// of another place.
func (l *List) adoptLetters(room *room, parts []*part) {
	all := make([][]uint64, len(parts))
	for i, p := range parts {
		all[i] = p.letters
	}
	l.letters = closeGaps(room.letters, all)
	first := 0
	for _, p := range parts {
		stale := p.lettered
		if len(p.keys.text) != len(l.keys.text) {
			stale = len(p.rows)
		}
		l.letter(first, first+stale)
		first += len(p.rows)
	}
}

// letter makes the letters of some rows anew.
func (l *List) letter(from, to int) {
	for row := from; row < to; row++ {
		l.letters[row] = letters(l.key(&l.rows[row]), len(l.keys.text))
	}
}

// letters returns the letters of all rows of all lists, behind what all ids begin
// with. The lists do not hold them any more.
func (j *joiner) letters() (out []uint64) {
	var common prefix
	for _, l := range j.lists {
		if len(l.rows) > 0 {
			common.join(l.keys)
		}
	}
	for _, l := range j.lists {
		if len(l.keys.text) != len(common.text) || len(l.letters) != len(l.rows) {
			l.keys, l.letters = common, make([]uint64, len(l.rows))
			l.letter(0, len(l.rows))
		}
		if out == nil {
			out = l.letters[:len(l.rows):len(l.rows)]
		} else {
			out = append(out, l.letters...)
		}
		l.letters = nil
	}
	return out
}

// telling is the bits in which letters differ. A number of them alone sorts as the
// letters do and is shorter: of a digit or one of sixteen letters it has four to six
// bits of eight, which leaves room for the row below it.
type telling struct {
	bits  uint64
	width int       // how many these are
	moves [6]uint64 // bits that move down by 1, 2, 4 and so on, until they stand side by side
}

// tellingOf returns the bits in which some letters differ.
func tellingOf(letters []uint64) (t telling) {
	for _, x := range letters {
		t.bits |= x ^ letters[0]
	}
	t.width = bits.OnesCount64(t.bits)
	// A bit moves down by as many places as bits below it are left out. Of these
	// numbers each round takes the lowest bit: whether it is odd is the parity of
	// the bits left out, for all places at once.
	left, out := t.bits, ^t.bits<<1
	for i := range t.moves {
		odd := out
		for n := 1; n < 64; n *= 2 {
			odd ^= odd << n
		}
		t.moves[i] = odd & left
		left = left ^ t.moves[i] | t.moves[i]>>(1<<i)
		out &^= odd
	}
	return t
}

// of returns the bits of some letters as a number.
func (t *telling) of(letters uint64) uint64 {
	x := letters & t.bits
	for i, move := range t.moves {
		moved := x & move
		x = x ^ moved | moved>>(1<<i)
	}
	return x
}
