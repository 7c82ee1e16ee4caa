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

// code writes eight letters as a shorter number that sorts as they do: of the
// letters that stand in one place, as few bits as tell them apart. Ids are of digits
// or of sixteen letters mostly, which leaves room for the row below them.
type code struct {
	places int // so many letters from the first on
	width  int // in bits, of all
	bits   [8][256]uint64
}

// codeOf returns the code of some letters, of as many of their places as have room in
// a number of bits.
func codeOf(letters []uint64, room int) *code {
	half := len(letters) / 2
	var a, b occurring
	sideBySide(len(letters), func() { a.add(letters[:half]) }, func() { b.add(letters[half:]) })
	c := &code{}
	for ; c.places < len(c.bits); c.places++ {
		numbers := &c.bits[c.places]
		n := uint64(0)
		for letter := range numbers {
			numbers[letter] = n
			if a[c.places][letter] || b[c.places][letter] {
				n++
			}
		}
		width := bits.Len64(max(n, 1) - 1)
		if c.width+width > room {
			break
		}
		c.width += width
		for place := range c.places {
			for letter := range c.bits[place] {
				c.bits[place][letter] <<= width
			}
		}
	}
	return c
}

// occurring is which letters occur in each of eight places.
type occurring [8][256]bool

func (o *occurring) add(letters []uint64) {
	for _, x := range letters {
		for place := range o {
			o[place][byte(x>>(56-8*place))] = true
		}
	}
}

// number writes the letters of the rows of a list as numbers, each with its row in the
// lowest bits, which is counted from that of the first.
func (c *code) number(letters []uint64, first uint64, below int) {
	half := len(letters) / 2
	number := func(from, to int) {
		for row := from; row < to; row++ {
			x, n := letters[row], uint64(0)
			for place := range c.places {
				n |= c.bits[place&7][byte(x>>(56-8*place))]
			}
			letters[row] = n<<below | first + uint64(row)
		}
	}
	sideBySide(len(letters), func() { number(0, half) }, func() { number(half, len(letters)) })
}
