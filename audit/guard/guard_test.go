package guard

import (
	"testing"

	"pgregory.net/rapid"
)

// METHOD 18.3.
func TestPut(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "plain": "plain", "a=b": "a=b", "-5": "-5", "-5.25": "-5.25", "+5": "'+5", "-5x": "'-5x",
		"=1+1": "'=1+1", "@sum": "'@sum", "'quoted": "''quoted", "\tx": "'\tx", "\r=x": "'\r'=x", "＝1": "'＝1",
		"name;=cmd()": "name;'=cmd()", "name; =cmd()": "name; =cmd()", "a\t@b": "a\t'@b", "a\n-b": "a\n'-b", "it's; it's": "it's; it's",
		"a;'b": "a;''b", "line\r\n=x": "line\r'\n'=x", "=a;=b": "'=a;'=b", `a;"=b`: `a;'"=b`, `"=b`: `"=b`, `a;"b`: `a;"b`, "a;-5": "a;'-5",
		"2026-11-21": "2026-11-21", "\x00=x": "'\x00=x", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x", "\n": "'\n",
	} {
		if got := Put(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestOffUndoesPut: whoever takes exactly one apostrophe off each guarded piece of
// a cell of ours has the text again. An apostrophe before anything else is
// somebody's own.
func TestOffUndoesPut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("=+-@'\"\t\r\n;ab5. \x00＝＋－＠é"))).Draw(t, "text")
		safe := Put(text)
		if back := Off(safe); back != text {
			t.Fatalf("%q is written %q, which reads as %q", text, safe, back)
		}
	})
	for text, want := range map[string]string{"needed;'by the auditors'": "needed;'by the auditors'", "'s": "'s", "''s": "'s", "'=x;'=y": "=x;=y"} {
		if got := Off(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
