// Package audit is the contract between the inputs, the rules and the
// reports: what a rule is, what it may see and say, and the one result every
// report is made from. [Run] takes an estate and a price book through seats,
// costs and plan, runs the rules concurrently and assembles the [Result].
//
// It knows no single rule, no file format and no renderer. cmd calls it;
// rules implement it; report reads its result.
package audit

import (
	"context"
	"fmt"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/seats"
	"tierline/audit/word"
)

// Rule is one question the audit asks of an estate. It is a value, listed
// explicitly; nothing registers itself.
type Rule struct {
	ID          string // stable, never reused: lower case words joined by '-'
	Title       string // lower case, no full stop
	Page        string // Markdown: why it matters, how it is computed, limits, sources
	Remediation string // what to do about a finding, one sentence with a full stop
	Category    Category
	Kind        Kind
	Severity    Severity // of a finding that says nothing else
	Scope       Scope
	Needs       []Need // inputs without which the rule is skipped, visibly
	Options     []Option
	Exceptions  Effect // what an exception for the rule does
	Run         func(context.Context, *Pass) error
}

// Effect says what an exception for a rule does (METHOD 1.15). One for every rule
// ("*") does to each rule what one for that rule would.
type Effect uint8

// The effects.
const (
	// MarksFindings: findings about what it names are marked and change nothing.
	MarksFindings Effect = iota
	// LeavesOut: accounts it names are left out of the rule's findings; where it
	// names a product or an app, it marks findings.
	LeavesOut
	// KeepsSeats: seats it names are no candidates, so that it is looked at
	// before the plan is made and marks nothing.
	KeepsSeats
)

// Category groups rules for readers.
type Category string

// The categories.
const (
	CategorySeats  Category = "seats"
	CategoryTiers  Category = "tiers"
	CategoryPrices Category = "prices"
	CategoryApps   Category = "apps"
	CategoryTerms  Category = "terms"
)

// UnmarshalText reads the word of a category.
func (c *Category) UnmarshalText(b []byte) error {
	return word.One(c, "category", b, CategorySeats, CategoryTiers, CategoryPrices, CategoryApps, CategoryTerms)
}

// Kind says what a finding is about.
type Kind string

// The kinds.
const (
	Saving      Kind = "saving"
	Risk        Kind = "risk"
	DataQuality Kind = "data-quality"
)

// UnmarshalText reads the word of a kind.
func (k *Kind) UnmarshalText(b []byte) error {
	return word.One(k, "kind", b, Saving, Risk, DataQuality)
}

// Severity orders findings. The zero value, Unrated, stands for the severity of
// the rule; no finding of a result has it.
type Severity uint8

// The severities.
const (
	Unrated Severity = iota
	Info
	Low
	Medium
	High
	Critical
)

var severityNames = [...]string{"unrated", "info", "low", "medium", "high", "critical"}

// String returns the word of the severity.
func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the word of the severity.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Severity) UnmarshalText(b []byte) error {
	return word.Index(s, "severity", b, severityNames[:])
}

// ParseSeverity reads the word of a severity.
func ParseSeverity(s string) (Severity, error) {
	for i, name := range severityNames {
		if name == s && i > 0 {
			return Severity(i), nil
		}
	}
	return 0, fmt.Errorf("severity %q: expected info, low, medium, high or critical", s)
}

// Scope says how often a rule runs: once for each bundle, or once.
type Scope string

// The scopes.
const (
	PerBundle       Scope = "bundle"
	PerOrganisation Scope = "organisation"
)

// Option is a setting of a rule. What seats, costs or plan depend on is
// policy, never an option.
type Option struct {
	Name    string     `json:"name"`
	Type    OptionType `json:"type"`
	Default string     `json:"default"`
	Min     int        `json:"min"` // of whole numbers
	Max     int        `json:"max"` // 0 = no limit
	Doc     string     `json:"doc"`
}

// OptionType is the type of an option's value.
type OptionType string

// The types of options.
const (
	WholeNumber OptionType = "number"
	Percentage  OptionType = "percentage"
	YesNo       OptionType = "yes or no"
	Patterns    OptionType = "patterns" // globs without case, separated by commas
)

