package audit

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
)

// WhatIfRunning is how what falls due before a renewal comes about, when people are
// added or are above the licence (METHOD 22.10).
type WhatIfRunning struct {
	Never   bool           // whoever is added, nothing falls due
	Paid    int            // users paid for today
	Planned int            // users that planned changes rise from: those paid for, or those of today
	Periods []WhatIfPeriod // none: not worked out again
	Tops    []WhatIfTop
	Rises   []WhatIfRise // by period: its begin, as-of, planned changes, then added people by product
}

// WhatIfPeriod is a part of the running term, see [costing.RunningPeriod].
type WhatIfPeriod struct {
	date.Period
	Of     int
	Whole  bool
	Begins bool
	Prices []WhatIfPrice // by first day; none: no price is known
}

// WhatIfTop is a host whose tier binds its apps on Data Center once it has more users
// than its licence.
type WhatIfTop struct {
	Line     string
	Licensed int
	Prices   []WhatIfPrice
}

// WhatIfRise is a day of the running term on which users may rise.
type WhatIfRise struct {
	Period       int
	Date         date.Date // zero: that from which people are added
	Added        int       // the product they are added to, by position; -1 for a day that is known
	Begins       bool      // the first day of a period that is billed for the users of the day before
	With, Anyway WhatIfStep
}

// WhatIfStep is a rise, with the people who are added or as it comes anyway.
type WhatIfStep struct {
	Needs, Before int // users needed on the day, and paid for before it
	Amount        money.Amount
}

// WhatIfAdded is people whom somebody adds to a product.
type WhatIfAdded struct {
	Users int
	From  date.Date
}

// running describes what falls due before a line renews.
func (b *whatIfBuilder) running(l *costing.Line, limit int, out *WhatIfLine) {
	periods := l.RunningPeriods()
	run := WhatIfRunning{Never: periods == nil && l.UsersKnown, Paid: l.Licensed, Planned: max(l.Licensed, l.Users)}
	priced := func(of *costing.Line, prices []costing.RecipePrice) []WhatIfPrice {
		var all []WhatIfPrice
		for _, p := range prices {
			all = append(all, WhatIfPrice{p.From, b.book.number(of, of.Sub.Cycle, p, limit)})
		}
		return all
	}
	for i, p := range periods {
		run.Periods = append(run.Periods, WhatIfPeriod{p.Period, p.Of, p.Whole, p.Begins, priced(l, p.Prices)})
		known := func(d date.Date, begins bool) {
			run.Rises = append(run.Rises, WhatIfRise{Period: i, Date: d, Added: -1, Begins: begins})
		}
		if p.Begins {
			known(p.Start, true)
		}
		if p.Contains(b.costs.AsOf) {
			known(b.costs.AsOf, false)
		}
		for _, d := range l.ChangeDays(p.Period) {
			known(d, false)
		}
		for _, product := range out.Movers {
			run.Rises = append(run.Rises, WhatIfRise{Period: i, Added: product})
		}
	}
	for _, h := range l.RunningTops() {
		run.Tops = append(run.Tops, WhatIfTop{h.ID(), h.Licensed, priced(h, h.TopPrices(l))})
	}
	out.Running = run
}

// run fills in the rises of a line while nobody is added. Where they do not come to
// what the audit says, they are left out and its amount stands alone.
func (b *WhatIfBundle) run(l *WhatIfLine, lists []PriceList, into money.Currency) {
	known := l.Running.Periods != nil && l.Amounts.AsIs.Known() && !l.Locked.Given()
	if !known || b.RunningOf(l, lists, nil, into) != l.Amounts.Running {
		l.Running = WhatIfRunning{Never: l.Running.Never}
	}
}

// RunningOf works out what a line costs before its renewal for people who are added to
// products of the bundle, by position, and fills in its rises.
func (b *WhatIfBundle) RunningOf(l *WhatIfLine, lists []PriceList, added map[int]WhatIfAdded, into money.Currency) money.Amount {
	of := runningTerm{whatIfRun{WhatIfBundle: b, lists: lists, into: into, removed: make([]int, len(b.Products))}, l}
	with := of.rise(l.Running.Paid, added, func(r *WhatIfRise) *WhatIfStep { return &r.With })
	due := with.Sub(of.rise(l.Running.Planned, nil, func(r *WhatIfRise) *WhatIfStep { return &r.Anyway }))
	if due.Sign() < 0 {
		return money.Zero(into)
	}
	return due
}

