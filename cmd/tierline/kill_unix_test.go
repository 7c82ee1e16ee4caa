//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tierline/audit/date"
)

// killSeed starts what the kills draw.
const killSeed = 20261127

// killing runs the program again and again on one output folder and kills it,
// while somebody reads latest all the time.
type killing struct {
	program, in, out string
	random           *rand.Rand
	day              date.Date

	reading sync.RWMutex // held for writing while a run is changed by hand
	reads   int
	named   map[string]bool // runs that latest named
	stages  map[string]int  // kills inside publishing, by what was there
	runs    int             // that ended before their kill
}

// TestKills kills a few runs, of them some while they publish (METHOD 15.6). The
// end-to-end checks kill hundreds.
func TestKills(t *testing.T) {
	p := newProgram(t)
	killRuns(t, p.path, filepath.Join(p.dir, "in"), 8, 3)
}

// killRuns kills so many runs at random moments, and so many more inside
// publishing.
func killRuns(t *testing.T, program, in string, anywhere, inside int) {
	t.Helper()
	k := &killing{
		program: program, in: in, out: filepath.Join(t.TempDir(), "out"),
		random: rand.New(rand.NewPCG(killSeed, 1)), day: date.New(2026, time.November, 16),
		named: map[string]bool{}, stages: map[string]int{},
	}
	t.Logf("seed %d", killSeed)
	length := time.Hour
	for range 3 { // from the first one on latest is there
		begin := time.Now()
		k.finish(t)
		length = min(length, time.Since(begin))
	}
	ctx, stop := context.WithCancel(context.Background())
	var reader sync.WaitGroup
	reader.Go(func() { k.read(t, ctx) })
	for n := 0; n < anywhere && !t.Failed(); {
		c := k.command()
		ended := start(t, c)
		time.Sleep(time.Duration(k.random.Int64N(int64(length * 5 / 4))))
		if k.kill(t, c, ended) {
			n++
		}
		k.change(t)
	}
	k.killInside(t, inside)
	stop()
	reader.Wait()
	k.finish(t)
	k.whole(t)
	t.Logf("%d kills at random moments within %s and %d inside publishing (%v); %d runs were faster; latest read %d times, naming %d runs",
		anywhere, length*5/4, inside, k.stages, k.runs, k.reads, len(k.named))
}

// command is a run of another day than those before, or now and then of the
// same.
func (k *killing) command() *exec.Cmd {
	if k.random.IntN(4) > 0 {
		k.day = k.day.AddDays(1)
	}
	return exec.Command(k.program, "audit", k.in, "--out", k.out, "--as-of", k.day.String())
}

// finish runs the program to its end.
func (k *killing) finish(t *testing.T) {
	t.Helper()
	text, err := k.command().CombinedOutput()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != exitIncomplete) { // exports of some days are too old
		t.Fatalf("%v: %s", err, text)
	}
}

// start starts a run; what it returns is closed when it has ended.
func start(t *testing.T, c *exec.Cmd) (ended <-chan struct{}) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { _ = c.Wait(); close(done) }()
	return done
}

// kill kills a run and reports whether it was still running.
func (k *killing) kill(t *testing.T, c *exec.Cmd, ended <-chan struct{}) bool {
	t.Helper()
	_ = c.Process.Kill()
	<-ended
	if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return true
	}
	if code := c.ProcessState.ExitCode(); code != exitComplete && code != exitIncomplete {
		t.Errorf("a run that was not killed ended with %d", code)
	}
	k.runs++
	return false
}

// stages of publishing, by what an output folder holds.
const (
	stageReports  = "reports are being written"
	stageManifest = "the manifest is there"
	stageWritten  = "all is written"
	stageNamed    = "the run has its name"
)

