package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// testTree is every Go file of the repository, by folder, as far as the tests
// about tests need it.
type testTree struct {
	folders map[string]*testFolder
	tests   []*foundTest // by folder, file and place
}

// testFolder is the Go files of one folder.
type testFolder struct {
	inTests map[string][]*ast.FuncDecl // functions and methods of test files by name
	tested  map[string]bool            // names of functions and methods of the other files
	fails   map[*ast.FuncDecl]bool     // what canFail has found out
	touches map[*ast.FuncDecl]bool
	imports map[*ast.FuncDecl]map[string]string // of the file of a function: name -> path
}

// foundTest is a function go test runs.
type foundTest struct {
	name   string
	path   string // of its file, from the top folder
	doc    string
	inside string // comments within it
	decl   *ast.FuncDecl
	folder *testFolder
}

// readTests parses the tree.
func readTests(t *testing.T) *testTree {
	t.Helper()
	top := filepath.Join("..", "..")
	tree := &testTree{folders: map[string]*testFolder{}}
	err := filepath.WalkDir(top, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == "testdata" || strings.HasPrefix(e.Name(), ".") && len(e.Name()) > 2):
			return fs.SkipDir
		case e.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		return tree.read(top, path)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.tests) == 0 {
		t.Fatal("no test found; the walk over the tree is broken")
	}
	return tree
}

func (tree *testTree) read(top, path string) error {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, path, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	dir := filepath.Dir(path)
	folder := tree.folders[dir]
	if folder == nil {
		folder = &testFolder{inTests: map[string][]*ast.FuncDecl{}, tested: map[string]bool{}, fails: map[*ast.FuncDecl]bool{},
			touches: map[*ast.FuncDecl]bool{}, imports: map[*ast.FuncDecl]map[string]string{}}
		tree.folders[dir] = folder
	}
	rel, err := filepath.Rel(top, path)
	if err != nil {
		return err
	}
	imports := importsOf(f)
	for _, d := range f.Decls {
		decl, ok := d.(*ast.FuncDecl)
		if !ok || decl.Body == nil {
			continue
		}
		name := decl.Name.Name
		if !strings.HasSuffix(path, "_test.go") {
			folder.tested[name] = true
			continue
		}
		folder.inTests[name] = append(folder.inTests[name], decl)
		folder.imports[decl] = imports
		if decl.Recv == nil && strings.HasPrefix(name, "Test") && name != "TestMain" {
			tree.tests = append(tree.tests, &foundTest{name: name, path: filepath.ToSlash(rel), doc: decl.Doc.Text(), inside: commentsIn(f, decl), decl: decl, folder: folder})
		}
	}
	return nil
}

// importsOf returns the imports of a file by the name it uses for them.
func importsOf(f *ast.File) map[string]string {
	out := map[string]string{}
	for _, i := range f.Imports {
		path := strings.Trim(i.Path.Value, `"`)
		name := path[strings.LastIndex(path, "/")+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		out[name] = path
	}
	return out
}

func commentsIn(f *ast.File, decl *ast.FuncDecl) string {
	var out strings.Builder
	for _, g := range f.Comments {
		if g.Pos() > decl.Body.Lbrace && g.End() < decl.Body.Rbrace {
			out.WriteString(g.Text())
		}
	}
	return out.String()
}

// failing are the methods by which a test fails.
var failing = []string{"Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow"}

// checkers are functions of other packages that fail the test they are given.
var checkers = []string{"testscript.Run", "rulestest.Run"}

// canFail reports whether a function of the test files has a way to fail the
// test it is given: a call of Errorf and its like, or a helper that has one.
// That a world is built, whose builder may fail, checks nothing and is no way.
func (f *testFolder) canFail(decl *ast.FuncDecl) bool {
	if known, seen := f.fails[decl]; seen {
		return known
	}
	f.fails[decl] = false // of functions that call each other
	testers := testersIn(decl)
	f.fails[decl] = f.anyCall(decl, func(call *ast.CallExpr, on, name string) bool {
		if testers[on] {
			return slices.Contains(failing, name)
		}
		if slices.Contains(checkers, on+"."+name) {
			return true
		}
		given := slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
			id, ok := a.(*ast.Ident)
			return ok && testers[id.Name]
		})
		return given && slices.ContainsFunc(f.inTests[name], f.canFail) ||
			slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return f.handedOver(a) })
	})
	return f.fails[decl]
}

// handedOver reports whether an argument is a function of the test files that
// can fail the test whoever calls it gives it, as rapid.Check does.
func (f *testFolder) handedOver(a ast.Expr) bool {
	id, ok := a.(*ast.Ident)
	return ok && slices.ContainsFunc(f.inTests[id.Name], func(d *ast.FuncDecl) bool { return len(testersIn(d)) > 0 && f.canFail(d) })
}

// lookers are functions by which a test about the repository looks at its files, or
// at what its program does.
var lookers = []string{"os.ReadFile", "os.ReadDir", "filepath.WalkDir", "testscript.Run", ".builtProgram"}

