package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/word"
)

// Deadline is a day on which something ends or begins.
type Deadline struct {
	Date date.Date    `json:"date"`
	Kind DeadlineKind `json:"kind"`
	Site string       `json:"site"`
	What string       `json:"what"`
	ID   string       `json:"id"`             // stable: the line or action it belongs to, and the kind
	Line string       `json:"line,omitempty"` // id of the line it belongs to, "" for none
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
	DeadlineTrial        DeadlineKind = "trial ends"
	DeadlineOverTier     DeadlineKind = "over the licence"
	DeadlineDataCenter   DeadlineKind = "data center"
	DeadlineSupport      DeadlineKind = "end of support"
	DeadlineException    DeadlineKind = "exception ends"
	DeadlineConfirmation DeadlineKind = "confirmation ends"
)

// UnmarshalText reads the word of a kind of deadline.
func (k *DeadlineKind) UnmarshalText(b []byte) error {
	return word.One(k, "kind of deadline", b,
		DeadlineWindowOpens, DeadlineWindowCloses, DeadlineRenewal, DeadlineQuoteFrom, DeadlineQuoteBy, DeadlineAccept, DeadlinePrice, DeadlineAction,
		DeadlineTrial, DeadlineOverTier, DeadlineDataCenter, DeadlineSupport, DeadlineException, DeadlineConfirmation)
}

// deadlines lists what has a day from as-of on, by day (METHOD 9.7).
func (w *work) deadlines(findings []Finding) []Deadline {
	out := []Deadline{}
	for _, l := range w.costs.Lines {
		out = append(out, w.lineDeadlines(l)...)
	}
	for _, l := range w.costs.Trials {
		if !l.Term.Start.IsZero() {
			what := "the trial of " + l.Name() + " ends: cancel it before, or it is billed from then on"
			out = append(out, Deadline{l.Term.Start, DeadlineTrial, l.Sub.Site, what, l.ID() + "/trial", ""})
		}
	}
	for i := range findings {
		if findings[i].Excepted == (diag.Source{}) {
			out = append(out, findings[i].Days...)
		}
	}
	out = append(append(out, w.dataCenterDeadlines()...), w.permissionDeadlines()...)
	for _, a := range w.plan.Actions {
		out = append(out, Deadline{a.Deadline, DeadlineAction, a.Place(), a.Title, a.ID, ""})
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
		out = append(out, Deadline{day, kind, l.Sub.Site, what, l.ID() + "/" + key, l.ID()})
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
	if over, from, ok := l.OverFrom(); ok {
		add(from, DeadlineOverTier, fmt.Sprintf("%s has %s more than its licence covers", name, money.Plural(over, "user")), "over-licence")
	}
	return out
}

// dataCenterDeadlines lists the last days of Data Center, once for each site
// that has a product on it (METHOD 8.1).
func (w *work) dataCenterDeadlines() []Deadline {
	var out []Deadline
	taken := map[string]bool{}
	for _, l := range w.costs.Lines {
		site := l.Sub.Site
		if taken[site] || !l.IsHost() || !costing.EndsWithDataCenter(l.Sub) {
			continue
		}
		taken[site] = true
		out = append(out,
			Deadline{costing.LastExpansion, DeadlineDataCenter, site, "last day to buy more users or apps for Data Center", site + "/data-center/expansion", ""},
			Deadline{costing.EndOfLife, DeadlineDataCenter, site, "last day of Data Center; it is read-only for everybody from then on", site + "/data-center/end", ""})
	}
	return out
}

// permissionDeadlines lists the last days of what somebody has allowed:
// exceptions, whose subjects may name people and so are only counted, and
// confirmed counts.
func (w *work) permissionDeadlines() []Deadline {
	var out []Deadline
	type group struct {
		rule  string
		until date.Date
	}
	count, order, known := map[group]int{}, []group{}, append(ruleIDs(w.Rules), "*")
	for i := range w.Estate.Exceptions {
		g := group{w.Estate.Exceptions[i].Rule, w.Estate.Exceptions[i].Until}
		if g.until.IsZero() || !slices.Contains(known, g.rule) { // any text may stand for a rule there is not
			continue
		}
		if count[g]++; count[g] == 1 {
			order = append(order, g)
		}
	}
	for _, g := range order {
		rule := g.rule
		if rule == "*" {
			rule = "every rule"
		}
		what := "last day of " + money.Plural(count[g], "exception") + " from " + rule
		out = append(out, Deadline{g.until, DeadlineException, estate.WholeOrganisation, what, "exceptions/" + g.rule + "/" + g.until.String(), ""})
	}
	for i := range w.Config.Policy.ConfirmedCounts {
		c := &w.Config.Policy.ConfirmedCounts[i]
		site, _ := c.Place()
		out = append(out, Deadline{c.Until, DeadlineConfirmation, estate.SiteLabel(site),
			"last day on which the confirmed count of " + c.Count + " holds", "confirmed/" + c.Count, ""})
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
