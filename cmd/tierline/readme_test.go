package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// runName matches the folder of a run, whose digest changes with the version.
var runName = regexp.MustCompile(`(\d{4}-\d\d-\d\d)-[0-9a-f]{8}`)

// TestReadmeExamples runs every console example of the README and compares
// what it prints with what the README shows.
func TestReadmeExamples(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	samples, err := filepath.Abs(filepath.Join("..", "..", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "samples"), os.DirFS(samples)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "samples", "acme", "runs")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	n := 0
	for _, block := range strings.Split(string(text), "```console\n")[1:] {
		body, _, _ := strings.Cut(block, "```")
		line, want, _ := strings.Cut(body, "\n")
		command, ok := strings.CutPrefix(line, "$ tierline ")
		if !ok {
			t.Errorf("a console block begins with %q, not with a tierline command", line)
			continue
		}
		n++
		var out, errOut bytes.Buffer
		if code := run(context.Background(), strings.Fields(command), &out, &errOut); code != exitComplete {
			t.Errorf("%s: exit %d: %s", command, code, errOut.String())
		}
		if diff := cmp.Diff(want, runName.ReplaceAllString(filepath.ToSlash(out.String()), "$1-RUN")); diff != "" {
			t.Errorf("%s prints something else than the README shows (-README +program):\n%s", command, diff)
		}
	}
	if n < 2 {
		t.Errorf("the README has %d console examples; the split of its blocks is broken", n)
	}
}
