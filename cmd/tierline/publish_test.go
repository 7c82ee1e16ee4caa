package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tierline/audit"
	"tierline/report/publish"
	"tierline/samples"
)

// copySample copies a sample estate, without the runs of a demo. With shuffle
// the files are made in another order and with other times than the original.
func copySample(t *testing.T, name, to string, shuffle bool) {
	t.Helper()
	from, err := samples.Folder(name)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	err = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "runs" {
			return filepath.SkipDir
		}
		if !d.IsDir() {
			rel, err := filepath.Rel(from, path)
			if err != nil {
				return err
			}
			files = append(files, rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if shuffle {
		slices.Reverse(files)
	}
	for i, f := range files {
		text, err := os.ReadFile(filepath.Join(from, f))
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(to, f)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if shuffle {
			at := time.Date(2001+i, time.March, 4, 5, 6, 7, 8, time.UTC)
			if err := os.Chtimes(target, at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// filesBelow reads every file below a folder, by its path with slashes.
func filesBelow(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[path], err = fs.ReadFile(root, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// wantSameFiles compares two folders byte by byte.
func wantSameFiles(t *testing.T, want, got map[string][]byte) {
	t.Helper()
	if w, g := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)); !slices.Equal(w, g) {
		t.Fatalf("files %q, want %q", g, w)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if w, g := want[name], got[name]; !bytes.Equal(w, g) {
			at := 0
			for at < min(len(w), len(g)) && w[at] == g[at] {
				at++
			}
			t.Errorf("%s: %d bytes, want %d; they differ from byte %d on: got %.60q, want %.60q", name, len(g), len(w), at, g[at:], w[at:])
		}
	}
}

// runFolder returns the run folder named by the file latest.
func runFolder(t *testing.T, out string) string {
	t.Helper()
	name, err := os.ReadFile(filepath.Join(out, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(out, strings.TrimSuffix(string(name), "\n"))
}

// wantManifest checks that the manifest of a run lists every other file of it
// with its right size and hash.
func wantManifest(t *testing.T, folder string) {
	t.Helper()
	for _, fault := range manifestFaults(filepath.Base(folder), filesBelow(t, folder)) {
		t.Error(fault)
	}
}

// manifestFaults says where the files of a run differ from its manifest. It
// empties the list of files.
func manifestFaults(run string, files map[string][]byte) (faults []string) {
	add := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	var m publish.Manifest
	if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
		add("manifest.json: %v", err)
		return faults
	}
	if m.Run != run {
		add("the manifest is of run %q, its folder is %q", m.Run, run)
	}
	if !strings.HasPrefix(m.Run+"-", m.AsOf+"-"+m.Digest[:8]+"-") {
		add("run %q is not named after its day %s and digest %s", m.Run, m.AsOf, m.Digest)
	}
	delete(files, "manifest.json")
	for _, f := range m.Files {
		text, ok := files[f.Name]
		if !ok {
			add("the manifest lists %s, which is missing or listed twice", f.Name)
			continue
		}
		delete(files, f.Name)
		if int64(len(text)) != f.Bytes {
			add("%s has %d bytes, the manifest says %d", f.Name, len(text), f.Bytes)
		}
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != f.SHA256 {
			add("%s has sha256 %x, the manifest says %s", f.Name, sum, f.SHA256)
		}
	}
	for name := range files {
		add("%s is not in the manifest", name)
	}
	return faults
}

func publishSample(t *testing.T, args ...string) {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(context.Background(), args, &out, &errOut); code != exitComplete {
		t.Fatalf("tierline %s: exit %d\n%s%s", strings.Join(args, " "), code, &out, &errOut)
	}
}

func TestManifestHasTheHashOfEveryFile(t *testing.T) {
	t.Parallel()
	for _, sample := range samples.Names() {
		t.Run(sample, func(t *testing.T) {
			wantManifest(t, audited(t, sample).folder)
		})
	}
}

func TestSameInputsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	const sample = "acme"
	temp := t.TempDir()
	dir, err := samples.Folder(sample)
	if err != nil {
		t.Fatal(err)
	}
	first := filepath.Join(temp, "first")
	publishSample(t, "audit", dir, "--out", first, "--jobs", "1")
	want := filesBelow(t, first)

	t.Run("sixteen jobs", func(t *testing.T) {
		out := filepath.Join(temp, "second")
		publishSample(t, "audit", dir, "--out", out, "--jobs", "16")
		wantSameFiles(t, want, filesBelow(t, out))
	})
	t.Run("published again in place", func(t *testing.T) {
		publishSample(t, "audit", dir, "--out", first)
		wantSameFiles(t, want, filesBelow(t, first))
	})
	t.Run("a copy made in another order at another time", func(t *testing.T) {
		moved := filepath.Join(temp, "elsewhere", "copy")
		copySample(t, sample, moved, true)
		publishSample(t, "audit", moved) // beside the inputs, in runs
		wantSameFiles(t, want, filesBelow(t, filepath.Join(moved, "runs")))
		publishSample(t, "audit", moved) // the first run is no input of the second
		wantSameFiles(t, want, filesBelow(t, filepath.Join(moved, "runs")))
	})
}

// What the tool itself gets wrong, such as a check that does not hold or here a
// rule without an id, is a failed run (1), not a mistake in the configuration.
func TestTheToolsOwnFailureIsExit1(t *testing.T) {
	dir, err := samples.Folder("acme")
	if err != nil {
		t.Fatal(err)
	}
	in := inputs{dir: dir, asOf: asOf}
	_, err = in.load(context.Background(), []*audit.Rule{{}})
	var exit *exitError
	if err == nil || errors.As(err, &exit) {
		t.Errorf("got %v (%v), want an error without a code of its own", err, exit)
	}
}
