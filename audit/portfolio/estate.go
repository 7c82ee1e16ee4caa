package portfolio

import (
	"iter"
	"slices"

	"tierline/audit"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/word"
)

// State says what came of an estate.
type State string

// The states of an estate.
const (
	Audited State = "audited" // its run was published
	NotDue  State = "not due" // nothing of it is due, so its last run stands
	Failed  State = "failed"  // this time it published no run; an older one may stand
)

// UnmarshalText reads the word of a state.
func (s *State) UnmarshalText(b []byte) error {
	return word.One(s, "state of an estate", b, Audited, NotDue, Failed)
}

// Estate is what a portfolio says of one organisation.
type Estate struct {
	Name     string `json:"name"` // of its folder; no other has it
	State    State  `json:"state"`
	ExitCode int    `json:"exit_code"`        // as a command for it alone would end
	Reason   string `json:"reason,omitempty"` // why it published no run, or why nothing is due
	Run      string `json:"run"`              // folder of its run, relative to the folder the portfolios are published into; "" for none
	Audit    *Audit `json:"audit"`            // null where no run is counted
}

// Audit is what the run of an estate says. Nothing in it names a person.
type Audit struct {
	Organisation  string         `json:"organisation"`
	AsOf          date.Date      `json:"as_of"`
	Currency      money.Currency `json:"currency"`
	Digest        string         `json:"digest"`
	Complete      bool           `json:"complete"`
	Subscriptions audit.ByState  `json:"subscriptions"`
	Share         *int           `json:"share"` // weighed, of what is paid today: whole percent, rounded down; null where that is not known
	Totals        audit.Totals   `json:"totals"`
	NotClaimed    money.Amount   `json:"not_claimed"` // by bundles that are held; null where none has an amount
	Findings      BySeverity     `json:"findings"`
	Severe        []Finding      `json:"severe"`    // the findings of high and critical severity
	Deadlines     []Deadline     `json:"deadlines"` // by date
}

// BySeverity counts findings. Excepted ones are none of them.
type BySeverity struct {
	Critical int `json:"critical"`
	High     int `json:"high"`
	Medium   int `json:"medium"`
	Low      int `json:"low"`
	Info     int `json:"info"`
}

// Finding is a finding of high or critical severity.
type Finding struct {
	Rule     string         `json:"rule"`
	Severity audit.Severity `json:"severity"`
	Title    string         `json:"title"`
	By       date.Date      `json:"by,omitzero"`
	Amount   money.Amount   `json:"amount"` // worth on its own; null when the rule puts no figure on it
	Currency money.Currency `json:"currency,omitempty"`
}

// Deadline is a day of an estate on which something ends or has to be done.
// Equal things of one day and site are one.
type Deadline struct {
	Date date.Date          `json:"date"`
	Kind audit.DeadlineKind `json:"kind"`
	Site string             `json:"site"`
	What string             `json:"what"` // the first of them
	More int                `json:"more"` // how many others there are
}

// Of returns what a portfolio keeps of a result. All of it stands in result.json.
func Of(r *audit.Result) *Audit {
	a := &Audit{
		Organisation: r.Run.Organisation, AsOf: r.Run.AsOf, Currency: r.Run.Currency, Digest: r.Run.Digest, Complete: r.Run.Complete,
		Subscriptions: r.Trust.Subscriptions, Share: r.Trust.Share, Totals: r.Plan.Totals, Severe: []Finding{}, Deadlines: []Deadline{},
	}
	for i := range r.Trust.Open {
		a.hold(r.Trust.Open[i].NotClaimed)
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Excepted == (diag.Source{}) {
			a.find(f)
		}
	}
	for i := range r.Deadlines {
		a.come(&r.Deadlines[i])
	}
	return a
}

// hold adds what a bundle does not claim.
func (a *Audit) hold(amount money.Amount) {
	switch {
	case !amount.Known():
	case !a.NotClaimed.Known():
		a.NotClaimed = amount
	default:
		a.NotClaimed = a.NotClaimed.Add(amount)
	}
}

// find counts a finding, and keeps one of high or critical severity.
func (a *Audit) find(f *audit.Finding) {
	switch f.Severity {
	case audit.Critical:
		a.Findings.Critical++
	case audit.High:
		a.Findings.High++
	case audit.Medium:
		a.Findings.Medium++
	case audit.Low:
		a.Findings.Low++
	default:
		a.Findings.Info++
	}
	if f.Severity >= audit.High {
		a.Severe = append(a.Severe, Finding{Rule: f.Rule, Severity: f.Severity, Title: f.Title, By: f.By, Amount: f.Amount, Currency: f.Amount.Currency()})
	}
}

// come keeps a day, but for those on which something only begins.
func (a *Audit) come(d *audit.Deadline) {
	if d.Kind == audit.DeadlineQuoteFrom {
		return
	}
	same := func(x Deadline) bool { return x.Date == d.Date && x.Kind == d.Kind && x.Site == d.Site }
	if i := slices.IndexFunc(a.Deadlines, same); i >= 0 && d.Kind != audit.DeadlineAction {
		a.Deadlines[i].More++
		return
	}
	a.Deadlines = append(a.Deadlines, Deadline{Date: d.Date, Kind: d.Kind, Site: d.Site, What: d.What})
}

// Falls returns what the plan takes off the renewal, as steps that go down.
func (a *Audit) Falls() (hardSaving, avoidance money.Amount) {
	return a.Totals.HardSaving.Neg(), a.Totals.Avoidance.Neg()
}

// Days yields the deadlines of an estate that has a run, from a day on: it may have
// been audited before the day of the portfolio.
func (e *Estate) Days(from date.Date) iter.Seq[Day] {
	return func(yield func(Day) bool) {
		for i := range e.Audit.Deadlines {
			if d := &e.Audit.Deadlines[i]; !d.Date.Before(from) && !yield(Day{e, d}) {
				return
			}
		}
	}
}

// Next returns the first thing from a day on that has to be done or is then
// settled; nil when nothing has a date.
func (e *Estate) Next(from date.Date) *Deadline {
	for d := range e.Days(from) {
		switch d.Kind {
		case audit.DeadlineAction, audit.DeadlineQuoteBy, audit.DeadlineAccept, audit.DeadlineRenewal, audit.DeadlineWindowOpens, audit.DeadlineWindowCloses:
			return d.Deadline
		}
	}
	return nil
}

// Partial reports whether the amounts lack something: the run is incomplete, or a
// subscription is held or in no total.
func (a *Audit) Partial() bool {
	return !a.Complete || a.Subscriptions.Held > 0 || a.Subscriptions.Unknown > 0
}
