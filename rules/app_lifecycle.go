package rules

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

//go:embed app-lifecycle.md
var appLifecyclePage string

// appLifecycle needs no input beyond subscriptions: trials are looked at in any
// case, and what the apps table does not say is a finding of its own.
var appLifecycle = &audit.Rule{
	ID:          "app-lifecycle",
	Title:       "apps that are archived, unsupported or have no version to migrate to, and trials that convert",
	Page:        appLifecyclePage,
	Remediation: "Look for a replacement before the renewal, and decide on each trial before the day it converts.",
	Category:    audit.CategoryApps,
	Kind:        audit.Risk,
	Severity:    audit.Medium,
	Scope:       audit.PerOrganisation,
	Run:         runAppLifecycle,
}

func runAppLifecycle(_ context.Context, p *audit.Pass) error {
	apps, open, taken := appsInUse(p), gaps{}, map[string]bool{}
	for _, a := range apps {
		lifeOf(p, a, &open, taken)
	}
	for _, l := range p.Costs.Trials {
		p.Examine(l.ID())
		f := trialFinding(p, l)
		f.Subject = distinct(taken, l.ID())
		p.Report(f)
	}
	open.report(p, apps, "whether they are archived, supported and able to migrate", "Fill in the apps table from each app's Marketplace page.")
	return nil
}

// lifeOf looks at one app on all its sites. A subscription counts as looked at
// only where everything that matters for it is answered, or where it has a
// finding all the same.
func lifeOf(p *audit.Pass, a app, open *gaps, taken map[string]bool) {
	if a.fact == nil {
		open.add("no row in apps", a.key, a.name(), diag.Source{}, a.lines...)
		return
	}
	for _, l := range a.lines {
		missing := lifeUnanswered(l, a.fact)
		for _, column := range missing {
			open.add(column+" is blank", a.key, a.name(), a.fact.Source, l)
		}
		problems := lifeProblems(p, l, a.fact)
		if len(problems) > 0 || len(missing) == 0 {
			p.Examine(l.ID())
		}
		if len(problems) > 0 {
			f := lifeFinding(p, l, a.fact, problems)
			f.Subject = distinct(taken, l.ID())
			p.Report(f)
		}
	}
}

// lifeUnanswered lists the columns that matter for a line and say nothing.
func lifeUnanswered(l *costing.Line, f *estate.AppFact) []string {
	var out []string
	if f.Archived == estate.Unanswered {
		out = append(out, "archived")
	}
	if f.Supported == estate.Unanswered {
		out = append(out, "supported")
	}
	if l.Sub.Hosting == pricing.DataCenter && len(f.Hostings) == 0 {
		out = append(out, "hosting_available")
	}
	return out
}

// lifeProblem is one thing that is wrong with the future of an app.
type lifeProblem struct {
	is       string // as in "the app is archived"
	detail   string
	actions  []string
	severity audit.Severity
	by       date.Date // zero = before the renewal
}

// replacement is what two of the problems ask for; it is said once.
const replacement = "Look for a supported replacement before the renewal."

// lastYear is how many days before the end of Data Center an app without a
// Cloud version becomes urgent: its last renewal is the next one.
const lastYear = 365

func lifeProblems(p *audit.Pass, l *costing.Line, f *estate.AppFact) []lifeProblem {
	var out []lifeProblem
	if f.Archived == estate.Yes {
		out = append(out, lifeProblem{is: "is archived on the Marketplace", severity: audit.High,
			detail:  "How long it will still be maintained is not known.",
			actions: []string{"Ask the vendor how long it will be maintained.", replacement}})
	}
	if f.Supported == estate.No {
		out = append(out, lifeProblem{is: "is not supported", severity: audit.Medium,
			detail:  "Nobody promises to mend it when something breaks.",
			actions: []string{replacement}})
	}
	if len(f.Hostings) == 0 {
		return out
	}
	if !slices.Contains(f.Hostings, l.Sub.Hosting) {
		out = append(out, lifeProblem{is: "is not offered for " + hostingName(l.Sub.Hosting) + ", where it is paid for", severity: audit.Medium,
			detail:  "What is paid for there is no longer sold, or the row names the wrong hostings.",
			actions: []string{"Check the Marketplace page, and ask the vendor what the renewal will be for."}})
	}
	if l.Sub.Hosting == pricing.DataCenter && !slices.Contains(f.Hostings, pricing.Cloud) {
		out = append(out, noCloud(p, l))
	}
	return out
}

