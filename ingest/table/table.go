// Package table turns the bytes of a file into rows of cells with their line:
// encoding, byte order mark, delimiter, quoting, sheets of a workbook. It does
// not know what a column means, decides nothing about dates or numbers, and
// never guesses by a file's name. ingest calls it for every file; excelize and
// the CSV libraries stay behind it.
package table

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
)

// Sheet is a table of a file: a CSV file is one, a workbook one per sheet.
type Sheet struct {
	Name      string // of a workbook's sheet; "" for CSV
	Encoding  string // in words
	Delimiter string // "," ";" "tab"; "" for a workbook
	Remarks   []Remark

	wide  int             // the first line with more cells than a table may have columns; 0 for none among the first
	ctx   context.Context // of the run: once it is over, no more rows are handed out
	text  []byte
	line  int // lines cut off before text
	lines int // line ends of text, where they are counted already

	raw    []byte  // what is surveyed, of which text is the end
	survey *Survey // nil where there is none
	comma  rune
	book   *bookSheet // of a workbook; nil for CSV
	made   []Row      // of a file that is no table; nil for CSV
}

// Row is one record. Cells are valid until the next row is read.
type Row struct {
	Line  int // where the record starts, counted from 1
	Cells []string
}

// Problem is a record that could not be split into cells.
type Problem struct {
	Line    int
	Column  int
	Message string
	Text    string // its first line, at most so much of it
	Lost    bool   // rows after it may be lost with it
	Wide    bool   // it has more cells than a table may have columns
}

// Made returns the table that rows make which stand in a file of another kind.
func Made(rows []Row) *Sheet { return &Sheet{ctx: context.Background(), made: rows, lines: len(rows)} }

// Open recognises the content of a file by its bytes and returns its tables.
// The error says in one sentence why it cannot be read at all. delimiter
// ("", ",", ";", "tab") overrides what the text looks like. A survey of the bytes is
// made where there is none. Once ctx is over, the tables hand out no more rows.
func Open(ctx context.Context, raw []byte, survey *Survey, delimiter string) ([]*Sheet, error) {
	if len(raw) == 0 {
		return nil, errors.New("the file is empty (0 bytes); the download may have failed")
	}
	if isArchive(raw) || bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")) {
		return openWorkbook(ctx, raw)
	}
	d, err := decode(ctx, raw, survey)
	if err != nil {
		return nil, err
	}
	s := &Sheet{ctx: ctx, Encoding: d.encoding, Remarks: d.remarks, text: d.text, survey: d.survey}
	if s.survey != nil {
		s.raw = raw
	}
	if err := s.unixLines(); err != nil {
		return nil, err
	}
	s.chooseDelimiter(delimiter)
	return []*Sheet{s}, nil
}

// isArchive reports whether a file is a zip archive, as workbooks are.
func isArchive(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// unixLines turns line ends of carriage returns alone into line feeds; CRLF
// is read as it is. A line feed in quotation marks ends no line: spreadsheets
// on a Mac write one into such a file for a break inside a cell.
func (s *Sheet) unixLines() error {
	if endsLine(s.text) || bytes.IndexByte(s.text, '\r') < 0 {
		return nil
	}
	if err := tooLarge(s.text, maxCopied, "its lines end with carriage returns alone"); err != nil {
		return err
	}
	s.survey, s.raw = nil, nil
	s.text = bytes.ReplaceAll(s.text, []byte("\r\n"), []byte("\n"))
	s.text = bytes.ReplaceAll(s.text, []byte("\r"), []byte("\n"))
	return nil
}

// endsLine reports whether a line feed stands outside quotation marks.
func endsLine(text []byte) bool {
	for quotes := 0; ; {
		n := bytes.IndexByte(text, '\n')
		if n < 0 {
			return false
		}
		if quotes += bytes.Count(text[:n], quote); quotes%2 == 0 {
			return true
		}
		text = text[n+1:]
	}
}

var delimiters = map[string]rune{",": ',', ";": ';', "tab": '\t', "\t": '\t', "|": '|'}

// chooseDelimiter takes the delimiter that is asked for, that a first line
// "sep=;" names, or that splits the first lines into most cells.
func (s *Sheet) chooseDelimiter(asked string) {
	if first, rest, ok := bytes.Cut(s.text, []byte("\n")); ok && bytes.HasPrefix(bytes.ToLower(first), []byte("sep=")) {
		if asked == "" {
			asked = strings.TrimRight(string(first[len("sep="):]), "\r")
		}
		s.text, s.line = rest, 1
	}
	s.comma = delimiters[asked]
	if s.comma == 0 {
		s.comma = sniff(s.text)
	}
	s.Delimiter = string(s.comma)
	if s.comma == '\t' {
		s.Delimiter = "tab"
	}
}

// sniff returns the delimiter that occurs most often, outside quotes, in the
// first lines together: one cell full of commas does not outvote the header.
func sniff(text []byte) rune {
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t', '|'} {
		quoted, n, line := false, 0, 0
		for _, b := range text[:min(len(text), 64<<10)] {
			if line == headRows {
				break
			}
			switch {
			case b == '"':
				quoted = !quoted
			case rune(b) == c && !quoted:
				n++
			case b == '\n' && !quoted:
				line++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}

// headRows is how many rows are looked at for a header (METHOD 14.5).
const headRows = 20

// Head returns the first rows, among which the header is.
func (s *Sheet) Head() []Row {
	var out []Row
	s.Each(func(r Row) bool {
		out = append(out, Row{Line: r.Line, Cells: slices.Clone(r.Cells)})
		return len(out) < headRows
	}, func(p Problem) {
		if p.Wide && s.wide == 0 {
			s.wide = p.Line
		}
	})
	return out
}

// Wide returns a line before the end of the first rows that has more cells than
// a table may have columns, 0 for none; [Sheet.Head] finds it.
func (s *Sheet) Wide() int { return s.wide }

// looked is after how many records it is asked whether the run is over.
const looked = 1000

// Each calls row for every record in order until it returns false, and bad
// for every record that cannot be split; reading goes on after it.
func (s *Sheet) Each(row func(Row) bool, bad func(Problem)) { s.EachFilled(nil, row, bad) }
