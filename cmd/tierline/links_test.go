package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// jump is a link as a formula.
var jump = regexp.MustCompile(`^HYPERLINK\("#([^"]+)",`)

// Every link of a workbook leads to a cell of it that says something, and the people
// of a finding and the subscription of a person are one click away.
func TestLinksLeadSomewhere(t *testing.T) {
	f, err := excelize.OpenFile(filepath.Join(audited(t, "enterprise").folder, "audit.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ways := map[string]int{}
	for _, sheet := range f.GetSheetList() {
		for _, place := range linksOf(t, f, sheet) {
			to, cell, found := strings.Cut(place, "!")
			to = strings.Trim(to, "'")
			ways[sheet+" -> "+to]++
			if said, err := f.GetCellValue(to, cell); !found || err != nil || said == "" {
				t.Errorf("%s leads to %s, where there is %q: %v", sheet, place, said, err)
			}
		}
	}
	for _, way := range []string{"Summary -> Subscriptions", "Summary -> Actions", "Actions -> Users", "Findings -> Actions", "Findings -> Users",
		"Findings -> Subscriptions", "Users -> Actions", "Users -> Subscriptions", "Subscriptions -> Actions", "Subscriptions -> Calculations"} {
		if ways[way] == 0 {
			t.Errorf("no link %s", way)
		}
	}
}

// linksOf lists where the links of a sheet lead.
func linksOf(t *testing.T, f *excelize.File, sheet string) []string {
	t.Helper()
	var out []string
	cells, err := f.GetHyperLinkCells(sheet, "Location")
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range cells {
		if _, to, err := f.GetCellHyperLink(sheet, cell); err == nil {
			out = append(out, to)
		}
	}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if sheet != "Users" { // the one of many rows
		return out
	}
	for row := range rows {
		for column := 1; column <= 12; column++ {
			formula, err := f.GetCellFormula(sheet, cellAt(t, column, row+1))
			if err != nil {
				t.Fatal(err)
			}
			if m := jump.FindStringSubmatch(formula); m != nil {
				out = append(out, m[1])
			}
		}
	}
	return out
}
