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
	bridgeLow    = 26.0 // plot of the bridge with many actions
	caveatsMost  = 30.0
	countsMost   = 24.0
	actionsLeast = 5 // rows
)

// blocks returns the page, and sections for what it had to cut.
func (p decision) blocks() (out []block, more []chapter, err error) {
	out = p.head()
	if !p.d.Complete {
		out = append(out, p.incomplete())
	}
	out = append(out, cardBlocks(p.c, p.d.Finance.Facts, p.d.Currency)...)
	tables, err := p.tables()
	if err != nil {
		return nil, nil, err
	}
	sign := p.signature()
	room := p.c.sheet.body() - total(out) - total(sign)
	spare := room - p.least(tables)
	caveats, caveatsCut := p.box(allCaveatsTitle, p.d.Finance.Caveats, p.share(spare, caveatsMost), p.edge())
	if total(caveats) > spare && len(p.d.Finance.Bridge.Bars) > 0 {
		caveats, caveatsCut = nil, true // the page after has them
	}
	spare -= total(caveats)
	counts, _ := p.box(report.TrustTitle, p.d.Finance.Counts, p.share(spare, countsMost), p.c.ink.rule)
	if total(counts) > spare {
		counts = nil // they stand in their section too
	}
	chart, rest := p.chooseBridge(tables, room-total(counts)-total(caveats))
	out = append(out, chart...)
	actions, actionsCut := p.actions(tables, rest)
	out = append(out, actions...)
	out = append(out, counts...)
	out = append(out, caveats...)
	out = append(out, sign...)
	more, err = p.cut(actionsCut, caveatsCut)
	return out, more, err
}

// signature is the place to sign at the foot of the page, where branding asks for
// it: what is decided, who decided it and when, to be filled in by hand.
func (p decision) signature() []block {
	if !p.d.Branding.Signature {
		return nil
	}
	c := p.c
	const ruled, space = 11.0, 6.0
	w := (width - 2*space) / 3
	return []block{{gap: gapBlock, height: ruled + 1 + small.line(), draw: func(y float64) {
		for i, label := range []string{"Decision", "Name", "Date"} {
			x := left + float64(i)*(w+space)
			c.line(x, y+ruled, x+w, y+ruled, 0.25, c.ink.text)
			c.write(x, y+ruled+1+small.baseline(), label, small, c.ink.soft)
		}
	}}}
}

// cut returns sections for what does not fit the page and stands nowhere else.
func (p decision) cut(actions, caveats bool) (more []chapter, err error) {
	var sections []report.Section
	if actions && p.actionsSection() == "" {
		sections = append(sections, report.Section{Title: allActionsTitle, Tables: p.d.Finance.Decisions})
	}
	if caveats {
		sections = append(sections, report.Section{Title: allCaveatsTitle, Lead: p.d.Finance.Caveats})
	}
	for i := range sections {
		b, err := chapterOf(p.c, p.d, &sections[i])
		if err != nil {
			return nil, err
		}
		more = append(more, b)
	}
	return more, nil
}

// least returns the height of the chart at its lowest and of the first rows of the
// actions, which nothing pushes off the page.
func (p decision) least(tables []*table) float64 {
	sum := total(bridgeBlocks(p.c, &p.d.Finance.Bridge, p.d.Currency, bridgeLow))
	for _, t := range tables {
		first := *t
		p.keepRows(&first, p.byWorth(t), actionsLeast)
		sum += total(first.blocks())
	}
	return sum
}

// share returns the room for a box: where there is no bridge, a part of what the
// actions leave of the page.
func (p decision) share(spare, most float64) float64 {
	if len(p.d.Finance.Bridge.Bars) > 0 {
		return min(spare, most)
	}
	return max(most, spare*0.6)
}

// head is organisation, title, date, how much is weighed and the recommendation.
func (p decision) head() []block {
	c := p.c
	out := masthead(c, p.d.Organisation, p.d.Title, p.dateLine(), p.d.Branding)
	out = append(out, paragraph(c, p.d.Finance.Weighed, bodyB, c.ink.text, gapLine)...)
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

// incomplete is the banner over the amounts of a run that is not finished: nobody
// should sign them by oversight.
func (p decision) incomplete() block {
	c := p.c
	const word = "INCOMPLETE"
	s := cmp.Or(p.d.Finance.Partial, "The amounts on this page are not final.")
	x := left + 4 + c.width(word, largeB) + 5
	lines := c.wrapAtMost(4, s, body, left+width-4-x)
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
		order := p.byWorth(t)
		kept := *t
		fits := 1 + int(max(room, 0)/(t.font.line()+2*rowPad)) // a row has one line at least
		for n := min(len(order), fits); n > 0; n-- {
			kept = *t
			p.keepRows(&kept, order, n)
			if total(kept.blocks()) <= room {
				break
			}
		}
		cut = cut || len(kept.rows) < len(order)
		b := kept.blocks()
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

// keepRows leaves only the first n of the ranked rows in t, in their own order, and
// says how many more there are.
func (p decision) keepRows(t *table, all []ranked, n int) {
	if n >= len(all) {
		return
	}
	kept := slices.Clone(all[:n])
	slices.SortFunc(kept, func(a, b ranked) int { return cmp.Compare(a.index, b.index) })
	t.rows = t.rows[:0:0]
	for _, k := range kept {
		t.rows = append(t.rows, k.row)
	}
	where := cmp.Or(p.actionsSection(), allActionsTitle)
	more := money.Plural(len(all)-n, "more action")
	t.more = fmt.Sprintf("and %s of no greater value, listed with these under “%s”", more, where)
	if !all[n].worth.Known() {
		t.more = fmt.Sprintf("and %s, listed with these under “%s”", more, where)
	}
	if t.total != nil {
		t.more += "; the total is of all " + money.Plural(len(all), "action")
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
