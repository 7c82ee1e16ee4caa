package costing

import (
	"sync"

	"tierline/audit/money"
)

// priced keeps what the bills of a line come to, so that no quantity is priced
// twice: the plan weighs thousands of removals, most of which are billed alike.
// Rules look at a line at the same time, hence the lock.
type priced struct {
	mu  sync.Mutex
	out map[charge]outcome
}

// outcome is an amount, or why it is not known.
type outcome struct {
	amount money.Amount
	why    string
}

func newPriced() *priced { return &priced{out: map[charge]outcome{}} }

// amount returns what a charge comes to, and works it out where it is new.
func (p *priced) amount(c charge, work func(charge) (money.Amount, string)) (money.Amount, string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o, ok := p.out[c]
	if !ok {
		o.amount, o.why = work(c)
		p.out[c] = o
	}
	return o.amount, o.why
}
