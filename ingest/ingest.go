// Package ingest reads a folder of exports into an estate, a price book and a
// configuration, with diagnostics and an accounting of every row. Files are
// recognised by their header, never by name or place. It judges nothing:
// whether a seat is idle or a tier too large is decided above it. cmd calls
// [Load]; rules/rulestest does for the cases of rules.
package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/progress"
	"tierline/audit/pseudonym"
	"tierline/ingest/audityaml"
)

// Options say what to read besides the folder itself.
type Options struct {
	Out   string    // output folder, not to be read as input
	AsOf  date.Date // overrides as_of of audit.yaml
	Today date.Date // the as-of day where neither says one

	// Names is the key of a redacted run, whose decisions name people by pseudonyms;
	// the zero value for none.
	Names pseudonym.Key

	// Check looks at what audit.yaml says about things ingest does not know,
	// such as the options of rules; nil for nothing to check.
	Check func(*config.Config) error

	Progress *progress.Count // nil where nobody watches
}

// Load reads dir. An error means that the folder or audit.yaml cannot be
// used at all; everything that is wrong with single files and rows is a
// diagnostic.
func Load(ctx context.Context, dir string, opts Options) (*Loaded, error) {
	if err := Readable(dir); err != nil {
		return nil, err
	}
	cfg, err := readConfig(ctx, dir)
	if cfg != nil {
		err = errors.Join(err, readLogo(ctx, dir, cfg))
	}
	if cfg != nil && opts.Check != nil {
		err = errors.Join(err, opts.Check(cfg))
	}
	if err != nil {
		return nil, &ConfigError{err}
	}
	assumed := settleAsOf(cfg, opts)
	if err := checkExported(cfg); err != nil {
		return nil, &ConfigError{err}
	}
	paths, diags, err := walk(dir, opts.Out, cfg.Inputs)
	if err != nil {
		return nil, err
	}
	files, err := readFiles(ctx, dir, paths, cfg, opts.Progress)
	if err != nil {
		return nil, err
	}
	l := &Loaded{names: opts.Names, Config: cfg, AsOfAssumed: assumed, Diagnostics: diags, walked: slices.Clone(diags)}
	l.join(files)
	return l, nil
}

// Readable says why a folder of exports cannot be read; nil when it can.
func Readable(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; expected the folder that holds the exports", dir)
	}
	if err == nil {
		_, err = os.ReadDir(dir)
	}
	if err == nil { // its names may be listed and what they name be closed
		_, err = os.Lstat(filepath.Join(dir, audityaml.Name))
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) || info == nil {
		return fmt.Errorf("cannot read the folder %s: %w", dir, plainCause(err))
	}
	return nil
}

// settleAsOf decides the as-of day, from which on no date of an export is taken
// for its day, and reports whether it is assumed.
func settleAsOf(cfg *config.Config, opts Options) (assumed bool) {
	switch {
	case !opts.AsOf.IsZero():
		cfg.AsOf = opts.AsOf
	case cfg.AsOf.IsZero():
		cfg.AsOf = opts.Today
		return true
	}
	return false
}

// checkExported refuses an export that audit.yaml dates after as-of: what it
// says was not known then.
func checkExported(cfg *config.Config) error {
	var wrong []error
	for i := range cfg.Inputs {
		if in := &cfg.Inputs[i]; !cfg.AsOf.IsZero() && in.ExportedOn.After(cfg.AsOf) {
			wrong = append(wrong, fmt.Errorf("%s: exported_on %s of %q is after the as-of date %s; expected that day or an earlier one",
				in.Source, in.ExportedOn, in.Glob, cfg.AsOf))
		}
	}
	return errors.Join(wrong...)
}

// readConfig reads audit.yaml; a folder without one gets the defaults.
func readConfig(ctx context.Context, dir string) (*config.Config, error) {
	if err := misnamed(dir); err != nil {
		return nil, err
	}
	raw, err := readRegular(ctx, filepath.Join(dir, audityaml.Name), maxConfig)
	if errors.Is(err, os.ErrNotExist) {
		cfg := config.Default()
		return &cfg, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", audityaml.Name, err)
	}
	return audityaml.Parse(raw, append(formatIDs(), config.Ignore))
}

