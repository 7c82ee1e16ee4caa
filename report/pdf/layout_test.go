package pdf

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/report"
)

// measuring measures the texts of documents that are laid out one after the other
// and not printed: reading the fonts takes longer than all else of a document.
var measuring = sync.OnceValues(func() (measurer, error) { return newPrinter(sheetOf(config.Branding{}), true) })

func mustLayOut(t *testing.T, d *report.Document) *canvas {
	t.Helper()
	m, err := measuring()
	if err != nil {
		t.Fatal(err)
	}
	c, err := layOut(d, m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// box returns the place of a text on its page.
func (m mark) box() rectangle {
	at := m.points[0]
	return rectangle{at.x, at.y - m.font.mm()*ascent, at.x + m.width, at.y + m.font.mm()*descent}
}

// checkPages fails when anything leaves the margins or two texts overlap.
func checkPages(t *testing.T, c *canvas) {
	t.Helper()
	const slack = 0.06       // of printing coordinates with two decimals
	last := c.sheet.high - 5 // below which nothing is drawn
	bad := 0
	fail := func(format string, args ...any) {
		if bad++; bad < 10 {
			t.Errorf(format, args...)
		}
	}
	for n, p := range c.pages {
		var boxes []rectangle
		var texts []string
		for _, m := range p.marks {
			for _, at := range m.points {
				if at.x < left-slack || at.x > left+width+slack || at.y < top-slack || at.y > last+slack {
					fail("page %d: a mark (%q) leaves the margins at %.2f, %.2f", n+1, m.text, at.x, at.y)
				}
			}
			if m.kind != textMark {
				continue
			}
			b := m.box()
			if b.x2 > left+width+slack {
				fail("page %d: %q ends %.2f mm right of the margin", n+1, m.text, b.x2-left-width)
			}
			if b.y2 > c.sheet.bottom()+slack && b.y1 < c.sheet.footTop() {
				fail("page %d: %q stands between body and foot", n+1, m.text)
			}
			shrunk := rectangle{b.x1 + slack, b.y1 + slack, b.x2 - slack, b.y2 - slack}
			for i, o := range boxes {
				if shrunk.meets(o) {
					fail("page %d: %q overlaps %q", n+1, m.text, texts[i])
				}
			}
			boxes, texts = append(boxes, b), append(texts, m.text)
		}
	}
}

// pageText returns the texts of a page without their spaces, so that a broken
// line is still found.
func pageText(p page) string {
	var b strings.Builder
	for _, m := range p.marks {
		b.WriteString(m.text)
	}
	return strip(b.String())
}

func allText(c *canvas) string {
	var b strings.Builder
	for _, p := range c.pages {
		b.WriteString(pageText(p))
	}
	return b.String()
}

func strip(s string) string { return strings.ReplaceAll(s, " ", "") }

func fixtures() map[string]*report.Document {
	return map[string]*report.Document{"rich": richDocument(), "yen": yenDocument(), "many": manyActions(), "dressed": dressedDocument(), "empty": {}}
}

func TestNothingOverlapsOrLeavesThePage(t *testing.T) {
	for name, d := range fixtures() {
		t.Run(name, func(t *testing.T) { checkPages(t, mustLayOut(t, d)) })
	}
}

// TestAnyDocument lays out documents of random shape and odd texts.
func TestAnyDocument(t *testing.T) {
	n := 150
	if testing.Short() {
		n = 20
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			g := generator{rand.New(rand.NewPCG(uint64(seed), 7))}
			checkPages(t, mustLayOut(t, g.document()))
		})
	}
}

// generator makes documents nobody would write by hand.
type generator struct{ *rand.Rand }

