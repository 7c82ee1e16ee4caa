//go:build e2e

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// e2eLimit is what a run on a hostile input may take.
type e2eLimit struct {
	time   time.Duration
	memory int64 // bytes
}

// What an input under 20 MB may take, and one near the limits of a run.
var (
	small = e2eLimit{10 * time.Second, 600 << 20}
	large = e2eLimit{60 * time.Second, 1536 << 20}
)

// e2eUse is what a run took.
type e2eUse struct {
	code        int
	out, errOut string
	time        time.Duration
	memory      int64
}

// e2eUsed runs the built program and looks at what it took: time of the processor,
// which does not depend on what else the machine does, and the peak of its memory,
// as the system says when it is waited for. It may not take thirty times as long on
// the wall either.
func e2eUsed(t *testing.T, most e2eLimit, args ...string) e2eUse {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 30*most.time)
	defer stop()
	cmd := exec.CommandContext(ctx, builtProgram(t), args...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	used := e2eUse{code: cmd.ProcessState.ExitCode(), out: out.String(), errOut: errOut.String(), time: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	used.memory = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	t.Logf("took %.1f s and %d MB, exit %d", used.time.Seconds(), used.memory>>20, used.code)
	if used.time > most.time || used.memory > most.memory {
		t.Errorf("took %.1f s and %d MB, more than %s and %d MB", used.time.Seconds(), used.memory>>20, most.time, most.memory>>20)
	}
	return used
}

// TestEndToEndHostile audits every hostile input at its full size.
func TestEndToEndHostile(t *testing.T) {
	for _, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			raw := h.write(h.most)
			if len(raw) > 20*mb {
				t.Errorf("%d bytes, no small file", len(raw))
			}
			used := e2eUsed(t, small, "audit", base(t, map[string][]byte{h.file: raw}), "--as-of", asOf, "--out", t.TempDir())
			if used.code != h.code {
				t.Errorf("exit code %d, want %d\n%.2000s", used.code, h.code, used.errOut)
			}
			if !strings.Contains(used.errOut+used.out, h.says) || len(used.errOut) > 10_000 {
				t.Errorf("says nothing of %q, or too much (%d bytes):\n%.2000s", h.says, len(used.errOut), used.errOut)
			}
		})
	}
}

// TestEndToEndNoFiles puts what is no regular file where a file is expected.
func TestEndToEndNoFiles(t *testing.T) {
	place := map[string]func(name string) error{
		"pipe":   func(name string) error { return syscall.Mkfifo(name, 0o600) },
		"device": func(name string) error { return os.Symlink("/dev/zero", name) },
		"folder": func(name string) error { return os.Mkdir(name, 0o700) },
	}
	for what, put := range place {
		for _, file := range []string{"audit.yaml", "more.csv", "prices"} {
			t.Run(what+" as "+file, func(t *testing.T) {
				dir := base(t, nil)
				name := filepath.Join(dir, file)
				if err := put(name); err != nil {
					t.Fatal(err)
				}
				args, code := []string{"audit", dir, "--as-of", asOf, "--out", t.TempDir()}, exitUsage
				switch file {
				case "more.csv":
					code = exitComplete // named, and skipped
				case "prices":
					args = []string{"price", "--prices", name, "--plan", "x", "--cycle", "annual", "--users", "5"}
				}
				used := e2eUsed(t, small, args...)
				if used.code != code || code == exitUsage && !strings.Contains(used.errOut, "it is a "+what) {
					t.Errorf("exit code %d, want %d\n%s", used.code, code, used.errOut)
				}
			})
		}
	}
}

// TestEndToEndNearLimits audits what is just within the limits of one run, and
// just beyond.
func TestEndToEndNearLimits(t *testing.T) {
	list := func(site string, rows int, pad string) func(h *os.File) error {
		return func(h *os.File) error {
			var out bytes.Buffer
			fmt.Fprintf(&out, "User id,User name,email,User status,Jira - %[1]s,Last seen in Jira - %[1]s\n", site)
			for i := range rows {
				fmt.Fprintf(&out, "%s-%07d,Person %d,p%d@example.com,Active,User,%s10 Nov 2026\n", site, i, i, i, pad)
				if out.Len() > 1<<20 || i == rows-1 {
					if _, err := out.WriteTo(h); err != nil {
						return err
					}
				}
			}
			return nil
		}
	}
	hole := func(size int64) func(h *os.File) error { return func(h *os.File) error { return h.Truncate(size) } }
	for name, c := range map[string]struct {
		files map[string]func(*os.File) error
		code  int
		says  string
	}{
		"two lists of 1,000 MB":      {map[string]func(*os.File) error{"a.csv": list("acme", 1_800_000, strings.Repeat(" ", 480)), "b.csv": list("other", 1_800_000, strings.Repeat(" ", 480))}, 3, ""},
		"four million rows":          {map[string]func(*os.File) error{"a.csv": list("acme", 4_000_000, "")}, 3, ""},
		"a million rows too many":    {map[string]func(*os.File) error{"a.csv": list("acme", 3_000_000, ""), "b.csv": list("other", 2_000_000, "")}, 3, "b.csv: with it the user lists have more than 4,000,000 rows"},
		"a file of more than 1 GiB":  {map[string]func(*os.File) error{"a.csv": hole(1<<30 + 1)}, 3, "a.csv: cannot be read: larger than 1 GiB"},
		"files of more than 2 GiB":   {map[string]func(*os.File) error{"a.csv": hole(1 << 30), "b.csv": hole(1 << 30)}, 3, "b.csv: not read: with it the files are larger than 2 GiB together"},
		"half a GiB of open marks":   {map[string]func(*os.File) error{"a.csv": func(h *os.File) error { return copies(h, userHead, "\"x\n", 1<<29) }}, 3, "more than 4,000,000 rows"},
		"a gigabyte of one cell":     {map[string]func(*os.File) error{"a.csv": func(h *os.File) error { return copies(h, userHead+"\"", "xxxx\n", 1<<30-1<<20) }}, 3, "a.csv"},
		"a gigabyte of no encoding":  {map[string]func(*os.File) error{"a.csv": func(h *os.File) error { return copies(h, userHead, "\xe9\xff\n", 1<<30-1<<20) }}, 3, "larger than"},
		"a gigabyte that is no JSON": {map[string]func(*os.File) error{"a.json": func(h *os.File) error { return copies(h, "[\"a\"", ",1", 1<<30-1<<20) }}, 3, "not read further"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := base(t, nil)
			for file, write := range c.files {
				h, err := os.Create(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if err := errors.Join(write(h), h.Close()); err != nil {
					t.Fatal(err)
				}
			}
			used := e2eUsed(t, large, "check", dir, "--as-of", asOf)
			if used.code != c.code || !strings.Contains(used.errOut+used.out, c.says) {
				t.Errorf("exit code %d, want %d and %q\n%.2000s%.2000s", used.code, c.code, c.says, used.errOut, used.out)
			}
		})
	}
}

// copies writes a head and so many bytes of a text.
func copies(h *os.File, head, text string, n int) error {
	_, err := h.WriteString(head)
	block := []byte(strings.Repeat(text, 1<<20/len(text)))
	for done := 0; done < n && err == nil; done += len(block) {
		_, err = h.Write(block)
	}
	return err
}
