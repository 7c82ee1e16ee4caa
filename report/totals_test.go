package report

import (
	"tierline/audit"
)

func totalMeanings(r *audit.Result) []meaning {
	t := &r.Plan.Totals
	figure := cells{
		"Figure": words("Current", "Volume", "Price changes", "Renew as is", "Hard saving", "Avoidance", "Recommended"),
		"Amount": words(say(t.Current), say(t.Volume), say(t.PriceChanges), say(t.AsIs), say(t.HardSaving), say(t.Avoidance), say(t.Recommended)),
		"Meaning": words("twelve months at today's prices and quantities", "what the coming term's quantities change, at today's prices", "what announced prices add",
			"current + volume + price changes", "less money spent, because less is bought", "price rises not suffered, by quotes in time",
			"as is - hard saving - avoidance"),
	}
	return []meaning{
		{place: "Summary/Totals for the coming term of twelve months", cols: "Figure|Amount|Meaning", rows: 7, cell: figure},
	}
}

func scenarioMeanings(r *audit.Result) []meaning {
	step := of(r.Plan.Bridge, map[string]func(*audit.BridgeStep) any{
		"Step":   func(b *audit.BridgeStep) any { return b.Title },
		"Amount": func(b *audit.BridgeStep) any { return b.Amount },
	})
	t := &r.Plan.Totals
	bar := cells{
		"Bar":    words("Current", "Volume", "Price changes", r.Plan.Bridge[0].Title, r.Plan.Bridge[1].Title),
		"Amount": words(say(t.Current), say(t.Volume), say(t.PriceChanges), say(r.Plan.Bridge[0].Amount), say(r.Plan.Bridge[1].Amount)),
	}
	scenario := of(r.Plan.Scenarios, map[string]func(*audit.Scenario) any{
		"Scenario":      func(s *audit.Scenario) any { return s.Title },
		"Total":         func(s *audit.Scenario) any { return s.Amount },
		"Against as is": func(s *audit.Scenario) any { return s.Change },
	})
	constraint := of(r.Plan.Constraints, map[string]func(*audit.Constraint) any{
		"Setting": func(c *audit.Constraint) any { return c.Setting + ": " + c.Value },
		"Limit":   func(c *audit.Constraint) any { return ": " + c.Value }, // no setting is called so
		"Costs":   func(c *audit.Constraint) any { return c.Cost },
	})
	return []meaning{
		{place: "Summary/Bridge", cols: "Step|Amount", rows: 2, cell: step},
		{place: "PDF/bridge", cols: "Bar|Amount", rows: 5, cell: bar},
		{place: "Summary/Scenarios", cols: "Scenario|Total|Against as is", rows: 2, cell: scenario},
		{place: "PDF/Scenarios/", cols: "Scenario|Total|Against as is", rows: 2, cell: scenario},
		{place: "Summary/What the limits on the plan cost", cols: "Setting|Costs", rows: 2, cell: constraint},
		{place: "PDF/Scenarios/What the limits on the plan cost", cols: "Limit|Costs", rows: 2, cell: constraint},
	}
}
