package plan

import (
	"strconv"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/money"
)

// Constraint is a setting of the policy that keeps the plan from something,
// and what that costs: how much less would be recommended without it, the
// others staying as they are.
type Constraint struct {
	Setting string // as in audit.yaml
	Value   string
	Cost    money.Amount
}

// Constraints returns the settings that constrain the plan, with their cost,
// in the order of the policy.
func (p *Plan) Constraints(c *costing.Costs, policy *config.Policy) []Constraint {
	var out []Constraint
	lift := func(setting, value string, change func(*config.Policy)) {
		free := *policy
		change(&free)
		q := &Plan{}
		q.decide(c, &free)
		out = append(out, Constraint{setting, value, p.Totals.Recommended.Sub(q.Totals.Recommended)})
	}
	if n := policy.MaxRemovals; n > 0 {
		lift("max_removals", strconv.Itoa(n), func(f *config.Policy) { f.MaxRemovals = 0 })
	}
	if policy.KeepCycle {
		lift("keep_cycle", "yes", func(f *config.Policy) { f.KeepCycle = false })
	}
	if policy.NoQuotes {
		lift("no_quotes", "yes", func(f *config.Policy) { f.NoQuotes = false })
	}
	return out
}
