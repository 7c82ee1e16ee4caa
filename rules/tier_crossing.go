package rules

import (
	"context"
	_ "embed"
	"fmt"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

//go:embed tier-crossing.md
var tierCrossingPage string

var tierCrossing = &audit.Rule{
	ID:          "tier-crossing",
	Title:       "users just over or just under a tier top, for the product and all its apps at once",
	Page:        tierCrossingPage,
	Remediation: "Remove review candidates before adding people, and ask for the step of the whole bundle before approving a batch of users.",
	Category:    audit.CategoryTiers,
	Kind:        audit.Risk,
	Severity:    audit.Medium,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedPrices},
	Options: []audit.Option{
		{Name: "near_users", Type: audit.WholeNumber, Default: "20", Min: 0, Max: 100000,
			Doc: "Headroom at or below which a top counts as near: the size of one batch of new users."},
	},
	Run: runTierCrossing,
}

func runTierCrossing(_ context.Context, p *audit.Pass) error {
	for _, site := range p.Bundle.Sites {
		p.Examine(p.Bundle.Subject(site, p.Bundle.Family))
	}
	over, near := map[tierTop][]*costing.Line{}, map[tierTop][]*costing.Line{}
	for _, l := range p.Bundle.Lines {
		pos := l.Position()
		if !pos.Known || !l.Counted() || len(l.Members()) == 0 || l.StandIn {
			continue // where nobody counts the users, how near they are to a top is not known
		}
		if drops(l, pos) {
			top := topOf(l, pos.Tier.From-1)
			over[top] = append(over[top], l)
		}
		if (pos.Stepped || flatStart(l, pos.Tier)) && pos.Tier.To > 0 && pos.Headroom >= 0 && pos.Headroom <= p.Number("near_users") && pos.StepUp.Sign() > 0 {
			top := topOf(l, pos.Tier.To)
			near[top] = append(near[top], l)
		}
	}
	for _, top := range tops(over) {
		reportOver(p, top, over[top])
	}
	for _, top := range tops(near) {
		reportNear(p, top, near[top])
	}
	reportPlanned(p)
	reportPeaks(p)
	reportGrowth(p)
	return nil
}

// drops reports whether falling to the top below would lower a bill: the
// tier is paid whole, or the one below is the flat start.
func drops(l *costing.Line, pos costing.Position) bool {
	below := pricing.Range{From: 1, To: pos.Tier.From - 1}
	return (pos.Stepped || flatStart(l, below)) && pos.Tier.From > 1 && pos.ToDrop > 0 && pos.StepDown.Sign() > 0
}

// flatStart reports whether a tier is the first of a list and costs the same
// for one user as for all it holds, as up to 10 users usually do.
func flatStart(l *costing.Line, tier pricing.Range) bool {
	return tier.From == 1 && tier.To > 1 && l.YearAt(1) == l.YearAt(tier.To)
}

// reportOver reports lines whose users are over a top by no more than can be
// removed.
func reportOver(p *audit.Pass, at tierTop, lines []*costing.Line) {
	top := at.top
	drop, ok := toDrop(p.Bundle, top, lines)
	if !ok {
		return
	}
	f := crossing(p, lines, audit.OfStepDown)
	users := largest(lines)
	f.Subject = at.subject(p.Bundle, "over")
	f.Title = fmt.Sprintf("%s %s on %s are %s over the top of %s: the step costs %s %s%s",
		money.Count(users), whose(p.Bundle, lines, users), at.place(p.Bundle), money.Count(users-top), money.Count(top),
		f.Amount.Grouped(), f.Amount.Currency(), summedOver(len(lines)))
	f.Detail = fmt.Sprintf("Every subscription of it would renew at the tier up to %s with %s fewer, and enough review candidates exist. %s",
		money.Count(top), removed(p.Bundle, drop), unseen(p, f.Lines)+at.leftOut(p))
	f.Figures = append([]audit.Figure{
		{Name: "users", Label: "Users", Value: users}, {Name: "top", Label: "Tier top below", Value: top},
		{Name: "to_drop", Label: "To drop", Value: drop},
	}, f.Figures...)
	f.Action = fmt.Sprintf("Remove %s before the renewal, longest idle first.", money.Plural(drop, "review candidate"))
	if clean := p.Plan.ActionOn(p.Bundle, plan.StepCleanUp); clean != nil && sumRemoved(p) >= drop {
		f.CountIn(clean)
	} else {
		f.NotCounted = notRemoved(p, drop, "the plan reaches a cheaper renewal without this removal")
	}
	if why := p.Held(); why.Given() {
		f.Hold(why)
	}
	p.Report(f)
}

func sumRemoved(p *audit.Pass) int {
	n := 0
	for _, k := range p.Plan.Decision(p.Bundle).Removed {
		n += k
	}
	return n
}

// toDrop returns how many seats must go until all lines fit under a top, and
// whether every product above it has so many candidates.
func toDrop(b *costing.Bundle, top int, lines []*costing.Line) (int, bool) {
	need := make([]int, len(b.Products))
	for _, l := range lines {
		k, ok := l.Reach(top)
		if !ok {
			return 0, false
		}
		for i, n := range k {
			need[i] = max(need[i], n)
		}
	}
	total := 0
	for _, n := range need {
		total += n
	}
	return total, total > 0
}

func largest(lines []*costing.Line) int {
	n := 0
	for _, l := range lines {
		n = max(n, l.Users)
	}
	return n
}

// reportNear reports lines with so little headroom that one batch of new
// users crosses the top.
func reportNear(p *audit.Pass, at tierTop, lines []*costing.Line) {
	top := at.top
	f := crossing(p, lines, audit.OfStepUp)
	users := largest(lines)
	room := top - users
	f.Subject = at.subject(p.Bundle, "under")
	space := "Room for " + money.Count(room) + " more " + whose(p.Bundle, lines, room)
	if room == 0 {
		space = "No room for another " + whose(p.Bundle, lines, 1)
	}
	f.Title = fmt.Sprintf("%s on %s before the top of %s: the step would cost %s %s%s", space, at.place(p.Bundle), money.Count(top),
		f.Amount.Grouped(), f.Amount.Currency(), summedOver(len(lines)))
	next := "User"
	if collection(p.Bundle) != "" {
		next = "Person"
	}
	f.Detail = fmt.Sprintf("%s %s opens the next tier. %s", next, money.Count(top+1), unseen(p, f.Lines)+at.leftOut(p))
	f.Figures = append([]audit.Figure{
		{Name: "users", Label: "Users", Value: users}, {Name: "top", Label: "Tier top", Value: top}, {Name: "headroom", Label: "Headroom", Value: room},
	}, f.Figures...)
	f.Action = freeing(p) + " before adding people, or budget the step."
	f.NotCounted = "it has not happened; the plan counts only what is planned"
	p.Report(f)
}
