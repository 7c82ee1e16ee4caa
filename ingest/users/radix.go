package users

import "math/bits"

// Numbers are sorted by their highest bits first: once into so many buckets that
// each fits into the fastest memory of a processor, and there on. Which row a
// number is of stands in its lowest bits, so no two are equal, and those that
// differ in these bits only are in order from the beginning.

// spreadOut returns the numbers by their highest bits, and where each bucket of
// them begins, with the end of the last. The two halves of the numbers are
// spread side by side, those of the first to the front of each bucket.
func spreadOut(numbers []uint64, below int) (out []uint64, buckets []int) {
	const most, perBucket = 11, 6 // bits
	highest := uint64(0)
	for _, n := range numbers {
		highest |= n
	}
	shift := max(bits.Len64(highest)-min(most, max(0, bits.Len(uint(len(numbers)))-perBucket)), below)
	half := len(numbers) / 2
	var front, back [1 << most]int
	count := func(numbers []uint64, counts *[1 << most]int) {
		for _, n := range numbers {
			counts[n>>shift&(1<<most-1)]++
		}
	}
	sideBySide(len(numbers), func() { count(numbers[:half], &front) }, func() { count(numbers[half:], &back) })
	at := 0
	for b := range front {
		buckets = append(buckets, at)
		front[b], back[b], at = at, at+front[b], at+front[b]+back[b]
	}
	out = make([]uint64, len(numbers))
	spread := func(numbers []uint64, places *[1 << most]int) {
		for _, n := range numbers {
			place := &places[n>>shift&(1<<most-1)]
			out[*place] = n
			*place++
		}
	}
	sideBySide(len(numbers), func() { spread(numbers[:half], &front) }, func() { spread(numbers[half:], &back) })
	return out, append(buckets, at)
}

// sortNumbers sorts numbers, with as much room beside them, that are in order where
// they differ in their lowest bits only.
func sortNumbers(numbers, room []uint64, below int) {
	const few = 24
	if len(numbers) <= few {
		insert(numbers)
		return
	}
	differ := uint64(0)
	for _, n := range numbers {
		differ |= n ^ numbers[0]
	}
	if differ>>below == 0 {
		return
	}
	shift := max(bits.Len64(differ)-8, below)
	var ends [256]int
	for _, n := range numbers {
		ends[byte(n>>shift)]++
	}
	at := 0
	for b, n := range ends {
		ends[b] = at
		at += n
	}
	for _, n := range numbers {
		b := byte(n >> shift)
		room[ends[b]] = n
		ends[b]++
	}
	copy(numbers, room)
	from := 0
	for _, to := range ends {
		if to-from > 1 {
			sortNumbers(numbers[from:to], room[from:to], below)
		}
		from = to
	}
}

// insert sorts a few numbers.
func insert(numbers []uint64) {
	for i := 1; i < len(numbers); i++ {
		n, at := numbers[i], i
		for ; at > 0 && numbers[at-1] > n; at-- {
			numbers[at] = numbers[at-1]
		}
		numbers[at] = n
	}
}
