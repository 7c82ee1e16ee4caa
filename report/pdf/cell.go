package pdf

import (
	"strings"

	"tierline/audit/money"
	"tierline/report"
)

// shown is a cell as it is printed.
type shown struct {
	text    string
	unknown bool
	strong  bool
	hang    string // what others of the column have behind the point and this one lacks: room on its right
	row     string // the key of the row that it begins
	to      string // where a click leads
	number  bool   // an amount, count, percentage or date: never broken over lines
}

const unknownWord = string(report.Unknown)

// show returns a cell as people read it. An amount of another currency than
// the document's carries its code; an unknown value is a word, never 0.
func show(c *canvas, cell report.Cell, currency money.Currency) shown {
	s := shown{strong: cell.Strong, row: cell.Row, to: targetOf(cell.Link), number: cell.Kind != report.Text}
	switch {
	case cell.Unknown, cell.Kind == report.Money && !cell.Amount.Known():
		s.text, s.unknown = unknownWord, true
	case cell.Kind == report.Money:
		s.text = amount(cell.Amount, currency)
		if cell.Figure != "" {
			c.shown.Add(cell.Figure, s.text, cell.Amount.Currency())
		}
	case cell.Kind == report.Count:
		s.text = minus(money.Count(cell.Count))
	case cell.Kind == report.Date:
		s.text = cell.Date.Short()
	case cell.Kind == report.Month:
		s.text = cell.Date.Time().Format("Jan 2006")
	case cell.Kind == report.Change:
		s.text = minus(cell.Exact.SignedPercent())
	case cell.Kind == report.Percent:
		s.text = minus(cell.Exact.Percent())
	default:
		s.text = c.clean(cell.Text)
	}
	return s
}

// amount returns a with grouped digits and a real minus sign.
func amount(a money.Amount, currency money.Currency) string {
	s := minus(a.Grouped())
	if a.Known() && a.Currency() != currency {
		s = string(a.Currency()) + "\u00A0" + s
	}
	return s
}

// signed returns a change, with its sign even when it is a rise.
func signed(a money.Amount, currency money.Currency) string {
	if a.Sign() > 0 {
		return "+" + amount(a, currency)
	}
	return amount(a, currency)
}

// minus replaces the hyphen of a negative number by the minus sign, which is
// as wide as a digit.
func minus(s string) string {
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		return "\u2212" + rest
	}
	return s
}

// alignPercents gives every percentage of a column the decimals of the longest, so
// that their points stand below each other.
func alignPercents(rows [][]shown, col int) {
	most := 0
	for _, r := range rows {
		if s := r[col]; s.number && !s.unknown {
			most = max(most, percentDecimals(s.text))
		}
	}
	if most == 0 {
		return
	}
	for _, r := range rows {
		body, ok := strings.CutSuffix(r[col].text, "%")
		if !ok || !r[col].number {
			continue
		}
		have := percentDecimals(r[col].text)
		if have == 0 {
			body += "."
		}
		r[col].text = body + strings.Repeat("0", most-have) + "%"
	}
}

func percentDecimals(s string) int {
	_, frac, ok := strings.Cut(strings.TrimSuffix(s, "%"), ".")
	if !ok {
		return 0
	}
	return len(frac)
}

// hangFractions gives the numbers of a column room on their right, so that their
// points stand below each other where currencies have other decimals.
func hangFractions(rows [][]shown, col int) {
	longest := ""
	for _, r := range rows {
		if f := fraction(r[col]); len(f) > len(longest) {
			longest = f
		}
	}
	for _, r := range rows {
		if s := &r[col]; s.number && !s.unknown && s.text != "" {
			s.hang = longest[len(fraction(*s)):]
		}
	}
}

// fraction returns what a number has from its point on.
func fraction(s shown) string {
	_, frac, ok := strings.Cut(s.text, ".")
	if !ok || !s.number || s.unknown {
		return ""
	}
	return "." + frac
}
