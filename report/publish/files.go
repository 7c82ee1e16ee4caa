package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tierline/report"
)

// Files renders a document into a folder that is no run, and returns the paths
// of the files. It writes over nothing: a file of that name which is there is an
// error that is fs.ErrExist. On an error none of the files stays behind.
func Files(ctx context.Context, out string, d *report.Document, renderers []Renderer) (paths []string, err error) {
	if err := os.MkdirAll(out, folderMode); err != nil {
		return nil, fmt.Errorf("cannot make the output folder: %w", err)
	}
	for _, r := range renderers {
		if name := filepath.Join(out, r.File); there(name) {
			return nil, errThere(name)
		}
	}
	temp, err := os.MkdirTemp(out, newPrefix)
	if err != nil {
		return nil, fmt.Errorf("cannot write to the output folder %s: %w", filepath.ToSlash(out), plainCause(err))
	}
	defer os.RemoveAll(temp)
	if _, err := renderAll(ctx, temp, d, renderers); err != nil {
		return nil, err
	}
	for _, r := range renderers {
		name := filepath.Join(out, r.File)
		if err := moveNew(filepath.Join(temp, r.File), name); err != nil {
			for _, done := range paths {
				_ = os.Remove(done)
			}
			return nil, err
		}
		paths = append(paths, name)
	}
	return paths, nil
}

// moveNew gives a file a name that is free. A link fails where the name was
// taken meanwhile; a file system without links is asked before.
func moveNew(from, to string) error {
	err := os.Link(from, to)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist), there(to):
		return errThere(to)
	}
	return os.Rename(from, to)
}

// there reports whether a name is taken, by whatever.
func there(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

func errThere(name string) error {
	return fmt.Errorf("%s is there already: %w", filepath.ToSlash(name), fs.ErrExist)
}
