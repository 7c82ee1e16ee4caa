package report

import (
	"tierline/audit"
	"tierline/audit/plan"
)

// The checks of the audit itself, as formulas over the cells that show the figures
// they compare.

// oneWay is how the first figure of a check comes about; none of a kind that is not
// shown.
func oneWay(r *audit.Result) func(*audit.Check) Formula {
	worth := Data(actionsTable, Worth)
	return func(c *audit.Check) Formula {
		switch c.Of.Kind {
		case audit.CheckLines:
			return F("{}", TotalOf(subscriptionsTable, c.Of.Column))
		case audit.CheckAsIs:
			return F("{}+{}+{}", totalCell("current"), totalCell("volume"), totalCell("price_changes"))
		case audit.CheckRecommended:
			return F("{}-{}-{}", totalCell("as_is"), totalCell("hard_saving"), totalCell("avoidance"))
		case audit.CheckStep:
			return F("-SUM({})", Data(actionsTable, partID(c.Of.Step)))
		case audit.CheckBridge:
			return bridgeTo(plan.StepQuotes)
		case audit.CheckGroups:
			if r.Coverage.Counted == 0 {
				return Formula{}
			}
			return F("{}", TotalOf(sumsID(c.Of.By), c.Of.Column))
		case audit.CheckParts:
			return sumOfParts(r.Plan.Action(c.Of.Action))
		case audit.CheckActions:
			return F("SUM({})", worth)
		}
		return Formula{}
	}
}

// otherWay is where the second figure of a check stands.
func otherWay(r *audit.Result) func(*audit.Check) Formula {
	return func(c *audit.Check) Formula {
		switch c.Of.Kind {
		case audit.CheckLines, audit.CheckGroups:
			return F("{}", totalCell(c.Of.Column))
		case audit.CheckAsIs:
			return F("{}", totalCell("as_is"))
		case audit.CheckRecommended:
			return F("{}", totalCell("recommended"))
		case audit.CheckStep:
			return F("{}", At(bridgeID, string(c.Of.Step), "amount"))
		case audit.CheckBridge:
			return F("{}", At(bridgeID, string(plan.StepRecommended), "amount"))
		case audit.CheckParts:
			return ofAction(r.Plan.Action(c.Of.Action), Worth)
		case audit.CheckActions:
			return F("{}-{}", totalCell("as_is"), totalCell("recommended"))
		}
		return Formula{}
	}
}

// sumOfParts adds the parts of an action up; none of one that is not in the plan.
func sumOfParts(a *audit.Action) Formula {
	if a == nil {
		return Formula{}
	}
	var parts []Term
	for _, p := range a.Parts {
		parts = append(parts, ofAction(a, partID(p.Step)))
	}
	return plus(parts)
}

// ofAction is the cell of a column in the row of an action; none of one that is not
// in the plan.
func ofAction(a *audit.Action, column string) Formula {
	if a == nil {
		return Formula{}
	}
	return numbered(actionsTable, column, Number(a.Number))
}
