package main

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sheetOrder is the order in which the elements of a worksheet have to stand; one
// with * may be there several times.
var sheetOrder = strings.Fields(`sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter
	sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting* dataValidations hyperlinks printOptions pageMargins pageSetup
	headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture
	oleObjects controls webPublishItems tableParts extLst`)

// area is a range of cells, all ends included.
type area struct{ left, top, right, bottom int }

var areaText = regexp.MustCompile(`^\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$`)

func areaOf(text string) (area, bool) {
	m := areaText.FindStringSubmatch(text)
	if m == nil {
		return area{}, false
	}
	a := area{columnNumber(m[1]), atoi(m[2]), columnNumber(m[1]), atoi(m[2])}
	if m[3] != "" {
		a.right, a.bottom = columnNumber(m[3]), atoi(m[4])
	}
	return a, a.left <= a.right && a.top <= a.bottom && a.right <= 16_384 && a.bottom <= 1_048_576
}

func (a area) meets(b area) bool {
	return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

// sheet looks a worksheet through.
func (s *strict) sheet(name string, root *element) {
	s.columns(name, root)
	s.cells(name, root)
	s.inputs(name, root)
	s.tones(name, root)
	s.ranges(name, root)
	if n := len(root.all("hyperlink")); n > 65_529 {
		s.fault("%s: %d links", name, n)
	}
	for _, e := range root.all("oddFooter") {
		if units(e.text) > 255 {
			s.fault("%s: a footer of %d characters", name, units(e.text))
		}
	}
}

// columns: widths rise from left to right and are some.
func (s *strict) columns(name string, root *element) {
	last := 0
	for _, e := range root.all("col") {
		width, err := strconv.ParseFloat(e.values["width"], 64)
		if from, to := e.number("min"), e.number("max"); from <= last || to < from || to > 16_384 || err != nil || width < 0 || width > 255 {
			s.fault("%s: columns %s to %s of width %q", name, e.values["min"], e.values["max"], e.values["width"])
		} else {
			last = to
		}
	}
}

// cells: rows and cells rise, and hold what a cell can.
func (s *strict) cells(name string, root *element) {
	texts, styles := s.parts["xl/sharedStrings.xml"].kids, s.parts["xl/styles.xml"].all("cellXfs")[0].kids
	last := 0
	for _, row := range root.all("row") {
		if row.number("r") <= last {
			s.fault("%s: row %s stands below row %d", name, row.values["r"], last)
		}
		last = row.number("r")
		if height, err := strconv.ParseFloat(row.values["ht"], 64); row.values["ht"] != "" && (err != nil || height > 409) {
			s.fault("%s: row %d of height %s", name, last, row.values["ht"])
		}
		column := 0
		for _, c := range row.kids {
			a, ok := areaOf(c.values["r"])
			if !ok || a.top != last || a.left <= column {
				s.fault("%s: cell %s in row %d after column %d", name, c.values["r"], last, column)
			}
			column = a.left
			if c.values["s"] != "" && (c.number("s") < 0 || c.number("s") >= len(styles)) {
				s.fault("%s!%s: style %s of %d", name, c.values["r"], c.values["s"], len(styles))
			}
			s.cell(name, c, texts)
		}
	}
}

// nested counts how deep calls stand in each other.
func nested(formula string) (deepest, open int) {
	words := false
	for _, r := range formula {
		switch {
		case r == '"':
			words = !words
		case words:
		case r == '(':
			open++
			deepest = max(deepest, open)
		case r == ')':
			open--
		}
	}
	return deepest, open
}

// cell: what a cell holds is what it says it does.
func (s *strict) cell(name string, c *element, texts []*element) {
	at := name + "!" + c.values["r"]
	for _, f := range c.all("f") {
		deepest, open := nested(f.text)
		if units(f.text) > 8192 || deepest > 64 || open != 0 || strings.HasPrefix(f.text, "=") {
			s.fault("%s: a formula of %d characters, %d levels, %d open: %.60s", at, units(f.text), deepest, open, f.text)
		}
	}
	value := ""
	for _, v := range c.all("v") {
		value = v.text
	}
	switch kind := c.values["t"]; kind {
	case "s":
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n >= len(texts) {
			s.fault("%s: text %s of %d", at, value, len(texts))
		} else if n := units(whole(texts[n])); n > 32_767 {
			s.fault("%s: a text of %d characters", at, n)
		}
	case "str", "inlineStr", "e":
		if n := units(whole(c)); n > 32_767 {
			s.fault("%s: a text of %d characters", at, n)
		}
	case "b":
		if value != "0" && value != "1" {
			s.fault("%s: %q is neither true nor false", at, value)
		}
	case "", "n":
		if _, err := strconv.ParseFloat(value, 64); value != "" && (err != nil || strings.Trim(value, "0123456789.eE+-") != "") {
			s.fault("%s: %q is no number", at, value)
		}
	default:
		s.fault("%s: a cell of kind %q", at, kind)
	}
}

// whole is the text of an element and all below it.
func whole(e *element) string {
	out := e.text
	for _, kid := range e.kids {
		out += whole(kid)
	}
	return out
}

// inputs: limits of what validations say.
func (s *strict) inputs(name string, root *element) {
	for _, e := range root.all("dataValidation") {
		for what, most := range map[string]int{"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 225} {
			if units(e.values[what]) > most {
				s.fault("%s: %s of %d characters: %q", name, what, units(e.values[what]), e.values[what])
			}
		}
		for _, f := range append(e.all("formula1"), e.all("formula2")...) {
			if units(f.text) > 255 {
				s.fault("%s: a validation of %d characters", name, units(f.text))
			}
		}
		if e.values["type"] != "" && e.values["type"] != "none" && len(e.all("formula1")) != 1 {
			s.fault("%s: a validation of %s without what it allows", name, e.values["sqref"])
		}
	}
}

// tones: conditional formats have a condition and a style that is there.
func (s *strict) tones(name string, root *element) {
	styles := 0
	for _, e := range s.parts["xl/styles.xml"].all("dxfs") {
		styles = len(e.kids)
	}
	seen := map[int]bool{}
	for _, e := range root.all("cfRule") {
		if e.values["type"] == "expression" && (len(e.all("formula")) != 1 || e.all("formula")[0].text == "") {
			s.fault("%s: a conditional format without a condition", name)
		}
		if e.values["dxfId"] != "" && (e.number("dxfId") < 0 || e.number("dxfId") >= styles) {
			s.fault("%s: conditional style %s of %d", name, e.values["dxfId"], styles)
		}
		if p := e.number("priority"); p < 1 || seen[p] {
			s.fault("%s: conditional format with priority %s, which is none or there twice", name, e.values["priority"])
		}
		seen[e.number("priority")] = true
	}
}

// ranges: joined cells, tables and all other ranges lie on the sheet; joined cells
// and tables stand apart.
func (s *strict) ranges(name string, root *element) {
	for _, kind := range []string{"conditionalFormatting", "dataValidation", "ignoredError", "selection"} {
		for _, e := range root.all(kind) {
			for text := range strings.FieldsSeq(e.values["sqref"]) {
				if _, ok := areaOf(text); !ok {
					s.fault("%s: %s of %q", name, kind, text)
				}
			}
		}
	}
	var apart []area
	texts := []string{}
	for _, e := range root.all("mergeCell") {
		texts = append(texts, e.values["ref"])
	}
	if list := s.parts[path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")]; list != nil {
		for _, r := range list.all("Relationship") {
			if part := s.parts[path.Join("xl/tables", path.Base(r.values["Target"]))]; strings.Contains(r.values["Target"], "table") && part != nil {
				texts = append(texts, part.values["ref"])
				s.table(name, root, part)
			}
		}
	}
	for _, text := range texts {
		a, ok := areaOf(text)
		if !ok || slices.ContainsFunc(apart, a.meets) {
			s.fault("%s: %q is no range, or meets another", name, text)
		}
		apart = append(apart, a)
	}
}

// table: its columns are those of its header, each once.
func (s *strict) table(name string, root, part *element) {
	s.once("table", part.values["displayName"], name)
	s.once("table id", part.values["id"], name)
	if !regexp.MustCompile(`^[A-Za-z_\\][A-Za-z0-9_.]{0,254}$`).MatchString(part.values["displayName"]) {
		s.fault("%s: table %q", name, part.values["displayName"])
	}
	a, ok := areaOf(part.values["ref"])
	columns := part.all("tableColumn")
	if !ok || a.bottom == a.top || len(columns) != a.right-a.left+1 || part.all("tableColumns")[0].number("count") != len(columns) {
		s.fault("%s: table %s has %d columns", name, part.values["ref"], len(columns))
		return
	}
	header := map[int]string{}
	texts := s.parts["xl/sharedStrings.xml"].kids
	for _, row := range root.all("row") {
		if row.number("r") != a.top {
			continue
		}
		for _, c := range row.kids {
			at, _ := areaOf(c.values["r"])
			header[at.left] = whole(c)
			if n, err := strconv.Atoi(whole(c)); c.values["t"] == "s" && err == nil && n < len(texts) {
				header[at.left] = whole(texts[n])
			}
		}
	}
	seen := map[string]bool{}
	for i, column := range columns {
		title := column.values["name"]
		if title == "" || seen[strings.ToLower(title)] || header[a.left+i] != title {
			s.fault("%s: column %q of the table under the title %q, or there twice", name, title, header[a.left+i])
		}
		seen[strings.ToLower(title)] = true
	}
}

// partWith returns the name of the first part that holds a text.
func partWith(t *testing.T, parts map[string]string, text string) string {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if strings.Contains(parts[name], text) {
			return name
		}
	}
	t.Fatalf("no part holds %s", text)
	return ""
}

