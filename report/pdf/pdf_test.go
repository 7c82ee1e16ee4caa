package pdf

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"tierline/audit/money"
	"tierline/report"
)

func TestSameDocumentSameBytes(t *testing.T) {
	for name, d := range fixtures() {
		var a, b bytes.Buffer
		_, err := Render(&a, d)
		_, again := Render(&b, d)
		if err := errors.Join(err, again); err != nil {
			t.Fatal(name, err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: two renderings differ", name)
		}
	}
}

// TestDocumentsBesideEachOther renders documents at the same time; under the race
// detector it fails where they share the bytes of a font.
func TestDocumentsBesideEachOther(t *testing.T) {
	out := make([]bytes.Buffer, 16)
	var all sync.WaitGroup
	for i := range out {
		all.Go(func() {
			if _, err := Render(&out[i], richDocument()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range out {
		if !bytes.Equal(out[i].Bytes(), out[0].Bytes()) {
			t.Errorf("document %d has other bytes", i)
		}
	}
}

// TestClicksStayInside: what can be clicked on leads to another page of the file.
func TestClicksStayInside(t *testing.T) {
	var b bytes.Buffer
	if _, err := render(&b, linkedDocument(), false); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"/URI", "/JavaScript", "/OpenAction", "/Launch", "/GoToR", "Helvetica"} {
		if bytes.Contains(b.Bytes(), []byte(s)) {
			t.Errorf("the file holds %s", s)
		}
	}
	if !bytes.Contains(b.Bytes(), []byte("/CreationDate (D:20260901000000)")) {
		t.Error("the creation date is not the as-of date")
	}
}

// TestContentIsPrinted looks for every title, paragraph and amount of the document.
func TestContentIsPrinted(t *testing.T) {
	d := richDocument()
	c := mustLayOut(t, d)
	text := allText(c)
	want := []string{d.Title, d.Organisation, d.Finance.Headline, "1 September 2026", "page 1 of 7", "run ab12cd34", d.Branding.Footer}
	for _, f := range d.Finance.Facts {
		want = append(want, show(c, f.Value, d.Currency).text, f.Label, f.Note)
	}
	for _, s := range d.Finance.Sections {
		want = append(append(want, s.Title), s.Lead...)
		for _, l := range s.Ladder {
			want = append(want, l.Title, l.Note)
			for _, r := range l.Rungs {
				want = append(want, amount(r.Amount, d.Currency))
			}
		}
		if s.Cash != nil {
			want = append(want, s.Cash.Title, "as is", "recommended", "Nov", "Oct", "2026", "2028", "A dash stands for an amount that is unknown.")
		}
		for _, tab := range s.Tables {
			want = append(want, tab.Title, tab.Note)
			for _, cell := range numbers(tab) {
				want = append(want, show(c, cell, d.Currency).text)
			}
		}
	}
	for _, b := range d.Finance.Bridge.Bars {
		want = append(want, signedOrTotal(b, d.Currency))
	}
	for _, s := range want {
		clean, _ := uncoded(c.clean(s))
		if !strings.Contains(text, strip(clean)) {
			t.Errorf("%q is not printed", s)
		}
	}
}

func signedOrTotal(b report.BridgeBar, currency money.Currency) string {
	if b.Total {
		return amount(b.Amount, currency)
	}
	return signed(b.Amount, currency)
}

// numbers returns the amounts and counts of a table.
func numbers(t report.Table) (out []report.Cell) {
	if t.Rows == nil {
		return nil
	}
	for row := range t.Rows {
		for _, cell := range row {
			if cell.Kind == report.Money || cell.Kind == report.Count {
				out = append(out, cell)
			}
		}
	}
	return out
}

func TestIncompleteIsOnEveryPage(t *testing.T) {
	d := richDocument()
	c := mustLayOut(t, d)
	for i, p := range c.pages {
		want := 1
		if i == 0 {
			want = 2 // banner and foot
		}
		if n := strings.Count(pageText(p), "INCOMPLETE"); n != want {
			t.Errorf("page %d: INCOMPLETE %d times, want %d", i+1, n, want)
		}
	}
	d.Complete = true
	if strings.Contains(allText(mustLayOut(t, d)), "INCOMPLETE") {
		t.Error("a complete run is marked incomplete")
	}
}

func TestDecisionPageIsOnePage(t *testing.T) {
	c := mustLayOut(t, richDocument())
	if !strings.Contains(pageText(c.pages[0]), strip("and 6 more actions of no greater value, listed with these under “Action plan”")) {
		t.Error("page 1 does not say that actions are left out")
	}
	if !strings.Contains(pageText(c.pages[0]), strip(allCaveatsTitle)) {
		t.Error("page 1 has no caveats")
	}
	if !strings.HasPrefix(pageText(c.pages[1]), strip("How the amounts come about")) {
		t.Error("page 2 does not start with the first section")
	}
	c = mustLayOut(t, manyActions())
	if !strings.HasPrefix(pageText(c.pages[1]), strip(allActionsTitle)) {
		t.Error("without a section of actions, page 2 does not list them all")
	}
	if !strings.Contains(pageText(c.pages[len(c.pages)-1]), strip(allCaveatsTitle)) {
		t.Error("caveats cut on page 1 are not listed in full")
	}
}

func TestTableHeaderOnEveryPage(t *testing.T) {
	c := mustLayOut(t, richDocument())
	pages := 0
	for _, p := range c.pages {
		s := pageText(p)
		if strings.Contains(s, "Appnumber") {
			pages++
			if strings.Count(s, "EffectiveQuoteby") != 1 {
				t.Error("a page of the long table does not start it with its header")
			}
		}
	}
	if pages < 3 {
		t.Errorf("the long table is on %d pages", pages)
	}
}

// TestHeadingsAreNotAlone checks that no page ends with a title.
func TestHeadingsAreNotAlone(t *testing.T) {
	for name, d := range fixtures() {
		for n, p := range mustLayOut(t, d).pages {
			var last mark
			for _, m := range p.marks {
				if m.kind == textMark && m.points[0].y < a4.bottom() {
					last = m
				}
			}
			if last.font == heading || last.font == largeB {
				t.Errorf("%s: page %d ends with %q", name, n+1, last.text)
			}
		}
	}
}

func TestUnknownIsAWordNeverZero(t *testing.T) {
	c := mustLayOut(t, &report.Document{Currency: "USD", Complete: true, Finance: report.Finance{
		Facts: []report.Fact{{Label: "Saving", Value: report.M(money.Amount{})}},
		Decisions: []report.Table{{Columns: []report.Column{{Title: "Amount", Kind: report.Money}, {Title: "Seats", Kind: report.Count}},
			Rows: slices.Values([][]report.Cell{{report.M(money.Amount{}), report.OptN(nil)}})}},
	}})
	n := 0
	for _, m := range c.pages[0].marks {
		if m.text == unknownWord {
			n++
			if m.ink != c.ink.faint {
				t.Error("unknown is not grey")
			}
		}
		if m.text == "0" || m.text == "0.00" {
			t.Errorf("an unknown value is printed as %q", m.text)
		}
	}
	if n != 3 {
		t.Errorf("unknown is printed %d times, want 3", n)
	}
}

func TestReplacedCharactersAreCountedAndSaid(t *testing.T) {
	c := mustLayOut(t, &report.Document{Complete: true, Organisation: "Acme", Finance: report.Finance{Headline: "Renew 🚀 漢 ع"}})
	if c.replaced != 2 || !strings.Contains(allText(c), strip("by their code in brackets, in 2 places")) || !strings.Contains(allText(c), strip("[U+1F680] 漢 [U+0639]")) {
		t.Errorf("%d replaced, in %s", c.replaced, allText(c))
	}
}

// TestPaperAndLogo: the pages have the size of the paper, and the logo and who
// presents the report stand on the first one only.
func TestPaperAndLogo(t *testing.T) {
	var b bytes.Buffer
	d := dressedDocument()
	if _, err := render(&b, d, false); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b.Bytes(), []byte("/MediaBox [0 0 612.00 792.00]")) || bytes.Contains(b.Bytes(), []byte("841.89")) {
		t.Error("the pages have not the size of Letter")
	}
	c := mustLayOut(t, d)
	for i, p := range c.pages {
		n := 0
		for _, m := range p.marks {
			if m.kind == imageMark {
				n++
				if got := (m.points[1].x - m.points[0].x) / (m.points[1].y - m.points[0].y); math.Abs(got-3) > 0.01 {
					t.Errorf("the logo is %.2f times as wide as high, want 3", got)
				}
			}
		}
		if want := map[bool]int{true: 1}[i == 0]; n != want || strings.Contains(pageText(p), "Assetmanagement") != (i == 0) {
			t.Errorf("page %d has %d logos, want %d", i+1, n, want)
		}
	}
	d.Branding.Logo.Image = []byte("no picture")
	if _, err := Render(io.Discard, d); err == nil || !strings.Contains(err.Error(), "logo") {
		t.Errorf("a logo that is no picture: %v", err)
	}
}

func TestErrors(t *testing.T) {
	if _, err := Render(io.Discard, nil); err == nil {
		t.Error("no error without a document")
	}
	d := &report.Document{Finance: report.Finance{Sections: []report.Section{{Tables: []report.Table{{
		Columns: []report.Column{{Title: "A"}}, Rows: slices.Values([][]report.Cell{{report.T("1"), report.T("2")}}),
	}}}}}}
	if _, err := Render(io.Discard, d); err == nil || !strings.Contains(err.Error(), "2 cells for 1 columns") {
		t.Errorf("a cell without a column: %v", err)
	}
	d.Finance.Sections[0].Tables[0].Rows = func(func([]report.Cell) bool) { panic("from elsewhere") }
	if _, err := Render(io.Discard, d); err == nil {
		t.Error("a panic was not turned into an error")
	}
	if _, err := Render(brokenWriter{}, &report.Document{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the writer's error is lost: %v", err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestShares(t *testing.T) {
	rows := [][]shown{{{text: "5%", number: true}}, {{text: "19.83%", number: true}}, {{text: unknownWord, number: true, unknown: true}}, {{}}}
	alignPercents(rows, 0)
	if rows[0][0].text != "5.00%" || rows[1][0].text != "19.83%" || rows[2][0].text != unknownWord {
		t.Errorf("%v", rows)
	}
}

// TestPointsStandBelowEachOther: amounts of currencies with other decimals.
func TestPointsStandBelowEachOther(t *testing.T) {
	rows := [][]report.Cell{{report.M(cents(123456, "USD"))}, {report.M(cents(1500, "JPY"))}, {report.M(cents(2500, "KWD"))}, {report.M(money.Amount{})}}
	c := mustLayOut(t, &report.Document{Currency: "USD", Complete: true, Finance: report.Finance{Sections: []report.Section{{Tables: []report.Table{{
		Columns: []report.Column{{Title: "Amount", Kind: report.Money}}, Rows: slices.Values(rows)}}}}}})
	var points []float64
	for _, p := range c.pages {
		for _, m := range p.marks {
			if m.kind == textMark && (strings.Contains(m.text, "1,234") || strings.Contains(m.text, "1,500") || strings.Contains(m.text, "2.500")) {
				whole, _, _ := strings.Cut(m.text, ".")
				points = append(points, m.points[0].x+c.width(whole, m.font))
			}
		}
	}
	if len(points) != 3 || math.Abs(points[0]-points[1]) > 0.01 || math.Abs(points[0]-points[2]) > 0.01 {
		t.Errorf("the points of three amounts stand at %.2f", points)
	}
}

// TestSectionsOfWordsStayWhereTheyAre: a section of a sentence does not go to the
// next page because what comes after it has no room.
func TestSectionsOfWordsStayWhereTheyAre(t *testing.T) {
	long := longTable(2, "USD")
	long.Note = strings.Repeat("A note that takes a good part of a page. ", 70)
	c := mustLayOut(t, &report.Document{Complete: true, Finance: report.Finance{Sections: []report.Section{
		{Title: "First", Tables: []report.Table{longTable(30, "USD")}}, {Title: "Second", Lead: []string{"Nothing changes."}}, {Title: "Third", Tables: []report.Table{long}}}}})
	if text := pageText(c.pages[1]); !strings.Contains(text, "SecondNothingchanges.") {
		t.Errorf("page 2 holds %q", text)
	}
}

// TestNoRowIsAlone: whatever the number of rows, a table has two rows at least on
// each of its pages.
func TestNoRowIsAlone(t *testing.T) {
	for n := 35; n < 60; n++ {
		d := &report.Document{Complete: true, Finance: report.Finance{Sections: []report.Section{{Title: "T", Tables: []report.Table{longTable(n, "USD")}}}}}
		d.Finance.Sections[0].Tables[0].Total = nil
		for i, p := range mustLayOut(t, d).pages {
			if rows := strings.Count(pageText(p), "acme-eng"); rows == 1 {
				t.Errorf("%d rows: page %d has one of them", n, i+1)
			}
		}
	}
}

// METHOD 24.2: a tick never passes for an amount.
func TestTicksAreNoAmounts(t *testing.T) {
	for v, want := range map[float64]string{0.75: "", 18.98: "", 0: "0", 19: "19", -250: "\u2212250"} {
		if got := (scale{to: 900}).label(v); got != want {
			t.Errorf("%v is labelled %q, want %q", v, got, want)
		}
	}
	if got := (scale{to: 25000}).label(12500); got != "12.5k" {
		t.Errorf("12500 is labelled %q", got)
	}
	if got, want := (scale{from: 18.98, to: 18.99}).breakNote("USD"), "The axis does not start at 0: compare the steps, not the full bars."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestScale(t *testing.T) {
	if s := newScale([]float64{100, 98, 97}, 0, -10, true); !s.broken || s.from >= 97 || s.y(s.from) != 0 || s.y(100) != -10 {
		t.Errorf("small steps: %+v", s)
	}
	if s := newScale([]float64{100, 40}, 0, -10, true); s.broken || s.from != 0 {
		t.Errorf("large steps: %+v", s)
	}
	if s := newScale([]float64{0, -40}, 0, -10, true); s.from != -40 || s.to != 0 {
		t.Errorf("below zero: %+v", s)
	}
	if got := newScale([]float64{-3e6, 1e6}, 0, -10, false).label(math.Copysign(0, -1)); got != "0" {
		t.Errorf("nothing is labelled %q", got)
	}
	if s := newScale(nil, 0, -10, true); s.to <= s.from {
		t.Errorf("no levels: %+v", s)
	}
}

func BenchmarkRender(b *testing.B) {
	d := richDocument()
	for b.Loop() {
		if _, err := Render(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}

// onLetter is a document on the shorter paper, with a logo.
func onLetter(d *report.Document) *report.Document {
	d.Branding = dressedDocument().Branding
	return d
}

// TestSignature: the place to sign is on page 1 where branding asks for it, however
// much else is on it.
func TestSignature(t *testing.T) {
	for name, d := range map[string]*report.Document{"rich": richDocument(), "many": manyActions(), "dressed": dressedDocument(), "letter": onLetter(sampleDocument(t, "europe"))} {
		if strings.Contains(pageText(mustLayOut(t, d).pages[0]), "DecisionNameDate") {
			t.Errorf("%s: a place to sign that nobody asked for", name)
		}
		d.Branding.Signature = true
		c := mustLayOut(t, d)
		checkPages(t, c)
		if !strings.Contains(pageText(c.pages[0]), "DecisionNameDate") {
			t.Errorf("%s: no place to sign on page 1", name)
		}
	}
}
