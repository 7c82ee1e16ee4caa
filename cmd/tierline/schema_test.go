package main

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/portfolio"
	"tierline/samples"
	"tierline/templates"
)

func compiledSchema(t testing.TB, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("result.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("result.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, text []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(doc); err != nil {
		t.Errorf("the file does not follow its schema: %v", err)
	}
}

func TestResultsFollowTheSchema(t *testing.T) {
	t.Parallel()
	s := compiledSchema(t, templates.Schema)
	for _, name := range samples.Names() {
		t.Run(name, func(t *testing.T) {
			o := audited(t, name)
			if o.code != exitComplete {
				t.Fatalf("exit code %d\n%s", o.code, o.errOut)
			}
			validate(t, s, o.file(t, "result.json"))
		})
	}
	for _, odd := range oddities(t) {
		t.Run(odd.name, func(t *testing.T) {
			o := auditBy(t, built, base(t, odd.files))
			if o.code != odd.code {
				t.Errorf("exit code %d, want %d\n%s", o.code, odd.code, o.errOut)
			}
			validate(t, s, o.file(t, "result.json"))
		})
	}
}

// TestSchemaRefuses guards the guard: a schema that accepts everything would
// pass the test above.
func TestSchemaRefuses(t *testing.T) {
	s := compiledSchema(t, templates.Schema)
	text := auditFolder(t, base(t, nil)).file(t, "result.json")
	var sound any
	if err := json.Unmarshal(text, &sound); err != nil || s.Validate(sound) != nil {
		t.Fatal("the schema refuses a sound result")
	}
	for name, spoil := range map[string]func(r map[string]any){
		"a key nobody knows":        func(r map[string]any) { r["extra"] = 1 },
		"a key nobody knows inside": func(r map[string]any) { at(r, "lines", 0)["extra"] = "" },
		"a key is missing":          func(r map[string]any) { delete(at(r, "run"), "digest") },
		"an amount is a number":     func(r map[string]any) { at(r, "plan", "totals")["as_is"] = 12.5 },
		"an amount is empty":        func(r map[string]any) { at(r, "plan", "totals")["as_is"] = "" },
		"an amount is grouped":      func(r map[string]any) { at(r, "lines", 0)["as_is"] = "1,000.00" },
		"a date is written out":     func(r map[string]any) { at(r, "lines", 0)["renewal"] = "30 Jan 2027" },
		"a list is null":            func(r map[string]any) { r["diagnostics"] = nil },
		"a word is new":             func(r map[string]any) { at(r, "rules", 0)["status"] = "maybe" },
		"a step is missing":         func(r map[string]any) { p := at(r, "plan"); p["bridge"] = p["bridge"].([]any)[1:] },
		"not counted, no reason":    func(r map[string]any) { l := at(r, "lines", 0); l["counted"] = false; l["recommended"] = nil },
		"skipped without reason":    func(r map[string]any) { delete(skippedRule(t, r), "reason") },
	} {
		var doc map[string]any
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		spoil(doc)
		if err := s.Validate(any(doc)); err == nil {
			t.Errorf("the schema accepts a result in which %s", name)
		}
	}
}

// skippedRule returns the first rule that was skipped, whichever it is.
func skippedRule(t *testing.T, r map[string]any) map[string]any {
	t.Helper()
	for i := range r["rules"].([]any) {
		if s := at(r, "rules", i); s["status"] == "skipped" {
			return s
		}
	}
	t.Fatal("no rule is skipped")
	return nil
}

// at walks into decoded JSON by keys and positions.
func at(v any, path ...any) map[string]any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			v = v.(map[string]any)[p]
		case int:
			v = v.([]any)[p]
		}
	}
	return v.(map[string]any)
}

// TestSchemaNamesEveryField compares the schema with the types, so that a
// field that no sample fills cannot be forgotten either.
func TestSchemaNamesEveryField(t *testing.T) {
	for _, c := range []struct {
		name string
		text []byte
		of   reflect.Type
	}{
		{"result", templates.Schema, reflect.TypeFor[audit.Result]()},
		{"portfolio", templates.PortfolioSchema, reflect.TypeFor[portfolio.Portfolio]()},
	} {
		var root map[string]any
		if err := json.Unmarshal(c.text, &root); err != nil {
			t.Fatal(err)
		}
		w := schemaWalker{t: t, defs: root["$defs"].(map[string]any)}
		w.object(c.name, c.of, root)
	}
}

// TestSchemaKnowsEveryKindOfReason: a kind that no sample gives cannot be
// forgotten either.
func TestSchemaKnowsEveryKindOfReason(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal(templates.Schema, &root); err != nil {
		t.Fatal(err)
	}
	known := at(root, "$defs", "reasonKind")["enum"].([]any)
	for kind := range diag.Failed + 1 {
		if !slices.Contains(known, any(kind.String())) {
			t.Errorf("the schema lacks the kind %s", kind)
		}
	}
	if len(known) != int(diag.Failed)+1 {
		t.Errorf("the schema has %d kinds of reasons, the program %d", len(known), diag.Failed+1)
	}
}

type schemaWalker struct {
	t    *testing.T
	defs map[string]any
}

func (w *schemaWalker) walk(where string, typ reflect.Type, node map[string]any) {
	for {
		if ref, ok := node["$ref"].(string); ok {
			node = w.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
			continue
		}
		if options, ok := node["anyOf"].([]any); ok {
			node = options[0].(map[string]any)
			continue
		}
		if all, ok := node["allOf"].([]any); ok && node["properties"] == nil {
			node = all[0].(map[string]any)
			continue
		}
		break
	}
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Implements(reflect.TypeFor[json.Marshaler]()) || typ.Implements(reflect.TypeFor[encoding.TextMarshaler]()) || typ == reflect.TypeFor[[]byte]() {
		return // written as one value
	}
	switch typ.Kind() {
	case reflect.Struct:
		w.object(where, typ, node)
	case reflect.Slice:
		items, ok := node["items"].(map[string]any)
		if !ok {
			items = node["prefixItems"].([]any)[0].(map[string]any)
		}
		w.walk(where+"[]", typ.Elem(), items)
	}
}

// object compares the fields of a struct with the properties of a node; more
// names properties that the type does not have.
func (w *schemaWalker) object(where string, typ reflect.Type, node map[string]any, more ...string) {
	properties := node["properties"].(map[string]any)
	known, required := slices.Clone(more), slices.Clone(more)
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		known = append(known, name)
		if options == "" {
			required = append(required, name)
		}
		child, ok := properties[name].(map[string]any)
		if !ok {
			w.t.Errorf("%s: the schema lacks %q", where, name)
			continue
		}
		w.walk(where+"."+name, f.Type, child)
	}
	for name := range properties {
		if !slices.Contains(known, name) {
			w.t.Errorf("%s: the schema has %q, which nobody writes", where, name)
		}
	}
	if got := fmt.Sprint(sorted(node["required"])); got != fmt.Sprint(sortedTexts(required)) {
		w.t.Errorf("%s: the schema requires %s, the type always writes %s", where, got, sortedTexts(required))
	}
	if node["additionalProperties"] != false {
		w.t.Errorf("%s: the schema allows further keys", where)
	}
}

func sorted(v any) []string {
	var out []string
	for _, x := range v.([]any) {
		out = append(out, x.(string))
	}
	return sortedTexts(out)
}

func sortedTexts(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}
