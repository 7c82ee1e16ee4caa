// Package audityaml reads audit.yaml into a configuration, strictly: an unknown
// key, a word or a number out of range is a mistake, and all of them are told at
// once. What the options of rules mean it leaves to package audit. ingest calls
// it; no other package reads YAML.
package audityaml

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/ingest/cell"
)

// Name is how the file is called, in the folder and in messages.
const Name = "audit.yaml"

// Parse reads the file over the defaults. Formats are the names by which it may
// know the formats of inputs. All mistakes are returned at once, each with its
// line and column; beside them stands what could be read, nil when that is
// nothing.
func Parse(raw []byte, formats []string) (*config.Config, error) {
	cfg := config.Default()
	cfg.Source = diag.Source{File: Name}
	doc, err := parser.ParseBytes(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), 0)
	if err != nil {
		return nil, fmt.Errorf("%s: not valid YAML: %s", Name, firstLine(err))
	}
	y := &reader{cfg: &cfg, formats: formats}
	for _, d := range doc.Docs {
		if d.Body != nil {
			y.root(d.Body)
		}
	}
	return &cfg, errors.Join(y.problems...)
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// reader walks the tree of audit.yaml, so that numbers stay the text they
// are written as and every mistake has its place.
type reader struct {
	cfg      *config.Config
	formats  []string // that inputs may name
	problems []error
}

func (y *reader) fail(n ast.Node, format string, args ...any) {
	y.problems = append(y.problems, fmt.Errorf("%s: %s", source(n), fmt.Sprintf(format, args...)))
}

func source(n ast.Node) diag.Source {
	at := diag.Source{File: Name}
	if t := n.GetToken(); t != nil && t.Position != nil {
		at.Line, at.Column = t.Position.Line, t.Position.Column
	}
	return at
}

// keys are what to do with the value under a name.
type keys map[string]func(ast.Node)

// mapping hands the values of a mapping to the keys that know them; an
// unknown key is a mistake that names the nearest one.
func (y *reader) mapping(what string, n ast.Node, known keys) {
	y.entries(what, n, func(name string, key, value ast.Node) {
		if f, ok := known[name]; ok {
			f(value)
			return
		}
		y.fail(key, "unknown key %q%s%s", name, inside(what), config.Suggest(name, slices.Sorted(maps.Keys(known))))
	})
}

func inside(what string) string {
	if what == "" {
		return ""
	}
	return " in " + what
}

// entries calls f for every entry of a mapping.
func (y *reader) entries(what string, n ast.Node, f func(name string, key, value ast.Node)) {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	case *ast.NullNode:
		return
	default:
		y.fail(n, "expected keys and values%s", inside(what))
		return
	}
	for _, v := range values {
		f(v.Key.GetToken().Value, v.Key, v.Value)
	}
}

// text returns a scalar as written; "" for an empty value.
func (y *reader) text(n ast.Node) string {
	switch v := n.(type) {
	case *ast.NullNode:
		return ""
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return strings.TrimSpace(v.Value.Value)
	case *ast.MappingNode, *ast.MappingValueNode, *ast.SequenceNode:
		y.fail(n, "expected a single value")
		return ""
	}
	return n.GetToken().Value
}

func (y *reader) list(n ast.Node) []ast.Node {
	if s, ok := n.(*ast.SequenceNode); ok {
		return s.Values
	}
	if _, empty := n.(*ast.NullNode); !empty {
		y.fail(n, "expected a list such as [a, b]")
	}
	return nil
}

func (y *reader) root(n ast.Node) {
	c := y.cfg
	y.mapping("", n, keys{
		"organisation": y.string(&c.Organisation),
		"currency": func(n ast.Node) {
			v, err := money.ParseCurrency(y.text(n))
			y.check(n, err)
			c.Currency = v
		},
		"as_of": func(n ast.Node) {
			v, err := date.Parse(y.text(n))
			y.check(n, err)
			c.AsOf = v
		},
		"policy":   func(n ast.Node) { y.policy(n, &c.Policy) },
		"inputs":   y.inputs,
		"rules":    y.rules,
		"branding": func(n ast.Node) { y.branding(n, &c.Branding) },
	})
}

func (y *reader) check(n ast.Node, err error) {
	if err != nil {
		y.fail(n, "%s", err)
	}
}

func (y *reader) string(out *string) func(ast.Node) {
	return func(n ast.Node) { *out = y.text(n) }
}

