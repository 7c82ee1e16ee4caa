package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"syscall"
	"time"

	"tierline/report/publish"
)

// open takes the output folder for this run, before anything is read: nobody
// waits for an audit to learn that there is no place for it.
//
// Of a folder that another run holds it waits for the end of that run, as long
// as wait says.
func (a *app) open(ctx context.Context, dir string, wait time.Duration) (*publish.Output, error) {
	out, err := publish.Open(dir)
	for until := time.Now().Add(wait); errors.Is(err, publish.ErrLocked) && time.Now().Before(until); {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(min(askedAgain, time.Until(until))):
		}
		out, err = publish.Open(dir)
	}
	switch {
	case errors.Is(err, publish.ErrLocked):
		return nil, &exitError{exitLocked, err}
	case err != nil:
		return nil, err
	}
	out.Ready = func() error {
		for at := a; at != nil; at = at.whole {
			at.appearing.Store(true)
		}
		return ctx.Err()
	}
	return out, nil
}

// askedAgain is how long a folder that another run holds is left alone.
const askedAgain = 200 * time.Millisecond

// unpublished says why a run was not published. An interruption says itself.
func unpublished(ctx context.Context, out string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("nothing was published: cannot write to %s: %w", filepath.ToSlash(out), err)
}

// tellKept says which runs of the same inputs stay as they are, and where this
// one is (METHOD 15.5). An added file is not named: its name is somebody's.
func (a *app) tellKept(p *publish.Published) {
	for _, k := range p.Kept {
		a.warn("%s; it stays as it is", kept(k))
	}
	switch {
	case len(p.Kept) == 0:
	case p.Repeated:
		a.note("this run is there already as %s", p.Run)
	default:
		a.note("this run is published as %s", p.Run)
	}
}

// kept says what is the matter with a run.
func kept(k publish.Kept) string {
	switch k.Why {
	case publish.Changed:
		return fmt.Sprintf("%s was changed in the run %s after it was published", k.File, k.Run)
	case publish.Missing:
		return fmt.Sprintf("%s is missing from the run %s", k.File, k.Run)
	case publish.Added:
		return fmt.Sprintf("a file was added to the run %s after it was published", k.Run)
	case publish.Other:
		return fmt.Sprintf("the run %s of the same inputs holds other reports, as another build of this version writes them", k.Run)
	}
	return fmt.Sprintf("%s in the output folder is no run that can be read", k.Run)
}

// resultWriter writes results until that fails, and keeps the failure: what a
// command does goes on, and the exit code tells at the end. A reader that has
// read enough is no failure.
type resultWriter struct {
	to     io.Writer
	ended  bool
	failed error
}

// Write writes p, or nothing once a write has failed. It reports all of p as
// written.
func (w *resultWriter) Write(p []byte) (int, error) {
	if w.ended {
		return len(p), nil
	}
	if _, err := w.to.Write(p); err != nil {
		w.ended = true
		if !errors.Is(err, syscall.EPIPE) {
			w.failed = err
		}
	}
	return len(p), nil
}
