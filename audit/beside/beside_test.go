package beside

import (
	"runtime"
	"testing"
	"time"
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

func TestPiecesCoverEverything(t *testing.T) {
	for _, n := range []int{0, 1, piece - 1, piece, piece + 1, 3*piece + 7} {
		done := make([]int, n)
		Pieces(n, func(from, to int) {
			for i := from; i < to; i++ {
				done[i]++
			}
		})
		for i, times := range done {
			if times != 1 {
				t.Fatalf("%d of %d is done %d times", i, n, times)
			}
		}
	}
}

// TestEachRunsBeside waits in each of two pieces for the other one.
func TestEachRunsBeside(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	begun := [2]chan struct{}{make(chan struct{}), make(chan struct{})}
	Each(2, func(i int) {
		close(begun[i])
		select {
		case <-begun[1-i]:
		case <-time.After(time.Minute):
			t.Errorf("piece %d has ended waiting before the other one began", i)
		}
	})
}
