//go:build unix

package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// soon fails when something waits for a pipe.
func soon(t *testing.T, f func()) {
	t.Helper()
	done := make(chan bool)
	go func() { f(); close(done) }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("it waits")
	}
}

// TestPlantedInTheOutputFolder puts links and pipes where the program writes, as
// somebody might who may write to the same folder. Nothing is followed, nothing
// waited for, and what a link leads to is untouched.
func TestPlantedInTheOutputFolder(t *testing.T) {
	plants := map[string]func(target, name string) error{
		"link":          os.Symlink,
		"dangling link": func(target, name string) error { return os.Symlink(target+"-not-there", name) },
		"pipe":          func(_, name string) error { return syscall.Mkfifo(name, 0o600) },
	}
	for what, plant := range plants {
		for _, name := range []string{lockName, latestName, ".latest-new", ".latest-1", ".new-1", ".new-1-old", run} {
			t.Run(what+" "+name, func(t *testing.T) {
				out, elsewhere := t.TempDir(), t.TempDir()
				target := filepath.Join(elsewhere, "theirs")
				write(t, "theirs", target)
				if err := plant(target, filepath.Join(out, name)); err != nil {
					t.Fatal(err)
				}
				soon(t, func() { publishPlanted(t, out, name) })
				if text, _ := os.ReadFile(target); string(text) != "theirs" || names(t, elsewhere) != "theirs" {
					t.Errorf("what the link leads to: %q, beside it %s", text, names(t, elsewhere))
				}
			})
		}
	}
}

// publishPlanted publishes where something is planted at a name: a lock is
// refused, latest and what is left over replaced, a run stepped around.
func publishPlanted(t *testing.T, out, planted string) {
	o, err := Open(out)
	if planted == lockName {
		if err == nil || !strings.Contains(err.Error(), ".lock is there and is no regular file") {
			t.Errorf("got %v, want a refusal", err)
		}
		return
	}
	if err != nil {
		t.Error(err)
		return
	}
	defer o.Close()
	p, err := o.Publish(t.Context(), document(digest), two("one", "two"))
	if err != nil || p.Unnamed != nil {
		t.Errorf("%+v, %v", p, err)
		return
	}
	want := run + " " + latestName
	if planted == run {
		want = run + " " + run + "-2 " + latestName
	}
	if got := names(t, out); got != want {
		t.Errorf("output folder: %s, want %s", got, want)
	}
	if info, err := os.Lstat(filepath.Join(out, latestName)); err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != fileMode {
		t.Errorf("latest: %v, %v", info, err)
	}
}

// TestReplaceFollowsNothing refuses links and pipes, and does not wait.
func TestReplaceFollowsNothing(t *testing.T) {
	out := t.TempDir()
	target, link, pipe := filepath.Join(out, "theirs"), filepath.Join(out, "link"), filepath.Join(out, "pipe")
	write(t, "theirs", target)
	if err := errors.Join(os.Symlink(target, link), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{link, pipe} {
		soon(t, func() {
			if err := Replace(name, []byte("names")); err == nil {
				t.Errorf("%s was replaced", name)
			}
		})
	}
	if text, _ := os.ReadFile(target); string(text) != "theirs" || names(t, out) != "link pipe theirs" {
		t.Errorf("%q, %s", text, names(t, out))
	}
}

// TestLinksInARun: what stands in a run instead of a file is not followed and
// not waited for when the run is compared.
func TestLinksInARun(t *testing.T) {
	out := t.TempDir()
	if _, err := publish(t, out, document(digest), two("one", "two")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(out, run, "a.txt")
	for what, plant := range map[string]func() error{
		"pipe":   func() error { return syscall.Mkfifo(name, 0o600) },
		"device": func() error { return os.Symlink("/dev/zero", name) },
	} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if err := plant(); err != nil {
			t.Fatal(err)
		}
		soon(t, func() {
			if _, _, k := inspect(filepath.Join(out, run)); k != (Kept{Why: Changed, File: "a.txt"}) {
				t.Errorf("%s: %+v", what, k)
			}
		})
	}
}
