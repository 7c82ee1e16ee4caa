package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// keyFile writes a key file that only its owner reads.
func keyFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "redact.key")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// staffed is the sample acme with what a company knows of its people, who have
// names of their own, and two decisions of somebody who is named in them.
func staffed(t *testing.T) (dir string, people map[string]bool) {
	t.Helper()
	people = peopleOf(t, audited(t, "acme").file(t, "seats.csv"))
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	write := func(cells ...string) {
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	write("email", "department", "title", "cost_centre", "manager")
	n := 0
	for _, row := range csvRows(t, audited(t, "acme").file(t, "seats.csv")) {
		if row["email"] != "" && people[row["email"]] && n < 400 {
			write(row["email"], "Quarry "+string(rune('A'+n%5)), "Stonecutter "+string(rune('A'+n%3)), fmt.Sprintf("Pit%04d", n%7), "Foreman "+string(rune('A'+n%4)))
			people[row["email"]] = false // once
			n++
		}
	}
	w.Flush()
	for who := range people {
		people[who] = true
	}
	for _, word := range []string{"quarry", "stonecutter", "pit000", "foreman", "zebedee"} {
		people[word] = true
	}
	id := csvRows(t, audited(t, "acme").file(t, "removals.csv"))[0]
	decisions := "User id,site,product,keep,reason,owner,decided_until\n" + strings.Join([]string{id["User id"], id["site"], id["product"], "keep", "asked by Zebedee", "Zebedee", "2027-01-31"}, ",") + "\n"
	exceptions := "rule,subject,reason,owner,until\ninactive-users," + id["email"] + ",Zebedee said so,Zebedee,2027-01-31\n"
	return copied(t, sample(t, "acme"), map[string][]byte{"people.csv": text.Bytes(), "decisions.csv": []byte(decisions), "exceptions.csv": []byte(exceptions)}), people
}

// TestRedactedRunNamesNobody looks for everybody in every file of a redacted run,
// part by part where it is an archive: no id, name or address stands there, nor what
// people are called by otherwise or wrote (METHOD 18.5).
func TestRedactedRunNamesNobody(t *testing.T) {
	t.Parallel()
	dir, people := staffed(t)
	plain := auditFolder(t, dir)
	redacted := auditBy(t, command, dir, "--redact", keyFile(t, strings.Repeat("0123456789abcdef", 2)))
	if redacted.code != plain.code || strings.Contains(redacted.errOut, "others can read") {
		t.Fatalf("exit codes %d and %d\n%s", plain.code, redacted.code, redacted.errOut)
	}
	if filepath.Base(redacted.folder) == filepath.Base(plain.folder) {
		t.Error("the redacted run has the name of the one with names")
	}
	excelOpens(t, filepath.Join(redacted.folder, "audit.xlsx"))
	named, texts := 0, partsOf(t, redacted.folder)
	for _, file := range []string{"audit.xlsx/xl/sharedStrings.xml", "audit.xlsx/docProps/core.xml", "seats.csv", "result.json", "manifest.json"} {
		if texts[file] == "" {
			t.Errorf("there is no %s", file)
		}
	}
	if texts["removals.csv"] != "" || texts["rejected.csv"] != "" {
		t.Error("a list of names was written")
	}
	by := byBeginning(people)
	for file, text := range texts {
		for who := range by.in(text) {
			t.Errorf("%s names %q", file, who)
		}
	}
	for _, text := range partsOf(t, plain.folder) {
		named += len(by.in(text))
	}
	if named < len(people) {
		t.Errorf("the run with names names %d of %d, so the test looks for too little", named, len(people))
	}
	if figures(t, plain) != figures(t, redacted) {
		t.Error("redacted, the run has other figures")
	}
}

// beginnings are words by the letters they begin with: thousands of words are looked
// for in megabytes of text.
type beginnings map[string][]string

// beginLetters is how many letters each word has at least.
const beginLetters = 6

func byBeginning(words map[string]bool) beginnings {
	out := beginnings{}
	for word := range words {
		out[word[:beginLetters]] = append(out[word[:beginLetters]], word)
	}
	return out
}

// in returns the words that stand in a text.
func (b beginnings) in(text string) map[string]bool {
	found := map[string]bool{}
	for i := range len(text) - beginLetters + 1 {
		for _, word := range b[text[i:i+beginLetters]] {
			if strings.HasPrefix(text[i:], word) {
				found[word] = true
			}
		}
	}
	return found
}

// partsOf returns what stands in the files of a folder, in lower case: of an archive
// its parts, with the signs that XML writes otherwise. finance.pdf, whose pages are
// packed, is looked through by other tests.
func partsOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(raw, []byte("PK")) {
			out[filepath.Base(name)] = strings.ToLower(string(raw))
			continue
		}
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range z.File {
			r, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.Base(name)+"/"+part.Name] = strings.ToLower(html.UnescapeString(string(text)))
		}
	}
	return out
}

