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

// fewAlike is how many rows may say the same without being a waste of a column.
const fewAlike = 2

// FoldedAway returns the table for a sheet: with the columns that are blank or say
// the same in every row behind the others and folded, and its note says what they
// hold. What somebody fills in or looks for stays, and what follows from that.
func (t TableOf[R]) FoldedAway() TableOf[R] {
	if t.Rows == nil {
		return t
	}
	list := slices.Collect(t.Rows)
	t.Rows = slices.Values(list)
	var kept, away []Col[R]
	var same, blank []string
	for i, c := range t.Columns {
		says, folds := c.idle(list)
		if i == 0 || !folds {
			kept = append(kept, c)
			continue
		}
		c.Folded = true
		away = append(away, c)
		switch {
		case c.Aside:
		case says == "":
			blank = append(blank, c.Title)
		default:
			same = append(same, c.Title+": "+says)
		}
	}
	t.Columns = append(kept, away...)
	if len(same) > 0 {
		t.Note = strings.TrimSpace(t.Note + " The same in every row, and folded away: " + strings.Join(same, "; ") + ".")
	}
	if len(blank) > 0 {
		t.Note = strings.TrimSpace(t.Note + " Blank in every row, and folded away: " + strings.Join(blank, ", ") + ".")
	}
	return t
}

// idle returns what a column of a sheet says in every row, and whether it may be
// folded away.
func (c Col[R]) idle(list []R) (says string, folds bool) {
	if len(list) == 0 || c.Pinned || c.Input != nil {
		return "", false
	}
	says, folds = c.always(list)
	return says, folds && (says == "" || len(list) > fewAlike && len(c.Marks) == 0 && !c.live(list))
}

// live reports whether a cell of the column follows from others.
func (c Col[R]) live(list []R) bool {
	return slices.ContainsFunc(list, func(row R) bool {
		cell := c.Show(row)
		return cell.Formula != nil && !cell.Unknown
	})
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
