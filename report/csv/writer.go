package csv

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tierline/audit/guard"
	"tierline/report"
)

// writer appends rows to a buffer: seats.csv has millions of cells, most of them
// texts that need no look at each of their characters, or that stand above too.
// It writes the bytes that encoding/csv would.
type writer struct {
	to      io.Writer
	line    []byte // and those before it that are not written yet
	started bool   // the row has a field
	above   []texts
}

// texts is the last text of a column, and how it was written.
type texts struct {
	text    string
	written []byte
}

// enough is how many bytes are written at a time.
const enough = 1 << 17

// newWriter returns a writer of tables with so many columns of cells.
func newWriter(to io.Writer, columns int) *writer {
	return &writer{to: to, above: make([]texts, columns)}
}

// cell appends a cell as programs read it: plain decimals, days as 2026-11-21,
// and nothing at all where a value is not known, which is not 0. What a
// spreadsheet would take for a formula is guarded.
func (w *writer) cell(column int, c *report.Cell) {
	w.next()
	switch {
	case c.Unknown:
	case c.Kind == report.Count:
		w.line = strconv.AppendInt(w.line, int64(c.Count), 10)
	case c.Kind == report.Money:
		w.line = append(w.line, c.Amount.String()...)
	case c.Kind == report.Date, c.Kind == report.Month:
		w.line = c.Date.Append(w.line)
	case c.Kind == report.Percent, c.Kind == report.Change, c.Kind == report.Decimal:
		w.line = append(w.line, c.Exact.Decimal(0)...)
	case c.Text == "":
	default:
		above := &w.above[column]
		if above.text != c.Text {
			above.text, above.written = c.Text, appendText(above.written[:0], c.Text)
		}
		w.line = append(w.line, above.written...)
	}
}

// field appends a field of our own words, or one that is guarded.
func (w *writer) field(text string) {
	w.next()
	w.line = appendField(w.line, text)
}

// next separates a field from the one before it.
func (w *writer) next() {
	if w.started {
		w.line = append(w.line, ',')
	}
	w.started = true
}

// end ends a row.
func (w *writer) end() error {
	w.line, w.started = append(w.line, '\n'), false
	if len(w.line) < enough {
		return nil
	}
	return w.flush()
}

// close ends the last row.
func (w *writer) close() error {
	if err := w.end(); err != nil {
		return err
	}
	return w.flush()
}

func (w *writer) flush() error {
	_, err := w.to.Write(w.line)
	w.line = w.line[:0]
	return err
}

// appendText appends a text that is guarded where it must be.
func appendText(out []byte, text string) []byte {
	if ordinary(text) {
		return append(out, text...)
	}
	return appendField(out, guard.Put(text))
}

// appendField appends a text in quotation marks where it needs them.
func appendField(out []byte, text string) []byte {
	if !quoted(text) {
		return append(out, text...)
	}
	out = append(out, '"')
	for {
		n := strings.IndexByte(text, '"')
		if n < 0 {
			break
		}
		out = append(append(out, text[:n]...), `""`...)
		text = text[n+1:]
	}
	return append(append(out, text...), '"')
}

// quoted reports whether a field needs quotation marks, as encoding/csv sees it.
func quoted(text string) bool {
	if text == "" {
		return false
	}
	if text == `\.` || strings.ContainsAny(text, ",\"\r\n") {
		return true
	}
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsSpace(first)
}

// ordinary reports whether a text certainly needs neither guard nor quotation
// marks: it begins with a letter or a digit and holds nothing that separates.
// Nearly all of millions are.
func ordinary(text string) bool {
	if text == "" || kinds[text[0]] != begins {
		return text == ""
	}
	for i := 1; i < len(text); i++ {
		if kinds[text[i]] == separates {
			return false
		}
	}
	return true
}

// The kinds of bytes: most stand anywhere but at the beginning.
const (
	begins    = 1
	separates = 2
)

// kinds tells them apart.
var kinds = func() (of [256]byte) {
	for i := range of {
		switch b := byte(i); {
		case bytes.IndexByte([]byte(",;\"\t\r\n"), b) >= 0:
			of[i] = separates
		case b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z':
			of[i] = begins
		}
	}
	return of
}()
