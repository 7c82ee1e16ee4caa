package report

import (
	"tierline/audit"
	"tierline/audit/date"
)

// changeBills finds the bills of a price change: the old one in what its subscription
// costs today, the new one and their number among those that fall due.
type changeBills struct {
	from *lineCells
	due  map[string][]*audit.CashBill // of the coming term as is, by subscription
	few  bool
}

func newChangeBills(r *audit.Result, from *lineCells) *changeBills {
	b := &changeBills{from: from, due: map[string][]*audit.CashBill{}, few: lookable(3*len(r.Changes), max(len(r.Cash.Bills), len(r.Lines)))}
	for bill := range each(r.Cash.Bills) {
		if bill.Way == audit.BilledAsIs && bill.Term == 1 {
			b.due[bill.Line] = append(b.due[bill.Line], bill)
		}
	}
	return b
}

// picks takes the bills that are due on days a criterion takes.
func (b *changeBills) picks(days Term) []pick {
	return []pick{{"number", Here("number")}, {"way", Word(wayAsIs)}, {"term", Number(1)}, {"date", days}}
}

// old is today's cost of the subscription, or a twelfth of it.
func (b *changeBills) old(c *audit.PriceChange) Formula {
	l := b.from.lines[c.Line]
	if l == nil || !b.few {
		return Formula{}
	}
	switch n := c.BillsOf(l); n {
	case 0:
		return Formula{}
	case 1:
		return ofSubscription(lineCurrent.ID, Here("number"))
	default:
		return F("{}/{}", ofSubscription(lineCurrent.ID, Here("number")), Number(n))
	}
}

// new is the first bill that falls due at the new price, where it is for today's
// quantity and alone on its day.
func (b *changeBills) new(c *audit.PriceChange) Formula {
	day, many := date.Date{}, map[date.Date]int{}
	for _, bill := range b.due[c.Line] {
		many[bill.Date]++
		if bill.Amount == c.New && !bill.Date.Before(c.Effective) && (day.IsZero() || bill.Date.Before(day)) {
			day = bill.Date
		}
	}
	if !b.few || day.IsZero() || many[day] > 1 || !c.New.Known() {
		return Formula{}
	}
	return sumWhere(plainWords, dueID, "amount", b.picks(Day(day))...)
}

// thisTerm is the difference of the two bills, for each that falls due at the new price.
func (b *changeBills) thisTerm(c *audit.PriceChange) Formula {
	n := 0
	for _, bill := range b.due[c.Line] {
		if !bill.Date.Before(c.Effective) {
			n++
		}
	}
	if !b.few || !c.AddsBills(n) {
		return Formula{}
	}
	count := countWhere(plainWords, dueID, b.picks(F(`">="&{}`, Here("effective")))...)
	return F("{}*({}-{})", count, Here("new"), Here("old"))
}
