package beside

import (
	"runtime"
	"sync"
	"testing"
)

func TestEachDoesEveryPieceOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		done := make([]int, n)
		Each(n, func(i int) { done[i]++ })
		for i, times := range done {
			if times != 1 {
				t.Errorf("piece %d of %d is done %d times", i, n, times)
			}
		}
	}
}

// TestEachRunsBeside waits in each of two pieces for the other one.
func TestEachRunsBeside(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var both sync.WaitGroup
	both.Add(2)
	Each(2, func(int) {
		both.Done()
		both.Wait()
	})
}
