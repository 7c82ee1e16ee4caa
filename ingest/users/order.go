package users

import (
	"cmp"
	"math/bits"
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

// sortKey is a row with some letters of its id behind what all ids begin with, as
// a number: enough to order nearly all rows without looking at the id again.
// Rows of one id have the same number, and the order of numbers is that of ids.
type sortKey struct {
	letters uint64
	rowRef
}

// sort orders all rows by id, then by list and row. While they are sorted a row
// is one number: of the letters, and below them its place among all rows.
func (j *joiner) sort() {
	rows := make([]int, len(j.lists)+1) // of all rows, the first of each list
	for i, l := range j.lists {
		j.owner = append(j.owner, make([]int32, len(l.rows)))
		rows[i+1] = rows[i] + len(l.rows)
	}
	numbers := j.letters()
	total := len(numbers)
	below := bits.Len(uint(total))
	codeOf(numbers, 64-below).number(numbers, below)
	sorted, buckets := spreadOut(numbers, below)
	j.order = make([]sortKey, total)
	put := func(buckets []int) {
		for b := 1; b < len(buckets); b++ {
			from, to := buckets[b-1], buckets[b]
			sortNumbers(sorted[from:to], numbers[from:to], below)
			j.put(j.order[from:to], sorted[from:to], rows, below)
		}
	}
	half, _ := slices.BinarySearch(buckets, total/2)
	sideBySide(total, func() { put(buckets[:half+1]) }, func() { put(buckets[half:]) })
}

// put makes keys of sorted numbers, and orders those with equal letters by the
// whole id.
func (j *joiner) put(out []sortKey, numbers []uint64, rows []int, below int) {
	for i, n := range numbers {
		out[i] = sortKey{n >> below, rowRef{row: int32(n & (1<<below - 1))}}
		if len(j.lists) > 1 {
			at, _ := slices.BinarySearch(rows, int(out[i].row)+1) // the first that begins behind it
			out[i].list = int32(at - 1)
			out[i].row -= int32(rows[at-1])
		}
	}
	for len(out) > 0 {
		n := 1
		for n < len(out) && out[n].letters == out[0].letters {
			n++
		}
		if n > 1 {
			slices.SortFunc(out[:n], j.compare)
		}
		out = out[n:]
	}
}

// compare orders two rows with the same letters.
func (j *joiner) compare(a, b sortKey) int {
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
