package plan

import (
	"slices"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
)

// CashMonths is how far the cash view looks ahead.
const CashMonths = 24

// Cash is what is paid in each of the coming 24 months: the monthly bills, the
// annual ones and the upgrades inside a term, with announced prices and planned
// users. It covers the coming term of each line and the one after it; what the
// running term still costs before a renewal is in neither.
type Cash struct {
	Months []CashMonth
	Bills  []CashBill // of these months, line by line in the order of their terms
	// Unknown lists the lines whose bills of the second term are not known, with
	// the reason; their first term is in.
	Unknown []LeftOut
}

// CashMonth is one month of the cash view.
type CashMonth struct {
	Month       date.Date    // its first day
	AsIs        money.Amount // renewed as is, both terms
	Recommended money.Amount // as the plan decides, the second term without quotes
	// Growth is AsIs when the prices of apps without an announcement rise by the
	// policy's shares, once more in the second term.
	Growth [2]money.Amount
}

// CashBill is a bill of one line.
type CashBill struct {
	Line        *costing.Line
	Date        date.Date
	Term        int  // 1: the coming term, 2: the one after it
	Recommended bool // as the plan decides; else as is
	Amount      money.Amount
	Growth      [2]money.Amount // of a bill as is, see [CashMonth]
}

// CashView lays the bills out by month. next are the costs of the same estate
// with every renewal one year later.
func (p *Plan) CashView(c, next *costing.Costs, policy *config.Policy) *Cash {
	v := &view{policy: policy, cash: &Cash{}}
	first := c.AsOf.FirstOfMonth()
	zero := money.Zero(c.Currency)
	if !slices.ContainsFunc(c.Lines, (*costing.Line).Counted) {
		zero = money.Amount{} // of nothing that counts there is no bill, not one of 0.00
	}
	for i := range CashMonths {
		v.cash.Months = append(v.cash.Months, CashMonth{Month: first.AddMonths(i), AsIs: zero, Recommended: zero, Growth: [2]money.Amount{zero, zero}})
	}
	after := byIndex(next)
	second := p.secondTerm(c, next)
	for _, l := range c.Lines {
		if !l.Counted() {
			continue
		}
		_, bills := p.Renewal(l)
		v.asIs(l, 1, 1)
		v.recommended(l, 1, bills)
		n := after[l.Index]
		if n == nil {
			continue // Data Center has ended by then
		}
		if !n.Counted() {
			v.cash.Unknown = append(v.cash.Unknown, LeftOut{l, n.Reason})
			continue
		}
		grown := 2
		if !l.FollowsGrowth() {
			grown = 1
		}
		v.asIs(n, 2, grown)
		v.recommended(n, 2, second(n))
	}
	return v.cash
}

// view is a cash view being made.
type view struct {
	policy *config.Policy
	cash   *Cash
}

// at returns the month of a bill, nil for one beyond the view.
func (v *view) at(day date.Date) *CashMonth {
	month := day.FirstOfMonth()
	i := slices.IndexFunc(v.cash.Months, func(m CashMonth) bool { return m.Month == month })
	if i < 0 {
		return nil
	}
	return &v.cash.Months[i]
}

// asIs adds the bills of a line that renews as is; where its price follows
// growth, it has risen so many times.
func (v *view) asIs(l *costing.Line, term, times int) {
	bills, _ := l.Bills(costing.Choice{Cycle: l.Sub.Cycle})
	for _, b := range bills {
		m := v.at(b.Date)
		if m == nil {
			continue
		}
		m.AsIs = m.AsIs.Add(b.Amount)
		bill := CashBill{Line: l, Date: b.Date, Term: term, Amount: b.Amount}
		for i, share := range v.policy.Growth {
			amount := b.Amount
			if l.FollowsGrowth() {
				amount = l.Raised(b, share, times)
			}
			bill.Growth[i] = amount
			m.Growth[i] = m.Growth[i].Add(amount)
		}
		v.cash.Bills = append(v.cash.Bills, bill)
	}
}

func (v *view) recommended(l *costing.Line, term int, bills []costing.Bill) {
	for _, b := range bills {
		if m := v.at(b.Date); m != nil {
			m.Recommended = m.Recommended.Add(b.Amount)
			v.cash.Bills = append(v.cash.Bills, CashBill{Line: l, Date: b.Date, Term: term, Recommended: true, Amount: b.Amount})
		}
	}
}

// byIndex finds lines of one costing by their place among the subscriptions.
func byIndex(c *costing.Costs) map[int]*costing.Line {
	out := map[int]*costing.Line{}
	for _, l := range c.Lines {
		out[l.Index] = l
	}
	return out
}

// secondTerm carries the plan's decisions over to the term after the coming
// one: the same removals, cycles and combinations, right-sized, no quotes. Until
// a host renews again its apps are bound to what the plan has made it pay (METHOD
// 12.2). It returns the bills of a line there.
func (p *Plan) secondTerm(c, next *costing.Costs) func(*costing.Line) []costing.Bill {
	first, second := byIndex(c), byIndex(next)
	before := func(l *costing.Line) *costing.Bought {
		if l = first[l.Index]; l == nil {
			return nil
		}
		return &costing.Bought{Line: l, Choice: p.Choice(l)}
	}
	decided := map[string]*Decision{}
	for _, d := range p.Decisions {
		decided[d.Bundle.ID()] = d
	}
	q := &Plan{}
	for _, b := range next.Bundles {
		d := &Decision{Bundle: b, Removed: make([]int, len(b.Products))}
		if before := decided[b.ID()]; before != nil {
			d.Removed, d.Cycle = before.Removed, before.Cycle
		}
		e := evaluation{bundle: b, removed: d.Removed, cycle: d.Cycle, free: Freedom{RightSize: true}, currency: next.Currency, before: before}
		e.hosts(0, nil)
		d.Quoted, d.Switched = e.best, e.best
		q.Decisions = append(q.Decisions, d)
	}
	for _, m := range p.Combinations {
		if m.Adopted {
			q.Combinations = append(q.Combinations, q.again(m, second))
		}
	}
	return func(l *costing.Line) []costing.Bill {
		_, bills := q.Renewal(l)
		return bills
	}
}

// again renews an adopted combination: nothing of it is prepaid any more. Where
// its price is not known then, its rows renew for themselves.
func (p *Plan) again(m *Combination, lines map[int]*costing.Line) *Combination {
	var rows []*costing.Line
	for _, l := range m.Lines {
		if n := lines[l.Index]; n != nil && n.Counted() {
			rows = append(rows, n)
		}
	}
	if len(rows) < len(m.Lines) {
		return &Combination{}
	}
	out := p.combined(rows)
	out.Adopted = out.Combined.Known()
	return out
}
