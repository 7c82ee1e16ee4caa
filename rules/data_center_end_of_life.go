package rules

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
)

//go:embed data-center-end-of-life.md
var dataCenterEndOfLifePage string

var dataCenterEndOfLife = &audit.Rule{
	ID:          "data-center-end-of-life",
	Title:       "Data Center terms, expansions and purchases that its end cuts off, and what Cloud would cost right-sized",
	Page:        dataCenterEndOfLifePage,
	Remediation: "Plan the migration before the last renewal, clean up first, and buy what must still be bought in time.",
	Category:    audit.CategoryTerms,
	Kind:        audit.Risk,
	Severity:    audit.Medium,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedDataCenter},
	Run:         runDataCenterEndOfLife,
}

func runDataCenterEndOfLife(_ context.Context, p *audit.Pass) error {
	for _, l := range p.Costs.Lines {
		if costing.EndsWithDataCenter(l.Sub) {
			p.Examine(l.ID())
			reportCut(p, l)
			reportExpansions(p, l)
		}
	}
	for i := range p.Costs.Ended {
		e := &p.Costs.Ended[i]
		p.Examine(e.ID())
		reportEnded(p, e)
	}
	reportTrials(p)
	reportMigrations(p)
	return nil
}

// reportCut reports a term that the end of Data Center cuts.
func reportCut(p *audit.Pass, l *costing.Line) {
	days, cut := l.EndsEarly()
	if !cut {
		return
	}
	f := audit.Finding{
		Subject: l.ID() + "/cut",
		Title: fmt.Sprintf("%s on %s renews on %s for %s: Data Center ends on %s",
			l.Name(), l.Sub.Site, l.Term.Start.Short(), money.Plural(days, "day"), costing.EndOfLife.Long()),
		Detail:     fmt.Sprintf("The term is cut and charged for %s of 365; nothing can be renewed after it.", money.Plural(days, "day")),
		Confidence: audit.Probable, Why: "the charge for a cut term is taken to be by the day",
		Figures: []audit.Figure{
			{Name: "renewal", Label: "Renewal", Value: l.Term.Start}, {Name: "end_of_life", Label: "Data Center ends", Value: costing.EndOfLife},
			{Name: "days", Label: "Days charged", Value: days}, {Name: "days_lost", Label: "Days of a year that fall away", Value: l.Term.Days() - days},
			{Name: "term", Label: "Coming term, as is", Value: l.AsIs},
		},
		Evidence: []audit.Evidence{lineRow(l)}, Amount: l.AsIs, By: l.Term.Start.AddDays(-1),
		Lines:      []audit.LineAmount{{Line: l.ID(), Name: l.Name(), Amount: l.AsIs, Note: money.Plural(days, "day") + " of 365", Of: audit.OfAsIs}},
		Action:     "Migrate by then, or ask for the cut term in writing before renewing.",
		NotCounted: "part of the as-is amount, cut there already",
	}
	if !l.AsIs.Known() {
		f.Detail += " Its amount is not known: " + l.Reason.Text + "."
	}
	p.Report(f)
}

// reportEnded reports a row that would renew after the end.
func reportEnded(p *audit.Pass, e *costing.Ended) {
	p.Report(audit.Finding{
		Subject:    e.ID(),
		Title:      fmt.Sprintf("%s on %s cannot renew on %s: Data Center ends on %s", e.Sub.DisplayName(), e.Sub.Site, e.Renewal.Short(), costing.EndOfLife.Long()),
		Detail:     "The subscription has no coming term, so it is in no total and in no bundle. It still runs until the end.",
		Confidence: audit.Certain, Why: "renewal date against the published end",
		Figures: []audit.Figure{
			{Name: "renewal", Label: "Renewal", Value: e.Renewal}, {Name: "end_of_life", Label: "Data Center ends", Value: costing.EndOfLife},
			{Name: "days_after", Label: "Days after the end", Value: e.Renewal.Sub(costing.EndOfLife)},
		},
		Evidence:   []audit.Evidence{{Source: e.Sub.Source, What: "subscription " + e.Sub.DisplayName()}},
		Action:     "Plan its migration or its end; nothing is renewed here.",
		By:         costing.EndOfLife,
		NotCounted: "no term, so no amount",
	})
}

