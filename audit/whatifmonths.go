package audit

import (
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// WhatIfMonths are bills of a subscription one after the other that come about alike,
// so that a workbook works one of them out for all (METHOD 22.2). A bill that is like
// no other is alone.
type WhatIfMonths struct {
	First, Last int // numbers of its bills in the cycle, from 0
}

// Many is how many bills there are.
func (m WhatIfMonths) Many() int { return m.Last - m.First + 1 }

// Alike cuts the bills of a subscription in a cycle into those that come about alike:
// months of one price list without a planned change. People may join on a day for each
// product it follows, so that few months are no fewer rows together than alone.
func (b *WhatIfBundle) Alike(l *WhatIfLine, c pricing.Cycle) []WhatIfMonths {
	var out []WhatIfMonths
	for i := 0; i < len(l.Bills[c]); {
		last := i
		for c == pricing.Monthly && last+1 < len(l.Bills[c]) && b.likeBefore(l, last+1) {
			last++
		}
		m := WhatIfMonths{i, last}
		if m.Many() <= len(l.Of)+1 {
			m.Last = i
		}
		out = append(out, m)
		i = m.Last + 1
	}
	return out
}

// likeBefore reports whether a month is billed as the one before it is. The first is
// not, where it may accept a quote.
func (b *WhatIfBundle) likeBefore(l *WhatIfLine, i int) bool {
	if l.Agreed || i == 1 && l.Offer != nil {
		return false
	}
	last, bill := &l.Bills[pricing.Monthly][i-1], &l.Bills[pricing.Monthly][i]
	for _, of := range l.Of {
		if p := &b.Products[of]; p.Planned(last.Date) != p.Planned(bill.Date) {
			return false
		}
	}
	return last.Price == bill.Price
}

// Worked returns what bills that come about alike come to together in a way: each row
// but for the amount, which is their sum.
func (l *WhatIfLine) Worked(way WhatIfWay, c pricing.Cycle, m WhatIfMonths) WhatIfRow {
	rows := l.Rows[way][c][m.First : m.Last+1]
	out := rows[0]
	if !out.Due {
		return out
	}
	var amounts []money.Amount
	for _, r := range rows {
		amounts = append(amounts, r.Amount)
	}
	out.Amount = addedUp(amounts)
	return out
}
