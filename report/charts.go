package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
)

// chartsSheet shows what the figures look like. Charts draw the cells of other
// sheets where these stand as a chart needs them; else the tables below.
func chartsSheet(r *audit.Result) Sheet {
	s := Sheet{Name: "Charts", Grain: "the figures as pictures; the tables below hold what is not a column of another sheet"}
	s.bridgeChart(r)
	s.costChart(r)
	s.cashChart(r)
	s.idleChart(r)
	for p := range each(dearest(r)) {
		s.ladderChart(p)
	}
	return s
}

// draw adds a chart, with the table it draws.
func (s *Sheet) draw(c Chart, t Table) {
	s.Charts = append(s.Charts, c)
	s.Blocks = append(s.Blocks, t)
}

// bar is a bar of the bridge between the level before and the level after it.
type bar struct {
	label string
	base  money.Amount // the lower of the two levels; 0 under a total
	size  money.Amount // of the bar, not negative
	shade Shade
}

// The columns of the bridge as columns that stand on each other.
var (
	barLabel = Col[bar]{ID: "step", Title: "Step", Width: 34, Wrap: true, Show: func(b bar) Cell { return T(b.label) }}
	barBase  = Col[bar]{ID: "base", Title: "Stands on", Kind: Money, Width: 18, Show: func(b bar) Cell { return M(b.base) }}
	barTotal = barOf("total", "Total", Dark)
	barHard  = barOf("hard", "Hard saving", Middle)
	barAvoid = barOf("avoided", "Avoidance", Light)
	barRise  = barOf("rise", "Increase", Warm)
)

// barOf is the column of the bars of one shade.
func barOf(id, title string, shade Shade) Col[bar] {
	return Col[bar]{ID: id, Title: title, Kind: Money, Width: 18, Show: func(b bar) Cell {
		if b.shade != shade {
			return Cell{Kind: Money, Amount: money.Zero(b.size.Currency())}
		}
		return M(b.size)
	}}
}

// bridgeChart draws the bridge: each step hangs between the level before it and
// the level after it.
func (s *Sheet) bridgeChart(r *audit.Result) {
	b := bridge(r)
	if len(b.Bars) == 0 {
		return
	}
	var list []bar
	level := money.Zero(r.Run.Currency)
	for i := range b.Bars {
		list = append(list, barAt(&b.Bars[i], level))
		if b.Bars[i].Total {
			level = b.Bars[i].Amount
		} else {
			level = level.Add(b.Bars[i].Amount)
		}
	}
	const id = "bridge_chart"
	s.draw(Chart{
		Kind: StackChart, Title: b.Title, Across: "Step", Up: string(r.Run.Currency), Labels: Data(id, "step"), Values: Money, Labelled: true,
		Series: []Series{{id, "base", Hidden}, {id, "total", Dark}, {id, "hard", Middle}, {id, "avoided", Light}, {id, "rise", Warm}},
	}, TableOf[bar]{ID: id, Title: "Bridge", Columns: []Col[bar]{barLabel, barBase, barTotal, barHard, barAvoid, barRise}, Rows: slices.Values(list)}.Table())
}

// barAt puts a bar of the bridge on its level.
func barAt(b *BridgeBar, level money.Amount) bar {
	zero := money.Zero(b.Amount.Currency())
	switch {
	case b.Total:
		return bar{b.Label, zero, b.Amount, Dark}
	case b.Amount.Sign() > 0:
		return bar{b.Label, level, b.Amount, Warm}
	case b.Class == "avoidance":
		return bar{b.Label, level.Add(b.Amount), zero.Sub(b.Amount), Light}
	}
	return bar{b.Label, level.Add(b.Amount), zero.Sub(b.Amount), Middle}
}

// cost is what one product or app costs on all sites.
type cost struct {
	name              string
	asIs, recommended money.Amount
}

var (
	costName        = Col[cost]{ID: "name", Title: "Product or app", Width: 34, Wrap: true, Show: func(c cost) Cell { return T(c.name) }}
	costAsIs        = Col[cost]{ID: "as_is", Title: "As is", Kind: Money, Width: 18, Show: func(c cost) Cell { return M(c.asIs) }}
	costRecommended = Col[cost]{ID: "recommended", Title: "Recommended", Kind: Money, Width: 18, Show: func(c cost) Cell { return M(c.recommended) }}
)

// mostCosts is how many products and apps a chart shows by name.
const mostCosts = 10

// costs adds the subscriptions of the totals up by product and app, the most
// expensive first; what is beyond the first ones is one row.
func costs(r *audit.Result) []cost {
	var out []cost
	at := map[string]int{}
	for l := range each(r.Lines) {
		if !l.Counted {
			continue
		}
		i, known := at[l.Key]
		if !known {
			at[l.Key] = len(out)
			out = append(out, cost{l.Name, l.AsIs, l.Recommended})
			continue
		}
		out[i].asIs, out[i].recommended = out[i].asIs.Add(l.AsIs), out[i].recommended.Add(l.Recommended)
	}
	slices.SortStableFunc(out, func(a, b cost) int {
		return cmp.Or(cmp.Compare(b.asIs.MinorUnits(), a.asIs.MinorUnits()), strings.Compare(a.name, b.name))
	})
	if len(out) <= mostCosts {
		return out
	}
	rest := out[mostCosts-1]
	rest.name = money.Count(len(out)-mostCosts+1) + " others"
	for _, c := range out[mostCosts:] {
		rest.asIs, rest.recommended = rest.asIs.Add(c.asIs), rest.recommended.Add(c.recommended)
	}
	return append(out[:mostCosts-1:mostCosts-1], rest)
}

