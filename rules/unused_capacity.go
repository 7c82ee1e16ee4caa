package rules

import (
	"context"
	_ "embed"
	"fmt"
	"maps"
	"slices"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/plan"
)

//go:embed unused-capacity.md
var unusedCapacityPage string

var unusedCapacity = &audit.Rule{
	ID:          "unused-capacity",
	Title:       "paid tiers above the users there are, and the price of the seats nobody holds",
	Page:        unusedCapacityPage,
	Remediation: "Renew at the tier of the users where that is smaller; within a tier, fill the seats that are paid for before buying others.",
	Category:    audit.CategoryTiers,
	Kind:        audit.Saving,
	Severity:    audit.Low,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedPrices},
	Options: []audit.Option{
		{Name: "min_unused_share", Type: audit.Percentage, Default: "10%", Min: 0, Max: 100,
			Doc: "Share of a subscription's paid seats, from which unused ones are reported."},
	},
	Run: runUnusedCapacity,
}

func runUnusedCapacity(_ context.Context, p *audit.Pass) error {
	subject := p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family)
	unused := map[money.Currency][]*costing.Line{}
	var above []*costing.Line
	for _, l := range p.Bundle.Lines {
		pos := l.Position()
		if !pos.Known || l.StandIn {
			continue // nobody has counted its users, or nobody knows its price
		}
		p.Examine(subject)
		if !pos.Unused.Known() {
			continue // paid by the user, or a tier without a top: nothing of it is unused
		}
		if pos.UnusedFor > 0 && 100*pos.UnusedFor >= p.Number("min_unused_share")*pos.Licensed.To {
			unused[pos.Unused.Currency()] = append(unused[pos.Unused.Currency()], l)
		}
		if top, open := l.Reaches(pos.Users); !open && top < pos.Tier.To {
			above = append(above, l)
		}
	}
	for _, currency := range slices.Sorted(maps.Keys(unused)) {
		p.Report(unusedFinding(p, subject, currency, unused[currency]))
	}
	if len(above) > 0 {
		p.Report(aboveFinding(p, subject, above))
	}
	return nil
}

// unusedFinding adds up what the seats nobody holds cost in a year.
func unusedFinding(p *audit.Pass, subject string, currency money.Currency, lines []*costing.Line) audit.Finding {
	f := audit.Finding{
		Subject: subject + "/unused", Confidence: audit.Certain, Why: "counted users against the top of the tier that is paid for",
		Severity:   audit.Low, // nothing of it can be handed back, so the amount says nothing of the urgency
		Amount:     money.Zero(currency),
		NotCounted: "an opportunity, never a saving: a tier is sold whole, and what falling to a smaller one saves is counted there",
	}
	if currency != p.Costs.Currency {
		f.Subject += "-" + string(currency)
	}
	seats := 0
	for _, l := range lines {
		pos := l.Position()
		year := pos.Unused.Times(l.Sub.Cycle.Bills())
		f.Amount = f.Amount.Add(year)
		seats = max(seats, pos.UnusedFor)
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: year, Note: unusedNote(pos), Of: audit.OfUnused})
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	f.Evidence = append(f.Evidence, countRows(p.Bundle)...)
	most := "Up to " + money.Plural(seats, "seat")
	if len(lines) == 1 {
		most = money.Plural(seats, "seat")
	}
	f.Title = fmt.Sprintf("%s of %s paid for and not used: %s %s a year%s",
		most, p.Bundle.Title(), f.Amount.Grouped(), currency, summedOver(len(lines)))
	f.Detail = "Every subscription pays for its whole tier: so many people can join at no cost, " +
		"and emptying more of a tier saves nothing before a smaller one fits."
	f.Action = "Fill these seats before anything is bought elsewhere; to pay less, fall to the tier below."
	f.By = firstRenewal(p.Bundle, f.Lines).AddDays(-1)
	f.Figures = []audit.Figure{
		{Name: "unused", Label: "Price of the unused seats, a year", Value: f.Amount}, {Name: "lines", Label: "Subscriptions with unused seats", Value: len(lines)},
		{Name: "unused_seats", Label: "Unused seats, of the subscription with the most", Value: seats},
	}
	return f
}

// unusedNote says what a line has and what would take it down a tier.
func unusedNote(pos costing.Position) string {
	note := fmt.Sprintf("%s of %s seats", money.Count(pos.UnusedFor), money.Count(pos.Licensed.To))
	if pos.Tier.From > 1 && pos.ToDrop > 0 && pos.StepDown.Sign() > 0 {
		note += fmt.Sprintf("; %s fewer would save %s a bill", money.Plural(pos.ToDrop, "user"), pos.StepDown.Grouped())
	}
	return note
}

