package audit

import (
	"slices"
	"strings"

	"tierline/audit/beside"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/plan"
)

// Plan is the recommendation.
type Plan struct {
	Totals    Totals       `json:"totals"`
	Bridge    []BridgeStep `json:"bridge"`
	Actions   []Action     `json:"actions"`
	Scenarios []Scenario   `json:"scenarios"`

	Constraints []Constraint `json:"constraints"`
}

// Totals are sums of rounded lines.
type Totals struct {
	Current      money.Amount `json:"current"`
	Volume       money.Amount `json:"volume"`
	PriceChanges money.Amount `json:"price_changes"`
	AsIs         money.Amount `json:"as_is"`
	Recommended  money.Amount `json:"recommended"`
	HardSaving   money.Amount `json:"hard_saving"`
	Avoidance    money.Amount `json:"avoidance"`
}

// BridgeStep is one bar of the bridge from as is to recommended.
type BridgeStep struct {
	Step   plan.Step    `json:"step"`
	Title  string       `json:"title"`
	Amount money.Amount `json:"amount"`
}

// Scenario is the total of one way to go.
type Scenario struct {
	ID     plan.ScenarioID `json:"id"`
	Title  string          `json:"title"`
	Amount money.Amount    `json:"amount"`
	Change money.Amount    `json:"change"` // against as is
}

// Constraint is a setting of the policy that keeps the plan from something, and
// what that costs.
type Constraint struct {
	Setting string       `json:"setting"`
	Value   string       `json:"value"`
	Cost    money.Amount `json:"cost"` // how much less would be recommended without it
}

// Action is something to do.
type Action struct {
	ID         string       `json:"id"`
	Number     int          `json:"number"`
	Step       plan.Step    `json:"step"`
	Site       string       `json:"site"`
	Bundle     string       `json:"bundle"`
	Line       string       `json:"line,omitempty"`
	Title      string       `json:"title"`
	Detail     string       `json:"detail"`
	Amount     money.Amount `json:"amount"`
	Parts      []ActionPart `json:"parts"` // the amount by the steps of the bridge
	Class      plan.Class   `json:"class"`
	Deadline   date.Date    `json:"deadline"`
	Seats      int          `json:"seats"`
	People     int          `json:"people"`
	Confidence Confidence   `json:"confidence"`
	Owner      string       `json:"owner,omitempty"` // of the lines it changes
	Reversible string       `json:"reversible"`
	DependsOn  []string     `json:"depends_on"`
	Replaces   string       `json:"replaces,omitempty"`
	Rules      []string     `json:"rules"`
	Lines      []ActionLine `json:"lines"`
	Beyond     []NextDrop   `json:"beyond"` // what more removals than these would be worth

	// Lowers and Raises are the bills that fall and those that rise; null where
	// the action moves bills one way only (METHOD 10.7, 24.2).
	Lowers money.Amount `json:"lowers"`
	Raises money.Amount `json:"raises"`
}

// NextDrop is the next number of users of a product, fewer than an action leaves,
// at which something costs less again.
type NextDrop struct {
	Site    string       `json:"site"`
	Product string       `json:"product"`
	Users   int          `json:"users"`
	Amount  money.Amount `json:"amount"` // less cost there
}

// ActionLine is what an action changes on one line.
type ActionLine struct {
	Line   string       `json:"line"`
	Name   string       `json:"name"`
	Before money.Amount `json:"before"`
	After  money.Amount `json:"after"`
	From   int          `json:"from_quantity"`
	To     int          `json:"to_quantity"`

	BeforeSteps []Step `json:"before_steps"`
	AfterSteps  []Step `json:"after_steps"`
}

// RemovalLadder says what removing the review candidates of one product is
// worth, by how many go, longest idle first, all else as planned.
type RemovalLadder struct {
	Bundle     string        `json:"bundle"`
	Site       string        `json:"site"`
	Product    string        `json:"product"`
	Candidates int           `json:"candidates"`
	Planned    int           `json:"planned"`
	Unpriced   int           `json:"unpriced,omitempty"` // subscriptions in no rung: nobody knows what they cost for fewer
	Rungs      []RemovalRung `json:"rungs"`

	// OfBundle is what all planned removals of the bundle save at once; only on
	// the last ladder of a bundle with several, which do not add up.
	OfBundle *BundleRemovals `json:"of_bundle,omitempty"`
}

// RemovalRung is a number of removals at which something changes.
type RemovalRung struct {
	Removals int          `json:"removals"`
	Users    int          `json:"users"`
	Saving   money.Amount `json:"saving"`  // against removing nobody from this product
	Each     money.Amount `json:"each"`    // what the next removal after these saves
	Cost     money.Amount `json:"-"`       // what the bundle then costs in the coming term; for the workbook
	Allowed  bool         `json:"allowed"` // no setting forbids so many
}

// BundleRemovals is what all planned removals of a bundle save at once.
type BundleRemovals struct {
	Removals int          `json:"removals"`
	Saving   money.Amount `json:"saving"`
	Cost     money.Amount `json:"-"`       // what the bundle then costs in the coming term; for the workbook
	Actions  []string     `json:"actions"` // ids of the actions that remove them
}

// ActionPart is what an action is worth in one step of the bridge.
type ActionPart struct {
	Step   plan.Step    `json:"step"`
	Amount money.Amount `json:"amount"` // positive: less cost
}

