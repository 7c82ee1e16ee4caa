package report

import (
	"iter"
	"slices"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// figureCheck is a figure of the workbook that comes about in two ways. Both are
// formulas, so that they tell whether what somebody changed still adds up.
type figureCheck struct {
	what        string
	left, right Cell
	at          Ref // where to look
}

// holds reports whether both ways come to the same as they are stored.
func (c figureCheck) holds() bool {
	return c.left.Amount == c.right.Amount && c.left.Count == c.right.Count
}

// The columns of checks of the workbook.
var (
	figureWhat  = Col[figureCheck]{ID: "what", Title: "Check", Width: 60, Wrap: true, Show: func(c figureCheck) Cell { return T(c.what).To(c.at) }}
	figureLeft  = Col[figureCheck]{ID: "left", Title: "One way", Kind: Mixed, Width: 18, Show: func(c figureCheck) Cell { return c.left }}
	figureRight = Col[figureCheck]{ID: "right", Title: "The other", Kind: Mixed, Width: 18, Show: func(c figureCheck) Cell { return c.right }}
	figureHolds = Col[figureCheck]{ID: "holds", Title: "Holds", Kind: Truth, Width: 10,
		Marks: []Mark{{If: F("NOT({})", Here("")), Tone: Alarm}, {If: F("{}", Here("")), Tone: Good}},
		Show: func(c figureCheck) Cell {
			return B(c.holds()).By("ROUND(ROUND({}-{},8),2)=0", Here("left"), Here("right"))
		}}
)

const (
	checksID    = "checks"
	checksSheet = "Checks"
)

// figureChecks is the sheet of checks: totals against the sheets they are made of,
// and against what the audit wrote.
func figureChecks(all []figureCheck) Sheet {
	return Sheet{Name: checksSheet, Grain: "One row per figure that comes about in two ways; both are formulas, but for what is as audited",
		Status: checkStatus(all),
		Blocks: []Table{TableOf[figureCheck]{
			ID: checksID, Title: "Figures that come about in two ways", Empty: "No total is known, so there is nothing to check.", Rows: slices.Values(all),
			Columns: []Col[figureCheck]{figureWhat, figureLeft, figureRight, figureHolds},
		}.Table()},
	}
}

// checkStatus says whether all checks hold; nil where there are none.
func checkStatus(all []figureCheck) *Status {
	if len(all) == 0 {
		return nil
	}
	failed := 0
	for _, c := range all {
		if !c.holds() {
			failed++
		}
	}
	said := "All " + money.Count(len(all)) + " checks hold"
	if failed > 0 {
		said = money.Count(failed) + " checks do not hold: see Checks"
	}
	holds, none := Data(checksID, "holds"), F("ROWS({})-COUNTIF({},TRUE)", Data(checksID, "holds"), Data(checksID, "holds"))
	text := F("IF({}=0,{}&ROWS({})&{},{}&{})", none, Word("All "), holds, Word(" checks hold"), none, Word(" checks do not hold: see Checks"))
	return &Status{
		Cell: T(said).by(text).To(TopOf(checksSheet)),
		Marks: []Mark{
			{If: F("LEFT({},4)<>{}", Here(""), Word("All ")), Tone: Alarm},
			{If: F("LEFT({},4)={}", Here(""), Word("All ")), Tone: Good},
		},
	}
}

// checksOf lists the checks of a workbook; none where nothing is known to add up.
func checksOf(r *audit.Result) []figureCheck {
	if !r.Plan.Totals.AsIs.Known() {
		return nil
	}
	return slices.Collect(func(yield func(figureCheck) bool) {
		for _, list := range []iter.Seq[figureCheck]{totalChecks(r), planChecks(r), sumChecks(r), whatIfChecks(r), countCheck(r), dueChecks(r)} {
			for c := range list {
				if !yield(c) {
					return
				}
			}
		}
	})
}

// totalChecks compare each total of the summary with what the audit wrote, and
// with the parts it has.
func totalChecks(r *audit.Result) iter.Seq[figureCheck] {
	return func(yield func(figureCheck) bool) {
		for _, t := range totals(&r.Plan) {
			if !yield(figureCheck{t.name + ": as the sheets have it now, and as audited", M(t.amount).By("{}", totalCell(t.id)), M(t.amount), totalCell(t.id)}) {
				return
			}
		}
		t := &r.Plan.Totals
		sum := func(column string) Ref { return TotalOf(subscriptionsTable, column) }
		_ = yield(figureCheck{"Subscriptions: as is, and current + volume + price changes", M(t.AsIs).By("{}", sum("as_is")),
			M(t.AsIs).By("{}+{}+{}", sum("current"), sum("volume"), sum("price_changes")), sum("as_is")}) &&
			yield(figureCheck{"Recommended: the subscriptions, and as is less both savings", M(t.Recommended).By("{}", sum("recommended")),
				M(t.Recommended).By("{}", totalCell("recommended")), sum("recommended")})
	}
}

// planChecks compare what the actions are worth with the subscriptions.
func planChecks(r *audit.Result) iter.Seq[figureCheck] {
	t := &r.Plan.Totals
	recommended := M(t.Recommended).By("{}", TotalOf(subscriptionsTable, "recommended"))
	out := []figureCheck{{"The end of the bridge, and the subscriptions as recommended",
		M(t.Recommended).By("{}", At(bridgeID, string(plan.StepRecommended), "amount")), recommended, At(bridgeID, string(plan.StepRecommended), "amount")}}
	if len(r.Plan.Actions) > 0 {
		worth, class := Data(actionsTable, Worth), Data(actionsTable, "class")
		out = append(out,
			figureCheck{"As is less every action once, and the subscriptions as recommended",
				M(t.Recommended).By("{}-SUM({})", totalCell("as_is"), worth), recommended, TopOf("Actions")},
			figureCheck{"Actions that avoid a price rise, and the avoidance of the subscriptions",
				M(t.Avoidance).By("SUMIFS({},{},{})", worth, class, Word(classTitle(plan.Avoidance))),
				M(t.Avoidance).By("{}", TotalOf(subscriptionsTable, "avoidance")), TopOf("Actions")})
	}
	return slices.Values(out)
}

// sumChecks compare each way of adding up with the totals.
func sumChecks(r *audit.Result) iter.Seq[figureCheck] {
	t := &r.Plan.Totals
	return func(yield func(figureCheck) bool) {
		if r.Coverage.Counted == 0 {
			return
		}
		for _, w := range sumWays {
			for _, x := range []struct {
				column, name string
				amount       money.Amount
			}{{"as_is", "as is", t.AsIs}, {"recommended", "recommended", t.Recommended}} {
				sum, what := TotalOf(sumsID(w.by), x.column), "Sums by "+w.title+": "+x.name+", and the total"
				if !yield(figureCheck{what, M(x.amount).By("{}", sum), M(x.amount).By("{}", totalCell(x.column)), sum}) {
					return
				}
			}
		}
	}
}
