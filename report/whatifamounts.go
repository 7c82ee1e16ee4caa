package report

import (
	"strconv"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// follows returns a cell with the formula its value follows from. Unlike [Cell.By]
// it rounds nothing, and keeps the formula where the value is not known: other
// entries may make it known.
func follows(c Cell, f Formula) Cell {
	if c.Unknown {
		c = T(string(Unknown))
	}
	c.Formula = &f
	return c
}

// outside is what stands for an amount of a subscription in no total.
func outside() Cell { return T("in no total") }

// added shows a figure of the row; of a bundle, or of all, its sum. One that is not
// known makes the sum unknown.
func (r *whatIfRow) added(column string, a money.Amount) Cell {
	switch {
	case !r.sums() && r.line == nil:
		return T("")
	case !r.sums() && !r.of.Counted, r.sums() && !a.Known():
		return outside()
	case !r.sums():
		return r.shown(column, M(a))
	}
	first, last := r.under()
	if first == "" {
		return M(a)
	}
	rows := Span(whatIfTable, first, last, column)
	if r.bundle == nil {
		kinds := Span(whatIfTable, first, last, "type")
		return follows(M(a), F(`IF(COUNTIFS({},{},{},{})>0,{},ROUND(SUMIFS({},{},{}),{}))`,
			kinds, bundleKind, rows, Unknown, Unknown, rows, kinds, bundleKind, r.digits()))
	}
	return follows(M(a), F("IF(COUNTIF({},{})>0,{},ROUND(SUM({}),{}))", rows, Unknown, Unknown, rows, r.digits()))
}

// shown looks a figure of the row up in the subscriptions, where they show the same.
func (r *whatIfRow) shown(column string, c Cell) Cell {
	of := map[string]Col[*audit.Line]{"as_is": lineAsIs, "plan": lineRecommended}
	if source, is := of[column]; is {
		return r.cells.shownOf(c, r.line.Line, source)
	}
	return c
}

// worked shows what a live row comes to in a way, from its bills.
func (r *whatIfRow) worked(way audit.WhatIfWay, cycle, licence Ref) Cell {
	first, last := r.billKeys()
	bills := Span(billsTable, first, last, "bill"+wayIDs[way])
	sum := F("IF(COUNTIF({},{})>0,{},ROUND(SUM({}),{}))", bills, Unknown, Unknown, bills, r.digits())
	for _, c := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
		if r.line.Bills[c] == nil {
			sum = F("IF({}={},{},{})", cycle, cycleWords[c], Unknown, sum)
		}
	}
	if way != audit.Planned {
		sum = F("IF({}={},{},{})", licence, asPlanned, Here("plan"), sum)
	}
	return follows(M(r.line.Sum(way)), sum)
}

// billKeys returns the keys of the first and last bill of the row.
func (r *whatIfRow) billKeys() (first, last string) {
	bills := r.billed[r.line.Line]
	return bills[0].key(), bills[len(bills)-1].key()
}

// asEntered shows what the entries of readers come to. What is not worked out again
// has the amount of the audit that is chosen.
func (r *whatIfRow) asEntered() Cell {
	switch {
	case r.live():
		return r.worked(audit.Untouched, Here("cycle_then"), Here("licence_then"))
	case r.line != nil && r.of.Counted:
		return follows(M(r.of.AsIs), F("IF({}={},{},{})", Here("licence_then"), asPlanned, Here("plan"), Here("as_is")))
	}
	return r.added("what_if", r.amounts().Entered)
}

// planned shows what the values of the plan come to.
func (r *whatIfRow) planned() Cell {
	if r.live() && r.line.Plan.Licence != audit.AsPlanned {
		return r.worked(audit.Planned, Here("plan_cycle"), Here("plan_licence"))
	}
	return r.added("plan", r.amounts().Planned)
}

// further shows what one step further than the entries comes to.
func (r *whatIfRow) further() Cell {
	switch {
	case r.live():
		return r.worked(audit.NextStep, Here("cycle_then"), Here("licence_then"))
	case r.line != nil && r.of.Counted:
		return follows(M(r.of.AsIs), F("{}", Here("what_if")))
	}
	return T("")
}

func (r *whatIfRow) difference() Cell {
	change := r.amounts().Change()
	if !change.Known() {
		return T("")
	}
	return follows(M(change), F("IF(ISNUMBER({}),ROUND({}-{},{}),{})", Here("what_if"), Here("what_if"), Here("as_is"), r.digits(), Unknown))
}