// touchesTested reports whether a function of the test files, or a helper it
// calls or hands over, uses anything of this repository that is no test.
func (f *testFolder) touchesTested(decl *ast.FuncDecl) bool {
	if known, seen := f.touches[decl]; seen {
		return known
	}
	f.touches[decl] = false
	imports := f.imports[decl]
	f.touches[decl] = f.anyCall(decl, func(call *ast.CallExpr, on, name string) bool {
		return strings.HasPrefix(imports[on], "tierline/") || f.tested[name] || slices.Contains(lookers, on+"."+name) ||
			slices.ContainsFunc(f.inTests[name], f.touchesTested) ||
			slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
				id, ok := a.(*ast.Ident)
				return ok && slices.ContainsFunc(f.inTests[id.Name], f.touchesTested)
			})
	})
	return f.touches[decl]
}

// anyCall reports whether a call within a function fits: one of name, on what
// stands before the point, "" where nothing does or no name.
func (f *testFolder) anyCall(decl *ast.FuncDecl, fits func(call *ast.CallExpr, on, name string) bool) bool {
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		fun := call.Fun
		if generic, ok := fun.(*ast.IndexExpr); ok {
			fun = generic.X
		}
		switch fun := fun.(type) {
		case *ast.Ident:
			found = fits(call, "", fun.Name)
		case *ast.SelectorExpr:
			on := ""
			if id, ok := fun.X.(*ast.Ident); ok {
				on = id.Name
			}
			found = fits(call, on, fun.Sel.Name)
		}
		return !found
	})
	return found
}

// testersIn returns the names a function and the functions written in it have
// for what a test is failed with.
func testersIn(decl *ast.FuncDecl) map[string]bool {
	out := map[string]bool{}
	add := func(fields *ast.FieldList) {
		for _, p := range fields.List {
			of := p.Type
			if star, ok := of.(*ast.StarExpr); ok {
				of = star.X
			}
			sel, ok := of.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"T", "TB", "B", "F"}, sel.Sel.Name) {
				continue
			}
			for _, name := range p.Names {
				out[name.Name] = true
			}
		}
	}
	add(decl.Type.Params)
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			add(lit.Type.Params)
		}
		return true
	})
	return out
}

// honest reports whether a test can fail and looks at anything of this
// repository.
func (x *foundTest) honest() bool {
	return x.folder.canFail(x.decl) && x.folder.touchesTested(x.decl)
}

// TestEveryTestCanFail: a test without a way to fail holds nothing, whatever
// its name says.
func TestEveryTestCanFail(t *testing.T) {
	for _, x := range readTests(t).tests {
		if !x.folder.canFail(x.decl) {
			t.Errorf("%s: %s has no way to fail", x.path, x.name)
		}
		if !x.folder.touchesTested(x.decl) {
			t.Errorf("%s: %s calls nothing of this repository", x.path, x.name)
		}
	}
}

// TestHonestyOfTests shows what counts as a test that can fail.
func TestHonestyOfTests(t *testing.T) {
	const head = "package x\nimport (\"testing\"; \"tierline/audit/money\"; \"pgregory.net/rapid\")\n"
	for _, c := range []struct {
		what, code string
		honest     bool
	}{
		{"empty", "func TestX(t *testing.T) {}", false},
		{"only a log", "func TestX(t *testing.T) { t.Log(money.Int(1)) }", false},
		{"fails, but looks at nothing", "func TestX(t *testing.T) { if 1 > 2 { t.Error() } }", false},
		{"looks, but cannot fail", "func TestX(t *testing.T) { _ = money.Int(1) }", false},
		{"a helper that does nothing", "func TestX(t *testing.T) { see(t, money.Int(1)) }\nfunc see(t testing.TB, v any) { t.Helper() }", false},
		{"only a world is built", "func TestX(t *testing.T) { money.New(t) }", false},
		{"checks", "func TestX(t *testing.T) { if money.Int(1).Sign() < 0 { t.Error() } }", true},
		{"a helper that checks", "func TestX(t *testing.T) { see(t, money.Int(1)) }\nfunc see(t testing.TB, v any) { t.Fatal(v) }", true},
		{"a subtest", "func TestX(t *testing.T) { t.Run(\"a\", func(s *testing.T) { s.Fatal(money.Int(1)) }) }", true},
		{"a property", "func TestX(t *testing.T) { rapid.Check(t, func(r *rapid.T) { r.Fatal(money.Int(1)) }) }", true},
		{"a property with a name", "func TestX(t *testing.T) { rapid.Check(t, p) }\nfunc p(r *rapid.T) { r.Fatal(money.Int(1)) }", true},
		{"a property that only draws", "func TestX(t *testing.T) { rapid.Check(t, func(r *rapid.T) { money.Int(1) }) }", false},
	} {
		tree := &testTree{folders: map[string]*testFolder{}}
		file := filepath.Join(t.TempDir(), "x_test.go")
		if err := os.WriteFile(file, []byte(head+c.code), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := tree.read(filepath.Dir(file), file); err != nil {
			t.Fatal(err)
		}
		if got := tree.tests[0].honest(); got != c.honest {
			t.Errorf("%s: honest is %v, want %v", c.what, got, c.honest)
		}
	}
}
