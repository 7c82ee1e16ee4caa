package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"tierline/samples"
)

// Excel refuses or "repairs" a workbook for faults that other programs read over.
// What it is known to refuse is looked for in every part.

// element is an element of a part.
type element struct {
	name   string
	values map[string]string // of its attributes, without their name spaces
	text   string
	kids   []*element
}

// parsed reads a part whole; an error where it is not well formed.
func parsed(part string) (*element, error) {
	root := &element{}
	open := []*element{root}
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		at := open[len(open)-1]
		switch x := token.(type) {
		case xml.StartElement:
			e := &element{name: x.Name.Local, values: map[string]string{}}
			for _, a := range x.Attr {
				if a.Name.Space != "xmlns" {
					e.values[a.Name.Local] = a.Value
				}
			}
			at.kids, open = append(at.kids, e), append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			at.text += string(x)
		}
	}
	if len(root.kids) != 1 {
		return nil, fmt.Errorf("%d elements at its top", len(root.kids))
	}
	return root.kids[0], nil
}

// all returns the elements of a name below e.
func (e *element) all(name string) []*element {
	var out []*element
	for _, kid := range e.kids {
		if kid.name == name {
			out = append(out, kid)
		}
		out = append(out, kid.all(name)...)
	}
	return out
}

// number reads a value as a whole number, -1 for none.
func (e *element) number(name string) int {
	n, err := strconv.Atoi(e.values[name])
	if err != nil {
		return -1
	}
	return n
}

// units counts characters as the file format does.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// strict is a workbook with what was found wrong in it.
type strict struct {
	parts  map[string]*element
	bytes  map[string]string
	faults []string
	seen   map[string]string // what may be there once, by its lower-cased name
}

func (s *strict) fault(format string, args ...any) {
	if len(s.faults) < 40 {
		s.faults = append(s.faults, fmt.Sprintf(format, args...))
	}
}

// once notes what may be there only once in the workbook.
func (s *strict) once(kind, name, where string) {
	key := kind + " " + strings.ToLower(name)
	if other, twice := s.seen[key]; twice {
		s.fault("%s: %s %q is in %s too", where, kind, name, other)
	}
	s.seen[key] = where
}

// strictFaults says what Excel would refuse of a workbook.
func strictFaults(parts map[string]string) []string {
	s := &strict{parts: map[string]*element{}, bytes: parts, seen: map[string]string{}}
	for name, part := range parts {
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") && !strings.HasSuffix(name, ".vml") {
			continue
		}
		root, err := parsed(part)
		if err != nil {
			s.fault("%s: %v", name, err)
			continue
		}
		s.parts[name] = root
	}
	if len(s.faults) > 0 {
		return s.faults
	}
	s.types()
	s.relationships()
	s.workbook()
	for name, root := range s.parts {
		s.inside(name, root)
		switch path.Dir(name) {
		case "xl/worksheets":
			s.sheet(name, root)
		case "xl/drawings":
			s.anchors(name, root)
		}
	}
	slices.Sort(s.faults)
	return s.faults
}

// types: each part has a content type, and each type its part.
func (s *strict) types() {
	defaults, named := map[string]bool{}, map[string]bool{}
	for _, e := range s.parts["[Content_Types].xml"].all("Default") {
		defaults[strings.ToLower(e.values["Extension"])] = true
	}
	for _, e := range s.parts["[Content_Types].xml"].all("Override") {
		name := strings.TrimPrefix(e.values["PartName"], "/")
		if _, there := s.bytes[name]; !there {
			s.fault("content types name %s, which is not there", name)
		}
		if named[name] {
			s.fault("content types name %s twice", name)
		}
		named[name] = true
	}
	for name := range s.bytes {
		if extension := strings.TrimPrefix(path.Ext(name), "."); name != "[Content_Types].xml" && !named[name] && !defaults[extension] {
			s.fault("%s has no content type", name)
		}
	}
}

