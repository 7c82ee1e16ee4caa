package history

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/money"
)

// Seen is what a run shows of a subscription that an earlier plan had something for.
type Seen struct {
	There    bool
	Kept     bool // an invoice shows the price that a quote kept
	Merged   bool // it is paid for with the same subscription on another site
	Users    *int // whom it is charged for
	Quantity *int // whom it is paid for: licensed, or the users where it is billed monthly
	Cycle    string
}

// Evidence is what a run tells of bills that have fallen due.
type Evidence struct {
	AsOf date.Date
	Line func(id string) Seen

	// List returns a bill of a cycle for so many users at the list of a day, with
	// the licence type and discount of the subscription; unknown where nobody knows.
	List func(line, cycle string, day date.Date, users int) money.Amount

	// Paid returns what an invoice bills for the period that begins on a day; unknown
	// where there is none.
	Paid func(line string, day date.Date) money.Amount

	// Gone counts the seats that are gone since the run before, by action.
	Gone map[string]int
}

// Settle says what came of the bills that have fallen due (METHOD 23.6). A monthly
// bill is settled by the first run after it. An annual one may be: what is paid
// for is often written down later, so that the most that a run of its term shows holds.
func (k *Kept) Settle(e *Evidence) {
	for i := range k.Promises {
		p := &k.Promises[i]
		p.Gone = min(p.Gone+e.Gone[p.Action], p.Seats)
	}
	all := k.shares()
	k.each(func(p *Promise, l *PromisedLine, b *PromisedBill) {
		if b.Settled || b.Date.After(e.AsOf) {
			return
		}
		if came := all.came(p, l, b, e); came.Known() {
			b.Came = came
		}
		b.beside(p, l, e)
		b.Settled = l.monthly() && b.Came.Known() || !b.Date.AddMonths(months).After(e.AsOf)
	})
	for i := range k.Promises {
		k.Promises[i].sum(e.AsOf)
	}
	k.sums(e.AsOf)
}

func (l *PromisedLine) monthly() bool { return l.Is == monthly }

// monthly is the word of the cycle.
const monthly = "monthly"

// share is what all promises of one bill have in common.
type share struct {
	before  int          // the largest quantity without their actions
	last    *Promise     // which takes the rest
	had     money.Amount // what all of them had of it before this run
	settled money.Amount // of that, what stays where it is
	rest    money.Amount // what is still to be given out; unknown where that cannot be told
	begun   bool         // rest is known or known not to be
}

type shares map[bill]*share

// shares returns what the promises of each bill had before this run.
func (k *Kept) shares() shares {
	out := shares{}
	k.each(func(p *Promise, l *PromisedLine, b *PromisedBill) {
		key := bill{l.Line, p.Class, b.Date}
		s := out[key]
		if s == nil {
			none := money.Zero(b.Promised.Currency())
			s = &share{had: none, settled: none}
			out[key] = s
		}
		s.before, s.last = max(s.before, b.Before), p
		if !b.Came.Known() {
			return
		}
		s.had = s.had.Add(b.Came)
		if b.Settled {
			s.settled = s.settled.Add(b.Came)
		}
	})
	return out
}

// came returns what came of a bill; unknown where that cannot be told. What a bill
// fell by, the most that a run of its term shows, is given to its promises in their
// order, each no more than it promised, and the rest to the last.
func (all shares) came(p *Promise, l *PromisedLine, b *PromisedBill, e *Evidence) money.Amount {
	now := e.Line(l.Line)
	s := all[bill{l.Line, p.Class, b.Date}]
	if !s.begun {
		s.begin(p, l, b, now, e)
	}
	part := s.rest
	switch {
	case p.Seats > 0 && now.There && (now.Users == nil || l.Users == nil || *now.Users >= *l.Users):
		part = most(b.Came, money.Zero(b.Promised.Currency())) // nobody left: what an earlier run of the term showed
		if s.rest.Known() && s.rest.Less(part) {
			part = s.rest
		}
	case s.rest.Known() && b.Promised.Less(s.rest) && s.last != p:
		part = b.Promised
	}
	if s.rest.Known() {
		s.rest = s.rest.Sub(part)
	}
	return part
}

// begin says what the promises of a bill have to share that are not settled.
func (s *share) begin(p *Promise, l *PromisedLine, b *PromisedBill, now Seen, e *Evidence) {
	s.begun = true
	if p.Class == Avoidance {
		s.rest = avoided(l, b, now, e)
	} else {
		s.rest = fall(s.before, l, b, now, e)
	}
	if s.rest.Known() || s.had.Sign() > 0 {
		s.rest = most(s.rest, s.had).Sub(s.settled)
	}
}

// most returns the larger of two amounts; of one that is not known, the other.
func most(a, b money.Amount) money.Amount {
	if !a.Known() || b.Known() && a.Less(b) {
		return b
	}
	return a
}

