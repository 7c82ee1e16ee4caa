package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tierline/audit/date"
	"tierline/audit/money"
)

// Formula is how a value follows from other cells of the workbook, as data: a
// text with a gap "{}" for each of its terms. The workbook writes it beside the
// audited value, which stays in the cell until somebody recalculates; no other
// format shows it. The zero value is no formula.
//
// Only functions that Excel 2016, LibreOffice and Gnumeric share may stand in
// the text, none that is volatile, and no word of the inputs.
type Formula struct {
	Text  string
	Terms []Term
}

// Term is what fills a gap of a formula: a reference, a word, a number or a
// formula.
type Term interface{ isTerm() }

func (Formula) isTerm() {}
func (Ref) isTerm()     {}
func (Word) isTerm()    {}
func (Number) isTerm()  {}
func (Day) isTerm()     {}

// Word is a text in a formula. It is one of ours, never of the inputs.
type Word string

// Number is a whole number in a formula.
type Number int

// Day is a date in a formula: the number by which spreadsheets know it.
type Day date.Date

// Serial returns the number of a day, which counts from 1899-12-30.
func (d Day) Serial() int { return date.Date(d).Sub(date.New(1899, 12, 30)) }

// DayOf returns the date of a number by which spreadsheets know it.
func DayOf(serial int) date.Date { return date.New(1899, 12, 30).AddDays(serial) }

// RefKind says what a reference names.
type RefKind uint8

// The kinds of references.
const (
	ToSheet RefKind = iota // the first cell of a sheet
	ToCell                 // a cell, by its row and column
	ToHere                 // the cell of a column in the row of the formula
	ToTotal                // a cell of the row of totals
	ToData                 // every row of a column, without the total
	ToSpan                 // the rows of a column from one to another
	ToTitle                // the title of a column
	ToFile                 // a file beside the workbook; for links alone
)

// Ref names a place of the workbook by what it is, never by coordinates: those
// follow from what stands around it.
type Ref struct {
	Kind   RefKind
	Table  string // its id, [Table].ID; of ToSheet the name of the sheet, of ToFile the path
	Row    string // of ToCell and ToSpan, see [TableOf].Key
	Last   string // the last row of ToSpan
	Column string // its id; "" for the first
}

// At is the cell of a column in the row of that key.
func At(table, row, column string) Ref {
	return Ref{Kind: ToCell, Table: table, Row: row, Column: column}
}

// Here is the cell of a column in the row in which the formula stands.
func Here(column string) Ref { return Ref{Kind: ToHere, Column: column} }

// TotalOf is the total of a column.
func TotalOf(table, column string) Ref { return Ref{Kind: ToTotal, Table: table, Column: column} }

// TitleOf is the title of a column.
func TitleOf(table, column string) Ref { return Ref{Kind: ToTitle, Table: table, Column: column} }

// Data is every row of a column.
func Data(table, column string) Ref { return Ref{Kind: ToData, Table: table, Column: column} }

// Span is the rows of a column from the row of one key to that of another.
func Span(table, first, last, column string) Ref {
	return Ref{Kind: ToSpan, Table: table, Row: first, Last: last, Column: column}
}

// TopOf is the first cell of a sheet, to which a link may lead.
func TopOf(sheet string) Ref { return Ref{Kind: ToSheet, Table: sheet} }

// FileAt is a file, by its path from the folder of the workbook, to which a link may
// lead. The path is of letters, digits and marks that mean nothing in a link.
func FileAt(path string) Ref { return Ref{Kind: ToFile, Table: path} }

// F is the formula of a text whose gaps the terms fill, in their order:
//
//	F("{}*{}", Here("seats"), Here("unit"))
func F(text string, terms ...Term) Formula { return Formula{Text: text, Terms: terms} }

// None reports whether there is no formula.
func (f Formula) None() bool { return f.Text == "" }

// Same reports whether two formulas are one in different rows: they have the same text
// and name the same places, those of their row by the same columns.
func (f Formula) Same(g Formula) bool {
	return f.Text == g.Text && slices.EqualFunc(f.Terms, g.Terms, sameTerm)
}

func sameTerm(a, b Term) bool {
	f, is := a.(Formula)
	if g, also := b.(Formula); is || also {
		return is && also && f.Same(g)
	}
	return a == b
}

// FormulaLength is how many characters of a formula spreadsheet programs read.
const FormulaLength = 8192

// ErrTooLong means that a formula is longer than any spreadsheet program reads.
var ErrTooLong = fmt.Errorf("a formula of more than %d characters", FormulaLength)

// Write returns the formula as a spreadsheet reads it, with each reference as
// place writes it; ErrTooLong where none would.
func (f Formula) Write(place func(Ref) (string, error)) (string, error) {
	out, err := f.append(make([]byte, 0, 256), place, 0)
	if err != nil {
		return "", err
	}
	return string(out), nil
}

// append appends the formula, which is a term of depth others around it. Each of
// them adds a character or is of no use, so that one deeper than the limit is
// also longer: it is not followed down to its end.
func (f Formula) append(out []byte, place func(Ref) (string, error), depth int) ([]byte, error) {
	if depth > FormulaLength {
		return nil, ErrTooLong
	}
	terms := f.Terms
	for part, rest, gap := strings.Cut(f.Text, "{}"); ; part, rest, gap = strings.Cut(rest, "{}") {
		if out = append(out, part...); len(out) > FormulaLength {
			return nil, ErrTooLong
		}
		if gap != (len(terms) > 0) {
			return nil, fmt.Errorf("formula %q has %d gaps and %d terms", f.Text, strings.Count(f.Text, "{}"), len(f.Terms))
		}
		if !gap {
			return out, nil
		}
		var err error
		if out, err = appendTerm(out, terms[0], place, depth); err != nil {
			return nil, err
		}
		terms = terms[1:]
	}
}

func appendTerm(out []byte, t Term, place func(Ref) (string, error), depth int) ([]byte, error) {
	switch t := t.(type) {
	case Ref:
		text, err := place(t)
		return append(out, text...), err
	case Word:
		return append(append(append(out, '"'), strings.ReplaceAll(string(t), `"`, `""`)...), '"'), nil
	case Number:
		return strconv.AppendInt(out, int64(t), 10), nil
	case Day:
		return strconv.AppendInt(out, int64(t.Serial()), 10), nil
	case Formula:
		return t.append(out, place, depth+1)
	}
	return nil, fmt.Errorf("a term of no kind")
}

// By returns the cell with the formula its value follows from. An amount is
// rounded to the units of its currency as the audit rounds it: half up, after
// the noise of binary fractions is gone (METHOD 22.1). What is unknown stays so
// and carries none.
func (c Cell) By(text string, terms ...Term) Cell {
	if c.Unknown || text == "" {
		return c
	}
	f := F(text, terms...)
	if c.Kind == Money {
		f = rounded(f, c.Amount.Currency())
	}
	c.Formula = &f
	return c
}

// rounded rounds as bills are, see [Cell.By].
func rounded(f Formula, c money.Currency) Formula {
	return F("ROUND(ROUND({},8),{})", f, Number(c.Digits()))
}

// To returns the cell with a link to another place of the workbook.
func (c Cell) To(place Ref) Cell {
	c.Link = &place
	return c
}
