package users

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/ingest/cell"
)

// listOf returns a list with rows of some ids, as it is read in parts that begin at
// some rows.
func listOf(ids []string, starts ...int) *List {
	l := &List{layout: &Layout{}}
	var parts []*part
	var rows [][]listRow
	for i, from := range append([]int{0}, starts...) {
		to := append(starts, len(ids))[i]
		p := &part{layout: l.layout}
		for n, id := range ids[from:to] {
			key := cell.AccountKey(id)
			p.letters = append(p.letters, p.lettersOf(n, key))
			p.rows = append(p.rows, listRow{id: p.spans.put(id), keyDiffers: key != id})
		}
		l.spans.adopt(&p.spans, p.rows)
		l.keys.join(p.keys)
		parts, rows = append(parts, p), append(rows, p.rows)
	}
	room := &room{rows: make([]listRow, len(ids)), letters: make([]uint64, len(ids))}
	l.rows = closeGaps(room.rows, rows)
	l.adoptLetters(room, parts)
	return l
}

// TestOrderIsThatOfIDs compares the order of the rows of several lists with that of
// their ids, compared as texts.
func TestOrderIsThatOfIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(rapid.SampledFrom([]string{"712020:[0-9a-f]{12}", "(712020:)?[ab]{0,12}", "u[0-9]{5}", "[a-zA-Z@.\x01é]{1,4}"}).Draw(t, "form"))
		j := &joiner{}
		var want []rowRef
		for range rapid.IntRange(1, 3).Draw(t, "lists") {
			ids := rapid.SliceOfN(id, 0, 300).Draw(t, "ids")
			middle := rapid.IntRange(0, len(ids)).Draw(t, "middle")
			j.lists = append(j.lists, listOf(ids, middle))
		}
		for list, l := range j.lists {
			for row := range l.rows {
				want = append(want, rowRef{int32(list), int32(row)})
			}
		}
		slices.SortFunc(want, func(a, b rowRef) int {
			return cmp.Or(strings.Compare(j.key(a), j.key(b)), cmp.Compare(a.list, b.list), cmp.Compare(a.row, b.row))
		})
		j.sort()
		got := make([]rowRef, len(j.order.numbers))
		for i, n := range j.order.numbers {
			got[i] = j.order.ref(n)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("rows in the order %v, want %v", got, want)
		}
	})
}

// TestNumbersAreSorted sorts many numbers side by side, evenly spread ones and
// such that nearly all begin alike.
func TestNumbersAreSorted(t *testing.T) {
	const below = 16 // bits of the row, of which 48 are left for letters
	for name, spread := range map[string]func(i uint64) uint64{
		"even":      func(i uint64) uint64 { return i * 0x9e3779b97f4a7c15 >> 20 },
		"alike":     func(i uint64) uint64 { return i * i % 7 << 40 },
		"two heaps": func(i uint64) uint64 { return i%2<<43 | i*7919%1024 },
		"one":       func(uint64) uint64 { return 5 },
	} {
		t.Run(name, func(t *testing.T) {
			letters, want := make([]uint64, 40_000), make([]int, 40_000)
			for i := range letters {
				letters[i], want[i] = spread(uint64(i)), i
			}
			slices.SortFunc(want, func(a, b int) int {
				return cmp.Or(cmp.Compare(spread(uint64(a)), spread(uint64(b))), cmp.Compare(a, b))
			})
			j := &joiner{lists: []*List{{rows: make([]listRow, len(letters))}}, order: order{rowBits: below}}
			n := j.numbering(letters)
			sorted, buckets := n.spreadOut(letters)
			for b := 1; b < len(buckets); b++ {
				sortNumbers(sorted[buckets[b-1]:buckets[b]], letters[buckets[b-1]:buckets[b]], n.below, &tally{})
			}
			var got []int
			for _, x := range sorted {
				got = append(got, int(x%(1<<below)))
			}
			if !slices.Equal(got, want) {
				t.Error("the numbers are not in order")
			}
		})
	}
}
