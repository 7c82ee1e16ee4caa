// Package beside runs pieces of one job beside each other, as many at a time as
// there are processors. It knows no errors and no interruption: who needs those
// takes errgroup. audit/seats, audit/plan, rules and report/xlsx call it where each
// piece writes to a place of its own, so that the outcome does not depend on how many
// run at a time.
package beside

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// piece is how many of a long list one piece of the job is about: few enough for no
// processor to wait long for another, and enough for the next piece to cost nothing.
const piece = 1 << 12

// Pieces cuts 0 to n-1 into pieces and calls do with the bounds of each: from the
// first of it up to the first of the next.
func Pieces(n int, do func(from, to int)) {
	Each((n+piece-1)/piece, func(i int) { do(i*piece, min((i+1)*piece, n)) })
}

// Each calls do with 0 to n-1 and returns when all have ended.
func Each(n int, do func(i int)) {
	var wait sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	wait.Wait()
}
