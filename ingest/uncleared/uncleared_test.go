package uncleared

import (
	"testing"
	"unsafe"
)

// TestOf: the values lie where values of their kind may lie, each has room of its
// own, and there are as many as are asked for.
func TestOf(t *testing.T) {
	for n := range 70 {
		words, pairs := Of[uint64](n), Of[struct {
			a uint32
			b uint8
		}](n)
		if len(words) != n || len(pairs) != n {
			t.Fatalf("%d words and %d pairs, want %d", len(words), len(pairs), n)
		}
		for i := range n {
			words[i], pairs[i].a, pairs[i].b = uint64(i)<<40, uint32(i), uint8(i)
		}
		for i := range n {
			if words[i] != uint64(i)<<40 || pairs[i].a != uint32(i) || pairs[i].b != uint8(i) {
				t.Fatalf("%d values: word %d is %d, pair %v", n, i, words[i], pairs[i])
			}
		}
		if n > 0 && (uintptr(unsafe.Pointer(&words[0]))%8 != 0 || uintptr(unsafe.Pointer(&pairs[0]))%4 != 0) {
			t.Errorf("%d values lie at %p and %p", n, &words[0], &pairs[0])
		}
	}
}
