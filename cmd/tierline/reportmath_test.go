package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// reading is what reports may call of audit/money: it writes an amount, compares
// two or reads one back. Whatever makes a new amount of others is computing, and
// its result belongs into audit.Result, where every report finds the same one.
var reading = []string{
	"Count", "Plural", "PluralHas", "PluralIs", "Group", "ParseAmount", "ParseExact", "ParseCurrency",
	"Amount.Known", "Amount.Currency", "Amount.Sign", "Amount.Less", "Amount.String", "Amount.Grouped", "Amount.Exact",
	"Exact.Decimal", "Exact.Grouped", "Exact.Percent", "Exact.SignedPercent", "Exact.Sign", "Exact.Cmp", "Currency.Digits",
}

// drawing is what the charts of the PDF and the cells of the workbook may call
// besides: places on paper and cells of a spreadsheet are floating point.
var drawing = map[string][]string{"report/pdf": {"Exact.Float"}, "report/xlsx": {"Exact.Float"}}

// TestReportsComputeNothing type-checks the packages of reports and looks at
// every call of audit/money.
func TestReportsComputeNothing(t *testing.T) {
	c := newChecker(t)
	calls := 0
	for _, p := range packages(t) {
		if p.path() != "report" && !strings.HasPrefix(p.path(), "report/") {
			continue
		}
		files := c.parse(t, p.Dir, p.GoFiles)
		for _, call := range c.moneyCalls(t, p.ImportPath, files) {
			calls++
			if !slices.Contains(reading, call.what) && !slices.Contains(drawing[p.path()], call.what) {
				t.Errorf("%s: money.%s: reports show amounts of the result and compute none; put the figure into audit.Result", c.fset.Position(call.pos), call.what)
			}
		}
	}
	if calls < 50 {
		t.Fatalf("only %d calls of audit/money were found", calls)
	}
}

// TestComputingIsNoticed guards the guard.
func TestComputingIsNoticed(t *testing.T) {
	c := newChecker(t)
	f, err := parser.ParseFile(c.fset, "x.go", `package x

import m "tierline/audit/money"

type wrapped struct{ m.Amount }

func x(a, b m.Amount, w wrapped, add func(m.Amount) m.Amount) (m.Amount, string) {
	add = a.Sub
	return m.Sum("USD", add(b), w.Neg(), m.Amount.Add(a, b)), a.Grouped()
}
`, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, call := range c.moneyCalls(t, "x", []*ast.File{f}) {
		got = append(got, call.what)
	}
	if want := []string{"Amount.Add", "Amount.Grouped", "Amount.Neg", "Amount.Sub", "Sum"}; !slices.Equal(sortedTexts(got), want) {
		t.Errorf("noticed %q, want %q", got, want)
	}
}

// moneyChecker type-checks source against what the compiler has made of the
// packages it imports.
type moneyChecker struct {
	fset *token.FileSet
	from types.Importer
}

func newChecker(t *testing.T) *moneyChecker {
	t.Helper()
	list := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export", "./report/...")
	list.Dir = root(t)
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	exports := map[string]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct{ ImportPath, Export string }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
	}
	c := &moneyChecker{fset: token.NewFileSet()}
	c.from = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("the compiler made nothing of %s", path)
		}
		return os.Open(exports[path])
	})
	return c
}

func (c *moneyChecker) parse(t *testing.T, dir string, names []string) []*ast.File {
	t.Helper()
	var out []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(c.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// moneyCall is a mention of a function or method of audit/money, called at once
// or not.
type moneyCall struct {
	what string // such as "Amount.Add"
	pos  token.Pos
}

func (c *moneyChecker) moneyCalls(t *testing.T, path string, files []*ast.File) []moneyCall {
	t.Helper()
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: c.from}
	if _, err := conf.Check(path, c.fset, files, info); err != nil {
		t.Fatal(err)
	}
	var out []moneyCall
	for id, object := range info.Uses {
		f, ok := object.(*types.Func)
		if !ok || f.Pkg() == nil || f.Pkg().Path() != module+"audit/money" {
			continue
		}
		what := f.Name()
		if recv := f.Signature().Recv(); recv != nil {
			name := recv.Type().String()
			what = name[strings.LastIndexByte(name, '.')+1:] + "." + what
		}
		out = append(out, moneyCall{what, id.Pos()})
	}
	slices.SortFunc(out, func(a, b moneyCall) int { return cmp.Compare(a.pos, b.pos) })
	return out
}