// pays shows the users paid for from the renewal on, blank for one renewed as planned.
func (r *whatIfRow) pays() Cell {
	if !r.live() || r.line.Own == 0 && r.line.Of == nil {
		return T("")
	}
	first := func(c pricing.Cycle) Term {
		if r.line.Bills[c] == nil {
			return Unknown
		}
		return At(billsTable, billKey(r.line, c, 0), "pays")
	}
	n := r.line.Rows[audit.Untouched][r.line.Today][0].Pays
	paid := F("IF({}={},{},{})", Here("cycle_then"), annual, first(pricing.Annual), first(pricing.Monthly))
	return follows(N(n), F(`IF({}={},"",{})`, Here("licence_then"), asPlanned, paid))
}

// leader returns the subscription whose price says where the next step of a product
// is, nil where there is none.
func (r *whatIfRow) leader() *audit.WhatIfLine {
	if r.product == nil || r.product.Next.Line == "" {
		return nil
	}
	return r.bundle.Line(r.product.Next.Line)
}

// ofLeader returns a term of the leader's first bill in the cycle it then has.
func ofLeader(l *audit.WhatIfLine, term func(pricing.Cycle) Term) Formula {
	if l.Bills[pricing.Monthly] == nil || l.Bills[pricing.Annual] == nil {
		return F("{}", term(l.Today))
	}
	return F("IF({}={},{},{})", At(whatIfTable, l.Line, "cycle_then"), annual, term(pricing.Annual), term(pricing.Monthly))
}

// needed is a column of the leader's bill at its renewal: what it needs, or pays for.
func needed(l *audit.WhatIfLine, column string) Formula {
	return ofLeader(l, func(c pricing.Cycle) Term { return At(billsTable, billKey(l, c, 0), column) })
}

// nextMore shows how many more people to remove for the next step.
func (r *whatIfRow) nextMore() Cell {
	l := r.leader()
	if l == nil {
		if r.product != nil {
			return N(0)
		}
		return T("")
	}
	n := needed(l, "needs")
	at := lookUp(ofLeader(l, func(c pricing.Cycle) Term { return Number(l.Bills[c][0].Price) }), n)
	step := F("IF({}>{},0,IF({}>0,MIN(1,{}),IF({}<=1,0,{}-{}+1)))", n, inPrices("to", at), inPrices("unit", at), n, inPrices("from", at), n, inPrices("from", at))
	if l.Bills[pricing.Annual] != nil {
		step = F("IF(AND({}={},{}>{}),0,{})", At(whatIfTable, l.Line, "cycle_then"), annual, needed(l, "pays"), n, step)
	}
	return follows(N(r.product.Next.More), step)
}

func (r *whatIfRow) nextUsers() Cell {
	l := r.leader()
	if l == nil {
		return T("")
	}
	return follows(N(r.product.Next.Users), F("{}-{}", needed(l, "needs"), Here("next_more")))
}

// nextChange shows what the next step changes: on the product and on the apps that
// still follow its users after the step.
func (r *whatIfRow) nextChange() Cell {
	if r.leader() == nil {
		return T("")
	}
	sum := F("0")
	for _, n := range r.bundle.NextBilled(r.index()) {
		l := &r.bundle.Lines[n]
		change := F("{}-{}", At(whatIfTable, l.Line, "next_amount"), At(whatIfTable, l.Line, "what_if"))
		if largest := r.largest(l); l.Row < 0 && largest != nil {
			change = F("IF({}-{}>={},{},0)", Here("users_then"), Here("next_more"), *largest, change)
		}
		sum = F("{}+{}", sum, change)
	}
	return follows(M(r.product.Next.Change), F("IFERROR(ROUND({},{}),{})", sum, r.digits(), Unknown))
}

// largest is the largest number of users of the products that bill an app beside
// that of the row; nil where there are no others.
func (r *whatIfRow) largest(app *audit.WhatIfLine) *Formula {
	var others []Formula
	for _, i := range app.Of {
		if i != r.index() {
			others = append(others, F("{}", At(whatIfTable, enteredIn(r.bundle, i), "users_then")))
		}
	}
	if len(others) == 0 {
		return nil
	}
	most := largestOf(others...)
	return &most
}

