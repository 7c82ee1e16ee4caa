package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// The manual pages are what the commands say of themselves; -update writes them.
func TestManualPages(t *testing.T) {
	a := &app{out: io.Discard, err: io.Discard}
	root := a.root()
	root.DisableAutoGenTag = true
	dir := filepath.Join("..", "..", "templates", "man")
	want := map[string]bool{}
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		name := "tierline"
		if c != root {
			name += "-" + c.Name()
		}
		day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
		var page bytes.Buffer
		if err := doc.GenMan(c, &doc.GenManHeader{Title: "TIERLINE", Section: "1", Date: &day, Source: "Tierline " + version, Manual: "Tierline"}, &page); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".1")
		want[name+".1"] = true
		if *update {
			if err := os.WriteFile(file, page.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		there, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(there), page.String()); d != "" {
			t.Errorf("%s is not what the command says; write it again with -update\n%s", file, d)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !want[f.Name()] {
			t.Errorf("there is no command for %s", f.Name())
		}
	}
}
