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

// order is the rows of all lists by id, then by list and row. Each is a number: in
// its highest bits some letters of the id behind what all ids begin with, which
// order nearly all rows without a look at the id, and below them list and row.
type order struct {
	numbers  []uint64
	listBits int
	rowBits  int
}

// ref returns the row that a number is of.
func (o *order) ref(n uint64) rowRef {
	return rowRef{int32(n >> o.rowBits & (1<<o.listBits - 1)), int32(n & (1<<o.rowBits - 1))}
}

// refs appends some of the rows to out.
func (o *order) refs(out []rowRef, from, to int) []rowRef {
	for _, n := range o.numbers[from:to] {
		out = append(out, o.ref(n))
	}
	return out
}

// letters returns what is left of a number without its row. It is the same for all
// rows of one id.
func (o *order) letters(n uint64) uint64 { return n >> (o.listBits + o.rowBits) }

// sort orders all rows.
func (j *joiner) sort() {
	rows := 0 // at most, of a list
	for _, l := range j.lists {
		rows = max(rows, len(l.rows))
	}
	j.order = order{listBits: bits.Len(uint(max(len(j.lists), 1) - 1)), rowBits: bits.Len(uint(rows))}
	below := j.order.listBits + j.order.rowBits
	numbers := j.letters()
	c, first := codeOf(numbers, 64-below), 0
	for i, l := range j.lists {
		c.number(numbers[first:first+len(l.rows)], uint64(i)<<j.order.rowBits, below)
		first += len(l.rows)
	}
	sorted, buckets := spreadOut(numbers, below)
	j.order.numbers = sorted
	sortBuckets := func(buckets []int) {
		for b := 1; b < len(buckets); b++ {
			bucket := sorted[buckets[b-1]:buckets[b]]
			sortNumbers(bucket, numbers[buckets[b-1]:buckets[b]], below)
			j.sortAlike(bucket)
		}
	}
	half, _ := slices.BinarySearch(buckets, len(numbers)/2)
	sideBySide(len(numbers), func() { sortBuckets(buckets[:half+1]) }, func() { sortBuckets(buckets[half:]) })
}

// sortAlike orders sorted rows with equal letters by the whole id.
func (j *joiner) sortAlike(numbers []uint64) {
	for len(numbers) > 0 {
		n := 1
		for n < len(numbers) && j.order.letters(numbers[n]) == j.order.letters(numbers[0]) {
			n++
		}
		if n > 1 {
			slices.SortFunc(numbers[:n], func(a, b uint64) int {
				return cmp.Or(strings.Compare(j.key(j.order.ref(a)), j.key(j.order.ref(b))), cmp.Compare(a, b))
			})
		}
		numbers = numbers[n:]
	}
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
