package xlsx

import (
	"errors"
	"strconv"
	"strings"

	"tierline/report"
)

// spot is where a formula stands: a cell of a table or a line.
type spot struct {
	sheet   string
	row     int            // 0 for any
	column  int            // from 0
	columns map[string]int // of its table
	fixed   bool           // names columns for good, as a condition for a whole column must
}

// formula writes a formula for the place it stands at; "" where it is too long, or names cells
// that are nowhere.
func (b *book) formula(f *report.Formula, at spot) (string, error) {
	text, err := f.Write(func(r report.Ref) (string, error) {
		if r.Kind == report.ToHere {
			return at.here(r.Column)
		}
		a, err := b.places.find(r)
		if err != nil {
			return "", err
		}
		return a.address(at.sheet, true)
	})
	if errors.Is(err, errNowhere) || errors.Is(err, report.ErrTooLong) {
		return "", nil
	}
	return text, err
}

// pattern is a formula as it is written in each row of a worksheet. Most formulas of a
// column are one, and finding out where their cells stand takes longer than writing.
type pattern struct {
	of    *report.Formula // nil for none yet
	sheet string
	parts []string // the number of the row stands between them
}

// anyRow stands in a pattern for the number of the row. No formula holds it.
const anyRow = "\x00"

// text returns the formula of a row; "" where there is none, or it is too long.
func (p *pattern) text(row int) string {
	text := strings.Join(p.parts, strconv.Itoa(row))
	if len(text) > report.FormulaLength {
		return ""
	}
	return text
}

// patternAt returns the pattern of a formula in the rows of the worksheet on which at
// stands: that of the row before, where it is the same.
func (b *book) patternAt(last *pattern, f *report.Formula, at spot) error {
	if last.of != nil && last.sheet == at.sheet && (last.of == f || last.of.Same(*f)) {
		return nil
	}
	at.row = 0
	text, err := b.formula(f, at)
	if err != nil {
		return err
	}
	*last = pattern{of: f, sheet: at.sheet, parts: strings.Split(text, anyRow)}
	return nil
}

// here names a cell of the row in which a formula stands.
func (at spot) here(column string) (string, error) {
	i := at.column
	if column != "" {
		known := false
		if i, known = at.columns[column]; !known {
			return "", errors.New("the table of the formula has no column " + column)
		}
	}
	name, row := columnName(i), anyRow
	if at.row > 0 {
		row = strconv.Itoa(at.row)
	}
	if at.fixed {
		name = "$" + name
	}
	return name + row, nil
}

// link returns the place a link leads to; "" where that is nowhere.
func (b *book) link(r *report.Ref) (string, error) {
	if r.Kind == report.ToFile {
		return r.Table, nil
	}
	a, err := b.places.find(*r)
	if errors.Is(err, errNowhere) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	a.last = a.first
	return a.address("", false)
}

// jump is a link as a formula, for sheets with more links than the library
// holds. Its text is one of ours: a word of anything else gets none.
func jump(to string, v value) string {
	shown := ""
	switch v.kind {
	case wholeValue, floatValue:
		shown = string(appendNumber(nil, v.number()))
	case textValue:
		if !plainASCII(v.text) || startsFormula(v.text) || len(v.text) > 255 {
			return ""
		}
		shown = quoteWord(v.text)
	default:
		return ""
	}
	return "HYPERLINK(" + quoteWord("#"+to) + "," + shown + ")"
}

func quoteWord(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
