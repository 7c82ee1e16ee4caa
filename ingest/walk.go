package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tierline/audit/diag"
)

// manifestName is the file that marks a folder as published by Tierline; what
// stands in such a folder is output, not input.
const manifestName = "manifest.json"

// walk lists the files below dir that may be inputs, by path with slashes:
// .csv, .xlsx and .json in any case, but not dot names, lock files of office
// programs, the output folder, dir/runs or a published run (METHOD 14.1). Links
// to folders are not followed, links to files are.
func walk(dir, out string) ([]string, diag.List, error) {
	var paths []string
	var diags diag.List
	skip := map[string]bool{absolute(filepath.Join(dir, "runs")): true}
	if out != "" {
		skip[absolute(out)] = true
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		rel := relative(dir, name)
		if err != nil {
			if rel == "." {
				return fmt.Errorf("cannot read the folder %s: %w", dir, plainCause(err))
			}
			diags.Add(diag.Incomplete, diag.Source{File: rel}, "cannot be read: "+plainCause(err).Error(), "nothing of it is in the figures")
			return nil
		}
		if rel == "." {
			return nil
		}
		if strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "~$") {
			return skipped(d)
		}
		if d.IsDir() {
			if skip[absolute(name)] || isFile(filepath.Join(name, manifestName)) {
				return fs.SkipDir
			}
			return nil
		}
		if !readable(d.Name()) {
			return nil
		}
		info, statErr := os.Stat(name)
		switch {
		case statErr != nil:
			diags.Add(diag.Incomplete, diag.Source{File: rel}, "cannot be read: "+plainCause(statErr).Error(), "nothing of it is in the figures")
		case info.IsDir():
			// a link to a folder
		case !info.Mode().IsRegular():
			diags.Add(diag.Warning, diag.Source{File: rel}, "is not a regular file and was skipped", "")
		default:
			paths = append(paths, rel)
		}
		return nil
	})
	slices.Sort(paths)
	return paths, diags, err
}

func skipped(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func readable(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".xlsx", ".json":
		return true
	}
	return false
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func absolute(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	return abs
}

func relative(dir, name string) string {
	rel, err := filepath.Rel(dir, name)
	if err != nil {
		return name
	}
	return filepath.ToSlash(rel)
}
