package report

import (
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/money"
)

// The columns of rules.
var (
	ruleID       = Col[*audit.RuleStatus]{ID: "id", Title: "Rule", Width: 34, Show: func(s *audit.RuleStatus) Cell { return T(s.ID) }}
	ruleQuestion = Col[*audit.RuleStatus]{ID: "title", Title: "Question", Width: 70, Wrap: true, Show: func(s *audit.RuleStatus) Cell { return T(s.Title) }}
	ruleStatus   = Col[*audit.RuleStatus]{ID: "status", Title: "Status", Width: 30, Wrap: true,
		Show: func(s *audit.RuleStatus) Cell { return T(statusOf(s, s.Reason.Placed())) }}
	ruleFindings = Col[*audit.RuleStatus]{ID: "findings", Title: "Findings", Kind: Count, Width: 10,
		Show: func(s *audit.RuleStatus) Cell { return N(s.Findings) }}
	ruleSubjects = Col[*audit.RuleStatus]{ID: "subjects", Title: "Looked at", Kind: Count, Width: 10,
		Note: "products, bundles, subscriptions or apps, as the rule goes", Show: func(s *audit.RuleStatus) Cell { return N(s.Subjects) }}
	ruleClean = Col[*audit.RuleStatus]{ID: "clean", Title: "Clean", Kind: Count, Width: 10, Note: "of them without a finding",
		Show: func(s *audit.RuleStatus) Cell { return N(s.Clean) }}
	ruleRemediation = Col[*audit.RuleStatus]{ID: "remediation", Title: "What to do about a finding", Width: 60, Wrap: true,
		Show: func(s *audit.RuleStatus) Cell { return T(s.Remediation) }}
)

// statusOf says what became of a rule, and why.
func statusOf(s *audit.RuleStatus, why string) string {
	if why == "" {
		return string(s.Status)
	}
	return string(s.Status) + ": " + why
}

func rulesTable(r *audit.Result, title string, columns ...Col[*audit.RuleStatus]) Table {
	return TableOf[*audit.RuleStatus]{Title: title, Rows: each(r.Rules), Columns: columns}.Table()
}

// findingsOfRule counts the findings of a rule, where their sheet lists as many as
// its row says.
func findingsOfRule(r *audit.Result) func(*audit.RuleStatus) Formula {
	listed, ids := map[string]int{}, []string{}
	for f := range each(r.Findings) {
		listed[f.Rule]++
	}
	for s := range each(r.Rules) {
		ids = append(ids, s.ID)
	}
	words := wordingOf(ids)
	few := lookable(slowly*len(ids), len(r.Findings))
	return func(s *audit.RuleStatus) Formula {
		if !few || listed[s.ID] != s.Findings {
			return Formula{}
		}
		return countWhere(words, findingsTable, pick{"rule", Here("id")})
	}
}

// The columns of settings.
var (
	settingName  = Col[audit.Setting]{ID: "name", Title: "Setting", Width: 34, Show: func(s audit.Setting) Cell { return T(s.Name) }}
	settingValue = Col[audit.Setting]{ID: "value", Title: "Value", Width: 70, Wrap: true, Show: func(s audit.Setting) Cell { return T(s.Value) }}
	settingShort = Col[audit.Setting]{ID: "short", Title: "In force", Width: 30, Wrap: true, Show: func(s audit.Setting) Cell { return T(shortly(s)) }}
	settingSays  = Col[audit.Setting]{ID: "meaning", Title: "Meaning", Width: 70, Wrap: true, Show: func(s audit.Setting) Cell { return T(s.Meaning) }}
)

// shortly gives the value of a setting to finance. What may name somebody is
// counted: a pattern of bots is at times an address.
func shortly(s audit.Setting) string {
	noun := map[string]string{"bot_patterns": "pattern", "confirmed_counts": "count"}[s.Name]
	if noun == "" {
		return s.Value
	}
	return money.Plural(settingItems(s), noun)
}

// settingItems is how many items a setting lists that is one of several.
func settingItems(s audit.Setting) int {
	if s.Written == nil {
		return 0
	}
	return len(s.Written.Items)
}

func settingsTable(r *audit.Result, title string, columns ...Col[audit.Setting]) Table {
	return TableOf[audit.Setting]{Title: title, Rows: slices.Values(r.Run.Policy.Settings()), Columns: columns}.Table()
}

// settingsOnPaper says which settings are not the usual ones, for those who do not
// know their names, and by how many patterns machines are found.
func settingsOnPaper(r *audit.Result) (sentence string, changed []audit.Setting) {
	usual := map[string]string{}
	for _, s := range config.DefaultPolicy().Settings() {
		usual[s.Name] = s.Value
	}
	for _, s := range r.Run.Policy.Settings() {
		if s.Name == "bot_patterns" {
			sentence = machinesOnPaper(s)
		}
		if s.Value != usual[s.Name] {
			changed = append(changed, s)
		}
	}
	if len(changed) == 0 {
		sentence = strings.TrimSpace(sentence + " All settings are the usual ones.")
	}
	return sentence, changed
}

// machinesOnPaper says by how many patterns machines are found.
func machinesOnPaper(s audit.Setting) string {
	n := settingItems(s)
	if n == 0 {
		return "No pattern of names and addresses is set, so no machine is found by it."
	}
	return upper(shortly(s)) + " of names and addresses " + verb(n, "finds", "find") + " machines, which are never review candidates."
}

// changedSettings lists settings that are not the usual ones.
func changedSettings(note string, changed []audit.Setting) Table {
	return TableOf[audit.Setting]{Title: "Settings of this audit", Note: note, Rows: slices.Values(changed),
		Columns: []Col[audit.Setting]{settingSays, settingShort}}.Table()
}

// The columns of checks.
var (
	checkWhat  = Col[*audit.Check]{ID: "what", Title: "Check", Width: 50, Wrap: true, Show: func(c *audit.Check) Cell { return T(c.What) }}
	checkLeft  = Col[*audit.Check]{ID: "left", Title: "One way", Kind: Money, Width: 18, Show: func(c *audit.Check) Cell { return M(c.Left) }}
	checkRight = Col[*audit.Check]{ID: "right", Title: "The other", Kind: Money, Width: 18, Show: func(c *audit.Check) Cell { return M(c.Right) }}
	checkHolds = Col[*audit.Check]{ID: "holds", Title: "Outcome", Width: 10, Show: func(c *audit.Check) Cell {
		said := T("fails")
		if c.Holds {
			said = T("holds")
		}
		return said.By("IF(ROUND({}-{},8)=0,{},{})", Here("left"), Here("right"), Word("holds"), Word("fails"))
	}}
)

func checksTable(r *audit.Result) Table {
	return TableOf[*audit.Check]{
		Title: "Checks", Note: "Figures that come about in two ways. A run in which one of them fails is not published.", Empty: "No total is known.",
		Rows:    each(r.Checks),
		Columns: []Col[*audit.Check]{checkWhat, checkLeft.By(oneWay(r)), checkRight.By(otherWay(r)), checkHolds},
	}.Table()
}
