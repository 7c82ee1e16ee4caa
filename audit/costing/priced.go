package costing

import (
	"sync"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// priced keeps what the bills of a line come to, so that no quantity is priced
// twice: the plan weighs thousands of removals, most of which are billed alike.
// Whole bills stand in tables by users, in pages that are made where somebody
// looks; those for part of a period are few. Rules look at a line at the same
// time, hence the lock.
type priced struct {
	mu     sync.Mutex
	tables []byUsers
	parts  map[charge]outcome
}

// byUsers is the whole bills of one cycle at one price.
type byUsers struct {
	cycle   pricing.Cycle
	version *pricing.Version
	pages   []*[pageUsers]outcome
}

// pageUsers is how many numbers of users stand on a page.
const pageUsers = 64

// outcome is an amount, or why it is not known.
type outcome struct {
	amount money.Amount
	why    diag.Reason
	done   bool
}

func newPriced() *priced { return &priced{parts: map[charge]outcome{}} }

// amount returns what a charge comes to, and works it out where it is new.
func (p *priced) amount(c charge, work func(charge) (money.Amount, diag.Reason)) (money.Amount, diag.Reason) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c.instead == 0 && !c.prorated && c.users >= 0 {
		o := p.table(c).at(c.users)
		if !o.done {
			o.amount, o.why = work(c)
			o.done = true
		}
		return o.amount, o.why
	}
	o := p.parts[c]
	if !o.done {
		o.amount, o.why = work(c)
		o.done = true
		p.parts[c] = o
	}
	return o.amount, o.why
}

// table returns the table of a cycle and price; a line has few of them.
func (p *priced) table(c charge) *byUsers {
	for i := range p.tables {
		if t := &p.tables[i]; t.version == c.version && t.cycle == c.cycle {
			return t
		}
	}
	p.tables = append(p.tables, byUsers{cycle: c.cycle, version: c.version})
	return &p.tables[len(p.tables)-1]
}

// at returns the place of a number of users.
func (t *byUsers) at(users int) *outcome {
	page := users / pageUsers
	for len(t.pages) <= page {
		t.pages = append(t.pages, nil)
	}
	if t.pages[page] == nil {
		t.pages[page] = new([pageUsers]outcome)
	}
	return &t.pages[page][users%pageUsers]
}
