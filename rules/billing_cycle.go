package rules

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

//go:embed billing-cycle.md
var billingCyclePage string

var billingCycle = &audit.Rule{
	ID:          "billing-cycle",
	Title:       "monthly against annual billing, for a product and all its apps together",
	Page:        billingCyclePage,
	Remediation: "Change the cycle of the whole bundle at its renewal where the comparison says so, and keep it where users are about to change.",
	Category:    audit.CategoryPrices,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedPrices},
	Run:         runBillingCycle,
}

func runBillingCycle(_ context.Context, p *audit.Pass) error {
	d := p.Plan.Decision(p.Bundle)
	p.Examine(p.Bundle.Site + "/" + p.Bundle.Family)
	if d.NoSwitch != "" {
		return nil // said in the comparison of cycles, for every bundle
	}
	free := plan.Freedom{RightSize: true}
	cost := func(c plan.Cycle) money.Amount {
		return plan.Evaluate(p.Bundle, d.Removed, c, free, p.Costs.Currency).Total
	}
	keep, monthly, annual := cost(plan.Keep), cost(plan.AllMonthly), cost(plan.AllAnnual)
	better, word := plan.AllMonthly, "monthly"
	best := monthly
	if !monthly.Known() || annual.Less(monthly) {
		better, word, best = plan.AllAnnual, "annual", annual
	}
	if !best.Less(keep) {
		return nil
	}
	p.Report(cycleFinding(p, d, better, word, keep, monthly, annual))
	return nil
}

func cycleFinding(p *audit.Pass, d *plan.Decision, better plan.Cycle, word string, keep, monthly, annual money.Amount) audit.Finding {
	best := monthly
	if better == plan.AllAnnual {
		best = annual
	}
	saving := keep.Sub(best)
	f := audit.Finding{
		Subject:    p.Bundle.Site + "/" + p.Bundle.Family,
		Title:      fmt.Sprintf("%s billing of %s costs %s %s less than today's", strings.ToUpper(word[:1])+word[1:], p.Bundle.Title(), saving.Grouped(), saving.Currency()),
		Confidence: audit.Certain, Why: "both cycles computed at the planned users and announced prices",
		Figures: []audit.Figure{
			{Name: "monthly", Label: "Coming term billed monthly", Value: monthly}, {Name: "annual", Label: "Coming term billed annually", Value: annual},
			{Name: "keep", Label: "Coming term as billed today", Value: keep},
		},
		Amount: saving, By: firstRenewal(p.Bundle, nil).AddDays(-1),
		Action: p.Rule.Remediation,
	}
	f.Detail = cycleDetail(p, d, &f, word)
	for _, l := range p.Bundle.Lines {
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	f.Severity = p.Rate(saving, f.By)
	switch {
	case d.Cycle == better:
		f.Counted, f.PlanAction = true, "cycle/"+p.Bundle.ID()
	default:
		f.NotCounted = "with quotes counted, keeping today's cycle is cheaper"
	}
	return f
}

// cycleDetail argues the comparison: where it tips, and what planned changes
// mean for a commitment of a year.
func cycleDetail(p *audit.Pass, d *plan.Decision, f *audit.Finding, word string) string {
	text := "An app is billed in its host's cycle, so the whole bundle changes together. "
	i, users := driver(p, d)
	if i >= 0 {
		if n, ok := breakEven(p, d, i, users); ok {
			f.Figures = append(f.Figures, audit.Figure{Name: "break_even_users", Label: "Annual is cheaper from users", Value: n})
			text += fmt.Sprintf("In this tier annual billing is cheaper from %s users on; the plan leaves %s. ", money.Count(n), money.Count(users))
		}
		if changes := p.Bundle.Products[i].Changes(); len(changes) > 0 {
			text += "Planned changes of users are in both figures; if they are uncertain, monthly billing can follow them and annual billing cannot. "
		}
	}
	if word == "monthly" {
		return text + "Monthly bills follow every added user, prorated; annual billing fixes the tier for a year."
	}
	return text + "Annual billing also ends the exposure to short peaks; a fall in users frees money only at the next renewal."
}

// driver returns the product whose users set most of the bundle, and its
// users under the plan.
func driver(p *audit.Pass, d *plan.Decision) (int, int) {
	best, users := -1, 0
	for i, product := range p.Bundle.Products {
		if n := product.Users - d.Removed[i]; product.Known() && n > users {
			best, users = i, n
		}
	}
	return best, users
}

// breakEven returns the smallest number of users in the present annual tier at
// which annual billing costs no more than monthly; false when it never does,
// or the tier has no top.
func breakEven(p *audit.Pass, d *plan.Decision, i, users int) (int, bool) {
	tier, ok := annualTier(p, p.Bundle.Products[i], users)
	if !ok {
		return 0, false
	}
	k := append([]int(nil), d.Removed...)
	free := plan.Freedom{RightSize: true}
	for n := tier.From; n <= tier.To; n++ {
		k[i] = p.Bundle.Products[i].Users - n
		monthly := plan.Evaluate(p.Bundle, k, plan.AllMonthly, free, p.Costs.Currency).Total
		annual := plan.Evaluate(p.Bundle, k, plan.AllAnnual, free, p.Costs.Currency).Total
		if monthly.Known() && annual.Known() && !monthly.Less(annual) {
			return n, true
		}
	}
	return 0, false
}

// annualTier returns the annual tier of the product's own line.
func annualTier(p *audit.Pass, product *seats.Product, users int) (pricing.Range, bool) {
	for _, l := range p.Bundle.Lines {
		if l.Sub.Key != product.Key || !l.IsHost() {
			continue
		}
		if v, _ := l.Timeline(pricing.Annual).At(l.Term.Start); v != nil {
			tier, ok := v.Tier(users)
			return tier, ok && tier.To > 0
		}
	}
	return pricing.Range{}, false
}