// fall returns what a bill costs less than it would without the actions: at the
// list of its day, for the quantity before them and the one now; never below 0.
func fall(before int, l *PromisedLine, b *PromisedBill, now Seen, e *Evidence) money.Amount {
	none := money.Zero(b.Promised.Currency())
	switch {
	case !now.There:
		return b.Cost // nothing is paid for any more, and no list is known for it
	case now.Merged:
		return b.Promised // one charge for several sites has no part that is this one's
	case now.Cycle != l.Is || now.Quantity == nil:
		return none
	}
	was := e.List(l.Line, l.Was, b.Date, before)
	switch {
	case !was.Known():
	case l.Was != l.Is && l.Is == monthly:
		was = was.Exact().Div(money.Int(months)).Round(was.Currency(), money.HalfUp)
	case l.Was != l.Is:
		was = was.Times(months)
	}
	return notNegative(was.Sub(e.List(l.Line, l.Is, b.Date, *now.Quantity)))
}

// beside says what rose at the same time (METHOD 23.8): the list of what is paid
// for since the promise, and what people cost who joined since. Neither is in what
// came.
func (b *PromisedBill) beside(p *Promise, l *PromisedLine, e *Evidence) {
	none := money.Zero(b.Promised.Currency())
	b.Prices, b.People = none, none
	now := e.Line(l.Line)
	if !now.There || now.Quantity == nil || now.Cycle != l.Is {
		return
	}
	paid := e.List(l.Line, l.Is, b.Date, *now.Quantity)
	if rise := paid.Sub(e.List(l.Line, l.Is, p.On, *now.Quantity)); rise.Sign() > 0 {
		b.Prices = rise
	}
	if now.Users == nil || l.Users == nil {
		return
	}
	joined := max(*now.Users-(*l.Users-p.Gone), 0)
	p.Joined = max(p.Joined, joined)
	if more := paid.Sub(e.List(l.Line, l.Is, b.Date, max(*now.Quantity-joined, 0))); joined > 0 && more.Sign() > 0 {
		b.People = more
	}
}

// avoided returns what a quote kept off a bill: the list of its day for what is
// paid for, less what an invoice bills; 0 where no invoice shows it.
func avoided(l *PromisedLine, b *PromisedBill, now Seen, e *Evidence) money.Amount {
	paid := e.Paid(l.Line, b.Date)
	if !paid.Known() || now.Quantity == nil {
		return money.Zero(b.Promised.Currency())
	}
	return notNegative(e.List(l.Line, l.Is, b.Date, *now.Quantity).Sub(paid))
}

// Avoided reports whether an invoice shows that a quote kept something off a bill of
// a line.
func (k *Kept) Avoided(line string) bool {
	found := false
	k.each(func(p *Promise, l *PromisedLine, b *PromisedBill) {
		found = found || p.Class == Avoidance && l.Line == line && b.Came.Sign() > 0
	})
	return found
}

func notNegative(a money.Amount) money.Amount {
	if a.Sign() < 0 {
		return money.Zero(a.Currency())
	}
	return a
}

// sum adds up the bills of a promise and says what became of it (METHOD 23.7).
func (p *Promise) sum(asOf date.Date) {
	zero := money.Zero(p.Currency)
	p.Promised, p.Due, p.Came, p.Prices, p.People = zero, zero, zero, zero, zero
	due, untold := 0, false
	for i := range p.Lines {
		for _, b := range p.Lines[i].Bills {
			p.Promised = p.Promised.Add(b.Promised)
			if b.Date.After(asOf) {
				continue
			}
			due++
			p.Due = p.Due.Add(b.Promised)
			if untold = untold || !b.Came.Known(); b.Came.Known() {
				p.Came, p.Prices, p.People = p.Came.Add(b.Came), p.Prices.Add(b.Prices), p.People.Add(b.People)
			}
		}
	}
	switch {
	case due == 0 || p.Came.Sign() == 0 && (untold || !p.Deadline.Before(asOf)):
		p.State = Open
	case p.Came.Sign() == 0:
		p.State = MissedState
	case p.Came.Less(p.Due):
		p.State = Partly
	default:
		p.State = KeptState
	}
}

// kept years are this one and the one before.
const keptYears = 2

// sums adds up the promises of the year of a day, and forgets those of years that
// nobody asks for any more.
func (k *Kept) sums(asOf date.Date) {
	k.Year = asOf.Year()
	k.Promises = slices.DeleteFunc(k.Promises, func(p Promise) bool { return p.Year <= k.Year-keptYears })
	zero := money.Zero(k.Currency)
	k.Hard, k.Avoidance, k.Since = Sum{zero, zero, zero}, Sum{zero, zero, zero}, date.Date{}
	for i := range k.Promises {
		p := &k.Promises[i]
		if p.Year != k.Year {
			continue
		}
		if k.Since.IsZero() || p.On.Before(k.Since) {
			k.Since = p.On
		}
		s := &k.Hard
		if p.Class == Avoidance {
			s = &k.Avoidance
		}
		s.Promised, s.Came, s.Ahead = s.Promised.Add(p.Due), s.Came.Add(p.Came), s.Ahead.Add(p.Promised.Sub(p.Due))
	}
}
