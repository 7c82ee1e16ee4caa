package ingest

import (
	"slices"
	"strings"
)

// vocabulary is the column names that any format knows. Twenty rows of each
// file are looked at for a header, and all but one of them hold no such name:
// they need not be held against each format.
type vocabulary struct {
	words   map[string]bool
	starts  []string // of names that end in '*'
	dynamic []func(name string) bool
}

func vocabularyOf(formats []format) *vocabulary {
	v := &vocabulary{words: map[string]bool{}}
	for _, f := range formats {
		for _, names := range slices.Concat(f.required, f.optional) {
			for n := range strings.SplitSeq(names, "|") {
				if start, open := strings.CutSuffix(n, "*"); open {
					v.starts = append(v.starts, start)
				}
				v.words[n] = true
			}
		}
		if f.dynamic != nil {
			v.dynamic = append(v.dynamic, f.dynamic)
		}
	}
	return v
}

// has reports whether a format knows the name.
func (v *vocabulary) has(name string) bool {
	return v.words[name] ||
		slices.ContainsFunc(v.starts, func(start string) bool { return strings.HasPrefix(name, start) }) ||
		slices.ContainsFunc(v.dynamic, func(knows func(string) bool) bool { return knows(name) })
}