// relationships: what a part names is in its list, and is there.
func (s *strict) relationships() {
	for name, root := range s.parts {
		if strings.HasSuffix(name, ".rels") || strings.HasSuffix(name, ".vml") {
			continue
		}
		known := map[string]bool{}
		if list := s.parts[path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")]; list != nil {
			for _, r := range list.all("Relationship") {
				if known[r.values["Id"]] {
					s.fault("%s: relationship %s is there twice", name, r.values["Id"])
				}
				known[r.values["Id"]] = true
				s.target(name, r)
			}
		}
		for _, e := range append(root.all("drawing"), slices.Concat(root.all("legacyDrawing"), root.all("tablePart"), root.all("chart"), root.all("sheet"))...) {
			if id, ok := e.values["id"]; ok && !known[id] {
				s.fault("%s: %s %s has no relationship", name, e.name, id)
			}
		}
	}
}

// target: a part that a relationship names is there.
func (s *strict) target(from string, r *element) {
	if r.values["TargetMode"] == "External" {
		s.fault("%s leads out of the workbook: %s", from, r.values["Target"])
		return
	}
	to := r.values["Target"]
	if !strings.HasPrefix(to, "/") {
		to = path.Join(path.Dir(from), to)
	}
	if _, there := s.bytes[strings.TrimPrefix(to, "/")]; !there {
		s.fault("%s: relationship %s leads to %s, which is not there", from, r.values["Id"], to)
	}
}

// workbook: names of worksheets and of places.
func (s *strict) workbook() {
	root := s.parts["xl/workbook.xml"]
	sheets := root.all("sheet")
	for _, e := range sheets {
		name := e.values["name"]
		s.once("worksheet", name, "workbook")
		s.once("sheet id", e.values["sheetId"], name)
		if n := units(name); n == 0 || n > 31 || strings.ContainsAny(name, `:\/?*[]`) || strings.Trim(name, "'") != name {
			s.fault("worksheet %q: not a name for one", name)
		}
		if e.values["state"] != "" && e.values["state"] != "visible" {
			s.fault("worksheet %q is %s", name, e.values["state"])
		}
	}
	for _, e := range root.all("definedName") {
		name, scope := e.values["name"], e.values["localSheetId"]
		s.once("name in sheet "+scope, name, "workbook")
		if scope != "" && (e.number("localSheetId") < 0 || e.number("localSheetId") >= len(sheets)) {
			s.fault("name %s belongs to sheet %s of %d", name, scope, len(sheets))
		}
		if strings.Contains(e.text, "#REF!") || strings.TrimSpace(e.text) == "" || units(name) > 255 {
			s.fault("name %s stands for %q", name, e.text)
		}
	}
	styles := s.parts["xl/styles.xml"]
	for list, most := range map[string]int{"cellXfs": 64_000, "fonts": 512, "numFmts": 200, "fills": 32_000, "dxfs": 4_000} {
		for _, e := range styles.all(list) {
			if e.number("count") >= 0 && e.number("count") != len(e.kids) || len(e.kids) > most {
				s.fault("styles: %d of %s, counted %s, at most %d", len(e.kids), list, e.values["count"], most)
			}
		}
	}
}

// anchors: drawings stand on the sheet, the right way round.
func (s *strict) anchors(name string, root *element) {
	for _, a := range root.all("twoCellAnchor") {
		var at [4]int
		for i, of := range []struct{ corner, side string }{{"from", "col"}, {"to", "col"}, {"from", "row"}, {"to", "row"}} {
			at[i] = -1
			for _, corner := range a.all(of.corner) {
				for _, side := range corner.all(of.side) {
					at[i], _ = strconv.Atoi(side.text)
				}
			}
		}
		if at[0] < 0 || at[2] < 0 || at[1] < at[0] || at[3] < at[2] || at[1] >= 16_384 || at[3] >= 1_048_576 {
			s.fault("%s: a drawing from column %d to %d, row %d to %d", name, at[0], at[1], at[2], at[3])
		}
	}
}

// Every workbook of the samples is one that Excel opens without repairing it.
func TestNothingExcelRefuses(t *testing.T) {
	for _, sample := range samples.Names() {
		t.Run(sample, func(t *testing.T) {
			excelOpens(t, audited(t, sample).folder+"/audit.xlsx")
		})
	}
}
