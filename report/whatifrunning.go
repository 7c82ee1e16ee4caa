package report

import (
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// risesTable is the table of what falls due before renewals.
const risesTable = "rises"

// riseRow is a day before a renewal on which a subscription may need more users than
// are paid for.
type riseRow struct {
	*whatIfModel
	bundle *audit.WhatIfBundle
	line   *audit.WhatIfLine
	of     *audit.Line
	at     int // its place in the rises of the subscription
}

// risesOf lists the rises of a subscription.
func (w *whatIfModel) risesOf(b *audit.WhatIfBundle, l *audit.WhatIfLine) []*riseRow {
	var out []*riseRow
	for i := range l.Running.Rises {
		out = append(out, &riseRow{w, b, l, w.cells.lines[l.Line], i})
	}
	return out
}

func riseKey(l *audit.WhatIfLine, at int) string { return fmt.Sprintf("%s rise %d", l.Line, at) }

func (x *riseRow) key() string { return riseKey(x.line, x.at) }

func (x *riseRow) rise() *audit.WhatIfRise { return &x.line.Running.Rises[x.at] }

func (x *riseRow) period() *audit.WhatIfPeriod { return &x.line.Running.Periods[x.rise().Period] }

// risesSheet lists what may fall due before a renewal.
func (w *whatIfModel) risesSheet() Sheet {
	return Sheet{
		Name:  "What-if before renewal",
		Grain: "One row per day before its renewal on which a subscription may need more users than are paid for; What-if adds up the rows of each",
		Lead: []string{
			"Annual billing charges a rise for the days left of the term, monthly billing for those left of the cycle. Nothing is given back.",
			"Anyway is what planned changes cost without your entries: it is taken off. What people above the licence of today cost is not.",
		},
		Protected: true,
		Table: TableOf[*riseRow]{
			ID: risesTable, Title: "What-if before renewal",
			Empty: "No amount before a renewal is worked out here; where What-if shows one, it is the audited one.", Rows: slices.Values(w.rises), Key: (*riseRow).key,
			Columns: slices.Concat(riseColumns, riseStep("", "What-if: ", func(r *audit.WhatIfRise) *audit.WhatIfStep { return &r.With }),
				riseStep(anywayID, "Anyway: ", func(r *audit.WhatIfRise) *audit.WhatIfStep { return &r.Anyway })),
		}.Table(),
	}
}

type riseCol = Col[*riseRow]

// anywayID ends the columns of what comes without the entries of readers.
const anywayID = "_anyway"

var riseColumns = []riseCol{
	{ID: "name", Title: "Subscription", Width: 30, Pinned: true, Show: func(x *riseRow) Cell { return T(x.of.Name) }},
	{ID: "site", Title: "Site", Width: 13, Pinned: true, Show: func(x *riseRow) Cell { return T(x.of.Site) }},
	{ID: "day", Title: "Day", Kind: Date, Width: 12, Show: (*riseRow).day},
	{ID: "what", Title: "What", Width: 30, Show: (*riseRow).what},
	{ID: "list", Title: "Price list", Kind: Count, Width: 9, Note: "in Prices; 0 where there is no price", Show: (*riseRow).list},
	{ID: "left", Title: "Days charged", Kind: Count, Width: 9, Note: "from the day to the end of the term or cycle", Show: (*riseRow).left},
	{ID: "of", Title: "Of days", Kind: Count, Width: 8, Note: "for which the price is", Show: func(x *riseRow) Cell { return N(x.period().Of) }},
}

// riseStep are the columns of a rise with or without entries.
func riseStep(id, title string, step func(*audit.WhatIfRise) *audit.WhatIfStep) []riseCol {
	entered := id == ""
	return []riseCol{
		{ID: "needs" + id, Title: title + "needs", Kind: Count, Width: 10, Show: func(x *riseRow) Cell {
			return x.due(entered, N(step(x.rise()).Needs), x.needs(entered))
		}},
		{ID: "paid" + id, Title: title + "paid for", Kind: Count, Width: 10, Note: "users, before the day", Show: func(x *riseRow) Cell {
			return x.due(entered, N(step(x.rise()).Before), x.before(id))
		}},
		{ID: "bill" + id, Title: title + "due", Kind: Money, Width: 15, Show: func(x *riseRow) Cell {
			return x.due(entered, M(step(x.rise()).Amount), x.bill(id))
		}},
	}
}

// due shows a value of the row, blank where the row is for people who are added, and
// nobody is or not in the period.
func (x *riseRow) due(entered bool, c Cell, f Formula) Cell {
	i := x.rise().Added
	switch {
	case i < 0:
		return follows(c, f)
	case !entered:
		return T("")
	}
	p := x.period()
	return follows(T(""), F(`IF(AND({}>0,{}>={},{}<{}),{},"")`, number(x.entered(i, "add")), Here("day"), Day(p.Start), Here("day"), Day(p.End), f))
}

func (x *riseRow) entered(i int, column string) Ref {
	return At(whatIfTable, enteredIn(x.bundle, i), column)
}

// joins is the day from which people who are added to a product count: that of no
// entry is the first there is.
func (x *riseRow) joins(i int) Formula {
	return F("MAX({},{})", number(x.entered(i, "from")), Day(x.firstDay()))
}

func (x *riseRow) day() Cell {
	if r := x.rise(); r.Added < 0 {
		return D(r.Date)
	}
	return follows(D(x.firstDay()), x.joins(x.rise().Added))
}

func (x *riseRow) what() Cell {
	switch r := x.rise(); {
	case r.Added >= 0:
		return T("added to " + x.bundle.Products[r.Added].Name)
	case r.Begins:
		return T("begin of a cycle")
	case r.Date == x.Run.AsOf:
		return T("users today")
	}
	return T("planned change")
}

func (x *riseRow) list() Cell { return x.listOf(x.period().Prices) }

// listOf shows the price list of the day of the row: the last that begins by then.
func (x *riseRow) listOf(prices []audit.WhatIfPrice) Cell {
	return pricedOn(prices, x.known(), x.firstDay())
}

// known returns the day of the row, zero for one that readers choose.
func (x *riseRow) known() date.Date { return x.rise().Date }

// pricedOn shows the price list in force on a day, or on the day of the row where
// readers choose it: first is what stands there.
func pricedOn(prices []audit.WhatIfPrice, known, first date.Date) Cell {
	if len(prices) == 0 {
		return N(0)
	}
	f, now := F("{}", Number(prices[0].Price)), prices[0].Price
	for _, p := range prices[1:] {
		f = F("IF({}>={},{},{})", Here("day"), Day(p.From), Number(p.Price), f)
		if on := date.Max(known, first); known.IsZero() && !p.From.After(on) || !known.IsZero() && !p.From.After(known) {
			now = p.Price
		}
	}
	if !known.IsZero() {
		return N(now)
	}
	return follows(N(now), f)
}

// left shows how many days of a term or cycle a rise of the day is charged for.
func (x *riseRow) left() Cell {
	p, day := x.period(), x.known()
	if p.Whole || x.rise().Begins {
		return x.due(true, N(p.Of), F("{}", Here("of")))
	}
	if day.IsZero() {
		day = x.firstDay()
	}
	return x.due(true, N(min(max(p.End.Sub(day), 0), p.Of)), F("MAX(0,MIN({}-{},{}))", Day(p.End), Here("day"), Here("of")))
}

// users is the users of a subscription on the day of the row.
func (x *riseRow) users(l *audit.WhatIfLine, entered bool) Formula {
	if l.Of == nil {
		return F("{}", Number(l.Own))
	}
	back, r := 0, x.rise()
	if r.Begins {
		back = 1
	}
	var of []Formula
	for _, i := range l.Of {
		p := &x.bundle.Products[i]
		users := F("{}+{}", Number(*p.Users), plannedOn(p, r.Date.AddDays(-back)))
		if r.Added >= 0 {
			users = F("{}+{}", Number(*p.Users), plannedOn(p, date.Date{}))
		}
		if entered && r.Date != x.Run.AsOf {
			users = F("{}+IF({}<={}-{},{},0)", users, x.joins(i), Here("day"), Number(back), number(x.entered(i, "add")))
		}
		of = append(of, users)
	}
	return largestOf(of...)
}

// needs is the users to be paid for on the day, with what the tiers of its hosts bind
// an app to.
func (x *riseRow) needs(entered bool) Formula {
	needs := []Formula{x.users(x.line, entered)}
	for _, t := range x.line.Running.Tops {
		if x.rise().Begins {
			continue
		}
		users := x.users(x.bundle.Line(t.Line), entered)
		list := F("{}", Number(x.listOf(t.Prices).Count))
		if f := x.listOf(t.Prices).Formula; f != nil {
			list = *f
		}
		top := inPrices("to", lookUp(list, users))
		within := F("IF(AND({}>={},{}<{}),{},{})", top, users, top, Number(noLimit), top, users)
		// AND works all of its arguments out, and without a list there is no top to look up.
		needs = append(needs, F("IF({}<={},0,IF({}>0,{},{}))", users, Number(t.Licensed), list, within, users))
	}
	return largestOf(needs...)
}

// before is the users paid for before the day of the row: those with which its period
// begins, and what any day of it before needed.
func (x *riseRow) before(id string) Formula {
	run, me := &x.line.Running, x.rise()
	paid := F("{}", Number(run.Paid))
	if id == anywayID {
		paid = F("{}", Number(run.Planned))
	}
	if me.Begins {
		return paid
	}
	var others []Formula
	for i := range run.Rises {
		other := &run.Rises[i]
		if other.Period != me.Period || i == x.at || other.Added >= 0 && id == anywayID {
			continue
		}
		needs := F("SUM({})", At(risesTable, riseKey(x.line, i), "needs"+id))
		day := At(risesTable, riseKey(x.line, i), "day")
		switch {
		case other.Begins:
			paid = needs
		case other.Added < 0 && me.Added < 0:
			if i < x.at {
				others = append(others, needs)
			}
		case i < x.at:
			others = append(others, F("IF({}<={},{},0)", day, Here("day"), needs))
		default:
			others = append(others, F("IF({}<{},{},0)", day, Here("day"), needs))
		}
	}
	return largestOf(append(others, paid)...)
}

// bill is what the rise costs.
func (x *riseRow) bill(id string) Formula {
	needs, before := Here("needs"+id), Here("paid"+id)
	factor, rate := x.own("factor"), x.own("rate")
	charged := func(price Formula) Formula {
		return converted(asBill(F("{}*{}", price, factor), &x.line.BillTerms, x.line.Today), &x.line.BillTerms, rate, x.Run.Currency)
	}
	now, then := priceOf(Here("list"), needs), priceOf(Here("list"), before)
	if x.period().Whole || x.rise().Begins {
		equal := F("{}<={}", needs, before)
		if x.rise().Begins {
			equal = F("{}={}", needs, before)
		}
		return F("IF({},0,IFERROR({}-{},{}))", equal, charged(now), charged(then), Unknown)
	}
	part := F("MAX(0,{}-({}))*{}/{}", now, then, Here("left"), Here("of"))
	return F("IF({}<={},0,IFERROR({},{}))", needs, before, charged(part), Unknown)
}

func (x *riseRow) own(column string) Ref { return At(whatIfTable, x.line.Line, column) }

// plannedOn is the planned changes of a product up to a day, or up to that of the row
// where readers choose it.
func plannedOn(p *audit.WhatIfProduct, known date.Date) Formula {
	if !known.IsZero() {
		return F("({})", Number(p.Planned(known)))
	}
	sum := F("0")
	for _, c := range p.Changes {
		sum = F("{}+IF({}>={},{},0)", sum, Here("day"), Day(c.Date), Number(c.Change))
	}
	return F("({})", sum)
}

// running shows what falls due before the renewal.
func (r *whatIfRow) running() Cell {
	if r.line == nil || !r.of.Counted {
		return r.added("running", r.amounts().Running)
	}
	due := r.line.Amounts.Running
	run := &r.line.Running
	switch {
	case run.Never || !due.Known() && run.Periods == nil:
		return M(due)
	case run.Periods == nil:
		return r.untold(due)
	}
	first, last := riseKey(r.line, 0), riseKey(r.line, len(run.Rises)-1)
	with, anyway := Span(risesTable, first, last, "bill"), Span(risesTable, first, last, "bill"+anywayID)
	return follows(M(due), F("IF(COUNTIF({},{})+COUNTIF({},{})>0,{},MAX(0,ROUND(SUM({})-SUM({}),{})))",
		with, Unknown, anyway, Unknown, Unknown, with, anyway, r.digits()))
}

// untold shows the audited amount of a subscription that is not worked out again: it
// is not known once people are added who may move it.
func (r *whatIfRow) untold(due money.Amount) Cell {
	movers := r.line.Movers
	if r.line.Unread.Given() {
		movers = nil
		for i, p := range r.bundle.Products {
			if p.Users != nil {
				movers = append(movers, i)
			}
		}
	}
	if len(movers) == 0 {
		return M(due)
	}
	added := F("0")
	for _, i := range movers {
		added = F("{}+{}", added, number(At(whatIfTable, enteredIn(r.bundle, i), "add")))
	}
	return follows(M(due), F("IF({}>0,{},{})", added, Unknown, Here("running_now")))
}

// runningNow shows what falls due while nobody is added, as audited.
func (r *whatIfRow) runningNow() Cell {
	if r.line == nil || !r.of.Counted {
		return T("")
	}
	return M(r.line.Amounts.Running)
}

// together shows what the entries change, with what falls due before the renewal.
func (r *whatIfRow) together() Cell {
	all := r.amounts().Together()
	if !all.Known() && !r.amounts().Change().Known() {
		return T("")
	}
	return follows(M(all), F("IF(AND(ISNUMBER({}),ISNUMBER({})),ROUND({}+{},{}),{})",
		Here("difference"), Here("running"), Here("difference"), Here("running"), r.digits(), Unknown))
}