// misnamed refuses a folder in which audit.yaml goes by a name that is not read:
// what it says would be left out silently.
func misnamed(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // the walk tells
	}
	for _, e := range entries {
		if e.IsDir() || e.Name() == audityaml.Name {
			continue
		}
		switch strings.ToLower(e.Name()) {
		case audityaml.Name, "audit.yml", audityaml.Name + textKind, "audit.yml" + textKind:
			return fmt.Errorf("%s: the configuration is read from %s alone; rename or remove the file", e.Name(), audityaml.Name)
		}
	}
	return nil
}

// inFlight is how many bytes of files are read at a time: many small ones, or one
// large one, which is read in parts side by side anyway.
const inFlight = 32 << 20

// keptFiles is how large files may be together for their text to stay in memory,
// of which the accounts then are pieces. A million accounts take a half of it.
const keptFiles = 256 << 20

// sizesOf returns how large each file is, and whether what is kept of their text
// has to be copied.
func sizesOf(dir string, paths []string) (sizes []int64, copied bool) {
	for _, path := range paths {
		sizes = append(sizes, sizeOf(filepath.Join(dir, filepath.FromSlash(path))))
	}
	return sizes, sum(sizes) > keptFiles
}

func sum(sizes []int64) (all int64) {
	for _, size := range sizes {
		all += size
	}
	return all
}

// beyond says which files are not read, since those smaller than they leave no
// room: tables of a few lines are read whatever lies beside them.
func beyond(sizes []int64, limit int64) []bool {
	order := make([]int, len(sizes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sizes[a], sizes[b]) })
	out := make([]bool, len(sizes))
	for _, i := range order {
		limit -= sizes[i]
		out[i] = limit < 0
	}
	return out
}

// readFiles reads every file into its own slot, several at a time. Those that
// would make them all larger than one run reads are refused, the largest first.
func readFiles(ctx context.Context, dir string, paths []string, cfg *config.Config, count *progress.Count) ([]*file, error) {
	files := make([]*file, len(paths))
	formats := newKnown()
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	sizes, copied := sizesOf(dir, paths)
	count.Begin(progress.Reading, sum(sizes))
	flow, room, refused := semaphore.NewWeighted(inFlight), newRoom(), beyond(sizes, maxFiles)
	large := 0 // files as large as are read at a time
	for i, path := range paths {
		f, size := newFile(path, cfg, formats), sizes[i]
		f.Copy, files[i] = copied, f
		if refused[i] {
			f.Unreadable("not read", "not read: with it the files are larger than "+sizeText(maxFiles)+" together")
			room.admit(i, f)
			continue
		}
		weight := min(size, inFlight)
		if flow.Acquire(ctx, weight) != nil {
			break // the run is over
		}
		if weight == inFlight {
			if large++; large > 1 {
				debug.FreeOSMemory() // the bytes of another large file may still be there
			}
		}
		g.Go(func() error {
			defer flow.Release(weight)
			f.open(ctx, filepath.Join(dir, filepath.FromSlash(path)))
			room.admit(i, f)
			count.Add(size)
			count.AddRows(f.rowsRead())
			return nil
		})
	}
	if err := errors.Join(g.Wait(), ctx.Err()); err != nil {
		return nil, err // and not what an interrupted reader found
	}
	return files, nil
}

// Holds reports whether a folder is one to audit: it holds audit.yaml, a file that
// may be an input, or something that cannot be read and has to be told of.
func Holds(dir string) bool {
	if _, err := os.Lstat(filepath.Join(dir, audityaml.Name)); err == nil {
		return true
	}
	paths, remarks, err := walk(dir, "", nil)
	return err != nil || len(paths) > 0 || len(remarks) > 0
}
