package audit

import (
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/word"
)

// Status is what became of a rule.
type Status string

// The statuses.
const (
	Ran     Status = "ran"
	Skipped Status = "skipped" // an input it needs is missing
	Errored Status = "failed"
)

// UnmarshalText reads the word of a status.
func (s *Status) UnmarshalText(b []byte) error {
	return word.One(s, "status", b, Ran, Skipped, Errored)
}

// RuleStatus says what became of a rule. Every rule is listed.
type RuleStatus struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Category    Category    `json:"category"`
	Kind        Kind        `json:"kind"`
	Status      Status      `json:"status"`
	Reason      diag.Reason `json:"reason,omitzero"`
	Missing     []Need      `json:"missing,omitempty"` // inputs for want of which it was skipped
	Findings    int         `json:"findings"`
	Subjects    int         `json:"subjects"` // looked at
	Clean       int         `json:"clean"`    // of them without a finding
	Remediation string      `json:"remediation"`
	Page        string      `json:"page"`
}

// outcome is what the rules said, brought together. Each part is made of the
// ones before it: the findings as reported, what exceptions do to them, what
// became of each rule, and which actions they answer.
type outcome struct {
	findings []Finding           // in their total order
	used     []exceptionUse      // by the place of the exception
	statuses []RuleStatus        // in the order of the rules
	answered map[string][]string // action -> rules with a finding that it counts, in order
}

func (w *work) outcome(units []*unit) *outcome {
	reported := gather(units)
	findings, marked := w.except(reported)
	return &outcome{
		findings: findings,
		used:     used(marked, units),
		statuses: statuses(w.Rules, units),
		answered: answered(findings),
	}
}

// gather returns what all units report in the total order of findings.
func gather(units []*unit) []Finding {
	out := []Finding{}
	for _, u := range units {
		for _, f := range u.findings {
			f.ID = f.Rule + "/" + f.Subject
			if f.Figures == nil {
				f.Figures = []Figure{} // an empty list in JSON, not null
			}
			f.Currency = f.Amount.Currency()
			for i := range f.Lines {
				f.Lines[i].Currency = f.Lines[i].Amount.Currency()
			}
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return a.compare(&b) })
	return out
}

// answered lists for each action the rules whose findings it counts.
func answered(findings []Finding) map[string][]string {
	out := map[string][]string{}
	for _, f := range findings {
		if f.PlanAction != "" {
			out[f.PlanAction] = append(out[f.PlanAction], f.Rule)
		}
	}
	for action, rules := range out {
		slices.Sort(rules)
		out[action] = slices.Compact(rules)
	}
	return out
}

// statuses says what became of every rule, in the order of the list.
func statuses(rules []*Rule, units []*unit) []RuleStatus {
	out := make([]RuleStatus, len(rules))
	for i, r := range rules {
		s := RuleStatus{ID: r.ID, Title: r.Title, Category: r.Category, Kind: r.Kind, Status: Ran, Remediation: r.Remediation, Page: r.Page}
		var subjects []string
		for _, u := range units {
			switch {
			case u.rule != r:
			case len(u.missing) > 0:
				s.Status, s.Reason, s.Missing = Skipped, whySkipped(u.missing), u.missing
			case u.failure != nil:
				s.Status, s.Reason = Errored, diag.Reason{Kind: diag.Failed, Text: u.failure.Error()}
			default:
				s.Findings += len(u.findings)
				subjects = append(subjects, u.subjects...)
				s.Clean += clean(u)
			}
		}
		slices.Sort(subjects)
		s.Subjects = len(slices.Compact(subjects))
		out[i] = s
	}
	return out
}

// clean counts the subjects a unit looked at without a finding about them.
func clean(u *unit) int {
	subjects := slices.Clone(u.subjects)
	slices.Sort(subjects)
	n := 0
	for _, s := range slices.Compact(subjects) {
		if !slices.ContainsFunc(u.findings, func(f Finding) bool { return f.Subject == s || strings.HasPrefix(f.Subject, s+"/") }) {
			n++
		}
	}
	return n
}