// killInside kills runs that are publishing, at each stage in turn. Where strace
// works it makes the stages long. One run of each round gets to its end.
func (k *killing) killInside(t *testing.T, kills int) {
	t.Helper()
	slow := slowed(t)
	stages := []string{stageReports, stageManifest, stageWritten, stageNamed, "the end"}
	for n, turn := 0, 0; n < kills && !t.Failed(); turn++ {
		c := k.command()
		if slow != nil {
			c = exec.Command(slow[0], append(slow[1:], c.Args...)...)
		}
		k.day = k.day.AddDays(1) // another run each time, so that all of it is written
		c.Args[len(c.Args)-1] = k.day.String()
		ended := start(t, c)
		k.await(t, ended, stages[turn%len(stages)])
		time.Sleep(time.Duration(k.random.Int64N(int64(30 * time.Millisecond))))
		if !k.kill(t, c, ended) {
			continue
		}
		if stage := k.stage(t); stage != "" {
			k.stages[stage]++
			n++
		}
	}
}

// await waits until a run has come to a stage, or ended.
func (k *killing) await(t *testing.T, ended <-chan struct{}, stage string) {
	for k.stage(t) != stage {
		select {
		case <-ended:
			return
		case <-time.After(time.Millisecond):
		}
	}
}

// slowed is how to run a program whose syncs and renamings take long; nil where
// that cannot be.
func slowed(t *testing.T) []string {
	t.Helper()
	slow := []string{
		"strace", "-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fsync,/^rename",
		"-e", "inject=fsync:delay_enter=10000", "-e", "inject=/^rename:delay_enter=120000",
	}
	if out, err := exec.Command(slow[0], append(slow[1:], "true")...).CombinedOutput(); err != nil {
		t.Logf("without delays in system calls: strace: %v %s", err, out)
		return nil
	}
	return slow
}

// stage says how far a killed run had come with publishing; "" for nowhere.
func (k *killing) stage(t *testing.T) string {
	t.Helper()
	there := func(pattern string) bool {
		found, err := filepath.Glob(filepath.Join(k.out, pattern))
		if err != nil {
			t.Fatal(err)
		}
		return len(found) > 0
	}
	switch {
	case there(".new-*") && there(".latest-*"):
		return stageWritten
	case there(".new-*/manifest.json"):
		return stageManifest
	case there(".new-*/*"):
		return stageReports
	case there(".latest-*"):
		return stageNamed
	}
	return ""
}

// changedFile is what somebody changes in some runs.
const changedFile = "deadlines.ics"

// change writes into a run that latest does not name, now and then, so that the
// next run of that day has to step aside.
func (k *killing) change(t *testing.T) {
	t.Helper()
	if k.random.IntN(8) > 0 {
		return
	}
	k.reading.Lock()
	defer k.reading.Unlock()
	latest, err := os.ReadFile(filepath.Join(k.out, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	runs, err := filepath.Glob(filepath.Join(k.out, k.day.String()+"-*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range runs {
		if filepath.Base(run)+"\n" != string(latest) {
			if err := os.WriteFile(filepath.Join(run, changedFile), []byte("changed"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// read looks at what latest names, all the time.
func (k *killing) read(t *testing.T, ctx context.Context) {
	for ctx.Err() == nil {
		k.reading.RLock()
		name, err := os.ReadFile(filepath.Join(k.out, "latest"))
		run, ended := strings.CutSuffix(string(name), "\n")
		if err != nil || !ended {
			t.Errorf("latest: %q, %v", name, err)
		} else if err := wholeRun(filepath.Join(k.out, run)); err != nil {
			t.Errorf("latest names %s: %v", run, err)
		}
		k.reading.RUnlock()
		k.reads++
		k.named[run] = true
		if t.Failed() {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// whole looks at what all the kills left: runs and nothing else.
func (k *killing) whole(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(k.out)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "latest" || e.Name() == ".lock" {
			continue
		}
		err := wholeRun(filepath.Join(k.out, e.Name()))
		for fault := range strings.SplitSeq(fmt.Sprint(err), "; ") {
			if err != nil && !strings.HasPrefix(fault, changedFile+" has") { // it was changed by hand
				t.Errorf("%s was left: %s", e.Name(), fault)
			}
		}
	}
}

// wholeRun says what a folder lacks to be a complete run.
func wholeRun(folder string) error {
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[path], err = os.ReadFile(filepath.Join(folder, path))
		}
		return err
	})
	if err != nil {
		return err
	}
	if faults := manifestFaults(filepath.Base(folder), files); len(faults) > 0 {
		return fmt.Errorf("%s", strings.Join(faults, "; "))
	}
	return nil
}