func (g generator) words(most int) string {
	pool := []string{"a", "Jira", "Confluence", "recommended", "acme-eng/jira-service-management", "−1,234.00", "漢字", "🚀", "zażółć", "und", "the", "of",
		strings.Repeat("x", 1+g.IntN(120)), "Multi-instance", "e\u0301", "\x00", "2026-11-21", "\u202Eabc", "한국어", "שלום", "(אבג", "شركة", "東京都千代田区株式会社サンプル"}
	var out []string
	for range g.IntN(most + 1) {
		out = append(out, pool[g.IntN(len(pool))])
	}
	return strings.Join(out, " ")
}

func (g generator) amount() money.Amount {
	if g.IntN(6) == 0 {
		return money.Amount{}
	}
	most := int64(1)
	for range g.IntN(13) {
		most *= 10
	}
	n := g.Int64N(most + 1)
	if g.IntN(3) == 0 {
		n = -n
	}
	return cents(n, []money.Currency{"USD", "USD", "USD", "JPY", "KWD"}[g.IntN(5)])
}

func (g generator) cell() report.Cell {
	c := [...]report.Cell{report.T(g.words(12)), report.N(g.IntN(1000000) - 500), report.M(g.amount()), report.D(date.New(2026, 1, g.IntN(900))),
		report.D(date.Date{}), report.P(money.Ratio(int64(g.IntN(9999)), 777)), report.OptN(nil)}[g.IntN(7)]
	c.Strong = g.IntN(5) == 0
	return c
}

func (g generator) table() report.Table {
	t := report.Table{Title: g.words(10), Note: g.words(30), Empty: g.words(5)}
	for range 1 + g.IntN(11) {
		t.Columns = append(t.Columns, report.Column{Title: g.words(3), Kind: report.Kind(g.IntN(5)), Width: g.IntN(60), Wrap: g.IntN(2) == 0, Note: g.words(1)})
	}
	row := func() []report.Cell {
		cells := make([]report.Cell, g.IntN(len(t.Columns)+1))
		for i := range cells {
			cells[i] = g.cell()
		}
		return cells
	}
	var rows [][]report.Cell
	for range g.IntN(30) {
		rows = append(rows, row())
	}
	if g.IntN(8) > 0 {
		t.Rows = slices.Values(rows)
	}
	if g.IntN(2) == 0 {
		t.Total = row()
	}
	return t
}

func (g generator) bridge() report.Bridge {
	b := report.Bridge{Title: g.words(6)}
	n := g.IntN(12)
	for i := range n {
		b.Bars = append(b.Bars, report.BridgeBar{Label: g.words(3), Amount: g.amount(), Total: i == 0 || i == n-1, Class: []plan.Class{"", plan.HardSaving, plan.Avoidance}[g.IntN(3)]})
	}
	return b
}

func (g generator) ladder() report.Ladder {
	l := report.Ladder{Title: g.words(6), Note: g.words(20), Users: g.IntN(3000), Paid: g.IntN(3000)}
	from := 1
	for range g.IntN(30) {
		to := from + g.IntN(400)
		l.Rungs = append(l.Rungs, report.Rung{From: from, To: to, Amount: g.amount(), Here: g.IntN(5) == 0, Target: g.IntN(5) == 0})
		from = to + 1
	}
	return l
}

func (g generator) histogram() report.Histogram {
	h := report.Histogram{Title: g.words(6), Note: g.words(9)}
	for range g.IntN(9) {
		h.Bars = append(h.Bars, report.Bar{Label: g.words(3), Count: g.IntN(2000000), Review: g.IntN(2) == 0})
	}
	return h
}

func (g generator) cash() *report.CashChart {
	if g.IntN(3) == 0 {
		return nil
	}
	k := &report.CashChart{Title: g.words(6)}
	for range g.IntN(40) {
		k.Months = append(k.Months, report.CashBar{Month: date.New(2026, 1, 1).AddMonths(g.IntN(400)), AsIs: g.amount(), Recommended: g.amount()})
	}
	return k
}

