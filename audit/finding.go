package audit

import (
	"cmp"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/word"
)

// Finding is what a rule has to say about one subject.
type Finding struct {
	Rule       string         `json:"rule"`
	ID         string         `json:"id"`      // rule and subject; stable from run to run
	Subject    string         `json:"subject"` // such as "acme-eng/jira" or "acme-eng/app/timesheets"
	Bundle     string         `json:"bundle,omitempty"`
	Title      string         `json:"title"` // one sentence, the point of it
	Detail     string         `json:"detail,omitempty"`
	Severity   Severity       `json:"severity"`
	Confidence Confidence     `json:"confidence"`
	Why        string         `json:"confidence_reason,omitempty"`
	Figures    []Figure       `json:"figures"`
	Lines      []LineAmount   `json:"lines,omitempty"`
	Evidence   []Evidence     `json:"evidence,omitempty"`
	Action     string         `json:"action"`
	By         date.Date      `json:"by,omitzero"`
	Amount     money.Amount   `json:"amount"` // worth on its own; null when the rule puts no figure on it
	Currency   money.Currency `json:"currency,omitempty"`
	Counted    bool           `json:"counted"`               // whether the plan counts the amount
	PlanAction string         `json:"plan_action,omitempty"` // by which action
	NotCounted string         `json:"not_counted,omitempty"` // why not
	Excepted   diag.Source    `json:"excepted,omitzero"`     // row of the exception that marks it

	// Days are dates beside By that belong into a calendar; they stand among the
	// deadlines of the result.
	Days []Deadline `json:"-"`
}

// Confidence says how sure a finding is.
type Confidence string

// The confidences.
const (
	Certain  Confidence = "certain"  // arithmetic on stated facts
	Probable Confidence = "probable" // rests on a signal or a labelled assumption
	Possible Confidence = "possible" // something to look into
)

// UnmarshalText reads the word of a confidence.
func (c *Confidence) UnmarshalText(b []byte) error {
	return word.One(c, "confidence", b, Certain, Probable, Possible)
}

// Evidence is a row a finding rests on.
type Evidence struct {
	Source diag.Source `json:"source"`
	What   string      `json:"what"`
}

// Figure returns the value of a figure by name, nil when there is none.
func (f *Finding) Figure(name string) any {
	for _, g := range f.Figures {
		if g.Name == name {
			return g.Value
		}
	}
	return nil
}

// CountIn says that an action of the plan counts the amount.
func (f *Finding) CountIn(a *plan.Action) { f.Counted, f.PlanAction = true, a.ID }

// Hold says that the plan did not weigh what the finding is about, so that
// its amount raises no severity.
func (f *Finding) Hold(why diag.Reason) {
	f.NotCounted, f.Severity = NotWeighed(why), min(f.Severity, Low)
}

// NotWeighed says in a finding that the plan did not weigh what it is about.
func NotWeighed(why diag.Reason) string { return "not weighed: " + Because(why) }

// Because says in a finding why nothing is decided. What speaks against a number
// of users stands with that number.
func Because(why diag.Reason) string {
	if why.Kind == diag.InDoubt {
		return "a number of users it rests on is in doubt"
	}
	return why.Text
}

// compare is the total order of findings: the most severe first, then the
// largest amount, then rule and subject.
func (f *Finding) compare(b *Finding) int {
	return cmp.Or(
		cmp.Compare(b.Severity, f.Severity),
		cmp.Compare(b.Amount.MinorUnits(), f.Amount.MinorUnits()),
		strings.Compare(f.Rule, b.Rule),
		strings.Compare(f.Subject, b.Subject),
		strings.Compare(f.Title, b.Title),
	)
}
