package report

import (
	"fmt"
	"iter"

	"tierline/audit"
)

// findingLinesTable is the id of the table of findings by subscription.
const findingLinesTable = "finding_lines"

// findingLine is what a finding is worth on a subscription.
type findingLine struct {
	*audit.LineAmount
	of          *audit.Finding
	finding, at int // the place of the finding in the result, and its own in the finding
}

// findingLineKey names a row by the place of the finding and its own in it.
func findingLineKey(finding, at int) string { return fmt.Sprintf("%d %d", finding, at) }

func (x findingLine) key() string { return findingLineKey(x.finding, x.at) }

// findingLines lists the subscriptions of all findings.
func findingLines(r *audit.Result) iter.Seq[findingLine] {
	return func(yield func(findingLine) bool) {
		for n := range r.Findings {
			f := &r.Findings[n]
			for i := range f.Lines {
				if !yield(findingLine{&f.Lines[i], f, n, i}) {
					return
				}
			}
		}
	}
}

// lineFigures word the figure that an amount is, with the sheet that has it.
var lineFigures = map[audit.WorthOf]string{
	audit.OfAsIs: "as is, in Subscriptions", audit.OfCurrent: "current, in Subscriptions", audit.OfSaving: "as is less recommended, in Subscriptions",
	audit.OfWithout: "saved without it, in Apps", audit.OfPriceChange: "this term, in Price changes",
	audit.OfUnused: "unused capacity of a year, in Tiers", audit.OfGrowth: "the higher growth on as is, in Bills", audit.OfRunning: "before renewal, in What-if",
	"": "worked out for this finding",
}

// findingLinesSheet lists what findings are worth on each subscription.
func findingLinesSheet(r *audit.Result) Sheet {
	from := newLineCells(r)
	line := func(x findingLine) string { return x.Line }
	return Sheet{
		Name: "Finding amounts", Grain: "One row per finding and subscription that it is about; Findings adds these amounts up where they are its worth",
		Table: TableOf[findingLine]{
			ID: findingLinesTable, Title: "Finding amounts", Empty: "No finding is about a subscription.", Rows: findingLines(r), Key: findingLine.key,
			Columns: []Col[findingLine]{
				{ID: "rule", Title: "Rule", Width: 20, Pinned: true, Show: func(x findingLine) Cell { return T(x.of.Rule) }},
				{ID: "subject", Title: "Subject", Width: 34, Wrap: true, Show: func(x findingLine) Cell { return T(x.of.Subject) }},
				subscriptionNo(from, line),
				{ID: "name", Title: "Subscription", Width: 32, Show: func(x findingLine) Cell { return T(x.Name) }},
				Col[findingLine]{ID: "amount", Title: "Amount", Kind: Money, Width: 16, Show: func(x findingLine) Cell { return M(x.Amount) }}.By(newWorths(r).on),
				{ID: "of", Title: "What it is", Width: 34, Show: func(x findingLine) Cell { return T(lineFigures[x.Of]) }},
				{ID: "note", Title: "Note", Width: 50, Wrap: true, Show: func(x findingLine) Cell { return T(x.Note) }},
			},
		}.Table(),
	}
}
