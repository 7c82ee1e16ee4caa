package xlsx

import (
	"fmt"
	"iter"

	"tierline/report"
)

// Working a row out takes about as long as writing it. So another goroutine works
// the next rows out, a few blocks before they are written; blocks are filled again,
// since there may be millions of rows.

const (
	rowsOfBlock = 64
	blocksAhead = 3
)

// rowBlock is rows that wait to be written.
type rowBlock struct {
	cells  []report.Cell
	ends   []int // of each row, in cells
	failed error // what ended the rows, nil for nothing
}

// ahead yields rows that are worked out before they are asked for. Each is valid
// until the next, as those of a table are. An error is a panic while rows were worked
// out, which would end the program in a goroutine. The blocks serve one table after
// the other.
func ahead(rows iter.Seq[[]report.Cell], blocks *[blocksAhead]rowBlock) iter.Seq2[[]report.Cell, error] {
	return func(yield func([]report.Cell, error) bool) {
		ready, spare := make(chan *rowBlock, blocksAhead), make(chan *rowBlock, blocksAhead)
		done := make(chan struct{})
		for i := range blocks {
			blocks[i].clear()
			spare <- &blocks[i]
		}
		go workOut(rows, ready, spare, done)
		defer func() {
			close(done)
			for range ready { // its end is that of the goroutine
			}
		}()
		for b := range ready {
			if !b.each(yield) || b.failed != nil && !yield(nil, b.failed) {
				return
			}
			b.clear()
			spare <- b
		}
	}
}

func (b *rowBlock) clear() { b.cells, b.ends, b.failed = b.cells[:0], b.ends[:0], nil }

// workOut fills blocks with rows until there are no more or nobody wants them.
func workOut(rows iter.Seq[[]report.Cell], ready chan<- *rowBlock, spare <-chan *rowBlock, done <-chan struct{}) {
	defer close(ready)
	b := <-spare
	defer func() {
		if p := recover(); p != nil {
			b.failed = fmt.Errorf("%v", p)
		}
		ready <- b
	}()
	for row := range rows {
		b.cells = append(b.cells, row...)
		b.ends = append(b.ends, len(b.cells))
		if len(b.ends) < rowsOfBlock {
			continue
		}
		ready <- b
		select {
		case b = <-spare:
		case <-done:
			b = &rowBlock{}
			return
		}
	}
}

// each yields the rows of a block and reports whether more are wanted.
func (b *rowBlock) each(yield func([]report.Cell, error) bool) bool {
	start := 0
	for _, end := range b.ends {
		if !yield(b.cells[start:end], nil) {
			return false
		}
		start = end
	}
	return true
}
