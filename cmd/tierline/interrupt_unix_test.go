//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// obeyed is how long a terminate signal may take; what the machine itself takes
// to end a process with much memory is in it.
const obeyed = 2 * time.Second

// interrupted is what became of a run that was sent a terminate signal.
type interrupted struct {
	code   int
	took   time.Duration // from the signal to the end
	errOut string
}

// terminate starts a run, sends it a terminate signal after some time and waits.
func terminate(t *testing.T, c *exec.Cmd, after time.Duration) interrupted {
	t.Helper()
	name := filepath.Join(t.TempDir(), "stderr")
	file, err := os.Create(name) // not a pipe, which a tracer would hold open
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	c.Stderr = file
	ended := start(t, c)
	time.Sleep(after)
	begin := time.Now()
	_ = c.Process.Signal(syscall.SIGTERM)
	took := lastWord(file, ended)
	<-ended
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return interrupted{c.ProcessState.ExitCode(), took.Sub(begin), string(text)}
}

// lastWord waits until a process has ended, or said that it does: a tracer keeps
// a process whose calls it delays for a while after its end.
func lastWord(errOut *os.File, ended <-chan struct{}) time.Time {
	for {
		select {
		case <-ended:
			return time.Now()
		case <-time.After(time.Millisecond):
			if info, err := errOut.Stat(); err == nil && info.Size() > 0 {
				return time.Now()
			}
		}
	}
}

// wantObeyed checks that a run which was still to be stopped ended in time, said
// so and published nothing. It reports whether it was.
func (i interrupted) wantObeyed(t *testing.T, what, out string) bool {
	t.Helper()
	if i.code == exitComplete || i.code == exitIncomplete {
		return false
	}
	if i.code != exitInterrupted || !strings.HasPrefix(i.errOut, "tierline: interrupted; nothing was published\n") {
		t.Errorf("%s: exit %d, it says %q", what, i.code, i.errOut)
	}
	if i.took > obeyed {
		t.Errorf("%s: it took %s to end", what, i.took)
	}
	if runs, _ := filepath.Glob(filepath.Join(out, "[0-9l]*")); len(runs) > 0 {
		t.Errorf("%s: published %q", what, runs)
	}
	return true
}

// TestTerminated sends terminate signals at random moments and in the middle of
// system calls that take very long (METHOD 15.7).
func TestTerminated(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	random := rand.New(rand.NewPCG(killSeed, 2))
	stopped := 0
	for n := range 8 {
		out := filepath.Join(p.dir, fmt.Sprint("out", n))
		c := exec.Command(p.path, "audit", filepath.Join(p.dir, "in"), "--out", out, "--as-of", asOf)
		// Before the program listens a signal ends it by itself.
		i := terminate(t, c, 50*time.Millisecond+time.Duration(random.Int64N(int64(400*time.Millisecond))))
		if i.code == -1 {
			continue
		}
		if i.wantObeyed(t, "at a random moment", out) {
			stopped++
		}
	}
	t.Logf("seed %d: %d of 8 runs were stopped", killSeed, stopped)
}

// TestTerminatedInASlowCall finds the program waiting for a disk.
func TestTerminatedInASlowCall(t *testing.T) {
	t.Parallel()
	if slowed(t) == nil {
		t.Skip("strace does not work here")
	}
	p := newProgram(t)
	in := filepath.Join(p.dir, "in")
	for what, delay := range map[string][]string{
		"reading": {"-P", filepath.Join(in, "export.csv"), "-e", "trace=pread64", "-e", "inject=pread64:delay_enter=4000000"},
		"syncing": {"-e", "trace=fsync", "-e", "inject=fsync:delay_enter=4000000"},
	} {
		t.Run(what, func(t *testing.T) {
			out := filepath.Join(p.dir, what)
			slow := append([]string{"-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null"}, delay...)
			c := exec.Command("strace", append(slow, p.path, "audit", in, "--out", out, "--as-of", asOf)...)
			if i := terminate(t, c, 1500*time.Millisecond); !i.wantObeyed(t, what, out) {
				t.Errorf("it had ended before: exit %d, %s", i.code, i.errOut)
			}
			again := exec.Command(p.path, "audit", in, "--out", out, "--as-of", asOf)
			if text, err := again.CombinedOutput(); err != nil {
				t.Fatalf("the next run: %v %s", err, text)
			}
			if left, _ := filepath.Glob(filepath.Join(out, ".[nl]*w*")); len(left) > 0 {
				t.Errorf("the next run left %q", left)
			}
			wantManifest(t, runFolder(t, out))
		})
	}
}
