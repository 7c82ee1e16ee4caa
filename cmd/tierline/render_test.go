package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	reportjson "tierline/report/json"
	"tierline/samples"
)

// TestRenderWritesTheSameBytes renders every sample again from a folder that
// holds nothing but its result.json.
func TestRenderWritesTheSameBytes(t *testing.T) {
	for _, name := range samples.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := audited(t, name)
			alone, again := t.TempDir(), filepath.Join(t.TempDir(), "again")
			if err := os.WriteFile(filepath.Join(alone, resultFile), o.file(t, resultFile), 0o600); err != nil {
				t.Fatal(err)
			}
			if r := command(t, "render", alone, "--out", again); r.code != exitComplete || r.errOut != "" {
				t.Fatalf("exit code %d\n%s", r.code, r.errOut)
			}
			entries, err := os.ReadDir(again)
			if err != nil || len(entries) != len(fromResult()) {
				t.Fatalf("%d files are written, want %d (%v)", len(entries), len(fromResult()), err)
			}
			for _, e := range entries {
				text, err := os.ReadFile(filepath.Join(again, e.Name()))
				if err != nil || !bytes.Equal(text, o.file(t, e.Name())) {
					t.Errorf("%s is not the one of the run (%v)", e.Name(), err)
				}
				if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("%s: mode %v (%v), want 0600", e.Name(), info.Mode(), err)
				}
			}
		})
	}
}

// TestRenderReadsNoGiant: a result larger than any is refused before it is read.
//
// METHOD 16.5.
func TestRenderReadsNoGiant(t *testing.T) {
	name := filepath.Join(t.TempDir(), resultFile)
	if err := os.WriteFile(name, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, reportjson.Most+1); err != nil {
		t.Fatal(err)
	}
	if o := command(t, "render", name, "--out", t.TempDir()); o.code != exitUsage || !strings.Contains(o.errOut, "expected at most 536870912") {
		t.Errorf("exit code %d, want %d\n%s", o.code, exitUsage, o.errOut)
	}
}

// TestPeopleStandInSeatsAlone takes everybody whom seats.csv names and looks
// for them in what goes to programs (METHOD 18.2).
func TestPeopleStandInSeatsAlone(t *testing.T) {
	for _, name := range samples.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := audited(t, name)
			people := peopleOf(t, o.file(t, "seats.csv"))
			if len(people) < 10 {
				t.Fatalf("seats.csv names only %d", len(people))
			}
			for _, file := range []string{"result.json", "findings.csv", "deadlines.ics", "manifest.json"} {
				text := string(bytes.ToLower(o.file(t, file)))
				for p := range people {
					if strings.Contains(text, p) {
						t.Errorf("%s names %q", file, p)
					}
				}
			}
		})
	}
}

// peopleOf lists the ids, names and addresses in a seats.csv, in lower case.
func peopleOf(t *testing.T, text []byte) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, row := range csvRows(t, text) {
		for _, column := range []string{"account", "name", "email"} {
			if who := strings.ToLower(row[column]); len(who) > 4 { // a short user name may be part of any word
				out[who] = true
			}
		}
	}
	return out
}
