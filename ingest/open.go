package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"syscall"

	"tierline/ingest/table"
	"tierline/ingest/uncleared"
)

// limits of what one run reads (METHOD 16.5).
const (
	maxFile   = 1 << 30 // bytes of one file: the promise of a million accounts needs a quarter of it
	maxFiles  = 2 << 30 // of all files together
	maxConfig = 1 << 20 // of audit.yaml

	maxManifest = 1 << 20 // of a manifest that is asked whether it is ours
)

// sizeText writes a limit as people do.
func sizeText(n int64) string {
	if n >= 1<<30 {
		return fmt.Sprintf("%d GiB", n>>30)
	}
	if n < 1<<20 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

// sizeOf returns how large a file is that would be read, 0 for others.
func sizeOf(name string) int64 {
	info, err := os.Stat(name)
	if err != nil || wrongFile(info, maxFile) != nil {
		return 0
	}
	return info.Size()
}

// openRegular opens a file, or what a link leads to, if it is one with an end: a
// pipe nobody writes to would be waited for, a device read for ever. What it is
// is asked before, since opening a device may already do something, and after,
// since it may have been exchanged meanwhile; and nothing is waited for.
func openRegular(name string, limit int64) (h *os.File, size int64, err error) {
	if info, err := os.Stat(name); err != nil {
		return nil, 0, plainCause(err)
	} else if err := wrongFile(info, limit); err != nil {
		return nil, 0, err
	}
	h, err = os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, plainCause(err)
	}
	info, err := h.Stat()
	if err == nil {
		err = wrongFile(info, limit)
	}
	if err != nil {
		return nil, 0, errors.Join(plainCause(err), h.Close())
	}
	return h, info.Size(), nil
}

// wrongFile says why a file is not read, by what the system says about it.
func wrongFile(info fs.FileInfo, limit int64) error {
	switch mode := info.Mode(); {
	case mode.IsRegular() && info.Size() > limit:
		return fmt.Errorf("larger than %s", sizeText(limit))
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return errors.New("it is a folder; expected a file")
	case mode&fs.ModeNamedPipe != 0:
		return errors.New("it is a pipe; expected a regular file")
	case mode&fs.ModeSocket != 0:
		return errors.New("it is a socket; expected a regular file")
	}
	return errors.New("it is a device; expected a regular file")
}

// readRegular returns the bytes of a regular file of at most so many.
func readRegular(ctx context.Context, name string, limit int64) ([]byte, error) {
	h, size, err := openRegular(name, limit)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	return readSized(ctx, h, int(size), nil)
}

// readSurveyed returns the bytes of a regular file of at most so many, with a survey
// of them.
func readSurveyed(ctx context.Context, name string, limit int64) ([]byte, *table.Survey, error) {
	h, size, err := openRegular(name, limit)
	if err != nil {
		return nil, nil, err
	}
	defer h.Close()
	survey := table.NewSurvey(int(size))
	raw, err := readSized(ctx, h, int(size), survey.Look)
	return raw, survey, err
}

// readSized reads a file in two pieces side by side: getting the bytes of a
// large one takes a good part of the time that reading it may take. Each part of a
// piece is shown to look as soon as it is there; nil where nobody looks.
func readSized(ctx context.Context, h *os.File, size int, look func(from int, part []byte)) ([]byte, error) {
	if size == 0 {
		return nil, nil
	}
	raw := uncleared.Of[byte](size)
	half := min((size/2+table.Step-1)/table.Step*table.Step, size)
	var wait sync.WaitGroup
	var n2 int
	var err2 error
	if half < size {
		wait.Go(func() { n2, err2 = readPieces(ctx, h, raw[half:], half, look) })
	}
	n1, err1 := readPieces(ctx, h, raw[:half], 0, look)
	wait.Wait()
	for _, err := range []error{err1, err2} {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, plainCause(err)
		}
	}
	if n1 < half {
		return raw[:n1], nil // it became shorter meanwhile
	}
	return raw[:half+n2], nil
}

// readPieces fills to with the bytes of a file from a place on, so much at a time
// that an interrupt need not wait for all of them, and that they are still near the
// processor when they are looked at.
func readPieces(ctx context.Context, h *os.File, to []byte, from int, look func(from int, part []byte)) (n int, err error) {
	for n < len(to) && err == nil {
		if err = ctx.Err(); err == nil {
			part := to[n:min(n+table.Step, len(to))]
			var got int
			got, err = h.ReadAt(part, int64(from+n))
			if look != nil && got == len(part) {
				look(from+n, part)
			}
			n += got
		}
	}
	return n, err
}

// plainCause strips the operation and path an os error repeats.
func plainCause(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
