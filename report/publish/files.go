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

// Files renders a document into a folder that is no run, as [Place] does.
func Files(ctx context.Context, out string, d *report.Document, renderers []Renderer) ([]string, error) {
	names := make([]string, len(renderers))
	for i, r := range renderers {
		names[i] = r.File
	}
	return Place(out, names, func(temp string) error {
		_, err := renderAll(ctx, temp, d, renderers)
		return err
	})
}

// Place puts new files into a folder, which it makes if need be, all of them or
// none, and returns their paths. They are written elsewhere first, by write into
// the folder it is given. It writes over nothing: a file of such a name which is
// there is an error that is fs.ErrExist.
func Place(out string, names []string, write func(dir string) error) (paths []string, err error) {
	made, err := makeFolders(out)
	defer func() {
		if err != nil {
			removeAll(append(paths, made...))
			paths = nil
		}
	}()
	if err != nil {
		return nil, fmt.Errorf("cannot make the folder: %w", err)
	}
	for _, name := range names {
		if to := filepath.Join(out, name); there(to) {
			return nil, takenError(to)
		}
	}
	temp, err := os.MkdirTemp(out, newPrefix)
	if err != nil {
		return nil, fmt.Errorf("cannot write to the folder %s: %w", filepath.ToSlash(out), Cause(err))
	}
	defer os.RemoveAll(temp)
	if err := write(temp); err != nil {
		return nil, err
	}
	for _, name := range names {
		to := filepath.Join(out, name)
		if err := moveNew(filepath.Join(temp, name), to); err != nil {
			return paths, err
		}
		paths = append(paths, to)
	}
	return paths, nil
}

// Replace puts a text into a file for its owner alone, at once: nobody sees half
// of it, and whoever could read the file before cannot read what is in it now.
// What stands at the name and is no regular file is refused.
func Replace(name string, text []byte) error {
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is there and is no regular file", filepath.ToSlash(name))
	}
	temp, err := writeTemp(filepath.Dir(name), newPrefix, text)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.ToSlash(name), Cause(err))
	}
	if err := os.Rename(temp, name); err != nil {
		_ = os.Remove(temp)
		return fmt.Errorf("%s: %w", filepath.ToSlash(name), Cause(err))
	}
	return nil
}

// writeTemp writes a new file under a name that nobody can guess, which is what
// it returns.
func writeTemp(dir, prefix string, text []byte) (string, error) {
	f, err := os.CreateTemp(dir, prefix)
	if err != nil {
		return "", err
	}
	if err := fill(f, text); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// makeFolders makes a folder and those around it. It returns which it made, the
// innermost first.
func makeFolders(dir string) (made []string, err error) {
	for at := filepath.Clean(dir); !there(at) && at != filepath.Dir(at); at = filepath.Dir(at) {
		made = append(made, at)
	}
	return made, os.MkdirAll(dir, folderMode)
}

// removeAll removes files, and folders unless something is in them.
func removeAll(names []string) {
	for _, name := range names {
		_ = os.Remove(name)
	}
}

// moveNew gives a file a name that is free. A link fails where the name was
// taken meanwhile; a file system without links is asked before.
func moveNew(from, to string) error {
	err := os.Link(from, to)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist), there(to):
		return takenError(to)
	}
	return os.Rename(from, to)
}

// there reports whether a name is taken, by whatever.
func there(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// takenError is the path of a file that is there already.
type takenError string

// Error says so.
func (e takenError) Error() string { return filepath.ToSlash(string(e)) + " is there already" }

// Is reports that it is fs.ErrExist.
func (takenError) Is(target error) bool { return target == fs.ErrExist }
