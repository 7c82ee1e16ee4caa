package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/pricing"
	"tierline/audit/word"
)

// Deadline is a day on which something ends or begins.
type Deadline struct {
	Date date.Date    `json:"date"`
	Kind DeadlineKind `json:"kind"`
	Site string       `json:"site"`
	What string       `json:"what"`
	ID   string       `json:"id"` // stable: the line or action it belongs to, and the kind
}

// DeadlineKind says what ends or begins.
type DeadlineKind string

// The kinds of deadlines. An id is made of what it belongs to and the kind, not
// of the day, so that a calendar moves an entry instead of adding one. Only a
// price change is known by its day: a line may have several, and once the first
// of them has passed the next must not take over its entry.
const (
	DeadlineWindowOpens  DeadlineKind = "audit window opens"
	DeadlineWindowCloses DeadlineKind = "audit window closes"
	DeadlineRenewal      DeadlineKind = "renewal"
	DeadlineQuoteFrom    DeadlineKind = "quote from"
	DeadlineQuoteBy      DeadlineKind = "quote by"
	DeadlineAccept       DeadlineKind = "accept quote by"
	DeadlinePrice        DeadlineKind = "price change"
	DeadlineAction       DeadlineKind = "action"
)

// UnmarshalText reads the word of a kind of deadline.
func (k *DeadlineKind) UnmarshalText(b []byte) error {
	return word.One(k, "kind of deadline", b,
		DeadlineWindowOpens, DeadlineWindowCloses, DeadlineRenewal, DeadlineQuoteFrom, DeadlineQuoteBy, DeadlineAccept, DeadlinePrice, DeadlineAction)
}

// deadlines lists what has a day from as-of on, by day.
func (w *work) deadlines() []Deadline {
	out := []Deadline{}
	for _, l := range w.costs.Lines {
		out = append(out, w.lineDeadlines(l)...)
	}
	for _, a := range w.plan.Actions {
		out = append(out, Deadline{a.Deadline, DeadlineAction, a.Place(), a.Title, a.ID})
	}
	out = slices.DeleteFunc(out, func(d Deadline) bool { return d.Date.Before(w.AsOf) })
	slices.SortStableFunc(out, func(a, b Deadline) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID))
	})
	return out
}

// lineDeadlines lists the days of one line: its audit window and renewal, its
// quote window or the quote that decides its amount, and the price changes of its coming term. A monthly line renews
// every month, so it has no window to prepare for.
func (w *work) lineDeadlines(l *costing.Line) []Deadline {
	if l.Term.Start.IsZero() || l.ElsewhereCharged() {
		return nil
	}
	var out []Deadline
	add := func(day date.Date, kind DeadlineKind, what, key string) {
		out = append(out, Deadline{day, kind, l.Sub.Site, what, l.ID() + "/" + key})
	}
	name, window := l.Name(), w.Config.Policy.AuditWindow
	if l.Sub.Cycle == pricing.Annual {
		add(l.Term.Start.AddDays(-window[0]), DeadlineWindowOpens, fmt.Sprintf("%d days before %s renews", window[0], name), "window-opens")
		add(l.Term.Start.AddDays(-window[1]), DeadlineWindowCloses, fmt.Sprintf("%d days before %s renews", window[1], name), "window-closes")
	}
	add(l.Term.Start, DeadlineRenewal, name+" renews", "renewal")
	if q := l.Quote; q.Possible {
		add(q.From, DeadlineQuoteFrom, "first day to quote "+name+" at the price before "+q.Change.Short(), "quote-from")
		add(q.By, DeadlineQuoteBy, "last day to quote "+name+" at the price before "+q.Change.Short(), "quote")
	}
	if q := w.quoteInForce(l); q != nil {
		what := "last day to accept quote " + q.Number + " for " + name
		if !q.Recommended {
			what += "; the plan does without it"
		}
		add(q.AcceptBy, DeadlineAccept, what, "accept")
	}
	for _, m := range l.Moves() {
		what := "the price of " + name + " changes"
		if change, ok := m.Change(); ok {
			what += " by " + change.SignedPercent()
		}
		add(m.Effective, DeadlinePrice, what, "price-"+m.Effective.String())
	}
	return out
}

// NextDeadline returns the first thing in the result that has to be done or is
// then settled: an action, the end of a quote or of its window, a renewal; false when
// nothing has a date.
func (r *Result) NextDeadline() (Deadline, bool) {
	for _, d := range r.Deadlines {
		switch d.Kind {
		case DeadlineAction, DeadlineQuoteBy, DeadlineAccept, DeadlineRenewal:
			return d, true
		}
	}
	return Deadline{}, false
}
