package glob

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Set is patterns made ready to be asked about many texts. The zero value covers
// nothing.
type Set struct {
	patterns []parts
	chosen   []choice // among each 64 of them
}

// parts are what a pattern consists of: what stands before its first star, after
// its last and between them. One without a star is its beginning alone.
type parts struct {
	begin, end string
	middle     []string
	star       bool
}

// choice tells by the first and by the last letter of a text which of 64 patterns
// may cover it, a bit for each: nearly always those are very few.
type choice struct{ first, last [256]uint64 }

// together is how many patterns one choice is among.
const together = 64

// NewSet makes patterns ready.
func NewSet(patterns []string) Set {
	s := Set{chosen: make([]choice, (len(patterns)+together-1)/together)}
	for i, pattern := range patterns {
		between := strings.Split(pattern, "*")
		last := len(between) - 1
		p := parts{begin: between[0], end: between[last], star: last > 0}
		if p.star {
			p.middle = between[1:last]
		}
		s.patterns = append(s.patterns, p)
		c, bit := &s.chosen[i/together], uint64(1)<<(i%together)
		for letter := range 256 {
			if p.begin == "" || p.begin[0] == byte(letter) {
				c.first[letter] |= bit
			}
			if p.end == "" || p.end[len(p.end)-1] == byte(letter) {
				c.last[letter] |= bit
			}
		}
	}
	return s
}

// First returns the place of the first pattern that covers the whole of a text,
// by the rules of [Match]; -1 when none does.
func (s Set) First(text string) int {
	if text == "" {
		return slices.IndexFunc(s.patterns, func(p parts) bool { return p.cover(text) })
	}
	for i := range s.chosen {
		c := &s.chosen[i]
		for may := c.first[text[0]] & c.last[text[len(text)-1]]; may != 0; may &= may - 1 {
			if n := i*together + bits.TrailingZeros64(may); s.patterns[n].cover(text) {
				return n
			}
		}
	}
	return -1
}

// FirstLower is First for a text that has to be in lower case for the patterns. Of
// most names, which are short and without accents, that leaves no garbage.
func (s Set) FirstLower(text string) int {
	var room [usual]byte
	if len(text) > len(room) {
		return s.First(strings.ToLower(text))
	}
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return s.First(strings.ToLower(text))
		}
		room[i] = lower(text[i])
	}
	return s.First(string(room[:len(text)]))
}

// usual is how many letters a name has at most, nearly always.
const usual = 32

// lower returns an ASCII letter in lower case.
func lower(letter byte) byte {
	if 'A' <= letter && letter <= 'Z' {
		letter += 'a' - 'A'
	}
	return letter
}

func (p *parts) cover(s string) bool {
	if !p.star {
		return s == p.begin
	}
	if len(s) < len(p.begin)+len(p.end) || !strings.HasPrefix(s, p.begin) || !strings.HasSuffix(s, p.end) {
		return false
	}
	s = s[len(p.begin) : len(s)-len(p.end)]
	for _, part := range p.middle {
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return true
}
