package table

import (
	"bytes"
	"unicode/utf8"
)

// Survey is what is asked of all bytes of a text before any of them is read as a cell:
// whether it is UTF-8, and how many lines and quotation marks are before a place. It
// is made stretch by stretch, each as soon as it is there: then its bytes are still
// near the processor, and a large file need not be fetched from memory once for
// every question. The stretches may be looked at side by side.
type Survey struct {
	size      int
	stretches []stretch
}

// stretchSize is how many bytes a stretch has, but for the last.
const stretchSize = 32 << 10

// stretch is what one of them holds. Letters of it that are only in part in it are
// asked for when those beside them are there.
type stretch struct {
	lines, quotes int32
	plain         bool  // UTF-8 without NUL, as far as its letters lie in it
	first, behind int32 // where these letters begin and end
}

// NewSurvey returns the survey of a text of so many bytes, of which none is looked at.
func NewSurvey(size int) *Survey {
	return &Survey{size: size, stretches: make([]stretch, (size+stretchSize-1)/stretchSize)}
}

// Step is how much of a text may be looked at at a time: it is to begin a multiple of
// this from the beginning.
const Step = 8 * stretchSize

// Look looks at a piece of the text that begins at a place, and ends with the text
// or a multiple of [Step] behind its beginning.
func (s *Survey) Look(from int, piece []byte) {
	for at := 0; at < len(piece); at += stretchSize {
		s.stretches[(from+at)/stretchSize] = survey(piece[at:min(at+stretchSize, len(piece))])
	}
}

// surveyOf surveys a text that is there.
func surveyOf(text []byte) *Survey {
	s := NewSurvey(len(text))
	s.Look(0, text)
	return s
}

func survey(text []byte) stretch {
	s := stretch{lines: int32(bytes.Count(text, lineEnd)), quotes: int32(bytes.Count(text, quote))}
	first, behind := 0, len(text)
	for first < min(utf8.UTFMax-1, len(text)) && !utf8.RuneStart(text[first]) {
		first++
	}
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				behind -= n
			}
			break
		}
	}
	s.first, s.behind = int32(first), int32(max(first, behind))
	s.plain = bytes.IndexByte(text, 0) < 0 && utf8.Valid(text[s.first:s.behind])
	return s
}

// plain reports whether the text is UTF-8 without NUL bytes.
func (s *Survey) plain(text []byte) bool {
	from := 0 // of the letters that lie across the end of a stretch
	for i, x := range s.stretches {
		start := i * stretchSize
		if !x.plain || !utf8.Valid(text[from:start+int(x.first)]) {
			return false
		}
		from = start + int(x.behind)
	}
	return utf8.Valid(text[from:])
}

// before returns how many lines end and how many quotation marks are before a place of
// the text.
func (s *Survey) before(text []byte, at int) (lines, quotes int) {
	whole := at / stretchSize
	for _, x := range s.stretches[:whole] {
		lines, quotes = lines+int(x.lines), quotes+int(x.quotes)
	}
	rest := survey(text[whole*stretchSize : at])
	return lines + int(rest.lines), quotes + int(rest.quotes)
}

// lines returns how many lines end in the text.
func (s *Survey) lines() (n int) {
	for _, x := range s.stretches {
		n += int(x.lines)
	}
	return n
}

// cut returns the first place from one on that begins a record, and how many lines end
// before it. There are some quotation marks before the first record.
func (s *Survey) cut(text []byte, at, quotes int) (end, lines int) {
	lines, marks := s.before(text, at)
	for marks -= quotes; at < len(text); {
		n := bytes.IndexByte(text[at:], '\n')
		if n < 0 {
			break
		}
		marks += bytes.Count(text[at:at+n], quote)
		lines++
		at += n + 1
		if marks%2 == 0 {
			return at, lines
		}
	}
	return len(text), lines
}
