package pdf

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"tierline/audit/config"
)

func TestClean(t *testing.T) {
	g, err := loadGlyphs()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in, want string
		replaced int
	}{
		{"plain", "plain", 0},
		{"Żółć Ελλάς Каспий −1 “x” …", "Żółć Ελλάς Каспий −1 “x” …", 0},
		{"e\u0301", "é", 0},
		{"a\tb\nc", "a b c", 0},
		{"🚀", "?", 1},
		{"👩\u200d💻 x", "?? x", 2},
		{"漢", "?", 1},
		{"\x00\x7f", "??", 2},
		{"\xff", "?", 1},
		{"\u202eabc", "abc", 0},
	} {
		if got := g.clean(c.in); strings.ReplaceAll(got, missing, "?") != c.want || strings.Count(got, missing) != c.replaced {
			t.Errorf("clean(%q) = %q, want %q with %d replaced", c.in, got, c.want, c.replaced)
		}
	}
}

func TestCoverageOfBrokenFont(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("no font at all, but long enough"), make([]byte, 100)} {
		if _, err := coverage(b); err == nil {
			t.Errorf("%q: no error", b)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "abc", "🚀", "e\u0301", "\xff\x00", "漢字", "\ufeff", "a\u200db", "\uffff\U00010000"} {
		f.Add(s)
	}
	p, err := newPrinter(a4, true)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := newCanvas(p, config.Branding{})
		if err != nil {
			t.Fatal(err)
		}
		got := c.text(s)
		if !utf8.ValidString(got) {
			t.Errorf("text(%q) is not UTF-8", s)
		}
		for _, r := range got {
			if !c.glyphs.has(r) || unicode.IsControl(r) {
				t.Errorf("text(%q) holds %U", s, r)
			}
		}
		before := c.replaced
		if again := c.text(got); again != got || c.replaced != before {
			t.Errorf("text(%q) = %q, then %q", s, got, again)
		}
		const w = 20.0
		lines := c.wrap(s, body, w)
		for _, line := range lines {
			if c.width(line, body) > w {
				t.Errorf("wrap(%q): %q is too wide", s, line)
			}
		}
		if strip(c.text(strings.Join(lines, " "))) != strip(got) {
			t.Errorf("wrap(%q) = %q: text lost", s, lines)
		}
	})
}
