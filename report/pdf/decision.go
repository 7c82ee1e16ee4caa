package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"tierline/audit/money"
	"tierline/report"
)

// decision lays out the first page, which has to stand alone: who and when,
// the recommendation, the figures, the bridge, what to approve, what the figures
// rest on and what they leave out. Where actions or caveats do not fit, the page
// says how many there are and where they stand in full.
type decision struct {
	c *canvas
	d *report.Document
}

func newDecision(c *canvas, d *report.Document) decision { return decision{c, d} }

// Room of the parts of the page that give way, in millimetres.
const (
	bridgeLow   = 26.0 // plot of the bridge with many actions
	caveatsMost = 30.0
	countsMost  = 24.0
)

// blocks returns the page, and sections for what it had to cut.
func (p decision) blocks() (out, more []block, err error) {
	out = p.head()
	out = append(out, cardBlocks(p.c, p.d.Finance.Facts, p.d.Currency)...)
	tables, err := p.tables()
	if err != nil {
		return nil, nil, err
	}
	countsRoom, caveatsRoom := p.rooms(tables, p.c.sheet.body()-total(out))
	counts, _ := p.box(report.TrustTitle, p.d.Finance.Counts, countsRoom, p.c.ink.rule)
	caveats, caveatsCut := p.box(allCaveatsTitle, p.d.Finance.Caveats, caveatsRoom, p.edge())
	chart, rest := p.chooseBridge(tables, p.c.sheet.body()-total(out)-total(counts)-total(caveats))
	out = append(out, chart...)
	actions, actionsCut := p.actions(tables, rest)
	out = append(out, actions...)
	out = append(out, counts...)
	out = append(out, caveats...)
	if actionsCut && p.actionsSection() == "" {
		s := report.Section{Title: allActionsTitle, Tables: p.d.Finance.Decisions}
		if more, err = sectionBlocks(p.c, p.d, &s); err != nil {
			return nil, nil, err
		}
	}
	if caveatsCut {
		s := report.Section{Title: allCaveatsTitle, Lead: p.d.Finance.Caveats}
		b, err := sectionBlocks(p.c, p.d, &s)
		if err != nil {
			return nil, nil, err
		}
		more = append(more, b...)
	}
	return out, more, nil
}

// rooms returns the room for what the figures rest on and for what they leave out:
// where there is no bridge, what the actions leave of the page.
func (p decision) rooms(tables []*table, room float64) (counts, caveats float64) {
	if len(p.d.Finance.Bridge.Bars) > 0 {
		return countsMost, caveatsMost
	}
	for _, t := range tables {
		room -= total(t.blocks())
	}
	room -= 2 * gapBlock
	return max(countsMost, room*0.4), max(caveatsMost, room*0.6)
}

// head is organisation, title, date, the mark of an incomplete run, and the
// recommendation.
func (p decision) head() []block {
	c := p.c
	out := masthead(c, p.d.Organisation, p.d.Title, p.dateLine(), p.d.Branding)
	out = append(out, paragraph(c, p.d.Finance.Weighed, bodyB, c.ink.text, gapLine)...)
	if !p.d.Complete {
		out = append(out, p.incomplete())
	}
	f := heading
	if len(c.wrap(p.d.Finance.Headline, f, width)) > 3 {
		f = largeB
	}
	return append(out, paragraph(c, p.d.Finance.Headline, f, c.ink.text, gapBlock-1)...)
}

func (p decision) dateLine() string {
	s := ""
	if !p.d.AsOf.IsZero() {
		s = "As of " + p.d.AsOf.Long()
	}
	if p.d.Currency != "" {
		s = join(s, "amounts in "+string(p.d.Currency))
	}
	return s
}

// incomplete is the banner over a run that is not finished: nobody should sign
// its totals by oversight.
func (p decision) incomplete() block {
	c := p.c
	const word = "INCOMPLETE"
	s := "Parts of this audit could not be done. The amounts on this page are not final."
	if len(p.d.Finance.Caveats) > 0 {
		s = "Parts of this audit could not be done. See what the totals leave out before approving anything."
	}
	x := left + 4 + c.width(word, largeB) + 5
	lines := c.wrap(s, body, left+width-4-x)
	h := float64(len(lines))*body.line() + 4.4
	return block{gap: 4.5, height: h, draw: func(y float64) {
		c.rect(left, y, width, h, c.ink.signal)
		c.write(left+4, y+h/2+largeB.mm()*(ascent-descent)/2, word, largeB, c.ink.white)
		c.writeLines(x, y+2.2, lines, body, c.ink.white)
	}}
}

// chooseBridge gives the bridge its full height when all actions fit below it,
// otherwise the low one, and returns what room is left.
func (p decision) chooseBridge(tables []*table, room float64) ([]block, float64) {
	want := 0.0
	for _, t := range tables {
		want += total(t.blocks())
	}
	for plot := bridgePlot + 12; plot > bridgeLow; plot -= 2 {
		b := bridgeBlocks(p.c, &p.d.Finance.Bridge, p.d.Currency, plot)
		if left := room - total(b); left >= want {
			return b, left
		}
	}
	b := bridgeBlocks(p.c, &p.d.Finance.Bridge, p.d.Currency, bridgeLow)
	return b, room - total(b)
}

