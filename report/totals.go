package report

import (
	"slices"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// total is one of the totals of the plan, or a part of one.
type total struct {
	id     string
	name   string
	figure string // its name where reports must show it, see [Document.Figures]
	amount money.Amount
	means  string
	strong bool
}

// The columns of totals.
var (
	totalName   = Col[total]{ID: "name", Title: "Figure", Width: 34, Wrap: true, Show: func(t total) Cell { return T(t.name) }}
	totalAmount = Col[total]{ID: "amount", Title: "Amount", Kind: Money, Width: 20, InTotal: true, Show: func(t total) Cell {
		c := M(t.amount).As(t.figure)
		c.Strong = t.strong
		return c
	}}
	totalMeaning = Col[total]{ID: "meaning", Title: "Meaning", Width: 70, Wrap: true, Show: func(t total) Cell { return T(t.means) }}
)

// What the savings mean, in the words of each report.
const (
	hardSavingMeans = "less money spent, because less is bought"
	avoidanceMeans  = "price rises not suffered, by quotes in time"
)

// totals is every total with what it means.
func totals(p *audit.Plan) []total {
	t := &p.Totals
	return []total{
		{"current", "Current", "", t.Current, "twelve months at today's prices and quantities", false},
		{"volume", "Volume", "", t.Volume, "what the coming term's quantities change, at today's prices", false},
		{"price_changes", "Price changes", "", t.PriceChanges, "what announced prices add", false},
		{"as_is", "Renew as is", "as_is", t.AsIs, "current + volume + price changes", true},
		{"hard_saving", "Hard saving", "hard_saving", t.HardSaving, hardSavingMeans, false},
		{"avoidance", "Avoidance", "avoidance", t.Avoidance, avoidanceMeans, false},
		{"recommended", "Recommended", "recommended", t.Recommended, "as is - hard saving - avoidance", true},
	}
}

// totalsTable lists totals, with the columns of their names and amounts.
func totalsTable(all []total, name, amount Col[total]) Table {
	return TableOf[total]{
		ID: totalsID, Title: "Totals for the coming term of twelve months", Rows: slices.Values(all), Key: func(t total) string { return t.id },
		Columns: []Col[total]{name, amount, totalMeaning},
	}.Table()
}

// totalsID is the id of the table of totals.
const totalsID = "totals"

// totalCell is a total of the summary.
func totalCell(id string) Ref { return At(totalsID, id, "amount") }

// madeOf is where the subscriptions are that a total adds up.
func madeOf(t total) (Ref, bool) { return TotalOf(subscriptionsTable, t.id), t.id != "" }

// totalFrom is what a total follows from: the subscriptions or other totals.
func totalFrom(t total) Formula {
	switch t.id {
	case "as_is":
		return F("{}+{}+{}", totalCell("current"), totalCell("volume"), totalCell("price_changes"))
	case "recommended":
		return F("{}-{}-{}", totalCell("as_is"), totalCell("hard_saving"), totalCell("avoidance"))
	}
	return F("{}", TotalOf(subscriptionsTable, t.id))
}

// The columns of the bridge.
var (
	bridgeStep   = Col[*audit.BridgeStep]{ID: "step", Title: "Step", Width: 34, Show: func(b *audit.BridgeStep) Cell { return T(b.Title) }}
	bridgeAmount = Col[*audit.BridgeStep]{ID: "amount", Title: "Amount", Kind: Money, Width: 20, Show: func(b *audit.BridgeStep) Cell {
		c := M(b.Amount)
		c.Strong = isEnd(b)
		return c
	}}
)

// bridgeID is the id of the table of the bridge.
const bridgeID = "bridge"

func bridgeTable(r *audit.Result) Table {
	return TableOf[*audit.BridgeStep]{
		ID: bridgeID, Key: func(b *audit.BridgeStep) string { return string(b.Step) }, Title: "Bridge",
		Note: "Changes are cumulative in this order and add up exactly.", Rows: each(r.Plan.Bridge),
		Columns: []Col[*audit.BridgeStep]{bridgeStep.LeadingWhere(actionsOf), bridgeAmount.By(bridgeFrom)},
	}.Table()
}

// actionsOf is where the actions are that a step of the bridge adds up.
func actionsOf(b *audit.BridgeStep) (Ref, bool) { return TopOf("Actions"), !isEnd(b) }

// bridgeFrom is what a step follows from: the actions that are part of it. The
// ends are a total, and all steps before it together.
func bridgeFrom(b *audit.BridgeStep) Formula {
	switch b.Step {
	case plan.StepAsIs:
		return F("{}", totalCell("as_is"))
	case plan.StepRecommended:
		return bridgeTo(plan.StepQuotes)
	}
	return F("-SUM({})", Data(actionsTable, partID(b.Step)))
}

// bridgeTo is the bridge from as is to a step.
func bridgeTo(last plan.Step) Formula {
	return F("SUM({})", Span(bridgeID, string(plan.StepAsIs), string(last), "amount"))
}

// isEnd reports whether a step is an end of the bridge, a total by itself.
func isEnd(b *audit.BridgeStep) bool {
	return b.Step == plan.StepAsIs || b.Step == plan.StepRecommended
}

// bridge is the way from what is paid today to the recommendation as a waterfall,
// without the steps that change nothing; none where nothing is weighed.
func bridge(r *audit.Result) Bridge {
	if r.Trust.Subscriptions.None() {
		return Bridge{}
	}
	t := &r.Plan.Totals
	out := Bridge{Title: "From today's cost to the recommendation, " + string(r.Run.Currency)}
	if t.Volume.Sign() != 0 || t.PriceChanges.Sign() != 0 {
		out.Bars = append(out.Bars, BridgeBar{Label: "Current", Amount: t.Current, Total: true, Of: totalCell("current")})
		out.change("Volume", t.Volume, "", totalCell("volume"))
		out.change("Price changes", t.PriceChanges, "", totalCell("price_changes"))
	}
	for s := range each(r.Plan.Bridge) {
		class := plan.HardSaving
		if s.Step == plan.StepQuotes {
			class = plan.Avoidance
		}
		of := At(bridgeID, string(s.Step), "amount")
		if isEnd(s) {
			out.Bars = append(out.Bars, BridgeBar{Label: s.Title, Amount: s.Amount, Total: true, Of: of})
			continue
		}
		out.change(s.Title, s.Amount, class, of)
	}
	return out
}

// change adds a step that changes something; an increase is of no class.
func (b *Bridge) change(label string, a money.Amount, less plan.Class, of Ref) {
	switch a.Sign() {
	case 0:
	case 1:
		b.Bars = append(b.Bars, BridgeBar{Label: label, Amount: a, Of: of})
	default:
		b.Bars = append(b.Bars, BridgeBar{Label: label, Amount: a, Class: less, Of: of})
	}
}

// The columns of scenarios.
var (
	scenarioTitle = Col[*audit.Scenario]{ID: "title", Title: "Scenario", Width: 34, Wrap: true, Show: func(s *audit.Scenario) Cell {
		c := T(s.Title)
		c.Strong = s.ID == plan.AsRecommended
		return c
	}}
	scenarioAmount = Col[*audit.Scenario]{ID: "amount", Title: "Total", Kind: Money, Width: 20, Show: func(s *audit.Scenario) Cell { return M(s.Amount) }}
	scenarioChange = Col[*audit.Scenario]{ID: "change", Title: "Against as is", Kind: Money, Width: 20,
		Show: func(s *audit.Scenario) Cell { return M(s.Change) }}
)

// scenariosID is the id of the table of scenarios.
const scenariosID = "scenarios"

// scenariosTable lists scenarios, with the column of their amounts.
func scenariosTable(all []audit.Scenario, amount Col[*audit.Scenario]) Table {
	return TableOf[*audit.Scenario]{ID: scenariosID, Key: func(s *audit.Scenario) string { return string(s.ID) }, Title: "Scenarios", Rows: each(all),
		Columns: []Col[*audit.Scenario]{scenarioTitle, amount, scenarioChange.By(func(*audit.Scenario) Formula {
			return F("{}-{}", Here("amount"), totalCell("as_is"))
		})}}.Table()
}

// scenarioFrom is what a scenario follows from: how far the bridge is gone, or the
// grown bills of the coming term. Any other follows from nothing shown.
func scenarioFrom(r *audit.Result) func(*audit.Scenario) Formula {
	states := map[plan.ScenarioID]plan.Step{
		plan.RenewAsIs: plan.StepAsIs, plan.CleanUpOnly: plan.StepCleanUp, plan.CleanUpAndCycle: plan.StepCycle,
		plan.QuotesMissed: plan.StepMultiInstance, plan.AsRecommended: plan.StepQuotes,
	}
	return func(s *audit.Scenario) Formula {
		last, is := states[s.ID]
		if is && r.Plan.UpTo(last) == s.Amount {
			return bridgeTo(last)
		}
		if i, is := s.ID.Growth(); is && r.Cash.GrownTerm(i) == s.Amount {
			return sumWhere(plainWords, dueID, string(s.ID), pick{"term", Number(1)}, pick{"way", Word(wayAsIs)})
		}
		return Formula{}
	}
}

// The columns of settings that keep the plan from something.
var (
	constraintSetting = Col[*audit.Constraint]{ID: "setting", Title: "Setting", Width: 60, Wrap: true,
		Show: func(c *audit.Constraint) Cell { return T(c.Setting + ": " + c.Value) }}
	constraintCost = Col[*audit.Constraint]{ID: "cost", Title: "Costs", Kind: Money, Width: 18, Show: func(c *audit.Constraint) Cell { return M(c.Cost) }}
)

// constraintLimit is the column of what a setting says, for those who do not set it.
func constraintLimit(r *audit.Result) Col[*audit.Constraint] {
	meaning := map[string]string{}
	for _, s := range r.Run.Policy.Settings() {
		meaning[s.Name] = s.Meaning
	}
	return Col[*audit.Constraint]{ID: "limit", Title: "Limit", Width: 60, Wrap: true,
		Show: func(c *audit.Constraint) Cell { return T(meaning[c.Setting] + ": " + c.Value) }}
}

// constraintsTable says what settings cost that keep the plan from something.
func constraintsTable(r *audit.Result, setting Col[*audit.Constraint]) Table {
	return TableOf[*audit.Constraint]{
		Title: "What the limits on the plan cost", Note: "How much less would be recommended without the setting, the others staying as they are.",
		Rows: each(r.Plan.Constraints), Columns: []Col[*audit.Constraint]{setting, constraintCost},
	}.Table()
}

// scenariosTitle is the section of the PDF with what else might be paid.
const scenariosTitle = "Scenarios"

func scenariosSection(r *audit.Result) Section {
	s := Section{Title: scenariosTitle}
	if !r.Plan.Totals.AsIs.Known() {
		s.Lead = []string{"No subscription is in the totals, so none of this is known."}
		return s
	}
	said := func(x audit.Scenario) bool { // a growth of nothing is as is
		_, grown := x.ID.Growth()
		return grown && x.Change.Known() && x.Change.Sign() == 0
	}
	if r.Trust.Subscriptions.None() {
		owed := owedTotals(r)
		s.Tables = append(s.Tables, totalsTable(slices.DeleteFunc(totals(&r.Plan), func(t total) bool { // which the first page leaves out
			_, says := owed[t.figure]
			return t.figure != "" && !says
		}), totalName, totalAmount))
		said = func(x audit.Scenario) bool {
			return x.Change.Known() && x.Change.Sign() == 0 && x.ID != plan.RenewAsIs
		}
	}
	scenarios := scenariosTable(slices.DeleteFunc(slices.Clone(r.Plan.Scenarios), said), scenarioAmount)
	if len(s.Tables) == 0 {
		scenarios.Title = "" // the section's
	}
	s.Tables = append(s.Tables, scenarios)
	if len(r.Plan.Constraints) > 0 {
		s.Tables = append(s.Tables, constraintsTable(r, constraintLimit(r)))
	}
	return s
}

// summarySheet is the figures to decide on.
func summarySheet(r *audit.Result) Sheet {
	s := Sheet{Name: "Summary", Grain: "The figures to decide on: totals, bridge, scenarios and seats, and what they leave out",
		Lead: slices.Concat([]string{weighedSentence(r), headline(r)}, caveats(r), siteCaveats(r), unlisted(r)),
		Blocks: []Table{totalsTable(totals(&r.Plan), totalName.LeadingWhere(madeOf), totalAmount.By(totalFrom)), bridgeTable(r),
			scenariosTable(r.Plan.Scenarios, scenarioAmount.By(scenarioFrom(r)))}}
	if len(r.Plan.Constraints) > 0 {
		s.Blocks = append(s.Blocks, constraintsTable(r, constraintSetting))
	}
	s.Blocks = append(s.Blocks, decidedTable(r), seatsBlock(r), leftOutTable(r), foreignTable(r, foreignRate))
	return s
}
