package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Code, tests and pages point to the rules of audit/METHOD.md by their numbers:
// "METHOD 3.7", "METHOD 2.12 to 2.14", "METHOD 3.7, 8.4". A whole chapter is
// "METHOD 19".
var (
	citation   = regexp.MustCompile(`METHOD\s+(\d+(?:\.\d+)?(?:(?:, | and | or | to )\d+(?:\.\d+)?)*)`)
	citedRange = regexp.MustCompile(`(\d+)\.(\d+) to (\d+)\.(\d+)`)
	cited      = regexp.MustCompile(`\d+(?:\.\d+)?`)
	// foreign are numbers and names of papers that are not in this repository.
	foreign     = regexp.MustCompile(`\b[RIS]\d{1,2}\b|\bDESIGN\b|\bRULINGS\b|\b[Rr]ulings? [A-Z]\d|\b(?:pricing|formats|models)\.md\b|\b[Gg]olden (?:case )?\d`)
	foreignTest = regexp.MustCompile(`^Test[RIS]\d`)
	// commentMark begins a line of a comment; what it continues is one text.
	commentMark = regexp.MustCompile(`\n\s*(?://|#)?\s*`)
	// numberedCase is a folder of a case that is named after the rule it holds.
	numberedCase = regexp.MustCompile(`^(\d+\.\d+)-`)
	goldenTest   = regexp.MustCompile(`^TestGolden(?:(\d\d)(?:And(\d\d))?|(Extra))`)
)

// citationsIn lists the numbers a text cites, ranges with what lies between.
func citationsIn(text string) []string {
	var out []string
	for _, m := range citation.FindAllStringSubmatch(commentMark.ReplaceAllString(text, " "), -1) {
		out = append(out, cited.FindAllString(m[1], -1)...)
		for _, r := range citedRange.FindAllStringSubmatch(m[1], -1) {
			for n := atoi(r[2]); r[1] == r[3] && n <= atoi(r[4]); n++ {
				out = append(out, r[1]+"."+strconv.Itoa(n))
			}
		}
	}
	return out
}

// writing is a text of the tree that may cite: a page, a script, the comments
// and texts of a Go file.
type writing struct{ path, text string }

// writings reads everything somebody wrote; data of samples and tests is none,
// but for what explains it.
func writings(t *testing.T) []writing {
	t.Helper()
	top := filepath.Join("..", "..")
	var out []writing
	err := filepath.WalkDir(top, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch name := e.Name(); {
		case e.IsDir() && (name == ".git" || name == "bin" || name == "runs" || strings.HasSuffix(rel, "testdata/cases")):
			return fs.SkipDir
		case e.IsDir():
			return nil
		case strings.HasSuffix(name, ".go"):
			text, err := goTexts(path)
			out = append(out, writing{rel, text})
			return err
		case strings.HasSuffix(name, ".md"), strings.HasSuffix(name, ".txtar"), strings.HasSuffix(name, ".yaml"), name == "Makefile", name == "run":
			raw, err := os.ReadFile(path)
			out = append(out, writing{rel, string(raw)})
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// goTexts returns the comments of a Go file, and those of its texts that say
// something in brackets, as names of test cases do.
func goTexts(path string) (string, error) {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, g := range f.Comments {
		out.WriteString(g.Text() + "\n\n")
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && strings.ContainsAny(lit.Value, "()") {
			out.WriteString(lit.Value + "\n\n")
		}
		return true
	})
	return out.String(), nil
}

// TestCitationsExist: a number that is cited anywhere stands in
// audit/METHOD.md, and nothing points to papers outside this repository.
func TestCitationsExist(t *testing.T) {
	for text, want := range map[string]string{
		"(METHOD 3.7)":                 "3.7",
		"METHOD 3.7, 8.4 and 9.1.":     "3.7 8.4 9.1",
		"METHOD 2.12 to 2.14; and 3.1": "2.12 2.14 2.12 2.13 2.14",
		"see (METHOD\n\t// 1.4).":      "1.4",
		"METHOD 19 at 3.5":             "19",
		"a METHOD of 3.7":              "",
	} {
		if got := strings.Join(citationsIn(text), " "); got != want {
			t.Errorf("%q cites %q, want %q", text, got, want)
		}
	}
	rules, _ := readMethod(t)
	known := map[string]bool{}
	for _, r := range rules {
		known[r.number], known[strings.Split(r.number, ".")[0]] = true, true
	}
	n := 0
	for _, w := range writings(t) {
		if page := strings.TrimPrefix(w.path, "rules/"); page != w.path && !strings.Contains(page, "/") && strings.HasSuffix(page, ".md") && page != "RULES.md" && len(citationsIn(w.text)) == 0 {
			t.Errorf("%s cites no number of the method; a page says which rules its figures follow", w.path)
		}
		for _, number := range citationsIn(w.text) {
			n++
			if !known[number] {
				t.Errorf("%s cites METHOD %s, which there is not", w.path, number)
			}
		}
		if w.path == "cmd/tierline/citations_test.go" {
			continue // its patterns
		}
		for _, m := range foreign.FindAllString(w.text, -1) {
			t.Errorf("%s cites %q, which a reader of this repository cannot look up; cite METHOD", w.path, m)
		}
	}
	for _, x := range readTests(t).tests {
		if foreignTest.MatchString(x.name) {
			t.Errorf("%s: %s is named after a paper outside this repository; say what it holds", x.path, x.name)
		}
	}
	if n < 100 {
		t.Errorf("only %d citations found; the walk over the tree is broken", n)
	}
}

// TestEveryRuleOfTheMethodIsTested: each number of audit/METHOD.md is cited by
// a test that can fail (its comment, or a comment inside it) or by a script or
// case that is run, or names the folder of a case, unless it is marked as text only.
func TestEveryRuleOfTheMethodIsTested(t *testing.T) {
	rules, _ := readMethod(t)
	held := map[string]string{}
	for _, x := range readTests(t).tests {
		if !x.honest() {
			continue // TestEveryTestCanFail says so
		}
		for _, number := range append(citationsIn(x.doc), citationsIn(x.inside)...) {
			held[number] = x.name
		}
		if m := goldenTest.FindStringSubmatch(x.name); m != nil {
			for _, n := range []string{m[1], m[2]} {
				if n != "" {
					held["19."+strconv.Itoa(atoi(n))] = x.name
				}
			}
			if m[3] != "" {
				held["19.16"] = x.name
			}
		}
	}
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && strings.Contains(path, "testdata") {
			if m := numberedCase.FindStringSubmatch(e.Name()); m != nil {
				held[m[1]] = path
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range writings(t) {
		if strings.Contains(w.path, "testdata/") { // scripts and cases, which are run
			for _, number := range citationsIn(w.text) {
				held[number] = w.path
			}
		}
	}
	for _, r := range rules {
		switch by, ok := held[r.number]; {
		case r.textOnly && ok:
			t.Errorf("METHOD %s is marked as text only, but %s holds it", r.number, by)
		case !r.textOnly && !ok:
			t.Errorf("no test cites METHOD %s; write one, or mark the rule as text only", r.number)
		}
	}
}

// atoi reads digits a pattern has found.
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
