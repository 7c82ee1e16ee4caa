package table

import (
	"bytes"
	"fmt"
	"math/bits"
	"strings"
	"unsafe"
)

// The records of a file are split here and not by encoding/csv, for three
// reasons. A file of a million accounts has to be read in the time that
// package needs to walk it, so cells must be slices of the text and parts of
// the text must be readable side by side. A quotation mark that is never
// closed must cost one row, not the rest of the file. And an empty line is a
// row that has to be accounted for. On well-formed text both give the same
// cells; a test compares them.

// scanner splits text into records.
type scanner struct {
	window
	pos   int
	line  int // of pos, counted from 1
	cells []string
}

func newScanner(text string, comma byte, line int) *scanner {
	return &scanner{window: window{text: text, comma: comma}, line: line}
}

// asString returns b as a string without copying; b must not change any more.
func asString(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// record returns the next record; false at the end of the text. A record that
// cannot be split is returned as a problem instead.
func (s *scanner) record() (Row, *Problem, bool) {
	if s.pos >= len(s.text) {
		return Row{}, nil, false
	}
	s.cells = s.cells[:0]
	start, line := s.pos, s.line
	for {
		next := s.plain
		if s.pos < len(s.text) && s.text[s.pos] == '"' {
			next = s.quoted
		}
		more, problem := next()
		if problem == nil && len(s.cells) > MaxColumns {
			problem = tooWide()
		}
		if problem != nil {
			s.recover(start, line, problem)
			return Row{}, problem, true
		}
		if !more {
			return Row{Line: line, Cells: s.cells}, nil, true
		}
	}
}

// tooWide is the problem of a record with more cells than any spreadsheet has
// columns (METHOD 16.5).
func tooWide() *Problem {
	return &Problem{Wide: true, Message: fmt.Sprintf("it has more than %d cells, as many as a table may have columns", MaxColumns)}
}

// shownText is how much of a line that cannot be split is kept to be shown.
const shownText = 2000

// recover goes on with the line after the one a bad record begins on: what
// looks like the inside of its quotation marks is read as rows of its own.
func (s *scanner) recover(start, line int, p *Problem) {
	end := strings.IndexByte(s.text[start:], '\n')
	if end < 0 {
		s.pos = len(s.text)
	} else {
		s.pos = start + end + 1
	}
	s.line = line + 1
	p.Line, p.Column = line, len(s.cells)+1
	p.Text = strings.TrimSpace(s.text[start:min(s.pos, start+shownText)])
}

// plain reads cells up to the end of the record or to one that begins with a
// quotation mark; more tells whether that follows.
func (s *scanner) plain() (more bool, p *Problem) {
	from, i := s.pos, 0
	for {
		from = s.upTo(from)
		i = s.stop(from)
		if i == len(s.text) || s.text[i] != s.comma {
			break
		}
		s.cells = append(s.cells, s.text[from:i])
		from = i + 1
		if len(s.cells) > MaxColumns {
			return false, tooWide()
		}
	}
	text := s.text
	if i < len(text) && text[i] == '"' {
		if i > from {
			return false, &Problem{Message: "a quotation mark stands in the middle of a cell"}
		}
		s.pos = i
		return true, nil
	}
	end := i
	if end > from && text[end-1] == '\r' {
		end--
	}
	s.cells = append(s.cells, text[from:end])
	s.pos = i
	if i < len(text) {
		s.pos++
		s.line++
	}
	return false, nil
}

// upTo reads the cells from one on that end at a separator, up to the first
// that ends otherwise or in a later block, and returns where that one begins.
func (s *scanner) upTo(from int) int {
	if from >= len(s.text) {
		return from
	}
	set, base := s.at(from)
	separators := set.Separators & below(set.Quotes|set.Ends)
	for ; separators != 0; separators &= separators - 1 {
		end := base + bits.TrailingZeros64(separators)
		s.cells = append(s.cells, s.text[from:end])
		from = end + 1
	}
	return from
}

// below returns the bits below the lowest of some, all where there are none.
func below(set uint64) uint64 { return set&-set - 1 }

// quoted reads a cell in quotation marks. However many lines it takes, it is
// one cell once it is closed (METHOD 14.6).
func (s *scanner) quoted() (more bool, p *Problem) {
	text, i := s.text, s.pos+1
	from := i
	doubled, breaks := false, 0
	for {
		n := strings.IndexByte(text[i:], '"')
		if n < 0 {
			return false, &Problem{Lost: true, Message: "a quotation mark is never closed"}
		}
		breaks += strings.Count(text[i:i+n], "\n")
		i += n + 1
		if i < len(text) && text[i] == '"' {
			doubled = true
			i++
			continue
		}
		break
	}
	cell := text[from : i-1]
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	if breaks > 0 {
		cell = strings.ReplaceAll(cell, "\r\n", "\n")
	}
	return s.afterQuote(cell, i, breaks)
}

// afterQuote expects a separator or a line end behind a closing quotation
// mark.
func (s *scanner) afterQuote(cell string, i, breaks int) (more bool, p *Problem) {
	text := s.text
	if i < len(text) && text[i] == '\r' && (i+1 == len(text) || text[i+1] == '\n') {
		i++
	}
	switch {
	case i >= len(text):
		s.pos = len(text)
	case text[i] == s.comma:
		more = true
		s.pos = i + 1
	case text[i] == '\n':
		s.pos = i + 1
		s.line++
	default:
		if breaks > 0 { // what was taken for the closing mark opens a cell of a later row
			return false, &Problem{Lost: true, Message: "a quotation mark is probably not closed: text follows the next one, lines below"}
		}
		return false, &Problem{Message: "text follows a closing quotation mark"}
	}
	s.line += breaks
	s.cells = append(s.cells, cell)
	return more, nil
}

// Split cuts a sheet into at most n parts of whole records that can be read
// side by side; their rows in order are the rows of the sheet. It holds for
// well-formed text: a line end outside quotation marks has an even number of
// them before it. Whoever meets a problem in a part reads the whole sheet
// again in one piece.
func (s *Sheet) Split(n int) []*Sheet {
	const worthIt = 1 << 20
	if n < 2 || len(s.text) < worthIt {
		return []*Sheet{s}
	}
	survey, raw := s.surveyed()
	var out []*Sheet
	start := len(raw) - len(s.text)
	lines, quotes := survey.before(raw, start)
	line, all := s.line-lines, survey.lines()
	for i := 1; i <= n && start < len(raw); i++ {
		end, ended := len(raw), all
		if i < n { // of whole stretches, whose quotation marks are counted
			end, ended = survey.cut(raw, max(start, len(raw)/n*i/stretchSize*stretchSize), quotes)
		}
		part := *s
		part.text, part.line, part.lines, part.Remarks, part.survey = raw[start:end], line+lines, ended-lines, nil, nil
		out = append(out, &part)
		start, lines = end, ended
	}
	return out
}

// surveyed returns the survey of the text and the bytes that it is of.
func (s *Sheet) surveyed() (*Survey, []byte) {
	if s.survey == nil {
		s.survey, s.raw = surveyOf(s.text), s.text
	}
	return s.survey, s.raw
}

var lineEnd, quote = []byte("\n"), []byte(`"`)

// Rows returns an upper bound of the rows of the sheet below a line of it, for
// making room: exact where a record is a line.
func (s *Sheet) Rows(below int) int {
	n := s.lines
	if n == 0 {
		survey, raw := s.surveyed()
		above, _ := survey.before(raw, len(raw)-len(s.text))
		n = survey.lines() - above
	}
	if !bytes.HasSuffix(s.text, lineEnd) {
		n++
	}
	return n - min(n, max(0, below-s.line))
}

// Longer reports whether the sheet has more than n records below a line.
func (s *Sheet) Longer(below, n int) bool {
	if s.book == nil && (len(s.text) <= n || s.Rows(below) <= n) || s.book != nil && n >= maxRows {
		return false
	}
	if s.book == nil {
		return s.records(below, n+1) > n
	}
	count := 0
	s.Each(func(r Row) bool {
		if r.Line > below {
			count++
		}
		return count <= n
	}, func(Problem) {})
	return count > n
}

// records counts the records of a text below a line, those that cannot be split
// among them, up to a number.
func (s *Sheet) records(below, most int) (n int) {
	sc := newScanner(asString(s.text), byte(s.comma), s.line+1)
	for i := 0; n < most && (i%looked != 0 || s.ctx.Err() == nil); i++ {
		r, problem, ok := sc.record()
		if !ok {
			break
		}
		if problem != nil {
			r.Line = problem.Line
		}
		if r.Line > below {
			n++
		}
	}
	return n
}

// Text returns the text whose pieces most cells are; "" for a workbook.
func (s *Sheet) Text() string { return asString(s.text) }
