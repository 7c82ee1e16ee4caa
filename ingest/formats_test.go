package ingest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestReadmeListsTheFormats holds the README's tables of what is read against
// the list of formats: each once, and nothing else.
func TestReadmeListsTheFormats(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## What it reads\n")
	section, _, _ = strings.Cut(section, "\n## ")
	exports, own, ok := strings.Cut(section, "| our own tables")
	if !ok {
		t.Fatal("the README has no table of our own tables")
	}
	quoted := regexp.MustCompile("`([a-z0-9_-]+)`")
	names := func(table string, cell int) (out []string) {
		for line := range strings.Lines(table) {
			cells := strings.Split(line, "|")
			if len(cells) < cell+2 || strings.Contains(line, "audit.yaml") {
				continue
			}
			for _, m := range quoted.FindAllStringSubmatch(cells[cell], -1) {
				out = append(out, m[1])
			}
		}
		slices.Sort(out)
		return out
	}
	var ofOthers, ofOurs []string
	for _, f := range slices.Concat(userLists(), pastedTables()) {
		ofOthers = append(ofOthers, f.ID)
	}
	for _, a := range jsonAnswers() {
		ofOthers = append(ofOthers, a.ID)
	}
	for _, f := range ownTables() {
		ofOurs = append(ofOurs, f.ID)
	}
	slices.Sort(ofOthers)
	slices.Sort(ofOurs)
	if got, want := names(exports, 3), slices.Compact(ofOthers); !slices.Equal(got, want) {
		t.Errorf("the README lists the exports\n%v\nand these are read\n%v", got, want)
	}
	if got := names(own, 1); !slices.Equal(got, ofOurs) {
		t.Errorf("the README lists the tables\n%v\nand these are read\n%v", got, ofOurs)
	}
}
