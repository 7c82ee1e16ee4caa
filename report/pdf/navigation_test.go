package pdf

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"tierline/audit/config"
	"tierline/report"
)

// linkedDocument has actions on the first page that lead to where they stand in
// full and to their staircase, and from there back.
func linkedDocument() *report.Document {
	d := richDocument()
	linked := func(id, to string, also report.Ref) report.Table {
		t := actionTable(3, "USD")
		var rows [][]report.Cell
		for row := range t.Rows {
			row[0].Row = string(rune('a' + len(rows)))
			row[1], row[2] = row[1].To(report.At(to, row[0].Row, "")), row[2].To(also)
			rows = append(rows, row)
		}
		t.ID, t.Rows = id, slices.Values(rows)
		return t
	}
	d.Finance.Decisions = []report.Table{linked("short", "full", report.Staircase("acme"))}
	for i := range d.Finance.Sections {
		s := &d.Finance.Sections[i]
		if s.Kind == report.ActionSection {
			s.Tables = []report.Table{linked("full", "short", report.At("nowhere", "x", ""))}
		}
		for j := range s.Ladder {
			if j == 0 {
				s.Ladder[j].Key = "acme"
				s.Ladder[j].Actions = []report.Cell{report.T("action 2").To(report.At("full", "b", "")), report.T("action 9").To(report.At("full", "z", ""))}
			}
		}
	}
	return d
}

// TestLinksLeadToWhatTheyName follows every link of the pages.
func TestLinksLeadToWhatTheyName(t *testing.T) {
	c := mustLayOut(t, linkedDocument())
	found := map[string]int{}
	for n, p := range c.pages {
		for _, m := range p.marks {
			if m.kind != linkMark {
				continue
			}
			to, known := c.places[m.text]
			if !known || to.page < 0 {
				t.Errorf("page %d: a link leads to %q, which is on no page", n+1, m.text)
				continue
			}
			found[m.text]++
			if at := textsAt(c.pages[to.page], to.y); !strings.Contains(at, wanted[m.text]) {
				t.Errorf("the link to %s leads to %q", m.text, at)
			}
		}
	}
	for _, key := range []string{"full/a", "full/b", "full/c", "short/a", "short/b", "short/c", "staircases/acme"} {
		if found[key] == 0 {
			t.Errorf("nothing leads to %s; links: %v", key, found)
		}
	}
	if found["full/z"]+found["nowhere/x"] > 0 {
		t.Errorf("links lead to what is not there: %v", found)
	}
}

var wanted = map[string]string{"full/a": "Remove10", "full/b": "Remove11", "full/c": "Remove12",
	"short/a": "Remove10", "short/b": "Remove11", "short/c": "Remove12", "staircases/acme": "Jiraand9apps"}

// textsAt returns what is written within five millimetres below a height.
func textsAt(p page, y float64) string {
	var b strings.Builder
	for _, m := range p.marks {
		if m.kind == textMark && m.points[0].y > y && m.points[0].y < y+5 {
			b.WriteString(m.text)
		}
	}
	return strip(b.String())
}

// TestOutline: every section is in the outline, each on the page on which its
// title stands, and no entry is deeper than the one before by more than one.
func TestOutline(t *testing.T) {
	d := richDocument()
	c := mustLayOut(t, d)
	var titles []string
	level := -1
	for n, p := range c.pages {
		for _, b := range p.outline {
			if b.level > level+1 {
				t.Errorf("%q is at level %d behind one of level %d", b.title, b.level, level)
			}
			level = b.level
			titles = append(titles, b.title)
			if !strings.Contains(pageText(p), strip(c.text(b.title))) {
				t.Errorf("page %d: %q is not there", n+1, b.title)
			}
		}
	}
	for _, s := range d.Finance.Sections {
		if !slices.Contains(titles, s.Title) {
			t.Errorf("the outline lacks %q: %q", s.Title, titles)
		}
	}
	if titles[0] != d.Title {
		t.Errorf("the outline begins with %q", titles[0])
	}
}

// TestDescription: the file names the organisation as its author, and what it is
// about.
func TestDescription(t *testing.T) {
	var b bytes.Buffer
	d := yenDocument()
	d.Branding = config.Branding{}
	if _, err := render(&b, d, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/Author ", "Kappa K.K.", "/Keywords ", "as of 2026-09-01", "run ab12cd34"} {
		if !strings.Contains(strings.ReplaceAll(b.String(), "\x00", ""), want) {
			t.Errorf("the file does not say %q", want)
		}
	}
}
