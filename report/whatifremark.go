package report

import (
	"fmt"
	"strings"

	"tierline/audit/money"
	"tierline/audit/pricing"
)

// What a row of What-if says about its entries. Cells take only what their inputs
// allow, but what is pasted passes; and what is allowed may still come to nothing.
const (
	outOfRange  Word = "an entry is no number, or not one that its cell takes"
	tooMany     Word = "more are removed than there are"
	notFollowed Word = "the amount does not follow your entries: see Note"
	planStands  Word = "as planned is the audited amount, whatever else is entered"
	quoteShort  Word = "the quote is for fewer users than are billed"
	noOldPrice  Word = "no quote can keep an old price here"
	noCycle     Word = "it has no price in this cycle"
	noPriceFor  Word = "no price is known for so many users: see Prices"
	hostPlanned Word = "only its product is as planned: choose as planned here too"
	agreedOnly  Word = "its contract price is known for its own users only"
)

// number is an entry as a number: what is no number counts as 0.
func number(entry Term) Formula { return F("SUM({})", entry) }

// remark tells a reader what the entries of a row cannot do; blank while all is well.
// A row that adds others up counts those that say something.
func (r *whatIfRow) remark() Cell {
	if r.sums() {
		first, last := r.under()
		if r.bundle != nil || first == "" {
			return T("")
		}
		rows := F(`SUMPRODUCT(({}<>"")*1)`, Span(whatIfTable, first, last, "remark"))
		return follows(T(""), F(`IF({}=0,"",IF({}=1,"1 row below has something to say",{}&" rows below have something to say"))`, rows, rows, rows))
	}
	told := F(`""`)
	if r.line != nil && r.of.Counted {
		told = r.toldOfBills()
	}
	if r.peopled() {
		told = F("IF({}>{},{},{})", number(Here("remove")), Here("users"), tooMany, told)
	}
	if bad := r.outside(); len(bad) > 0 {
		told = F("IF(OR("+strings.Repeat(",{}", len(bad))[1:]+"),{},{})", append(bad, outOfRange, told)...)
	}
	now := T("")
	if r.live() && !r.line.Amounts.Entered.Known() {
		now = T(string(r.lacking()))
	}
	return follows(now, told)
}

// outside lists when an entry of the row is none that its cell takes.
func (r *whatIfRow) outside() []Term {
	var out []Term
	for _, c := range r.entered() {
		cell := c.Show(r)
		if c.Input == nil || c.Input.List != nil || cell.Locked {
			continue
		}
		x := Here(c.ID)
		n := number(x)
		bad := F("ISTEXT({}),{}<0,{}>{}", x, n, n, Number(c.Input.Most))
		switch {
		case c.Input.Days:
			bad = F("ISTEXT({}),AND({}<>0,OR({}<{},{}>{}))", x, n, n, Number(c.Input.Least), n, Number(c.Input.Most))
		case c.Input.Whole:
			bad = F("{},INT({})<>{}", bad, n, n)
		}
		out = append(out, bad)
	}
	return out
}

// toldOfBills says what is wrong with the bills of a subscription in the totals.
func (r *whatIfRow) toldOfBills() Formula {
	people := F("{}+{}", number(Here("remove")), number(Here("add")))
	if !r.live() {
		if !r.peopled() {
			return F(`""`)
		}
		return F(`IF({}<>0,{},"")`, people, notFollowed)
	}
	lacks := F("{}", r.lacking())
	for _, c := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
		if r.line.Bills[c] == nil {
			lacks = F("IF({}={},{},{})", Here("cycle_then"), cycleWords[c], noCycle, lacks)
		}
	}
	lacks = F("IF({}={},{},{})", Here("licence_then"), quote, r.quotable(), lacks)
	told := F(`IF(AND({}={},ISNUMBER({}),SUM({})>SUM({})),{},"")`, Here("licence_then"), quote, Here("pays"), Here("pays"), Here("quoted"), quoteShort)
	if r.line.Host != "" {
		told = F("IF(AND({}={},{}={}),{},{})", At(whatIfTable, r.line.Host, "licence_then"), asPlanned, Here("licence"), asHost, hostPlanned, told)
	}
	told = F("IF({}={},{},{})", Here("what_if"), Unknown, lacks, told)
	if r.peopled() {
		told = F("IF(AND({}={},{}<>0),{},{})", Here("licence_then"), asPlanned, people, planStands, told)
	}
	return told
}

// lacking is why the row has no amount at the list price.
func (r *whatIfRow) lacking() Word {
	if r.line.Agreed {
		return agreedOnly
	}
	return noPriceFor
}

// quotable is for how many users a quote can keep the old price.
func (r *whatIfRow) quotable() Word {
	o := r.line.Old
	switch {
	case o == nil:
		return noOldPrice
	case o.Tier == (pricing.Range{}):
		return "no old price is known for so many users, or in this cycle"
	case o.Tier.To == 0:
		return Word(fmt.Sprintf("the old price holds for %s users and more, billed annually", money.Count(o.Tier.From)))
	}
	return Word(fmt.Sprintf("the old price holds for %s to %s users, billed annually", money.Count(o.Tier.From), money.Count(o.Tier.To)))
}
