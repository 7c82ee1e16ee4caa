package audit

import (
	"cmp"
	"slices"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// WhatIfWay is a way to renew that the workbook works out beside each other.
type WhatIfWay uint8

// The ways: before anybody enters something, what the plan decides, and one step
// further than what is entered (METHOD 22.5).
const (
	Untouched WhatIfWay = iota
	Planned
	NextStep
	whatIfWays
)

// WhatIfRow is a bill that may fall due, in one way.
type WhatIfRow struct {
	Due    bool         // the subscription is billed in the cycle of the row
	Needs  int          // users it has to be for
	Pays   int          // users paid for from its day on
	List   *money.Exact // what lists say of it, before factors and rounding; nil when nothing does
	Amount money.Amount // in the currency of the run; unknown without a price
}

// WhatIfAmounts are what a subscription, a bundle or all bundles cost in the coming
// term; unknown where none of them is in the totals.
type WhatIfAmounts struct {
	AsIs    money.Amount
	Entered money.Amount // while nothing is entered
	Planned money.Amount // as recommended
	Running money.Amount // before the renewal, for users above the licence while nobody is added; in no other amount
}

// Change returns what the entries change.
func (a *WhatIfAmounts) Change() money.Amount { return a.Entered.Sub(a.AsIs) }

// Together returns what the entries change with what is due before the renewal.
func (a *WhatIfAmounts) Together() money.Amount { return a.Change().Add(a.Running) }

// Sum adds the rows of a subscription that are due in a way; unknown where one is,
// and where there are none.
func (l *WhatIfLine) Sum(way WhatIfWay) money.Amount {
	var due []money.Amount
	for _, rows := range l.Rows[way] {
		for _, r := range rows {
			if r.Due {
				due = append(due, r.Amount)
			}
		}
	}
	return addedUp(due)
}

// addedUp adds amounts; unknown where there are none.
func addedUp(all []money.Amount) money.Amount {
	if len(all) == 0 {
		return money.Amount{}
	}
	total := all[0]
	for _, a := range all[1:] {
		total = total.Add(a)
	}
	return total
}

// sumOf adds what those of a list cost that are in the totals.
func sumOf[E any](list []E, amounts func(*E) *WhatIfAmounts) WhatIfAmounts {
	var asIs, entered, planned, running []money.Amount
	for i := range list {
		if a := amounts(&list[i]); a.AsIs.Known() {
			asIs, entered, planned, running = append(asIs, a.AsIs), append(entered, a.Entered), append(planned, a.Planned), append(running, a.Running)
		}
	}
	return WhatIfAmounts{AsIs: addedUp(asIs), Entered: addedUp(entered), Planned: addedUp(planned), Running: addedUp(running)}
}

// whatIfRun works a bundle out in one way, from the facts a workbook has.
type whatIfRun struct {
	*WhatIfBundle
	way     WhatIfWay
	lists   []PriceList
	into    money.Currency
	removed []int
}

// work fills in the rows of every subscription that is not locked. What each row
// needs comes first, since what apps need follows from their hosts.
func (b *WhatIfBundle) work(lists []PriceList, into money.Currency) {
	for way := range whatIfWays {
		run := whatIfRun{b, way, lists, into, make([]int, len(b.Products))}
		for i := range b.Products {
			switch p := &b.Products[i]; way {
			case Planned:
				run.removed[i] = p.Removed
			case NextStep:
				p.Next = b.next(i, lists)
				run.removed[i] = p.Next.More
			}
		}
		for i := range b.Lines {
			run.line(&b.Lines[i])
		}
	}
	for i := range b.Lines {
		if l := &b.Lines[i]; l.Amounts.AsIs.Known() && !l.Locked.Given() {
			l.Amounts.Entered = l.Sum(Untouched)
		}
		b.run(&b.Lines[i], lists, into)
	}
	for i := range b.Products {
		b.Products[i].Next.Change = b.nextChange(i)
	}
	b.Amounts = sumOf(b.Lines, func(l *WhatIfLine) *WhatIfAmounts { return &l.Amounts })
}

// choice returns how a line is renewed in the way.
func (r *whatIfRun) choice(l *WhatIfLine) WhatIfChoice {
	switch {
	case r.way == Planned:
		return l.Plan
	case r.way == NextStep && !l.Agreed:
		return WhatIfChoice{Cycle: l.Today, Licence: FitLicence}
	}
	return WhatIfChoice{Cycle: l.Today}
}

func (r *whatIfRun) line(l *WhatIfLine) {
	if l.Unread.Given() {
		return
	}
	c := r.choice(l)
	for cycle, bills := range l.Bills {
		rows := make([]WhatIfRow, len(bills))
		for i, bill := range bills {
			if rows[i].Due = pricing.Cycle(cycle) == c.Cycle; !rows[i].Due {
				continue
			}
			rows[i].Needs = l.users(r.WhatIfBundle, bill.Date, r.removed)
			if c.Cycle == pricing.Annual {
				rows[i].Needs = max(rows[i].Needs, r.bound(l, bill.Date))
			}
			rows[i].Pays = rows[i].Needs
			switch {
			case c.Cycle == pricing.Monthly:
			case i > 0:
				rows[i].Pays = max(rows[i].Needs, rows[i-1].Pays)
			case l.accepts(c, rows[0].Needs):
				rows[0].Pays = max(rows[0].Needs, l.Offer.Users)
			case c.Licence == QuoteLicence:
				rows[0].Pays = max(rows[0].Needs, c.Users)
			case c.Licence != FitLicence:
				rows[0].Pays = max(rows[0].Needs, l.Kept)
			}
			r.price(l, c, i, rows)
		}
		l.Rows[r.way][cycle] = rows
	}
}

// users returns the users a line is billed for on a day.
func (l *WhatIfLine) users(b *WhatIfBundle, d date.Date, removed []int) int {
	n := l.Own
	for _, i := range l.Of {
		p := &b.Products[i]
		n = max(n, *p.Users-removed[i]+p.Planned(d))
	}
	return n
}

// Planned adds up the changes planned up to and including a day.
func (p *WhatIfProduct) Planned(d date.Date) int {
	n := 0
	for _, c := range p.Changes {
		if !c.Date.After(d) {
			n += c.Change
		}
	}
	return n
}

// bound returns the users that the licences of its hosts bind a line to.
func (r *whatIfRun) bound(l *WhatIfLine, d date.Date) int {
	n := 0
	for _, x := range l.Binds {
		h := r.Line(x.Line)
		switch {
		case r.choice(h).Cycle != pricing.Annual:
		case x.Renewal.IsZero() || d.Before(x.Renewal):
			n = max(n, x.Before)
		default:
			n = max(n, r.top(x.Tops, h.pays(r.way, d)))
		}
	}
	return n
}

// pays returns the users an annual line pays for on a day.
func (l *WhatIfLine) pays(way WhatIfWay, d date.Date) int {
	n := 0
	for i, row := range l.Rows[way][pricing.Annual] {
		if !l.Bills[pricing.Annual][i].Date.After(d) {
			n = row.Pays
		}
	}
	return n
}

// top returns the last user of the tier of a list, n itself where there is none.
func (r *whatIfRun) top(list, n int) int {
	if list == 0 {
		return n
	}
	if p := r.lists[list-1].piece(n); p != nil && p.To > 0 {
		return p.To
	}
	return n
}

// accepts reports whether a choice renews by the quote in force.
func (l *WhatIfLine) accepts(c WhatIfChoice, needs int) bool {
	return l.Offer != nil && c.Licence == KeepLicence && c.Cycle == l.Today && (l.Offer.Covers == nil || needs <= *l.Offer.Covers)
}

// price fills in what a row comes to.
func (r *whatIfRun) price(l *WhatIfLine, c WhatIfChoice, i int, rows []WhatIfRow) {
	bill, row := &l.Bills[c.Cycle][i], &rows[i]
	rise := c.Cycle == pricing.Annual && i > 0
	switch {
	case l.Agreed:
		row.List = r.agreed(l, c.Cycle, i)
	case rise && row.Pays <= rows[i-1].Pays:
		row.List = new(money.Exact)
	case rise:
		now, before := r.list(bill.Price, row.Pays), r.list(bill.Price, rows[i-1].Pays)
		if now != nil && before != nil {
			days := money.Ratio(int64(bill.Days), 365)
			part := now.Sub(*before).Mul(days)
			if part.Sign() < 0 {
				part = money.Exact{}
			}
			row.List = &part
		}
	case i == 0 && c.Licence == QuoteLicence && l.Old != nil:
		if t := l.Old.Tier; t == (pricing.Range{}) || t.From <= row.Pays && (t.To == 0 || row.Pays <= t.To) {
			row.List = r.list(l.Old.Price, row.Pays)
		}
	default:
		row.List = r.list(bill.Price, row.Pays)
	}
	switch {
	case i == 0 && l.accepts(c, row.Needs):
		row.Amount = l.Offer.Amount
	case row.List != nil:
		row.Amount = l.Bill(*row.List, c.Cycle, r.into)
	}
}

// agreed returns the price of a contract that no list tells the ratio of: it is for
// the users without removals, and no rise inside a term has a price.
func (r *whatIfRun) agreed(l *WhatIfLine, c pricing.Cycle, i int) *money.Exact {
	none := make([]int, len(r.Products))
	needs := func(i int) int {
		return max(l.users(r.WhatIfBundle, l.Bills[c][i].Date, none), l.Bills[c][i].Bound)
	}
	switch {
	case i == 0 || c == pricing.Monthly:
		return r.list(l.Bills[c][i].Price, needs(i))
	case needs(i) <= needs(0):
		return new(money.Exact)
	}
	return nil
}

// list returns the price of a list for n users; nil where it has none.
func (r *whatIfRun) list(number, n int) *money.Exact {
	if number == 0 {
		return nil
	}
	p := r.lists[number-1].piece(n)
	if p == nil {
		return nil
	}
	price := p.Price(n)
	return &price
}

// piece returns the piece that holds n users, nil where there is none. Nobody costs
// nothing but where a contract says so.
func (p *PriceList) piece(n int) *pricing.Piece {
	i, found := slices.BinarySearchFunc(p.Pieces, n, func(x pricing.Piece, n int) int { return cmp.Compare(x.From, n) })
	if !found {
		i--
	}
	switch {
	case i < 0 && n == 0 && len(p.Pieces) > 0:
		return &pricing.Piece{}
	case i < 0 || p.Pieces[i].To > 0 && n > p.Pieces[i].To:
		return nil
	}
	return &p.Pieces[i]
}
