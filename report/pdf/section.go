package pdf

import (
	"cmp"
	"slices"

	"tierline/report"
)

// leadKept is the height up to which paragraphs stay with the chart or table
// they introduce.
const leadKept = 50.0

// chapter is a section laid out: what introduces it, its charts, its tables.
type chapter struct {
	lead, charts, tables []block
	fresh                bool // begins a page
}

// blocks returns a chapter in its order, or with the tables before the charts.
func (p chapter) blocks(tablesFirst bool) []block {
	if tablesFirst {
		return slices.Concat(p.lead, p.tables, p.charts)
	}
	return slices.Concat(p.lead, p.charts, p.tables)
}

// chapterOf lays a section out: title and paragraphs; bridge, ladders,
// histograms, cash, timeline, cycles; tables. The title stays with what follows
// it.
func chapterOf(c *canvas, d *report.Document, s *report.Section) (p chapter, err error) {
	p.fresh = s.Fresh
	p.lead = title(c, s.Title, heading, c.ink.text, gapSection)
	if len(p.lead) > 0 {
		p.lead[0].gap = 0
		p.lead[0].entry.level = 0
		place := report.SectionPlace(s.Title)
		p.lead = append([]block{sectionMark(c)}, p.lead...)
		p.lead[0].place = targetOf(&place)
	}
	currency := cmp.Or(s.In, d.Currency)
	p.charts = append(p.charts, bridgeBlocks(c, s.Bridge, currency, bridgePlot)...)
	for i := range s.Ladder {
		p.charts = append(p.charts, ladderBlocks(c, &s.Ladder[i], currency)...)
	}
	p.charts = append(p.charts, histogramBlocks(c, s.Bars)...)
	p.charts = append(p.charts, cashBlocks(c, s.Cash, currency)...)
	p.charts = append(p.charts, timelineBlocks(c, s.When)...)
	p.charts = append(p.charts, cycleBlocks(c, s.Cycles, currency)...)
	for i := range s.Tables {
		t, err := newTable(c, &s.Tables[i], currency)
		if err != nil {
			return p, err
		}
		t.halve()
		p.tables = append(p.tables, t.blocks()...)
	}
	words := leadWords(c, s.Lead)
	if len(p.charts)+len(p.tables) > 0 && total(words) < leadKept { // a section of words alone would drag the next one along
		hold(words)
	}
	p.lead = append(p.lead, words...)
	return p, nil
}

// leadWords are the paragraphs that introduce a section.
func leadWords(c *canvas, lead []string) []block {
	var out []block
	for i, p := range lead {
		gap := gapTitle
		if i > 0 {
			gap = 1.6
		}
		out = append(out, paragraph(c, p, body, c.ink.text, gap)...)
	}
	return out
}

// chapters lays sections out, in their order.
func chapters(c *canvas, d *report.Document, list []report.Section) ([]chapter, error) {
	out := make([]chapter, len(list))
	for i := range list {
		var err error
		if out[i], err = chapterOf(c, d, &list[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// addChapters puts chapters on the pages. The tables of one come before its charts
// where the charts would leave the rest of the page empty: rows can be parted, a
// chart cannot.
func (f *flow) addChapters(list []chapter) {
	for _, p := range list {
		if p.fresh && f.y != top {
			f.newPage()
		}
		blocks, turned := p.blocks(false), p.blocks(true)
		if len(p.charts) > 0 && len(p.tables) > 0 && !f.takes(blocks) && f.takes(turned) {
			blocks = turned
		}
		f.add(blocks)
	}
}

// sectionMark is the short bar of accent colour above the title of a section.
func sectionMark(c *canvas) block {
	return block{gap: gapSection, height: 2.6, keep: true, draw: func(y float64) {
		c.rect(left, y, 12, 0.9, c.ink.accent)
	}}
}
