package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

// chartsSheet shows what the figures look like. Charts draw the cells of other
// sheets where these stand as a chart needs them; else the tables below.
func chartsSheet(r *audit.Result) Sheet {
	s := Sheet{Name: "Charts", Grain: "The figures as pictures; the tables below hold what is not a column of another sheet"}
	s.bridgeChart(r)
	s.costChart(r)
	s.cashChart(r)
	s.idleChart(r)
	for _, p := range dearest(r) {
		s.ladderChart(p)
	}
	for _, m := range mostUsed(r) {
		s.monthsChart(m)
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
	of    Ref // the cell whose amount it is
	at    int // place in the bridge
}

// barsID is the id of the table of bars, whose rows are named by their place.
const barsID = "bridge_chart"

func (b bar) key() string { return strconv.Itoa(b.at) }

// The columns of the bridge as columns that stand on each other.
var (
	barLabel = Col[bar]{ID: "step", Title: "Step", Width: 34, Wrap: true, Show: func(b bar) Cell { return T(b.label) }}
	barBase  = Col[bar]{ID: "base", Title: "Stands on", Kind: Money, Width: 18, Show: func(b bar) Cell { return M(b.Base).by(b.base()) }}
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
		size := "{}"
		if shade == Middle || shade == Light {
			size = "-{}" // what is less
		}
		return M(b.Size).By(size, b.of)
	}}
}

// base is the level before the bar, less what the bar takes from it; none for one
// that stands on the axis.
func (b bar) base() Formula {
	if b.shade == Dark {
		return Formula{}
	}
	before := func(column string) Ref { return At(barsID, strconv.Itoa(b.at-1), column) }
	return F("SUM({},{},{})-SUM({},{})", before("base"), before("total"), before("rise"), Here("hard"), Here("avoided"))
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
		list = append(list, bar{at, b.Bars[i].Label, shadeOf(&b.Bars[i]), b.Bars[i].Of, i})
	}
	s.draw(Chart{
		Kind: StackChart, Title: b.Title, Across: "Step", Up: string(r.Run.Currency), Labels: Data(barsID, "step"), Values: Money, Labelled: true,
		Series: []Series{{barsID, "base", Hidden}, {barsID, "total", Dark}, {barsID, "hard", Middle}, {barsID, "avoided", Light}, {barsID, "rise", Warm}},
	}, TableOf[bar]{
		ID: barsID, Key: bar.key, Title: "Bridge",
		Columns: []Col[bar]{barLabel, barBase, barTotal, barHard, barAvoid, barRise}, Rows: slices.Values(list)}.Table())
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

// costsID is the id of the table of costs, whose rows are named as what costs.
const costsID = "cost_chart"

// costFormulas add columns of the subscriptions up by what they are called.
type costFormulas struct {
	list  []audit.Cost
	words wording
	none  bool // one name means several products, or there are too many to look through
}

func newCostFormulas(r *audit.Result, list []audit.Cost) *costFormulas {
	f := &costFormulas{list: list, none: !lookable(2*len(list), len(r.Lines))}
	// The costs are by key and the formulas by name: each must mean the other.
	keys, names := map[string]string{}, map[string]string{}
	for l := range each(r.Lines) {
		if l.Counted {
			f.none = f.none || keys[l.Name] != "" && keys[l.Name] != l.Key || names[l.Key] != "" && names[l.Key] != l.Name
			keys[l.Name], names[l.Key] = l.Key, l.Name
		}
	}
	var shown []string
	for _, c := range list {
		shown = append(shown, c.Name)
	}
	f.words = wordingOf(shown)
	f.none = f.none || f.words == twiceWords
	return f
}

// key names the rows, where names do.
func (f *costFormulas) key(c audit.Cost) string {
	if f.none {
		return ""
	}
	return c.Name
}

// column adds a column up; the others are what is left of its total.
func (f *costFormulas) column(id string) func(audit.Cost) Formula {
	return func(c audit.Cost) Formula {
		switch {
		case f.none:
			return Formula{}
		case c.Products > 1:
			return F("{}-SUM({})", totalCell(id), Span(costsID, f.list[0].Name, f.list[len(f.list)-2].Name, id))
		}
		return sumWhere(f.words, subscriptionsTable, id, pick{"name", Here("name")}, inTotal)
	}
}

func (s *Sheet) costChart(r *audit.Result) {
	list := audit.Costs(r.Lines, mostCosts)
	if len(list) == 0 {
		return
	}
	from := newCostFormulas(r, list)
	s.draw(Chart{
		Kind: BarChart, Title: "Cost of the coming term by product and app, " + string(r.Run.Currency), Across: "Product or app", Up: string(r.Run.Currency),
		Labels: Data(costsID, "name"), Values: Money, Labelled: true, Series: []Series{{costsID, "as_is", Dark}, {costsID, "recommended", Light}},
	}, TableOf[audit.Cost]{ID: costsID, Key: from.key, Title: "Cost by product and app",
		Columns: []Col[audit.Cost]{costName, costAsIs.By(from.column("as_is")), costRecommended.By(from.column("recommended"))}, Rows: slices.Values(list)}.Table())
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
	live         bool // the sheet Users lists them all
}

// counted counts the rows of the sheet Users in the band.
func (b idle) counted(n int) Cell {
	if n == 0 || !b.live {
		return N(n)
	}
	return N(n).by(countWhere(anyWords, "users", pick{"band", Here("band")}))
}

