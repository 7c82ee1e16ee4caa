package json

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
)

// stream writes a value as json.MarshalIndent does, but one element of a list after
// the other: a result of thousands of subscriptions takes hundreds of megabytes, and
// the library would hold it twice.
type stream struct {
	w      io.Writer
	keep   string // the path of a value, such as "plan.totals"
	kept   []byte // its text, as it was written
	indent bytes.Buffer
}

// opened is how many objects, one in the other, are written field by field.
const opened = 2

// value writes the value at a path, which stands so deep in others. Its address is
// asked for its own way of being written: it has those of the value as well.
func (s *stream) value(v reflect.Value, path string, deep int) error {
	_, own := v.Addr().Interface().(json.Marshaler)
	switch {
	case !own && v.Kind() == reflect.Struct && deep < opened && openable(v.Type()):
		return s.object(v, path, deep)
	case !own && v.Kind() == reflect.Slice && v.Len() > 0 && v.Type().Elem().Kind() != reflect.Uint8:
		return s.list(v, deep)
	}
	return s.whole(v, path, deep)
}

// whole writes a value at once.
func (s *stream) whole(v reflect.Value, path string, deep int) error {
	text, err := json.Marshal(v.Addr().Interface())
	if err != nil {
		return err
	}
	s.indent.Reset()
	if err := json.Indent(&s.indent, text, strings.Repeat(step, deep), step); err != nil {
		return err
	}
	if path == s.keep {
		s.kept = bytes.Clone(s.indent.Bytes())
	}
	_, err = s.w.Write(s.indent.Bytes())
	return err
}

// step is the indentation of a level.
const step = "  "

// openable reports whether the fields of a struct can be written one by one: each
// says its name, and of those that may be left out only whether they are there counts.
func openable(t reflect.Type) bool {
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		optional := options == "omitempty" && f.Type.Kind() == reflect.Pointer
		if f.Anonymous || !f.IsExported() || name == "" || options != "" && !optional {
			return false
		}
	}
	return t.NumField() > 0
}

// object writes an openable struct with at least one field that is there.
func (s *stream) object(v reflect.Value, path string, deep int) error {
	before := "{"
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "-" || options != "" && v.Field(i).IsZero() {
			continue
		}
		if err := s.text(before, "\n", strings.Repeat(step, deep+1), `"`, name, `": `); err != nil {
			return err
		}
		if err := s.value(v.Field(i), strings.TrimPrefix(path+"."+name, "."), deep+1); err != nil {
			return err
		}
		before = ","
	}
	return s.text("\n", strings.Repeat(step, deep), "}")
}

func (s *stream) list(v reflect.Value, deep int) error {
	before := "["
	for i := range v.Len() {
		if err := s.text(before, "\n", strings.Repeat(step, deep+1)); err != nil {
			return err
		}
		if err := s.whole(v.Index(i), "", deep+1); err != nil {
			return err
		}
		before = ","
	}
	return s.text("\n", strings.Repeat(step, deep), "]")
}

func (s *stream) text(parts ...string) error {
	for _, p := range parts {
		if _, err := io.WriteString(s.w, p); err != nil {
			return err
		}
	}
	return nil
}
