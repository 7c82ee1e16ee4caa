package table

import (
	"math/bits"

	"tierline/ingest/table/marks"
)

// window is a stretch of a text with its marks: what a scanner looks at. It is moved
// on where something behind it is asked for.
type window struct {
	text  string
	comma byte
	base  int // of the first block
	end   int // behind the last
	sets  [blocks]marks.Set
}

// blocks is how many blocks a window has: so few that they and their marks are
// still near the processor when their cells are read.
const blocks = 64

// look moves the window to i.
func (w *window) look(i int) {
	w.base, w.end = i, min(i+blocks*marks.Block, len(w.text))
	marks.Find(w.sets[:], w.text[w.base:w.end], w.comma)
}

// at returns the marks of the block that i lies in, those before i left out, and
// where the block begins.
func (w *window) at(i int) (set marks.Set, from int) {
	if i >= w.end || i < w.base {
		w.look(i)
	}
	at := uint(i - w.base)
	set = w.sets[at/marks.Block%blocks]
	set.Keep(^uint64(0) << (at % marks.Block))
	return set, i - int(at%marks.Block)
}

// stop returns the position of the first mark from i on, the length of the
// text when there is none.
func (w *window) stop(i int) int {
	for i < len(w.text) {
		set, from := w.at(i)
		if all := set.All(); all != 0 {
			return from + bits.TrailingZeros64(all)
		}
		i = from + marks.Block
	}
	return len(w.text)
}