var (
	idleBand  = Col[idle]{ID: "band", Title: "Days since last use", Width: 34, Show: func(b idle) Cell { return T(b.label) }}
	idleSeats = Col[idle]{ID: "lately", Title: "Used lately, or not known", Kind: Count, Width: 18, Show: func(b idle) Cell { return b.counted(b.lately) }}
	idleLong  = Col[idle]{ID: "long", Kind: Count, Width: 18, Show: func(b idle) Cell { return b.counted(b.long) }}
)

// idleChart counts the seats of all products by how long nobody has used them.
func (s *Sheet) idleChart(r *audit.Result) {
	var list []idle
	at, live := map[string]int{}, listsAll(r) && r.People != nil && lookable(slowly*len(seats.Bands()), listedSeats(r))
	for p := range each(r.Seats) {
		if p.Collects() {
			continue // its seats are those of its products
		}
		for _, b := range p.Bands {
			label := Label(b.Label)
			i, known := at[label]
			if !known {
				i, at[label] = len(list), len(list)
				list = append(list, idle{label: label, live: live})
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
	rungTier  = Col[rungRow]{ID: "tier", Title: "Users", Width: 34, Show: func(g rungRow) Cell { return T(tierText(&g.Tier)) }}
	rungOther = rungOf("other", "Other tiers", func(g rungRow) bool { return !g.Here && !g.Target })
	rungHere  = rungOf("here", "Paid for today", func(g rungRow) bool { return g.Here })
	rungAim   = rungOf("aim", "After the plan", func(g rungRow) bool { return g.Target && !g.Here })
)

// rungOf is the column of the rungs that are something.
func rungOf(id, title string, is func(rungRow) bool) Col[rungRow] {
	return Col[rungRow]{ID: id, Title: title, Kind: Money, Width: 18, Show: func(g rungRow) Cell {
		if !is(g) {
			return T("")
		}
		return g.made(g.Amount)
	}}
}

// mostLadders is how many ladders the sheet shows.
const mostLadders = 2

// dearest returns the positions with a ladder whose rung of today costs most.
func dearest(r *audit.Result) []numberedLadder {
	out := slices.DeleteFunc(ladders(r), func(p numberedLadder) bool { return len(p.Ladder) < 2 })
	slices.SortStableFunc(out, func(a, b numberedLadder) int { return dearerFirst(paidToday(a.Position), paidToday(b.Position)) })
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
func (s *Sheet) ladderChart(p numberedLadder) {
	id := "ladder_chart/" + p.Bundle
	title := p.Title + ": twelve months by tier, " + money.Plural(p.LadderUsers, "user") + " today"
	s.draw(Chart{
		Kind: OverlayChart, Title: title, Across: "Users", Up: "Twelve months", Labels: Data(id, "tier"), Values: Money, Labelled: true,
		Series: []Series{{id, "other", Light}, {id, "here", Dark}, {id, "aim", Middle}},
	}, TableOf[rungRow]{ID: id, Title: title, Columns: []Col[rungRow]{rungTier, rungOther, rungHere, rungAim},
		Rows: rows(p.Ladder, func(g *audit.LadderRung) rungRow { return rungRow{g, p.number} })}.Table())
}

// countedMonth is a month of a product with the top of its tier.
type countedMonth struct {
	*audit.UserMonth
	top *int
}

var (
	monthOf = Col[countedMonth]{ID: "month", Title: "Month", Kind: Month, Width: 34,
		Show: func(m countedMonth) Cell { return Cell{Kind: Month, Date: m.Month} }}
	monthUsers = Col[countedMonth]{ID: "users", Title: "Most users on a day", Kind: Count, Width: 18, Show: func(m countedMonth) Cell { return N(m.Users) }}
	monthTop   = Col[countedMonth]{ID: "top", Title: "Top of today's tier", Kind: Count, Width: 18, Show: func(m countedMonth) Cell { return given(m.top) }}
)

// mostCounted is how many products have a chart of their users by month.
const mostCounted = 2

// mostUsed returns the products that were counted month by month, those with most
// users first.
func mostUsed(r *audit.Result) []*audit.UserMonths {
	out := slices.DeleteFunc(slices.Collect(each(r.UserMonths)), func(m *audit.UserMonths) bool { return len(m.Months) == 0 })
	last := func(m *audit.UserMonths) int { return m.Months[len(m.Months)-1].Users }
	slices.SortStableFunc(out, func(a, b *audit.UserMonths) int { return cmp.Compare(last(b), last(a)) })
	return out[:min(len(out), mostCounted)]
}

// monthsChart draws the users of a product by month, below the top of its tier.
func (s *Sheet) monthsChart(m *audit.UserMonths) {
	id := "months_chart/" + m.Site + "/" + m.Product
	title := estate.On(m.Name, m.Site) + ": users by month"
	c := Chart{Kind: LineChart, Title: title, Across: "Month", Up: "Users", Labels: Data(id, "month"), Months: true, Values: Count,
		Series: []Series{{id, "users", Dark}}}
	columns := []Col[countedMonth]{monthOf, monthUsers}
	if m.Top != nil {
		c.Series, columns = append(c.Series, Series{id, "top", Warm}), append(columns, monthTop)
	}
	s.draw(c, TableOf[countedMonth]{ID: id, Title: title, Columns: columns,
		Rows: rows(m.Months, func(x *audit.UserMonth) countedMonth { return countedMonth{x, m.Top} })}.Table())
}
