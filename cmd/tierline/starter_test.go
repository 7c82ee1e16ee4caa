package main

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tierline/templates"
)

// starterFile reads a file that init writes.
func starterFile(t *testing.T, name string) string {
	t.Helper()
	text, err := fs.ReadFile(templates.Starter, "starter/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestStarterHeadersAreKnown reads every empty table of init with one row in
// it: a column that the program does not know would be a warning, a column
// too few would leave the table unrecognised.
func TestStarterHeadersAreKnown(t *testing.T) {
	entries, err := fs.ReadDir(templates.Starter, "starter")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		table, ok := strings.CutSuffix(e.Name(), ".csv")
		if !ok {
			continue
		}
		header := starterFile(t, e.Name())
		if strings.Count(header, "\n") != 1 || !strings.HasSuffix(header, "\n") {
			t.Errorf("%s is not a header alone: a filled row would be audited as real", e.Name())
		}
		dir := base(t, map[string][]byte{"table-under-test.csv": []byte(header)})
		o := command(t, "check", dir, "--as-of", asOf, "--json")
		if want := `"format": "` + table + `"`; !strings.Contains(o.out, want) {
			t.Errorf("%s is not recognised as %s", e.Name(), table)
		}
		if strings.Contains(o.out, "has no column") || o.code != exitComplete {
			t.Errorf("%s: exit code %d, %s", e.Name(), o.code, o.out)
		}
	}
}

// columnList finds the columns of a table in a message of ours: the required
// ones of prices and subscriptions are named when a table is missing.
var columnList = regexp.MustCompile(`columns ([a-z_, ]+)`)

// TestStarterHeadersAreComplete fills every column of every starter table that
// the README shows, so that neither side can lose one.
func TestStarterHeadersAreComplete(t *testing.T) {
	for name, block := range examples(t) {
		header, _, _ := strings.Cut(block, "\n")
		if name != "audit.yaml" && header+"\n" != starterFile(t, name) {
			t.Errorf("the README shows %s with the header\n%s\ninit writes\n%s", name, header, starterFile(t, name))
		}
	}
	o := command(t, "check", t.TempDir(), "--as-of", asOf)
	m := columnList.FindStringSubmatch(o.errOut)
	if m == nil {
		t.Fatalf("no columns in %q", o.errOut)
	}
	columns := strings.Split(strings.TrimSpace(strings.SplitN(starterFile(t, "subscriptions.csv"), "\n", 2)[0]), ",")
	for _, c := range strings.Split(strings.TrimSpace(m[1]), ", ") {
		if !slices.Contains(columns, c) {
			t.Errorf("a message asks for the column %q, which init does not write", c)
		}
	}
}

// examples returns the indented blocks of the starter README by the heading
// they stand under.
func examples(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	name := ""
	for _, line := range strings.Split(starterFile(t, "README.md"), "\n") {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			name = heading
		}
		if row, ok := strings.CutPrefix(line, "    "); ok && name != "" {
			out[name] += row + "\n"
		}
	}
	return out
}

// TestStarterExamplesAreRead writes the examples of the README as files and
// checks them: every row is used, and nothing is remarked but what a handful
// of rows without users must lead to.
func TestStarterExamplesAreRead(t *testing.T) {
	dir := t.TempDir()
	blocks := examples(t)
	if len(blocks) < 10 {
		t.Fatalf("only %d examples in the README", len(blocks))
	}
	for name, block := range blocks {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o := command(t, "check", dir, "--as-of", "2026-11-21")
	if o.code != exitComplete {
		t.Errorf("exit code %d\n%s%s", o.code, o.out, o.errOut)
	}
	for name, block := range blocks {
		rows := strings.Count(block, "\n") - 1
		want := regexp.MustCompile(`(?s)` + regexp.QuoteMeta(name) + `\n.{0,100}\n    ` + strconv.Itoa(rows) + ` rows read = ` + strconv.Itoa(rows) + ` used \+ 0 excluded \+ 0 rejected`)
		if !want.MatchString(o.out) {
			t.Errorf("the rows of the example of %s are not all used:\n%s", name, o.out)
		}
	}
	for _, line := range strings.Split(o.out, "\n") {
		if strings.HasPrefix(line, "  warning: ") && !strings.Contains(line, "matches no account") {
			t.Errorf("the examples lead to: %s", line)
		}
	}
}

// TestStarterConfiguration uncomments every setting of the starter audit.yaml:
// what it calls the default must be the default.
func TestStarterConfiguration(t *testing.T) {
	text := starterFile(t, "audit.yaml")
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		setting, commented := strings.CutPrefix(line, "#")
		if commented && (strings.HasPrefix(setting, " ") && !strings.HasPrefix(setting, "  ")) {
			continue // a sentence
		}
		if strings.HasPrefix(setting, "as_of") || strings.HasPrefix(setting, "currency") {
			continue // no default of their own
		}
		lines = append(lines, setting)
	}
	all := strings.Join(lines, "\n")
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 60, 20))); err != nil {
		t.Fatal(err)
	}
	plain, full := auditFolder(t, base(t, nil)), auditFolder(t, base(t, map[string][]byte{"audit.yaml": []byte(all), "logo.png": logo.Bytes()}))
	if full.code != exitComplete {
		t.Fatalf("exit code %d\n%s\n%s", full.code, full.errOut, all)
	}
	want, got := at(plain.result(t), "run")["policy"].([]any), at(full.result(t), "run")["policy"].([]any)
	for i := range want {
		w, g := want[i].(map[string]any), got[i].(map[string]any)
		if w["value"] != g["value"] {
			t.Errorf("audit.yaml shows %s: %s as the default, which is %s", w["name"], g["value"], w["value"])
		}
		name, _, _ := strings.Cut(w["name"].(string), ".")
		if !strings.Contains(text, name+":") {
			t.Errorf("audit.yaml does not show the policy %s", name)
		}
	}
}
