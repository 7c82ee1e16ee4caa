package main

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestAwait leaves a command that does not answer an interruption, but not one
// whose run is appearing (METHOD 15.7).
func TestAwait(t *testing.T) {
	t.Parallel()
	own := errors.New("its own end")
	t.Run("not interrupted", func(t *testing.T) {
		done := make(chan error, 1)
		done <- own
		if err := new(app).await(context.Background(), done); !errors.Is(err, own) {
			t.Errorf("got %v, want %v", err, own)
		}
	})
	interrupted, cancel := context.WithCancel(context.Background())
	cancel()
	t.Run("ends by itself", func(t *testing.T) {
		done := make(chan error)
		go func() { time.Sleep(grace / 20); done <- own }()
		if err := new(app).await(interrupted, done); !errors.Is(err, own) {
			t.Errorf("got %v, want %v", err, own)
		}
	})
	t.Run("never ends", func(t *testing.T) {
		if err := new(app).await(interrupted, make(chan error)); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
	})
	t.Run("its run is appearing", func(t *testing.T) {
		done := make(chan error)
		a := new(app)
		a.appearing.Store(true)
		go func() { time.Sleep(grace + grace/5); done <- own }()
		if err := a.await(interrupted, done); !errors.Is(err, own) {
			t.Errorf("got %v, want %v", err, own)
		}
	})
}
