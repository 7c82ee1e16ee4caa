package xlsx

import (
	"testing"

	"tierline/report"
)

// counted yields n rows of one to three cells that say their number, all in one slice.
func counted(n int) func(func([]report.Cell) bool) {
	return func(yield func([]report.Cell) bool) {
		cells := make([]report.Cell, 3)
		for i := range n {
			for j := range cells {
				cells[j] = report.N(i)
			}
			if !yield(cells[:1+i%3]) {
				return
			}
		}
	}
}

// Rows that are worked out ahead are those of the table, in their order, also where
// blocks are used again.
func TestRowsAheadAreThoseOfTheTable(t *testing.T) {
	var blocks [blocksAhead]rowBlock
	for _, n := range []int{0, 1, rowsOfBlock - 1, rowsOfBlock, rowsOfBlock + 1, 20 * rowsOfBlock, 5} {
		got := 0
		for row, err := range ahead(counted(n), &blocks) {
			if err != nil || len(row) != 1+got%3 || row[0].Count != got || row[len(row)-1].Count != got {
				t.Fatalf("row %d of %d: %v, %v", got, n, row, err)
			}
			got++
		}
		if got != n {
			t.Errorf("%d rows of %d", got, n)
		}
	}
}

// Who stops early leaves nobody at work: the blocks are free for the next table.
func TestRowsAheadStop(t *testing.T) {
	var blocks [blocksAhead]rowBlock
	for _, n := range []int{1, rowsOfBlock, 3*rowsOfBlock + 1} {
		got := 0
		for range ahead(counted(100*rowsOfBlock), &blocks) {
			if got++; got == n {
				break
			}
		}
		again := 0
		for range ahead(counted(2), &blocks) {
			again++
		}
		if again != 2 {
			t.Errorf("after %d rows: %d rows of 2", n, again)
		}
	}
}

// A panic while a row is worked out is an error for who asked for it, behind the
// rows before.
func TestRowsAheadPanic(t *testing.T) {
	var blocks [blocksAhead]rowBlock
	var got []error
	for _, err := range ahead(func(yield func([]report.Cell) bool) {
		yield([]report.Cell{report.N(1)})
		panic("no amount")
	}, &blocks) {
		got = append(got, err)
	}
	if len(got) != 2 || got[0] != nil || got[1] == nil || got[1].Error() != "no amount" {
		t.Errorf("got %v", got)
	}
}
