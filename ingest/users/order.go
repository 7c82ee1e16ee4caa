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

	half int    // rows of the first half, which ends with an id
	ids  [2]int // how many there are in either half
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

// alike reports whether two numbers are of rows whose letters are equal, as those of
// all rows of one id are.
func (o *order) alike(a, b uint64) bool { return (a^b)>>(o.listBits+o.rowBits) == 0 }

// sort orders all rows.
func (j *joiner) sort() {
	rows := 0 // at most, of a list
	for _, l := range j.lists {
		rows = max(rows, len(l.rows))
	}
	j.order = order{listBits: bits.Len(uint(max(len(j.lists), 1) - 1)), rowBits: bits.Len(uint(rows))}
	numbers := j.letters()
	n := j.numbering(numbers)
	sorted, buckets := n.spreadOut(numbers)
	j.order.numbers = sorted
	sortBuckets := func(buckets []int) (ids int) {
		var places tally
		for b := 1; b < len(buckets); b++ {
			bucket := sorted[buckets[b-1]:buckets[b]]
			sortNumbers(bucket, numbers[buckets[b-1]:buckets[b]], n.below, &places)
			ids += j.sortAlike(bucket)
		}
		return ids
	}
	middle, _ := slices.BinarySearch(buckets, len(numbers)/2)
	o := &j.order
	o.half = buckets[middle]
	sideBySide(len(numbers), func() { o.ids[0] = sortBuckets(buckets[:middle+1]) }, func() { o.ids[1] = sortBuckets(buckets[middle:]) })
}

// sortAlike orders sorted rows with equal letters by the whole id, and returns how
// many ids all of them have.
func (j *joiner) sortAlike(numbers []uint64) (ids int) {
	for from, to := 0, 0; from < len(numbers); from = to {
		for to = from + 1; to < len(numbers) && j.order.alike(numbers[to], numbers[from]); to++ {
		}
		if to == from+1 {
			ids++
			continue
		}
		slices.SortFunc(numbers[from:to], func(a, b uint64) int {
			return cmp.Or(strings.Compare(j.key(j.order.ref(a)), j.key(j.order.ref(b))), cmp.Compare(a, b))
		})
		for at := from; at < to; at = j.end(numbers[:to], at) {
			ids++
		}
	}
	return ids
}

// keep forgets the rows that are not to be kept.
func (j *joiner) keep(kept func(rowRef) bool) {
	o := &j.order
	o.numbers = slices.DeleteFunc(o.numbers, func(n uint64) bool { return !kept(o.ref(n)) })
	o.half, o.ids = 0, [2]int{}
	for from, to := 0, 0; from < len(o.numbers); from = to {
		to = j.end(o.numbers, from)
		if from < len(o.numbers)/2 {
			o.half = to
			o.ids[0]++
		} else {
			o.ids[1]++
		}
	}
}

// end returns where the rows end that have the id of the one at a place.
func (j *joiner) end(numbers []uint64, at int) int {
	first := numbers[at]
	for at++; at < len(numbers) && j.order.alike(numbers[at], first) && j.key(j.order.ref(numbers[at])) == j.key(j.order.ref(first)); at++ {
	}
	return at
}

// sideBySide does two things that have to do with n rows in all. With few of
// them, waking another processor takes longer than they do.
func sideBySide(n int, f, g func()) {
	if n < 30_000 {
		f()
		g()
		return
	}
	var wait sync.WaitGroup
	wait.Go(f)
	g()
	wait.Wait()
}
