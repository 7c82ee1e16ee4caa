package audit

import (
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/plan"
)

func (w *work) planData(answered map[string][]string) Plan {
	t := w.plan.Totals
	out := Plan{
		Totals:  Totals{t.Current, t.Volume, t.PriceChanges, t.AsIs, t.Recommended, t.HardSaving, t.Avoidance},
		Actions: []Action{}, Constraints: []Constraint{},
	}
	for _, b := range w.plan.Bridge {
		out.Bridge = append(out.Bridge, BridgeStep{Step: b.Step, Title: stepTitles[b.Step], Amount: b.Amount})
	}
	for _, s := range w.plan.Scenarios {
		out.Scenarios = append(out.Scenarios, Scenario{ID: s.ID, Title: s.Title, Amount: s.Amount, Change: s.Amount.Sub(t.AsIs)})
	}
	for _, a := range w.plan.Actions {
		out.Actions = append(out.Actions, actionData(a, answered[a.ID]))
	}
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
		out.Seats += r.Seats
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

// removals says what removing the candidates of each product is worth.
func (w *work) removals() []RemovalLadder {
	out := []RemovalLadder{}
	for _, l := range w.plan.Ladders(&w.Config.Policy) {
		d := RemovalLadder{Bundle: l.Bundle.ID(), Site: l.Product.Site, Product: l.Product.Key, Candidates: l.Candidates, Planned: l.Planned, Rungs: []RemovalRung{}}
		for _, r := range l.Rungs {
			d.Rungs = append(d.Rungs, RemovalRung(r))
		}
		out = append(out, d)
	}
	for _, t := range w.plan.Togethers() {
		together := &RemovalsTogether{Removals: t.Removals, Saving: t.Saving, Actions: []string{}}
		for _, a := range t.Actions {
			together.Actions = append(together.Actions, a.ID)
		}
		for i := range out {
			if next := i + 1; out[i].Bundle == t.Bundle.ID() && (next == len(out) || out[next].Bundle != out[i].Bundle) {
				out[i].Together = together
			}
		}
	}
	return out
}

// cash lays the bills out by month.
func (w *work) cash() Cash {
	in := costing.Input{Estate: w.Estate, Register: w.register, Book: w.Book, Config: w.Config, AsOf: w.AsOf}
	v := w.plan.CashView(w.costs, costing.NextTerm(in, w.costs), &w.Config.Policy)
	zero := money.Zero(w.costs.Currency)
	out := Cash{Months: []CashMonth{}, Total: CashMonth{AsIs: zero, Recommended: zero, Change: zero, Growth1: zero, Growth2: zero}, Unknown: []LeftOut{}}
	for _, p := range v.Months {
		m := CashMonth{p.Month, p.AsIs, p.Recommended, p.Recommended.Sub(p.AsIs), p.Growth[0], p.Growth[1]}
		out.Months = append(out.Months, m)
		out.Total.add(&m)
	}
	for _, u := range v.Unknown {
		out.Unknown = append(out.Unknown, leftOut(u))
	}
	return out
}

// add puts the amounts of another month to those of m.
func (m *CashMonth) add(o *CashMonth) {
	m.AsIs, m.Recommended, m.Change = m.AsIs.Add(o.AsIs), m.Recommended.Add(o.Recommended), m.Change.Add(o.Change)
	m.Growth1, m.Growth2 = m.Growth1.Add(o.Growth1), m.Growth2.Add(o.Growth2)
}

// sums adds the lines up by what they belong to. Within each way of grouping
// every line is in exactly one group, so each adds up to the totals.
func (w *work) sums() []Sum {
	out := []Sum{}
	for _, way := range []struct {
		by Grouping
		of func(*costing.Line) string
	}{
		{ByBundle, func(l *costing.Line) string { return l.Bundle.Title() }},
		{BySite, func(l *costing.Line) string { return l.Sub.Site }},
		{ByType, func(l *costing.Line) string { return l.Sub.Kind.String() }},
		{ByVendor, func(l *costing.Line) string { return l.Sub.Vendor }},
		{ByCostCentre, func(l *costing.Line) string { return l.Sub.CostCentre }},
		{ByOwner, func(l *costing.Line) string { return l.Sub.Owner }},
	} {
		out = append(out, w.sumBy(way.by, way.of)...)
	}
	return out
}

func (w *work) sumBy(by Grouping, of func(*costing.Line) string) []Sum {
	groups := map[string]*Sum{}
	var names []string
	zero := money.Zero(w.costs.Currency)
	for _, l := range w.costs.Lines {
		if !l.Counted() {
			continue
		}
		name := of(l)
		g := groups[name]
		if g == nil {
			g = &Sum{By: by, Name: name, Current: zero, AsIs: zero, Recommended: zero, HardSaving: zero, Avoidance: zero}
			groups[name] = g
			names = append(names, name)
		}
		hard, avoided := w.plan.Split(l)
		g.Lines++
		g.Current, g.AsIs, g.Recommended = g.Current.Add(l.Current), g.AsIs.Add(l.AsIs), g.Recommended.Add(w.plan.Recommended(l))
		g.HardSaving, g.Avoidance = g.HardSaving.Add(hard), g.Avoidance.Add(avoided)
	}
	slices.Sort(names)
	var out []Sum
	for _, name := range names {
		out = append(out, *groups[name])
	}
	return out
}