// TestPseudonymsStay: the same person is the same word on another day and whatever
// the number of workers, another one with another key, and decisions that were made
// by pseudonyms are read back by the key alone (METHOD 18.5).
func TestPseudonymsStay(t *testing.T) {
	t.Parallel()
	key, other := keyFile(t, strings.Repeat("0123456789abcdef", 2)), keyFile(t, strings.Repeat("fedcba9876543210", 2))
	words := func(args ...string) []string {
		var out []string
		for _, row := range csvRows(t, auditFolder(t, base(t, nil), args...).file(t, "seats.csv")) {
			out = append(out, row["account"]+" "+row["name"]+" "+row["email"])
		}
		return slices.Sorted(slices.Values(out))
	}
	first := words("--redact", key)
	if len(first) != 12 || strings.Contains(strings.Join(first, ""), "acc-") {
		t.Fatalf("words %q", first)
	}
	if later := words("--redact", key, "--as-of", "2026-11-30", "--jobs", "16"); !slices.Equal(first, later) {
		t.Errorf("on another day %q, before %q", later, first)
	}
	if changed := words("--redact", other); slices.ContainsFunc(changed, func(w string) bool { return slices.Contains(first, w) }) {
		t.Error("another key gives the same words")
	}
	redacted := auditFolder(t, base(t, nil), "--redact", key)
	var decisions []deciding
	for i, row := range csvRows(t, redacted.file(t, "seats.csv"))[:3] {
		decisions = append(decisions, deciding{row["account"], []string{"keep", "ask", "remove"}[i], "said the consultant", "", ""})
	}
	files := map[string][]byte{"back.xlsx": decideIn(t, redacted.file(t, "audit.xlsx"), decisions...)}
	for name, c := range map[string]struct {
		want string
		code int
		args []string
	}{
		"the key":         {"keep 1 remove 1 ask 1 ended 0 gone 0", exitComplete, []string{"--redacted-with", key}},
		"the key, hidden": {"keep 1 remove 1 ask 1 ended 0 gone 0", exitComplete, []string{"--redact", key}},
		"another key":     {"keep 0 remove 0 ask 0 ended 0 gone 3", exitIncomplete, []string{"--redacted-with", other}},
		"no key":          {"keep 0 remove 0 ask 0 ended 0 gone 3", exitIncomplete, nil},
	} {
		o := auditFolder(t, base(t, maps.Clone(files)), c.args...)
		if got := decidedText(t, o); o.code != c.code || !strings.HasPrefix(got, c.want) {
			t.Errorf("with %s: exit code %d, %s; want %s", name, o.code, got, c.want)
		}
		told := "back.xlsx#Users: decisions that name people by words of a key which this run does not have: 3; none of them holds"
		if c.args != nil {
			told = "back.xlsx#Users: decisions that name people by words which the key of this run makes of no account: 3; " +
				"the key is another one, or all these people are gone"
		}
		if strings.Contains(o.errOut, told) != (c.code == exitIncomplete) {
			t.Errorf("with %s:\n%s", name, o.errOut)
		}
	}
	if o := command(t, "check", base(t, files), "--as-of", asOf, "--redacted-with", key); o.code != exitComplete {
		t.Errorf("check with the key: exit code %d\n%s", o.code, o.errOut)
	}
}