// aboveFinding reports lines that are paid for in a larger tier than the one
// of their users, and what renewing at that one really saves.
func aboveFinding(p *audit.Pass, subject string, lines []*costing.Line) audit.Finding {
	d := p.Plan.Decision(p.Bundle)
	f := audit.Finding{
		Subject: subject + "/above", Confidence: audit.Certain, Why: "difference of the coming term as is and at the tier of the users",
		Action: p.Rule.Remediation, Amount: money.Zero(p.Costs.Currency),
	}
	smaller := 0
	for _, l := range lines {
		amount, note := rightSizing(d, l)
		if amount.Sign() != 0 {
			f.Amount = f.Amount.Add(amount)
			smaller++
		}
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: amount, Note: note, Of: audit.OfRightSize})
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	f.Evidence = append(f.Evidence, countRows(p.Bundle)...)
	f.By = firstRenewal(p.Bundle, f.Lines).AddDays(-1)
	f.Title = fmt.Sprintf("%s of %s %s paid in a larger tier than the users need", money.Plural(len(lines), "subscription"), p.Bundle.Title(), isAre(len(lines)))
	f.Detail = fmt.Sprintf("Renewing at the tier of the users lowers the coming term by %s %s%s.",
		f.Amount.Grouped(), f.Amount.Currency(), summedOver(smaller))
	f.Figures = []audit.Figure{
		{Name: "lines", Label: "Subscriptions in a larger tier", Value: len(lines)},
		{Name: "lines_cheaper", Label: "Of them cheaper at the tier of the users", Value: smaller},
		{Name: "saves", Label: "Right-sizing really saves", Value: f.Amount},
	}
	f.Severity = p.Rate(f.Amount, f.By)
	switch fit := p.Plan.ActionOn(p.Bundle, plan.StepRightSize); {
	case smaller > 0 && fit != nil:
		f.CountIn(fit)
	case smaller > 0:
		f.NotCounted = "the plan reaches the same subscriptions another way"
	default:
		f.Detail = "Renewing at the tier of the users lowers no bill of the coming term; the note on each subscription says why."
		f.NotCounted = "nothing can be saved on these subscriptions by a smaller tier"
	}
	if kept := heldByQuote(p, lines); kept > 0 {
		f.Detail += fmt.Sprintf(" On %s the plan then keeps the larger tier after all: at the old price, by quote, it costs less than the smaller one at the new.",
			money.Plural(kept, "subscription"))
	}
	return f
}

// isAre returns the verb for a number of things.
func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// rightSizing returns what renewing a line at the tier of its users saves in
// the coming term, as a step of the plan, or why it is nothing.
func rightSizing(d *plan.Decision, l *costing.Line) (money.Amount, string) {
	pos := l.Position()
	top, _ := l.Reaches(pos.Users)
	note := fmt.Sprintf("paid up to %s, needed up to %s", money.Count(pos.Tier.To), money.Count(top))
	if pos.Users == 0 {
		note = fmt.Sprintf("paid up to %s, and nobody has a seat", money.Count(pos.Tier.To))
	}
	if !l.Counted() {
		why := l.Reason.Text
		if l.Foreign {
			why = "priced in " + string(l.AsIs.Currency())
		}
		return money.Amount{}, note + "; in no total: " + why
	}
	i := slices.Index(d.Bundle.Lines, l)
	saves := d.AsIs.Costs[i].Sub(d.RightSize.Costs[i])
	switch {
	case saves.Sign() != 0:
	case l.UsersOn(l.Term.Start, nil) > top:
		note += fmt.Sprintf("; %s users are planned for the renewal", money.Count(l.UsersOn(l.Term.Start, nil)))
	case l.PaidOn(l.Term.Start) <= top:
		note += "; it renews at the smaller tier as it is"
	default:
		note += "; the smaller tier costs no less, or its host holds it up"
	}
	return saves, note
}

// heldByQuote counts lines whose licensed tier the plan renews at the old
// price instead.
func heldByQuote(p *audit.Pass, lines []*costing.Line) int {
	n := 0
	for _, l := range lines {
		if a := p.Plan.QuoteOf(l); a != nil && a.Lines[0].To > a.Lines[0].From {
			n++
		}
	}
	return n
}
