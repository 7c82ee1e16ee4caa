package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var numberedTest = regexp.MustCompile(`(?m)^func Test((?:R|Golden)[0-9]{2}|GoldenExtra)`)

// TestEveryRulingAndGoldenCaseHasATest: the name of a test says which ruling on
// economics or which golden case of the price mechanics it holds, so that a
// failure names the rule that broke. Rulings on reading have case folders,
// which package ingest lists.
func TestEveryRulingAndGoldenCaseHasATest(t *testing.T) {
	found := map[string]bool{}
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range numberedTest.FindAllSubmatch(raw, -1) {
			found[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	wanted := []string{"GoldenExtra"}
	for n := 1; n <= 50; n++ {
		wanted = append(wanted, fmt.Sprintf("R%02d", n))
	}
	for n := 1; n <= 15; n++ {
		wanted = append(wanted, fmt.Sprintf("Golden%02d", n))
	}
	for _, name := range wanted {
		if !found[name] {
			t.Errorf("no test is named Test%s...", name)
		}
	}
}
