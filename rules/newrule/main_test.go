package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const list = "package rules\n\nfunc All() []*audit.Rule {\n\treturn []*audit.Rule{\n\t\tinactiveUsers,\n\t}\n}\n"

func TestBegin(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "rules.go"), []byte(list), 0o644); err != nil {
		t.Fatal(err)
	}
	written, err := begin(dir, "no-such-thing")
	if err != nil || len(written) != 10 {
		t.Fatalf("wrote %q, %v", written, err)
	}
	for name, want := range map[string]string{
		"rules.go":         "\t\tinactiveUsers,\n\t\tnoSuchThing,\n\t}\n",
		"no_such_thing.go": "//go:embed no-such-thing.md\nvar noSuchThingPage string\n",
		"no-such-thing.md": "# no-such-thing\n",
		"testdata/no-such-thing/positive-page-example/audit.yaml": "as_of:",
	} {
		if raw, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(raw), want) {
			t.Errorf("%s: got %q (%v), want %q in it", name, raw, err, want)
		}
	}
	if _, err := begin(dir, "no-such-thing"); err == nil || !strings.Contains(err.Error(), "listed already") {
		t.Errorf("a rule that is there: got %v", err)
	}
}

func TestBeginRefuses(t *testing.T) {
	dir := t.TempDir()
	for id, list := range map[string]string{"My_Rule": list, "../../x": list, "": list, "fine": "package rules\n"} {
		if err := os.WriteFile(filepath.Join(dir, "rules.go"), []byte(list), 0o644); err != nil {
			t.Fatal(err)
		}
		if written, err := begin(dir, id); err == nil || len(written) > 0 {
			t.Errorf("id %q: wrote %q, %v", id, written, err)
		}
	}
}
