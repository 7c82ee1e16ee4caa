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

// lineFigures word the figure that an amount is, each with the sheet that has it.
var lineFigures = map[audit.WorthOf]struct{ figure, sheet string }{
	audit.OfAsIs: {"as is", "Subscriptions"}, audit.OfCurrent: {"current", "Subscriptions"}, audit.OfSaving: {"as is less recommended", "Subscriptions"},
	audit.OfWithout: {"saved without it", "Apps"}, audit.OfPriceChange: {"this term", "Price changes"}, audit.OfUnused: {"unused capacity of a year", "Tiers"},
	audit.OfGrowth: {"the higher growth on as is", "Bills"}, audit.OfRunning: {"before renewal", "What-if"},
	audit.OfRightSize: {"as is less after right-sizing", "Subscriptions"}, audit.OfRemoval: {"after right-sizing less after clean-up", "Subscriptions"},
	audit.OfApart: {"after billing cycle", "Subscriptions"}, audit.OfStepUp: {"step up of a year", "Tiers"}, audit.OfStepDown: {"step down of a year", "Tiers"},
	audit.OfBill: {"bill as is", "Bills"}, audit.OfPeaks: {"at today's price", "Peaks"}, "": {figure: "worked out for this finding"},
}

// lineFigure says what figure an amount is, and where it is looked up. What other
// removals or another tier would lower is a figure of the finding alone.
func (w *worths) lineFigure(x findingLine) string {
	of := lineFigures[x.Of]
	if _, is := w.found(x); !is {
		return lineFigures[""].figure
	}
	if w.on(x).None() {
		return of.figure
	}
	return of.figure + ", in " + of.sheet
}

// findingLinesSheet lists what findings are worth on each subscription.
func findingLinesSheet(r *audit.Result) Sheet {
	from, worth := newLineCells(r), newWorths(r)
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
				Col[findingLine]{ID: "amount", Title: "Amount", Kind: Money, Width: 16, Show: func(x findingLine) Cell { return M(x.Amount) }}.By(worth.on),
				{ID: "of", Title: "What it is", Width: 34, Show: func(x findingLine) Cell { return T(worth.lineFigure(x)) }},
				{ID: "note", Title: "Note", Width: 50, Wrap: true, Show: func(x findingLine) Cell { return T(x.Note) }},
			},
		}.Table(),
	}
}
