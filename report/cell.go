package report

import (
	"fmt"
	"strconv"
	"strings"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// Kind says what a cell holds, hence how it is aligned and formatted.
type Kind uint8

// The kinds of cells.
const (
	Text  Kind = iota
	Count      // a whole number
	Money      // an amount of the cell's own currency
	Date
	Month   // a day, shown as its month and year
	Percent // a part of a whole, shown as a percentage with up to two decimals
	Change  // a percentage by which something changes, shown with its sign
	Mixed   // of a column, whose cells are of several kinds
	Decimal // an exact number with as many decimals as it has, such as a unit price
	Truth   // whether something holds
)

// Numeric reports whether values of the kind are read from their last digit.
// Dates have one width and read better under their title.
func (k Kind) Numeric() bool {
	return k == Count || k == Money || k == Percent || k == Change || k == Decimal
}

// Unknown is the word for a value that is not known: never 0, never a blank that a
// sum would take for 0.
const Unknown Word = "unknown"

// Cell is one value. A cell that is Unknown shows as "unknown" (or blank with
// that meaning in a spreadsheet), never as 0; the zero value is an empty text.
type Cell struct {
	Kind    Kind
	Text    string
	Count   int
	Amount  money.Amount
	Date    date.Date
	Exact   money.Exact // of a Percent, Change or Decimal cell
	Holds   bool        // of a Truth cell
	Unknown bool
	Strong  bool   // a total or the figure to look at
	Figure  string // the name of the total it shows, "" for any other cell

	// For the workbook alone.
	Row     string   // in the first cell of a row: its key, by which others refer to it
	Formula *Formula // what the value follows from, see [Cell.By]
	Link    *Ref     // where a click leads, see [Cell.To]
	Locked  bool     // no input, in a column of them
}

// T returns a text cell.
func T(s string) Cell { return Cell{Kind: Text, Text: s} }

// W returns a text cell with the label of a value that is one of a few.
func W(value fmt.Stringer) Cell { return T(Label(value)) }

// key returns a text cell with the word programs know a value by.
func key(value fmt.Stringer) Cell { return T(value.String()) }

// N returns a cell with a whole number.
func N(n int) Cell { return Cell{Kind: Count, Count: n} }

// OptN returns a cell with a whole number that may be unknown.
func OptN(n *int) Cell {
	if n == nil {
		return Cell{Kind: Count, Unknown: true}
	}
	return N(*n)
}

// M returns a cell with an amount, unknown when the amount is.
func M(a money.Amount) Cell { return Cell{Kind: Money, Amount: a, Unknown: !a.Known()} }

// D returns a cell with a date, unknown for no date.
func D(d date.Date) Cell { return Cell{Kind: Date, Date: d, Unknown: d.IsZero()} }

// P returns a cell that shows a part of a whole as a percentage.
func P(part money.Exact) Cell { return Cell{Kind: Percent, Exact: part} }

// C returns a cell that shows a change in percent, such as +15%.
func C(change money.Exact) Cell { return Cell{Kind: Change, Exact: change} }

// X returns a cell with an exact number.
func X(e money.Exact) Cell { return Cell{Kind: Decimal, Exact: e} }

// B returns a cell that says whether something holds.
func B(holds bool) Cell {
	return Cell{Kind: Truth, Text: strings.ToUpper(strconv.FormatBool(holds)), Holds: holds}
}

// optP returns a cell with a part of a whole that may be unknown.
func optP(part *audit.Percent) Cell {
	if part == nil {
		return Cell{Kind: Percent, Unknown: true}
	}
	return P(part.Part())
}

// by is [Cell.By] for a formula that may be none.
func (c Cell) by(f Formula) Cell { return c.By(f.Text, f.Terms...) }

// given shows a number an input may leave out: blank, since nobody needs to
// know it.
func given(n *int) Cell {
	if n == nil {
		return T("")
	}
	return N(*n)
}

// wordOrBlank shows a word that need not exist.
func wordOrBlank[T fmt.Stringer](word *T) Cell {
	if word == nil {
		return Cell{}
	}
	return W(*word)
}

// dateOrBlank shows a date that need not exist.
func dateOrBlank(d date.Date) Cell {
	if d.IsZero() {
		return T("")
	}
	return D(d)
}

// Bold returns the cell as a total.
func (c Cell) Bold() Cell {
	c.Strong = true
	return c
}

// As gives a cell the name of a total, so that renderers report what they wrote.
func (c Cell) As(figure string) Cell {
	c.Figure = figure
	return c
}
