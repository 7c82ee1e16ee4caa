package report

import (
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/pricing"
)

// largestOf is the largest of some numbers, 0 at the least.
func largestOf(of ...Formula) Formula {
	terms := make([]Term, len(of))
	for i := range of {
		terms[i] = of[i]
	}
	return F("MAX(0"+strings.Repeat(",{}", len(of))+")", terms...)
}

// lookUp is the key by which Prices gives the price of a list for so many users: that
// of the last row whose key is not above it (METHOD 22.3).
func lookUp(list, users Term) Formula {
	return F("{}*{}+{}", list, Number(listStride), users)
}

// inPrices is a column of Prices, looked up by key. Gnumeric finds nothing by MATCH in
// a table of one row.
func inPrices(column string, key Formula) Formula {
	return F("LOOKUP({},{},{})", key, Data(pricesTable, "key"), Data(pricesTable, column))
}

// priceOf is what a list says for so many users, or that nothing does.
func priceOf(list, users Term) Formula {
	at := lookUp(list, users)
	return F("IF(OR({}=0,{}>{}),{},{}+{}*{})", list, users, inPrices("to", at), Unknown, inPrices("base", at), inPrices("unit", at), users)
}

// entered names a cell of the row in which the users of a product are entered.
func (b *billRow) entered(i int, column string) Ref {
	return At(whatIfTable, enteredIn(b.bundle, i), column)
}

// own names a cell of the row of the subscription.
func (b *billRow) own(column string) Ref { return At(whatIfTable, b.line.Line, column) }

// removed is how many users of a row of entries a way removes.
func removed(way audit.WhatIfWay, at func(column string) Ref) Formula {
	switch way {
	case audit.Planned:
		return F("{}", at("plan_remove"))
	case audit.NextStep:
		return F("({}+{})", number(at("remove")), at("next_more"))
	}
	return number(at("remove"))
}

// users is the users that are billed on the day of the row; kept counts those who are
// removed as well.
func (b *billRow) users(way audit.WhatIfWay, kept bool) Formula {
	if b.line.Of == nil {
		return b.ownUsers(way)
	}
	var of []Formula
	for _, i := range b.line.Of {
		at := func(column string) Ref { return b.entered(i, column) }
		users := F("{}+{}", Number(*b.bundle.Products[i].Users), b.planned(i))
		if !kept {
			users = F("{}-{}", users, removed(way, at))
		}
		if way != audit.Planned {
			users = F("{}+IF({}<={},{},0)", users, number(at("from")), Here("day"), number(at("add")))
		}
		of = append(of, users)
	}
	return largestOf(of...)
}

// ownUsers is the users of an app that is charged for its own.
func (b *billRow) ownUsers(way audit.WhatIfWay) Formula {
	r := whatIfRow{whatIfModel: b.whatIfModel, bundle: b.bundle, line: b.line, of: b.of}
	if !r.peopled() || way == audit.Planned {
		return F("{}", Number(b.line.Own))
	}
	return F("MAX(0,{}-{}+{})", Number(b.line.Own), number(b.own("remove")), number(b.own("add")))
}

// planned is the planned changes of a product up to the day of the row.
func (b *billRow) planned(i int) Formula {
	if b.added < 0 || b.cycle == pricing.Monthly {
		return plannedOn(&b.bundle.Products[i], b.date())
	}
	return plannedOn(&b.bundle.Products[i], date.Date{})
}

// cycleIn names the cycle of a subscription in a way. No plan stands in the row of
// one that is in no total: it keeps what is entered.
func (w *whatIfModel) cycleIn(way audit.WhatIfWay, line string) Ref {
	if way == audit.Planned && w.cells.lines[line].Counted {
		return At(whatIfTable, line, "plan_cycle")
	}
	return At(whatIfTable, line, "cycle_then")
}

// licenceThen is what the renewal of the row buys in a way. One step further, a
// licence is no longer kept for more users than there are. What is in no total leaves
// readers no choice, so its licence is kept.
func (b *billRow) licenceThen(way audit.WhatIfWay) Formula {
	switch {
	case !b.of.Counted && way == audit.NextStep && !b.line.Agreed:
		return F("{}", fit)
	case !b.of.Counted:
		return F("{}", keep)
	case way == audit.Planned:
		return F("{}", b.own("plan_licence"))
	case way == audit.NextStep && !b.line.Agreed:
		return F("IF({}={},{},{})", b.own("licence_then"), keep, fit, b.own("licence_then"))
	}
	return F("{}", b.own("licence_then"))
}

