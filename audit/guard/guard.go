// Package guard puts an apostrophe before what a spreadsheet would take for a
// formula in a CSV file, and takes it off again (METHOD 18.3). It decides nothing
// about which files are guarded: report/csv guards each cell it writes, and what
// reads a file of Tierline's takes the guard off.
package guard

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

// Put puts an apostrophe before text that a spreadsheet would take for a
// formula: at its beginning, and before each piece of it that would be a cell of
// its own under another delimiter. There a quotation mark is as bad, for it may
// be dropped and what follows it be the cell. Numbers keep their sign. [Off] gives
// the text again.
func Put(s string) string {
	if plain(s) || !strings.ContainsAny(s, dangerous) {
		return s
	}
	if _, err := money.ParseExact(s); err == nil {
		return s
	}
	var out strings.Builder
	for first := true; s != ""; first = false {
		var piece string
		piece, s = cut(s)
		if risky(piece, first) {
			out.WriteByte('\'')
		}
		out.WriteString(piece)
	}
	return out.String()
}

// Off takes exactly one apostrophe off each piece of a text that [Put] guards. One
// that somebody wrote before anything else stays.
func Off(s string) string {
	if !strings.Contains(s, "'") {
		return s
	}
	var out strings.Builder
	for first := true; s != ""; first = false {
		var piece string
		piece, s = cut(s)
		if bare, guarded := strings.CutPrefix(piece, "'"); guarded && risky(bare, first) {
			piece = bare
		}
		out.WriteString(piece)
	}
	return out.String()
}

// cut returns the first piece of a text, with the separator that ends it, and the
// rest.
func cut(s string) (piece, rest string) {
	n := strings.IndexAny(s, splits) + 1
	if n == 0 {
		n = len(s)
	}
	return s[:n], s[n:]
}

// risky reports whether a piece would be a formula in a cell of its own.
func risky(piece string, first bool) bool {
	return strings.IndexAny(piece, dangerous) == 0 || !first && piece != "" && piece[0] == '"'
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
