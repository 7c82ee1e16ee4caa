package plan

import (
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/word"
)

// Cycle is the decision on a bundle's billing cycle (METHOD 5.1): either all
// rows keep theirs, or all take one.
type Cycle uint8

// The decisions on a billing cycle; the zero value keeps everything.
const (
	Keep Cycle = iota
	AllMonthly
	AllAnnual
)

// String returns "keep", "monthly" or "annual".
func (c Cycle) String() string { return cycleWords[c] }

var cycleWords = [...]string{"keep", "monthly", "annual"}

// MarshalText writes the word of the decision.
func (c Cycle) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (c *Cycle) UnmarshalText(b []byte) error {
	return word.Index(c, "decision on the cycle", b, cycleWords[:])
}

// of returns the cycle of a line under the decision.
func (c Cycle) of(l *costing.Line) pricing.Cycle {
	switch c {
	case AllMonthly:
		return pricing.Monthly
	case AllAnnual:
		return pricing.Annual
	}
	return l.Sub.Cycle
}

// Freedom is what an evaluation may choose by itself.
type Freedom struct {
	RightSize bool // buy the tier of the users at the list price, instead of the licensed one or by a quote in force
	Quotes    bool // keep an old price by quote
}

// Outcome is the best cost of a bundle for given removals and cycle.
type Outcome struct {
	Total   money.Amount // of the counted lines; unknown when one has no price
	Quotes  int
	Choices []costing.Choice // parallel to Bundle.Lines
	Costs   []money.Amount   // parallel to Bundle.Lines; unknown for lines in no total
}

// Unknown says why the total is not known; no reason where it is.
func (o *Outcome) Unknown(b *costing.Bundle) diag.Reason {
	for i, l := range b.Lines {
		if l.Counted() && !o.Costs[i].Known() {
			_, why := l.Bills(o.Choices[i])
			return why
		}
	}
	return diag.Reason{}
}

// better reports whether a beats b on cost and then on the number of quotes.
func (a *Outcome) better(b *Outcome) bool {
	switch {
	case !a.Total.Known():
		return false
	case !b.Total.Known():
		return true
	case a.Total != b.Total:
		return a.Total.Less(b.Total)
	}
	return a.Quotes < b.Quotes
}

// Evaluate returns the best cost of a bundle's counted lines when k seats are
// removed from each product and the cycle is decided. Host rows and apps are
// weighed together: a host that keeps its tier holds its apps up (METHOD 9.3).
func Evaluate(b *costing.Bundle, k []int, cycle Cycle, free Freedom, currency money.Currency) *Outcome {
	e := evaluation{bundle: b, removed: k, cycle: cycle, free: free, currency: currency}
	e.hosts(0, nil)
	return e.best
}

type evaluation struct {
	bundle   *costing.Bundle
	removed  []int
	cycle    Cycle
	free     Freedom
	currency money.Currency
	before   func(*costing.Line) *costing.Bought      // the term before; nil for the coming term
	may      func(*costing.Line, costing.Choice) bool // whether a quote may be taken; nil: every one
	best     *Outcome

	spare *Outcome         // that was not the best, to be filled again
	room  []costing.Choice // of one line at a time
}

// hosts tries every combination of choices of the annual host rows, from row
// index on.
func (e *evaluation) hosts(index int, chosen map[*costing.Line]costing.Choice) {
	lines := e.bundle.Lines
	for index < len(lines) && !(lines[index].IsHost() && e.cycle.of(lines[index]) == pricing.Annual) {
		index++
	}
	if index == len(lines) {
		e.members(chosen)
		return
	}
	l := lines[index]
	for _, c := range e.options(nil, l, nil) {
		next := make(map[*costing.Line]costing.Choice, len(chosen)+1)
		for host, choice := range chosen {
			next[host] = choice
		}
		next[l] = c
		e.hosts(index+1, next)
	}
}

// options puts the ways to renew a line into out, as is first so that a tie
// changes nothing.
func (e *evaluation) options(out []costing.Choice, l *costing.Line, hosts map[*costing.Line]costing.Choice) []costing.Choice {
	base := costing.Choice{Cycle: e.cycle.of(l), Removed: e.removed, Hosts: hosts}
	if e.before != nil && l.IsHost() {
		base.Before = e.before(l)
	}
	if base.Cycle == pricing.Monthly && l.Offer == nil || !l.Counted() || l.ElsewhereCharged() {
		return append(out, base)
	}
	out = append(out, base)
	right := base
	right.RightSize = true
	if e.free.RightSize {
		out = append(out, right)
	}
	if e.free.Quotes && e.cycle != AllMonthly {
		// The largest number comes first, so that of equally good ones it is taken.
		for _, n := range l.QuoteQuantities(base) {
			quote := base
			quote.Locked, quote.Quantity = true, n
			if e.may == nil || e.may(l, quote) {
				out = append(out, quote)
			}
		}
	}
	return out
}

// members completes a combination of host choices with the best choice of
// every other line.
func (e *evaluation) members(hosts map[*costing.Line]costing.Choice) {
	lines := e.bundle.Lines
	o := e.spare
	if o == nil {
		o = &Outcome{Choices: make([]costing.Choice, len(lines)), Costs: make([]money.Amount, len(lines))}
	}
	o.Total, o.Quotes = money.Zero(e.currency), 0
	clear(o.Costs)
	for i, l := range lines {
		c, decided := hosts[l]
		if decided {
			o.set(i, l, c)
		} else {
			e.room = e.options(e.room[:0], l, hosts)
			o.cheapest(i, l, e.room)
		}
		if l.Counted() {
			o.Total = o.Total.Add(o.Costs[i])
		}
		if o.Choices[i].Locked {
			o.Quotes++
		}
	}
	if e.best == nil || o.better(e.best) {
		e.best, o = o, e.best
	}
	e.spare = o
}

func (o *Outcome) set(i int, l *costing.Line, c costing.Choice) {
	o.Choices[i] = c
	if !l.Reason.Given() {
		o.Costs[i] = l.Cost(c)
	}
}

// cheapest takes the cheapest of a line's options; on a tie the first, and
// one without a quote before one with.
func (o *Outcome) cheapest(i int, l *costing.Line, options []costing.Choice) {
	for n, c := range options {
		if l.Reason.Given() {
			o.Choices[i] = c
			return
		}
		cost := l.Cost(c)
		if n == 0 || !o.Costs[i].Known() || cost.Less(o.Costs[i]) {
			o.Choices[i], o.Costs[i] = c, cost
		}
	}
}
