package publish

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/report"
)

func document(digest string) *report.Document {
	return &report.Document{AsOf: date.New(2026, time.November, 21), Result: &audit.Result{Run: audit.RunInfo{Schema: "1", Digest: digest}}}
}

func writes(text string) func(io.Writer, *report.Document) error {
	return func(w io.Writer, _ *report.Document) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

const digest = "0123456789abcdef"

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestPublish(t *testing.T) {
	out := t.TempDir()
	folder, err := Publish(out, document(digest), []Renderer{{"a.txt", writes("one")}, {"b.txt", writes("two")}})
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(out, "2026-11-21-01234567"); folder != want {
		t.Errorf("folder %s, want %s", folder, want)
	}
	if got := names(t, folder); got != "a.txt b.txt manifest.json" {
		t.Errorf("files: %s", got)
	}
	if got := names(t, out); got != "2026-11-21-01234567 latest" {
		t.Errorf("output folder: %s", got)
	}
	latest, _ := os.ReadFile(filepath.Join(out, "latest"))
	if string(latest) != "2026-11-21-01234567\n" {
		t.Errorf("latest: %q", latest)
	}
	var m Manifest
	text, _ := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != 2 || m.Files[0].Name != "a.txt" || m.Files[0].Bytes != 3 ||
		m.Files[0].SHA256 != "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed" {
		t.Errorf("manifest: %+v", m.Files)
	}
}

// TestFailureLeavesNothing: when one report fails, no run appears and the run
// published before stays as it was.
func TestFailureLeavesNothing(t *testing.T) {
	out := t.TempDir()
	if _, err := Publish(out, document(digest), []Renderer{{"a.txt", writes("one")}}); err != nil {
		t.Fatal(err)
	}
	broken := func(w io.Writer, _ *report.Document) error {
		_, _ = io.WriteString(w, "half")
		return errors.New("disk full")
	}
	for _, d := range []string{digest, "fedcba9876543210"} {
		_, err := Publish(out, document(d), []Renderer{{"a.txt", writes("other")}, {"b.txt", broken}})
		if err == nil || !strings.Contains(err.Error(), "b.txt: disk full") {
			t.Errorf("error: %v", err)
		}
	}
	if got := names(t, out); got != "2026-11-21-01234567 latest" {
		t.Errorf("output folder after failures: %s", got)
	}
	if text, _ := os.ReadFile(filepath.Join(out, "2026-11-21-01234567", "a.txt")); string(text) != "one" {
		t.Errorf("the earlier run changed: %q", text)
	}
}

func TestPublishAgainReplaces(t *testing.T) {
	out := t.TempDir()
	for _, text := range []string{"spoilt", "right"} {
		if _, err := Publish(out, document(digest), []Renderer{{"a.txt", writes(text)}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, out); got != "2026-11-21-01234567 latest" {
		t.Errorf("output folder: %s", got)
	}
	if text, _ := os.ReadFile(filepath.Join(out, "2026-11-21-01234567", "a.txt")); string(text) != "right" {
		t.Errorf("a.txt: %q", text)
	}
}

func TestLock(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new", "folder")
	unlock, err := Lock(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(out); !errors.Is(err, ErrLocked) {
		t.Errorf("a second lock: %v, want %v", err, ErrLocked)
	}
	unlock()
	again, err := Lock(out)
	if err != nil {
		t.Fatalf("after unlocking: %v", err)
	}
	again()
}