// noCloud says what becomes of a Data Center app that cannot migrate.
func noCloud(p *audit.Pass, l *costing.Line) lifeProblem {
	x := lifeProblem{is: "has no Cloud version", severity: audit.Medium,
		actions: []string{"Decide what takes its place on Cloud, and how its data gets out, before the migration is planned."}}
	host := estate.ProductName(l.Sub.Host)
	if !costing.EndsWithDataCenter(l.Sub) {
		x.detail = fmt.Sprintf("No end is announced for %s Data Center; should it move to Cloud, the app cannot go with it.", host)
		x.severity = audit.Low
		return x
	}
	x.by = costing.EndOfLife
	x.detail = fmt.Sprintf("%s Data Center ends on %s: the app cannot move to Cloud with it and its data stays behind, "+
		"unless something takes its place. What that costs is not known.", host, costing.EndOfLife.Long())
	if costing.EndOfLife.Sub(p.AsOf) <= lastYear {
		x.severity = audit.High
	}
	return x
}

func hostingName(h pricing.Hosting) string {
	if h == pricing.DataCenter {
		return "Data Center"
	}
	return "Cloud"
}

func lifeFinding(p *audit.Pass, l *costing.Line, fact *estate.AppFact, problems []lifeProblem) audit.Finding {
	var is, details, actions []string
	f := audit.Finding{
		Bundle: l.Bundle.ID(), Confidence: audit.Probable, Why: checked(fact),
		Figures:    append(lifeFigures(fact), audit.Figure{Name: "current", Label: "Paid for it today, over twelve months", Value: l.Current}),
		Evidence:   []audit.Evidence{{Source: fact.Source, What: "what is known about the app"}, lineRow(l)},
		NotCounted: "a risk, not an amount: what a replacement costs is not known",
	}
	for _, x := range problems {
		is, details = append(is, x.is), append(details, x.detail)
		for _, a := range x.actions {
			if !slices.Contains(actions, a) {
				actions = append(actions, a)
			}
		}
		f.Severity = max(f.Severity, x.severity)
		by := x.by
		if by.IsZero() {
			by = dueBefore(p, l)
		}
		if f.By.IsZero() || by.Before(f.By) && !by.IsZero() {
			f.By = by
		}
	}
	f.Title = fmt.Sprintf("%s %s", estate.On(l.Name(), l.Sub.Site), sentence(is))
	if l.Sub.AutoRenew == estate.Yes && !l.Term.Start.IsZero() {
		details = append(details, fmt.Sprintf("It renews by itself on %s.", l.Term.Start.Short()))
	}
	f.Detail, f.Action = strings.Join(details, " "), strings.Join(actions, " ")
	return f
}

func lifeFigures(fact *estate.AppFact) []audit.Figure {
	hostings := "not known"
	if len(fact.Hostings) > 0 {
		var names []string
		for _, h := range fact.Hostings {
			names = append(names, hostingName(h))
		}
		hostings = sentence(names)
	}
	out := []audit.Figure{
		{Name: "archived", Label: "Archived", Value: answer(fact.Archived)}, {Name: "supported", Label: "Supported", Value: answer(fact.Supported)},
		{Name: "hosting_available", Label: "Offered for", Value: hostings},
	}
	if !fact.CheckedOn.IsZero() {
		out = append(out, audit.Figure{Name: "checked_on", Label: "Checked on", Value: fact.CheckedOn})
	}
	return out
}

// trialFinding says what a trial costs once it converts, priced as an active
// row would be (METHOD 1.10).
func trialFinding(p *audit.Pass, l *costing.Line) audit.Finding {
	name, on := estate.On(l.Name(), l.Sub.Site), l.Sub.Renewal
	f := audit.Finding{
		Amount: l.AsIs, Figures: trialFigures(l),
		Confidence: audit.Certain, Why: "priced as an active subscription would be, for the users there are",
		Evidence:   []audit.Evidence{lineRow(l)},
		Action:     "Decide before that day whether it is wanted, and end the trial if it is not.",
		NotCounted: "a trial is in no total until it converts",
	}
	price := "at a price that is not known"
	if l.AsIs.Known() {
		price = fmt.Sprintf("for %s %s a year", l.AsIs.Grouped(), l.AsIs.Currency())
	}
	switch {
	case on.IsZero():
		f.Title = name + " is on trial, and no date says until when"
		f.Action = "Find out when the trial ends, and fill in renewal_date."
	case on.Before(p.AsOf):
		f.Title = fmt.Sprintf("The trial of %s ended on %s, and its row still says trial", name, on.Short())
		f.Action = "Find out whether it was bought or ended, and correct the row: a subscription that is paid for is missing from the totals."
	case l.Sub.AutoRenew == estate.No:
		f.Title = fmt.Sprintf("The trial of %s ends on %s; it can be bought %s", name, on.Short(), price)
		f.By = dueBefore(p, l)
	default:
		f.Title = fmt.Sprintf("The trial of %s converts on %s %s", name, on.Short(), price)
		f.By = dueBefore(p, l)
	}
	trialDetail(p, l, &f)
	if l.AsIs.Known() && !l.Foreign {
		f.Severity = p.Rate(l.AsIs, f.By)
	}
	return f
}

