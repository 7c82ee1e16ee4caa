package pdf

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// coded marks the code of a character that no font has, so that it is counted
// when it is drawn; it is never drawn itself. No text uses this character.
const coded = '\uFDD0'

// clean returns s as it can be measured and wrapped: a character that no font
// has is written as its code, such as [U+1F600]. Line breaks and tabs become
// spaces, joiners and marks of direction, which have no shape of their own, go;
// letters with separate accents are composed first, so that a name typed on
// another system keeps them. A second pass changes nothing.
func clean(s string, has func(rune) bool) string {
	if plainASCII(s) {
		return s
	}
	s = norm.NFC.String(strings.Map(plainRune, strings.ToValidUTF8(s, "\uFFFD")))
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == coded, r != unicode.ReplacementChar && !unicode.IsControl(r) && has(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "[%U]%c", r, coded)
		}
	}
	return b.String()
}

// plainASCII reports whether s can be printed as it is, as most texts can.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// plainRune turns white space into spaces and drops what is invisible.
func plainRune(r rune) rune {
	switch {
	case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u3000':
		return ' '
	case r == '\u00A0' || r == '\u202F' || r == '\u2007': // no-break spaces keep their meaning, with the glyph the font has
		return '\u00A0'
	case r >= 0xFE00 && r <= 0xFE0F, unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// uncoded takes the marks of [clean] out of s and counts them.
func uncoded(s string) (string, int) {
	n := strings.Count(s, string(coded))
	if n == 0 {
		return s, 0
	}
	return strings.ReplaceAll(s, string(coded), ""), n
}
