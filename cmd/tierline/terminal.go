package main

import (
	"fmt"
	"io"
	"sync"
	"unicode/utf8"
)

// plainWriter writes text that may come from files to a terminal. Control
// characters, and marks that turn the direction of text, are written as escapes
// (METHOD 18.4): a cell could else move the cursor, change colours, or make a
// line read as another.
//
// Several may write at a time: what one writes at once stays together.
type plainWriter struct {
	to   io.Writer
	turn sync.Mutex
	rest []byte // of a letter whose other bytes have not come yet
}

// Write writes p as plain text. It reports all of p as written unless the writer
// behind it fails.
func (w *plainWriter) Write(p []byte) (int, error) {
	w.turn.Lock()
	defer w.turn.Unlock()
	text := append(w.rest, p...)
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		if !utf8.FullRune(text) {
			break
		}
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1: // no letter; a terminal of eight bits may know it as a command
			out = fmt.Appendf(out, `\x%02x`, text[0])
		case steers(r):
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	w.rest = append([]byte(nil), text...)
	if _, err := w.to.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// steers reports whether a character steers a terminal or the direction of text
// instead of being shown.
func steers(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ', r >= 0x7f && r <= 0x9f:
		return true
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029:
		return true
	}
	return false
}
