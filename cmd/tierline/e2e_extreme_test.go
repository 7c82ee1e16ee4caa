//go:build e2e

package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/report"
)

// extreme is what a reader may paste into every yellow cell of a column, and what
// at least one row then has to say about it; "" where there is nothing to say.
type extreme struct {
	name  string
	cells map[string]report.Cell // by the id of the column
	told  string
}

const (
	badEntry = "an entry is no number, or not one that its cell takes"
)

// allTold is what the first row says of the others.
var allTold = regexp.MustCompile(`^(1 row below has|[0-9]+ rows below have) something to say$`)

func extremes() []extreme {
	of := func(column string, c report.Cell) map[string]report.Cell { return map[string]report.Cell{column: c} }
	return []extreme{
		{"nothing", nil, ""},
		{"blanks", map[string]report.Cell{"remove": report.T(""), "add": report.T(""), "cycle": report.T(""), "licence": report.T("")}, ""},
		{"other words", map[string]report.Cell{"cycle": report.T("weekly"), "licence": report.T("some")}, ""},
		{"a word for removals", of("remove", report.T("many")), badEntry},
		{"words for shares", map[string]report.Cell{"growth": report.T("much"), "discount": report.T("all"), "rise": report.T("more")}, badEntry},
		{"more removed than there are", of("remove", report.N(900_000)), "more are removed than there are"},
		{"removals below 0", of("remove", report.N(-7)), badEntry},
		{"a part of a removal", of("remove", report.X(money.Ratio(5, 2))), badEntry},
		{"a million added", of("add", report.N(1_000_000)), "no price is known for so many users: see Prices"},
		{"a thousand million added and removed", map[string]report.Cell{"add": report.N(1_000_000_000), "remove": report.N(1_000_000_000)}, badEntry},
		{"from a word", map[string]report.Cell{"add": report.N(3), "from": report.T("soon")}, badEntry},
		{"from a blank", map[string]report.Cell{"add": report.N(3), "from": report.T("")}, ""},
		{"from long ago", map[string]report.Cell{"add": report.N(3), "from": report.D(date.New(2001, 1, 1))}, badEntry},
		{"growth of 1000 %", of("growth", report.P(money.Int(10))), badEntry},
		{"a rise of -100 %", of("rise", report.P(money.Int(-1))), badEntry},
		{"a discount of 200 %", of("discount", report.P(money.Int(2))), badEntry},
		{"a discount of 100 %", of("discount", report.P(money.Int(1))), ""},
		{"quotes for one user", map[string]report.Cell{"licence": report.T("quote"), "quoted": report.N(1), "remove": report.N(100)},
			"the quote is for fewer users than are billed"},
		{"quotes for a word", map[string]report.Cell{"licence": report.T("quote"), "quoted": report.T("us")}, badEntry},
		{"quotes where none can be had", of("licence", report.T("quote")), "no quote can keep an old price here"},
		{"as planned with removals", map[string]report.Cell{"licence": report.T("as planned"), "remove": report.N(3)},
			"as planned is the audited amount, whatever else is entered"},
		{"all monthly", of("cycle", report.T("monthly")), "it has no price in this cycle"},
	}
}

// unchanged are the settings that leave What-if at what renewing as is costs.
var unchanged = map[string]bool{"nothing": true, "blanks": true, "other words": true, "a word for removals": true, "words for shares": true}

// Whatever is pasted into What-if, no cell becomes an error, and the row says what is
// wrong with it (METHOD 22.4).
func TestEndToEndWhatIfExtremes(t *testing.T) {
	t.Parallel()
	e2eNeeds(t)
	m := model(t, "acme")
	all := extremes()
	var puts []func(row, column string, was report.Cell) report.Cell
	for _, x := range all {
		puts = append(puts, func(_, column string, was report.Cell) report.Cell {
			if c, ok := x.cells[column]; ok {
				return c
			}
			return was
		})
	}
	m.recalculated(puts, func(program string, book map[string]sheetCells, _ []report.Sheet) {
		for n, x := range all {
			for _, name := range []string{"What-if", "What-if bills"} {
				name := fmt.Sprintf("%s %d", name, n)
				if len(book[name]) == 0 {
					t.Fatalf("%s: there is no sheet %s", program, name)
				}
				for at, c := range book[name] {
					if text := c.text(); strings.HasPrefix(text, "#") || strings.HasPrefix(text, "Err:") {
						t.Errorf("%s, %s: %s of %s is %s", program, x.name, at, name, text)
					}
				}
			}
			x.check(t, program, book[fmt.Sprintf("What-if %d", n)])
		}
	})
}

// check compares what the sheet says about the entries with what it has to.
func (x *extreme) check(t *testing.T, program string, cells sheetCells) {
	t.Helper()
	header, column := e2eHeader(t, cells, "About your entries")
	said, summed := false, cells[fmt.Sprintf("%s%d", column, header+1)].text()
	for at, c := range cells {
		said = said || x.told != "" && strings.HasPrefix(at, column) && c.text() == x.told
	}
	if x.told != "" && !said {
		t.Errorf("%s, %s: no row says %q", program, x.name, x.told)
	}
	if (x.told != "") != allTold.MatchString(summed) {
		t.Errorf("%s, %s: the first row says %q", program, x.name, summed)
	}
	_, amount := e2eHeader(t, cells, "What-if")
	_, asIs := e2eHeader(t, cells, "As is")
	was, is := cells[fmt.Sprintf("%s%d", asIs, header+1)].text(), cells[fmt.Sprintf("%s%d", amount, header+1)].text()
	if unchanged[x.name] && !e2eSame(was, is) {
		t.Errorf("%s, %s: as is %s, What-if %s", program, x.name, was, is)
	}
}
