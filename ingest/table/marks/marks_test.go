package marks

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// byByte finds the marks of a text one byte at a time.
func byByte(text string, separator byte) []Set {
	sets := make([]Set, (len(text)+Block-1)/Block)
	for i := range len(text) {
		s, bit := &sets[i/Block], uint64(1)<<(i%Block)
		switch text[i] {
		case separator:
			s.Separators |= bit
		case '"':
			s.Quotes |= bit
		case '\n':
			s.Ends |= bit
		}
	}
	return sets
}

// agree compares both ways to find the marks of a text with looking at each byte.
func agree(t rapid.TB, text string, separator byte) {
	want := byByte(text, separator)
	got := make([]Set, len(want)+1)
	if n := Find(got, text, separator); n != len(want) || !slices.Equal(got[:n], want) {
		t.Errorf("%q: found %d blocks %x, want %x", text, n, got, want)
	}
	if got[len(want)] != (Set{}) {
		t.Errorf("%q: wrote behind the last block", text)
	}
	whole := len(text) / Block
	findInGo(got[:whole], text[:whole*Block], separator)
	if !slices.Equal(got[:whole], want[:whole]) {
		t.Errorf("%q: found in Go %x, want %x", text, got[:whole], want[:whole])
	}
}

// TestEveryLengthAndPlace looks at texts of each length up to three blocks that
// begin at each place of a block, with marks on both sides of what is looked at.
func TestEveryLengthAndPlace(t *testing.T) {
	const letters = ",a\";\n\x00\x8a\xac\xa2"
	around := make([]byte, 5*Block)
	for i := range around {
		around[i] = letters[(i*i+i/7)%len(letters)]
	}
	for from := range Block {
		for n := range 3*Block + 1 {
			agree(t, string(around)[from:from+n], ',')
		}
	}
}

func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]byte("ab,;\t|\"\n\r\x00\x7f\x80\x8a\xa2\xac\xbb\xff"))
		text := string(rapid.SliceOfN(rapid.OneOf(letters, rapid.Byte()), 0, 5*Block).Draw(t, "text"))
		agree(t, text, rapid.SampledFrom([]byte(",;\t|")).Draw(t, "separator"))
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("712020:033dfeb1-f4d3-fbef-033d,Aisha Abara-Abara,u@example.com,,\n", 64)
	sets := make([]Set, len(text)/Block)
	for name, find := range map[string]func([]Set, string, byte){"chosen": find, "go": findInGo} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				find(sets, text[:len(sets)*Block], ',')
			}
		})
	}
}
