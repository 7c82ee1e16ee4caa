package report

import (
	"slices"
	"strings"

	"tierline/audit/money"
)

// Folded returns the table for paper: without the columns that say the same in
// every row, which its foot says once. The first column stays, and so do links
// and amounts, unless each is nothing.
func (t TableOf[R]) Folded() TableOf[R] {
	if t.Rows == nil {
		return t
	}
	list := slices.Collect(t.Rows)
	t.Rows = slices.Values(list)
	if len(list) < 2 {
		return t
	}
	var kept []Col[R]
	var same []string
	for i, c := range t.Columns {
		says, folds := c.always(list)
		if i == 0 || !folds {
			kept = append(kept, c)
			continue
		}
		if says != "" {
			same = append(same, c.Title+": "+says)
		}
	}
	t.Columns = kept
	if len(same) > 0 {
		t.Foot = strings.TrimSpace(t.Foot + " The same in every row: " + strings.Join(same, "; ") + ".")
	}
	return t
}

// always returns what a column says in every row, and whether it can be folded.
func (c Col[R]) always(list []R) (says string, folds bool) {
	first := c.Show(list[0])
	isMoney := first.Kind == Money && !first.Unknown
	if isMoney && first.Amount.Sign() != 0 || c.InTotal && !isMoney || first.Link != nil {
		return "", false
	}
	says = first.words()
	for _, row := range list[1:] {
		if c.Show(row).words() != says {
			return "", false
		}
	}
	return says, true
}

// words writes a cell inside a sentence.
func (c Cell) words() string {
	switch {
	case c.Unknown:
		return "not known"
	case c.Kind == Count:
		return money.Count(c.Count)
	case c.Kind == Money:
		return c.Amount.Grouped()
	case c.Kind == Date:
		return c.Date.Short()
	case c.Kind == Month:
		return c.Date.Time().Format("January 2006")
	case c.Kind == Percent:
		return c.Exact.Percent()
	case c.Kind == Change:
		return c.Exact.SignedPercent()
	case c.Kind == Decimal:
		return c.Exact.Decimal(0)
	}
	return c.Text
}
