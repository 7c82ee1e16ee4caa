package users

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

// rowRef is one row of one list.
type rowRef struct {
	list int32
	row  int32
}

func (j *joiner) key(r rowRef) string { return j.lists[r.list].key(j.row(r)) }

// sortKey is a row with eight letters of its id behind what all ids begin
// with: enough to order nearly all of them without looking at the id again.
type sortKey struct {
	letters uint64
	rowRef
}

// sort orders all rows by id, then by list and row.
func (j *joiner) sort() {
	total := 0
	for _, l := range j.lists {
		j.owner = append(j.owner, make([]int32, len(l.rows)))
		total += len(l.rows)
	}
	common := j.commonPrefix()
	keys, spare := make([]sortKey, total), make([]sortKey, total)
	half := total / 2
	sideBySide(total, func() { j.sortPart(keys[:half], spare[:half], 0, common) }, func() { j.sortPart(keys[half:], spare[half:], half, common) })
	j.merge(spare, keys[:half], keys[half:])
	j.order = spare
}

// sortPart makes the keys of the rows from one on, counted over all lists, and
// orders them.
func (j *joiner) sortPart(keys, spare []sortKey, from, common int) {
	n := 0
	for i, l := range j.lists {
		for row := from; row < len(l.rows) && n < len(keys); row++ {
			keys[n] = sortKey{letters: letters(l.key(&l.rows[row]), common), rowRef: rowRef{int32(i), int32(row)}}
			n++
		}
		from = max(0, from-len(l.rows))
	}
	j.sortKeys(keys, spare)
}

// commonPrefix returns how many letters all ids have in common at their
// beginning, such as "712020:".
func (j *joiner) commonPrefix() int {
	var all prefix
	for _, l := range j.lists {
		if len(l.rows) > 0 {
			all.join(l.keys)
		}
	}
	return len(all.text)
}

// letters returns the eight letters of an id from a position on as a number
// that sorts as they do.
func letters(id string, from int) uint64 {
	if len(id) >= from+8 {
		return binary.BigEndian.Uint64([]byte(id[from : from+8]))
	}
	var buf [8]byte
	copy(buf[:], id[from:])
	return binary.BigEndian.Uint64(buf[:])
}

// merge puts two ordered lists into one, the beginning of it from the front
// and side by side with that the end of it from the back.
func (j *joiner) merge(out, a, b []sortKey) {
	half := len(out) / 2
	sideBySide(len(out), func() { j.mergeFront(out[:half], a, b) }, func() { j.mergeBack(out[half:], a, b) })
}

func (j *joiner) mergeFront(out, a, b []sortKey) {
	for i := range out {
		if len(b) == 0 || len(a) > 0 && j.before(&a[0], &b[0]) {
			out[i], a = a[0], a[1:]
		} else {
			out[i], b = b[0], b[1:]
		}
	}
}

func (j *joiner) mergeBack(out, a, b []sortKey) {
	for i := len(out) - 1; i >= 0; i-- {
		if x, y := len(a)-1, len(b)-1; x < 0 || y >= 0 && j.before(&a[x], &b[y]) {
			out[i], b = b[y], b[:y]
		} else {
			out[i], a = a[x], a[:x]
		}
	}
}

// before is [joiner.compare] for two rows that are not the same.
func (j *joiner) before(a, b *sortKey) bool {
	return a.letters < b.letters || a.letters == b.letters && j.compare(*a, *b) < 0
}

// sortKeys orders keys by their letters, byte by byte from the last to the
// first (each pass keeps the order of the one before), and then the few with
// equal letters by the whole id.
func (j *joiner) sortKeys(keys, spare []sortKey) {
	from, to := keys, spare
	for shift := 0; shift < 64; shift += 8 {
		var count [256]int
		for i := range from {
			count[byte(from[i].letters>>shift)]++
		}
		if len(from) == 0 || count[byte(from[0].letters>>shift)] == len(from) {
			continue // all have the same letter here
		}
		at := 0
		for c, n := range count {
			count[c] = at
			at += n
		}
		for i := range from {
			c := byte(from[i].letters >> shift)
			to[count[c]] = from[i]
			count[c]++
		}
		from, to = to, from
	}
	if len(keys) > 0 && &from[0] != &keys[0] {
		copy(keys, from)
	}
	for i := 0; i < len(keys); {
		n := i + 1
		for n < len(keys) && keys[n].letters == keys[i].letters {
			n++
		}
		if n-i > 1 {
			slices.SortFunc(keys[i:n], j.compare)
		}
		i = n
	}
}

func (j *joiner) compare(a, b sortKey) int {
	switch {
	case a.letters < b.letters:
		return -1
	case a.letters > b.letters:
		return 1
	}
	return cmp.Or(strings.Compare(j.key(a.rowRef), j.key(b.rowRef)), cmp.Compare(a.list, b.list), cmp.Compare(a.row, b.row))
}

// sideBySide does two things that have to do with n rows in all. With few of
// them, waking another processor takes longer than they do.
func sideBySide(n int, f, g func()) {
	if n < 5000 {
		f()
		g()
		return
	}
	var wait sync.WaitGroup
	wait.Go(f)
	g()
	wait.Wait()
}
