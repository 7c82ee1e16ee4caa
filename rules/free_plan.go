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
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

//go:embed free-plan.md
var freePlanPage string

// freePlan needs no input beyond subscriptions: without a count of their users it
// looks at nothing.
var freePlan = &audit.Rule{
	ID:          "free-plan",
	Title:       "trials and paid products small enough for the free plan, and what must happen by when",
	Page:        freePlanPage,
	Remediation: "Judge what the free plan lacks, and choose it before the trial ends or the subscription renews.",
	Category:    audit.CategorySeats,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerOrganisation,
	Options: []audit.Option{{Name: "near_people", Type: audit.WholeNumber, Default: "5", Max: 1000,
		Doc: "How many people above the free plan a trial may have to be looked at."}},
	Run: runFreePlan,
}

// withFreePlan are the products of which a free plan is sold that counts people
// as this rule does.
var withFreePlan = []string{"jira", "jira-work-management", "jira-service-management", "confluence"}

// runFreePlan looks at trials, then at what is paid for (METHOD 2.21).
func runFreePlan(_ context.Context, p *audit.Pass) error {
	taken := map[string]bool{}
	for _, l := range slices.Concat(p.Costs.Trials, p.Costs.Lines) {
		c, ok := freeCase(l)
		if !ok {
			continue
		}
		p.Examine(l.ID())
		look := paidFinding
		if c.trial {
			look = freeTrialFinding
		}
		if f, found := look(p, c); found {
			f.Subject = distinct(taken, l.ID())
			f.Severity = p.Rate(f.Amount, f.By)
			p.Report(f)
		}
	}
	return nil
}

// freeLine is a subscription that could be on the free plan, with whom it counts.
type freeLine struct {
	*costing.Line
	product *seats.Product
	limit   int
	trial   bool
}

// freeCase returns a line with its people where a free plan is to be had for it
// and they are known. Whoever pays for one of the large editions needs it.
func freeCase(l *costing.Line) (freeLine, bool) {
	s := l.Sub
	if s.Kind != estate.ProductKind || s.Hosting != pricing.Cloud || s.Basis == estate.Fixed || l.Charge() != nil || !slices.Contains(withFreePlan, s.Key) ||
		s.Edition == "free" || s.Edition == "enterprise" || s.Edition == "government" {
		return freeLine{}, false
	}
	i := l.Bundle.Product(s.Site, s.Key)
	if i < 0 || !l.Bundle.Products[i].Known() || l.Bundle.Products[i].Key != s.Key {
		return freeLine{}, false
	}
	return freeLine{Line: l, product: l.Bundle.Products[i], limit: estate.FreeUsers(s.Key), trial: s.Status == estate.SubTrial}, true
}

// counted names whom the free plan counts: "agent" or "person".
func (c freeLine) counted(n int) string {
	if c.Sub.Key == "jira-service-management" {
		return count(n, "agent", "agents")
	}
	return count(n, "person", "people")
}

// people says how many there are, and of whom people forget that they count.
func (c freeLine) people() string {
	text := fmt.Sprintf("It has %s; the free plan is for up to %s.", c.counted(c.product.Users), c.counted(c.limit))
	if n := c.product.Classes[seats.NeverUsed]; n > 0 {
		text += " " + count(n, "of them was", "of them were") + " never used; an invitation nobody accepted counts as well."
	}
	if n := c.product.Classes[seats.ServiceAccount]; n > 0 {
		text += " " + count(n, "of them is a service account, which counts as well.", "of them are service accounts, which count as well.")
	}
	return text
}

func (c freeLine) finding() audit.Finding {
	f := audit.Finding{
		Confidence: audit.Certain, Why: "the users counted against the limit of the free plan",
		Figures: []audit.Figure{
			{Name: "users", Label: "Users today", Value: c.product.Users}, {Name: "limit", Label: "Free for up to", Value: c.limit},
			{Name: "candidates", Label: "Review candidates among them", Value: len(c.product.Candidates)},
		},
		Evidence: []audit.Evidence{lineRow(c.Line),
			{Source: c.product.CountedAt, What: "users of " + estate.ProductName(c.Sub.Key) + ": " + c.product.Origin.String()}},
	}
	switch {
	case c.product.Held():
		f.Confidence, f.Why = audit.Probable, audit.Because(c.product.Doubts[0].Reason)
	case c.product.Assumed():
		f.Confidence, f.Why = audit.Probable, "nobody has counted the users lately; what is paid for or a site's own answer stands in"
	}
	return f
}

