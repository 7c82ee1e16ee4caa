package users

import (
	"math/bits"

	"tierline/ingest/uncleared"
)

// Numbers are sorted by their highest bits first: once into so many buckets that
// each fits into the fastest memory of a processor, and there on. Which row a
// number is of stands in its lowest bits, so no two are equal, and those that
// differ in these bits only are in order from the beginning.

// numbering is how letters of rows become numbers.
type numbering struct {
	telling
	ends    []int // of the rows of each list, counted over all of them
	rowBits int
	below   int // bits of list and row
	shift   int // bits below those that say the bucket
}

// mostBuckets is how many buckets numbers are spread to at most, in bits.
const mostBuckets = 12

// tally is how many numbers are in each bucket, or where the next of them goes.
type tally [1 << mostBuckets]int32

// numbering returns how the letters of the rows of all lists become numbers: of the
// bits that tell them apart, as many of the highest as there is room for.
func (j *joiner) numbering(letters []uint64) *numbering {
	n := &numbering{telling: tellingOf(letters), rowBits: j.order.rowBits, below: j.order.rowBits + j.order.listBits}
	end := 0
	for _, l := range j.lists {
		end += len(l.rows)
		n.ends = append(n.ends, end)
	}
	const perBucket = 6 // bits
	n.width = min(n.width, 64-n.below)
	n.shift = n.below + max(0, n.width-min(mostBuckets, max(0, bits.Len(uint(len(letters)))-perBucket)))
	return n
}

// number writes the letters of some rows as numbers and counts them by bucket.
func (n *numbering) number(letters []uint64, from, to int, places *tally) {
	drop := bits.OnesCount64(n.bits) - n.width
	first := 0
	for list, end := range n.ends {
		low := uint64(list) << n.rowBits
		for i := max(from, first); i < min(to, end); i++ {
			x := n.of(letters[i])>>drop<<n.below | low | uint64(i-first)
			letters[i] = x
			places[x>>n.shift%(1<<mostBuckets)]++
		}
		first = end
	}
}

// spreadOut writes letters as numbers and returns these by their highest bits, and
// where each bucket of them begins, with the end of the last. The two halves of
// the numbers are spread side by side, those of the first to the front of each bucket.
func (n *numbering) spreadOut(letters []uint64) (out []uint64, buckets []int) {
	half := len(letters) / 2
	var front, back tally
	sideBySide(len(letters), func() { n.number(letters, 0, half, &front) }, func() { n.number(letters, half, len(letters), &back) })
	at := int32(0)
	for b := range front {
		if in := front[b] + back[b]; in > 0 {
			buckets = append(buckets, int(at))
			front[b], back[b], at = at, at+front[b], at+in
		}
	}
	out = uncleared.Of[uint64](len(letters))
	spread := func(numbers []uint64, places *tally) {
		for _, x := range numbers {
			place := &places[x>>n.shift%(1<<mostBuckets)]
			out[*place] = x
			*place++
		}
	}
	sideBySide(len(letters), func() { spread(letters[:half], &front) }, func() { spread(letters[half:], &back) })
	return out, append(buckets, int(at))
}

// few is how many numbers are sorted by putting each in its place.
const few = 24

// sortNumbers sorts numbers that are in order where they differ in their lowest bits
// only, with as much room beside them. What the tally holds is lost.
func sortNumbers(numbers, room []uint64, below int, tally *tally) {
	differ := uint64(0)
	for _, x := range numbers {
		differ |= x ^ numbers[0]
	}
	if differ>>below == 0 {
		return
	}
	digits := min(mostBuckets, bits.Len(uint(len(numbers))))
	shift, places := max(bits.Len64(differ)-digits, below), tally[:1<<digits]
	digit := func(x uint64) int { return int(x >> shift & (1<<digits - 1)) }
	clear(places)
	for _, x := range numbers {
		places[digit(x)]++
	}
	at := int32(0)
	for b, n := range places {
		places[b] = at
		at += n
	}
	for _, x := range numbers {
		place := &places[digit(x)]
		room[*place] = x
		*place++
	}
	for from, to := 0, 0; from < len(numbers); from = to {
		for to = from + 1; to < len(numbers) && digit(room[to]) == digit(room[from]); to++ {
		}
		if to-from > few {
			copy(numbers[from:to], room[from:to])
			sortNumbers(numbers[from:to], room[from:to], below, tally)
		} else {
			insert(numbers[from:to], room[from:to])
		}
	}
}

// insert sorts a few numbers into as much room.
func insert(to, numbers []uint64) {
	for at, x := range numbers {
		for ; at > 0 && to[at-1] > x; at-- {
			to[at] = to[at-1]
		}
		to[at] = x
	}
}
