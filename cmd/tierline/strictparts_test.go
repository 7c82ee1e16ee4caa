package main

import (
	"encoding/xml"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// contents says which elements may stand in which, and in which order, as the
// standard of the file format has them (ECMA-376, parts of spreadsheets, drawings
// and charts). Only what a workbook of ours needs is in it: an element that is not
// here is a fault. One that ends in * may stand there several times.
var contents = map[string]map[string]string{
	"xl": {
		"workbook":      "fileVersion workbookPr workbookProtection bookViews sheets definedNames calcPr",
		"bookViews":     "workbookView*",
		"sheets":        "sheet*",
		"definedNames":  "definedName*",
		"styleSheet":    "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles",
		"numFmts":       "numFmt*",
		"fonts":         "font*",
		"fills":         "fill*",
		"borders":       "border*",
		"cellStyleXfs":  "xf*",
		"cellXfs":       "xf*",
		"cellStyles":    "cellStyle*",
		"dxfs":          "dxf*",
		"dxf":           "font numFmt fill alignment border protection",
		"font":          "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme",
		"fill":          "patternFill",
		"patternFill":   "fgColor bgColor",
		"border":        "left right top bottom diagonal vertical horizontal",
		"left":          "color",
		"right":         "color",
		"top":           "color",
		"bottom":        "color",
		"xf":            "alignment protection",
		"sst":           "si*",
		"si":            "t",
		"comments":      "authors commentList",
		"authors":       "author*",
		"commentList":   "comment*",
		"comment":       "text",
		"text":          "t",
		"Relationships": "Relationship*",
	},
	"xl/worksheets": {
		"worksheet":             strings.Join(sheetOrder, " "),
		"sheetPr":               "tabColor outlinePr pageSetUpPr",
		"sheetViews":            "sheetView*",
		"sheetView":             "pane selection*",
		"cols":                  "col*",
		"sheetData":             "row*",
		"row":                   "c*",
		"c":                     "f v is",
		"is":                    "t",
		"mergeCells":            "mergeCell*",
		"conditionalFormatting": "cfRule*",
		"cfRule":                "formula",
		"dataValidations":       "dataValidation*",
		"dataValidation":        "formula1 formula2",
		"hyperlinks":            "hyperlink*",
		"headerFooter":          "oddHeader oddFooter",
		"rowBreaks":             "brk*",
		"ignoredErrors":         "ignoredError*",
		"tableParts":            "tablePart*",
	},
	"xl/tables": {
		"table":        "autoFilter tableColumns tableStyleInfo",
		"tableColumns": "tableColumn*",
	},
	"xl/drawings": {
		"wsDr":             "twoCellAnchor*",
		"twoCellAnchor":    "from to graphicFrame clientData",
		"from":             "col colOff row rowOff",
		"to":               "col colOff row rowOff",
		"graphicFrame":     "nvGraphicFramePr xfrm graphic",
		"nvGraphicFramePr": "cNvPr cNvGraphicFramePr",
		"xfrm":             "off ext",
		"graphic":          "graphicData",
		"graphicData":      "chart",
	},
	"xl/charts": {
		"chartSpace":     "date1904 lang roundedCorners chart spPr txPr printSettings",
		"chart":          "title autoTitleDeleted view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs showDLblsOverMax",
		"title":          "tx layout overlay spPr txPr",
		"tx":             "rich strRef",
		"rich":           "bodyPr lstStyle p*",
		"txPr":           "bodyPr lstStyle p*",
		"p":              "pPr r* endParaRPr",
		"r":              "rPr t",
		"pPr":            "defRPr",
		"rPr":            "ln solidFill latin ea cs",
		"defRPr":         "ln solidFill latin ea cs",
		"solidFill":      "srgbClr schemeClr",
		"schemeClr":      "lumMod lumOff",
		"spPr":           "noFill solidFill ln",
		"ln":             "noFill solidFill prstDash",
		"view3D":         "rotX hPercent rotY depthPercent rAngAx perspective",
		"floor":          "thickness spPr",
		"sideWall":       "thickness spPr",
		"backWall":       "thickness spPr",
		"plotArea":       "layout barChart* lineChart* catAx* valAx* spPr",
		"barChart":       "barDir grouping varyColors ser* dLbls gapWidth overlap axId*",
		"lineChart":      "grouping varyColors ser* dLbls marker smooth axId*",
		"ser":            "idx order tx spPr invertIfNegative marker dPt* dLbls cat val smooth",
		"marker":         "symbol size spPr",
		"dLbls":          "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator showLeaderLines",
		"cat":            "strRef numRef",
		"val":            "numRef",
		"strRef":         "f strCache",
		"numRef":         "f numCache",
		"numCache":       "formatCode ptCount pt*",
		"catAx":          "axId scaling delete axPos majorGridlines title " + axisEnd + " auto lblAlgn lblOffset noMultiLvlLbl",
		"valAx":          "axId scaling delete axPos majorGridlines title " + axisEnd + " crossBetween majorUnit",
		"scaling":        "logBase orientation max min",
		"majorGridlines": "spPr",
		"legend":         "legendPos legendEntry* layout overlay spPr txPr",
		"legendEntry":    "idx delete txPr",
		"printSettings":  "headerFooter pageMargins pageSetup",
	},
}

// axisEnd is what the two kinds of axes have alike.
const axisEnd = "numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses"

// order looks at what stands in an element and in all below it.
func (s *strict) order(name string, rules map[string]string, e *element) {
	allowed, known := rules[e.name]
	if !known && len(e.kids) > 0 {
		s.fault("%s: nobody knows what may stand in %s", name, e.name)
		return
	}
	list, last := strings.Fields(allowed), -1
	for _, kid := range e.kids {
		at := slices.IndexFunc(list, func(word string) bool { return strings.TrimSuffix(word, "*") == kid.name })
		if at < 0 || at < last || at == last && !strings.HasSuffix(list[at], "*") {
			s.fault("%s: %s stands in the wrong place of %s", name, kid.name, e.name)
		}
		last = max(last, at)
		s.order(name, rules, kid)
	}
}

// spaces: Excel refuses a part that says it may ignore a name space which it does
// not declare, or that uses one it does not know without saying so.
func (s *strict) spaces(name, part string) {
	declared, ignored := map[string]string{}, ""
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if err != nil {
			return
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range root.Attr {
			if a.Name.Space == "xmlns" {
				declared[a.Name.Local] = a.Value
			} else if a.Name.Local == "Ignorable" {
				ignored = a.Value
			}
		}
		may := map[string]bool{}
		for prefix := range strings.FieldsSeq(ignored) {
			if declared[prefix] == "" {
				s.fault("%s may ignore the name space %s, which it does not declare", name, prefix)
			}
			may[declared[prefix]] = true
		}
		for _, a := range root.Attr {
			if strings.HasPrefix(a.Name.Space, "http://schemas.microsoft.com/") && !may[a.Name.Space] {
				s.fault("%s: %s is of the name space %s, which it does not say may be ignored", name, a.Name.Local, a.Name.Space)
			}
		}
		return
	}
}

// functions are those that a formula may call: Excel has had all of them since
// 2007, and LibreOffice and Gnumeric have them.
var functions = strings.Fields(`AND COUNT COUNTA COUNTIF COUNTIFS DATE EDATE EXACT FALSE FIXED HYPERLINK IF IFERROR INDEX INT ISBLANK ISNUMBER ISTEXT LEFT
	LEN LOOKUP LOWER MATCH MAX MIN MOD MONTH NOT OR ROUND ROUNDDOWN ROUNDUP ROWS SUM SUMIF SUMIFS SUMPRODUCT TEXT TRIM TRUE YEAR`)

var (
	quotedText = regexp.MustCompile(`"(?:[^"]|"")*"`)
	sheetWords = regexp.MustCompile(`'(?:[^']|'')*'!`)
	called     = regexp.MustCompile(`([A-Za-z_.][A-Za-z0-9_.]*)\(`)
)

// formula: a formula calls what every version of Excel has, and holds no longer
// text than it takes.
func (s *strict) formula(at, text string) {
	for _, words := range quotedText.FindAllString(text, -1) {
		if n := units(strings.ReplaceAll(words[1:len(words)-1], `""`, `"`)); n > 255 {
			s.fault("%s: a text of %d characters in a formula: %.60s", at, n, words)
		}
	}
	bare := sheetWords.ReplaceAllString(quotedText.ReplaceAllString(text, `""`), "S!")
	for _, m := range called.FindAllStringSubmatch(bare, -1) {
		if !slices.Contains(functions, m[1]) {
			s.fault("%s: a formula that calls %s", at, m[1])
		}
	}
	if strings.Contains(bare, "#") || strings.ContainsAny(bare, "[]{}'\n") {
		s.fault("%s: an error, a list or a name of a file in the formula %.60s", at, text)
	}
}

// inside looks at the elements of a part, and at what it says of its name spaces.
func (s *strict) inside(name string, root *element) {
	if strings.HasSuffix(name, ".vml") || strings.HasPrefix(name, "xl/theme/") || strings.HasSuffix(name, ".rels") {
		return
	}
	s.spaces(name, s.bytes[name])
	if rules := contents[path.Dir(name)]; rules != nil {
		s.order(name, rules, root)
	}
	for _, kind := range []string{"f", "formula", "formula1", "formula2"} {
		for _, f := range root.all(kind) {
			if path.Dir(name) == "xl/worksheets" {
				s.formula(name, f.text)
			}
		}
	}
}

// excelOpens reports what Excel would refuse of a workbook.
func excelOpens(t *testing.T, book string) {
	t.Helper()
	for _, fault := range strictFaults(zipParts(t, book)) {
		t.Errorf("%s: %s", filepath.Base(book), fault)
	}
}
