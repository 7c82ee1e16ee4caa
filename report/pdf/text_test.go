package pdf

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"tierline/audit/config"
)

func TestClean(t *testing.T) {
	fonts := newFaces()
	for _, c := range []struct {
		in, want string
		replaced int
	}{
		{"plain", "plain", 0},
		{"Żółć Ελλάς Каспий −1 “x” …", "Żółć Ελλάς Каспий −1 “x” …", 0},
		{"e\u0301", "é", 0},
		{"a\tb\nc", "a b c", 0},
		{"🚀", "[U+1F680]", 1},
		{"👩\u200d💻 x", "[U+1F469][U+1F4BB] x", 2},
		{"漢字、カナ、ㄅ", "漢字、カナ、ㄅ", 0},
		{"한국어 뷁", "한국어 뷁", 0},
		{"שלום", "שלום", 0},
		{"ع\u0E01", "[U+0639][U+0E01]", 2},
		{"\x00\x7f", "[U+0000][U+007F]", 2},
		{"\xff", "[U+FFFD]", 1},
		{"\u202eabc", "abc", 0},
	} {
		got := clean(c.in, fonts.has)
		if shown, n := uncoded(got); shown != c.want || n != c.replaced || clean(got, fonts.has) != got {
			t.Errorf("clean(%q) = %q, want %q with %d replaced, and the same once more", c.in, got, c.want, c.replaced)
		}
	}
}

// TestHebrewIsTurned compares with the order in which a reader meets the letters
// on paper, from the left.
func TestHebrewIsTurned(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain (text) 12", "plain (text) 12"},
		{"אבג", "גבא"},
		{"Jira, אבג דה, 20 users", "Jira, 20 ,הד גבא users"},
		{"Jira (אבג)", "Jira (גבא)"},
		{"אבג (דה) 2024", "2024 (הד) גבא"},
		{"אבג Acme Corp דה", "הד Acme Corp גבא"},
		{"אבג 12.5%", "%12.5 גבא"},
		{"בָּא", "אבָּ"},
		{"Übermut אב", "Übermut בא"},
	} {
		if got := visual(c.in); got != c.want {
			t.Errorf("visual(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// A name that is read from the right turns nothing of the foot but itself.
func TestHebrewInTheFoot(t *testing.T) {
	d := richDocument()
	d.Organisation = "אבג (Acme)"
	var foot []string
	c := mustLayOut(t, d)
	for _, m := range c.pages[len(c.pages)-1].marks {
		if m.kind == textMark && m.points[0].y > c.sheet.footTop() {
			foot = append(foot, m.text)
		}
	}
	if text := strings.Join(foot, "|"); !strings.Contains(text, "|(Acme) גבא|  ·  as of "+d.AsOf.String()) {
		t.Errorf("the foot says %q", text)
	}
}

// TestLinesOfIdeographs: they break anywhere, but no line begins with a mark
// that closes what stands before it.
func TestLinesOfIdeographs(t *testing.T) {
	if got := strings.Join(parts("北京、上海と東京"), "|"); got != "北京、|上|海|と|東|京" {
		t.Errorf("parts: %s", got)
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
			if !c.has(r) || unicode.IsControl(r) {
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
