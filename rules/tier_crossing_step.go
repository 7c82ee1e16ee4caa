package rules

import (
	"cmp"
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// crossing fills in what every crossing says: the step of each line, above its tier or
// with OfStepDown below it, and the sum nobody sees on one bill.
func crossing(p *audit.Pass, lines []*costing.Line, of audit.WorthOf) audit.Finding {
	f := audit.Finding{Confidence: audit.Certain, Why: "difference of two bills at today's prices"}
	for _, l := range lines {
		pos := l.Position()
		step := pos.StepUp
		if of == audit.OfStepDown {
			step = pos.StepDown
		}
		amount := step.Times(l.Sub.Cycle.Bills())
		note := ""
		if l.Sub.Cycle == pricing.Monthly {
			note = "twelve monthly bills"
		}
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: amount, Note: note, Of: of})
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	f.Amount = total(p, f.Lines)
	f.By = firstRenewal(p.Bundle, f.Lines).AddDays(-1)
	f.Figures = append([]audit.Figure{{Name: "step", Label: "Step over all subscriptions", Value: f.Amount}}, stepFigures(p, f.Lines)...)
	f.Severity = p.Rate(f.Amount, f.By)
	return f
}

// ownAndApps splits what lines add into the product's own bills and those of
// its apps.
func ownAndApps(p *audit.Pass, lines []audit.LineAmount) (own, apps money.Amount, nOwn, nApps int) {
	var a, b []audit.LineAmount
	for _, l := range p.Bundle.Lines {
		for _, x := range lines {
			switch {
			case x.Line != l.ID():
			case l.IsHost():
				a = append(a, x)
			default:
				b = append(b, x)
			}
		}
	}
	return total(p, a), total(p, b), len(a), len(b)
}

// stepFigures say how much of a step is the product's and how much the apps'.
func stepFigures(p *audit.Pass, lines []audit.LineAmount) []audit.Figure {
	own, apps, _, n := ownAndApps(p, lines)
	return []audit.Figure{
		{Name: "product_step", Label: "Of it the product's own", Value: own}, {Name: "app_step", Label: "Of it the apps'", Value: apps},
		{Name: "lines", Label: "Subscriptions that cross", Value: len(lines)}, {Name: "apps", Label: "Of them apps", Value: n},
	}
}

// unseen says which part of a crossing whoever approves a user sees, the
// product's own bill, and which nobody does.
func unseen(p *audit.Pass, lines []audit.LineAmount) string {
	own, apps, nOwn, nApps := ownAndApps(p, lines)
	bill := "the product's own bill"
	if nOwn > 1 {
		bill = "the products' own bills"
	}
	of := money.Plural(nApps, "app") + " with the same users"
	switch {
	case nApps == 0:
		return "All of it is on " + bill + "; no app crosses with it."
	case nOwn == 0:
		return fmt.Sprintf("None of it is on the product's own bill: whoever approves a user sees nothing of the %s of %s.", apps.Grouped(), of)
	}
	return fmt.Sprintf("%s of it is on %s, which whoever approves a user sees; the other %s, of %s, nobody sees.", own.Grouped(), bill, apps.Grouped(), of)
}

// whose names the n users that some lines are charged for: those of the one
// product among them, or of its family. A collection is paid for people, each of
// whom may hold seats of several products (METHOD 7.6).
func whose(b *costing.Bundle, lines []*costing.Line, n int) string {
	if c := collection(b); c != "" {
		return verb(n, "person", "people") + " of " + c
	}
	users, name := verb(n, "user", "users"), ""
	for _, l := range lines {
		switch {
		case !l.IsHost() || l.Name() == name:
		case name == "":
			name = l.Name()
		default:
			return b.Name() + " " + users
		}
	}
	return cmp.Or(name, b.Name()) + " " + users
}

// collection names the collection by whose people a bundle is charged; "" where it
// has none.
func collection(b *costing.Bundle) string {
	for _, l := range b.Lines {
		if len(l.Sub.Included()) > 0 {
			return l.Name()
		}
	}
	return ""
}

// removed counts what a removal takes away: of a collection a person out of all its
// products, elsewhere a seat.
func removed(b *costing.Bundle, n int) string {
	if collection(b) != "" {
		return count(n, "person", "people")
	}
	return money.Plural(n, "seat")
}

// freeing says how to make room: by the review candidates, where any are known.
func freeing(p *audit.Pass) string {
	if candidates(p) > 0 {
		return "Remove review candidates"
	}
	return "Free seats"
}
