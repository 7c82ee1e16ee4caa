package publish

import (
	"os"
	"path/filepath"
	"strings"
)

// asideSuffix ends the name of a run that version 0.1.0 put aside before it put
// the same run in its place again.
const asideSuffix = "-old"

// tidy clears away what killed runs left behind, since it may hold names. Only
// who holds the lock may: what another run is writing looks the same.
func (o *Output) tidy() error {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := filepath.Join(o.dir, e.Name())
		if aside, ok := strings.CutSuffix(e.Name(), asideSuffix); ok && leftover(aside) {
			if err := o.restore(name); err != nil {
				return err
			}
		} else if !leftover(e.Name()) {
			continue
		}
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}

// leftover reports whether a name is one that an unfinished run goes by.
func leftover(name string) bool {
	digits, ok := strings.CutPrefix(name, newPrefix)
	if !ok {
		digits, ok = strings.CutPrefix(name, notePrefix)
	}
	return ok && digits != "" && (strings.Trim(digits, "0123456789") == "" || name == notePrefix+"new")
}

// restore gives a run that was put aside its place back. Where another one has
// taken it, the run is worth keeping only if somebody changed it.
func (o *Output) restore(aside string) error {
	m, _, k := inspect(aside)
	if m == nil || !runName(m.Run) {
		return nil // half removed
	}
	name := filepath.Join(o.dir, m.Run)
	if there(name) && (k.Why == Alike || k.Why == Missing) {
		return nil
	}
	for n := 2; there(name); n++ {
		name = filepath.Join(o.dir, numbered(m.Run, n))
	}
	return os.Rename(aside, name)
}

// runName reports whether a text can be the name of a folder of a run.
func runName(text string) bool {
	return filepath.IsLocal(text) && filepath.Base(text) == text && !strings.HasPrefix(text, ".")
}
