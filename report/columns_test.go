package report

import "strconv"

// shownAs writes a cell as a reader would tell it, so that two cells that say
// different things are different texts.
func shownAs(c Cell) string {
	switch {
	case c.Unknown:
		return "unknown"
	case c.Kind == Count:
		return strconv.Itoa(c.Count)
	case c.Kind == Money:
		return amount(c.Amount)
	case c.Kind == Date:
		return c.Date.String()
	case c.Kind == Percent, c.Kind == Decimal:
		return c.Share.Decimal(0)
	}
	return c.Text
}
