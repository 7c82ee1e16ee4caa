package rules

import (
	"context"
	_ "embed"
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

//go:embed inactive-users.md
var inactiveUsersPage string

var inactiveUsers = &audit.Rule{
	ID:          "inactive-users",
	Title:       "paid seats nobody has used for a while",
	Page:        inactiveUsersPage,
	Remediation: "Ask the review candidates, longest idle first, and remove access before the renewal as far as the plan says it saves something.",
	Category:    audit.CategorySeats,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedAccess, audit.NeedLastSeen},
	Options: []audit.Option{
		{Name: "evidence_rows", Type: audit.WholeNumber, Default: "25", Min: 0, Max: 1000, Doc: "How many rows a finding lists; all candidates stand in the Users sheet."},
	},
	Run: runInactiveUsers,
}

func runInactiveUsers(ctx context.Context, p *audit.Pass) error {
	for i, product := range p.Bundle.Products {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.Examine(product.Site + "/" + product.Key)
		if len(product.Candidates) > 0 {
			p.Report(inactiveFinding(p, i, product))
		}
	}
	return nil
}

func inactiveFinding(p *audit.Pass, i int, product *seats.Product) audit.Finding {
	name := estate.ProductName(product.Key)
	n := len(product.Candidates)
	before, after := removing(p, i, n)
	saving := before.Total.Sub(after.Total)
	lines := savedLines(p.Bundle, before, after)
	f := audit.Finding{
		Subject:    product.Site + "/" + product.Key,
		Title:      fmt.Sprintf("%s of %s %s seats on %s are review candidates", money.Count(n), money.Count(product.Users), name, product.Site),
		Confidence: audit.Probable,
		Why:        "rests on the last page view of this product; API, mail and app use do not show",
		Action:     p.Rule.Remediation,
		Amount:     saving,
		Lines:      lines,
		By:         firstRenewal(p.Bundle, lines).AddDays(-1),
		Evidence:   candidateRows(p, product),
	}
	f.Detail = inactiveDetail(p, i, product, n, saving, lines)
	f.Figures = inactiveFigures(p, product, n, saving)
	f.Severity = p.Rate(saving, f.By)
	if p.Plan.Decision(p.Bundle).Removed[i] > 0 {
		f.Counted, f.PlanAction = true, "clean-up/"+p.Bundle.ID()
	} else {
		f.NotCounted = "removing these seats lowers no bill of the coming term that the plan does not lower otherwise"
	}
	return f
}

// removing returns the cost of the bundle at the tiers of its users, before
// and after n seats of one product are removed and nothing else.
func removing(p *audit.Pass, i, n int) (before, after *plan.Outcome) {
	free := plan.Freedom{RightSize: true}
	none := make([]int, len(p.Bundle.Products))
	k := make([]int, len(p.Bundle.Products))
	k[i] = n
	c := p.Costs.Currency
	return plan.Evaluate(p.Bundle, none, plan.Keep, free, c), plan.Evaluate(p.Bundle, k, plan.Keep, free, c)
}

// savedLines lists what each line costs less.
func savedLines(b *costing.Bundle, before, after *plan.Outcome) []audit.LineAmount {
	var out []audit.LineAmount
	for i, l := range b.Lines {
		if l.Counted() && before.Costs[i] != after.Costs[i] {
			out = append(out, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: before.Costs[i].Sub(after.Costs[i])})
		}
	}
	return out
}

func inactiveDetail(p *audit.Pass, i int, product *seats.Product, n int, saving money.Amount, lines []audit.LineAmount) string {
	d := p.Plan.Decision(p.Bundle)
	k := d.Removed[i]
	text := fmt.Sprintf("Removing all %s would lower the coming term by %s %s over %s.", money.Count(n), saving.Grouped(), saving.Currency(), money.Plural(len(lines), "line"))
	if saving.Sign() == 0 {
		text = fmt.Sprintf("Removing all %s saves nothing in the coming term: no bill crosses a tier top.", money.Count(n))
	}
	switch {
	case k == n:
		text += " The plan removes all of them."
	case k > 0:
		text += fmt.Sprintf(" The plan removes %s, the longest idle: the other %s save nothing more.", money.Count(k), money.Count(n-k))
	}
	if users, less, ok := d.NextDrop(i); ok && users > 0 && k < n {
		text += fmt.Sprintf(" The next saving, %s, comes at %s users.", less.Grouped(), money.Count(users))
	}
	return text
}

func inactiveFigures(p *audit.Pass, product *seats.Product, n int, saving money.Amount) []audit.Figure {
	out := []audit.Figure{{Name: "users", Label: "Billable users", Value: product.Users}, {Name: "candidates", Label: "Review candidates", Value: n}}
	for _, c := range seats.Classes() {
		out = append(out, audit.Figure{Name: "class_" + c.String(), Label: "Seats " + c.String(), Value: product.Classes[c]})
	}
	for _, b := range seats.Bands() {
		out = append(out, audit.Figure{Name: "band_" + b.String(), Label: "Idle days " + b.String(), Value: product.Bands[b]})
	}
	return append(out,
		audit.Figure{Name: "seat_cost", Label: "Paid for these seats today, on average", Value: seatCost(p, product, n)},
		audit.Figure{Name: "saves", Label: "Removing them really saves", Value: saving})
}

// seatCost returns what today's bills charge for n seats of a product on
// average, over twelve months: the product's own line and every app whose
// quantity it sets. It is what people expect to save, seldom what they do.
func seatCost(p *audit.Pass, product *seats.Product, n int) money.Amount {
	total := money.Exact{}
	for _, l := range p.Bundle.Lines {
		if l.Counted() && follows(l, product) && l.Users > 0 {
			total = total.Add(l.Current.Exact().MulInt(n).Div(money.Int(int64(l.Users))))
		}
	}
	return total.Round(p.Costs.Currency, money.HalfUp)
}

// follows reports whether the users of a product set what a line is charged
// for: its own line, the charge of several sites it is part of, and the apps
// of its site where it has the most users of the family.
func follows(l *costing.Line, product *seats.Product) bool {
	if l.IsHost() {
		return l.Sub.Key == product.Key && (l.Sub.Site == product.Site || l.Charge() == l)
	}
	return l.Sub.Site == product.Site && len(l.Members()) > 0 && l.Users == product.Users
}

// candidateRows points at the rows of the first candidates.
func candidateRows(p *audit.Pass, product *seats.Product) []audit.Evidence {
	var out []audit.Evidence
	limit := min(p.Number("evidence_rows"), len(product.Candidates))
	for _, account := range product.Candidates[:limit] {
		what := "never used"
		if d, ok := product.Seen(account).Date(); ok {
			what = "last used " + d.String()
		}
		out = append(out, audit.Evidence{Source: p.Estate.Source(&p.Estate.Accounts[account]), What: what})
	}
	if rest := len(product.Candidates) - limit; rest > 0 {
		out = append(out, audit.Evidence{Source: diag.Source{}, What: fmt.Sprintf("%s more rows in the Users sheet", money.Count(rest))})
	}
	return out
}