// reportExpansions reports planned users for whom no tier can be bought any
// more: the first day on which they exceed what can be paid for by then. An
// app with a host follows the host's tier, so the host is reported.
func reportExpansions(p *audit.Pass, l *costing.Line) {
	paid, open := l.Reaches(l.Billed)
	if open || followsTier(l) {
		return
	}
	for _, c := range plannedChanges(l) {
		n := l.UsersOn(c.Date, nil)
		if !c.Date.After(costing.LastExpansion) {
			top, endless := l.Reaches(n)
			if endless {
				return
			}
			paid = max(paid, top) // can still be bought in time
		} else if !c.Date.After(costing.EndOfLife) && n > paid {
			p.Report(expansionFinding(l, c, n, paid))
			return
		}
	}
}

// plannedChanges lists the changes of the products that set a line's users, by
// day.
func plannedChanges(l *costing.Line) []estate.HeadcountChange {
	var out []estate.HeadcountChange
	for _, i := range l.Members() {
		out = append(out, l.Bundle.Products[i].Changes()...)
	}
	slices.SortStableFunc(out, func(a, b estate.HeadcountChange) int { return a.Date.Compare(b.Date) })
	return out
}

func expansionFinding(l *costing.Line, c estate.HeadcountChange, users, paid int) audit.Finding {
	return audit.Finding{
		Subject: l.ID() + "/expansion",
		Title: fmt.Sprintf("%s users of %s planned for %s cannot be bought: Data Center expansions end on %s",
			money.Count(users), l.Name(), c.Date.Short(), costing.LastExpansion.Long()),
		Detail:     fmt.Sprintf("The tier in force then ends at %s users. With one more the product is read-only, and no larger tier is sold.", money.Count(paid)),
		Confidence: audit.Probable, Why: "rests on headcount_plan",
		Severity: audit.High,
		Figures: []audit.Figure{
			{Name: "users", Label: "Planned users", Value: users}, {Name: "top", Label: "Top of the tier then", Value: paid},
			{Name: "over", Label: "Users over", Value: users - paid},
			{Name: "planned", Label: "Planned for", Value: c.Date}, {Name: "last_expansion", Label: "Last day to expand", Value: costing.LastExpansion},
		},
		Evidence:   []audit.Evidence{{Source: c.Source, What: "planned change"}, lineRow(l)},
		Action:     "Buy the larger tier by the last day, remove users before the date, or migrate first.",
		By:         costing.LastExpansion,
		NotCounted: "there is no price for what cannot be bought",
	}
}

// reportTrials reports trials that cannot be turned into a subscription.
func reportTrials(p *audit.Pass) {
	customer := slices.ContainsFunc(p.Costs.Lines, func(l *costing.Line) bool { return l.IsHost() && costing.EndsWithDataCenter(l.Sub) })
	for i := range p.Estate.Subscriptions {
		s := &p.Estate.Subscriptions[i]
		if s.Status != estate.SubTrial || !costing.EndsWithDataCenter(s) {
			continue
		}
		subject := s.Site + "/" + s.Kind.String() + "/" + s.Key + "/trial"
		p.Examine(subject)
		last, why := costing.LastExpansion, "existing customers can buy"
		if !customer && s.Kind == estate.ProductKind {
			last, why = costing.LastNewCustomer, "new customers can buy"
		}
		buys := date.Max(s.Renewal, p.AsOf)
		if buys.After(last) {
			p.Report(closedToTrial(s, subject, buys, last, why))
		}
	}
}

func closedToTrial(s *estate.Subscription, subject string, buys, last date.Date, why string) audit.Finding {
	return audit.Finding{
		Subject:    subject,
		Title:      fmt.Sprintf("The trial of %s on %s cannot become a subscription: %s until %s", s.DisplayName(), s.Site, why, last.Long()),
		Detail:     "It ends with the trial. A Cloud site is the only way to go on.",
		Confidence: audit.Probable, Why: "rests on the subscriptions table: agreements of your own are not in it",
		Figures:    []audit.Figure{{Name: "converts", Label: "Would be bought on", Value: buys}, {Name: "last_purchase", Label: "Last day to buy", Value: last}},
		Evidence:   []audit.Evidence{{Source: s.Source, What: "trial of " + s.DisplayName()}},
		Action:     "Stop the trial, or continue it on Cloud.",
		By:         buys,
		NotCounted: "a trial is in no total",
	}
}
