package rules

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/once"
)

// organisation is the subject of what is said about all of it at once.
const organisation = "organisation"

// app is a Marketplace app in use: its active subscriptions on all sites, and
// what the apps table says about it.
type app struct {
	key   string
	lines []*costing.Line
	fact  *estate.AppFact // nil when the table has no row for it
}

// name returns the app's name for people.
func (a app) name() string { return a.lines[0].Name() }

// appsInUse lists the apps with an active subscription, by key.
func appsInUse(p *audit.Pass) []app {
	var out []app
	at := map[string]int{}
	for _, l := range p.Costs.Lines {
		if l.IsHost() {
			continue
		}
		i, seen := at[l.Sub.Key]
		if !seen {
			i = len(out)
			at[l.Sub.Key] = i
			out = append(out, app{key: l.Sub.Key, fact: p.Estate.FindFact(l.Sub.Key)})
		}
		out[i].lines = append(out[i].lines, l)
	}
	slices.SortFunc(out, func(a, b app) int { return strings.Compare(a.key, b.key) })
	return out
}

// yearToday adds what lines cost today over twelve months; unknown when one of
// them is not known, or when they are not all in one currency.
func yearToday(p *audit.Pass, lines []*costing.Line) money.Amount {
	if len(lines) == 0 {
		return money.Zero(p.Costs.Currency)
	}
	sum := lines[0].Current
	for _, l := range lines[1:] {
		sum = sum.Add(l.Current)
	}
	return sum
}

// dueBefore returns the last day on which the renewal of the lines can still
// be changed: the day before the first of them, but never a day before as-of.
// No date when none of them has a renewal.
func dueBefore(p *audit.Pass, lines ...*costing.Line) date.Date {
	var first date.Date
	for _, l := range lines {
		if start := l.Term.Start; !start.IsZero() && (first.IsZero() || start.Before(first)) {
			first = start
		}
	}
	if first.IsZero() {
		return first
	}
	return date.Max(first.AddDays(-1), p.AsOf)
}

// answer writes what a table says for people; no answer is no "no".
func answer(a estate.Answer) string { return [...]string{"not known", "yes", "no"}[a] }

// checked says when the apps table was last held against the Marketplace.
func checked(f *estate.AppFact) string {
	if f.CheckedOn.IsZero() {
		return "rests on the apps table, which does not say when it was checked"
	}
	return "rests on the apps table, checked on " + f.CheckedOn.Short()
}

// noCost says why a line has no amount in the currency of the totals.
func noCost(p *audit.Pass, l *costing.Line) string {
	if l.Foreign {
		return fmt.Sprintf("priced in %s, the totals are in %s", l.AsIs.Currency(), p.Costs.Currency)
	}
	if l.Charge() != nil {
		return "it is one charge for the people of several sites"
	}
	return l.Reason.Text
}

// sentence joins words as a sentence does: "a, b and c".
func sentence(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// distinct returns subject, with a number behind it when it is taken already:
// no two findings of a rule have one name.
func distinct(taken map[string]bool, subject string) string {
	out := subject
	for n := 2; taken[out]; n++ {
		out = fmt.Sprintf("%s/%d", subject, n)
	}
	taken[out] = true
	return out
}

// gaps collects what optional tables leave open about apps in use, so that it
// is said in one finding and not once for each app.
type gaps struct {
	reasons []string                      // in the order they were met
	names   map[string]*once.List[string] // by reason
	apps    map[string]bool               // keys
	lines   once.List[*costing.Line]
	rows    once.List[diag.Source] // of the optional tables, where there is one
}

// add notes why nothing can be said about some subscriptions of an app.
func (g *gaps) add(reason, key, name string, row diag.Source, lines ...*costing.Line) {
	if g.apps == nil {
		g.names, g.apps = map[string]*once.List[string]{}, map[string]bool{}
	}
	if g.names[reason] == nil {
		g.reasons = append(g.reasons, reason)
		g.names[reason] = &once.List[string]{}
	}
	g.names[reason].Add(name)
	g.apps[key] = true
	if row != (diag.Source{}) {
		g.rows.Add(row)
	}
	for _, l := range lines {
		g.lines.Add(l)
	}
}

// Limits of a finding about many apps: more are counted, not listed.
const (
	namesShown = 10
	rowsShown  = 25
)

// detail lists the reasons, each with the names it is about.
func (g *gaps) detail() string {
	var out []string
	for _, reason := range g.reasons {
		names := g.names[reason].Values()
		text := reason + ": " + strings.Join(names[:min(namesShown, len(names))], ", ")
		if rest := len(names) - namesShown; rest > 0 {
			text += fmt.Sprintf(" and %s more", money.Count(rest))
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ") + "."
}

// severity is low where a table is there and has gaps; a table nobody supplied
// is only pointed out, or every run without it would have a finding to mend.
func (g *gaps) severity() audit.Severity {
	if len(g.rows.Values()) == 0 {
		return audit.Info
	}
	return audit.Low
}

// report reports the gaps, if there are any, as a finding about the
// organisation. what is not known comes after "Not fully known for 2 of 3 apps
// in use:".
func (g *gaps) report(p *audit.Pass, of []app, what, action string) {
	if len(of) == 0 {
		return
	}
	p.Examine(organisation)
	if len(g.apps) == 0 {
		return
	}
	lines, rows := g.lines.Values(), g.rows.Values()
	f := audit.Finding{
		Subject: organisation, Severity: g.severity(),
		Title:      fmt.Sprintf("Not fully known for %s of %s in use: %s", money.Count(len(g.apps)), money.Plural(len(of), "app"), what),
		Detail:     g.detail(),
		Confidence: audit.Certain, Why: "counted from the inputs",
		Figures: []audit.Figure{
			{Name: "apps_open", Label: "Apps with something not known", Value: len(g.apps)}, {Name: "apps", Label: "Apps in use", Value: len(of)},
			{Name: "current", Label: "Paid for them today, over twelve months", Value: yearToday(p, lines)},
		},
		Action: action, NotCounted: "missing data, not an amount",
	}
	for _, l := range lines[:min(rowsShown, len(lines))] {
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	if rest := len(lines) - rowsShown; rest > 0 {
		f.Evidence = append(f.Evidence, audit.Evidence{What: fmt.Sprintf("%s more subscriptions", money.Count(rest))})
	}
	for _, row := range rows[:min(rowsShown, len(rows))] {
		f.Evidence = append(f.Evidence, audit.Evidence{Source: row, What: "what is known"})
	}
	p.Report(f)
}
