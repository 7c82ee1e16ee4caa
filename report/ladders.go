package report

import (
	"iter"
	"slices"

	"tierline/audit"
	"tierline/audit/money"
)

// ladderRow is a subscription at the top of a tier of its ladder.
type ladderRow struct {
	*audit.RungLine
	rung     *audit.LadderRung
	position *audit.Position
	number   int // of the ladder
}

// laddersTable is the id of the table of ladders.
const laddersTable = "ladders"

// The columns of ladders.
var (
	ladderNumber = Col[ladderRow]{ID: "ladder", Title: "Ladder", Kind: Count, Width: 8, Show: func(g ladderRow) Cell { return N(g.number) }}
	ladderBundle = Col[ladderRow]{ID: "bundle", Title: "Product and its apps", Width: 30, Wrap: true, Show: func(g ladderRow) Cell { return T(g.position.Title) }}
	ladderName   = Col[ladderRow]{ID: "name", Title: "Subscription", Width: 28, Show: func(g ladderRow) Cell { return T(g.Name) }}
	ladderFrom   = Col[ladderRow]{ID: "from", Title: "Tier from", Kind: Count, Width: 9, Show: func(g ladderRow) Cell { return N(g.rung.Tier.From) }}
	ladderTop    = Col[ladderRow]{ID: "top", Title: "Tier top", Kind: Count, Width: 9, Show: func(g ladderRow) Cell { return given(g.rung.Tier.To) }}
	ladderState  = Col[ladderRow]{ID: "state", Title: "It is", Width: 30, Show: func(g ladderRow) Cell { return T(rungState(g.rung)) }}
	ladderAmount = Col[ladderRow]{ID: "amount", Title: "Twelve months", Kind: Money, Width: 16, Note: "for the top of the tier, at the prices of today",
		Show: func(g ladderRow) Cell { return M(g.Amount) }}
)

// rungState says what a tier is to the audit, blank for any other.
func rungState(g *audit.LadderRung) string {
	switch {
	case g.Here && g.Target:
		return "paid for today and after the plan"
	case g.Here:
		return "paid for today"
	case g.Target:
		return "after the plan"
	}
	return ""
}

// laddersSheet has what each step of a ladder is made of.
func laddersSheet(r *audit.Result) Sheet {
	from, of := newLineCells(r), newTierBills(r)
	all := slices.Collect(ladderRows(r))
	line := func(g ladderRow) string { return g.Line }
	amount := func(g ladderRow) Formula {
		if g.rung.Tier.To == nil || of[g.Line] == nil || !of[g.Line].Gives(r.WhatIf.Prices, *g.rung.Tier.To, g.Amount) {
			return Formula{}
		}
		return of.bill(g.Line, Here("top"))
	}
	columns := []Col[ladderRow]{subscriptionNo(from, line), ladderNumber, ladderBundle, ladderName, ladderFrom, ladderTop, ladderState, ladderAmount.By(amount)}
	terms := listTerms(of, line)
	few := lookable(len(terms)*len(all), len(r.WhatIf.Tiers))
	for _, c := range terms {
		if few {
			c = c.By(func(ladderRow) Formula { return numbered(tiersTable, c.ID, Here("number")) })
		}
		columns = append(columns, c)
	}
	return Sheet{
		Name: "Ladders", Grain: "One row per tier of a product and subscription that moves with it: what twelve months cost at the top of the tier",
		Lead: []string{"A ladder is an annual product with the linked apps whose tier climbs with its users. To compare tiers, filter one ladder."},
		Table: TableOf[ladderRow]{
			ID: laddersTable, Title: "Ladders", Empty: "No annual product stands in a tier with a known price.", Rows: slices.Values(all), Columns: columns,
		}.Table(),
	}
}

// numberedLadder is a position with a ladder.
type numberedLadder struct {
	*audit.Position
	number int // of the ladder
}

// ladders numbers the positions that have a ladder.
func ladders(r *audit.Result) []numberedLadder {
	var out []numberedLadder
	for p := range each(r.Positions) {
		if len(p.Ladder) > 0 {
			out = append(out, numberedLadder{p, len(out) + 1})
		}
	}
	return out
}

// ladderRows yields what the tiers of every ladder are made of.
func ladderRows(r *audit.Result) iter.Seq[ladderRow] {
	return func(yield func(ladderRow) bool) {
		for _, p := range ladders(r) {
			for g := range each(p.Ladder) {
				for l := range each(g.Lines) {
					if !yield(ladderRow{l, g, p.Position, p.number}) {
						return
					}
				}
			}
		}
	}
}

// rungRow is a tier of a ladder that is drawn.
type rungRow struct {
	*audit.LadderRung
	ladder int // its number
}

// made adds up what the tier is made of in the sheet Ladders.
func (g rungRow) made(amount money.Amount) Cell {
	c := M(amount)
	if len(g.Lines) == 0 {
		return c
	}
	return c.by(sumWhere(plainWords, laddersTable, "amount", pick{"ladder", Number(g.ladder)}, pick{"from", Number(g.Tier.From)}))
}
