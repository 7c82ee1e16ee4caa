package main

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// toned counts, by title of a sheet's columns, in how many cells one of the tones of
// the column shows, by working its conditions out row by row.
func toned(t *testing.T, f *excelize.File, sheet string) (fired, cells map[string]int) {
	t.Helper()
	formats, err := f.GetConditionalFormats(sheet)
	if err != nil {
		t.Fatal(err)
	}
	fired, cells = map[string]int{}, map[string]int{}
	for places, tones := range formats {
		a, ok := areaOf(places)
		if !ok {
			t.Fatalf("%s: tones of %q", sheet, places)
		}
		title, err := f.GetCellValue(sheet, cellAt(t, a.left, a.top-1))
		if err != nil {
			t.Fatal(err)
		}
		for row := a.top; row <= a.bottom; row += 1 + (a.bottom-a.top)/100 {
			cells[title]++
			for _, tone := range tones {
				if holds(t, f, sheet, tone.Criteria, cellAt(t, a.left, a.top), cellAt(t, a.left, row)) {
					fired[title]++
					break
				}
			}
		}
	}
	return fired, cells
}

func cellAt(t *testing.T, column, row int) string {
	t.Helper()
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// holds works a condition on one cell out for another of its column.
func holds(t *testing.T, f *excelize.File, sheet, condition, first, cell string) bool {
	t.Helper()
	row := func(name string) string { return strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }
	inRow := regexp.MustCompile(`(\$[A-Z]+)` + row(first) + `\b`) // of whatever column
	condition = inRow.ReplaceAllString(condition, "${1}"+row(cell))
	const scratch = "XFD1"
	if err := f.SetCellFormula(sheet, scratch, condition); err != nil {
		t.Fatal(err)
	}
	out, err := f.CalcCellValue(sheet, scratch)
	if err != nil {
		t.Fatalf("%s!%s: %s: %v", sheet, cell, condition, err)
	}
	truth, err := strconv.ParseBool(out)
	if err != nil {
		t.Fatalf("%s!%s: %s is %q", sheet, cell, condition, out)
	}
	return truth
}

// TestTonesShow: what a reader must not miss stands out, and the rest does not.
func TestTonesShow(t *testing.T) {
	held := auditInto(t, command, t.TempDir(), filepath.Join("testdata", "cases", "1.22-held-bundle-holds-its-family", "in"))
	for _, x := range []struct {
		folder string
		tones  map[string]string // the columns that take them, by sheet
		all    bool              // in every cell, not in some
	}{
		{audited(t, "acme").folder, map[string]string{"Users": "Idle days|Band", "Tiers": "Headroom", "Deadlines": "Date", "Actions": "Deadline",
			"Findings": "By|Worth on its own", "Apps": "Idle"}, false},
		{held.folder, map[string]string{"Trust": "State", "Subscriptions": "Current|As is|Recommended|State"}, true},
	} {
		f, err := excelize.OpenFile(filepath.Join(x.folder, "audit.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		for sheet, titles := range x.tones {
			fired, cells := toned(t, f, sheet)
			for title := range strings.SplitSeq(titles, "|") {
				if n := fired[title]; n == 0 || x.all != (n == cells[title]) {
					t.Errorf("%s: a tone of %s shows in %d of %d cells", sheet, title, n, cells[title])
				}
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
