// Package audityaml reads the text of audit.yaml, and nothing of its meaning:
// what may be said there, and what is a mistake, stands in the tables of
// audit/config. ingest calls it; no other package reads YAML.
package audityaml

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/ingest/cell"
)

// Name is how the file is called, in the folder and in messages.
const Name = "audit.yaml"

// Parse reads the file over the defaults. Formats are the names by which it may
// know the formats of inputs. All mistakes are returned at once, each with its
// line and column; beside them stands what could be read, nil when that is
// nothing.
func Parse(raw []byte, formats []string) (*config.Config, error) {
	if err := bounds(raw); err != nil {
		return nil, err
	}
	doc, err := parser.ParseBytes(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), 0, parser.AllowDuplicateMapKey()) // audit/config refuses them
	if at, found := tab(raw); err != nil && found {
		return nil, fmt.Errorf("%s: a tab stands before the text; YAML takes only blanks there: replace it by blanks", at)
	}
	if err != nil {
		return nil, notYAML(err)
	}
	var t taking
	var documents []config.Node
	for _, d := range doc.Docs {
		if d.Body != nil && len(documents) > 0 {
			return nil, fmt.Errorf("%s: a second document begins here, after a line ---; write all settings into one", source(d.Body))
		}
		if d.Body != nil {
			documents = append(documents, t.node(d.Body))
		}
	}
	cfg, err := config.Read(Name, documents, config.Terms{Formats: formats, Layout: layout})
	if len(t.problems) > 0 {
		err = errors.Join(t.problems...) // what else is wrong shows once these are mended
	}
	return cfg, firstMistakes(err)
}

// notYAML says of a text that is no YAML where and why.
func notYAML(err error) error {
	var placed interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if errors.As(err, &placed) && placed.GetToken() != nil {
		return fmt.Errorf("%s: not valid YAML: %s%s", tokenSource(placed.GetToken()), placed.GetMessage(), mend(placed.GetMessage()))
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("%s: not valid YAML: %s", Name, first)
}

// mend says what to do about a text that is no YAML, by what the library says of
// it: its words are those of who writes parsers.
func mend(message string) string {
	for _, m := range []struct{ said, todo string }{
		{"value is not allowed", "indent the keys of one level alike, and put a text with a colon in quotation marks"},
		{"reserved character", "put a text that begins so in quotation marks"},
		{"directive", "put a text that begins so in quotation marks"},
		{"end token", "close the bracket that is open"},
		{"must be specified", "close the bracket that is open"},
		{"end character", "close the quotation mark that is open"},
	} {
		if strings.Contains(message, m.said) {
			return "; " + m.todo
		}
	}
	return ""
}

// shownMistakes is how many mistakes are shown; the others are counted.
const shownMistakes = 50

// firstMistakes cuts a long list of mistakes.
func firstMistakes(err error) error {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) || len(joined.Unwrap()) <= shownMistakes {
		return err
	}
	all := joined.Unwrap()
	return errors.Join(append(slices.Clone(all[:shownMistakes]), fmt.Errorf("%s: and %d more mistakes", Name, len(all)-shownMistakes))...)
}

// tab returns the first place where a tab indents a line, which YAML does not
// allow.
func tab(raw []byte) (diag.Source, bool) {
	n := 0
	for line := range bytes.Lines(raw) {
		n++
		indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		if at := bytes.IndexByte(indent, '\t'); at >= 0 {
			return diag.Source{File: Name, Line: n, Column: at + 1}, true
		}
	}
	return diag.Source{}, false
}

func layout(text string) error {
	_, err := cell.ParseOrder(text)
	return err
}

// taking takes over what a file says, with what in it nobody means: references,
// which a glob such as *.csv without quotation marks is for YAML.
type taking struct{ problems []error }

func (t *taking) refuse(n ast.Node) {
	t.problems = append(t.problems, fmt.Errorf("%s: a text that begins with %s is no text for YAML: put it in quotation marks", source(n), n.GetToken().Value))
}

// node takes over a value with its place. Scalars stay the text they are written
// as, so that 007 and 1.10 keep what YAML would take from them.
func (t *taking) node(n ast.Node) config.Node {
	out := config.Node{Form: config.Scalar, Source: source(n)}
	switch v := n.(type) {
	case *ast.NullNode:
		out.Form = config.Blank
	case *ast.StringNode:
		out.Text = v.Value
	case *ast.LiteralNode:
		out.Text = strings.TrimSpace(v.Value.Value)
	case *ast.SequenceNode:
		out.Form = config.List
		for _, item := range v.Values {
			out.Items = append(out.Items, t.node(item))
		}
	case *ast.MappingNode:
		out.Form, out.Entries = config.Mapping, t.entries(v.Values)
	case *ast.MappingValueNode:
		out.Form, out.Entries = config.Mapping, t.entries([]*ast.MappingValueNode{v})
	case *ast.AliasNode, *ast.AnchorNode, *ast.TagNode:
		t.refuse(n)
	default:
		out.Text = n.GetToken().Value
	}
	return out
}

func (t *taking) entries(values []*ast.MappingValueNode) []config.Entry {
	var out []config.Entry
	for _, v := range values {
		if v.Key.Type() == ast.MergeKeyType {
			t.refuse(v.Key)
		}
		out = append(out, config.Entry{Key: v.Key.GetToken().Value, Source: source(v.Key), Value: t.node(v.Value)})
	}
	return out
}

func source(n ast.Node) diag.Source { return tokenSource(n.GetToken()) }

func tokenSource(t *token.Token) diag.Source {
	at := diag.Source{File: Name}
	if t != nil && t.Position != nil {
		at.Line, at.Column = t.Position.Line, t.Position.Column
	}
	return at
}
