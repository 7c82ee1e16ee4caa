package table

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSurvey: what is counted piece by piece, the last piece first, is what a search
// through the whole text counts, before each place of it.
func TestSurvey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringOf(rapid.SampledFrom([]rune("a,\"\né€😀"))).Draw(t, "line")
		text := []byte(strings.Repeat(line, rapid.IntRange(0, 3*Step/max(1, len(line))).Draw(t, "times")))
		s := NewSurvey(len(text))
		for at := len(text) / Step * Step; at >= 0; at -= Step {
			s.Look(at, text[at:min(at+Step, len(text))])
		}
		if !s.plain(text) || s.lines() != bytes.Count(text, lineEnd) {
			t.Fatalf("plain %v, %d lines, want true and %d", s.plain(text), s.lines(), bytes.Count(text, lineEnd))
		}
		at := rapid.IntRange(0, len(text)).Draw(t, "place")
		if lines, quotes := s.before(text, at); lines != bytes.Count(text[:at], lineEnd) || quotes != bytes.Count(text[:at], quote) {
			t.Fatalf("%d lines and %d quotation marks before %d, want %d and %d", lines, quotes, at, bytes.Count(text[:at], lineEnd), bytes.Count(text[:at], quote))
		}
	})
}
