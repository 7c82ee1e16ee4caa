package publish

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"tierline/audit/date"
	"tierline/audit/estate"
)

// Past is a run that is there.
type Past struct {
	Run      string // its name
	Folder   string // its path
	AsOf     date.Date
	Manifest *Manifest

	written time.Time // which of several runs of one day was published last
}

// runNames are the names runs go by: the day, the digest, and which of several
// runs of the same inputs it is.
var runNames = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}-[0-9a-f]{8}(-[1-9]\d{0,5})?$`)

// List returns the runs in an output folder, the newest first: by as-of, then as
// they were published. A folder without a manifest that can be read is no run.
// An output folder that is not there holds none.
func List(dir string) ([]Past, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, Cause(err)
	}
	var out []Past
	for _, e := range entries {
		if !e.IsDir() || !runNames.MatchString(e.Name()) {
			continue
		}
		if p, err := OpenRun(filepath.Join(dir, e.Name())); err == nil {
			out = append(out, *p)
		}
	}
	slices.SortFunc(out, func(a, b Past) int {
		return cmp.Or(b.AsOf.Compare(a.AsOf), b.written.Compare(a.written), cmp.Compare(b.Run, a.Run))
	})
	return out, nil
}

// OpenRun reads the manifest of a run.
func OpenRun(folder string) (*Past, error) {
	info, err := os.Lstat(filepath.Join(folder, ManifestName))
	if err != nil {
		return nil, Cause(err)
	}
	m, _, err := readManifest(folder)
	if err != nil {
		return nil, err
	}
	day, err := date.Parse(m.AsOf)
	if err != nil || m.Tool != estate.Tool || len(m.Files) == 0 {
		return nil, fmt.Errorf("its %s is of no run of Tierline", ManifestName)
	}
	return &Past{Run: filepath.Base(folder), Folder: folder, AsOf: day, Manifest: m, written: info.ModTime()}, nil
}

// Latest returns the name of the run that an output folder says was published
// last.
func Latest(dir string) (string, error) {
	var text bytes.Buffer
	if err := read(&text, filepath.Join(dir, latestName), latestLimit); err != nil {
		return "", Cause(err)
	}
	name := strings.TrimSpace(text.String())
	if !runNames.MatchString(name) {
		return "", fmt.Errorf("its file %s names no run", latestName)
	}
	return name, nil
}

// latestLimit is more than the name of any run takes.
const latestLimit = 1 << 10

// Intact says why a file of the run is not what was published; nil when it is.
func (p *Past) Intact(file string) error {
	i := slices.IndexFunc(p.Manifest.Files, func(f File) bool { return f.Name == file })
	if i < 0 {
		return fmt.Errorf("it has no %s", file)
	}
	switch p.Manifest.Files[i].in(p.Folder) {
	case Missing:
		return fmt.Errorf("%s is missing from it", file)
	case Changed:
		return fmt.Errorf("%s was changed after it was published", file)
	}
	return nil
}

// SHA256 returns the digest of a file of the run, by its manifest.
func (p *Past) SHA256(file string) string {
	for _, f := range p.Manifest.Files {
		if f.Name == file {
			return f.SHA256
		}
	}
	return ""
}

// AnySize is no limit for a file to be read bit by bit.
const AnySize = math.MaxInt64

// Read opens a file of the run of at most so many bytes.
func (p *Past) Read(file string, limit int64) (io.ReadCloser, error) {
	f, err := os.OpenFile(filepath.Join(p.Folder, file), os.O_RDONLY|inPlace, 0)
	if err != nil {
		return nil, Cause(err)
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > limit {
		_ = f.Close()
		return nil, errTooLarge
	}
	return f, nil
}
