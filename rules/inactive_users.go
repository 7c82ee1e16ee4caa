package rules

import (
	"context"
	_ "embed"
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
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
		evidenceRows,
	},
	Exceptions: audit.KeepsSeats,
	Run:        runInactiveUsers,
}

func runInactiveUsers(ctx context.Context, p *audit.Pass) error {
	for i, product := range p.Bundle.Products {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.Examine(p.Bundle.Subject(product.Site, product.Key))
		if len(product.Candidates) > 0 {
			p.Report(inactiveFinding(p, i, product))
		}
	}
	return nil
}

func inactiveFinding(p *audit.Pass, i int, product *seats.Product) audit.Finding {
	n := len(product.Candidates)
	gone := removing(p, p.Bundle, i, n)
	f := audit.Finding{
		Subject:    p.Bundle.Subject(product.Site, product.Key),
		Title:      fmt.Sprintf("%s of %s are review candidates", money.Count(n), seatsOn(product, product.Users, "")),
		Confidence: audit.Probable,
		Why:        "rests on the last page view of this product; API, mail and app use do not show",
		Action:     p.Rule.Remediation,
		Amount:     gone.amount,
		Lines:      gone.lines,
		By:         firstRenewal(p.Bundle, gone.lines).AddDays(-1),
		Evidence:   candidateRows(p, product),
	}
	f.Detail = inactiveDetail(p, i, n, &gone)
	f.Figures = inactiveFigures(p, product, n, gone.amount)
	if d := p.Plan.Decision(p.Bundle); d.Removed[i] > 0 {
		f.Figures = append(f.Figures, audit.Figure{Name: "planned_removals", Label: "Of them removed by the plan", Value: d.Removed[i]},
			audit.Figure{Name: "plan_saves", Label: "That saves, beside its other removals and in its cycle", Value: d.Worth(i)})
	}
	elsewhere(p, product, &f)
	f.Severity = p.Rate(gone.amount, f.By)
	if remove := p.Plan.Removing(product); remove != nil {
		f.CountIn(remove)
	} else if !gone.amount.Known() {
		f.NotCounted = "what these seats cost is not known"
	} else {
		f.NotCounted = notRemoved(p, n, "removing these seats lowers no bill of the coming term that the plan does not lower otherwise")
	}
	return f
}

func inactiveDetail(p *audit.Pass, i, n int, gone *removal) string {
	d := p.Plan.Decision(p.Bundle)
	k := d.Removed[i]
	text := gone.text(n)
	switch capped := notRemoved(p, n, ""); {
	case k == n:
		text += " The plan removes all of them."
	case k > 0 && capped != "":
		text += fmt.Sprintf(" The plan removes %s, the longest idle: %s.", money.Count(k), capped)
	case k > 0:
		text += fmt.Sprintf(" The plan removes %s, the longest idle: the other %s nothing more.", money.Count(k), verb(n-k, "one saves", money.Count(n-k)+" save"))
	}
	if worth := d.Worth(i); k > 0 && worth != gone.amount && worth.Known() {
		text += fmt.Sprintf(" Beside its other removals, and in the billing cycle it decides, that saves %s %s.", worth.Grouped(), worth.Currency())
	}
	if users, less, ok := d.NextDrop(i); ok && users > 0 && k < n {
		text += fmt.Sprintf(" The next saving, %s, comes at %s users.", less.Grouped(), money.Count(users))
	}
	return text
}

// elsewhere adds what other signals say of the candidates. It is evidence for
// whoever asks them and changes neither class nor order.
func elsewhere(p *audit.Pass, product *seats.Product, f *audit.Finding) {
	if len(p.Estate.Evidence) == 0 {
		return
	}
	seen, disabled := 0, 0
	for _, account := range product.Candidates {
		s, d := p.Register.Elsewhere(account, p.Policy.InactiveAfterDays)
		if s {
			seen++
		}
		if d {
			disabled++
		}
	}
	f.Figures = append(f.Figures,
		audit.Figure{Name: "seen_elsewhere", Label: "Candidates seen elsewhere within the limit", Value: seen},
		audit.Figure{Name: "disabled_elsewhere", Label: "Candidates disabled elsewhere", Value: disabled})
	if seen > 0 {
		f.Detail += fmt.Sprintf(" Signals beside the product's own saw %s of the candidates in the last %d days: at work, it seems, but not in %s.",
			money.Count(seen), p.Policy.InactiveAfterDays, estate.ProductName(product.Key))
	}
	if disabled > 0 {
		f.Detail += fmt.Sprintf(" Of the candidates %s disabled in the directory: probably gone, and still paid for.", count(disabled, "is", "are"))
	}
}

func inactiveFigures(p *audit.Pass, product *seats.Product, n int, saving money.Amount) []audit.Figure {
	out := []audit.Figure{{Name: "users", Label: "Billable users", Value: product.Users}, {Name: "candidates", Label: "Review candidates", Value: n}}
	counted := "Seats "
	if product.Collects() {
		counted = "People "
	}
	for _, c := range seats.Classes() {
		out = append(out, audit.Figure{Name: "class_" + c.String(), Label: counted + c.String(), Value: product.Classes[c]})
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
	return seatRows(p, product.Candidates, " in the Users sheet", func(account int32) string {
		if other := p.Register.Evidence(account); other != "" {
			return lastUse(product, account) + "; beside it " + other
		}
		return lastUse(product, account)
	})
}