func (p decision) tables() ([]*table, error) {
	var out []*table
	for i := range p.d.Finance.Decisions {
		t, err := newTable(p.c, &p.d.Finance.Decisions[i], p.d.Currency)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// actions returns the tables cut to the room there is, the most valuable rows
// of each, in their order.
func (p decision) actions(tables []*table, room float64) (out []block, cut bool) {
	for _, t := range tables {
		full := len(t.rows)
		order := p.byWorth(t)
		for n := full; n > 0; n-- {
			if n < full {
				cut = true
				p.keepRows(t, order[:n], order, full)
			}
			if total(t.blocks()) <= room || n == 1 {
				break
			}
		}
		b := t.blocks()
		room -= total(b)
		out = append(out, b...)
	}
	return out, cut
}

// byWorth returns the rows of an actions table, the one with the largest amount
// first; rows without a known amount come last.
func (p decision) byWorth(t *table) []ranked {
	col := t.src.Column(report.Worth)
	out := make([]ranked, len(t.rows))
	i := 0
	if t.src.Rows == nil {
		return out
	}
	for cells := range t.src.Rows {
		out[i] = ranked{index: i, row: t.rows[i]}
		if col >= 0 && col < len(cells) {
			out[i].worth = cells[col].Amount
		}
		i++
	}
	slices.SortStableFunc(out, func(a, b ranked) int {
		switch {
		case a.before(b):
			return -1
		case b.before(a):
			return 1
		}
		return 0
	})
	return out
}

// ranked is a row of an actions table with what it is worth.
type ranked struct {
	index int
	row   []shown
	worth money.Amount
}

// before reports whether a is worth more than b.
func (a ranked) before(b ranked) bool {
	return b.worth.Less(a.worth) || a.worth.Known() && !b.worth.Known()
}

// keepRows leaves only some rows in t and says how many more there are.
func (p decision) keepRows(t *table, kept, all []ranked, full int) {
	kept = slices.Clone(kept)
	slices.SortFunc(kept, func(a, b ranked) int { return cmp.Compare(a.index, b.index) })
	t.rows = t.rows[:0:0]
	for _, k := range kept {
		t.rows = append(t.rows, k.row)
	}
	where := p.actionsSection()
	if where == "" {
		where = allActionsTitle
	}
	more := full - len(kept)
	t.more = fmt.Sprintf("and %s of no greater value, listed with these under “%s”", money.Plural(more, "more action"), where)
	if !all[len(kept)].worth.Known() {
		t.more = fmt.Sprintf("and %s, listed with these under “%s”", money.Plural(more, "more action"), where)
	}
	if t.total != nil {
		t.more += "; the total is of all " + money.Plural(full, "action")
	}
	t.more += "."
}

const (
	allActionsTitle = "All actions"
	allCaveatsTitle = "What the totals leave out or take for granted"
)

// actionsSection returns the title of the section that lists the actions.
func (p decision) actionsSection() string {
	for _, s := range p.d.Finance.Sections {
		if s.Kind == report.ActionSection && len(s.Tables) > 0 {
			return s.Title
		}
	}
	return ""
}

// edge is the colour at the side of what the totals leave out.
func (p decision) edge() colour {
	if p.d.Complete {
		return p.c.ink.rule
	}
	return p.c.ink.signal
}

// box returns sentences below each other under a title, cut where they would
// push the actions off the page.
func (p decision) box(name string, sentences []string, most float64, edge colour) (out []block, cut bool) {
	c := p.c
	if len(sentences) == 0 {
		return nil, false
	}
	const pad = 3.2
	var lines [][]string
	h := 2*pad + bodyB.line()
	for i, s := range sentences {
		wrapped := c.wrap(s, small, width-2*pad-4)
		if len(wrapped) > 4 {
			wrapped, cut = c.wrapAtMost(4, s, small, width-2*pad-4), true
		}
		add := float64(len(wrapped))*small.line() + 0.7
		last := i == len(sentences)-1 && len(wrapped) == 1 // takes no more room than to say that it is missing
		if h+add > most && i > 0 && !last {
			wrapped = []string{fmt.Sprintf("%d more: see “%s”.", len(sentences)-i, name)}
			lines, cut = append(lines, wrapped), true
			h += small.line() + 0.7
			break
		}
		lines = append(lines, wrapped)
		h += add
	}
	return []block{{gap: gapBlock - 1.5, height: h, draw: func(y float64) {
		c.rect(left, y, width, h, c.ink.panel)
		c.rect(left, y, 0.9, h, edge)
		y = c.writeLines(left+pad+1, y+pad, []string{name}, bodyB, c.ink.text)
		for _, l := range lines {
			y += 0.7
			c.rect(left+pad+1.2, y+small.line()/2-0.4, 0.8, 0.8, c.ink.soft)
			y = c.writeLines(left+pad+4, y, l, small, c.ink.text)
		}
	}}}, cut
}