// runningTerm works out the running term of a line.
type runningTerm struct {
	whatIfRun
	line *WhatIfLine
}

// rise walks the rises of each period by day, from so many users paid for.
func (r *runningTerm) rise(paid int, added map[int]WhatIfAdded, step func(*WhatIfRise) *WhatIfStep) money.Amount {
	run, total := &r.line.Running, money.Zero(r.into)
	for n := range run.Periods {
		p := &run.Periods[n]
		var days []*WhatIfRise
		for i := range run.Rises {
			if x := &run.Rises[i]; x.Period == n {
				*step(x) = WhatIfStep{}
				if d := x.day(added); p.Contains(d) {
					days = append(days, x)
				}
			}
		}
		slices.SortStableFunc(days, func(x, y *WhatIfRise) int { return x.day(added).Compare(y.day(added)) })
		most := paid
		for _, x := range days {
			d := x.day(added)
			s := step(x)
			if x.Begins {
				*s = WhatIfStep{Needs: r.users(d.AddDays(-1), added), Before: paid}
				most = s.Needs
			} else {
				*s = WhatIfStep{Needs: r.needs(d, added), Before: most}
				most = max(most, s.Needs)
			}
			s.Amount = r.due(p, d, s, x.Begins)
			total = total.Add(s.Amount)
		}
	}
	return total
}

// day returns the day of a rise, zero for people whom nobody adds.
func (x *WhatIfRise) day(added map[int]WhatIfAdded) date.Date {
	if x.Added < 0 {
		return x.Date
	}
	return added[x.Added].From
}

// users returns the users of a day of the running term.
func (r *runningTerm) users(d date.Date, added map[int]WhatIfAdded) int {
	return r.usersOf(r.line, d, added)
}

func (r *runningTerm) usersOf(l *WhatIfLine, d date.Date, added map[int]WhatIfAdded) int {
	n := l.Own
	for _, i := range l.Of {
		users := *r.Products[i].Users + r.Products[i].Planned(d)
		if a, ok := added[i]; ok && !a.From.After(d) {
			users += a.Users
		}
		n = max(n, users)
	}
	return n
}

// needs returns the users to be paid for on a day, with the tops that bind an app.
func (r *runningTerm) needs(d date.Date, added map[int]WhatIfAdded) int {
	n := r.users(d, added)
	for _, t := range r.line.Running.Tops {
		if users := r.usersOf(r.Line(t.Line), d, added); users > t.Licensed {
			n = max(n, r.top(priceOn(t.Prices, d), users))
		}
	}
	return n
}

// priceOn returns the number of the price list that holds on a day, 0 for none.
func priceOn(prices []WhatIfPrice, d date.Date) int {
	n := 0
	for _, p := range prices {
		if !p.From.After(d) {
			n = p.Price
		}
	}
	return n
}

// due returns what a rise costs; unknown where no list tells.
func (r *runningTerm) due(p *WhatIfPeriod, d date.Date, s *WhatIfStep, begins bool) money.Amount {
	if s.Needs == s.Before || s.Needs < s.Before && !begins {
		return money.Zero(r.into)
	}
	list, cycle := priceOn(p.Prices, d), r.line.Today
	now, before := r.list(list, s.Needs), r.list(list, s.Before)
	switch {
	case now == nil || before == nil:
		return money.Amount{}
	case p.Whole || begins:
		return r.line.Bill(*now, cycle, r.into).Sub(r.line.Bill(*before, cycle, r.into))
	}
	part := now.Sub(*before).Mul(money.Ratio(int64(min(p.End.Sub(d), p.Of)), int64(p.Of)))
	if part.Sign() < 0 {
		part = money.Exact{}
	}
	return r.line.Bill(part, cycle, r.into)
}