// next says in a sentence what one step further saves.
func (r *whatIfRow) next() Cell {
	if r.leader() == nil {
		return T("")
	}
	change := r.product.Next.Change
	text := "none"
	switch n := r.product.Next.More; {
	case !change.Known():
		text = string(Unknown)
	case change.Sign() >= 0:
	case n == 0:
		text = "licences that fit save " + r.product.Next.Saving().Grouped()
	default:
		text = moreRemovals(n, r.product.Next.Users) + r.product.Next.Saving().Grouped()
	}
	more := Here("next_more")
	steps := F(`{}&IF({}=1," more removal reaches "," more removals reach ")&FIXED({},0)&IF({}=1," and saves "," and save ")`,
		more, more, Here("next_users"), more)
	return follows(T(text), F(`IF(ISNUMBER({}),IF({}<0,IF({}=0,"licences that fit save ",{})&FIXED(-{},{}),"none"),{})`,
		Here("next_change"), Here("next_change"), more, steps, Here("next_change"), r.digits(), Unknown))
}

// moreRemovals begins the sentence on a next step; the amount it saves ends it.
func moreRemovals(n, users int) string {
	if n == 1 {
		return "1 more removal reaches " + money.Count(users) + " and saves "
	}
	return strconv.Itoa(n) + " more removals reach " + money.Count(users) + " and save "
}

// The columns that formulas need and readers may look at.
var whatIfHelpers = []whatIfCol{
	{ID: "cycle_then", Title: "Cycle then", Width: 11, Aside: true, Show: (*whatIfRow).cycleThen},
	{ID: "licence_then", Title: "Licence then", Width: 12, Aside: true, Show: (*whatIfRow).licenceThen},
	{ID: "next_more", Title: "Next: remove", Kind: Count, Width: 10, Aside: true, Show: (*whatIfRow).nextMore},
	{ID: "next_users", Title: "Next: users", Kind: Count, Width: 10, Aside: true, Show: (*whatIfRow).nextUsers},
	{ID: "next_change", Title: "Next: change", Kind: Money, Width: 15, Aside: true, Show: (*whatIfRow).nextChange},
	{ID: "next_amount", Title: "Next: amount", Kind: Money, Width: 15, Aside: true, Show: (*whatIfRow).further},
	{ID: "running_now", Title: "Before renewal, audited", Kind: Money, Width: 15, Aside: true, Note: "while nobody is added",
		Show: (*whatIfRow).runningNow},
	{ID: "factor", Title: "Price factor", Kind: Decimal, Width: 14, Aside: true, Note: "licence type, discount or contract, by which a list price is multiplied",
		Show: func(r *whatIfRow) Cell {
			if !r.live() {
				return T("")
			}
			return X(r.line.Factor)
		}},
	{ID: "rate", Title: "Rate", Kind: Decimal, Width: 12, Aside: true, Show: func(r *whatIfRow) Cell {
		if !r.live() || r.line.Priced == r.Run.Currency {
			return T("")
		}
		return X(r.line.Rate)
	}},
	{ID: "offer", Title: "Quote in force", Kind: Money, Width: 15, Aside: true, Show: func(r *whatIfRow) Cell {
		if !r.live() || r.line.Offer == nil {
			return T("")
		}
		return M(r.line.Offer.Amount)
	}},
}

func (r *whatIfRow) cycleThen() Cell {
	if r.line == nil {
		return T("")
	}
	own := cycleWords[r.line.Today]
	choice := Here("cycle")
	if r.line.Host != "" {
		choice = At(whatIfTable, r.line.Host, "cycle")
	}
	return follows(T(string(own)), F("IF(OR({}={},{}={}),{},{})", choice, monthly, choice, annual, choice, own))
}

func (r *whatIfRow) licenceThen() Cell {
	if r.line == nil || !r.of.Counted {
		return T("")
	}
	kept := F("{}", keep)
	if r.line.Host != "" {
		kept = F("IF({}={},{},{})", At(whatIfTable, r.line.Host, "licence"), fit, fit, keep)
	}
	choice := Here("licence")
	own := F("OR({}={},{}={},{}={},{}={})", choice, keep, choice, fit, choice, quote, choice, asPlanned)
	return follows(T(string(keep)), F("IF({},{},{})", own, choice, kept))
}