// freeTrialFinding says what must happen before a trial ends for it to go on for
// nothing.
func freeTrialFinding(p *audit.Pass, c freeLine) (audit.Finding, bool) {
	surplus := c.product.Users - c.limit
	if surplus > p.Number("near_people") {
		return audit.Finding{}, false
	}
	f, name, on := c.finding(), c.Name()+" on "+c.Sub.Site, c.Sub.Renewal
	f.Amount, f.NotCounted = c.AsIs, "a trial is in no total until it converts"
	f.Figures = append(f.Figures, audit.Figure{Name: "coming_term", Label: "Twelve months once it converts", Value: c.AsIs})
	if !on.IsZero() {
		f.Figures = append(f.Figures, audit.Figure{Name: "ends_on", Label: "Trial ends on", Value: on})
	}
	fits := fmt.Sprintf("fits the free plan with %s", c.counted(c.product.Users))
	if surplus > 0 {
		fits = fmt.Sprintf("has %s too many for the free plan", c.counted(surplus))
	}
	price := "for a price that is not known"
	if c.AsIs.Known() {
		price = fmt.Sprintf("for %s %s a year", c.AsIs.Grouped(), c.AsIs.Currency())
	}
	f.Detail = c.people() + " " + c.surplus(surplus)
	switch {
	case on.IsZero():
		f.Title = fmt.Sprintf("The trial of %s %s, and no date says until when", name, fits)
		f.Action = "Find out when the trial ends, fill in renewal_date, and choose the free plan before that day."
	case on.Before(p.AsOf):
		f.Title = fmt.Sprintf("The trial of %s, which ended on %s, %s", name, on.Short(), fits)
		f.Action = "Look whether it was bought, went on for nothing or ended, and mark the row active or cancelled."
	default:
		f.Title = fmt.Sprintf("The trial of %s %s; else it converts on %s %s", name, fits, on.Short(), price)
		f.Action = freeSteps(c, surplus, "the trial ends")
		f.By = date.Max(on.AddDays(-1), p.AsOf)
	}
	f.Detail = strings.TrimSpace(f.Detail)
	return f, true
}

// surplus says who could go where there are too many for the free plan.
func (c freeLine) surplus(n int) string {
	candidates := len(c.product.Candidates)
	switch {
	case n <= 0:
		return ""
	case candidates == 0:
		return "None of them is a review candidate."
	case candidates < n:
		return fmt.Sprintf("%s a review candidate, so %s more would have to go.", count(candidates, "of them is", "of them are"), c.counted(n-candidates))
	}
	return count(candidates, "of them is a review candidate.", "of them are review candidates.")
}

// freeSteps says what must happen, in order.
func freeSteps(c freeLine, surplus int, before string) string {
	if surplus <= 0 {
		return "Judge what the free plan lacks, and choose it before " + before + "."
	}
	return fmt.Sprintf("Remove the access of at least %s, then choose the free plan before %s.", c.counted(surplus), before)
}

// paidFinding says that what is paid for could be free, with those the plan
// leaves or with fewer candidates still. What remains to be paid after the plan is
// the amount, so that nothing is claimed twice.
func paidFinding(p *audit.Pass, c freeLine) (audit.Finding, bool) {
	candidates, removed := len(c.product.Candidates), 0
	if d := p.Plan.Decision(c.Bundle); d != nil && d.Removed != nil {
		removed = d.Removed[c.Bundle.Product(c.Sub.Site, c.Sub.Key)]
	}
	peak := c.product.Users
	for _, x := range c.product.Changes() {
		peak = max(peak, c.product.On(x.Date, 0))
	}
	if peak-max(candidates, removed) > c.limit {
		return audit.Finding{}, false
	}
	f := c.finding()
	f.Bundle, f.Amount, f.By = c.Bundle.ID(), p.Plan.Recommended(c.Line), dueBefore(p, c.Line)
	f.Figures = append(f.Figures, audit.Figure{Name: "recommended", Label: "Coming term after the plan", Value: f.Amount})
	f.Title = fmt.Sprintf("%s on %s is paid for with %s; the free plan is for up to %s", c.Name(), c.Sub.Site, c.counted(c.product.Users), money.Count(c.limit))
	f.Detail = c.people() + " What it lacks, such as permissions, storage and support, nobody can judge from the inputs. Its apps stay to be paid for."
	f.Action = freeSteps(c, peak-removed-c.limit, "the renewal")
	f.NotCounted = "the plan does not change editions; what is lost with this one must be judged first"
	if removed > 0 {
		f.Detail += fmt.Sprintf(" The plan removes %s, and the amount is what remains to be paid after it.", c.product.Plural(removed))
	}
	if peak > c.product.Users {
		f.Detail += fmt.Sprintf(" With those planned to join it reaches %s.", c.counted(peak))
	}
	return f, true
}
