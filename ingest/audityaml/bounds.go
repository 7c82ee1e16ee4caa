package audityaml

import (
	"bytes"
	"fmt"
)

// The library that reads YAML takes time and memory by the square of what it is
// given: two hundred kilobytes of brackets take gigabytes, a megabyte of keys
// takes minutes. So the text is held against these bounds before. The longest
// audit.yaml that anybody needs has some hundred lines and six levels.
const (
	maxBytes  = 1 << 20
	maxValues = 5000 // lines, and commas within them
	maxLine   = 2000 // bytes
	maxDepth  = 64   // levels
)

// bounds says which bound a text goes beyond.
func bounds(text []byte) error {
	if len(text) > maxBytes {
		return fmt.Errorf("%s: larger than %d MiB; expected the settings alone", Name, maxBytes>>20)
	}
	var levels depth
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	line, values := 0, 0
	for now := range bytes.SplitSeq(bytes.ReplaceAll(text, []byte("\r"), []byte("\n")), []byte("\n")) {
		line++
		values += 1 + bytes.Count(now, []byte(","))
		switch {
		case values > maxValues:
			return fmt.Errorf("%s:%d: more than %d lines and values; expected the settings alone", Name, line, maxValues)
		case len(now) > maxLine:
			return fmt.Errorf("%s:%d: a line of %d bytes; expected at most %d, so break it", Name, line, len(now), maxLine)
		case levels.after(now) > maxDepth:
			return fmt.Errorf("%s:%d: more than %d levels, one inside the other; expected at most six", Name, line, maxDepth)
		}
	}
	return nil
}

// depth follows how deep the values of a text stand inside each other. It may
// count a bracket in a text as one that opens, never one too few.
type depth struct {
	indents  []int // of the lines that the present one stands below
	brackets int   // that are open
}

// after returns how deep the deepest value of the next line stands.
func (d *depth) after(line []byte) int {
	body := bytes.TrimLeft(line, " ")
	if len(body) == 0 || body[0] == '#' {
		return 0
	}
	at := len(line) - len(body)
	for len(d.indents) > 0 && d.indents[len(d.indents)-1] >= at {
		d.indents = d.indents[:len(d.indents)-1]
	}
	d.indents = append(d.indents, at)
	deepest, inside := 0, len(d.indents)+bytes.Count(body, []byte("- "))+bytes.Count(body, []byte("? "))
	for i, c := range body {
		switch c {
		case '[', '{':
			d.brackets++
		case ']', '}':
			d.brackets = max(0, d.brackets-1)
		case ' ':
			if i > 0 && body[i-1] == ':' {
				inside++ // a value inside the one before
			}
		case ',':
			inside = len(d.indents)
		}
		deepest = max(deepest, inside+d.brackets)
	}
	return deepest
}
