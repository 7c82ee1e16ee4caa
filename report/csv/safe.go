package csv

import (
	"strings"

	"tierline/audit/money"
)

// dangerous are the characters with which a spreadsheet begins a formula, in
// either width, and those it drops before looking for one; and the apostrophe
// itself, so that one taken off a cell of ours gives back the text.
const dangerous = "=+-@'\t\r\n\u0000＝＋－＠"

// splits are the characters at which a spreadsheet cuts a line of ours when it
// was told of another delimiter. It does not know our quotation marks then.
const splits = ";\t\r\n"

// Safe puts an apostrophe before text that a spreadsheet would take for a
// formula: at its beginning, and before each piece of it that would be a cell of
// its own under another delimiter. There a quotation mark is as bad, for it may
// be dropped and what follows it be the cell. Numbers keep their sign. Whoever
// takes exactly one apostrophe off the beginning of each piece has the text again
// (METHOD 18.3).
func Safe(s string) string {
	if plain(s) || !strings.ContainsAny(s, dangerous) {
		return s
	}
	if _, err := money.ParseExact(s); err == nil {
		return s
	}
	var out strings.Builder
	for first := true; s != ""; first = false {
		n := strings.IndexAny(s, splits) + 1
		if n == 0 {
			n = len(s)
		}
		if strings.IndexAny(s, dangerous) == 0 || !first && s[0] == '"' {
			out.WriteByte('\'')
		}
		out.WriteString(s[:n])
		s = s[n:]
	}
	return out.String()
}

// plain reports whether a text is certainly one cell that is no formula, at a
// look at its bytes: nearly all of millions are. Every character of dangerous
// beyond ASCII begins with the byte 0xEF.
func plain(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == 0xEF || strings.IndexByte("=+-@'\x00", s[0]) >= 0 {
		return false
	}
	for i := range len(s) {
		if s[i] == ';' || s[i] <= '\r' && strings.IndexByte(splits, s[i]) >= 0 {
			return false
		}
	}
	return true
}

// Unsafe gives back the text of a cell that Safe wrote: it takes one apostrophe off
// the beginning of each piece.
func Unsafe(s string) string {
	if !strings.Contains(s, "'") {
		return s
	}
	var out strings.Builder
	for s != "" {
		n := strings.IndexAny(s, splits) + 1
		if n == 0 {
			n = len(s)
		}
		out.WriteString(strings.TrimPrefix(s[:n], "'"))
		s = s[n:]
	}
	return out.String()
}
