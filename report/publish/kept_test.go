package publish

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const run = "2026-11-21-01234567"

// two renders two files of given texts.
func two(a, b string) []Renderer {
	return []Renderer{{File: "a.txt", Render: writes(a)}, {File: "b.txt", Render: writes(b)}}
}

func write(t *testing.T, text string, path ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(path...), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// again publishes the same run once more and checks where it ended up, what
// latest names, and that nothing of the first run changed.
func again(t *testing.T, out string, renderers []Renderer, want Published) {
	t.Helper()
	before := snapshot(t, filepath.Join(out, run))
	got, err := publish(t, out, document(digest), renderers)
	if err != nil {
		t.Fatal(err)
	}
	want.Folder = filepath.Join(out, want.Run)
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	if latest, _ := os.ReadFile(filepath.Join(out, latestName)); string(latest) != want.Run+"\n" {
		t.Errorf("latest names %q, want %s", latest, want.Run)
	}
	if diff := cmp.Diff(before, snapshot(t, filepath.Join(out, run))); diff != "" {
		t.Errorf("the run that was there changed:\n%s", diff)
	}
	if _, _, k := inspect(want.Folder); k.Why != Alike && want.Repeated {
		t.Errorf("%s is left alone and not whole: %+v", want.Run, k)
	}
}

// snapshot notes what stands at a path, with the time it was written.
func snapshot(t *testing.T, path string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(path, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		out[name] = info.Mode().String() + info.ModTime().String()
		if info.Mode().IsRegular() {
			text, _ := os.ReadFile(name)
			out[name] += string(text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestARunThatIsThere publishes the same run again after somebody did something
// to it (METHOD 15.5).
func TestARunThatIsThere(t *testing.T) {
	at := func(out, name string) string { return filepath.Join(out, run, name) }
	for name, c := range map[string]struct {
		touch func(t *testing.T, out string)
		want  []Kept
	}{
		"nothing":          {func(*testing.T, string) {}, nil},
		"a file changed":   {func(t *testing.T, out string) { write(t, "One", at(out, "a.txt")) }, []Kept{{run, Changed, "a.txt"}}},
		"a file longer":    {func(t *testing.T, out string) { write(t, "two and more", at(out, "b.txt")) }, []Kept{{run, Changed, "b.txt"}}},
		"a file shorter":   {func(t *testing.T, out string) { write(t, "o", at(out, "a.txt")) }, []Kept{{run, Changed, "a.txt"}}},
		"a file gone":      {func(t *testing.T, out string) { os.Remove(at(out, "b.txt")) }, []Kept{{run, Missing, "b.txt"}}},
		"a file added":     {func(t *testing.T, out string) { write(t, "", at(out, "notes.txt")) }, []Kept{{run, Added, ""}}},
		"a folder added":   {func(t *testing.T, out string) { os.Mkdir(at(out, "mails"), 0o700) }, []Kept{{run, Added, ""}}},
		"no manifest":      {func(t *testing.T, out string) { os.Remove(at(out, ManifestName)) }, []Kept{{run, Unreadable, ""}}},
		"manifest touched": {func(t *testing.T, out string) { write(t, "{}", at(out, ManifestName)) }, []Kept{{run, Unreadable, ""}}},
		"manifest broken":  {func(t *testing.T, out string) { write(t, "{", at(out, ManifestName)) }, []Kept{{run, Unreadable, ""}}},
		"a file a folder": {func(t *testing.T, out string) {
			os.Remove(at(out, "a.txt"))
			os.Mkdir(at(out, "a.txt"), 0o700)
		}, []Kept{{run, Changed, "a.txt"}}},
		"a link to the same": {func(t *testing.T, out string) {
			os.Rename(at(out, "a.txt"), filepath.Join(out, "a.txt"))
			os.Symlink(filepath.Join(out, "a.txt"), at(out, "a.txt"))
		}, []Kept{{run, Changed, "a.txt"}}},
		"a file instead": {func(t *testing.T, out string) {
			os.RemoveAll(filepath.Join(out, run))
			write(t, "x", out, run)
		}, []Kept{{run, Unreadable, ""}}},
		"opened on a Mac and in an office program": {func(t *testing.T, out string) {
			for _, name := range []string{".DS_Store", "Thumbs.db", "thumbs.db", "desktop.ini", "~$a.txt", ".~lock.a.txt#", "._a.txt"} {
				write(t, "x", at(out, name))
			}
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			if _, err := publish(t, out, document(digest), two("one", "two")); err != nil {
				t.Fatal(err)
			}
			c.touch(t, out)
			if c.want == nil {
				again(t, out, two("one", "two"), Published{Run: run, Repeated: true})
				return
			}
			again(t, out, two("one", "two"), Published{Run: run + "-2", Kept: c.want})
			again(t, out, two("one", "two"), Published{Run: run + "-2", Kept: c.want, Repeated: true})
			write(t, "changed too", out, run+"-2", "a.txt")
			c.want = append(c.want, Kept{run + "-2", Changed, "a.txt"})
			again(t, out, two("one", "two"), Published{Run: run + "-3", Kept: c.want})
			again(t, out, two("one", "two"), Published{Run: run + "-3", Kept: c.want, Repeated: true})
		})
	}
}

// TestAnotherBuild: reports of the same inputs that come out otherwise stand
// beside those that are there, whole as they are.
func TestAnotherBuild(t *testing.T) {
	out := t.TempDir()
	for range 2 {
		if _, err := publish(t, out, document(digest), two("one", "two")); err != nil {
			t.Fatal(err)
		}
	}
	other := []Kept{{run, Other, ""}}
	again(t, out, two("one", "other"), Published{Run: run + "-2", Kept: other})
	again(t, out, two("one", "other"), Published{Run: run + "-2", Kept: other, Repeated: true})
	again(t, out, two("one", "two"), Published{Run: run, Repeated: true})
}
