package table

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// MaxColumns is how many columns a table may have, as many as a sheet of every
// spreadsheet program (METHOD 16.5).
const MaxColumns = 16_384

// How many rows a sheet has in every spreadsheet program, and how much text one
// row of it may hold here.
const (
	maxRows    = 1_048_576
	maxRowText = 16 << 20 // bytes; nobody types so much
)

// sheetReader streams the rows of one worksheet.
type sheetReader struct {
	*xmlPart
	sheet *bookSheet
	row   func(Row) bool
	line  int      // of the row being read
	cells []string // of it, as far as any row went
	used  int      // cells up to its last value
	bytes int      // of their texts
	at    int      // column read last, from 1
	raw   []byte   // value of the cell being read
}

// errEnough ends the reading when nobody wants more rows.
var errEnough = errors.New("enough")

// stream calls row for every row that has a value, under the number it has in
// the sheet, until it returns false. Rows and cells left out of the file are
// blank: the former are no records, the latter empty texts.
func (s *bookSheet) stream(row func(Row) bool) (last int, err error) {
	p, err := s.archive.openPart(s.part, "worksheet")
	if err != nil {
		return 0, err
	}
	defer p.body.Close()
	r := &sheetReader{xmlPart: p, sheet: s, row: row}
	found := false
	for !found && err == nil {
		var t xml.Token
		t, err = p.next()
		if e, ok := t.(element); ok && e.Name.Local == "sheetData" {
			found = true
			err = p.each(r.readRow)
		} else if ok {
			err = p.skip()
		} else if len(p.open) == 0 && err == nil {
			err = errors.New("it has no cells")
		}
	}
	switch {
	case errors.Is(err, errEnough):
		return r.line, nil
	case err != nil:
		return r.line, p.fail(err)
	}
	return r.line, p.drain()
}

// readRow reads one row and hands it out.
func (r *sheetReader) readRow(e element) error {
	if e.Name.Local != "row" {
		return r.skip()
	}
	line := r.line + 1
	if n := attr(e, "r"); n != "" {
		var err error
		if line, err = strconv.Atoi(n); err != nil || line <= r.line {
			return fmt.Errorf("row %q after row %d", n, r.line)
		}
	}
	if line > maxRows {
		return fmt.Errorf("more than %d rows", maxRows)
	}
	clear(r.cells)
	r.used, r.at, r.bytes = 0, 0, 0
	if err := r.each(r.readCell); err != nil {
		return err
	}
	r.line = line
	if r.used == 0 {
		return nil
	}
	r.fit(max(r.used, r.sheet.width))
	if !r.row(Row{Line: line, Cells: r.cells[:max(r.used, r.sheet.width)]}) {
		return errEnough
	}
	return nil
}

// fit makes room for n cells.
func (r *sheetReader) fit(n int) {
	for len(r.cells) < n {
		r.cells = append(r.cells, "")
	}
}

// cellSource is what a cell's elements hold besides its value in raw.
type cellSource struct {
	kind             string // its attribute t
	style            int
	formula, inlined bool
	valued           bool // it has an element for its value
}

// readCell reads one cell and puts its text at its column.
func (r *sheetReader) readCell(e element) error {
	if e.Name.Local != "c" {
		return r.skip()
	}
	column, src := r.at+1, cellSource{}
	for _, a := range e.Attr {
		var err error
		switch a.Name.Local {
		case "r":
			column, err = columnOf(a.Value)
		case "t":
			src.kind = a.Value
		case "s":
			src.style, err = strconv.Atoi(a.Value)
		}
		if err != nil {
			return fmt.Errorf("a cell after row %d has the attribute %q", r.line, a.Value)
		}
	}
	if column <= r.at || column > MaxColumns {
		return fmt.Errorf("a cell of column %d after one of column %d, below row %d", column, r.at, r.line)
	}
	r.at = column
	r.raw = r.raw[:0]
	if err := r.each(func(e element) error { return r.readValue(e, &src) }); err != nil {
		return err
	}
	text, err := r.text(src)
	if r.bytes += len(text); r.bytes > maxRowText {
		return fmt.Errorf("more than %d MiB of text in a row below row %d", maxRowText>>20, r.line)
	}
	if text != "" {
		r.fit(column)
		r.cells[column-1], r.used = text, column
	}
	return err
}

// readValue reads an element of a cell.
func (r *sheetReader) readValue(e element, src *cellSource) (err error) {
	switch e.Name.Local {
	case "v":
		if !src.inlined {
			src.valued = true
			r.raw, err = r.xmlPart.text(r.raw[:0])
			return err
		}
	case "is":
		src.valued, src.inlined = true, true
		r.raw, err = r.richText(r.raw[:0])
		return err
	case "f":
		src.formula = true
	}
	return r.skip()
}

// text returns a cell as text.
func (r *sheetReader) text(src cellSource) (string, error) {
	isText := src.kind == "str" || src.kind == "inlineStr" || src.inlined
	if src.formula && (!src.valued || len(r.raw) == 0 && !isText) {
		return uncalculated, nil
	}
	if isText {
		if !src.inlined {
			r.raw = unescape(r.raw, 0)
		}
		return string(r.raw), nil
	}
	raw := strings.TrimSpace(string(r.raw))
	switch {
	case src.kind == "e":
		return errorText(raw), nil
	case raw == "":
		return "", nil
	}
	switch src.kind {
	case "s":
		return r.shared(raw)
	case "b":
		return booleanText(raw), nil
	case "d":
		return isoText(raw), nil
	case "", "n":
		return numberText(raw, r.kind(src.style), r.sheet.date1904), nil
	}
	return "", fmt.Errorf("a cell of unknown type %q below row %d", src.kind, r.line)
}

func (r *sheetReader) shared(raw string) (string, error) {
	i, err := strconv.Atoi(raw)
	if text, ok := r.sheet.strings.get(i); ok && err == nil {
		return text, nil
	}
	return "", fmt.Errorf("below row %d a cell refers to a text that does not exist (%s)", r.line, raw)
}

func (r *sheetReader) kind(style int) cellKind {
	if style < 0 || style >= len(r.sheet.kinds) {
		return plainCell
	}
	return r.sheet.kinds[style]
}

// errorText returns an error such as #N/A; it always begins with the sign.
func errorText(raw string) string {
	if !strings.HasPrefix(raw, "#") {
		return "#" + raw
	}
	return raw
}

func booleanText(raw string) string {
	switch raw {
	case "1", "true":
		return "TRUE"
	case "0", "false":
		return "FALSE"
	}
	return raw
}

var errReference = errors.New("no reference to a cell")

// columnOf returns the column of a reference such as AB12, from 1.
func columnOf(ref string) (int, error) {
	n := 0
	for i := range len(ref) {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > MaxColumns {
			return 0, errReference
		}
	}
	if n == 0 {
		return 0, errReference
	}
	return n, nil
}
