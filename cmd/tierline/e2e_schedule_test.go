//go:build e2e

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The units of systemd are valid, and the service can do little but its work.
func TestEndToEndUnits(t *testing.T) {
	dir := t.TempDir()
	shipped := filepath.Join(root(t), "templates", "schedule")
	for _, unit := range []string{"tierline.service", "tierline.timer"} {
		text, err := os.ReadFile(filepath.Join(shipped, unit))
		if err != nil {
			t.Fatal(err)
		}
		program := strings.Replace(string(text), "/usr/local/bin/tierline", builtProgram(t), 1)
		if err := os.WriteFile(filepath.Join(dir, unit), []byte(program), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	service := filepath.Join(dir, "tierline.service")
	e2eCommand(t, "systemd-analyze", "verify", "--man=no", service, filepath.Join(dir, "tierline.timer"))
	e2eCommand(t, "systemd-analyze", "security", "--offline=yes", "--threshold=10", service) // in tenths: 1.0 of 10
}

// The jobs of Kubernetes are what its API knows.
func TestEndToEndManifest(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root(t), "templates", "schedule", "*.yaml"))
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	c := exec.Command("go", append([]string{"run", "."}, files...)...)
	c.Dir = filepath.Join(root(t), ".ci", "manifest")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
