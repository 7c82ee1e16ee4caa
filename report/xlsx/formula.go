package xlsx

import (
	"errors"
	"strings"

	"github.com/xuri/excelize/v2"

	"tierline/report"
)

// spot is where a formula stands: a cell of a table or a line.
type spot struct {
	sheet   string
	row     int
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

// here names a cell of the row in which a formula stands.
func (at spot) here(column string) (string, error) {
	i := at.column
	if column != "" {
		known := false
		if i, known = at.columns[column]; !known {
			return "", errors.New("the table of the formula has no column " + column)
		}
	}
	name, err := excelize.CoordinatesToCellName(i+1, at.row)
	if at.fixed {
		name = "$" + name
	}
	return name, err
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
