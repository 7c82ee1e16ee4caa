package plan

import (
	"fmt"
	"slices"
	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/money"
)

// Scenario is the total of one way to go.
type Scenario struct {
	ID     string
	Title  string
	Amount money.Amount
}

// scenarios are cumulative along the bridge (METHOD 11.1).
func (p *Plan) scenarios(c *costing.Costs, policy *config.Policy) []Scenario {
	after := func(steps ...Step) money.Amount {
		total := p.Totals.AsIs
		for _, b := range p.Bridge {
			if slices.Contains(steps, b.Step) {
				total = total.Add(b.Amount)
			}
		}
		return total
	}
	out := []Scenario{
		{"as_is", "Renew as is", p.Totals.AsIs},
		{"clean_up_only", "Right-size and clean up only", after(StepRightSize, StepCleanUp)},
		{"clean_up_and_cycle", "Clean up and change billing cycles", after(StepRightSize, StepCleanUp, StepCycle)},
		{"recommended", "Recommended", p.Totals.Recommended},
		{"quotes_missed", "Recommended, but the quotes are missed", after(StepRightSize, StepCleanUp, StepCycle, StepMultiInstance)},
	}
	for i, g := range policy.Growth {
		total := c.Zero()
		for _, l := range c.Lines {
			if l.Counted() {
				total = total.Add(l.Grown(g))
			}
		}
		out = append(out, Scenario{fmt.Sprintf("growth_%d", i+1), "As is, if apps without an announcement rise by " + g.Percent(), total})
	}
	return out
}
