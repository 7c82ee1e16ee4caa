// Package publish writes a run: every report into a folder of its own that
// appears complete or not at all, below an output folder that one run holds at
// a time. A run that is there is never replaced (METHOD 15.5). It decides
// nothing about what a report says and holds no list of formats; cmd hands it
// the renderers and words what it returns.
package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

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
	Run     string `json:"run"` // the name of the folder
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

// ManifestName is the file that a complete run has, and only a run.
const ManifestName = "manifest.json"

// Published says where a run is.
type Published struct {
	Run      string // its name
	Folder   string // its path
	Repeated bool   // it was there already, with the same bytes, and was left as it is
	Kept     []Kept // runs of the same inputs that hold something else

	// Unnamed is why the file latest does not name the run; nil when it does.
	Unnamed error
}

// Publish renders a document into a run folder. Nothing of it is visible until
// everything is written; an error means that nothing was published and that
// nothing stays behind. A cancelled context ends it at the next byte written.
func (o *Output) Publish(ctx context.Context, d *report.Document, renderers []Renderer) (*Published, error) {
	temp, err := os.MkdirTemp(o.dir, newPrefix)
	if err != nil {
		return nil, Cause(err)
	}
	defer os.RemoveAll(temp) // nothing is there once the run has its name
	m, err := renderAll(ctx, temp, d, renderers)
	if err != nil {
		return nil, err
	}
	p, err := o.place(d.RunName(), m)
	if err != nil {
		return nil, err
	}
	if !p.Repeated {
		if err := writeManifest(temp, m); err != nil {
			return nil, fmt.Errorf("%s: %w", ManifestName, Cause(err))
		}
		syncFolder(temp)
	}
	// The text of latest gets its name by a renaming, which takes no room: a full
	// disk is found out here.
	note, err := writeTemp(o.dir, notePrefix, []byte(p.Run+"\n"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", latestName, Cause(err))
	}
	defer os.Remove(note) // likewise
	if o.Ready != nil {
		if err := o.Ready(); err != nil {
			return nil, err
		}
	}
	if !p.Repeated {
		if err := os.Rename(temp, p.Folder); err != nil {
			return nil, fmt.Errorf("%s: %w", p.Run, Cause(err))
		}
		syncFolder(o.dir)
	}
	o.used = true
	p.Unnamed = Cause(os.Rename(note, filepath.Join(o.dir, latestName)))
	syncFolder(o.dir)
	return p, nil
}

// renderAll writes every report, several at a time. The manifest it returns
// lacks the name of the run.
func renderAll(ctx context.Context, temp string, d *report.Document, renderers []Renderer) (*Manifest, error) {
	made := d.Made()
	m := &Manifest{
		Schema: made.Schema, Tool: made.Tool, Version: made.Version,
		AsOf: d.AsOf.String(), Digest: made.Digest, Files: make([]File, len(renderers)),
	}
	shown := make([]report.Shown, len(renderers))
	var g errgroup.Group
	for i, r := range renderers {
		g.Go(func() error {
			f, s, err := renderFile(ctx, filepath.Join(temp, r.File), d, r)
			if err != nil {
				return fmt.Errorf("%s: %w", r.File, Cause(err))
			}
			m.Files[i], shown[i] = f, s
			return nil
		})
	}
	err := g.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, err
	}
	return m, m.reconcile(d, renderers, shown)
}

// counter counts and digests what is written through it, until it is told to
// stop.
type counter struct {
	ctx context.Context
	w   io.Writer
	h   hash.Hash
	n   int64
}

// Write writes to the file and the digest.
func (c *counter) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.w.Write(p)
	c.h.Write(p[:n])
	c.n += int64(n)
	return n, err
}

func renderFile(ctx context.Context, name string, d *report.Document, r Renderer) (File, report.Shown, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_EXCL, fileMode)
	if err != nil {
		return File{}, nil, err
	}
	c := &counter{ctx: ctx, w: f, h: sha256.New()}
	shown, err := r.Render(c, d)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return File{Name: r.File, Bytes: c.n, SHA256: hex.EncodeToString(c.h.Sum(nil))}, shown, err
}

// text is the manifest as it is written.
func (m *Manifest) text() ([]byte, error) {
	text, err := json.MarshalIndent(m, "", "  ")
	return append(text, '\n'), err
}

func writeManifest(temp string, m *Manifest) error {
	text, err := m.text()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(temp, ManifestName), os.O_CREATE|os.O_WRONLY|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	return fill(f, text)
}

// fill writes the text of a new file and closes it; its bytes are durable then.
func fill(f *os.File, text []byte) error {
	_, err := f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncFolder makes the entries of a folder durable, where the system can: not
// every file system can sync a folder.
func syncFolder(name string) {
	if f, err := os.Open(name); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// Cause is what went wrong with a file, without the operation and the path that
// an error of the system repeats: they may name a file nobody has heard of.
func Cause(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
