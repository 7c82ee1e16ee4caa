package plan

import (
	"slices"

	"tierline/audit/beside"
	"tierline/audit/config"
	"tierline/audit/costing"
)

// Build makes the plan.
func Build(c *costing.Costs, policy *config.Policy) *Plan {
	p := &Plan{}
	p.decide(c, policy)
	p.leaveOut(c)
	actions := make([][]*Action, len(p.Decisions))
	beside.Each(len(p.Decisions), func(i int) { actions[i] = p.actions(p.Decisions[i], c.AsOf) })
	p.Actions = slices.Concat(actions...)
	for _, m := range p.Combinations {
		if m.Adopted {
			p.Actions = append(p.Actions, p.combining(m, c.AsOf))
		}
	}
	for _, a := range p.Actions {
		a.Detail += assuming(a.Lines)
	}
	p.number()
	p.Scenarios = p.scenarios(c, policy)
	return p
}

// decide decides every bundle, beside each other, then the combinations, and adds
// them up.
func (p *Plan) decide(c *costing.Costs, policy *config.Policy) {
	p.Decisions = make([]*Decision, len(c.Bundles))
	beside.Each(len(c.Bundles), func(i int) {
		if b := c.Bundles[i]; len(b.Held()) > 0 {
			p.Decisions[i] = hold(c, b, policy)
		} else {
			p.Decisions[i] = decide(b, policy, c.Currency)
		}
	})
	p.combine(c)
	p.total(c)
}

// leaveOut lists the lines in no total and why.
func (p *Plan) leaveOut(c *costing.Costs) {
	for _, l := range c.Lines {
		switch {
		case l.Foreign:
			p.LeftOut = append(p.LeftOut, LeftOut{l, l.WithoutRate()})
		case l.Reason.Given():
			p.LeftOut = append(p.LeftOut, LeftOut{l, l.Reason})
		}
	}
}

// total sums lines and outcomes into totals and bridge.
func (p *Plan) total(c *costing.Costs) {
	zero := c.Zero()
	t := Totals{Current: zero, Volume: zero, PriceChanges: zero, AsIs: zero}
	for _, l := range c.Lines {
		if l.Counted() {
			t.Current = t.Current.Add(l.Current)
			t.Volume = t.Volume.Add(l.Volume)
			t.PriceChanges = t.PriceChanges.Add(l.PriceChanges())
			t.AsIs = t.AsIs.Add(l.AsIs)
		}
	}
	steps := []BridgeStep{{StepRightSize, zero}, {StepCleanUp, zero}, {StepCycle, zero}, {StepMultiInstance, zero}, {StepQuotes, zero}}
	for _, d := range p.Decisions {
		stages := []*Outcome{d.AsIs, d.RightSize, d.CleanUp, d.Switched}
		for i := range 3 {
			steps[i].Amount = steps[i].Amount.Add(stages[i+1].Total.Sub(stages[i].Total))
		}
		for i, l := range d.Bundle.Lines {
			if l.Counted() && p.Combination(l) == nil {
				steps[4].Amount = steps[4].Amount.Add(d.Quoted.Costs[i].Sub(d.Switched.Costs[i]))
			}
		}
	}
	for _, m := range p.Combinations {
		if m.Adopted {
			steps[3].Amount = steps[3].Amount.Sub(m.Saving())
		}
	}
	t.Recommended = t.AsIs
	for _, s := range steps {
		t.Recommended = t.Recommended.Add(s.Amount)
	}
	t.Avoidance = steps[4].Amount.Neg()
	t.HardSaving = t.AsIs.Sub(t.Recommended).Sub(t.Avoidance)
	p.Totals = t
	p.Bridge = append([]BridgeStep{{StepAsIs, t.AsIs}}, steps...)
	p.Bridge = append(p.Bridge, BridgeStep{StepRecommended, t.Recommended})
}
