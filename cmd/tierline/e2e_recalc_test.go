//go:build e2e

package main

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"math"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tierline/samples"
)

// The workbook carries formulas beside audited values. Here two programs that
// are not ours work every formula out anew, after all values beside formulas
// were spoilt, so that none of them can be left as it was.

// e2eCell is a cell as its file has it.
type e2eCell struct{ kind, value, formula string }

// text is what the cell shows but for its format.
func (c e2eCell) text() string {
	if c.kind == "b" {
		return map[string]string{"0": "FALSE", "1": "TRUE"}[c.value]
	}
	return c.value
}

// e2eSheetCells is the cells of a worksheet by their names.
type e2eSheetCells map[string]e2eCell

// e2eBook reads every cell of a workbook.
func e2eBook(t *testing.T, name string) map[string]e2eSheetCells {
	t.Helper()
	parts := e2eZip(t, name)
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	e2eXML(t, parts["xl/workbook.xml"], &book)
	var links struct {
		To []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	e2eXML(t, parts["xl/_rels/workbook.xml.rels"], &links)
	texts := e2eSharedTexts(t, parts["xl/sharedStrings.xml"])
	out := map[string]e2eSheetCells{}
	for _, s := range book.Sheets {
		for _, l := range links.To {
			if l.ID == s.ID {
				part := strings.TrimPrefix(path.Join("xl", l.Target), "xl/xl/")
				out[s.Name] = e2eSheetOf(t, parts["xl/"+strings.TrimPrefix(part, "xl/")], texts)
			}
		}
	}
	return out
}

func e2eXML(t *testing.T, text string, to any) {
	t.Helper()
	if err := xml.Unmarshal([]byte(text), to); err != nil {
		t.Fatal(err)
	}
}

// e2eText is a text of a workbook, in one piece or several.
type e2eText struct {
	Whole string   `xml:"t"`
	Runs  []string `xml:"r>t"`
}

func (s e2eText) String() string { return s.Whole + strings.Join(s.Runs, "") }

func e2eSharedTexts(t *testing.T, part string) []e2eText {
	t.Helper()
	var table struct {
		Texts []e2eText `xml:"si"`
	}
	if part != "" {
		e2eXML(t, part, &table)
	}
	return table.Texts
}

func e2eSheetOf(t *testing.T, part string, texts []e2eText) e2eSheetCells {
	t.Helper()
	var sheet struct {
		Cells []struct {
			Name    string  `xml:"r,attr"`
			Kind    string  `xml:"t,attr"`
			Formula string  `xml:"f"`
			Value   string  `xml:"v"`
			Text    e2eText `xml:"is"`
		} `xml:"sheetData>row>c"`
	}
	e2eXML(t, part, &sheet)
	out := e2eSheetCells{}
	for _, c := range sheet.Cells {
		cell := e2eCell{kind: c.Kind, value: c.Value, formula: c.Formula}
		switch c.Kind {
		case "s":
			n, err := strconv.Atoi(c.Value)
			if err != nil || n >= len(texts) {
				t.Fatalf("cell %s: shared text %q", c.Name, c.Value)
			}
			cell.value = texts[n].String()
		case "inlineStr":
			cell.value = c.Text.String()
		}
		if cell.value != "" || cell.formula != "" {
			out[c.Name] = cell
		}
	}
	return out
}

// e2eSpoilt are values that no formula of ours gives.
var e2eSpoilt = map[string]string{"": "987654321.25", "n": "987654321.25", "str": "spoilt", "b": "0", "e": "#N/A"}

var e2eCached = regexp.MustCompile(`(<c r="[A-Z]+\d+"(?: s="\d+")?(?: t="(\w+)")?><f>[^<]*</f>)(?:<v>([^<]*)</v>)?`)

// e2eSpoil copies a workbook with another value beside each formula; a truth
// becomes its opposite. It returns how many there are.
func e2eSpoil(t *testing.T, from, to string) int {
	t.Helper()
	n := 0
	e2eRewrite(t, from, to, func(name, part string) string {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") {
			return part
		}
		return e2eCached.ReplaceAllStringFunc(part, func(cell string) string {
			n++
			m := e2eCached.FindStringSubmatch(cell)
			value := e2eSpoilt[m[2]]
			if m[2] == "b" && m[3] == "0" {
				value = "1"
			}
			return m[1] + "<v>" + value + "</v>"
		})
	})
	return n
}

