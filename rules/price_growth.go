package rules

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/money"
)

//go:embed price-growth.md
var priceGrowthPage string

var priceGrowth = &audit.Rule{
	ID:          "price-growth",
	Title:       "budget range for apps whose price nobody has announced to change",
	Page:        priceGrowthPage,
	Remediation: "Plan the budget between the two figures, and enter an announcement into price_changes as soon as there is one.",
	Category:    audit.CategoryPrices,
	Kind:        audit.Risk,
	Severity:    audit.Info,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedPrices},
	Run:         runPriceGrowth,
}

func runPriceGrowth(_ context.Context, p *audit.Pass) error {
	base := p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family)
	g := growthLines(p.Bundle)
	if g.known == 0 {
		return nil // no app with a known cost: nothing to look at
	}
	p.Examine(base)
	for _, c := range g.currencies {
		f := growthFinding(p, &g, c)
		if f.Amount.Sign() == 0 {
			continue
		}
		f.Subject = base
		if c != p.Costs.Currency {
			f.Subject += "/" + string(c)
		}
		p.Report(f)
	}
	return nil
}

// growthApps sorts the apps of a bundle by what is known of their next prices.
type growthApps struct {
	currencies []money.Currency // of the open lines, in the order of the lines
	open       []*costing.Line  // no change is announced
	known      int              // apps with a known cost
	announced  int              // of them, apps whose price is known to change
	unknown    int              // apps without a known cost
}

func growthLines(b *costing.Bundle) growthApps {
	var g growthApps
	seen := map[money.Currency]bool{}
	for _, l := range b.Lines {
		switch {
		case l.IsHost():
		case l.Reason.Given():
			g.unknown++
		case !l.FollowsGrowth():
			g.known, g.announced = g.known+1, g.announced+1
		default:
			g.known++
			g.open = append(g.open, l)
			if c := l.AsIs.Currency(); !seen[c] {
				seen[c] = true
				g.currencies = append(g.currencies, c)
			}
		}
	}
	return g
}

// growthFinding works out the range for the open lines of one currency.
func growthFinding(p *audit.Pass, g *growthApps, c money.Currency) audit.Finding {
	low, high := p.Policy.Growth[0], p.Policy.Growth[1]
	asIs, atLow, atHigh := money.Zero(c), money.Zero(c), money.Zero(c)
	f := audit.Finding{Confidence: audit.Possible, Why: "the percentages are an assumption, policy growth; no announcement is in the inputs"}
	var open []*costing.Line
	for _, l := range g.open {
		if l.AsIs.Currency() != c {
			continue
		}
		open = append(open, l)
		a, b := l.Grown(low), l.Grown(high)
		asIs, atLow, atHigh = asIs.Add(l.AsIs), atLow.Add(a), atHigh.Add(b)
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: b.Sub(l.AsIs), Of: audit.OfGrowth,
			Note: fmt.Sprintf("%s as is, %s at +%s, %s at +%s", l.AsIs.Grouped(), a.Grouped(), low.Percent(), b.Grouped(), high.Percent())})
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	f.Title = fmt.Sprintf("%s of %s without an announced change: budget %s to %s %s instead of %s", money.Plural(len(open), "app"), p.Bundle.Title(),
		atLow.Grouped(), atHigh.Grouped(), c, asIs.Grouped())
	f.Detail = growthDetail(p, g, len(open), atLow.Sub(asIs), atHigh.Sub(asIs))
	f.Figures = []audit.Figure{
		{Name: "as_is", Label: "As is, without a rise", Value: asIs},
		{Name: "growth_1", Label: "If prices rise by " + low.Percent(), Value: atLow},
		{Name: "growth_2", Label: "If prices rise by " + high.Percent(), Value: atHigh},
		{Name: "added_1", Label: "More at +" + low.Percent(), Value: atLow.Sub(asIs)},
		{Name: "added_2", Label: "More at +" + high.Percent(), Value: atHigh.Sub(asIs)},
		{Name: "apps", Label: "Apps in the range", Value: len(open)}, {Name: "announced", Label: "Apps with an announced change", Value: g.announced},
		{Name: "unknown", Label: "Apps without a known cost", Value: g.unknown},
	}
	f.Amount = atHigh.Sub(asIs)
	f.Action = p.Rule.Remediation
	f.By = firstRenewal(p.Bundle, f.Lines)
	f.NotCounted = "a budget range, not a saving"
	return f
}

// growthDetail says what the range holds and what it leaves out.
func growthDetail(p *audit.Pass, g *growthApps, open int, low, high money.Amount) string {
	text := fmt.Sprintf("A vendor may change a price at any time. A rise of %s in the coming term adds %s, one of %s adds %s; each bill is rounded.",
		p.Policy.Growth[0].Percent(), low.Grouped(), p.Policy.Growth[1].Percent(), high.Grouped())
	var out []string
	leave := func(n int, why string) {
		if n > 0 {
			out = append(out, money.Plural(n, "app")+" "+why)
		}
	}
	leave(g.announced, "with an announced change, the subject of price-increase")
	leave(len(g.open)-open, "in another currency")
	leave(g.unknown, "without a known cost")
	if len(out) > 0 {
		text += " Not in these figures: " + strings.Join(out, "; ") + "."
	}
	return text
}
