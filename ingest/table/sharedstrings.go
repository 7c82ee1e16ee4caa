package table

import (
	"fmt"
	"strconv"
	"strings"
)

// textLimits bound the texts the sheets of a workbook share.
type textLimits struct{ bytes, entries int }

var stringLimits = textLimits{bytes: 512 << 20, entries: 20_000_000}

// sharedStrings are the texts cells refer to by number: a million different
// ones must not be a million objects. Their bytes stand in chunks; a place is
// the number of a chunk and the offset inside it.
type sharedStrings struct {
	limits textLimits
	places []uint32
	chunks []string
	last   []byte // the chunk being filled
	bytes  int
}

const chunkBits = 20 // of 1 MiB, the longest text

func (s *sharedStrings) read(a *archive, part string) error {
	var text []byte
	err := a.readPart(part, "sst", func(p *xmlPart, e element) error {
		if e.Name.Local != "si" {
			return p.skip()
		}
		var err error
		if text, err = p.richText(text[:0]); err != nil {
			return err
		}
		return s.add(text)
	})
	s.freeze()
	return err
}

func (s *sharedStrings) add(text []byte) error {
	if s.bytes += len(text); s.bytes > s.limits.bytes || len(s.places) == s.limits.entries {
		return fmt.Errorf("more texts than %d, or more than %d MiB of them", s.limits.entries, s.limits.bytes>>20)
	}
	if len(s.last)+len(text) > 1<<chunkBits-1 {
		s.freeze()
	}
	s.places = append(s.places, uint32(len(s.chunks)<<chunkBits|len(s.last)))
	s.last = append(s.last, text...)
	return nil
}

func (s *sharedStrings) freeze() {
	s.chunks = append(s.chunks, string(s.last))
	s.last = s.last[:0]
}

// get returns the text with a number.
func (s *sharedStrings) get(i int) (string, bool) {
	if i < 0 || i >= len(s.places) {
		return "", false
	}
	at := s.places[i]
	chunk, from := s.chunks[at>>chunkBits], at&(1<<chunkBits-1)
	to := uint32(len(chunk))
	if i+1 < len(s.places) && s.places[i+1]>>chunkBits == at>>chunkBits {
		to = s.places[i+1] & (1<<chunkBits - 1)
	}
	return chunk[from:to], true
}

// richText appends the text of a shared or inline string: the one it has, or
// that of all its runs. How it is pronounced (rPh) is no part of it.
func (p *xmlPart) richText(to []byte) ([]byte, error) {
	start := len(to)
	err := p.each(func(e element) error {
		var err error
		switch e.Name.Local {
		case "t":
			to, err = p.text(to)
			return err
		case "r":
			return p.each(func(e element) error {
				if e.Name.Local != "t" {
					return p.skip()
				}
				to, err = p.text(to)
				return err
			})
		}
		return p.skip()
	})
	return unescape(to, start), err
}

// unescape replaces _x000D_ and the like, which stand for characters XML does
// not allow, in what follows start. NUL is dropped.
func unescape(text []byte, start int) []byte {
	s := string(text[start:])
	if !strings.Contains(s, "_x") {
		return text
	}
	text = text[:start]
	for {
		i := strings.Index(s, "_x")
		if i < 0 {
			return append(text, s...)
		}
		text = append(text, s[:i]...)
		s = s[i:]
		code, err := uint64(0), strconv.ErrSyntax
		if len(s) >= len("_x0000_") && s[6] == '_' {
			code, err = strconv.ParseUint(s[2:6], 16, 16)
		}
		if err != nil {
			text, s = append(text, "_x"...), s[2:]
			continue
		}
		if code != 0 {
			text = append(text, string(rune(code))...)
		}
		s = s[7:]
	}
}
