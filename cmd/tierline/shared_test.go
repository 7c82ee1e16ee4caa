package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"tierline/samples"
)

// What many tests look at is made once, by the first of them.
var (
	// sharedFolder holds it until the last test has ended.
	sharedFolder string

	// builtOnce is the program as people build it. The race detector would make
	// hundreds of runs slow; it watches those that run in this process.
	builtOnce = sync.OnceValues(func() (path string, err error) {
		path = filepath.Join(sharedFolder, "bin", "tierline")
		text, err := exec.Command("go", "build", "-race=false", "-buildvcs=false", "-o", path, ".").CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, text)
		}
		return path, err
	})

	auditedOnce sync.Map // an outcome by the name of a sample, see audited
)

func TestMain(m *testing.M) {
	code := 1
	var err error
	if sharedFolder, err = os.MkdirTemp("", "tierline-tests-"); err == nil {
		code = m.Run()
		err = os.RemoveAll(sharedFolder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// builtProgram returns the path of the built program.
func builtProgram(t testing.TB) string {
	t.Helper()
	path, err := builtOnce()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// built runs the built program like [command].
func built(t testing.TB, args ...string) outcome {
	t.Helper()
	var out, errOut bytes.Buffer
	c := exec.Command(builtProgram(t), args...)
	c.Stdout, c.Stderr = &out, &errOut
	err := c.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{code: c.ProcessState.ExitCode(), out: out.String(), errOut: errOut.String()}
}

// audited returns an audit of a sample in this process, only to be looked at:
// other tests look at the same files.
func audited(t testing.TB, name string) outcome {
	t.Helper()
	once, _ := auditedOnce.LoadOrStore(name, sync.OnceValue(func() outcome {
		dir, err := samples.Folder(name)
		if err != nil {
			return outcome{errOut: err.Error()}
		}
		return auditInto(t, command, filepath.Join(sharedFolder, name), dir)
	}))
	return once.(func() outcome)()
}
