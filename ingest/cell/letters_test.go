package cell

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What looks at eight letters at a time says what looking at each would.
func TestLetters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z0-9:@-]{0,30}.?[a-z0-9:@-]{0,30}`), rapid.StringOf(rapid.SampledFrom([]rune(" !@AZ[\\_az\x00\x7f\u0080ÄÿK")))).Draw(t, "text")
		if got, want := Lower(s), strings.ToLower(s); got != want {
			t.Fatalf("lower %q: got %q, want %q", s, got, want)
		}
		spaces := strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' })
		upper := strings.ContainsFunc(s, func(c rune) bool { return c >= 0x80 || c >= 'A' && c <= 'Z' })
		if got := anyLetter(s, highs); got != (spaces || upper) {
			t.Fatalf("space, upper case or beyond ASCII in %q: got %v", s, got)
		}
		if got := anyLetter(s, 0); got != upper {
			t.Fatalf("upper case or beyond ASCII in %q: got %v", s, got)
		}
	})
}