// due is a value of the row in a way, blank where the subscription is billed in the
// other cycle, or for nobody who is added. What is paid and the price are blank
// where the needs are, and the bill where its price is.
func (b *billRow) due(at billColumn, value Formula) Formula {
	switch at.id {
	case "bill":
		return value
	case "pays", "price":
		return F(`IF({}="","",{})`, Here("needs"+wayIDs[at.way]), value)
	}
	billed := F("{}={}", b.cycleIn(at.way, b.line.Line), cycleWords[b.cycle])
	switch {
	case b.added >= 0 && b.cycle == pricing.Monthly:
		return F(`IF({}>0,IF({},{},""),"")`, Here("months"), billed, value)
	case b.added >= 0:
		billed = F("AND({},{}>0,{}>{},{}<{})", billed, number(b.entered(b.added, "add")), Here("day"), Day(b.line.Start), Here("day"), Day(b.line.End))
	}
	return F(`IF({},{},"")`, billed, value)
}

// bound is the users that the licences of its hosts bind an app to on the day.
func (b *billRow) bound(way audit.WhatIfWay) []Formula {
	var out []Formula
	for _, x := range b.line.Binds {
		before := F("IF({}={},{},0)", b.cycleIn(way, x.Line), annual, Number(x.Before))
		switch {
		case x.Renewal.IsZero():
			out = append(out, before)
		case b.added >= 0:
			out = append(out, F("IF({}<{},{},{})", Here("day"), Day(x.Renewal), before, b.hostPays(way, x)))
		case b.date().Before(x.Renewal):
			out = append(out, before)
		default:
			out = append(out, b.hostPays(way, x))
		}
	}
	return out
}

// hostPays is what a host pays for on the day of the row; on Data Center the top of
// its tier.
func (b *billRow) hostPays(way audit.WhatIfWay, x audit.WhatIfBinding) Formula {
	var of []Formula
	for _, h := range b.billed[x.Line] {
		if h.cycle != pricing.Annual || !h.counts(way) {
			continue
		}
		pays := F("SUM({})", At(billsTable, h.key(), "pays"+wayIDs[way]))
		switch {
		case b.added < 0 && h.added < 0:
			if !h.date().After(b.date()) {
				of = append(of, pays)
			}
		default:
			of = append(of, F("IF({}<={},{},0)", At(billsTable, h.key(), "day"), Here("day"), pays))
		}
	}
	paid := largestOf(of...)
	if x.Tops == 0 {
		return paid
	}
	top := inPrices("to", lookUp(Number(x.Tops), paid))
	return F("IF(AND({}>={},{}<{}),{},{})", top, paid, top, Number(noLimit), top, paid)
}

// reckoned shows an amount of the row, blank also where the line is renewed as
// planned: its amount is the audited one, which stands in What-if.
func (b *billRow) reckoned(at billColumn, c Cell, due bool, f Formula) Cell {
	planned := at.way == audit.Planned && b.line.Plan.Licence == audit.AsPlanned
	return b.shown(at, c, due && !planned, f)
}

func (b *billRow) needs(way audit.WhatIfWay) Cell {
	row, due := b.worked(way)
	needs := b.users(way, false)
	if b.cycle == pricing.Annual && len(b.line.Binds) > 0 {
		needs = largestOf(append(b.bound(way), needs)...)
	}
	return b.shown(billColumn{"needs", way}, N(row.Needs), due, needs)
}

// shown shows a value of the row, blank where it is not due. The plan adds nobody.
func (b *billRow) shown(at billColumn, c Cell, due bool, f Formula) Cell {
	if !b.counts(at.way) {
		return T("")
	}
	if !due {
		c = T("")
	}
	return follows(c, b.due(at, f))
}

// counts reports whether the row may be billed in a way: the plan adds nobody.
func (b *billRow) counts(way audit.WhatIfWay) bool { return b.added < 0 || way != audit.Planned }

// paidBefore is the users paid for just before the day of a later bill of a term: at
// the renewal, and what any bill in between needed.
func (b *billRow) paidBefore(way audit.WhatIfWay) Formula {
	of := []Formula{F("SUM({})", At(billsTable, billKey(b.line, pricing.Annual, 0), "pays"+wayIDs[way]))}
	seen := false // the row itself, which comes after those of its day above it
	for _, x := range b.billed[b.line.Line] {
		if x.cycle != pricing.Annual || !x.counts(way) || x.added < 0 && x.number() == 0 {
			continue
		}
		if x.number() == b.number() && x.added == b.added {
			seen = true
			continue
		}
		needs := F("SUM({})", At(billsTable, x.key(), "needs"+wayIDs[way]))
		switch {
		case b.added < 0 && x.added < 0:
			if !seen {
				of = append(of, needs)
			}
		case seen:
			of = append(of, F("IF({}<{},{},0)", At(billsTable, x.key(), "day"), Here("day"), needs))
		default:
			of = append(of, F("IF({}<={},{},0)", At(billsTable, x.key(), "day"), Here("day"), needs))
		}
	}
	return largestOf(of...)
}

