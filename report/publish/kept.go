package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Kept is a run of the same inputs that stays as it is and holds something else
// than this one.
type Kept struct {
	Run  string // its name
	Why  Difference
	File string // which is changed or missing; empty when it is the folder as a whole
}

// Difference is what somebody did to a run, or what it is instead.
type Difference uint8

const (
	// Alike: every file is what the manifest says.
	Alike Difference = iota
	// Changed: a file has other bytes.
	Changed
	// Missing: a file is gone.
	Missing
	// Added: a file came in.
	Added
	// Unreadable: it is no folder with a manifest, or cannot be read.
	Unreadable
	// Other: nobody touched it, but it holds other reports.
	Other
)

// place finds where a run goes: to the first of its name, its name with -2, -3
// and so on, that is free or holds the same files. It fills in the name.
func (o *Output) place(name string, m *Manifest) (*Published, error) {
	p := &Published{}
	for n := 1; ; n++ {
		m.Run = numbered(name, n)
		p.Run, p.Folder = m.Run, filepath.Join(o.dir, m.Run)
		if !there(p.Folder) {
			return p, nil
		}
		want, err := m.text()
		if err != nil {
			return nil, err
		}
		_, got, k := inspect(p.Folder)
		switch {
		case k.Why == Alike && bytes.Equal(got, want):
			p.Repeated = true
			return p, nil
		case k.Why == Alike:
			k.Why = Other
		}
		k.Run = m.Run
		p.Kept = append(p.Kept, k)
	}
}

// numbered is the name of the nth run of the same inputs.
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, n)
}

// manifestLimit is more than any manifest takes.
const manifestLimit = 1 << 20

// readManifest returns the manifest of a run read and as it stands.
func readManifest(folder string) (*Manifest, []byte, error) {
	var text bytes.Buffer
	if err := read(&text, filepath.Join(folder, ManifestName), manifestLimit); err != nil {
		return nil, nil, Cause(err)
	}
	m := &Manifest{}
	if json.Unmarshal(text.Bytes(), m) != nil {
		return nil, nil, fmt.Errorf("its %s cannot be read", ManifestName)
	}
	return m, text.Bytes(), nil
}

// inspect compares a run with its own manifest, which it returns read and as it
// stands.
func inspect(folder string) (*Manifest, []byte, Kept) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, nil, Kept{Why: Unreadable}
	}
	m, text, err := readManifest(folder)
	if err != nil || len(m.Files) == 0 {
		return nil, nil, Kept{Why: Unreadable}
	}
	listed := map[string]bool{ManifestName: true}
	for _, f := range m.Files {
		listed[f.Name] = true
		if why := f.in(folder); why != Alike {
			return m, text, Kept{Why: why, File: f.Name}
		}
	}
	for _, e := range entries {
		if !listed[e.Name()] && !bySystem(e.Name()) {
			return m, text, Kept{Why: Added}
		}
	}
	return m, text, Kept{}
}

// in compares a file of a manifest with the one of its name in a folder.
func (f *File) in(folder string) Difference {
	h := sha256.New()
	err := read(h, filepath.Join(folder, f.Name), f.Bytes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Missing
	case err != nil || hex.EncodeToString(h.Sum(nil)) != f.SHA256:
		return Changed
	}
	return Alike
}

// bySystem reports whether a file is one that operating systems and office
// programs put beside those that people look at.
func bySystem(name string) bool {
	switch strings.ToLower(name) {
	case ".ds_store", "thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~lock.") || strings.HasPrefix(name, "._")
}

var errTooLarge = errors.New("larger than it should be")

// read copies a regular file of at most so many bytes.
func read(to io.Writer, name string, limit int64) error {
	f, err := os.OpenFile(name, os.O_RDONLY|inPlace, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular(), info.Size() > limit:
		return errTooLarge
	}
	_, err = io.Copy(to, io.LimitReader(f, limit))
	return err
}
