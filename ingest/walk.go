package ingest

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/sheet"
)

// manifestName is the file in which a folder says that Tierline published it;
// what stands in such a folder is output, not input.
const manifestName = "manifest.json"

// walker looks for the files below a folder that may be inputs.
type walker struct {
	dir    string
	skip   map[string]bool // folders, by absolute path
	inputs []config.Input

	paths []string
	diags diag.List
}

// walk lists the files below dir that may be inputs, by path with slashes:
// those whose extension [readable] knows, but not dot names, lock files of office
// programs, the output folder, dir/runs or a published run (METHOD 14.1). Links
// to folders are not followed, links to files are.
func walk(dir, out string, inputs []config.Input) ([]string, diag.List, error) {
	w := &walker{dir: dir, skip: map[string]bool{absolute(filepath.Join(dir, "runs")): true}, inputs: inputs}
	if out != "" {
		w.skip[absolute(out)] = true
	}
	err := filepath.WalkDir(dir, w.entry)
	slices.Sort(w.paths)
	return w.paths, w.diags, err
}

// entry looks at one name below the folder.
func (w *walker) entry(name string, d fs.DirEntry, err error) error {
	rel := relative(w.dir, name)
	switch {
	case err != nil && rel == ".":
		return fmt.Errorf("cannot read the folder %s: %w", w.dir, plainCause(err))
	case err != nil:
		w.unreadable(rel, err)
		return nil
	case rel == ".":
		return nil
	case strings.HasPrefix(d.Name(), "."), strings.HasPrefix(d.Name(), "~$"):
		return skipped(d)
	case d.IsDir():
		if w.skip[absolute(name)] || published(name) {
			return fs.SkipDir
		}
		return nil
	}
	w.file(name, rel)
	return nil
}

// file takes a file as an input, or says why it is none.
func (w *walker) file(name, rel string) {
	kind := strings.ToLower(filepath.Ext(name))
	if !readable(kind) && unread[kind] == "" && !documents[kind] {
		return
	}
	info, err := os.Stat(name)
	at := diag.Source{File: rel}
	switch {
	case err != nil:
		w.unreadable(rel, err)
	case info.IsDir():
		// a link to a folder
	case !info.Mode().IsRegular():
		w.diags.Add(diag.Warning, at, "is not a regular file and was skipped", "")
	case sheet.InputFor(rel, w.inputs).Format == config.Ignore:
		w.diags.Add(diag.Note, at, "left out, as audit.yaml says", "")
	case documents[kind]:
		w.diags.Add(diag.Note, at, notATable+"; left out", "")
	case unread[kind] != "":
		w.diags.Add(diag.Incomplete, at, "cannot be read; nothing of it is in the figures",
			fmt.Sprintf("%s, or say that it is none of the inputs: inputs: [{glob: %q, format: %s}]", unread[kind], rel, config.Ignore))
	default:
		w.paths = append(w.paths, rel)
	}
}

func (w *walker) unreadable(rel string, err error) {
	w.diags.Add(diag.Incomplete, diag.Source{File: rel}, "cannot be read: "+plainCause(err).Error(), "nothing of it is in the figures")
}

// notATable is said of texts and documents that people keep beside the inputs.
const notATable = "no table or export"

// readable reports whether files of a kind are read.
func readable(kind string) bool {
	switch kind {
	case ".csv", ".xlsx", ".json", ".tsv", textKind:
		return true
	}
	return false
}

// textKind is the extension of files that are tables only where their header
// says so.
const textKind = ".txt"

// documents are kinds of files that hold no table.
var documents = map[string]bool{".pdf": true, ".docx": true}

// unread are kinds of files that may hold inputs which cannot be read, with
// what to do about it.
var unread = map[string]string{
	".xls": "save it as .xlsx or as CSV", ".ods": "save it as .xlsx or as CSV", ".zip": "unpack it", ".gz": "unpack it",
}

func skipped(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// published reports whether a folder is a run: its manifest names Tierline. Other
// programs write a file of that name too.
func published(folder string) bool {
	h, _, err := openRegular(filepath.Join(folder, manifestName), maxManifest)
	if err != nil {
		return false
	}
	defer h.Close()
	var manifest struct{ Tool string }
	return json.NewDecoder(h).Decode(&manifest) == nil && manifest.Tool == estate.Tool
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
