package rules

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

//go:embed end-of-support.md
var endOfSupportPage string

// endOfSupport needs no input beyond subscriptions: what is announced for
// Atlassian's own products ships with the program.
var endOfSupport = &audit.Rule{
	ID:          "end-of-support",
	Title:       "what a coming term pays for days after an announced end of support",
	Page:        endOfSupportPage,
	Remediation: "Decide what takes its place before the renewal, and renew no longer than the support lasts.",
	Category:    audit.CategoryTerms,
	Kind:        audit.Risk,
	Severity:    audit.Medium,
	Scope:       audit.PerOrganisation,
	Run:         runEndOfSupport,
}

func runEndOfSupport(_ context.Context, p *audit.Pass) error {
	ends, open := knownEnds(p), gaps{}
	for _, l := range p.Costs.Lines {
		if end, found := ends.of(p, l); found {
			p.Examine(l.ID())
			reportAfter(p, l, end)
		}
		ends.ask(p, l, &open)
	}
	open.report(p, appsInUse(p), "whether what they are built on is supported as long as they are paid for",
		"Fill in framework in the apps table, from each app's Marketplace page or its vendor.")
	return nil
}

// ending is an end of support that holds in this audit.
type ending struct {
	announcedEnd
	replaces date.Date // the shipped end that a row of the folder replaces; zero where none
}

// endings are the ends that hold, by key.
type endings map[string]ending

// knownEnds returns what ships, and over it what the folder's table says.
func knownEnds(p *audit.Pass) endings {
	out := endings{}
	for _, a := range announcedEnds() {
		out[a.Key] = ending{announcedEnd: a}
	}
	for _, e := range p.Estate.Ends {
		out[e.Key] = ending{announcedEnd: announcedEnd{EndOfSupport: e}, replaces: out[e.Key].Date}
	}
	return out
}

// of returns the first end that concerns a line: its own, that of what it is
// built on, and that of Data Center.
func (ends endings) of(p *audit.Pass, l *costing.Line) (first ending, found bool) {
	keys := []string{l.Sub.Key}
	if f := framework(p, l); f != "" {
		keys = append(keys, f)
	}
	if costing.EndsWithDataCenter(l.Sub) {
		keys = append(keys, estate.DataCenterEnds)
	}
	for _, k := range keys {
		if end, known := ends[k]; known && (!found || end.Date.Before(first.Date)) {
			first, found = end, true
		}
	}
	return first, found
}

// framework returns what an app is built on where it is paid for; "" where
// nobody says so. P2 is for Data Center, everything else for Cloud.
func framework(p *audit.Pass, l *costing.Line) string {
	fact := p.Estate.FindFact(l.Sub.Key)
	if l.IsHost() || fact == nil || (fact.Framework == "p2") != (l.Sub.Hosting == pricing.DataCenter) {
		return ""
	}
	return fact.Framework
}

// ask notes an app of which nobody says what it is built on, where an end of
// some framework would leave days of its coming term without support.
func (ends endings) ask(p *audit.Pass, l *costing.Line, open *gaps) {
	if l.IsHost() || l.Sub.Hosting != pricing.Cloud || framework(p, l) != "" {
		return
	}
	if _, found := ends.of(p, l); found {
		return
	}
	for _, k := range estate.Frameworks() {
		end, known := ends[k]
		switch fact := p.Estate.FindFact(l.Sub.Key); {
		case !known || k == "p2" || l.PaidAfter(end.Date).Days == 0:
		case fact == nil:
			open.add("no row in apps", l.Sub.Key, l.Name(), diag.Source{}, l)
		default:
			open.add("framework is blank", l.Sub.Key, l.Name(), fact.Source, l)
		}
	}
}

// reportAfter reports what a line pays for after its end.
func reportAfter(p *audit.Pass, l *costing.Line, end ending) {
	after := l.PaidAfter(end.Date)
	undated := l.Term.Start.IsZero() && !l.ElsewhereCharged()
	if after.Days == 0 && !undated {
		return
	}
	f := audit.Finding{
		Subject: l.ID(), Bundle: l.Bundle.ID(), Title: afterTitle(p, l, end, after), Detail: afterDetail(l, end, after),
		Confidence: audit.Certain, Why: "the announced day against the days each bill is for",
		Figures:  []audit.Figure{{Name: "end", Label: "Support ends", Value: end.Date}},
		Evidence: endEvidence(p, l, end), Amount: after.Amount, By: endBy(p, l, end),
		Lines:      []audit.LineAmount{{Line: l.ID(), Name: l.Name(), Amount: after.Amount}},
		Action:     endAction(l, end, after),
		NotCounted: "part of the as-is amount; the plan ends no subscription and shortens no term",
	}
	if !undated {
		f.Figures = append(f.Figures, audit.Figure{Name: "renewal", Label: "Renewal", Value: l.Term.Start},
			audit.Figure{Name: "days", Label: "Days of the coming term after it", Value: after.Days},
			audit.Figure{Name: "term_days", Label: "Days of the coming term", Value: after.Of}, audit.Figure{Name: "term", Label: "Coming term, as is", Value: l.AsIs})
	}
	if l.StandIn {
		f.Confidence, f.Why = audit.Probable, "licensed_users stand for the users, who are not counted"
	}
	held := l.Bundle.Held()
	switch {
	case len(held) > 0:
		f.Confidence, f.Why = audit.Probable, audit.Because(held[0])
		f.Severity = audit.Low
	case after.Amount.Known():
		f.Severity = p.Rate(after.Amount, f.By)
	}
	if l.Foreign {
		f.NotCounted = noCost(p, l)
	}
	if end.Key != estate.DataCenterEnds { // whose days stand among the deadlines by themselves
		f.Days = []audit.Deadline{{Date: end.Date, Kind: audit.DeadlineSupport, Site: l.Sub.Site, What: "support of " + l.Name() + " ends", ID: l.ID() + "/support"}}
	}
	p.Report(f)
}

