package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"tierline/rules"
)

// pkg is what go list says about a package.
type pkg struct {
	ImportPath, Name, Dir string
	Standard              bool
	GoFiles, Imports      []string
}

// path returns the import path below the module.
func (p *pkg) path() string { return strings.TrimPrefix(p.ImportPath, module) }

const module = "tierline/"

// packages lists the packages of the module and all they depend on.
func packages(t *testing.T) (ours []*pkg) {
	t.Helper()
	c := exec.Command("go", "list", "-deps", "-json=ImportPath,Name,Dir,Standard,GoFiles,Imports", "./...")
	c.Dir = root(t)
	var errOut bytes.Buffer
	c.Stderr = &errOut
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, errOut.String())
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		p := &pkg{}
		if err := d.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.ImportPath, module) {
			ours = append(ours, p)
		}
	}
	if len(ours) < 20 {
		t.Fatalf("go list found only %d packages of ours", len(ours))
	}
	return ours
}

// root returns the top folder of the module.
func root(t *testing.T) string {
	t.Helper()
	return filepath.Dir(filepath.Dir(sample(t, "acme")))
}

// floors is the order in which imports run one way: a package sees those of
// lower floors only. audit/glob, audit/word and audit/estate, which
// sees pricing, stand where they are used.
var floors = map[string]int{
	"audit/money": 0, "audit/date": 0, "audit/diag": 0, "audit/glob": 0, "audit/pseudonym": 0, "audit/word": -1, "audit/progress": -1, "audit/beside": -1, "audit/once": -1,
	"audit/config": 1, "audit/guard": 1, "audit/pricing": 2, "audit/estate": 3, "audit/seats": 4, "audit/costing": 5, "audit/plan": 6,
	"audit/history": 6, "audit": 7, "audit/portfolio": 8, "rules": 8,
}

// readFloors is the same order inside ingest: what bytes, cells and headers
// say, then a room for each kind of input, then the folder.
var readFloors = map[string]int{
	"ingest/uncleared": 1, "ingest/table": 1, "ingest/cell": 1, "ingest/sheet": 2, "ingest/audityaml": 2,
	"ingest/users": 3, "ingest/records": 3, "ingest/answers": 3, "ingest/exports": 4, "ingest": 5,
}

// maySee says whether one package of ours may import another, and when not,
// what it may see.
func maySee(from, to string) (bool, string) {
	floor, inHouse := floors[from]
	toFloor, toHouse := floors[to]
	below := func(limit string) bool { return toHouse && toFloor <= floors[limit] }
	switch {
	case from == "cmd/tierline":
		return !forTests(to), "everything but what is for tests"
	case from == "audit/history":
		return to == "audit/money" || to == "audit/date", "audit/money and audit/date only"
	case inHouse:
		return toHouse && toFloor < floor, "packages of the floors below it only"
	case from == "rules/rulestest":
		return below("audit") || to == "ingest", "package audit and below, and ingest"
	case from == "audit/world":
		return below("audit/costing"), "audit/costing and below"
	case from == "ingest/table":
		return to == "ingest/table/marks", "ingest/table/marks only"
	case from == "ingest/cell":
		return to == "audit/money" || to == "audit/date", "audit/money and audit/date only"
	case readFloors[from] > 0:
		return below("audit/estate") || readFloors[to] > 0 && readFloors[to] < readFloors[from], "audit/estate and below, and the packages of ingest below it"
	case from == "report":
		return below("audit") || to == "audit/portfolio" || to == "templates", "audit/portfolio, package audit and below, and templates"
	case strings.HasPrefix(from, "report/"):
		return below("audit") || to == "audit/portfolio" || to == "templates" || to == "report" || strings.HasPrefix(to, from+"/"),
			"report, audit/portfolio, package audit and below, and templates; never another renderer"
	case from == "samples/generate", from == "samples/peers":
		return to == "samples", "samples only"
	}
	return false, "nothing of ours"
}

// forTests says whether a package helps tests and nothing else: only they may
// import it, and it may stop them.
func forTests(path string) bool {
	return path == "rules/rulestest" || path == "audit/world"
}

func TestImportsRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			to, ours := strings.CutPrefix(imported, module)
			if !ours {
				continue
			}
			if ok, may := maySee(p.path(), to); !ok {
				t.Errorf("%s imports %s, but it may see %s", p.path(), to, may)
			}
		}
	}
}

// homes says which packages a library may be imported in, outside tests. What
// is not listed here is a new library: it needs a reason and a home.
var homes = map[string][]string{
	"github.com/xuri/excelize/v2":   {"report/xlsx", "ingest/table"},
	"github.com/klauspost/compress": {"report/xlsx"},
	"github.com/jung-kurt/gofpdf":   {"report/pdf"},
	"github.com/gocarina/gocsv":     {"ingest/table"},
	"github.com/goccy/go-yaml":      {"ingest/audityaml"},
	"github.com/arran4/golang-ical": {"report/ics"},
	"github.com/gofrs/flock":        {"report/publish"},
	"github.com/spf13/cobra":        {"cmd/tierline"},
	"golang.org/x/sync":             {"audit", "cmd/tierline", "ingest", "ingest/table", "ingest/users", "report/publish"},
	"golang.org/x/sys":              {"ingest/table/marks"},
	"golang.org/x/text":             {"ingest/table", "report", "report/pdf", "report/xlsx", "rules"},
}

// forTestsOnly are the libraries that only tests import.
var forTestsOnly = []string{"github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "github.com/santhosh-tekuri/jsonschema/v6", "pgregory.net/rapid"}

// The list of homes names what go.mod requires, no library more and none less.
func TestEveryHomeHasItsLibrary(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join(root(t), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	required := map[string]bool{}
	for line := range strings.SplitSeq(string(mod), "\n") {
		if name, _, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "require "), " v"); ok && !strings.HasSuffix(line, "// indirect") {
			required[name] = true
		}
	}
	if len(required) < len(homes) {
		t.Fatalf("go.mod requires %d libraries, the list has %d", len(required), len(homes))
	}
	for name := range homes {
		if !required[name] {
			t.Errorf("house_test.go says where %s may be used, which go.mod does not require", name)
		}
	}
	for _, name := range forTestsOnly {
		if !required[name] {
			t.Errorf("house_test.go says that only tests use %s, which go.mod does not require", name)
		}
		delete(required, name)
	}
	for name := range required {
		if homes[name] == nil {
			t.Errorf("go.mod requires %s, a library without a home: say in house_test.go where it may be used", name)
		}
	}
}

// closed reports whether a package of the standard library would break a
// promise: the program opens no network and runs no other program.
func closed(imported string) bool {
	return imported == "os/exec" || imported == "plugin" || imported == "net" || strings.HasPrefix(imported, "net/") && imported != "net/url"
}

func TestLibrariesStayAtHome(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module) || forTests(p.path()) {
				continue
			}
			if closed(imported) && p.path() != "samples/peers" { // which runs the tools it measures
				t.Errorf("%s imports %s, which no package of ours may", p.path(), imported)
			}
			if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
				continue // standard library
			}
			library := ""
			for name := range homes {
				if imported == name || strings.HasPrefix(imported, name+"/") {
					library = name
				}
			}
			switch {
			case library == "":
				t.Errorf("%s imports %s, a library without a home: say in house_test.go where it may be used", p.path(), imported)
			case !slices.Contains(homes[library], p.path()):
				t.Errorf("%s imports %s, which stays inside %s", p.path(), imported, strings.Join(homes[library], " and "))
			}
		}
	}
}

// TestSourceFollowsTheHouse looks at what the code calls.
func TestSourceFollowsTheHouse(t *testing.T) {
	files := token.NewFileSet()
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range faults(p, f) {
				t.Errorf("%s/%s:%d: %s", p.path(), name, files.Position(fault.pos).Line, fault.what)
			}
		}
	}
}

// A function fits a screen, and so does a line.
const (
	longestFunction = 60
	longestLine     = 160
)

