package csv

import (
	"strings"

	"tierline/audit/money"
)

// dangerous are the characters with which a spreadsheet begins a formula, in
// either width, and those it drops before looking for one; and the apostrophe
// itself, so that one taken off a cell of ours gives back the text.
const dangerous = "=+-@'\t\r\n\u0000＝＋－＠"

// Safe puts one apostrophe before text that a spreadsheet would take for a
// formula, whole or in a part: some split a cell at ';', a tab or a line break
// when the file's delimiter is not theirs. Numbers keep their sign (METHOD 18.3).
func Safe(s string) string {
	if !risky(s) {
		return s
	}
	if _, err := money.ParseExact(s); err == nil {
		return s
	}
	return "'" + s
}

// risky reports whether a part of the text begins dangerously.
func risky(s string) bool {
	begins := true
	for _, r := range s {
		if begins && strings.ContainsRune(dangerous, r) {
			return true
		}
		begins = strings.ContainsRune(";\t\r\n", r)
	}
	return false
}
