package report

import (
	"iter"

	"tierline/audit"
)

// stepRow is a step of the calculation of one amount of a subscription.
type stepRow struct {
	*audit.Step
	line   *audit.Line
	of     int // number of the subscription
	way    string
	number int
}

// The columns of calculations.
var (
	stepOf     = Col[stepRow]{ID: "number", Title: "No", Kind: Count, Note: "number of the subscription", Width: 12, Show: func(s stepRow) Cell { return N(s.of) }}
	stepSite   = Col[stepRow]{ID: "site", Title: "Site", Width: 14, Show: func(s stepRow) Cell { return place(s.line.Site) }}
	stepName   = Col[stepRow]{ID: "name", Title: "Subscription", Width: 28, Show: func(s stepRow) Cell { return T(s.line.Name) }}
	stepWay    = Col[stepRow]{ID: "way", Title: "Way", Width: 14, Show: func(s stepRow) Cell { return T(s.way) }}
	stepNumber = Col[stepRow]{ID: "step", Title: "Step", Kind: Count, Width: 7, Show: func(s stepRow) Cell { return N(s.number) }}
	stepSeats  = Col[stepRow]{ID: "seats", Title: "Seats", Kind: Count, Width: 9, Show: func(s stepRow) Cell {
		if s.Unit == nil {
			return T("")
		}
		return N(s.Seats)
	}}
	stepUnit = Col[stepRow]{ID: "unit", Title: "Unit price", Kind: Decimal, Width: 14, Show: func(s stepRow) Cell {
		if s.Unit == nil {
			return T("")
		}
		return X(*s.Unit)
	}}
	stepAmount   = Col[stepRow]{ID: "amount", Title: "Amount", Kind: Decimal, Width: 18, Show: func(s stepRow) Cell { return X(s.Amount) }}
	stepCurrency = Col[stepRow]{ID: "currency", Title: "Currency", Width: 9, Show: func(s stepRow) Cell { return T(string(s.line.Currency)) }}
	stepNote     = Col[stepRow]{ID: "note", Title: "Note", Width: 70, Wrap: true, Show: func(s stepRow) Cell { return T(s.Note) }}
	stepLine     = Col[stepRow]{ID: "id", Title: "Id", Width: 34, Aside: true, Show: func(s stepRow) Cell { return T(s.line.ID) }}
)

// calculationsTable is the id of the table of calculations.
const calculationsTable = "calculations"

// The ways to renew of which the steps are shown.
const (
	wayCurrent     = "current"
	wayAsIs        = "as is"
	wayRecommended = "recommended"
)

// seatsTimesUnit is how the amount of a step comes about, where it is that
// product.
func seatsTimesUnit(s stepRow) Formula {
	if !s.IsProduct() {
		return Formula{}
	}
	return F("{}*{}", Here("seats"), Here("unit"))
}

func firstStep(s stepRow) string { return stepKey(s.of, s.number, s.way) }

// explainedLine is the row of the subscription that a step explains.
func explainedLine(s stepRow) Ref { return At(subscriptionsTable, s.line.ID, "number") }

func calculationsSheet(r *audit.Result) Sheet {
	return Sheet{
		Name: "Calculations", Grain: "One row per step; the steps of a subscription and way add up to its amount exactly, with every decimal",
		Table: TableOf[stepRow]{
			ID: calculationsTable, Key: firstStep, Title: "Calculations", Empty: "No amount is known.", Rows: stepRows(r),
			Columns: []Col[stepRow]{stepOf.Leading(explainedLine), stepSite, stepName, stepWay, stepNumber, stepSeats, stepUnit,
				stepAmount.By(seatsTimesUnit), stepCurrency, stepNote, stepLine},
		}.FoldedAway().Table(),
	}
}

func stepRows(r *audit.Result) iter.Seq[stepRow] {
	return func(yield func(stepRow) bool) {
		of := 0
		for l := range each(r.Lines) {
			of++
			for _, way := range []struct {
				name  string
				steps []audit.Step
			}{{wayCurrent, l.CurrentSteps}, {wayAsIs, l.Steps}, {wayRecommended, l.RecommendedSteps}} {
				for i := range way.steps {
					if !yield(stepRow{&way.steps[i], l, of, way.name, i + 1}) {
						return
					}
				}
			}
		}
	}
}