func (s *Sheet) costChart(r *audit.Result) {
	list := costs(r)
	if len(list) == 0 {
		return
	}
	const id = "cost_chart"
	s.draw(Chart{
		Kind: BarChart, Title: "Cost of the coming term by product and app, " + string(r.Run.Currency), Across: "Product or app", Up: string(r.Run.Currency),
		Labels: Data(id, "name"), Values: Money, Labelled: true, Series: []Series{{id, "as_is", Dark}, {id, "recommended", Light}},
	}, TableOf[cost]{ID: id, Title: "Cost by product and app", Columns: []Col[cost]{costName, costAsIs, costRecommended}, Rows: slices.Values(list)}.Table())
}

// cashChart draws the sheet Cash.
func (s *Sheet) cashChart(r *audit.Result) {
	if cashChart(r) == nil || !r.Plan.Totals.AsIs.Known() {
		return
	}
	s.Charts = append(s.Charts, Chart{
		Kind: ColumnChart, Title: "Bills of the coming 24 months, " + string(r.Run.Currency), Across: "Month", Up: string(r.Run.Currency),
		Labels: Data("cash", "month"), Months: true, Values: Money, Series: []Series{{"cash", "as_is", Dark}, {"cash", "recommended", Light}},
	})
}

// idle is the seats of a band on all sites.
type idle struct {
	label        string
	lately, long int
}

var (
	idleBand  = Col[idle]{ID: "band", Title: "Days since last use", Width: 34, Show: func(b idle) Cell { return T(b.label) }}
	idleSeats = Col[idle]{ID: "lately", Title: "Used lately, or not known", Kind: Count, Width: 18, Show: func(b idle) Cell { return N(b.lately) }}
	idleLong  = Col[idle]{ID: "long", Kind: Count, Width: 18, Show: func(b idle) Cell { return N(b.long) }}
)

// idleChart counts the seats of all products by how long nobody has used them.
func (s *Sheet) idleChart(r *audit.Result) {
	var list []idle
	at := map[string]int{}
	for p := range each(r.Seats) {
		if p.Collects() {
			continue // its seats are those of its products
		}
		for _, b := range p.Bands {
			label := b.Label.String()
			i, known := at[label]
			if !known {
				i, at[label] = len(list), len(list)
				list = append(list, idle{label: label})
			}
			if b.Label.Past(r.Run.Policy.InactiveAfterDays) {
				list[i].long += b.Count
			} else {
				list[i].lately += b.Count
			}
		}
	}
	if len(list) == 0 {
		return
	}
	const id = "idle_chart"
	title := fmt.Sprintf("Not used for %d days and more, or never", r.Run.Policy.InactiveAfterDays)
	s.draw(Chart{
		Kind: StackChart, Title: "Paid seats by days since last use", Across: "Days", Up: "Seats", Labels: Data(id, "band"), Values: Count, Labelled: true,
		Series: []Series{{id, "lately", Light}, {id, "long", Dark}},
	}, TableOf[idle]{ID: id, Title: "Seats by days since last use", Columns: []Col[idle]{idleBand, idleSeats, idleLong.Titled(title)}, Rows: slices.Values(list)}.Table())
}

// rung is a tier of a ladder, under what it is to the audit.
type rung struct {
	*audit.LadderRung
}

var (
	rungTier  = Col[rung]{ID: "tier", Title: "Users", Width: 34, Show: func(g rung) Cell { return T(tierText(&g.Tier)) }}
	rungOther = rungOf("other", "Other tiers", func(g rung) bool { return !g.Here && !g.Target })
	rungHere  = rungOf("here", "Paid for today", func(g rung) bool { return g.Here })
	rungAim   = rungOf("aim", "After the plan", func(g rung) bool { return g.Target && !g.Here })
)

// rungOf is the column of the rungs that are something.
func rungOf(id, title string, is func(rung) bool) Col[rung] {
	return Col[rung]{ID: id, Title: title, Kind: Money, Width: 18, Show: func(g rung) Cell {
		if !is(g) {
			return T("")
		}
		return M(g.Amount)
	}}
}

// mostLadders is how many ladders the sheet shows.
const mostLadders = 2

// dearest returns the positions with a ladder whose rung of today costs most.
func dearest(r *audit.Result) []audit.Position {
	var out []audit.Position
	today := func(p *audit.Position) int64 {
		for _, g := range p.Ladder {
			if g.Here {
				return g.Amount.MinorUnits()
			}
		}
		return 0
	}
	for p := range each(r.Positions) {
		if len(p.Ladder) > 1 {
			out = append(out, *p)
		}
	}
	slices.SortStableFunc(out, func(a, b audit.Position) int { return cmp.Compare(today(&b), today(&a)) })
	return out[:min(len(out), mostLadders)]
}

// ladderChart draws the tiers around the users of a product and its apps.
func (s *Sheet) ladderChart(p *audit.Position) {
	id := "ladder_chart/" + p.Bundle
	title := p.Title + ": twelve months by tier, " + money.Plural(p.LadderUsers, "user") + " today"
	s.draw(Chart{
		Kind: OverlayChart, Title: title, Across: "Users", Up: "Twelve months", Labels: Data(id, "tier"), Values: Money, Labelled: true,
		Series: []Series{{id, "other", Light}, {id, "here", Dark}, {id, "aim", Middle}},
	}, TableOf[rung]{ID: id, Title: title, Columns: []Col[rung]{rungTier, rungOther, rungHere, rungAim},
		Rows: rows(p.Ladder, func(g *audit.LadderRung) rung { return rung{g} })}.Table())
}
