package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"

	"tierline/report/publish"
)

var update = flag.Bool("update", false, "write what the scripts compare with")

// TestScripts runs the program as its users do. Besides the commands of
// testscript a script has:
//
//	exits N ARG...         runs tierline; it must exit with N and never print a stack trace
//	base DIR               puts those files of testdata/base into DIR that it lacks
//	published OUT          OUT holds one complete run; its folder becomes $RUN, its name $RUN_NAME
//	newest OUT             OUT holds several runs; that of its file latest is complete and becomes $RUN
//	unpublished OUT        OUT holds no run and nothing half written
//	field FILE PATH WANT   the value in a JSON file, such as "field result.json run.complete false";
//	                       len is the length of a list
//	same DIR DIR           both folders hold the same files with the same bytes
//	hold OUT               takes the lock of an output folder until the script ends
//	told FILE              what an audit has written to standard error before its last line
//	calendar OUT WHAT STATUS  the status of an entry in the calendar of the latest run, '' for none
//	repeat FILE N TEXT     appends N lines to a file; %d is the number of the line
func TestScripts(t *testing.T) {
	here, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	program := builtProgram(t)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TESTDATA", here)
			env.Setenv("PATH", filepath.Dir(program)+string(filepath.ListSeparator)+env.Getenv("PATH"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":       scriptExits,
			"base":        scriptBase,
			"published":   scriptPublished,
			"newest":      scriptNewest,
			"unpublished": scriptUnpublished,
			"field":       scriptField,
			"same":        scriptSame,
			"hold":        scriptHold,
			"repeat":      scriptRepeat,
			"told":        scriptTold,
			"calendar":    scriptCalendar,
		},
	})
}

func usage(ts *testscript.TestScript, neg, ok bool, form string) {
	if neg || !ok {
		ts.Fatalf("usage: %s", form)
	}
}

func scriptTold(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "told FILE")
	said := strings.SplitAfter(strings.TrimSuffix(ts.ReadFile("stderr"), "\n"), "\n")
	last := len(said) - 1
	if before := strings.Join(said[:last], ""); before != ts.ReadFile(args[0]) || !strings.HasPrefix(said[last], "tierline: audit as of ") {
		ts.Fatalf("stderr is\n%s%s", before, said[last])
	}
}

func scriptCalendar(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 3, "calendar OUT WHAT STATUS")
	latest := strings.TrimSpace(ts.ReadFile(filepath.Join(args[0], "latest")))
	for entry := range strings.SplitSeq(ts.ReadFile(filepath.Join(args[0], latest, "deadlines.ics")), "BEGIN:VEVENT") {
		if !strings.Contains(entry, args[1]) {
			continue
		}
		_, status, _ := strings.Cut(entry, "\r\nSTATUS:")
		if status, _, _ = strings.Cut(status, "\r\n"); status != args[2] {
			ts.Fatalf("the status of %q is %q", args[1], status)
		}
		return
	}
	ts.Fatalf("the calendar has no %q", args[1])
}

func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) >= 1, "exits N ARG...")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec("tierline", args[1:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("tierline did not run: %v", err)
		}
		got = exit.ExitCode()
	}
	text := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if trace := stackTrace(text); trace != "" {
		ts.Fatalf("a stack trace was printed: %q", trace)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// stackTrace returns what looks like the trace of a panic.
func stackTrace(text string) string {
	for _, sign := range []string{"goroutine ", "panic:", "runtime error", "the rule panicked", ".go:"} {
		if strings.Contains(text, sign) {
			return sign
		}
	}
	return ""
}

func scriptBase(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "base DIR")
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	from := filepath.Join(ts.Getenv("TESTDATA"), "base")
	entries, err := os.ReadDir(from)
	ts.Check(err)
	for _, e := range entries {
		to := filepath.Join(dir, e.Name())
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		text, err := os.ReadFile(filepath.Join(from, e.Name()))
		ts.Check(err)
		ts.Check(os.WriteFile(to, text, 0o644))
	}
}

func scriptPublished(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "published OUT")
	out := ts.MkAbs(args[0])
	runs := runFolders(ts, out)
	if len(runs) != 1 {
		ts.Fatalf("%s holds the runs %v, want one", args[0], runs)
	}
	latest, err := os.ReadFile(filepath.Join(out, "latest"))
	ts.Check(err)
	if string(latest) != runs[0]+"\n" {
		ts.Fatalf("latest says %q, the run is %s", latest, runs[0])
	}
	run := filepath.Join(out, runs[0])
	mode(ts, out, run, 0o700)
	mode(ts, out, filepath.Join(out, "latest"), 0o600)
	checkManifest(ts, out, run)
	ts.Setenv("RUN", run)
	ts.Setenv("RUN_NAME", runs[0])
}

func scriptNewest(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "newest OUT")
	out := ts.MkAbs(args[0])
	runFolders(ts, out)
	latest, err := os.ReadFile(filepath.Join(out, "latest"))
	ts.Check(err)
	name := strings.TrimSuffix(string(latest), "\n")
	checkManifest(ts, out, filepath.Join(out, name))
	ts.Setenv("RUN", filepath.Join(out, name))
	ts.Setenv("RUN_NAME", name)
}