// e2eRewrite copies a workbook with each part as change returns it.
func e2eRewrite(t *testing.T, from, to string, change func(name, part string) string) {
	t.Helper()
	parts := e2eZip(t, from)
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for name, part := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(change(name, part))); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

// e2eAlways makes LibreOffice work formulas out whenever it opens a workbook.
const e2eAlways = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// e2eRecalculators are the programs that work formulas out, each writing a
// workbook again.
var e2eRecalculators = map[string]func(t *testing.T, from, to string){
	"LibreOffice": func(t *testing.T, from, to string) {
		profile := filepath.Join(t.TempDir(), "profile")
		settings := filepath.Join(profile, "user", "registrymodifications.xcu")
		if err := os.MkdirAll(filepath.Dir(settings), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(settings, []byte(e2eAlways), 0o600); err != nil {
			t.Fatal(err)
		}
		u := url.URL{Scheme: "file", Path: profile}
		out := t.TempDir()
		e2eCommand(t, "soffice", "-env:UserInstallation="+u.String(), "--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
			"--outdir", out, from)
		if err := os.Rename(filepath.Join(out, filepath.Base(from)), to); err != nil {
			t.Fatal(err)
		}
	},
	"Gnumeric": func(t *testing.T, from, to string) {
		e2eCommand(t, "ssconvert", "--recalc", "--export-type=Gnumeric_Excel:xlsx2", from, to)
	},
}

// e2eSame compares two values of a cell, numbers to half a hundredth of what they
// stand for.
func e2eSame(want, got string) bool {
	if want == got {
		return true
	}
	a, errA := strconv.ParseFloat(want, 64)
	b, errB := strconv.ParseFloat(got, 64)
	return errA == nil && errB == nil && math.Abs(a-b) < 0.000001*math.Max(1, math.Abs(a)/1000)
}

// e2eCompare says where a workbook that was worked out anew differs from the
// audited one.
func e2eCompare(t *testing.T, program string, want, got map[string]e2eSheetCells) {
	t.Helper()
	var wrong []string
	for sheet, cells := range want {
		if got[sheet] == nil {
			t.Errorf("%s leaves the sheet %s out", program, sheet)
			continue
		}
		for name, c := range cells {
			if other := got[sheet][name]; !e2eSame(c.text(), other.text()) {
				wrong = append(wrong, fmt.Sprintf("%s!%s: %q, audited %q, formula %s", sheet, name, other.text(), c.text(), c.formula))
			}
		}
	}
	slices.Sort(wrong)
	for _, w := range wrong[:min(len(wrong), 20)] {
		t.Errorf("%s: %s", program, w)
	}
	if len(wrong) > 20 {
		t.Errorf("%s: and %d more", program, len(wrong)-20)
	}
}

// METHOD 22.1.
func TestEndToEndRecalculated(t *testing.T) {
	e2eNeeds(t)
	for _, sample := range samples.Names() {
		t.Run(sample, func(t *testing.T) {
			temp := t.TempDir()
			in, out := filepath.Join(temp, "in"), filepath.Join(temp, "out")
			copySample(t, sample, in, false)
			book := e2eAudit(t, in, out, nil).file("audit.xlsx")
			audited := e2eBook(t, book)
			spoilt := filepath.Join(temp, "spoilt.xlsx")
			n := e2eSpoil(t, book, spoilt)
			t.Logf("%d formulas", n)
			if left := e2eLive(audited); n < 100 || n != left {
				t.Fatalf("%d values beside formulas are spoilt, of %d", n, left)
			}
			for program, recalculate := range e2eRecalculators {
				anew := filepath.Join(temp, program+".xlsx")
				recalculate(t, spoilt, anew)
				e2eCompare(t, program, audited, e2eBook(t, anew))
			}
		})
	}
}

func e2eLive(book map[string]e2eSheetCells) int {
	n := 0
	for _, cells := range book {
		for _, c := range cells {
			if c.formula != "" {
				n++
			}
		}
	}
	return n
}