// rise reports whether the row is an upgrade inside an annual term.
func (b *billRow) rise() bool { return b.cycle == pricing.Annual && (b.number() > 0 || b.added >= 0) }

func (b *billRow) pays(way audit.WhatIfWay) Cell {
	row, due := b.worked(way)
	needs := F("{}", Here("needs"+wayIDs[way]))
	switch {
	case b.rise():
		needs = largestOf(b.paidBefore(way), needs)
	case b.cycle == pricing.Annual:
		needs = largestOf(needs, b.bought(way))
	}
	return b.shown(billColumn{"pays", way}, N(row.Pays), due, needs)
}

// bought is the users a renewal buys at least, by what is chosen for the licence.
func (b *billRow) bought(way audit.WhatIfWay) Formula {
	quoted := b.own("quoted")
	if way == audit.Planned {
		quoted = b.own("plan_quoted")
	}
	licence := b.licenceThen(way)
	out := F("IF({}={},SUM({}),IF({}={},0,{}))", licence, quote, quoted, licence, fit, Number(b.line.Kept))
	if accepts, ok := b.accepts(way); ok {
		out = F("IF({},{},{})", accepts, Number(b.line.Offer.Users), out)
	}
	return out
}

// accepts is whether the renewal is billed by the quote in force; false where there
// is none for the row.
func (b *billRow) accepts(way audit.WhatIfWay) (Formula, bool) {
	o := b.line.Offer
	if o == nil || b.number() > 0 || b.added >= 0 || b.cycle != b.line.Today {
		return Formula{}, false
	}
	kept := F("{}={}", b.licenceThen(way), keep)
	if o.Covers == nil {
		return kept, true
	}
	return F("AND({},{}<={})", kept, Here("needs"+wayIDs[way]), Number(*o.Covers)), true
}

func (b *billRow) price(way audit.WhatIfWay) Cell {
	if b.line.Locked.Given() {
		return T("") // it only binds its apps
	}
	row, due := b.worked(way)
	c := Cell{Unknown: true}
	if row.List != nil {
		c = X(*row.List)
	}
	return b.reckoned(billColumn{"price", way}, c, due, F(`IF({}={},"",{})`, b.licenceThen(way), asPlanned, b.listed(way)))
}

// listed is what lists say of the bill, before factors and rounding.
func (b *billRow) listed(way audit.WhatIfWay) Formula {
	pays := Here("pays" + wayIDs[way])
	switch {
	case b.line.Agreed:
		return b.agreed(way)
	case b.rise():
		return b.upgrade(way)
	}
	return F("IF({}={},{},{})", b.licenceThen(way), quote, b.old(pays), priceOf(Here("list"), pays))
}

// old is the price that a quote keeps for so many users, while they stay in the tier
// it is for.
func (b *billRow) old(users Term) Formula {
	o := b.line.Old
	if o == nil || b.cycle != pricing.Annual {
		return F("{}", Unknown)
	}
	price := priceOf(Number(o.Price), users)
	if o.Tier == (pricing.Range{}) {
		return price
	}
	top := o.Tier.To
	if top == 0 {
		top = noLimit
	}
	return F("IF(OR({}<{},{}>{}),{},{})", users, Number(o.Tier.From), users, Number(top), Unknown, price)
}

// upgrade is the price of a rise inside a term, for the days left of it.
func (b *billRow) upgrade(way audit.WhatIfWay) Formula {
	pays, before := Here("pays"+wayIDs[way]), b.paidBefore(way)
	days := F("MIN({}-{},365)", Day(b.line.End), Here("day"))
	rise := F("{}-{}", priceOf(Here("list"), pays), priceOf(Here("list"), before))
	return F("IF({}<={},0,IFERROR(MAX(0,{})*{}/365,{}))", pays, before, rise, days, Unknown)
}

