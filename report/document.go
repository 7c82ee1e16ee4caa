// Package report turns an audit result into a document: tables, charts and
// wording, the same for every format. Renderers (xlsx, pdf, csv, text, json)
// import it and lay it out; it imports none of them and decides nothing about
// paper, fonts or cells.
//
// Two rules hold for all of it. An amount in a document is an amount of the
// result: nothing is computed here that a reader could not find there. And
// what goes to finance never names a person: only [Document.Workbook] does.
package report

import (
	"iter"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/money"
)

// Document is one audit, ready to be laid out.
type Document struct {
	Title        string
	Organisation string
	AsOf         date.Date
	Currency     money.Currency
	Complete     bool
	Accent       string // "#RRGGBB"
	Footer       string
	Finance      Finance // the PDF
	Workbook     []Sheet // the workbook, in order
	Result       *audit.Result
}

// Kind says what a cell holds, hence how it is aligned and formatted.
type Kind uint8

// The kinds of cells.
const (
	Text  Kind = iota
	Count      // a whole number
	Money      // an amount of the cell's own currency
	Date
	Percent // a share, shown as a percentage with up to two decimals
	Decimal // an exact number with as many decimals as it has, such as a unit price
)

// Cell is one value. A cell that is Unknown shows as "unknown" (or blank with
// that meaning in a spreadsheet), never as 0; the zero value is an empty text.
type Cell struct {
	Kind    Kind
	Text    string
	Count   int
	Amount  money.Amount
	Date    date.Date
	Share   money.Exact // of a Percent or Decimal cell
	Unknown bool
	Strong  bool   // a total or the figure to look at
	Figure  string // the name of the total it shows, "" for any other cell
}

// T returns a text cell.
func T(s string) Cell { return Cell{Kind: Text, Text: s} }

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

// P returns a cell with a share.
func P(share money.Exact) Cell { return Cell{Kind: Percent, Share: share} }

// X returns a cell with an exact number.
func X(e money.Exact) Cell { return Cell{Kind: Decimal, Share: e} }

// Bold returns the cell as a total.
func (c Cell) Bold() Cell {
	c.Strong = true
	return c
}

// Column describes a column of a table.
type Column struct {
	Title string
	Kind  Kind
	Width int    // in characters, a hint
	Note  string // what the figures mean, for a header comment or a footnote
	Wrap  bool   // long text: break lines instead of cutting
	Aside bool   // for the screen: left off paper, where a table of thirty columns cannot be read; such columns stand last
}

// Table is rows of one grain under named columns.
type Table struct {
	Title   string
	Note    string // one or two sentences under the title
	Columns []Column
	Rows    iter.Seq[[]Cell] // may be long: range over it once per rendering
	Total   []Cell           // last row, nil for none
	Empty   string           // what to say when there is no row
}

// Sheet is one sheet of the workbook: a grain of its own, said in Grain.
type Sheet struct {
	Name   string   // at most 31 characters, never from data
	Grain  string   // "one row per ..."
	Lead   []string // sentences above the table
	Table  Table
	Blocks []Table // for sheets of several small tables (Read me, Summary, Method); Table is then empty
}

// Rows makes a row sequence of a slice.
func Rows(rows [][]Cell) iter.Seq[[]Cell] {
	return func(yield func([]Cell) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
	}
}
