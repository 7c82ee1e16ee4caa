package report

import (
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
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
	audit.Standing
	label string
	shade Shade
}

// The columns of the bridge as columns that stand on each other.
var (
	barLabel = Col[bar]{ID: "step", Title: "Step", Width: 34, Wrap: true, Show: func(b bar) Cell { return T(b.label) }}
	barBase  = Col[bar]{ID: "base", Title: "Stands on", Kind: Money, Width: 18, Show: func(b bar) Cell { return M(b.Base) }}
	barTotal = barOf("total", "Total", Dark)
	barHard  = barOf("hard", "Hard saving", Middle)
	barAvoid = barOf("avoided", "Avoidance", Light)
	barRise  = barOf("rise", "Increase", Warm)
)

// barOf is the column of the bars of one shade.
func barOf(id, title string, shade Shade) Col[bar] {
	return Col[bar]{ID: id, Title: title, Kind: Money, Width: 18, Show: func(b bar) Cell {
		if b.shade != shade {
			return T("")
		}
		return M(b.Size)
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
	for i, at := range audit.Levels(rising(b.Bars)) {
		list = append(list, bar{at, b.Bars[i].Label, shadeOf(&b.Bars[i])})
	}
	const id = "bridge_chart"
	s.draw(Chart{
		Kind: StackChart, Title: b.Title, Across: "Step", Up: string(r.Run.Currency), Labels: Data(id, "step"), Values: Money, Labelled: true,
		Series: []Series{{id, "base", Hidden}, {id, "total", Dark}, {id, "hard", Middle}, {id, "avoided", Light}, {id, "rise", Warm}},
	}, TableOf[bar]{ID: id, Title: "Bridge", Columns: []Col[bar]{barLabel, barBase, barTotal, barHard, barAvoid, barRise}, Rows: slices.Values(list)}.Table())
}

func rising(bars []BridgeBar) []audit.Rising {
	var out []audit.Rising
	for _, b := range bars {
		out = append(out, audit.Rising{Amount: b.Amount, Total: b.Total})
	}
	return out
}

func shadeOf(b *BridgeBar) Shade {
	switch {
	case b.Total:
		return Dark
	case b.Amount.Sign() > 0:
		return Warm
	case b.Class == plan.Avoidance:
		return Light
	}
	return Middle
}

var (
	costName        = Col[audit.Cost]{ID: "name", Title: "Product or app", Width: 34, Wrap: true, Show: func(c audit.Cost) Cell { return T(nameOf(c)) }}
	costAsIs        = Col[audit.Cost]{ID: "as_is", Title: "As is", Kind: Money, Width: 18, Show: func(c audit.Cost) Cell { return M(c.AsIs) }}
	costRecommended = Col[audit.Cost]{ID: "recommended", Title: "Recommended", Kind: Money, Width: 18, Show: func(c audit.Cost) Cell { return M(c.Recommended) }}
)

// mostCosts is how many products and apps a chart shows by name.
const mostCosts = 10

func nameOf(c audit.Cost) string {
	if c.Products > 1 {
		return money.Count(c.Products) + " others"
	}
	return c.Name
}

func (s *Sheet) costChart(r *audit.Result) {
	list := audit.Costs(r.Lines, mostCosts)
	if len(list) == 0 {
		return
	}
	const id = "cost_chart"
	s.draw(Chart{
		Kind: BarChart, Title: "Cost of the coming term by product and app, " + string(r.Run.Currency), Across: "Product or app", Up: string(r.Run.Currency),
		Labels: Data(id, "name"), Values: Money, Labelled: true, Series: []Series{{id, "as_is", Dark}, {id, "recommended", Light}},
	}, TableOf[audit.Cost]{ID: id, Title: "Cost by product and app",
		Columns: []Col[audit.Cost]{costName, costAsIs, costRecommended}, Rows: slices.Values(list)}.Table())
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
	}, TableOf[idle]{ID: id, Title: "Seats by days since last use",
		Columns: []Col[idle]{idleBand, idleSeats, idleLong.Titled(title)}, Rows: slices.Values(list)}.Table())
}

// The tiers of a ladder, each under what it is to the audit.
var (
	rungTier  = Col[*audit.LadderRung]{ID: "tier", Title: "Users", Width: 34, Show: func(g *audit.LadderRung) Cell { return T(tierText(&g.Tier)) }}
	rungOther = rungOf("other", "Other tiers", func(g *audit.LadderRung) bool { return !g.Here && !g.Target })
	rungHere  = rungOf("here", "Paid for today", func(g *audit.LadderRung) bool { return g.Here })
	rungAim   = rungOf("aim", "After the plan", func(g *audit.LadderRung) bool { return g.Target && !g.Here })
)

// rungOf is the column of the rungs that are something.
func rungOf(id, title string, is func(*audit.LadderRung) bool) Col[*audit.LadderRung] {
	return Col[*audit.LadderRung]{ID: id, Title: title, Kind: Money, Width: 18, Show: func(g *audit.LadderRung) Cell {
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
	for p := range each(r.Positions) {
		if len(p.Ladder) > 1 {
			out = append(out, *p)
		}
	}
	slices.SortStableFunc(out, func(a, b audit.Position) int { return dearerFirst(paidToday(&a), paidToday(&b)) })
	return out[:min(len(out), mostLadders)]
}

// paidToday is the rung of a ladder that holds the quantity paid for today.
func paidToday(p *audit.Position) money.Amount {
	for _, g := range p.Ladder {
		if g.Here {
			return g.Amount
		}
	}
	return money.Amount{}
}

// ladderChart draws the tiers around the users of a product and its apps.
func (s *Sheet) ladderChart(p *audit.Position) {
	id := "ladder_chart/" + p.Bundle
	title := p.Title + ": twelve months by tier, " + money.Plural(p.LadderUsers, "user") + " today"
	s.draw(Chart{
		Kind: OverlayChart, Title: title, Across: "Users", Up: "Twelve months", Labels: Data(id, "tier"), Values: Money, Labelled: true,
		Series: []Series{{id, "other", Light}, {id, "here", Dark}, {id, "aim", Middle}},
	}, TableOf[*audit.LadderRung]{ID: id, Title: title, Columns: []Col[*audit.LadderRung]{rungTier, rungOther, rungHere, rungAim},
		Rows: each(p.Ladder)}.Table())
}
