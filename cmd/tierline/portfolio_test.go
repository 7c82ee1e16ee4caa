package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tierline/audit/portfolio"
	"tierline/templates"
)

// estatesFolderOf makes a folder of small estates: of two currencies, one incomplete,
// one under a name that means something in a link, one refused and one broken.
func estatesFolderOf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	euro := baseFile(t, "prices.csv", "USD", "EUR")
	for name, files := range map[string]map[string][]byte{
		"alpha": nil, "beta": {"prices.csv": euro}, "gamma": {"strange.csv": []byte("a,b,c\n1,2,3\n")}, "d#lta": nil,
		"refused": {"subscriptions.csv": nil}, "broken": {"audit.yaml": []byte("organisations: Two\n")},
	} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(base(t, files))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// allFiles reads every file below a folder, but for locks.
func allFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".lock" {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// One worker and sixteen write the same files, runs and summary (METHOD 25.1); the
// summary follows its schema.
func TestPortfolioIsTheSameForAnyWorkers(t *testing.T) {
	dir := estatesFolderOf(t)
	var trees []map[string]string
	var out string
	for _, jobs := range []string{"1", "16"} {
		out = t.TempDir()
		o := command(t, "audit", "--portfolio", dir, "--as-of", asOf, "--out", out, "--jobs", jobs)
		if o.code != exitUsage || !strings.Contains(o.errOut, "3 of 6 estates did not end with 0: broken (4), gamma (3), refused (12)") {
			t.Fatalf("exit code %d\n%s", o.code, o.errOut)
		}
		trees = append(trees, allFiles(t, out))
	}
	if diff := cmp.Diff(trees[0], trees[1]); diff != "" {
		t.Errorf("one worker and sixteen write other files:\n%.2000s", diff)
	}
	latest := strings.TrimSpace(trees[0]["latest"])
	text := []byte(trees[0][latest+"/portfolio.json"])
	validate(t, compiledSchema(t, templates.PortfolioSchema), text)
	book := zipParts(t, filepath.Join(out, latest, "portfolio.xlsx"))
	for _, fault := range strictFaults(book) {
		if !strings.Contains(fault, "leads out of the workbook: ../estates/") { // the links to the workbooks of the estates
			t.Error(fault)
		}
	}
	all := strings.Join([]string{book["xl/worksheets/sheet2.xml"], book["xl/worksheets/_rels/sheet3.xml.rels"]}, "")
	for what, n := range map[string]int{"SUMIFS(": 10, "COUNTIFS(": 6, `TargetMode="External"`: 3, `Target="../estates/alpha/2026-11-16-`: 1, "d#lta": 0} {
		if got := strings.Count(all, what); got != n {
			t.Errorf("the workbook has %d times %s, want %d", got, what, n)
		}
	}
}

// The worst of several exit codes holds, whatever their order (METHOD 25.3).
func TestWorstExitCode(t *testing.T) {
	order := []int{130, 1, 4, 12, 11, 3, 10, 0}
	for i, code := range order {
		for _, other := range order[i:] {
			for _, codes := range [][2]int{{code, other}, {other, code}} {
				if got := worst(&portfolio.Parts{Estates: []portfolio.Estate{{ExitCode: codes[0]}, {ExitCode: codes[1]}}}); got != code {
					t.Errorf("of %v: %d, want %d", codes, got, code)
				}
			}
		}
	}
	if got := worst(&portfolio.Parts{}); got != exitComplete {
		t.Errorf("of none: %d", got)
	}
	lacking := portfolio.Parts{Missing: []portfolio.Shard{{Index: 1, Of: 2}}, Estates: []portfolio.Estate{{ExitCode: exitFindings}}}
	if got := worst(&lacking); got != exitIncomplete {
		t.Errorf("with a shard missing: %d", got)
	}
}

// A name of two lines begins no line of the log.
func TestEstateOfTwoLinesIsLoggedAsOne(t *testing.T) {
	var said bytes.Buffer
	a := &app{log: logger{to: &said, format: logText, estate: "acme\ntierline: other"}}
	a.summed = &ending{title: "audit", facts: []slog.Attr{slog.String("run", "acme\nruns")}}
	a.sumUp(exitComplete)
	if got := said.String(); strings.Count(got, "\n") != 1 {
		t.Errorf("logged as %q, want one line", got)
	}
}

// An interruption ends several estates at once: what was published stays, nothing else
// is begun, and there is no summary.
func TestInterruptedPortfolio(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	const estates = 20
	for i := range estates {
		if err := os.CopyFS(filepath.Join(dir, fmt.Sprintf("estate-%02d", i)), os.DirFS(filepath.Join("testdata", "base"))); err != nil {
			t.Fatal(err)
		}
	}
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		defer interrupt()
		for ctx.Err() == nil {
			if _, err := os.Lstat(filepath.Join(out, estatesFolder, "estate-00", "latest")); err == nil {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	var said, errOut bytes.Buffer
	code := run(ctx, []string{"audit", "--portfolio", dir, "--out", out, "--as-of", asOf, "--jobs", "1"}, &said, &errOut)
	if code != exitInterrupted || !strings.Contains(errOut.String(), fmt.Sprintf("of %d estates were published, and no summary", estates)) {
		t.Fatalf("exit code %d\n%s", code, errOut.String())
	}
	published := 0
	for name := range allFiles(t, out) {
		switch filepath.Base(name) {
		case "latest":
			published++
			if name == "latest" {
				t.Error("a summary was published")
			}
		case portfolioFile:
			t.Errorf("%s was published", name)
		}
	}
	if published == 0 || published == estates || !strings.Contains(errOut.String(), fmt.Sprintf("interrupted: %d of", published)) {
		t.Errorf("%d estates have a run\n%s", published, errOut.String())
	}
}