func (g generator) timeline() *report.Timeline {
	start := date.New(2026, 1, 1).AddDays(g.IntN(400))
	k := &report.Timeline{Title: g.words(6), Note: g.words(20), From: start, To: start.AddDays(g.IntN(1500))}
	day := func() date.Date { return start.AddDays(g.IntN(1500)) }
	for range g.IntN(25) {
		row := report.TimelineRow{Label: g.words(6)}
		for range g.IntN(5) {
			row.Stretches = append(row.Stretches, report.Stretch{From: day(), To: day(), Kind: report.StretchKind(g.IntN(2))})
			row.Days = append(row.Days, report.Moment{Day: day(), Kind: report.MomentKind(g.IntN(2))})
		}
		k.Rows = append(k.Rows, row)
	}
	return k
}

func (g generator) cycles() report.CycleChart {
	k := report.CycleChart{Title: g.words(8), Unit: g.words(3), Users: 1 + g.IntN(3000)}
	users := 0
	for range g.IntN(20) {
		users += 1 + g.IntN(300)
		k.Points = append(k.Points, report.CyclePoint{Users: users, Top: users / 500, Monthly: g.amount(), Annual: g.amount()})
		if g.IntN(4) == 0 {
			k.BreakEven = append(k.BreakEven, users)
		}
	}
	return k
}

func (g generator) section() report.Section {
	b := g.bridge()
	s := report.Section{Title: g.words(8), Bridge: &b, Cash: g.cash(), When: g.timeline()}
	for range g.IntN(3) {
		s.Lead = append(s.Lead, g.words(400))
		s.Ladder = append(s.Ladder, g.ladder())
		s.Bars = append(s.Bars, g.histogram())
		s.Tables = append(s.Tables, g.table())
		s.Cycles = append(s.Cycles, g.cycles())
	}
	return s
}

func (g generator) document() *report.Document {
	d := &report.Document{Title: g.words(12), Organisation: g.words(12), Currency: "USD", Complete: g.IntN(2) == 0,
		Branding: config.Branding{Accent: g.words(1), Footer: g.words(60), Name: g.words(12), Letter: g.IntN(2) == 0}}
	if g.IntN(3) == 0 {
		d.Branding.Logo = dressedDocument().Branding.Logo
	}
	d.Finance = report.Finance{Headline: g.words(60), Bridge: g.bridge()}
	for range g.IntN(9) {
		d.Finance.Facts = append(d.Finance.Facts, report.Fact{Label: g.words(4), Value: g.cell(), Note: g.words(8)})
	}
	for range g.IntN(3) {
		d.Finance.Decisions = append(d.Finance.Decisions, g.table())
		d.Finance.Caveats = append(d.Finance.Caveats, g.words(100))
		d.Finance.Sections = append(d.Finance.Sections, g.section())
	}
	return d
}

// counting counts how often something is measured.
type counting struct {
	measurer
	widths int
}

func (c *counting) width(s string, f font) float64 {
	c.widths++
	return c.measurer.width(s, f)
}

// TestARowOfManyPagesIsLaidOutOnce: four times the words take four times the work.
func TestARowOfManyPagesIsLaidOutOnce(t *testing.T) {
	work := func(words int) int {
		p, err := newPrinter(a4, true)
		if err != nil {
			t.Fatal(err)
		}
		d := richDocument()
		list := d.Finance.Sections[0].Tables[0]
		list.Columns, list.Total = []report.Column{{Title: "Names", Width: 30, Wrap: true}}, nil
		list.Rows = slices.Values([][]report.Cell{{report.T(strings.Repeat("name ", words))}, {report.T("name")}})
		d.Finance.Sections[0].Tables[0] = list
		c := counting{measurer: p}
		if _, err := layOut(d, &c); err != nil {
			t.Fatal(err)
		}
		return c.widths
	}
	if once, more := work(20_000), work(80_000); more > 5*once {
		t.Errorf("80,000 words are measured %d times, 20,000 words %d times", more, once)
	}
}
