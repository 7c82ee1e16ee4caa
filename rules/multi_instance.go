package rules

import (
	"context"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

//go:embed multi-instance.md
var multiInstancePage string

var multiInstance = &audit.Rule{
	ID:          "multi-instance",
	Title:       "apps and Enterprise products paid for on several sites, against paying once for the people on all of them",
	Page:        multiInstancePage,
	Remediation: "Ask the reseller or Atlassian to put the sites under one subscription at the first of their renewals.",
	Category:    audit.CategoryPrices,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerOrganisation,
	Needs:       []audit.Need{audit.NeedPrices, audit.NeedTwoSites},
	Run:         runMultiInstance,
}

func runMultiInstance(_ context.Context, p *audit.Pass) error {
	for _, lines := range appSites(p) {
		p.Examine(lines[0].ID())
	}
	for _, m := range p.Plan.Combinations {
		p.Examine(m.Lines[0].ID())
		switch {
		case m.Reason.Given():
			p.Report(cannotCombine(p, m))
		case m.Adopted, m.LaterSaving().Sign() > 0:
			p.Report(combinationFinding(p, m))
		}
	}
	for _, lines := range enterpriseRows(p) {
		p.Examine(lines[0].ID())
		if separateCharges(lines) {
			p.Report(entitlementFinding(p, lines))
		}
	}
	return nil
}

// combinationFinding reports an app that is cheaper paid for once: in the coming
// term, or only when nothing is prepaid any more.
func combinationFinding(p *audit.Pass, m *plan.Combination) audit.Finding {
	first := m.Lines[0]
	users, seats, overlap := m.People()
	f := audit.Finding{
		Subject: first.ID(),
		Detail: fmt.Sprintf("The sites hold %s, %s of them held by people with a seat on another site already. %s "+
			"Each site for itself costs %s%s; one subscription costs %s.%s",
			money.Plural(seats, "seat"), money.Count(overlap), afterRemovals(users, seats-overlap), m.Apart.Grouped(), quoted(m), m.Combined.Grouped(), prepaid(m)),
		Confidence: audit.Probable,
		Why:        "people are told apart by their account id; the vendor may have a price of its own for several instances",
		Figures: []audit.Figure{
			{Name: "separate", Label: "Each site for itself, without quotes", Value: m.Apart},
			{Name: "separate_quoted", Label: "Each site for itself, with the quotes of the plan", Value: m.Separate},
			{Name: "combined", Label: "One subscription", Value: m.Combined}, {Name: "prepaid", Label: "Prepaid on other sites when it starts", Value: m.Prepaid()},
			{Name: "later", Label: "Saves a year from the second year on", Value: m.LaterSaving()},
			{Name: "people", Label: "People it is for", Value: users}, {Name: "seats", Label: "Seats on all sites", Value: seats},
			{Name: "overlap", Label: "Seats of people counted already", Value: overlap}, {Name: "term", Label: "From", Value: m.Line.Term.Start},
		},
		Action: p.Rule.Remediation,
	}
	for _, l := range m.Lines {
		f.Lines = append(f.Lines, audit.LineAmount{
			Line: l.ID(), Name: estate.On(l.Name(), l.Sub.Site), Amount: p.Plan.Unquoted(l), Note: "for itself", Of: audit.OfApart})
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	if !m.Adopted {
		laterFinding(m, &f)
		return f
	}
	f.Title = fmt.Sprintf("%s on %s costs %s %s less paid for once: for %s users instead of %s", first.Name(), money.Plural(len(m.Lines), "site"),
		m.Saving().Grouped(), m.Saving().Currency(), money.Count(users), inSum(m))
	f.Amount, f.By = m.Saving(), date.Max(m.Line.Term.Start.AddDays(-1), p.AsOf)
	f.CountIn(p.Plan.Action(m.ID()))
	f.Severity = p.Rate(f.Amount, f.By)
	return f
}

// laterFinding fills in a combination that would save, were nothing prepaid.
func laterFinding(m *plan.Combination, f *audit.Finding) {
	first := m.Lines[0]
	f.Title = fmt.Sprintf("%s on %s would cost %s %s a year less paid for once, from the second year on", first.Name(), money.Plural(len(m.Lines), "site"),
		m.LaterSaving().Grouped(), m.LaterSaving().Currency())
	f.Severity = audit.Info
	f.Action = "Bring the renewals of the sites to one day, then pay for the app once."
	f.NotCounted = fmt.Sprintf("in the first year it would cost %s %s more than the sites for themselves",
		m.Cost().Sub(m.Separate).Grouped(), m.Separate.Currency())
}

// quoted says what the sites cost by quote, where that is something else.
func quoted(m *plan.Combination) string {
	if m.Separate == m.Apart {
		return ""
	}
	return fmt.Sprintf(" (%s with the quotes that could be had, which it is judged against)", m.Separate.Grouped())
}

// prepaid says what is paid for already on the day one subscription starts.
func prepaid(m *plan.Combination) string {
	if len(m.Rests) == 0 {
		return ""
	}
	var parts []string
	for _, r := range m.Rests {
		parts = append(parts, fmt.Sprintf("%s of %s on %s (%s)", r.Amount.Grouped(), r.Bill.Grouped(), r.Line.Sub.Site, money.Plural(r.Days, "day")))
	}
	return fmt.Sprintf(" It starts on %s, when what is paid for already is lost: %s, together %s. From the second year on it saves %s a year.",
		m.Line.Term.Start.Short(), costing.Places(parts), m.Prepaid().Grouped(), m.LaterSaving().Grouped())
}

// inSum writes the users the lines are billed for today as the sum they are.
func inSum(m *plan.Combination) string {
	var parts []string
	for _, l := range m.Lines {
		parts = append(parts, money.Count(l.Billed))
	}
	return strings.Join(parts, " + ")
}

func afterRemovals(users, all int) string {
	if users == all {
		return fmt.Sprintf("That makes %s people.", money.Count(users))
	}
	return fmt.Sprintf("That makes %s people, %s after removals and planned changes.", money.Count(all), money.Count(users))
}

// cannotCombine says which input is missing to compare.
func cannotCombine(p *audit.Pass, m *plan.Combination) audit.Finding {
	first := m.Lines[0]
	f := audit.Finding{
		Subject:    first.ID(),
		Title:      fmt.Sprintf("%s is paid for on %s, and nobody can say what it would cost once", first.Name(), money.Plural(len(m.Lines), "site")),
		Detail:     "One subscription is charged for the people on any of the sites: " + m.Reason.Text + ".",
		Severity:   audit.Info,
		Confidence: audit.Possible, Why: "the price of one subscription is not known",
		Action:     "Export the users of every site with their access, and add what the price list lacks.",
		NotCounted: "its worth is not known",
	}
	for _, l := range m.Lines {
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	return f
}

// appSites groups the rows of each Cloud app that is paid for on several sites.
func appSites(p *audit.Pass) [][]*costing.Line {
	return several(p, func(l *costing.Line) bool { return !l.IsHost() && l.Sub.Hosting == pricing.Cloud })
}

// enterpriseRows groups the rows of each Cloud Enterprise product.
func enterpriseRows(p *audit.Pass) [][]*costing.Line {
	return several(p, func(l *costing.Line) bool {
		return l.IsHost() && l.Sub.Edition == costing.Enterprise && l.Sub.Hosting == pricing.Cloud
	})
}

// several groups lines by key and keeps the groups of two and more.
func several(p *audit.Pass, is func(*costing.Line) bool) [][]*costing.Line {
	groups := map[string][]*costing.Line{}
	for _, l := range p.Costs.Lines {
		if is(l) {
			groups[l.Sub.Key] = append(groups[l.Sub.Key], l)
		}
	}
	var out [][]*costing.Line
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		if len(groups[key]) > 1 {
			out = append(out, groups[key])
		}
	}
	return out
}

// separateCharges reports whether rows of one product are charged apart, each
// for its own site.
func separateCharges(lines []*costing.Line) bool {
	return slices.ContainsFunc(lines, func(l *costing.Line) bool { return l.Charge() == nil || l.Charge() != lines[0].Charge() })
}

// entitlementFinding reports an Enterprise product whose rows are not one
// charge, so that people with seats on two sites are in both.
func entitlementFinding(p *audit.Pass, lines []*costing.Line) audit.Finding {
	first := lines[0]
	sum := money.Zero(p.Costs.Currency)
	f := audit.Finding{
		Subject: first.ID(),
		Title:   fmt.Sprintf("%s Enterprise stands in %s without a common entitlement", estate.ProductName(first.Sub.Key), money.Plural(len(lines), "row")),
		Detail: "The Enterprise edition is charged for unique people over all its sites. " +
			"Rows without a common entitlement are computed each for its own site, so people with seats on two sites are counted twice here.",
		Severity:   audit.Medium,
		Confidence: audit.Probable, Why: "the rows may be separate agreements",
		Action:     "Write the entitlement of the agreement into the rows that belong together, or leave them apart where they are separate agreements.",
		NotCounted: "what the agreement charges is not in the inputs",
	}
	for _, l := range lines {
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: estate.On(l.Name(), l.Sub.Site), Amount: l.AsIs, Note: "as is, for itself", Of: audit.OfAsIs})
		f.Evidence = append(f.Evidence, lineRow(l))
		sum = sum.Add(l.AsIs)
	}
	f.Figures = []audit.Figure{{Name: "as_is", Label: "As is, all rows", Value: sum}, {Name: "rows", Label: "Rows", Value: len(lines)}}
	return f
}
