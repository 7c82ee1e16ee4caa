package report

import (
	"tierline/audit"
	"tierline/audit/money"
)

// Tables of the pages that links lead to, beside those of the workbook.
const (
	shortActions = "actions to approve" // page 1
	fullActions  = "actions in full"
	staircases   = "staircases"
	sections     = "sections"
)

// Staircase is the ladder of a bundle, for links.
func Staircase(bundle string) Ref { return At(staircases, bundle, "") }

// Place is what links name the ladder by.
func (l *Ladder) Place() Ref { return Staircase(l.Key) }

// SectionPlace is where a section begins, for links.
func SectionPlace(title string) Ref { return At(sections, title, "") }

// Leading returns the column with a link in each cell.
func (c Col[R]) Leading(to func(R) Ref) Col[R] {
	show := c.Show
	c.Show = func(row R) Cell { return show(row).To(to(row)) }
	return c
}

func actionKey(a actionRow) string     { return a.ID }
func placeOnFirstPage(a actionRow) Ref { return At(shortActions, a.ID, "") }
func placeInFull(a actionRow) Ref      { return At(fullActions, a.ID, "") }
func placeOfStaircase(a actionRow) Ref { return Staircase(a.Bundle) }

// moves lists the actions that change what a bundle costs, for its ladder.
func moves(r *audit.Result, bundle string) []Cell {
	var out []Cell
	for a := range each(r.Plan.Actions) {
		if a.Bundle == bundle {
			out = append(out, T("Action "+money.Count(a.Number)).To(placeInFull(actionRow{a, &r.Plan})))
		}
	}
	return out
}