// TestStrictFaultsAreNoticed breaks a workbook in one way at a time.
func TestStrictFaultsAreNoticed(t *testing.T) {
	sound := zipParts(t, audited(t, "worked-example").folder+"/audit.xlsx")
	filledIn := partWith(t, sound, `promptTitle="`)
	for _, x := range []struct{ part, from, to string }{
		{"xl/workbook.xml", "</workbook>", ""},
		{"[Content_Types].xml", "/xl/styles.xml", "/xl/style.xml"},
		{"xl/_rels/workbook.xml.rels", "sheet3.xml", "sheet333.xml"},
		{"xl/workbook.xml", `name="Summary"`, `name="Summary: all of it"`},
		{"xl/workbook.xml", `name="Charts"`, `name="Summary"`},
		{"xl/workbook.xml", `localSheetId="8"`, `localSheetId="800"`},
		{"xl/worksheets/sheet2.xml", "<sheetData>", "<mergeCells></mergeCells><sheetData>"},
		{"xl/worksheets/sheet2.xml", `<row r="2"`, `<row r="1"`},
		{"xl/worksheets/sheet2.xml", `ref="A2:`, `ref="A1:B2"></mergeCell><mergeCell ref="A2:`},
		{"xl/worksheets/sheet2.xml", `t="str"`, `t="string"`},
		{"xl/worksheets/sheet2.xml", "<f>", "<f>IF("},
		{"xl/worksheets/sheet2.xml", `<col min="1" max="1"`, `<col min="3" max="3"`},
		{"xl/worksheets/sheet2.xml", "dxfId=\"0\"", "dxfId=\"99\""},
		{filledIn, `promptTitle="`, `promptTitle="` + strings.Repeat("long ", 9)},
		{filledIn, "<formula1>", "<formula1>" + strings.Repeat("keep,", 60)},
		{"xl/tables/table1.xml", `<tableColumn id="1" name="`, `<tableColumn id="1" name="x`},
		{"xl/worksheets/sheet2.xml", "<f>", "<f>XLOOKUP(1,A1:A2,A1:A2)+"},
		{"xl/worksheets/sheet2.xml", "<f>", "<f>#REF!+"},
		{"xl/worksheets/sheet2.xml", "<f>", `<f>LEN("` + strings.Repeat("long ", 52) + `")+`},
		{"xl/worksheets/sheet2.xml", `Ignorable="`, `Ignorable="nobody `},
		{"xl/worksheets/sheet2.xml", `Ignorable="`, `Other="`},
		{"xl/charts/chart1.xml", "<scaling>", "<crosses></crosses><scaling>"},
		{"xl/charts/chart1.xml", "<grouping", "<colour></colour><grouping"},
		{"xl/styles.xml", "<patternFill", "<stop></stop><patternFill"},
		{"xl/sharedStrings.xml", "<t>", "<t>" + strings.Repeat("long ", 7_000)},
	} {
		t.Run(x.part+" "+x.from, func(t *testing.T) {
			broken := map[string]string{}
			for name, part := range sound {
				broken[name] = part
			}
			broken[x.part] = strings.Replace(sound[x.part], x.from, x.to, 1)
			if broken[x.part] == sound[x.part] {
				t.Fatalf("%s has no %s", x.part, x.from)
			}
			if len(strictFaults(broken)) == 0 {
				t.Errorf("nobody notices %q in place of %q", x.to, x.from)
			}
		})
	}
}
