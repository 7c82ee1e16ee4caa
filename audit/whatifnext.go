package audit

import (
	"slices"

	"tierline/audit/money"
	"tierline/audit/pricing"
)

// WhatIfNext is the next number of users of a product at which its subscription
// costs less, one step from what is entered (METHOD 22.5).
type WhatIfNext struct {
	More  int    // removals more; 0: none is needed, or none helps
	Users int    // left then, at the renewal
	Line  string // whose price says so; "" where none does

	Change money.Amount // of the product and the apps whose users it sets; unknown where one is
}

// Saving returns what the step saves; unknown where its change is.
func (n *WhatIfNext) Saving() money.Amount { return n.Change.Neg() }

// next finds the next step of a product from where nothing is entered: the top of
// the tier below where whole tiers are sold, one user fewer where each costs. A
// licence for more users than there are needs no removal to be made smaller.
func (b *WhatIfBundle) next(i int, lists []PriceList) WhatIfNext {
	l := b.leader(i)
	if l == nil || len(l.Rows[Untouched][l.Today]) == 0 {
		return WhatIfNext{}
	}
	row := l.Rows[Untouched][l.Today][0]
	out := WhatIfNext{Users: row.Needs, Line: l.Line}
	list := l.Bills[l.Today][0].Price
	if list == 0 {
		return out
	}
	p := lists[list-1].piece(row.Needs)
	switch {
	case p == nil || row.Needs == 0 || l.Today == pricing.Annual && row.Pays > row.Needs:
	case p.Unit.Sign() > 0:
		out.More = 1
	case p.From > 1:
		out.More = row.Needs - p.From + 1
	}
	out.Users -= out.More
	return out
}

// leader returns the subscription whose price says where the next step of a product
// is: its own, else the first that is billed for its users; nil where there is none.
func (b *WhatIfBundle) leader(i int) *WhatIfLine {
	var found *WhatIfLine
	for n := range b.Lines {
		l := &b.Lines[n]
		if l.Locked.Given() || l.Agreed {
			continue
		}
		if l.Row == i {
			return l
		}
		if found == nil && l.Row < 0 && slices.Contains(l.Of, i) {
			found = l
		}
	}
	return found
}

// NextBilled lists the subscriptions that a step of a product changes: its own, and
// the apps that are billed for its users, by their positions.
func (b *WhatIfBundle) NextBilled(i int) []int {
	var out []int
	own := b.Own(i)
	for n := range b.Lines {
		l := &b.Lines[n]
		if !l.Locked.Given() && (l == own || l.Row < 0 && slices.Contains(l.Of, i)) {
			out = append(out, n)
		}
	}
	return out
}

// nextChange adds what a step of a product changes. Apps follow the product with the
// most users: where another one has more than are left after the step, that one sets
// what they cost.
func (b *WhatIfBundle) nextChange(i int) money.Amount {
	var changes []money.Amount
	p := &b.Products[i]
	for _, n := range b.NextBilled(i) {
		l := &b.Lines[n]
		other := slices.ContainsFunc(l.Of, func(x int) bool { return x != i && *b.Products[x].Users > *p.Users-p.Next.More })
		if l.Row == i || !other {
			changes = append(changes, l.Sum(NextStep).Sub(l.Sum(Untouched)))
		}
	}
	return addedUp(changes)
}
