package table

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPlainPieces: letters of several bytes that lie across the end of a piece do
// not make a text look broken, and a broken byte or NUL anywhere is found.
func TestPlainPieces(t *testing.T) {
	for _, letter := range []string{"a", "é", "€", "😀"} {
		for shift := range 4 {
			text := []byte(strings.Repeat("x", shift) + strings.Repeat(letter, 70_000/len(letter)))
			if !surveyOf(text).plain(text) {
				t.Errorf("%q after %d letters is not plain", letter, shift)
			}
			for _, at := range []int{0, 1<<15 - 1, 1 << 15, 1<<15 + 1, len(text) - 1} {
				for _, wrong := range []byte{0, 0x80, 0xff} {
					broken := bytes.Clone(text)
					broken[at] = wrong
					want := utf8.Valid(broken) && wrong != 0
					if got := surveyOf(broken).plain(broken); got != want {
						t.Errorf("%q after %d letters with %#x at %d: plain %v, want %v", letter, shift, wrong, at, got, want)
					}
				}
			}
		}
	}
}
