package csv

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// METHOD 18.3.
func TestSafe(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "plain": "plain", "a=b": "a=b", "-5": "-5", "-5.25": "-5.25", "+5": "'+5", "-5x": "'-5x",
		"=1+1": "'=1+1", "@sum": "'@sum", "'quoted": "''quoted", "\tx": "'\tx", "\r=x": "'\r=x", "＝1": "'＝1",
		"name;=cmd()": "'name;=cmd()", "name; =cmd()": "name; =cmd()", "a\t@b": "'a\t@b", "a\n-b": "'a\n-b", "it's; it's": "it's; it's",
		"a;'b": "'a;'b", "line\r\n=x": "'line\r\n=x",
	} {
		if got := Safe(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestSafeCanBeUndone: whoever takes exactly one apostrophe off a cell of ours
// has the text again, and no cell is touched that began with none.
func TestSafeCanBeUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("=+-@'\t\r\n;ab5. "))).Draw(t, "text")
		if back := strings.TrimPrefix(Safe(text), "'"); back != text {
			t.Fatalf("%q is written %q, which reads as %q", text, Safe(text), back)
		}
	})
}