func TestCodeFitsAScreen(t *testing.T) {
	files := token.NewFileSet()
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			src, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(src), "\n") {
				if n := utf8.RuneCountInString(line); n > longestLine {
					t.Errorf("%s/%s:%d: %d characters on a line, of at most %d", p.path(), name, i+1, n, longestLine)
				}
			}
			f, err := parser.ParseFile(files, name, src, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, long := range longFunctions(files, f) {
				t.Errorf("%s/%s: %s", p.path(), name, long)
			}
		}
	}
}

// longFunctions names the functions of a file that do not fit a screen, those
// without a name too: a function kept in a variable is no shorter for it.
func longFunctions(files *token.FileSet, f *ast.File) (out []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		name := "a function without a name"
		switch n := n.(type) {
		case *ast.FuncDecl:
			name = n.Name.Name
		case *ast.FuncLit:
		default:
			return true
		}
		first, last := files.Position(n.Pos()).Line, files.Position(n.End()).Line
		if lines := last - first + 1; lines > longestFunction {
			out = append(out, fmt.Sprintf("%s, at line %d, takes %d lines, of at most %d", name, first, lines, longestFunction))
		}
		return true
	})
	return out
}

// What an exception for a rule does, and which action counts its amount, are
// data: below the rules nobody knows one by its name, and no rule makes the name
// of an action.
func TestRulesKnowNothingTwice(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range rules.All() {
		ids[r.ID] = true
	}
	for _, p := range packages(t) {
		if p.path() != "audit" && !strings.HasPrefix(p.path(), "audit/") && p.path() != "rules" {
			continue
		}
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BasicLit:
					if text, err := strconv.Unquote(n.Value); err == nil && ids[text] && p.path() != "rules" {
						t.Errorf("%s/%s names the rule %s", p.path(), name, text)
					}
				case *ast.Ident:
					if n.Name == "PlanAction" && p.path() == "rules" {
						t.Errorf("rules/%s fills in PlanAction: hand the plan's action to CountIn", name)
					}
				}
				return true
			})
		}
	}
}

type fault struct {
	pos  token.Pos
	what string
}

func faults(p *pkg, f *ast.File) (out []fault) {
	program := p.Name == "main" || forTests(p.path())
	imported := map[string]string{} // name in the file -> path
	for _, i := range f.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		name := path[strings.LastIndexByte(path, '/')+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		imported[name] = path
	}
	add := func(n ast.Node, format string, args ...any) {
		out = append(out, fault{n.Pos(), fmt.Sprintf(format, args...)})
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				add(n, "an init function: nothing may happen because a package is imported")
			}
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && (id.Name == "panic" || id.Name == "print" || id.Name == "println") && !program {
				add(n, "%s: only programs end or print by themselves; return an error", id.Name)
			}
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			if !ok {
				return true
			}
			call := imported[id.Name] + "." + n.Sel.Name
			switch {
			case (call == "time.Now" || call == "time.Since" || call == "time.Until") && p.path() != "cmd/tierline" && p.path() != "samples/peers":
				add(n, "%s: only cmd knows a clock, and what measures time; the as-of date is an input", call)
			case (call == "os.Exit" || strings.HasPrefix(call, "fmt.Print") || strings.HasPrefix(call, "log.") || call == "os.Stdout" || call == "os.Stderr") && !program:
				add(n, "%s: only programs end or print by themselves", call)
			case call == "os.Getenv" || call == "os.LookupEnv" || call == "os.Hostname":
				add(n, "%s: the same inputs give the same bytes, whatever the environment", call)
			}
		}
		return true
	})
	return out
}

// topLevel is what the top folder holds, besides dot files
// and what .gitignore names.
var topLevel = []string{"cmd", "audit", "report", "ingest", "rules", "templates", "samples", "go.mod", "go.sum", "Makefile", "README.md", "CHANGELOG.md"}

func TestTopLevel(t *testing.T) {
	dir := root(t)
	ignored, err := os.ReadFile(filepath.Join(dir, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	skip := map[string]bool{}
	for _, line := range strings.Split(string(ignored), "\n") {
		skip[strings.Trim(line, "/")] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name[0] != '.' && !skip[name] && !slices.Contains(topLevel, name) {
			t.Errorf("the top folder holds %s, which is no place for it", name)
		}
	}
	for _, name := range topLevel {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Errorf("the top folder lacks %s", name)
		}
	}
}