func afterTitle(p *audit.Pass, l *costing.Line, end ending, after costing.PaidAfter) string {
	verb := "ends"
	if end.Date.Before(p.AsOf) {
		verb = "ended"
	}
	text := fmt.Sprintf("Support of %s %s on %s: ", estate.On(l.Name(), l.Sub.Site), verb, end.Date.Short())
	days := "the " + count(after.Days, "day", "days") + " after it"
	if after.Days == after.Of {
		days = "its whole coming term"
	}
	switch {
	case after.Days == 0:
		return text + "what is paid for after it is not known, since it has no renewal date"
	case !after.Amount.Known():
		return text + "what is paid for " + days + " is not known"
	}
	return text + fmt.Sprintf("%s %s is paid for %s", after.Amount.Grouped(), after.Amount.Currency(), days)
}

// afterDetail shows the calculation, and whose word the day is.
func afterDetail(l *costing.Line, end ending, after costing.PaidAfter) string {
	var out []string
	if after.Days > 0 {
		out = append(out, fmt.Sprintf("Its coming term has %s from %s on.", money.Plural(after.Of, "day"), l.Term.Start.Short()))
	}
	if after.Reason.Given() {
		out = append(out, "What it costs is not known: "+after.Reason.Text+".")
	}
	var whole []money.Amount
	for _, part := range after.Parts {
		if part.Days == part.Of {
			whole = append(whole, part.Own)
			continue
		}
		out = append(out, fmt.Sprintf("Of the bill of %s: %s x %d / %d = %s %s.",
			part.Bill.Date.Short(), part.Bill.Own.Grouped(), part.Days, part.Of, part.Own.Grouped(), part.Own.Currency()))
	}
	if n := len(whole); n > 0 {
		sum := money.Sum(whole[0].Currency(), whole...)
		out = append(out, fmt.Sprintf("%s, %s %s%s, %s for days after it only.",
			count(n, "bill", "bills"), sum.Grouped(), sum.Currency(), verb(n, "", " together"), verb(n, "is", "are")))
	}
	return strings.Join(append(out, whoSays(end)...), " ")
}

// whoSays tells where a day comes from.
func whoSays(end ending) []string {
	var out []string
	if end.Origin != "" {
		out = append(out, "Announced by: "+strings.TrimSuffix(end.Origin, ".")+".")
	}
	if !end.checked.IsZero() {
		out = append(out, "Tierline comes with this day, checked on "+end.checked.Short()+"; a row of the table end_of_support replaces it.")
	}
	if end.remark != "" {
		out = append(out, end.remark)
	}
	if !end.replaces.IsZero() {
		out = append(out, "The table end_of_support replaces the day Tierline comes with, "+end.replaces.Short()+".")
	}
	return out
}

func endEvidence(p *audit.Pass, l *costing.Line, end ending) []audit.Evidence {
	out := []audit.Evidence{lineRow(l)}
	if end.Source != (diag.Source{}) {
		out = append(out, audit.Evidence{Source: end.Source, What: "end of support"})
	}
	if framework(p, l) == end.Key {
		out = append(out, audit.Evidence{Source: p.Estate.FindFact(l.Sub.Key).Source, What: "what the app is built on"})
	}
	return out
}

// endBy returns the last day to act: before an annual renewal, and before the
// first bill that is for days after the end.
func endBy(p *audit.Pass, l *costing.Line, end ending) date.Date {
	if l.Sub.Cycle == pricing.Monthly && end.Date.After(l.Term.Start) {
		return end.Date
	}
	return dueBefore(p, l)
}

func endAction(l *costing.Line, end ending, after costing.PaidAfter) string {
	built := end.Key != l.Sub.Key && end.Key != estate.DataCenterEnds
	switch {
	case after.Days == 0:
		return "Fill in renewal_date, and decide what takes its place."
	case built:
		return "Ask the vendor by when the app is built on something that is supported, and decide before renewing."
	case l.Sub.Cycle == pricing.Monthly:
		return "Decide what takes its place, and end the monthly subscription by then."
	case after.Days == after.Of:
		return "Decide what takes its place, and do not renew it."
	}
	return "Decide what takes its place, and ask before renewing for a term that is no longer than the support."
}
