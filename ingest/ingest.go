// Package ingest reads a folder of exports into an estate, a price book and a
// configuration, with diagnostics and an accounting of every row. Files are
// recognised by their header, never by name or place. It judges nothing:
// whether a seat is idle or a tier too large is decided above it. cmd calls
// [Load]; rules/rulestest does for the cases of rules.
package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"golang.org/x/sync/errgroup"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// Options say what to read besides the folder itself.
type Options struct {
	Out  string    // output folder, not to be read as input
	AsOf date.Date // overrides as_of of audit.yaml

	// Check looks at what audit.yaml says about things ingest does not know,
	// such as the options of rules; nil for nothing to check.
	Check func(*config.Config) error
}

// Loaded is what a folder says.
type Loaded struct {
	Estate      *estate.Estate
	Book        *pricing.Book
	Config      *config.Config
	Inputs      []estate.Input // in the order of their paths
	Diagnostics diag.List
	Refused     int                  // subscriptions rows that could not be read
	Rejected    []estate.RejectedRow // by place
}

// ConfigError is a mistake in audit.yaml: exit code 4. It holds every mistake
// of the file, a line each.
type ConfigError struct{ err error }

// Error returns all mistakes.
func (e *ConfigError) Error() string { return e.err.Error() }

// Load reads dir. An error means that the folder or audit.yaml cannot be
// used at all; everything that is wrong with single files and rows is a
// diagnostic.
func Load(ctx context.Context, dir string, opts Options) (*Loaded, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot read the folder %s: %w", dir, plainCause(err))
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is a file; expected the folder that holds the exports", dir)
	}
	cfg, err := readConfig(filepath.Join(dir, "audit.yaml"))
	if cfg != nil && opts.Check != nil {
		err = errors.Join(err, opts.Check(cfg))
	}
	if err != nil {
		return nil, &ConfigError{err}
	}
	if !opts.AsOf.IsZero() {
		cfg.AsOf = opts.AsOf
	}
	paths, diags, err := walk(dir, opts.Out)
	if err != nil {
		return nil, err
	}
	files, err := readFiles(ctx, dir, paths, cfg)
	if err != nil {
		return nil, err
	}
	l := &Loaded{Config: cfg, Diagnostics: diags}
	l.join(files)
	return l, nil
}

