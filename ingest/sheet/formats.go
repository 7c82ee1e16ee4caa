package sheet

import (
	"slices"
	"strings"
	"sync"
)

// Formats are the kinds of file a sheet may be. Beside them stands who knows which
// name of a column: twenty rows of each file are looked at for a header, and all
// but one of them hold no such name, so they need not be held against each format.
type Formats struct {
	list    []Format
	words   map[string][]int // name -> the formats that know it, by their place
	starts  []start
	dynamic []int                     // the formats with names of their own
	alike   func() map[string][]alike // the names of a column that a mapping can give, by all it may have
}

// start is what names begin with that a format knows.
type start struct {
	text   string
	format int
}

// NewFormats returns the formats, in the order in which they are tried.
func NewFormats(list []Format) *Formats {
	out := &Formats{list: list, words: make(map[string][]int, 16*len(list))}
	for i, f := range list {
		for _, group := range [][]string{f.Required, f.OneOf, f.Optional} {
			for _, names := range group {
				out.index(names, i)
			}
		}
		if f.Dynamic != nil {
			out.dynamic = append(out.dynamic, i)
		}
	}
	out.alike = sync.OnceValue(out.alikes) // only a file nobody recognises asks for it
	return out
}

// index notes that a format knows the names of a column.
func (l *Formats) index(names string, format int) {
	for n := range strings.SplitSeq(names, "|") {
		if text, open := strings.CutSuffix(n, "*"); open {
			l.starts = append(l.starts, start{text, format})
		} else if !slices.Contains(l.words[n], format) {
			l.words[n] = append(l.words[n], format)
		}
	}
}

// count adds one for each format that knows a name; false where none does.
func (l *Formats) count(name string, known []int) bool {
	exact := l.words[name]
	for _, i := range exact {
		known[i]++
	}
	var more []int
	add := func(i int) {
		if !slices.Contains(exact, i) && !slices.Contains(more, i) {
			more = append(more, i)
			known[i]++
		}
	}
	for _, s := range l.starts {
		if strings.HasPrefix(name, s.text) {
			add(s.format)
		}
	}
	for _, i := range l.dynamic {
		if l.list[i].Dynamic(name) {
			add(i)
		}
	}
	return len(exact)+len(more) > 0
}

// alikes returns the names of every column that a mapping can give: not those that
// stand for the names of products.
func (l *Formats) alikes() map[string][]alike {
	out := map[string][]alike{}
	for _, f := range l.list {
		for _, names := range slices.Concat(f.needed(), f.Optional) {
			if out[names] != nil {
				continue
			}
			out[names] = []alike{}
			for n := range strings.SplitSeq(names, "|") {
				if !strings.HasSuffix(n, "*") {
					out[names] = append(out[names], newAlike(n))
				}
			}
		}
	}
	return out
}
