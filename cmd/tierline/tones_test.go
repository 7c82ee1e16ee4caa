package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// toned counts, by title of some of a sheet's columns, in how many cells one of the
// tones of the column shows, by working its conditions out row by row: all rows, or
// until one shows and one does not.
func toned(t *testing.T, f *excelize.File, sheet string, titles []string, all bool) (fired, cells map[string]int) {
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
		if !slices.Contains(titles, title) {
			continue
		}
		for row := a.top; row <= a.bottom; row += 1 + (a.bottom-a.top)/100 {
			if n := fired[title]; !all && n > 0 && n < cells[title] {
				break
			}
			cells[title]++
			for _, tone := range tones {
				if holds(t, f, sheet, tone.Criteria, a.top, row) {
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

// holds works the condition of a row out for another one, by the audited values of its
// cells: the library would work out anew what their formulas add up.
func holds(t *testing.T, f *excelize.File, sheet, condition string, first, row int) bool {
	t.Helper()
	inRow := regexp.MustCompile(`\$([A-Z]+)` + strconv.Itoa(first) + `\b`) // of whatever column
	for _, m := range inRow.FindAllStringSubmatch(condition, -1) {
		if err := f.SetCellFormula(sheet, m[1]+strconv.Itoa(row), ""); err != nil {
			t.Fatal(err)
		}
	}
	condition = inRow.ReplaceAllString(condition, "$$${1}"+strconv.Itoa(row))
	const scratch = "XFD1"
	if err := f.SetCellFormula(sheet, scratch, condition); err != nil {
		t.Fatal(err)
	}
	out, err := f.CalcCellValue(sheet, scratch)
	if err != nil {
		t.Fatalf("%s, row %d: %s: %v", sheet, row, condition, err)
	}
	truth, err := strconv.ParseBool(out)
	if err != nil {
		t.Fatalf("%s, row %d: %s is %q", sheet, row, condition, out)
	}
	return truth
}

// TestTonesShow: what a reader must not miss stands out, and the rest does not.
func TestTonesShow(t *testing.T) {
	held := auditFolder(t, filepath.Join("testdata", "cases", "1.22-held-bundle-holds-its-family", "in"))
	for _, x := range []struct {
		folder string
		tones  map[string][]string // the columns that take them, by sheet
		all    bool                // in every cell, not in some
	}{
		{audited(t, "acme").folder, map[string][]string{"Users": {"Idle days", "Band"}, "Tiers": {"Headroom"}, "Deadlines": {"Date"}, "Actions": {"Deadline"},
			"Findings": {"By", "Worth on its own"}, "Apps": {"Idle"}}, false},
		{held.folder, map[string][]string{"Trust": {"State"}, "Subscriptions": {"Current", "As is", "Recommended", "State"}}, true},
	} {
		f, err := excelize.OpenFile(filepath.Join(x.folder, "audit.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		for sheet, titles := range x.tones {
			fired, cells := toned(t, f, sheet, titles, x.all)
			for _, title := range titles {
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