// Pass is everything a rule may see while it runs: read-only data, its own
// options and a way to report. There is no clock, file or command line in it.
type Pass struct {
	Rule     *Rule
	Bundle   *costing.Bundle // nil for a rule of the organisation
	Estate   *estate.Estate
	Register *seats.Register
	Costs    *costing.Costs
	Plan     *plan.Plan
	Book     *pricing.Book
	Policy   *config.Policy
	AsOf     date.Date

	options  Options
	findings []Finding
	subjects []string
	exempt   *seats.Exempt
	leftOut  map[int]int // exceptions, by their place, and how often each kept something out
}

// Examine notes a subject the rule looks at. A finding about it carries the
// same subject, or one that continues it after a '/'; a subject without a
// finding is clean, and the reports say how many there are.
func (p *Pass) Examine(subject string) { p.subjects = append(p.subjects, subject) }

// Report adds a finding. The rule's id and bundle, and its severity unless the
// finding sets one, are filled in. A day to act by that has passed, as the day
// before a renewal of today has, becomes as-of. What a held bundle might save is
// not weighed, and raises no severity (METHOD 9.11).
func (p *Pass) Report(f Finding) {
	f.Rule = p.Rule.ID
	if p.Bundle != nil {
		f.Bundle = p.Bundle.ID()
	}
	if f.Severity == Unrated {
		f.Severity = max(p.Rule.Severity, Info)
	}
	if p.Rule.Kind == Saving && !f.Counted {
		p.hold(&f)
	}
	if !f.By.IsZero() {
		f.By = date.Max(f.By, p.AsOf)
	}
	p.findings = append(p.findings, f)
}

// Held returns why the plan decides nothing for the bundle of the pass, no
// reason where it decides (METHOD 9.11).
func (p *Pass) Held() diag.Reason {
	if p.Bundle == nil {
		return diag.Reason{}
	}
	if held := p.Bundle.Held(); len(held) > 0 {
		return held[0]
	}
	return diag.Reason{}
}

// hold says in a finding why the plan decides nothing for its bundle, where that
// is so. A rule of the organisation names the bundle in its finding, and has said
// already that the plan does not weigh it at all.
func (p *Pass) hold(f *Finding) {
	if p.Bundle != nil {
		if why := p.Held(); why.Given() {
			f.Hold(why)
		}
		return
	}
	for _, b := range p.Costs.Bundles {
		if b.ID() == f.Bundle && len(b.Held()) > 0 {
			f.Severity = min(f.Severity, Low)
		}
	}
}

// Keeps returns why the plan removes nobody from the bundle of the pass,
// whatever that would save: it is held, or nobody has counted users of it
// (METHOD 9.13). No reason where it may remove people.
func (p *Pass) Keeps() diag.Reason {
	if why := p.Held(); why.Given() || p.Bundle == nil {
		return why
	}
	for _, l := range p.Bundle.Lines {
		if products, _ := l.Assumed(); l.Counted() && len(products) > 0 {
			return diag.Why(diag.NoQuantity, "nobody has counted the users of %s", estate.On(estate.ProductName(products[0].Key), products[0].Site))
		}
	}
	return diag.Reason{}
}

// Exempt reports whether an exception in force for the rule, or for every rule,
// names an account, so that the rule leaves it out, and notes that the
// exception did so: ask it only of accounts there would be something to say of.
// Exceptions for a rule that does not declare LeavesOut leave nobody out.
func (p *Pass) Exempt(account int32) bool {
	if p.Rule.Exceptions != LeavesOut {
		return false
	}
	if p.exempt == nil {
		p.exempt, p.leftOut = p.Register.Exempt(p.Rule.ID), map[int]int{}
	}
	i, found := p.exempt.Find(account)
	if found {
		p.leftOut[i]++
	}
	return found
}

// Number returns the value of a whole-number option.
func (p *Pass) Number(name string) int { return p.options[name].number }

// Patterns returns the value of an option of patterns.
func (p *Pass) Patterns(name string) []string { return p.options[name].patterns }

// Yes returns the value of a yes-or-no option.
func (p *Pass) Yes(name string) bool { return p.options[name].yes }
