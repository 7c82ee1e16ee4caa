package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tierline/samples"
)

// sharedFunctions are the functions that formulas may use: Excel 2016, LibreOffice
// and Gnumeric have them all, give the same and call none of them volatile.
var sharedFunctions = strings.Fields(`ABS AND COUNT COUNTA COUNTIF COUNTIFS DATE EDATE FIXED HYPERLINK IF IFERROR INT ISNUMBER ISTEXT LEFT LOOKUP MAX MIN MONTH
	NOT OR RIGHT ROUND ROUNDDOWN ROUNDUP ROWS SUM SUMIFS SUMPRODUCT TEXT VALUE YEAR`)

var (
	formulaWord = regexp.MustCompile(`"(?:[^"]|"")*"`)
	formulaCall = regexp.MustCompile(`([A-Za-z_][\w.]*)\(`)
	formulaRef  = regexp.MustCompile(`(?:'((?:[^']|'')+)'!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?`)
	cellName    = regexp.MustCompile(`^([A-Z]+)(\d+)$`)
)

// extent is how far the cells of a sheet reach.
type extent struct{ column, row int }

func extentOf(cells sheetCells) extent {
	var e extent
	for name := range cells {
		m := cellName.FindStringSubmatch(name)
		e.column, e.row = max(e.column, columnNumber(m[1])), max(e.row, atoi(m[2]))
	}
	return e
}

// columnNumber reads the letters of a column, A being 1.
func columnNumber(letters string) int {
	n := 0
	for _, r := range letters {
		n = 26*n + int(r-'A') + 1
	}
	return n
}

// formulaFaults says what is wrong with a formula on a sheet: a function not all
// programs have, or a reference to what is not there.
func formulaFaults(extents map[string]extent, sheet, formula string) []string {
	var out []string
	bare := formulaWord.ReplaceAllString(formula, `""`)
	for _, m := range formulaCall.FindAllStringSubmatch(bare, -1) {
		if !slices.Contains(sharedFunctions, m[1]) {
			out = append(out, "function "+m[1])
		}
	}
	for _, m := range formulaRef.FindAllStringSubmatch(bare, -1) {
		on := sheet
		if m[1] != "" {
			on = strings.ReplaceAll(m[1], "''", "'")
		}
		e, known := extents[on]
		switch {
		case !known:
			out = append(out, "no sheet "+on)
		case columnNumber(m[2]) > e.column || atoi(m[3]) > e.row:
			out = append(out, m[0]+" is beyond the cells of "+on)
		case m[4] != "" && (columnNumber(m[4]) > e.column || atoi(m[5]) > e.row):
			out = append(out, m[0]+" reaches beyond the cells of "+on)
		}
	}
	return out
}

// linkTarget is where a link of a worksheet leads, as a formula or by itself.
var linkTarget = regexp.MustCompile(`location="([^"]*)"|HYPERLINK\(&#?(?:34|quot);#([^&]*)&|HYPERLINK\("#([^"]*)"`)

// TestFormulasOfTheSamples: each formula can be worked out by every program, what
// it refers to is there, links lead somewhere, and all checks hold. What the
// formulas give is compared by two programs in the end-to-end checks.
func TestFormulasOfTheSamples(t *testing.T) {
	noticeFaults(t)
	for _, sample := range samples.Names() {
		t.Run(sample, func(t *testing.T) {
			path := audited(t, sample).folder + "/audit.xlsx"
			book, parts := bookOf(t, path), zipParts(t, path)
			extents := map[string]extent{}
			for name, cells := range book {
				extents[name] = extentOf(cells)
			}
			formulas, links := 0, 0
			for name, cells := range book {
				for cell, c := range cells {
					if c.formula == "" {
						continue
					}
					formulas++
					for _, fault := range formulaFaults(extents, name, c.formula) {
						t.Errorf("%s!%s: %s, in %s", name, cell, fault, c.formula)
					}
					if c.kind == "e" {
						t.Errorf("%s!%s: the audited value is an error", name, cell)
					}
				}
			}
			for name, part := range parts {
				if !strings.HasPrefix(name, "xl/worksheets/sheet") {
					continue
				}
				for _, m := range linkTarget.FindAllStringSubmatch(part, -1) {
					links++
					to := strings.ReplaceAll(m[1]+m[2]+m[3], "&#39;", "'")
					for _, fault := range formulaFaults(extents, "", to) {
						t.Errorf("%s: a link leads to %s: %s", name, to, fault)
					}
				}
			}
			if formulas < 200 || links < 50 {
				t.Errorf("%d formulas and %d links were found", formulas, links)
			}
			wantChecks(t, book)
		})
	}
}

// wantChecks: every check of the workbook holds, and the summary says how many.
func wantChecks(t *testing.T, book map[string]sheetCells) {
	t.Helper()
	n := 0
	for _, c := range book["Checks"] {
		if c.kind != "b" {
			continue
		}
		if n++; c.value != "1" {
			t.Errorf("a check does not hold: %s", c.formula)
		}
	}
	if n < 20 {
		t.Errorf("%d checks", n)
	}
	for _, sheet := range []string{"Summary", "Checks"} {
		if got, want := book[sheet]["A2"].value, "All "+strconv.Itoa(n)+" checks hold"; got != want {
			t.Errorf("%s says %q, want %q", sheet, got, want)
		}
	}
}

// noticeFaults guards the guard.
func noticeFaults(t *testing.T) {
	t.Helper()
	extents := map[string]extent{"A b": {2, 2}}
	for formula, want := range map[string]string{
		`SUM('A b'!$A$1:$B$2)&"NOW("`: "", `'A b'!$B$2+A1`: "", `OFFSET(A1,1,1)`: "function OFFSET", `_xlfn.XLOOKUP(A1)`: "function _xlfn.XLOOKUP",
		`'C'!A1`: "no sheet C", `A3`: "A3 is beyond the cells of A b",
		`SUM($A$1:$B$3)`: "$A$1:$B$3 reaches beyond the cells of A b",
	} {
		if got := strings.Join(formulaFaults(extents, "A b", formula), "; "); got != want {
			t.Errorf("%s: %q, want %q", formula, got, want)
		}
	}
}