func trialFigures(l *costing.Line) []audit.Figure {
	out := []audit.Figure{{Name: "cycle", Label: "Billed", Value: l.Sub.Cycle.String()}}
	if !l.Sub.Renewal.IsZero() {
		out = append(out, audit.Figure{Name: "converts_on", Label: "Converts on", Value: l.Sub.Renewal})
	}
	if l.UsersKnown && l.Sub.Basis != estate.Fixed {
		out = append(out, audit.Figure{Name: "users", Label: "Users today", Value: l.Users},
			audit.Figure{Name: "billed", Label: "Quantity at today's licences", Value: l.Billed})
	}
	first, _ := trialBills(l)
	return append(out,
		audit.Figure{Name: "first_bill", Label: "First bill", Value: first},
		audit.Figure{Name: "coming_term", Label: "Twelve months from then", Value: l.AsIs},
		audit.Figure{Name: "at_todays_price", Label: "Twelve months at today's price", Value: l.Current})
}

// trialBills returns the bill of the day on which a trial converts, and what
// upgrades for planned users add in the twelve months from then.
func trialBills(l *costing.Line) (first, upgrades money.Amount) {
	bills, why := l.Bills(costing.Choice{Cycle: l.Sub.Cycle})
	if why.Given() {
		return money.Amount{}, money.Amount{}
	}
	first = bills[0].Amount
	upgrades = money.Zero(first.Currency())
	for _, b := range bills {
		if b.Previous > 0 {
			upgrades = upgrades.Add(b.Amount)
		}
	}
	return first, upgrades
}

// trialDetail says how the price comes about, and what else to know before
// buying.
func trialDetail(p *audit.Pass, l *costing.Line, f *audit.Finding) {
	var out []string
	switch {
	case l.Reason.Given():
		out = append(out, "What it will cost is not known: "+l.Reason.Text+".")
		f.Confidence, f.Why = audit.Probable, "rests on the row of the subscription alone"
	case l.Sub.Basis == estate.Fixed:
		out = append(out, "The price is fixed, whatever the users.")
	case l.Billed > l.Users:
		out = append(out, fmt.Sprintf("It would be charged for %s, which is what is licensed; there are %s (%s).",
			money.Plural(l.Billed, "user"), money.Count(l.Users), l.UsersFrom))
	default:
		out = append(out, fmt.Sprintf("It would be charged for %s (%s).", money.Plural(l.Billed, "user"), l.UsersFrom))
	}
	if !l.Reason.Given() {
		if l.StandIn {
			f.Confidence, f.Why = audit.Probable, "licensed_users stand for the users, who are not counted"
		}
		if _, upgrades := trialBills(l); upgrades.Sign() > 0 {
			out = append(out, fmt.Sprintf("Users planned for those twelve months add %s.", upgrades.Grouped()))
			f.Confidence, f.Why = audit.Probable, "rests on headcount_plan"
		}
		out = append(out, trialMoves(l, f)...)
	}
	if slices.ContainsFunc(p.Costs.Lines, func(x *costing.Line) bool {
		return x.Sub.Site == l.Sub.Site && x.Sub.Kind == l.Sub.Kind && x.Sub.Key == l.Sub.Key
	}) {
		out = append(out, "An active subscription for the same stands beside it; if the trial takes its place, only the difference is new.")
	}
	if fact := p.Estate.FindFact(l.Sub.Key); fact != nil && !l.IsHost() {
		var is []string
		for _, x := range lifeProblems(p, l, fact) {
			is = append(is, x.is)
		}
		if len(is) > 0 {
			out = append(out, "It "+sentence(is)+".")
			f.Evidence = append(f.Evidence, audit.Evidence{Source: fact.Source, What: "what is known about the app"})
		}
	}
	f.Detail = strings.Join(out, " ")
}

// trialMoves says which price changes come before the trial converts, and how
// the price before them can be kept.
func trialMoves(l *costing.Line, f *audit.Finding) []string {
	var out []string
	for _, m := range l.Moves() {
		if m.Effective.After(l.Term.Start) || !m.Old.Less(m.New) {
			continue
		}
		text := "a Cloud trial that is bought before it ends can still have the old price."
		if l.Sub.Hosting == pricing.DataCenter {
			text = "a Data Center trial gets the new price, unless a quote was made before."
		}
		change, _ := m.Change() // the old bill is known, and less than the new one
		out = append(out, fmt.Sprintf("Its price changes by %s on %s, before it converts: %s", change.SignedPercent(), m.Effective.Short(), text))
		f.Evidence = append(f.Evidence, audit.Evidence{Source: m.Source, What: "announcement or price table"})
	}
	return out
}
