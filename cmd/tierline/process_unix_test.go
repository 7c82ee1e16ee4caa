//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// program is a process of the program, in a folder of its own and not as the
// administrator, whom no permission stops.
type program struct {
	path, dir string
	nobody    *syscall.Credential // nil where the tests run as somebody already
}

// nobodyID is the user whom nothing belongs to.
const nobodyID = 65534

// newProgram copies the program to where anybody may run it.
func newProgram(t *testing.T) *program {
	t.Helper()
	dir, err := os.MkdirTemp("", "tierline-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &program{path: filepath.Join(dir, "tierline"), dir: dir}
	if err := os.CopyFS(filepath.Join(dir, "in"), os.DirFS(filepath.Join("testdata", "base"))); err != nil {
		t.Fatal(err)
	}
	// Another process copies it: a file that this one had open for writing, a
	// command that a test beside this one starts would hold, and nobody could run it.
	if out, err := exec.Command("cp", builtProgram(t), p.path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Chmod(p.path, 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		p.nobody = &syscall.Credential{Uid: nobodyID, Gid: nobodyID}
		for _, name := range []string{dir, filepath.Join(dir, "in")} {
			if err := os.Chown(name, nobodyID, nobodyID); err != nil {
				t.Fatal(err)
			}
		}
	}
	return p
}

// command is the program about to run with some arguments.
func (p *program) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	c := exec.Command(p.path, args...)
	c.Dir = p.dir
	c.SysProcAttr = &syscall.SysProcAttr{Credential: p.nobody}
	errOut := &bytes.Buffer{}
	c.Stderr = errOut
	return c, errOut
}

// exitCode runs a command to its end; -1 when a signal ended it.
func exitCode(t *testing.T, c *exec.Cmd) int {
	t.Helper()
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode()
}

// TestStandardOutputIsFull: a run is published all the same, with 3; a command
// that only prints has failed (METHOD 15.1).
func TestStandardOutputIsFull(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("this system has no device that is always full: %v", err)
	}
	defer full.Close()
	const cause = `write /dev/stdout: no space left on device\n`
	const failed = `^tierline: the result could not be printed: ` + cause + `$`
	const summed = `tierline: audit as of [^\n]+, exit code 3\n$`
	for args, want := range map[string]struct {
		code    int
		message string
	}{
		"audit in --as-of " + asOf:                                                    {exitIncomplete, `^tierline: published as in/runs/2026-11-16-[0-9a-f]{8}, but the figures could not be printed: ` + cause + summed},
		"audit in --json --fail-on low --out out --as-of " + asOf:                     {exitIncomplete, `tierline: published as out/2026-11-16-[0-9a-f]{8}, but the figures could not be printed: ` + cause + summed},
		"check in --as-of " + asOf:                                                    {exitFailed, failed},
		"check in --json --as-of " + asOf:                                             {exitFailed, failed},
		"price --prices in/prices.csv --plan jira-standard --cycle annual --users 10": {exitFailed, failed},
		"rules":   {exitFailed, failed},
		"version": {exitFailed, failed},
		"--help":  {exitFailed, failed},
	} {
		t.Run(args, func(t *testing.T) {
			p := newProgram(t)
			c, errOut := p.command(strings.Fields(args)...)
			c.Stdout = full
			if code := exitCode(t, c); code != want.code || !regexp.MustCompile(want.message).MatchString(errOut.String()) {
				t.Errorf("exit %d, want %d; it says %q, want %s", code, want.code, errOut, want.message)
			}
			for _, name := range []string{"in/runs", "out"} {
				out := filepath.Join(p.dir, name)
				if _, err := os.Stat(out); err == nil {
					wantManifest(t, runFolder(t, out))
				} else if strings.Contains(want.message, "published as "+name+"/") {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
}

// summedOnly is a standard error with nothing but the last line of an audit.
var summedOnly = regexp.MustCompile(`^(tierline: audit as of [^\n]+, exit code 0\n)?$`)

// TestReaderThatStops: nobody reads on, as behind head; that is no failure.
func TestReaderThatStops(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]int{
		"audit in --as-of " + asOf:                  exitComplete,
		"audit in --fail-on low --as-of " + asOf:    exitFindings,
		"check in --json --as-of " + asOf:           exitComplete,
		"rules inactive-users":                      exitComplete,
		"audit nowhere --as-of " + asOf + " --json": exitUsage,
	} {
		t.Run(args, func(t *testing.T) {
			p := newProgram(t)
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			r.Close()
			c, errOut := p.command(strings.Fields(args)...)
			c.Stdout = w
			code := exitCode(t, c)
			w.Close()
			if code != want || strings.Contains(errOut.String(), "pipe") || want == exitComplete && !summedOnly.MatchString(errOut.String()) {
				t.Errorf("exit %d, want %d; it says %q", code, want, errOut)
			}
			if strings.HasPrefix(args, "audit in") {
				wantManifest(t, runFolder(t, filepath.Join(p.dir, "in", "runs")))
			}
		})
	}
}

// TestStandardErrorIsGone: a message nobody reads changes no code either.
func TestStandardErrorIsGone(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	c, _ := p.command("audit", "in", "--fail-on", "low", "--as-of", asOf)
	c.Stderr = w
	if code := exitCode(t, c); code != exitFindings {
		t.Errorf("exit %d, want %d", code, exitFindings)
	}
}

// TestFoldersWithoutPermission: what cannot be read or written to is called
// that, before anything is read (METHOD 15.6).
func TestFoldersWithoutPermission(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		folder string
		mode   os.FileMode
		args   string
		code   int
		says   string
	}{
		"folder closed":            {"in", 0o000, "audit in", exitUsage, "tierline: cannot read the folder in: permission denied\n"},
		"check of a closed folder": {"in", 0o000, "check in", exitUsage, "tierline: cannot read the folder in: permission denied\n"},
		"names but no files":       {"in", 0o400, "audit in", exitUsage, "tierline: cannot read the folder in: permission denied\n"},
		"files but no names":       {"in", 0o100, "audit in", exitUsage, "tierline: cannot read the folder in: permission denied\n"},
		"no room beside them":      {"in", 0o500, "audit in", exitFailed, "tierline: cannot make the output folder: mkdir in/runs: permission denied\n"},
		"output closed":            {"out", 0o000, "audit in --out out", exitFailed, "tierline: cannot lock the output folder: .lock: permission denied\n"},
		"output only to look at":   {"out", 0o500, "audit in --out out", exitFailed, "tierline: cannot lock the output folder: .lock: permission denied\n"},
		"output with a lock":       {"locked", 0o500, "audit in --out locked", exitFailed, "tierline: cannot write to the output folder locked: permission denied\n"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProgram(t)
			for _, sub := range []string{"out", "locked"} {
				if err := os.Mkdir(filepath.Join(p.dir, sub), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			lock := filepath.Join(p.dir, "locked", ".lock")
			if err := os.WriteFile(lock, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			p.give(t, "out", "locked", "locked/.lock")
			// Nothing in it could be audited, so that whoever reads first says so.
			if c.folder != "in" {
				if err := os.Remove(filepath.Join(p.dir, "in", "subscriptions.csv")); err != nil {
					t.Fatal(err)
				}
			}
			closed := filepath.Join(p.dir, c.folder)
			if err := os.Chmod(closed, c.mode); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.Chmod(closed, 0o700) })
			command, errOut := p.command(append(strings.Fields(c.args), "--as-of", asOf)...)
			if code := exitCode(t, command); code != c.code || errOut.String() != c.says {
				t.Errorf("exit %d, want %d; it says %q, want %q", code, c.code, errOut, c.says)
			}
		})
	}
}

// give hands files to the user that the program runs as.
func (p *program) give(t *testing.T, names ...string) {
	t.Helper()
	if p.nobody == nil {
		return
	}
	for _, name := range names {
		if err := os.Chown(filepath.Join(p.dir, name), nobodyID, nobodyID); err != nil {
			t.Fatal(err)
		}
	}
}
