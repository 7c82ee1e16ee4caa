package report

import (
	"testing"

	"tierline/audit"
	"tierline/audit/config"
)

// How machines are found is a sentence for no pattern, for one and for several.
func TestSettingsOnPaper(t *testing.T) {
	for _, c := range []struct {
		patterns []string
		want     string
	}{
		{nil, "No pattern of names and addresses is set, so no machine is found by it."},
		{[]string{"bot-*"}, "1 pattern of names and addresses finds machines, which are never review candidates."},
		{[]string{"bot-*", "*-ci"}, "2 patterns of names and addresses find machines, which are never review candidates."},
	} {
		r := &audit.Result{}
		r.Run.Policy = config.DefaultPolicy()
		r.Run.Policy.BotPatterns = c.patterns
		got, changed := settingsOnPaper(r)
		if got != c.want || len(changed) != 1 || changed[0].Name != "bot_patterns" {
			t.Errorf("%q: %q, with %v changed", c.patterns, got, changed)
		}
	}
	r := &audit.Result{}
	r.Run.Policy = config.DefaultPolicy()
	want := "11 patterns of names and addresses find machines, which are never review candidates. All settings are the usual ones."
	if got, changed := settingsOnPaper(r); got != want || len(changed) != 0 {
		t.Errorf("the usual ones: %q, with %v changed", got, changed)
	}
}

func ruleMeanings(r *audit.Result) []meaning {
	rule := of(r.Rules, map[string]func(*audit.RuleStatus) any{
		"Rule":                       func(s *audit.RuleStatus) any { return s.ID },
		"Question":                   func(s *audit.RuleStatus) any { return s.Title },
		"Status":                     func(s *audit.RuleStatus) any { return say(s.Status) + ": " + s.Reason.Placed() },
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
	changed := cells{"Meaning": words("a seat added more recently is new, never a candidate", "most removals the plan proposes per product and site"), "In force": words("31", "7")}
	unasked := of(r.Rules, map[string]func(*audit.RuleStatus) any{
		"Not looked at":        func(s *audit.RuleStatus) any { return upper(s.Title) },
		"What would answer it": func(s *audit.RuleStatus) any { return say(s.Missing[0]) + " and " + say(s.Missing[1]) },
	})
	check := of(r.Checks, map[string]func(*audit.Check) any{
		"Check":     func(c *audit.Check) any { return c.What },
		"One way":   func(c *audit.Check) any { return c.Left },
		"The other": func(c *audit.Check) any { return c.Right },
	})
	check["Outcome"] = words("holds", "fails")
	return []meaning{
		{place: "Method/Rules", cols: "Rule|Question|Status|Findings|Looked at|Clean|What to do about a finding", rows: 2, cell: rule},
		{place: "PDF/Basis/What was not looked at", cols: "Not looked at|What would answer it", rows: 2, cell: unasked},
		{place: "Method/Policy in force", cols: "Setting|Value|Meaning", rows: len(settings), cell: setting},
		{place: "PDF/Basis/Settings of this audit", cols: "Meaning|In force", rows: 2, cell: changed},
		{place: "Method/Checks", cols: "Check|One way|The other|Outcome", rows: 2, cell: check},
	}
}
