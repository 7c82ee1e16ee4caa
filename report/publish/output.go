package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrLocked means that another run holds the lock of the output folder.
var ErrLocked = errors.New("another run is writing to this output folder")

const (
	latestName = "latest"
	lockName   = ".lock"
	fileMode   = 0o600
	folderMode = 0o700

	// Names of what is not finished yet. The system adds digits to them that
	// cannot be guessed.
	newPrefix  = ".new-"
	notePrefix = ".latest-"
)

// Output is an output folder while one run holds its lock, which dies with the
// process.
type Output struct {
	// Ready is asked when a run is written and before it appears. Its error
	// stops the publication. Nil: nobody is asked.
	Ready func() error

	dir  string
	lock *flock.Flock
	made []string // folders made for it, the innermost first
	used bool     // a run was published
}

// Open makes an output folder if need be, takes its lock, clears away what
// killed runs left behind, and makes sure that a run can be written there. The
// error is ErrLocked when another run holds the lock.
func Open(dir string) (*Output, error) {
	o := &Output{dir: filepath.Clean(dir)}
	if err := o.take(); err != nil {
		o.Close()
		return nil, err
	}
	if err := o.tidy(); err != nil {
		o.Close()
		return nil, fmt.Errorf("cannot clear away what a killed run left in the output folder: %w", Cause(err))
	}
	probe, err := os.MkdirTemp(o.dir, newPrefix)
	if err == nil {
		err = os.Remove(probe)
	}
	if err != nil {
		o.Close()
		return nil, fmt.Errorf("cannot write to the output folder %s: %w", filepath.ToSlash(dir), Cause(err))
	}
	return o, nil
}

// lockTries is how often a lock is asked for again whose file another run
// removed meanwhile, with the folder that it made and did not use.
const lockTries = 10

// take makes the folder and takes its lock.
func (o *Output) take() error {
	for range lockTries {
		var err error
		if o.made, err = makeFolders(o.dir); errors.Is(err, fs.ErrNotExist) {
			continue // one around it went away
		} else if err != nil {
			return fmt.Errorf("cannot make the output folder: %w", err)
		}
		name := filepath.Join(o.dir, lockName)
		if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
			return errNoLock
		}
		l := flock.New(name, flock.SetFlag(os.O_CREATE|os.O_RDWR|inPlace), flock.SetPermissions(fileMode))
		held, err := l.TryLock()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue // the folder went away
		case err != nil:
			return fmt.Errorf("cannot lock the output folder: %s: %w", lockName, Cause(err))
		case !held:
			return fmt.Errorf("%s: %w", filepath.ToSlash(o.dir), ErrLocked)
		}
		if o.lock = l; o.holds() {
			return nil
		}
		_ = l.Unlock()
		o.lock = nil
	}
	return fmt.Errorf("%s: %w", filepath.ToSlash(o.dir), ErrLocked)
}

var errNoLock = fmt.Errorf("cannot lock the output folder: %s is there and is no regular file; remove it", lockName)

// holds reports whether the file that is locked is the one of this name now.
func (o *Output) holds() bool {
	locked, err := o.lock.Stat()
	if err != nil || !locked.Mode().IsRegular() {
		return false
	}
	named, err := os.Lstat(filepath.Join(o.dir, lockName))
	return err == nil && os.SameFile(locked, named)
}

// Close gives the lock back. Folders that were made for a run that was not
// published go again.
func (o *Output) Close() {
	unused := !o.used && len(o.made) > 0
	if o.lock != nil {
		if unused {
			_ = os.Remove(filepath.Join(o.dir, lockName)) // while it is held: the next run finds another file
		}
		_ = o.lock.Unlock()
	}
	if unused {
		removeAll(o.made)
	}
}
