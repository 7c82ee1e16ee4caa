package cell

import (
	"encoding/binary"
	"strings"
)

// What is done to the letters of each id, name and address of a long list.
// Nearly all of them are in the wanted form already, which is found out eight
// letters at a time.

// Trim removes surrounding space, cheaply where there is none.
func Trim(s string) string {
	if s == "" || s[0] > ' ' && s[0] < 0x80 && s[len(s)-1] > ' ' && s[len(s)-1] < 0x80 {
		return s
	}
	return strings.TrimSpace(s)
}

// Lower returns s in lower case, s itself where it is so already.
func Lower(s string) string {
	if anyLetter(s, 0) {
		return strings.ToLower(s)
	}
	return s
}

// AccountKey is the form in which account ids are compared: without case and
// spaces (METHOD 14.13).
func AccountKey(id string) string {
	if anyLetter(id, highs) {
		return strings.ToLower(strings.Join(strings.Fields(id), ""))
	}
	return id
}

// Eight letters with one value each.
const (
	ones  = 0x0101010101010101
	lows  = 0x7f7f7f7f7f7f7f7f
	highs = 0x8080808080808080
)

// anyLetter reports whether a letter of s is not ASCII or one of A to Z, or,
// where spaces is highs and not 0, a space or control character.
func anyLetter(s string, spaces uint64) bool {
	if len(s) < 8 {
		few := [8]byte{'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'}
		copy(few[:], s)
		return special(binary.LittleEndian.Uint64(few[:]), spaces) != 0
	}
	last := len(s) - 8
	for i := 0; i < last; i += 8 {
		if special(letters8(s[i:]), spaces) != 0 {
			return true
		}
	}
	return special(letters8(s[last:]), spaces) != 0
}

// special marks, by their highest bit, the letters that [anyLetter] asks for
// among eight.
func special(x, spaces uint64) uint64 {
	low := x & lows
	upper := (low + (0x80-'A')*ones) &^ (low + (0x7f-'Z')*ones)
	printed := low + (0x7f-' ')*ones
	return (x|upper)&highs | spaces&^printed
}

// letters8 returns eight letters as one number, the first lowest.
func letters8(s string) uint64 { return binary.LittleEndian.Uint64([]byte(s[:8])) }

// letters4 returns four letters as one number, the first lowest.
func letters4(s string) uint32 { return binary.LittleEndian.Uint32([]byte(s[:4])) }