// plainCause strips the operation and path an os error repeats.
func plainCause(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// readFiles reads every file into its own slot, several at a time.
func readFiles(ctx context.Context, dir string, paths []string, cfg *config.Config) ([]*file, error) {
	files := make([]*file, len(paths))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, path := range paths {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			f := &file{path: path, cfg: cfg}
			files[i] = f
			f.open(filepath.Join(dir, filepath.FromSlash(path)))
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return files, nil
}

// maxFile is the largest file that is read: the promise of a million accounts
// needs a tenth of it.
const maxFile = 1 << 30

// open reads the bytes of a file, recognises its tables and reads them.
func (f *file) open(name string) {
	raw, err := readAll(name)
	if err != nil {
		f.input = append(f.input, estate.Input{Path: f.path, Title: "unreadable", Excluded: []estate.Excluded{}})
		f.diags.Add(diag.Incomplete, diag.Source{File: f.path}, "cannot be read: "+err.Error(), "nothing of it is in the figures")
		return
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		sum := sha256.Sum256(raw)
		f.sum = hex.EncodeToString(sum[:])
	})
	f.read(raw)
	wait.Wait()
	for i := range f.input {
		f.input[i].SHA256 = f.sum
	}
}

func readAll(name string) ([]byte, error) {
	h, err := os.Open(name)
	if err != nil {
		return nil, plainCause(err)
	}
	defer h.Close()
	info, err := h.Stat()
	if err != nil {
		return nil, plainCause(err)
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("larger than 1 GiB")
	}
	return readSized(h, int(info.Size()))
}

// readSized reads a file in two pieces side by side: getting the bytes of a
// large one takes a good part of the time that reading it may take.
func readSized(h *os.File, size int) ([]byte, error) {
	raw := roomFor(size)
	half := size / 2
	var wait sync.WaitGroup
	var n2 int
	var err2 error
	wait.Go(func() { n2, err2 = h.ReadAt(raw[half:], int64(half)) })
	n1, err1 := h.ReadAt(raw[:half], 0)
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

// roomFor makes room for the bytes of a file without filling it with zeros
// first, which of a large file takes as long as reading it: [strings.Builder]
// is what gives out such room. What is not written to must not be read.
func roomFor(size int) []byte {
	var b strings.Builder
	b.Grow(size + 1)
	b.WriteByte(0) // an empty text has no place
	return unsafe.Slice(unsafe.StringData(b.String()), size+1)[:size]
}

// Digest is the identity of a run: the path and content of every file read,
// the effective configuration, the as-of date and the program's version.
func (l *Loaded) Digest(asOf date.Date, version string) string {
	h := sha256.New()
	seen := map[string]bool{}
	for _, in := range l.Inputs {
		if !seen[in.Path] {
			fmt.Fprintf(h, "file %q %s\n", in.Path, in.SHA256)
		}
		seen[in.Path] = true
	}
	fmt.Fprintf(h, "as of %s\nversion %s\n%s", asOf, version, l.Config.Fingerprint())
	return hex.EncodeToString(h.Sum(nil))
}

// join puts what the files say together.
func (l *Loaded) join(files []*file) {
	dropCopies(files)
	e := &estate.Estate{Organisation: l.Config.Organisation}
	var changes []pricing.Change
	for _, f := range files {
		changes = append(changes, f.changes...)
		e.Headcount = append(e.Headcount, f.headcount...)
		e.Exceptions = append(e.Exceptions, f.exceptions...)
		e.UserCounts = append(e.UserCounts, f.counts...)
		e.AppUsage = append(e.AppUsage, f.usage...)
	}
	rows, refusals := gatherPrices(files)
	book, notes := pricing.NewBook(rows, changes, refusals, l.Config.Policy.AnnualFactor)
	l.Book, l.Estate = book, e
	l.Diagnostics = append(l.Diagnostics, notes.Diagnostics...)
	excludeRepeated(files, notes.Repeated)
	l.placeLists(files)
	dropEmptyLists(files)
	joinAccounts(e, files, &l.Diagnostics)
	l.joinSubscriptions(files)
	l.joinLicences(files)
	l.joinFacts(files)
	l.orderTables()
	l.crossCheck(files, changes)
	for _, f := range files {
		l.Inputs = append(l.Inputs, f.input...)
		l.Diagnostics = append(l.Diagnostics, f.fewer()...)
		l.Rejected = append(l.Rejected, f.rejected...)
	}
	slices.SortStableFunc(l.Rejected, func(a, b estate.RejectedRow) int { return a.Source.Compare(b.Source) })
	l.refuse(files)
}

// dropEmptyLists forgets lists of users without a row that could be read: a
// download that failed does not say that nobody has access.
func dropEmptyLists(files []*file) {
	for _, f := range files {
		f.users = slices.DeleteFunc(f.users, func(u *userList) bool { return len(u.rows) == 0 })
	}
}

// excludeRepeated moves price rows that repeat another from used to excluded.
func excludeRepeated(files []*file, repeated []diag.Source) {
	for _, at := range repeated {
		excludeRow(files, at, "repeats another row")
	}
}

// excludeRow moves a row that was used to the excluded ones.
func excludeRow(files []*file, at diag.Source, reason string) {
	for _, f := range files {
		for i := range f.input {
			if in := &f.input[i]; in.Path == at.File && in.Sheet == at.Sheet {
				in.Used--
				exclude(in, reason, 1)
			}
		}
	}
}

// exclude counts rows left out for a reason.
func exclude(in *estate.Input, reason string, n int) {
	i := slices.IndexFunc(in.Excluded, func(x estate.Excluded) bool { return x.Reason == reason })
	if i < 0 {
		in.Excluded = append(in.Excluded, estate.Excluded{Reason: reason})
		i = len(in.Excluded) - 1
	}
	in.Excluded[i].Rows += n
}

// shownRows is how many rejected rows of one file get a remark of their own;
// rejected.csv lists them all.
const shownRows = 1000

// fewer returns the remarks on a file, those on rejected rows only up to
// shownRows: a file that is broken throughout would drown everything else.
func (f *file) fewer() diag.List {
	n := 0
	out := slices.DeleteFunc(f.diags, func(d diag.Diagnostic) bool {
		if strings.HasPrefix(d.Message, "row rejected: ") {
			n++
			return n > shownRows
		}
		return false
	})
	if n > shownRows {
		out.Add(diag.Incomplete, diag.Source{File: f.path}, fmt.Sprintf("%d more rows rejected", n-shownRows), "see rejected.csv")
	}
	return out
}
