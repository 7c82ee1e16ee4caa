package report

import (
	"tierline/audit"
)

func ruleMeanings(r *audit.Result) []meaning {
	rule := of(r.Rules, map[string]func(*audit.RuleStatus) any{
		"Rule":                       func(s *audit.RuleStatus) any { return s.ID },
		"Question":                   func(s *audit.RuleStatus) any { return s.Title },
		"Status":                     func(s *audit.RuleStatus) any { return say(s.Status) + ": " + s.Reason.Placed() },
		"Outcome":                    func(s *audit.RuleStatus) any { return say(s.Status) + ": " + s.Reason.Text },
		"Findings":                   func(s *audit.RuleStatus) any { return s.Findings },
		"Looked at":                  func(s *audit.RuleStatus) any { return s.Subjects },
		"Clean":                      func(s *audit.RuleStatus) any { return s.Clean },
		"What to do about a finding": func(s *audit.RuleStatus) any { return s.Remediation },
	})
	settings := r.Run.Policy.Settings()
	setting := of(settings, map[string]func(*audit.Setting) any{
		"Setting": func(s *audit.Setting) any { return s.Name },
		"Value":   func(s *audit.Setting) any { return s.Value },
		"Meaning": func(s *audit.Setting) any { return s.Meaning },
	})
	setting["In force"] = func(i int) any {
		switch settings[i].Name {
		case "bot_patterns":
			return say(len(r.Run.Policy.BotPatterns)) + " patterns"
		case "confirmed_counts":
			return "0 counts"
		}
		return settings[i].Value
	}
	check := of(r.Checks, map[string]func(*audit.Check) any{
		"Check":     func(c *audit.Check) any { return c.What },
		"One way":   func(c *audit.Check) any { return c.Left },
		"The other": func(c *audit.Check) any { return c.Right },
	})
	check["Outcome"] = words("holds", "fails")
	return []meaning{
		{place: "Method/Rules", cols: "Rule|Question|Status|Findings|Looked at|Clean|What to do about a finding", rows: 2, cell: rule},
		{place: "PDF/Basis/Questions asked", cols: "Rule|Question|Outcome|Findings|Looked at|Clean", rows: 2, cell: rule},
		{place: "Method/Policy in force", cols: "Setting|Value|Meaning", rows: len(settings), cell: setting},
		{place: "PDF/Basis/Settings in force", cols: "Setting|In force", rows: len(settings), cell: setting},
		{place: "Method/Checks", cols: "Check|One way|The other|Outcome", rows: 2, cell: check},
	}
}
