package pdf

import (
	"cmp"
	"slices"

	"tierline/report"
)

// leadKept is the height up to which paragraphs stay with the chart or table
// they introduce.
const leadKept = 50.0

// sectionBlocks returns a section: title, paragraphs, bridge, ladders,
// histograms, cash, timeline, cycles, tables, in this order. The title stays with what follows it.
func sectionBlocks(c *canvas, d *report.Document, s *report.Section) ([]block, error) {
	out := title(c, s.Title, heading, c.ink.text, gapSection)
	if len(out) > 0 {
		out[0].gap = 0
		out[0].entry.level = 0
		out = append([]block{sectionMark(c)}, out...)
	}
	var lead []block
	for i, p := range s.Lead {
		gap := gapTitle
		if i > 0 {
			gap = 1.6
		}
		lead = append(lead, paragraph(c, p, body, c.ink.text, gap)...)
	}
	var rest []block
	currency := cmp.Or(s.In, d.Currency)
	rest = append(rest, bridgeBlocks(c, s.Bridge, currency, bridgePlot)...)
	for i := range s.Ladder {
		rest = append(rest, ladderBlocks(c, &s.Ladder[i], currency)...)
	}
	rest = append(rest, histogramBlocks(c, s.Bars)...)
	rest = append(rest, cashBlocks(c, s.Cash, currency)...)
	rest = append(rest, timelineBlocks(c, s.When)...)
	rest = append(rest, cycleBlocks(c, s.Cycles, currency)...)
	for i := range s.Tables {
		t, err := newTable(c, &s.Tables[i], currency)
		if err != nil {
			return nil, err
		}
		rest = append(rest, t.blocks()...)
	}
	if len(rest) > 0 && total(lead) < leadKept { // a section of words alone would drag the next one along
		hold(lead)
	}
	return slices.Concat(out, lead, rest), nil
}

// sectionMark is the short bar of accent colour above the title of a section.
func sectionMark(c *canvas) block {
	return block{gap: gapSection, height: 2.6, keep: true, draw: func(y float64) {
		c.rect(left, y, 12, 0.9, c.ink.accent)
	}}
}
