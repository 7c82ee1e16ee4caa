package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

// TestReadmeMap holds the README's map of the packages against the packages
// there are: each once, after everything it imports.
func TestReadmeMap(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## Map of the packages\n")
	section, _, _ = strings.Cut(section, "\n## ")
	place := map[string]int{}
	for i, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| [^|\n]{3,} \\|$").FindAllStringSubmatch(section, -1) {
		if place[m[1]] > 0 {
			t.Errorf("the map names %s twice", m[1])
		}
		place[m[1]] = i + 1
	}
	there := map[string]bool{}
	for _, p := range packages(t) {
		there[p.path()] = true
		if place[p.path()] == 0 {
			t.Errorf("the README's map lacks %s; add its line, below what it imports", p.path())
			continue
		}
		for _, imported := range p.Imports {
			if to, ours := strings.CutPrefix(imported, module); ours && place[to] > place[p.path()] {
				t.Errorf("the README's map has %s above %s, which it imports", p.path(), to)
			}
		}
	}
	for path := range place {
		if !there[path] {
			t.Errorf("the README's map names %s, which there is not", path)
		}
	}
}

// TestReadmeCommands holds the README's list of commands against the program's.
func TestReadmeCommands(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## Commands\n\n")
	list, _, _ := strings.Cut(section, "\n\n")
	_, help, _ := strings.Cut(command(t, "--help").out, "Available Commands:\n")
	help, _, _ = strings.Cut(help, "\n\n")
	var told, there []string
	for _, m := range regexp.MustCompile(`(?m)^    tierline (\S+)`).FindAllStringSubmatch(list, -1) {
		told = append(told, m[1])
	}
	for _, m := range regexp.MustCompile(`(?m)^  (\S+)`).FindAllStringSubmatch(help, -1) {
		if m[1] != "completion" && m[1] != "help" { // cobra's own
			there = append(there, m[1])
		}
	}
	slices.Sort(told)
	if diff := cmp.Diff(there, told); diff != "" || len(there) == 0 {
		t.Errorf("the README lists other commands than the program has (-program +README):\n%s", diff)
	}
}
