//go:build e2e

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"tierline/samples"
)

// TestEndToEndKills is the long form of TestKills (METHOD 15.6).
func TestEndToEndKills(t *testing.T) {
	killRuns(t, builtProgram(t), base(t, nil), 360, 40)
}

// TestEndToEndSmallDisk is the long form of TestSmallDisk: room grows by one
// block (METHOD 15.6).
func TestEndToEndSmallDisk(t *testing.T) {
	smallDisks(t, "TestEndToEndSmallDisk", 1)
}

// TestEndToEndTerminated sends a terminate signal to audits of a million
// accounts at moments all over a run (METHOD 15.7).
func TestEndToEndTerminated(t *testing.T) {
	program, dir := builtProgram(t), t.TempDir()
	in := filepath.Join(dir, "in")
	if err := (samples.Large{Accounts: 1_000_000, Subscriptions: 200}).Write(in); err != nil {
		t.Fatal(err)
	}
	audit := func(out string) *exec.Cmd {
		return exec.Command(program, "audit", in, "--out", filepath.Join(dir, out), "--as-of", asOf)
	}
	begin := time.Now()
	if text, err := audit("whole").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	length := time.Since(begin)
	if err := os.RemoveAll(filepath.Join(dir, "whole")); err != nil {
		t.Fatal(err)
	}
	const signals = 10
	stopped, worst := 0, time.Duration(0)
	for n := range signals {
		out := fmt.Sprint("out", n)
		i := terminate(t, audit(out), length*time.Duration(2*n+1)/(2*signals))
		if i.wantObeyed(t, fmt.Sprintf("after %d/%d of a run", 2*n+1, 2*signals), filepath.Join(dir, out)) {
			stopped++
			worst = max(worst, i.took)
		}
		if err := os.RemoveAll(filepath.Join(dir, out)); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d audits of %s were stopped, each within %s", stopped, signals, length.Round(time.Millisecond), worst.Round(time.Millisecond))
	if stopped < signals/2 {
		t.Errorf("only %d of %d audits were stopped", stopped, signals)
	}
}
