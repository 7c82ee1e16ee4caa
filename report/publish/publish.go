// Package publish writes a run: every report into a folder of its own that
// appears complete or not at all. It decides nothing about what a report says
// and holds no list of formats; cmd hands it the renderers.
package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
	"golang.org/x/sync/errgroup"

	"tierline/report"
)

// Renderer writes a document as one file.
type Renderer struct {
	File   string // name in the run folder
	Render func(io.Writer, *report.Document) (report.Shown, error)
	Totals bool // it shows the totals, each of them
}

// Manifest lists the files of a run; it is written last, so a folder that has
// it is complete.
type Manifest struct {
	Schema  string `json:"schema"`
	Tool    string `json:"tool"`
	Version string `json:"version"`
	Run     string `json:"run"`
	AsOf    string `json:"as_of"`
	Digest  string `json:"digest"`
	Files   []File `json:"files"`

	// Checks compare the totals that each file shows with the result.
	Checks []Check `json:"checks"`
}

// Check is one total in one file.
type Check struct {
	File     string `json:"file"`
	Figure   string `json:"figure"` // as in plan.totals
	Shown    string `json:"shown"`  // decimal; empty when it could not be read back
	Expected string `json:"expected"`
	Holds    bool   `json:"holds"`
}

// File is one file of a run.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// ErrLocked means that another run holds the lock of the output folder.
var ErrLocked = errors.New("another run is writing to this output folder")

const (
	// ManifestName is the file that a complete run has, and only a run.
	ManifestName = "manifest.json"

	latestName = "latest"
	lockName   = ".lock"
	fileMode   = 0o600
	folderMode = 0o700
)

// Lock takes the lock of an output folder, which it makes if need be. It dies
// with the process.
func Lock(out string) (unlock func(), err error) {
	if err := os.MkdirAll(out, folderMode); err != nil {
		return nil, fmt.Errorf("cannot make the output folder: %w", err)
	}
	l := flock.New(filepath.Join(out, lockName), flock.SetPermissions(fileMode))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("cannot lock the output folder: %w", err)
	}
	if !ok {
		return nil, fmt.Errorf("%s: %w", out, ErrLocked)
	}
	return func() { _ = l.Unlock() }, nil
}

// Publish renders a document into a new run folder below out and returns its
// path. Until everything is written nothing is visible; on an error nothing
// stays behind.
func Publish(out string, d *report.Document, renderers []Renderer) (folder string, err error) {
	folder = filepath.Join(out, d.RunName())
	temp, err := os.MkdirTemp(out, ".new-")
	if err != nil {
		return "", fmt.Errorf("cannot write to the output folder: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(temp)
		}
	}()
	m, err := renderAll(temp, d, renderers)
	if err != nil {
		return "", err
	}
	if err := writeManifest(temp, m); err != nil {
		return "", err
	}
	if err := syncFolder(temp); err != nil {
		return "", err
	}
	if err := replace(temp, folder); err != nil {
		return "", err
	}
	return folder, writeLatest(out, filepath.Base(folder))
}

// Files renders a document into a folder that is no run, and returns the paths
// of the files. It writes over nothing: a file of that name which is there is an
// error that is fs.ErrExist. On an error none of the files stays behind.
func Files(out string, d *report.Document, renderers []Renderer) ([]string, error) {
	if err := os.MkdirAll(out, folderMode); err != nil {
		return nil, fmt.Errorf("cannot make the output folder: %w", err)
	}
	paths := make([]string, len(renderers))
	for i, r := range renderers {
		paths[i] = filepath.Join(out, r.File)
		if _, err := os.Lstat(paths[i]); err == nil {
			return nil, fmt.Errorf("%s is there already: %w", filepath.ToSlash(paths[i]), fs.ErrExist)
		}
	}
	temp, err := os.MkdirTemp(out, ".new-")
	if err != nil {
		return nil, fmt.Errorf("cannot write to the output folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	if _, err := renderAll(temp, d, renderers); err != nil {
		return nil, err
	}
	for i, r := range renderers {
		if err := os.Rename(filepath.Join(temp, r.File), paths[i]); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// renderAll writes every report, several at a time.
func renderAll(temp string, d *report.Document, renderers []Renderer) (*Manifest, error) {
	m := &Manifest{
		Schema: d.Result.Run.Schema, Tool: d.Result.Run.Tool, Version: d.Result.Run.Version,
		Run: d.RunName(), AsOf: d.AsOf.String(), Digest: d.Result.Run.Digest, Files: make([]File, len(renderers)),
	}
	shown := make([]report.Shown, len(renderers))
	var g errgroup.Group
	for i, r := range renderers {
		g.Go(func() error {
			f, s, err := renderFile(filepath.Join(temp, r.File), d, r)
			if err != nil {
				return fmt.Errorf("%s: %w", r.File, err)
			}
			m.Files[i], shown[i] = f, s
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return m, m.reconcile(d, renderers, shown)
}

// counter counts and digests what is written through it.
type counter struct {
	w io.Writer
	h hash.Hash
	n int64
}

// Write writes to the file and the digest.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.h.Write(p[:n])
	c.n += int64(n)
	return n, err
}

func renderFile(name string, d *report.Document, r Renderer) (File, report.Shown, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_EXCL, fileMode)
	if err != nil {
		return File{}, nil, err
	}
	c := &counter{w: f, h: sha256.New()}
	shown, err := r.Render(c, d)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return File{Name: r.File, Bytes: c.n, SHA256: hex.EncodeToString(c.h.Sum(nil))}, shown, err
}

func writeManifest(temp string, m *Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(temp, ManifestName), append(text, '\n'))
}

func writeFile(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// replace puts a finished folder in its place. The same run published again
// takes the place of the folder it made before, which has the same bytes.
func replace(temp, folder string) error {
	old := ""
	if _, err := os.Lstat(folder); err == nil {
		old = temp + "-old"
		if err := os.Rename(folder, old); err != nil {
			return fmt.Errorf("cannot replace the run %s: %w", filepath.Base(folder), err)
		}
	}
	if err := os.Rename(temp, folder); err != nil {
		if old != "" {
			_ = os.Rename(old, folder)
		}
		return fmt.Errorf("cannot publish the run %s: %w", filepath.Base(folder), err)
	}
	if old != "" {
		if err := os.RemoveAll(old); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(folder))
}

// syncFolder makes the entries of a folder durable, where the system can.
func syncFolder(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	_ = f.Sync() // not every file system can sync a folder
	return f.Close()
}

// writeLatest names the run published last, atomically.
func writeLatest(out, run string) error {
	temp := filepath.Join(out, ".latest-new")
	if err := writeFile(temp, []byte(run+"\n")); err != nil {
		return err
	}
	return os.Rename(temp, filepath.Join(out, latestName))
}
