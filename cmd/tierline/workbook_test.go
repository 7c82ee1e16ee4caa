package main

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
	"testing"
)

// bookCell is a cell as its file has it.
type bookCell struct{ kind, value, formula string }

// text is what the cell shows but for its format.
func (c bookCell) text() string {
	if c.kind == "b" {
		return map[string]string{"0": "FALSE", "1": "TRUE"}[c.value]
	}
	return c.value
}

// sheetCells is the cells of a worksheet by their names.
type sheetCells map[string]bookCell

// bookOf reads every cell of a workbook.
func bookOf(t *testing.T, name string) map[string]sheetCells {
	t.Helper()
	parts := zipParts(t, name)
	texts := sharedTexts(t, parts["xl/sharedStrings.xml"])
	out := map[string]sheetCells{}
	for _, s := range worksheetsOf(t, parts) {
		out[s.name] = cellsOf(t, s.part, texts)
	}
	return out
}

// worksheet is a sheet of a workbook as its file has it.
type worksheet struct{ name, part string }

// worksheetsOf returns the worksheets in order.
func worksheetsOf(t *testing.T, parts map[string]string) []worksheet {
	t.Helper()
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	readXML(t, parts["xl/workbook.xml"], &book)
	var links struct {
		To []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	readXML(t, parts["xl/_rels/workbook.xml.rels"], &links)
	var out []worksheet
	for _, s := range book.Sheets {
		for _, l := range links.To {
			if l.ID == s.ID {
				part := strings.TrimPrefix(path.Join("xl", l.Target), "xl/xl/")
				out = append(out, worksheet{s.Name, parts["xl/"+strings.TrimPrefix(part, "xl/")]})
			}
		}
	}
	return out
}

func readXML(t *testing.T, text string, to any) {
	t.Helper()
	if err := xml.Unmarshal([]byte(text), to); err != nil {
		t.Fatal(err)
	}
}

// bookText is a text of a workbook, in one piece or several.
type bookText struct {
	Whole string   `xml:"t"`
	Runs  []string `xml:"r>t"`
}

func (s bookText) String() string { return s.Whole + strings.Join(s.Runs, "") }

func sharedTexts(t *testing.T, part string) []bookText {
	t.Helper()
	var table struct {
		Texts []bookText `xml:"si"`
	}
	if part != "" {
		readXML(t, part, &table)
	}
	return table.Texts
}

func cellsOf(t *testing.T, part string, texts []bookText) sheetCells {
	t.Helper()
	var sheet struct {
		Cells []struct {
			Name    string   `xml:"r,attr"`
			Kind    string   `xml:"t,attr"`
			Formula string   `xml:"f"`
			Value   string   `xml:"v"`
			Text    bookText `xml:"is"`
		} `xml:"sheetData>row>c"`
	}
	readXML(t, part, &sheet)
	out := sheetCells{}
	for _, c := range sheet.Cells {
		cell := bookCell{kind: c.Kind, value: c.Value, formula: c.Formula}
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

// zipParts returns the parts of a zip archive.
func zipParts(t *testing.T, name string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	parts := map[string]string{}
	for _, f := range z.File {
		if f.Comment != "" {
			t.Errorf("%s has a comment", f.Name)
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(rc)
		rc.Close()
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
	}
	return parts
}
