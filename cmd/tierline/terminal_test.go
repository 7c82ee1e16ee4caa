package main

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPlainWriter writes letters whole and byte by byte (METHOD 18.4).
func TestPlainWriter(t *testing.T) {
	for in, want := range map[string]string{
		"plain, \"quoted\"\n\tZoë 漢字 € 🙂": "plain, \"quoted\"\n\tZoë 漢字 € 🙂",
		"\x1b[31mred\r\x07\x00\x7f":       `\u001b[31mred\u000d\u0007\u0000\u007f`,
		"a\u202eb\u2066c\u200fd\u0085e":   `a\u202eb\u2066c\u200fd\u0085e`,
		"broken \xff byte, \x9b2J":        `broken \xff byte, \x9b2J`,
	} {
		var whole, single bytes.Buffer
		if n, err := (&plainWriter{to: &whole}).Write([]byte(in)); n != len(in) || err != nil {
			t.Errorf("%q: wrote %d, %v", in, n, err)
		}
		w := &plainWriter{to: &single}
		for i := range len(in) {
			if _, err := w.Write([]byte(in[i : i+1])); err != nil {
				t.Fatal(err)
			}
		}
		if whole.String() != want || single.String() != want {
			t.Errorf("%q is written as %q and, byte by byte, as %q; want %q", in, whole.String(), single.String(), want)
		}
	}
}

// TestNothingSteersTheTerminal puts characters that steer a terminal into file
// names, headers and cells.
func TestNothingSteersTheTerminal(t *testing.T) {
	const steering = "\x1b[2J\u202e\u0007"
	dir := base(t, map[string][]byte{
		"odd\u202ename.csv": []byte("type,key,site,cycle,renewal_date,extra" + steering + "\nproduct," + steering + "x,acme,weekly" + steering + ",2027-01-30,\n"),
		"strange.csv":       []byte("a" + steering + ",b\n1,2\n"),
	})
	for _, args := range [][]string{{"check", dir, "--as-of", asOf}, {"check", dir, "--as-of", asOf, "--json"}, {"simulate", dir, "--site", "x\x1b[2J", "--product", "y", "--add", "1"}} {
		o := command(t, args...)
		for _, text := range []string{o.out, o.errOut} {
			if i := strings.IndexFunc(text, steers); i >= 0 {
				t.Errorf("%s prints %q", args[0], text[max(0, i-40):min(len(text), i+20)])
			}
		}
		if !strings.Contains(o.out+o.errOut, `001b`) && !strings.Contains(o.out+o.errOut, `x1b`) {
			t.Errorf("%s does not mention the odd text at all:\n%s%s", args[0], o.out, o.errOut)
		}
	}
}

// TestNothingForgesALine ends a line inside every cell of every table and list, in
// audit.yaml and in names of files: what stands behind it begins no line of the
// terminal's, where it would read as the program's own words (METHOD 18.4).
func TestNothingForgesALine(t *testing.T) {
	t.Parallel()
	const forged = "forged: all is well"
	folders := map[string]map[string][]byte{
		"names of files":     {"odd\n" + forged + "/odd\n" + forged + ".csv": []byte("a,b\n1,2\n"), "prices\n" + forged + ".csv": baseFile(t, "prices.csv")},
		"header of nobody":   {"odd.csv": []byte("\"a\n" + forged + "\",b\n1,2\n")},
		"header of products": {"export.csv": baseFile(t, "export.csv", "Jira - acme", "\"Jira - acme\n"+forged+"\"")},
		"organisation":       {"audit.yaml": []byte("organisation: \"Acme\\n" + forged + "\"\n")},
		"names of sites":     {"audit.yaml": []byte("sites: {\"other\\n" + forged + "\": \"acme\\n" + forged + "\"}\n")},
		"keys":               {"audit.yaml": []byte("\"policy\\n" + forged + "\": 1\nrules: {\"x\\n" + forged + "\": {a: b}}\n")},
		"inputs":             {"audit.yaml": []byte("inputs: [{glob: \"*.csv\\n" + forged + "\", site: \"x\\n" + forged + "\", columns: {\"a\\n" + forged + "\": \"b\\n" + forged + "\"}}]\n")},
	}
	for _, table := range namedTables {
		rows, err := csv.NewReader(strings.NewReader(table.text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		text := csvLine(rows[0])
		for i := range rows[0] {
			spoilt := slices.Clone(rows[1])
			spoilt[i] += "\n" + forged
			text += csvLine(spoilt)
		}
		folders[table.file] = map[string][]byte{table.file: []byte(text)}
	}
	for name, files := range folders {
		dir := base(t, files)
		commands := [][]string{{"check", dir, "--as-of", asOf}, {"simulate", dir, "--site", "acme", "--product", "jira", "--add", "20", "--as-of", asOf}}
		switch name {
		case "prices.csv":
			commands = append(commands, []string{"price", "--prices", filepath.Join(dir, name), "--plan", "x\n" + forged, "--cycle", "annual", "--users", "5"})
		case "subscriptions.csv", "organisation", "names of files":
			commands = append(commands, []string{"audit", dir, "--out", t.TempDir(), "--as-of", asOf},
				[]string{"simulate", dir, "--site", "x\n" + forged, "--product", "x\n" + forged, "--add", "20", "--as-of", asOf})
		}
		for _, args := range commands {
			o := command(t, args...)
			for line := range strings.Lines(o.out + o.errOut) {
				if strings.HasPrefix(strings.TrimSpace(line), forged) {
					t.Errorf("%s: %s prints %q as a line", name, args[0], line)
				}
			}
		}
	}
}