// number reads a whole number between two limits.
func (y *reader) number(out *int, low, high int) func(ast.Node) {
	return func(n ast.Node) {
		before := len(y.problems)
		text := y.text(n)
		if len(y.problems) > before {
			return
		}
		v, err := cell.Count(text)
		if err != nil || v < low || v > high {
			y.fail(n, "%q: expected a whole number from %d to %d", text, low, high)
			return
		}
		*out = v
	}
}

// numberOr reads a whole number, or a word that stands for 0.
func (y *reader) numberOr(out *int, word string, high int) func(ast.Node) {
	return func(n ast.Node) {
		if strings.EqualFold(y.text(n), word) {
			*out = 0
			return
		}
		y.number(out, 1, high)(n)
	}
}

// yesNo reads yes, no, true or false, which YAML versions tell apart
// differently (ruling R46).
func (y *reader) yesNo(out *bool) func(ast.Node) {
	return y.choice(out, []string{"yes", "true", "on"}, []string{"no", "false", "off"})
}

// choice reads one of two settings; each may have several spellings.
func (y *reader) choice(out *bool, yes, no []string) func(ast.Node) {
	return func(n ast.Node) {
		v := strings.ToLower(y.text(n))
		switch {
		case slices.Contains(yes, v):
			*out = true
		case slices.Contains(no, v):
			*out = false
		default:
			y.fail(n, "%q: expected %s or %s", y.text(n), yes[0], no[0])
		}
	}
}

func (y *reader) percent(out *money.Exact) func(ast.Node) {
	return func(n ast.Node) {
		v, err := cell.Percent(y.text(n))
		if err == nil && (v.Sign() < 0 || v.Cmp(money.Int(1)) > 0) {
			err = fmt.Errorf("%q: expected a percentage from 0%% to 100%%", y.text(n))
		}
		y.check(n, err)
		*out = v
	}
}

// inputs reads the mappings of unusual files.
func (y *reader) inputs(n ast.Node) {
	for _, item := range y.list(n) {
		in := config.Input{Source: source(item), Columns: map[string]string{}}
		y.mapping("inputs", item, keys{
			"glob": y.string(&in.Glob), "site": y.string(&in.Site), "product": y.string(&in.Product),
			"format": func(n ast.Node) {
				in.Format = y.text(n)
				if !slices.Contains(y.formats, in.Format) {
					y.fail(n, "unknown format %q%s", in.Format, config.Suggest(in.Format, y.formats))
				}
			},
			"dates": func(n ast.Node) {
				in.Dates = y.text(n)
				_, err := cell.ParseOrder(in.Dates)
				y.check(n, err)
			},
			"delimiter": func(n ast.Node) {
				in.Delimiter = y.text(n)
				if !slices.Contains([]string{",", ";", "tab", "|"}, in.Delimiter) {
					y.fail(n, "delimiter %q: expected \",\", \";\", \"|\" or tab", in.Delimiter)
				}
			},
			"columns": func(n ast.Node) {
				y.entries("columns", n, func(name string, _, value ast.Node) { in.Columns[name] = y.text(value) })
			},
		})
		if in.Glob == "" {
			y.fail(item, "an entry of inputs needs a glob, the files it is for")
		}
		y.cfg.Inputs = append(y.cfg.Inputs, in)
	}
}

// rules keeps the options of rules as text; package audit knows their types.
func (y *reader) rules(n ast.Node) {
	y.cfg.Rules = map[string]map[string]config.Option{}
	y.entries("rules", n, func(id string, _, value ast.Node) {
		options := map[string]config.Option{}
		y.entries("rules "+id, value, func(name string, key, v ast.Node) {
			options[name] = config.Option{Text: y.oneOrMore(v), Source: source(key)}
		})
		y.cfg.Rules[id] = options
	})
}

// oneOrMore reads a scalar, or the values of a list separated by commas.
func (y *reader) oneOrMore(n ast.Node) string {
	if _, several := n.(*ast.SequenceNode); several {
		return strings.Join(y.texts(n), ", ")
	}
	return y.text(n)
}

func (y *reader) branding(n ast.Node, b *config.Branding) {
	y.mapping("branding", n, keys{
		"title": y.string(&b.Title), "footer": y.string(&b.Footer),
		"accent": func(n ast.Node) {
			b.Accent = y.text(n)
			if len(b.Accent) != 7 || b.Accent[0] != '#' || strings.Trim(strings.ToLower(b.Accent[1:]), "0123456789abcdef") != "" {
				y.fail(n, "accent %q: expected a colour such as \"#1F4E79\", in quotes", b.Accent)
			}
		},
	})
}
