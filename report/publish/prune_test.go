package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plantRun puts a run into an output folder as it was published, of one file.
func plantRun(t *testing.T, dir, name string) {
	t.Helper()
	folder := filepath.Join(dir, name)
	sum := sha256.Sum256([]byte("{}"))
	m := Manifest{Schema: "2", Tool: "tierline", Run: name, AsOf: name[:10], Files: []File{{Name: "result.json", Bytes: 2, SHA256: hex.EncodeToString(sum[:])}}}
	text, err := m.text()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string][]byte{"result.json": []byte("{}"), ManifestName: text} {
		if err := os.WriteFile(filepath.Join(folder, file), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// METHOD 23.11.
func TestPrune(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"2026-01-05-00000001", "2026-01-12-00000002", "2026-01-19-00000003", "2026-02-02-00000004", "2026-02-09-00000005",
		"2026-03-02-00000006", "2026-03-09-00000007", "2026-03-09-00000007-2", "2026-03-16-00000008"} {
		plantRun(t, dir, name)
	}
	if err := os.WriteFile(filepath.Join(dir, "2026-01-05-00000001", "notes.txt"), []byte("keep"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "2026-02-02-00000004", "result.json"), []byte("[]"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "2026-01-06-00000009"), 0o700); err != nil { // no run
		t.Fatal(err)
	}
	o, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	others := func(p *Past) bool { return p.Run != "2026-03-02-00000006" }
	removed, err := o.Prune(2, others)
	if err != nil {
		t.Fatal(err)
	}
	// Of the last month two, of the others the newest; what somebody touched stays too.
	if diff := cmp.Diff([]string{"2026-01-12-00000002"}, removed[len(removed)-1:]); diff != "" {
		t.Error(diff)
	}
	var left []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), "2026-03-09") {
			left = append(left, e.Name())
		}
	}
	want := []string{"2026-01-05-00000001", "2026-01-06-00000009", "2026-01-19-00000003", "2026-02-02-00000004", "2026-02-09-00000005", "2026-03-02-00000006", "2026-03-16-00000008"}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Error(diff)
	}
	if len(removed) != 2 {
		t.Errorf("removed %v: one of 9 March stays, the one published last", removed)
	}
	if again, err := o.Prune(2, others); len(again) != 0 || err != nil {
		t.Errorf("the second time %v, %v", again, err)
	}
}

// METHOD 23.1: the newest first, of one day the one published last.
func TestList(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"2026-01-05-00000001", "2026-01-12-00000002", "2026-01-12-00000002-2"} {
		plantRun(t, dir, name)
	}
	for name, text := range map[string]string{"2026-01-19-00000003": "{", "2026-01-26-00000004": `{"tool":"webpack","as_of":"2026-01-26","files":[{}]}`, "Jane Doe": "{}"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, ManifestName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	runs, err := List(dir)
	if err != nil || len(runs) != 3 || runs[2].Run != "2026-01-05-00000001" {
		t.Fatalf("%v, %v", runs, err)
	}
	if err := runs[2].Intact("result.json"); err != nil {
		t.Error(err)
	}
	for file, want := range map[string]string{"seats.csv": "it has no seats.csv", "result.json": "result.json is missing from it"} {
		_ = os.Remove(filepath.Join(runs[2].Folder, "result.json"))
		if err := runs[2].Intact(file); err == nil || err.Error() != want {
			t.Errorf("%s: %v", file, err)
		}
	}
	if none, err := List(filepath.Join(dir, "nowhere")); none != nil || err != nil {
		t.Errorf("%v, %v", none, err)
	}
}

// FuzzManifest: whatever stands in a manifest, reading it ends without a panic.
func FuzzManifest(f *testing.F) {
	valid, _ := json.Marshal(Manifest{Tool: "tierline", AsOf: "2026-01-05", Files: []File{{Name: "result.json"}}})
	f.Add(valid)
	f.Fuzz(func(t *testing.T, text []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ManifestName), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if p, err := OpenRun(dir); err == nil {
			_ = p.Intact("result.json")
		}
	})
}