// Action returns the action of an id, nil for none.
func (p *Plan) Action(id string) *Action {
	if i := slices.IndexFunc(p.Actions, func(a Action) bool { return a.ID == id }); i >= 0 {
		return &p.Actions[i]
	}
	return nil
}

func (w *work) planData(answered map[string][]string) Plan {
	t := w.plan.Totals
	out := Plan{
		Totals:      Totals{t.Current, t.Volume, t.PriceChanges, t.AsIs, t.Recommended, t.HardSaving, t.Avoidance},
		Constraints: []Constraint{},
	}
	for _, b := range w.plan.Bridge {
		out.Bridge = append(out.Bridge, BridgeStep{Step: b.Step, Title: stepTitles[b.Step], Amount: b.Amount})
	}
	for _, s := range w.plan.Scenarios {
		out.Scenarios = append(out.Scenarios, Scenario{ID: s.ID, Title: s.Title, Amount: s.Amount, Change: s.Amount.Sub(t.AsIs)})
	}
	out.Actions = make([]Action, len(w.plan.Actions))
	beside.Each(len(out.Actions), func(i int) {
		a := w.plan.Actions[i]
		out.Actions[i] = actionData(a, answered[a.ID])
		out.Actions[i].Beyond = beyond(w.plan.Decision(a.Bundle), a)
	})
	for _, c := range w.plan.Constraints(w.costs, &w.Config.Policy) {
		out.Constraints = append(out.Constraints, Constraint(c))
	}
	return out
}

var stepTitles = map[plan.Step]string{
	plan.StepAsIs:          "Renew as is",
	plan.StepRightSize:     "Right-size tiers",
	plan.StepCleanUp:       "Clean up seats",
	plan.StepCycle:         "Billing cycle",
	plan.StepMultiInstance: "Multi-instance",
	plan.StepQuotes:        "Quotes",
	plan.StepRecommended:   "Recommended",
}

// confidences say how sure an action's amount is: arithmetic on prices and
// counts, or resting on who really needs a seat or on what a vendor agrees to.
var confidences = map[plan.Step]Confidence{
	plan.StepRightSize: Certain, plan.StepCleanUp: Probable, plan.StepCycle: Certain, plan.StepQuotes: Probable, plan.StepMultiInstance: Probable,
}

// actionData returns an action with the rules whose findings it counts.
func actionData(a *plan.Action, rules []string) Action {
	out := Action{
		ID: a.ID, Number: a.Number, Step: a.Step, Site: a.Place(), Bundle: a.Bundle.ID(),
		Title: a.Title, Detail: a.Detail, Amount: a.Amount, Parts: []ActionPart{}, Class: a.Class, Deadline: a.Deadline,
		People: a.People, Confidence: confidences[a.Step], Reversible: a.Reversible, DependsOn: append([]string{}, a.DependsOn...), Replaces: a.Replaces,
		Rules: append([]string{}, rules...), Lines: []ActionLine{},
	}
	out.Lowers, out.Raises = a.Swing()
	var owners []string
	for _, l := range a.Lines {
		if o := l.Line.Sub.Owner; o != "" && !slices.Contains(owners, o) {
			owners = append(owners, o)
		}
	}
	out.Owner = strings.Join(owners, ", ")
	if a.Line != nil {
		out.Line = a.Line.ID()
	}
	for _, r := range a.Removals {
		out.Seats += r.Given
	}
	if out.Seats > 0 {
		out.Confidence = confidences[plan.StepCleanUp]
	}
	for _, p := range a.Parts {
		out.Parts = append(out.Parts, ActionPart(p))
	}
	for _, l := range a.Lines {
		before, after := l.Steps()
		out.Lines = append(out.Lines, ActionLine{l.Line.ID(), l.Line.Name(), l.Before, l.After, l.From, l.To, Steps(before), Steps(after)})
	}
	return out
}

// beyond says what more removals than those of an action would be worth.
func beyond(d *plan.Decision, a *plan.Action) []NextDrop {
	out := []NextDrop{}
	for _, r := range a.Removals {
		if r.Candidates == r.Seats {
			continue
		}
		if users, saving, ok := d.NextDrop(d.Bundle.Product(r.Product.Site, r.Product.Key)); ok && users > 0 {
			out = append(out, NextDrop{r.Product.Site, r.Product.Key, users, saving})
		}
	}
	return out
}

// removals says what removing the candidates of each product is worth.
func (w *work) removals() []RemovalLadder {
	out := []RemovalLadder{}
	for _, l := range w.plan.Ladders(&w.Config.Policy) {
		d := RemovalLadder{Bundle: l.Bundle.ID(), Site: l.Product.Site, Product: l.Product.Key, Candidates: l.Candidates, Planned: l.Planned, Rungs: []RemovalRung{}}
		one := make([]int, len(l.Bundle.Products))
		one[slices.Index(l.Bundle.Products, l.Product)] = 1
		d.Unpriced = l.Bundle.Unpriced(one)
		for _, r := range l.Rungs {
			d.Rungs = append(d.Rungs, RemovalRung(r))
		}
		out = append(out, d)
	}
	for _, t := range w.plan.BundleRemovals() {
		all := &BundleRemovals{Removals: t.Removals, Saving: t.Saving, Cost: t.Cost, Actions: []string{}}
		for _, a := range t.Actions {
			all.Actions = append(all.Actions, a.ID)
		}
		for i := range out {
			if next := i + 1; out[i].Bundle == t.Bundle.ID() && (next == len(out) || out[next].Bundle != out[i].Bundle) {
				out[i].OfBundle = all
			}
		}
	}
	return out
}
