// Command newrule begins a rule: its Go file, its page, a case of each kind and
// its line in All. What it writes compiles, and the tests refuse it until the
// page, the finding and the cases are the rule's own:
//
//	go run ./rules/newrule -id my-rule -dir rules
//
// "make new-rule ID=my-rule" calls it.
package main

import (
	"bytes"
	"embed"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
	"unicode"
)

//go:embed templates
var templates embed.FS

func main() {
	id := flag.String("id", "", "id of the rule: lower-case words joined by '-' (required)")
	dir := flag.String("dir", "rules", "folder of the rules")
	flag.Parse()
	if *id == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(4)
	}
	written, err := begin(*dir, *id)
	if err != nil {
		fmt.Fprintln(os.Stderr, "newrule:", err)
		os.Exit(1)
	}
	for _, name := range written {
		fmt.Println(name)
	}
	fmt.Println("next: write Run, the page and the figures of each case; then go test ./rules -update, and compare want.txt with the README of its case")
}

var idForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// names are the forms in which the templates write the id.
type names struct {
	ID    string // my-rule
	File  string // my_rule
	Value string // myRule
	Func  string // MyRule
}

func nameOf(id string) names {
	n := names{ID: id, File: strings.ReplaceAll(id, "-", "_")}
	for word := range strings.SplitSeq(id, "-") {
		n.Func += string(unicode.ToUpper(rune(word[0]))) + word[1:]
	}
	n.Value = strings.ToLower(n.Func[:1]) + n.Func[1:]
	return n
}

// begin writes the files of a rule into the folder of the rules and lists it;
// it touches nothing that is there.
func begin(dir, id string) ([]string, error) {
	if !idForm.MatchString(id) {
		return nil, fmt.Errorf("id %q: expected lower-case words joined by '-', such as my-rule", id)
	}
	n := nameOf(id)
	list := filepath.Join(dir, "rules.go")
	source, err := os.ReadFile(list)
	if err != nil {
		return nil, err
	}
	listed, err := addToAll(source, n.Value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", list, err)
	}
	cases := filepath.Join(dir, "testdata", id)
	var written []string
	for _, f := range []struct{ name, template string }{
		{filepath.Join(dir, n.File+".go"), "rule.go.tmpl"},
		{filepath.Join(dir, id+".md"), "page.md.tmpl"},
		{filepath.Join(cases, "positive-page-example", "README.md"), "case.md.tmpl"},
		{filepath.Join(cases, "positive-page-example", "audit.yaml"), "audit.yaml.tmpl"},
		{filepath.Join(cases, "positive-page-example", "page.txt"), "page.txt.tmpl"},
		{filepath.Join(cases, "negative-nothing-to-say", "README.md"), "case.md.tmpl"},
		{filepath.Join(cases, "negative-nothing-to-say", "audit.yaml"), "audit.yaml.tmpl"},
		{filepath.Join(cases, "missing-prices", "README.md"), "case.md.tmpl"},
		{filepath.Join(cases, "missing-prices", "audit.yaml"), "audit.yaml.tmpl"},
	} {
		if err := writeNew(f.name, f.template, n); err != nil {
			return written, err
		}
		written = append(written, f.name)
	}
	return append(written, list), os.WriteFile(list, listed, 0o644)
}

// addToAll adds a rule at the end of the list in All.
func addToAll(source []byte, value string) ([]byte, error) {
	end := []byte("\n\t}\n}\n")
	i := bytes.LastIndex(source, end)
	if i < 0 {
		return nil, errors.New("the list of All does not end as expected; add the rule by hand")
	}
	if bytes.Contains(source, []byte("\t"+value+",\n")) {
		return nil, fmt.Errorf("%s is listed already", value)
	}
	return bytes.Join([][]byte{source[:i], []byte("\n\t\t" + value + ","), source[i:]}, nil), nil
}

// writeNew writes a template to a file that must not exist.
func writeNew(name, from string, n names) error {
	t, err := template.ParseFS(templates, "templates/"+from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(t.Execute(f, n), f.Close())
}