// agreed is the price of a contract that no list tells the ratio of: it is for the
// users without removals, and no rise inside a term has a price.
func (b *billRow) agreed(way audit.WhatIfWay) Formula {
	if b.added >= 0 {
		return F("IF({}<={},0,{})", b.users(way, true), b.first().agreedUsers(way), Unknown)
	}
	users := b.agreedUsers(way)
	if !b.rise() {
		return F("IF({}={},{},{})", b.licenceThen(way), quote, b.old(users), priceOf(Here("list"), users))
	}
	return F("IF({}<={},0,{})", users, b.first().agreedUsers(way), Unknown)
}

// first is the first bill of the subscription in the cycle of the row.
func (b *billRow) first() *billRow {
	x := *b
	x.months, x.added = audit.WhatIfMonths{}, -1
	return &x
}

// agreedUsers is the users a contract has to be for.
func (b *billRow) agreedUsers(way audit.WhatIfWay) Formula {
	return largestOf(b.users(way, true), F("{}", Number(b.line.Bills[b.cycle][b.number()].Bound)))
}

func (b *billRow) bill(way audit.WhatIfWay) Cell {
	if b.line.Locked.Given() {
		return T("")
	}
	row, due := b.worked(way)
	charged := b.charged(way)
	if b.several() {
		charged = rounded(F("{}*{}", charged, b.manyIn(way)), b.Run.Currency)
	}
	price := Here("price" + wayIDs[way])
	f := F("IF(ISNUMBER({}),{},{})", price, charged, price)
	if accepts, ok := b.accepts(way); ok {
		f = F(`IF({}="","",IF({},{},{}))`, price, accepts, b.own("offer"), f)
	}
	return b.reckoned(billColumn{"bill", way}, M(row.Amount), due, f)
}

// bills shows for how many bills the row stands: of months that come about alike those
// before anybody joins, or from a day on from which people do up to the next one.
func (b *billRow) bills() Cell {
	n := b.months.Many()
	if !b.several() || len(b.line.Of) == 0 {
		return N(n)
	}
	var after []Formula
	mine := -1 // place among the rows of those who join
	for i, x := range b.joined() {
		if x.added == b.added {
			mine = i
		}
		later := At(billsTable, x.key(), "later")
		switch day := At(billsTable, x.key(), "day"); {
		case b.added < 0:
			after = append(after, F("{}", later))
		case x.added == b.added:
		case mine < 0:
			after = append(after, F("IF({}>{},{},0)", day, Here("day"), later))
		default: // of one day the last stands for all
			after = append(after, F("IF({}>={},{},0)", day, Here("day"), later))
		}
	}
	if b.added < 0 {
		return follows(N(n), F("{}-{}", Number(n), largestOf(after...)))
	}
	return follows(N(0), F("MAX(0,{}-{})", Here("later"), largestOf(after...)))
}

// later shows how many months are billed from the day on from which people are added:
// none where nobody is, or from the first of them on.
func (b *billRow) later() Cell {
	if b.added < 0 || b.cycle != pricing.Monthly {
		return T("")
	}
	sum := F("0")
	for i := b.months.First + 1; i <= b.months.Last; i++ {
		sum = F("{}+({}<={})", sum, Here("day"), Day(b.dateOf(i)))
	}
	return follows(N(0), F("IF(AND({}>0,{}>{}),{},0)", number(b.entered(b.added, "add")), Here("day"), Day(b.date()), sum))
}

// manyIn is for how many bills the amount of the row is in a way. The plan adds nobody.
func (b *billRow) manyIn(way audit.WhatIfWay) Term {
	if way == audit.Planned {
		return Number(b.months.Many())
	}
	return Here("months")
}

// charged is a list price with its factors, rounded as bills are: once in the
// currency of the price, once more when growth is added and when a rate is applied
// (METHOD 22.4).
func (b *billRow) charged(way audit.WhatIfWay) Formula {
	whole := F("{}*{}", Here("price"+wayIDs[way]), b.own("factor"))
	if way != audit.Planned {
		whole = F("{}*(1-{})*(1+{})", whole, number(b.own("discount")), b.rising(way, "rise"))
	}
	out := asBill(whole, &b.line.BillTerms, b.cycle)
	if way != audit.Planned {
		out = rounded(F("{}*(1+{})", out, b.rising(way, "growth")), b.line.Priced)
	}
	return converted(out, &b.line.BillTerms, b.own("rate"), b.Run.Currency)
}

// rising is a rise that readers enter; what is quoted does not rise.
func (b *billRow) rising(way audit.WhatIfWay, column string) Formula {
	if b.rise() || b.cycle == pricing.Monthly || b.line.Old == nil {
		return number(b.own(column))
	}
	return F("IF({}={},0,{})", b.licenceThen(way), quote, number(b.own(column)))
}