// runFolders lists the runs below out and refuses what a run must not leave.
func runFolders(ts *testscript.TestScript, out string) []string {
	entries, err := os.ReadDir(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	ts.Check(err)
	var runs []string
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), ".new-"), strings.HasPrefix(e.Name(), ".latest"):
			ts.Fatalf("%s was left behind", e.Name())
		case e.IsDir() && len(e.Name()) == len("2026-11-16-01234567"):
			runs = append(runs, e.Name())
		}
	}
	return runs
}

func mode(ts *testscript.TestScript, out, name string, want fs.FileMode) {
	info, err := os.Stat(name)
	ts.Check(err)
	if got := info.Mode().Perm(); got != want {
		rel, _ := filepath.Rel(out, name)
		ts.Fatalf("%s has mode %o, want %o", rel, got, want)
	}
}

func checkManifest(ts *testscript.TestScript, out, run string) {
	text, err := os.ReadFile(filepath.Join(run, "manifest.json"))
	ts.Check(err)
	var m publish.Manifest
	ts.Check(json.Unmarshal(text, &m))
	if m.Run != filepath.Base(run) || m.Tool != "tierline" || !strings.HasPrefix(m.Run, m.AsOf+"-"+m.Digest[:8]) {
		ts.Fatalf("the manifest says %+v", m)
	}
	listed := []string{"manifest.json"}
	last, err := os.Stat(filepath.Join(run, "manifest.json"))
	ts.Check(err)
	for _, f := range m.Files {
		listed = append(listed, f.Name)
		text, err := os.ReadFile(filepath.Join(run, f.Name))
		ts.Check(err)
		sum := sha256.Sum256(text)
		if f.SHA256 != hex.EncodeToString(sum[:]) || f.Bytes != int64(len(text)) {
			ts.Fatalf("%s is not what the manifest says", f.Name)
		}
		info, err := os.Stat(filepath.Join(run, f.Name))
		ts.Check(err)
		if info.ModTime().After(last.ModTime()) {
			ts.Fatalf("%s was written after the manifest", f.Name)
		}
	}
	entries, err := os.ReadDir(run)
	ts.Check(err)
	var present []string
	for _, e := range entries {
		present = append(present, e.Name())
		mode(ts, out, filepath.Join(run, e.Name()), 0o600)
	}
	slices.Sort(listed)
	if !slices.Equal(present, listed) {
		ts.Fatalf("the folder holds %v, the manifest lists %v", present, listed)
	}
}

func scriptUnpublished(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "unpublished OUT")
	out := ts.MkAbs(args[0])
	if runs := runFolders(ts, out); len(runs) > 0 {
		ts.Fatalf("%v was published", runs)
	}
	if _, err := os.Lstat(filepath.Join(out, "latest")); err == nil {
		ts.Fatalf("latest was written")
	}
}

func scriptField(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 3, "field FILE PATH WANT")
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	d.UseNumber()
	var v any
	ts.Check(d.Decode(&v))
	for _, key := range strings.Split(args[1], ".") {
		switch x := v.(type) {
		case map[string]any:
			next, ok := x[key]
			if !ok {
				ts.Fatalf("no %q in %s", key, args[1])
			}
			v = next
		case []any:
			n, err := strconv.Atoi(key)
			if key == "len" {
				v = json.Number(strconv.Itoa(len(x)))
				continue
			}
			if err != nil || n >= len(x) {
				ts.Fatalf("no place %q in %s, which has %d", key, args[1], len(x))
			}
			v = x[n]
		default:
			ts.Fatalf("nothing below %q in %s", key, args[1])
		}
	}
	got := fmt.Sprint(v)
	if v == nil {
		got = "null"
	}
	if got != args[2] {
		ts.Fatalf("%s is %q, want %q", args[1], got, args[2])
	}
}

func scriptSame(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "same DIR DIR")
	a, b := tree(ts, args[0]), tree(ts, args[1])
	for name := range a {
		if _, ok := b[name]; !ok {
			ts.Fatalf("%s is only in %s", name, args[0])
		}
		if !bytes.Equal(a[name], b[name]) {
			ts.Fatalf("%s differs", name)
		}
	}
	if len(a) == 0 || len(a) != len(b) {
		ts.Fatalf("%d files and %d files", len(a), len(b))
	}
}

func tree(ts *testscript.TestScript, dir string) map[string][]byte {
	out := map[string][]byte{}
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(root, name)
		out[rel] = text
		return err
	}))
	return out
}

func scriptHold(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "hold OUT")
	out := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(out, 0o700))
	l := flock.New(filepath.Join(out, ".lock"))
	ok, err := l.TryLock()
	ts.Check(err)
	if !ok {
		ts.Fatalf("the lock of %s is taken", args[0])
	}
	ts.Defer(func() { _ = l.Unlock() })
}

func scriptRepeat(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 3, "repeat FILE N TEXT")
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	for i := range n {
		_, err := fmt.Fprintln(f, strings.ReplaceAll(args[2], "%d", strconv.Itoa(i+1)))
		ts.Check(err)
	}
	ts.Check(f.Close())
}
