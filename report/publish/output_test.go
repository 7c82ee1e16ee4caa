package publish

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tierline/report"
)

func TestLock(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new", "folder")
	o, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(out); !errors.Is(err, ErrLocked) {
		t.Errorf("a second lock: %v, want %v", err, ErrLocked)
	}
	o.Close()
	if o, err = Open(out); err != nil {
		t.Fatalf("after closing: %v", err)
	}
	o.Close()
}

// TestNothingPublishedNothingMade: folders that were made for a run go with it,
// others stay.
func TestNothingPublishedNothingMade(t *testing.T) {
	top := t.TempDir()
	open := func() {
		t.Helper()
		o, err := Open(filepath.Join(top, "a", "b"))
		if err != nil {
			t.Fatal(err)
		}
		o.Close()
	}
	open()
	if got := names(t, top); got != "" {
		t.Errorf("left: %s", got)
	}
	if err := os.MkdirAll(filepath.Join(top, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	open()
	if got, inside := names(t, top), names(t, filepath.Join(top, "a")); got != "a" || inside != "" {
		t.Errorf("left %q, in it %q", got, inside)
	}
	if err := os.MkdirAll(filepath.Join(top, "a", "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	open()
	if _, err := os.Lstat(filepath.Join(top, "a", "b", lockName)); err != nil {
		t.Errorf("the lock of a folder that was there: %v", err)
	}
}

// TestLockFileRemoved: who got the lock of a file that has another name by then
// holds nothing.
func TestLockFileRemoved(t *testing.T) {
	out := t.TempDir()
	o, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if err := os.Remove(filepath.Join(out, lockName)); err != nil {
		t.Fatal(err)
	}
	if o.holds() {
		t.Error("the lock still holds after its file was removed")
	}
	write(t, "", out, lockName)
	if o.holds() {
		t.Error("the lock holds by another file of its name")
	}
}

// TestOneHolds: of many runs that begin and end at once, each making the folder
// and taking it away again, one at a time holds the lock.
func TestOneHolds(t *testing.T) {
	out := filepath.Join(t.TempDir(), "a", "b")
	var holders, turns atomic.Int32
	var runs sync.WaitGroup
	for range 8 {
		runs.Go(func() {
			for range 300 {
				o, err := Open(out)
				if errors.Is(err, ErrLocked) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if n := holders.Add(1); n > 1 {
					t.Errorf("%d runs hold the lock", n)
				}
				turns.Add(1)
				time.Sleep(100 * time.Microsecond) // for another one to come
				holders.Add(-1)
				o.Close()
			}
		})
	}
	runs.Wait()
	if turns.Load() < 8 {
		t.Errorf("the lock was taken %d times", turns.Load())
	}
}

// TestReadyStops: whoever is asked before the run appears can still stop it.
func TestReadyStops(t *testing.T) {
	out := t.TempDir()
	o, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	stop := errors.New("stop")
	o.Ready = func() error {
		if got := names(t, out); !strings.Contains(got, newPrefix) || !strings.Contains(got, notePrefix) || strings.Contains(got, run) {
			t.Errorf("asked when the folder holds %q", got)
		}
		return stop
	}
	if _, err := o.Publish(context.Background(), document(digest), two("one", "two")); !errors.Is(err, stop) {
		t.Errorf("got %v, want %v", err, stop)
	}
	if got := names(t, out); got != "" {
		t.Errorf("left: %s", got)
	}
}

// TestCancelledAtTheNextByte: a renderer that writes on is stopped.
func TestCancelledAtTheNextByte(t *testing.T) {
	out := t.TempDir()
	o, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	ctx, cancel := context.WithCancel(context.Background())
	written := 0
	long := func(w io.Writer, _ *report.Document) (report.Shown, error) {
		for ; written < 1000; written++ {
			if _, err := io.WriteString(w, "x"); err != nil {
				return nil, errors.New("wrapped without a cause")
			}
			if written == 10 {
				cancel()
			}
		}
		return nil, nil
	}
	if _, err := o.Publish(ctx, document(digest), []Renderer{{File: "a.txt", Render: long}}); !errors.Is(err, context.Canceled) || written > 11 {
		t.Errorf("got %v after %d writes, want %v after 11", err, written, context.Canceled)
	}
	if got := names(t, out); got != "" {
		t.Errorf("left: %s", got)
	}
}

// TestUnnamed: a run is there also when latest cannot be written, and says so.
func TestUnnamed(t *testing.T) {
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, latestName, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	p, err := publish(t, out, document(digest), two("one", "two"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Unnamed == nil || strings.Contains(p.Unnamed.Error(), out) {
		t.Errorf("latest is a folder: %v", p.Unnamed)
	}
	if got := names(t, out); got != run+" "+latestName {
		t.Errorf("output folder: %s", got)
	}
}

// TestLeftOvers clears away what killed runs left, of this version and of the
// one that put a run aside to replace it; what is none of it stays.
func TestLeftOvers(t *testing.T) {
	out := t.TempDir()
	for _, d := range []string{digest, "fedcba9876543210", "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"} {
		if _, err := publish(t, out, document(d), two("one", "two")); err != nil {
			t.Fatal(err)
		}
	}
	copyTo := func(from, to string) {
		t.Helper()
		if err := os.CopyFS(filepath.Join(out, to), os.DirFS(filepath.Join(out, from))); err != nil {
			t.Fatal(err)
		}
	}
	const orphan, again, changed = "2026-11-21-fedcba98", "2026-11-21-aaaaaaaa", "2026-11-21-bbbbbbbb"
	copyTo(orphan, ".new-1-old") // killed between the two renames
	if err := os.RemoveAll(filepath.Join(out, orphan)); err != nil {
		t.Fatal(err)
	}
	copyTo(run, ".new-1")
	copyTo(again, ".new-22-old") // killed before it was removed
	copyTo(again, ".new-23-old") // and while
	os.Remove(filepath.Join(out, ".new-23-old", "a.txt"))
	copyTo(changed, ".new-333-old") // somebody had changed it
	write(t, "one, as agreed with finance", out, ".new-333-old", "a.txt")
	os.MkdirAll(filepath.Join(out, ".new-4444-old"), 0o700)
	write(t, `{"run": "../elsewhere", "files": [{"name": "a.txt"}]}`, out, ".new-4444-old", ManifestName)
	write(t, run+"\n", out, ".latest-new")
	write(t, run+"\n", out, ".latest-55")
	os.Symlink(filepath.Join(out, run), filepath.Join(out, ".new-66"))
	for _, mine := range []string{".new-project", ".latest-backup", ".new-", "new-7"} {
		write(t, "mine", out, mine)
	}
	o, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	o.Close()
	if beside := names(t, filepath.Dir(out)); strings.Contains(beside, "elsewhere") {
		t.Errorf("beside the output folder: %s", beside)
	}
	want := ".latest-backup .new- .new-project 2026-11-21-01234567 2026-11-21-aaaaaaaa 2026-11-21-bbbbbbbb 2026-11-21-bbbbbbbb-2 2026-11-21-fedcba98 latest new-7"
	if got := names(t, out); got != want {
		t.Errorf("left\n%s, want\n%s", got, want)
	}
	for _, whole := range []string{run, orphan, again, changed} {
		if m, _, k := inspect(filepath.Join(out, whole)); k.Why != Alike || m.Run != whole {
			t.Errorf("%s: %+v", whole, k)
		}
	}
	if text, _ := os.ReadFile(filepath.Join(out, changed+"-2", "a.txt")); string(text) != "one, as agreed with finance" {
		t.Errorf("what somebody changed is %q now", text)
	}
}

// TestFilesWriteOverNothing: files that are no run stand where nothing was, all
// of them or none.
func TestFilesWriteOverNothing(t *testing.T) {
	out := t.TempDir()
	late := func(w io.Writer, d *report.Document) (report.Shown, error) {
		write(t, "somebody's", out, "b.txt") // after the first look
		return nil, nil
	}
	for _, renderers := range [][]Renderer{{two("one", "")[0], {File: "b.txt", Render: late}}, two("one", "two")} {
		if _, err := Files(context.Background(), out, document(digest), renderers); !errors.Is(err, os.ErrExist) {
			t.Errorf("got %v, want %v", err, os.ErrExist)
		}
		if text, _ := os.ReadFile(filepath.Join(out, "b.txt")); names(t, out) != "b.txt" || string(text) != "somebody's" {
			t.Errorf("%s, b.txt %q", names(t, out), text)
		}
	}
	os.Remove(filepath.Join(out, "b.txt"))
	if paths, err := Files(context.Background(), out, document(digest), two("one", "two")); err != nil || len(paths) != 2 || names(t, out) != "a.txt b.txt" {
		t.Errorf("%v %v, %s", paths, err, names(t, out))
	}
}

// TestReplace writes for the owner alone, whatever was there, and nothing where
// that is no file.
func TestReplace(t *testing.T) {
	out := t.TempDir()
	name := filepath.Join(out, "list.csv")
	if err := os.WriteFile(name, []byte("before"), 0o644); err != nil {
		t.Fatal(err)
	}
	before, err := os.Open(name) // by somebody who may read it
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close()
	if err := Replace(name, []byte("names")); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(name)
	info, err := os.Stat(name)
	if err != nil || string(text) != "names" || info.Mode().Perm() != fileMode {
		t.Errorf("%q, %v, %v", text, info.Mode(), err)
	}
	if text, _ := io.ReadAll(before); string(text) != "before" {
		t.Errorf("whoever had opened it reads %q", text)
	}
	if err := os.Mkdir(filepath.Join(out, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Replace(filepath.Join(out, "folder"), nil); err == nil || names(t, out) != "folder list.csv" {
		t.Errorf("a folder: %v, %s", err, names(t, out))
	}
}
