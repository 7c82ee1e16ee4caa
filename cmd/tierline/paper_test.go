package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tierline/samples"
)

// smallestPrint is the size a worksheet is printed in at least, of its own: the 11
// points of a cell stay more than 7.
const smallestPrint = 0.7

// mostInView is how many points of rows stay in view above those that are scrolled:
// a screen of 768 lines shows some 420 points of cells.
const mostInView = 225

// printedSheet is what the file of a worksheet says about its print and its view.
type printedSheet struct {
	Pane struct {
		Rows int `xml:"ySplit,attr"`
	} `xml:"sheetViews>sheetView>pane"`
	Columns []struct {
		First  int     `xml:"min,attr"`
		Last   int     `xml:"max,attr"`
		Width  float64 `xml:"width,attr"`
		Hidden bool    `xml:"hidden,attr"`
	} `xml:"cols>col"`
	Margins struct {
		Left  float64 `xml:"left,attr"`
		Right float64 `xml:"right,attr"`
	} `xml:"pageMargins"`
	Setup struct {
		Paper       int    `xml:"paperSize,attr"`
		Orientation string `xml:"orientation,attr"`
		Across      int    `xml:"fitToWidth,attr"`
	} `xml:"pageSetup"`
}

// width returns how wide columns are together, in characters.
func (p *printedSheet) width(columns int) float64 {
	total := 0.0
	for i := 1; i <= columns; i++ {
		width := 9.14 // of a column nobody sized
		for _, c := range p.Columns {
			if i >= c.First && i <= c.Last {
				width = c.Width
				if c.Hidden {
					width = 0
				}
			}
		}
		total += width
	}
	return total
}

// scale returns the size a worksheet is printed in whose print area has so many
// columns, of which the first are repeated on every page across.
func (p *printedSheet) scale(columns, repeated int) float64 {
	across := map[string]map[int]float64{"portrait": {9: 595, 1: 612}, "landscape": {9: 842, 1: 792}}[p.Setup.Orientation][p.Setup.Paper]
	across -= 72 * (p.Margins.Left + p.Margins.Right)
	pages := float64(max(1, p.Setup.Across))
	const points = 5.25 // of a character of a column
	return across * pages / points / (p.width(columns) + (pages-1)*p.width(repeated))
}

// printed returns the parts of a worksheet around its cells, of which there may be
// very many.
func printed(t *testing.T, s worksheet) *printedSheet {
	t.Helper()
	head, rest, _ := strings.Cut(s.part, "<sheetData")
	_, tail, _ := strings.Cut(rest, "</sheetData>")
	p := new(printedSheet)
	readXML(t, head+tail, p)
	return p
}

// inView returns how many points of the rows that stay in view are high.
func (p *printedSheet) inView(t *testing.T, s worksheet) float64 {
	t.Helper()
	total := 0.0
	for _, row := range strings.SplitN(s.part, "<row ", p.Pane.Rows+2)[1:] {
		if p.Pane.Rows--; p.Pane.Rows < 0 {
			break
		}
		height := 15.0
		attributes, _, _ := strings.Cut(row, ">")
		if _, after, is := strings.Cut(attributes, `ht="`); is {
			fmt.Sscan(after, &height)
		}
		total += height
	}
	return total
}

// TestSheetsAreLegible: no sheet of any sample is printed smaller than can be read,
// on A4 and on letter paper, and what stays in view leaves room for what does not.
func TestSheetsAreLegible(t *testing.T) {
	for _, name := range samples.Names() {
		legible(t, name, audited(t, name))
	}
	dir := sample(t, "acme")
	setup, err := os.ReadFile(dir + "/audit.yaml")
	if err != nil {
		t.Fatal(err)
	}
	setup = append(setup, "\nbranding:\n  paper: letter\n"...)
	legible(t, "acme on letter", auditFolder(t, copied(t, dir, map[string][]byte{"audit.yaml": setup})))
}

func legible(t *testing.T, name string, o outcome) {
	t.Helper()
	parts := zipParts(t, o.folder+"/audit.xlsx")
	f, err := excelize.OpenReader(bytes.NewReader(o.file(t, "audit.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	areas, repeated := map[string]int{}, map[string]int{}
	for _, n := range f.GetDefinedName() {
		var last string
		switch n.Name {
		case "_xlnm.Print_Area":
			_, last, _ = strings.Cut(n.RefersTo, ":$")
			areas[n.Scope] = columnBefore(t, last)
		case "_xlnm.Print_Titles":
			if _, after, is := strings.Cut(n.RefersTo, "!$A:$"); is {
				repeated[n.Scope] = columnBefore(t, after)
			}
		}
	}
	sheets := worksheetsOf(t, parts)
	if len(sheets) < 30 {
		t.Fatalf("%s has %d sheets", name, len(sheets))
	}
	for _, s := range sheets {
		p := printed(t, s)
		columns := areas[s.name]
		if columns == 0 { // small tables below each other
			columns = p.Columns[len(p.Columns)-1].Last
		}
		if got := p.scale(columns, repeated[s.name]); got < smallestPrint-0.005 {
			t.Errorf("%s: %q is printed in %.0f %% of its size", name, s.name, got*100)
		}
		if got := p.inView(t, s); got > mostInView {
			t.Errorf("%s: %.0f points of %q stay in view", name, got, s.name)
		}
	}
}

// columnBefore returns the number of the column whose letters a text begins with.
func columnBefore(t *testing.T, text string) int {
	t.Helper()
	n, err := excelize.ColumnNameToNumber(text[:strings.IndexFunc(text+"$", func(r rune) bool { return r < 'A' || r > 'Z' })])
	if err != nil {
		t.Fatal(fmt.Errorf("%q: %w", text, err))
	}
	return n
}
