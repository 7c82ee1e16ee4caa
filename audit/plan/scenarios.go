package plan

import (
	"slices"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/word"
)

// ScenarioID names one way to go.
type ScenarioID string

// The scenarios in their order (METHOD 11.1). The last two are as is under the two
// growths of the policy.
const (
	RenewAsIs       ScenarioID = "as_is"
	CleanUpOnly     ScenarioID = "clean_up_only"
	CleanUpAndCycle ScenarioID = "clean_up_and_cycle"
	AsRecommended   ScenarioID = "recommended"
	QuotesMissed    ScenarioID = "quotes_missed"
	LowGrowth       ScenarioID = "growth_1"
	HighGrowth      ScenarioID = "growth_2"
)

// UnmarshalText reads the word of a scenario.
func (s *ScenarioID) UnmarshalText(b []byte) error {
	return word.One(s, "scenario", b, RenewAsIs, CleanUpOnly, CleanUpAndCycle, AsRecommended, QuotesMissed, LowGrowth, HighGrowth)
}

// Growth returns which of the policy's growths a scenario is about; false where it is
// about none.
func (s ScenarioID) Growth() (int, bool) {
	i := slices.Index(growths[:], s)
	return i, i >= 0
}

var growths = [...]ScenarioID{LowGrowth, HighGrowth}

// Scenario is the total of one way to go.
type Scenario struct {
	ID     ScenarioID
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
		{RenewAsIs, "Renew as is", p.Totals.AsIs},
		{CleanUpOnly, "Right-size and clean up only", after(StepRightSize, StepCleanUp)},
		{CleanUpAndCycle, "Clean up and change billing cycles", after(StepRightSize, StepCleanUp, StepCycle)},
		{AsRecommended, "Recommended", p.Totals.Recommended},
		{QuotesMissed, "Recommended, but the quotes are missed", after(StepRightSize, StepCleanUp, StepCycle, StepMultiInstance)},
	}
	for i, g := range policy.Growth {
		total := c.Zero()
		for _, l := range c.Lines {
			if l.Counted() {
				total = total.Add(l.Grown(g))
			}
		}
		out = append(out, Scenario{growths[i], "As is, if apps without an announcement rise by " + g.Percent(), total})
	}
	return out
}
