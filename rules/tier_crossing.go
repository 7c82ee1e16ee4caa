package rules

import (
	"cmp"
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
		{Name: "near_users", Type: audit.WholeNumber, Default: "20", Min: 0, Max: 100000, Doc: "Headroom at or below which a top counts as near: the size of one batch of new users."},
	},
	Run: runTierCrossing,
}

func runTierCrossing(_ context.Context, p *audit.Pass) error {
	for _, site := range p.Bundle.Sites {
		p.Examine(site + "/" + p.Bundle.Family)
	}
	over, near := map[tierTop][]*costing.Line{}, map[tierTop][]*costing.Line{}
	for _, l := range p.Bundle.Lines {
		pos := l.Position()
		if !pos.Known || !l.Counted() || len(l.Members()) == 0 {
			continue
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
	return nil
}

// tierTop is the top of a tier for the users of one site, or for the people of
// a charge over several sites, who have no site.
type tierTop struct {
	site string
	top  int
}

func topOf(l *costing.Line, top int) tierTop {
	if l.Charge() == l {
		return tierTop{"", top}
	}
	return tierTop{l.Sub.Site, top}
}

// subject names the top of a bundle.
func (t tierTop) subject(b *costing.Bundle, what string) string {
	if t.site == "" {
		return fmt.Sprintf("%s/%s/all-sites/%s-%d", b.Site, b.Family, what, t.top)
	}
	return fmt.Sprintf("%s/%s/%s-%d", t.site, b.Family, what, t.top)
}

// place names where the users are.
func (t tierTop) place(b *costing.Bundle) string {
	if t.site == "" {
		return b.Place()
	}
	return t.site
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

func tops(m map[tierTop][]*costing.Line) []tierTop {
	var out []tierTop
	for top := range m {
		out = append(out, top)
	}
	slices.SortFunc(out, func(a, b tierTop) int { return cmp.Or(strings.Compare(a.site, b.site), cmp.Compare(a.top, b.top)) })
	return out
}

// reportOver reports lines whose users are over a top by no more than can be
// removed.
func reportOver(p *audit.Pass, at tierTop, lines []*costing.Line) {
	top := at.top
	drop, ok := toDrop(p.Bundle, top, lines)
	if !ok {
		return
	}
	f := crossing(p, lines, func(pos costing.Position) money.Amount { return pos.StepDown })
	users := largest(lines)
	f.Subject = at.subject(p.Bundle, "over")
	f.Title = fmt.Sprintf("%s users on %s are %s over the top of %s: the step costs %s %s over %s", money.Count(users), at.place(p.Bundle), money.Count(users-top), money.Count(top),
		f.Amount.Grouped(), f.Amount.Currency(), money.Plural(len(lines), "line"))
	f.Detail = fmt.Sprintf("Every line below would renew at the tier up to %s with %s fewer. Enough review candidates exist.", money.Count(top), money.Plural(drop, "seat"))
	f.Figures = append([]audit.Figure{
		{Name: "users", Label: "Users", Value: users}, {Name: "top", Label: "Tier top below", Value: top},
		{Name: "to_drop", Label: "To drop", Value: drop},
	}, f.Figures...)
	f.Action = fmt.Sprintf("Remove %s before the renewal, longest idle first.", money.Plural(drop, "review candidate"))
	if sumRemoved(p) >= drop && p.Plan.Action("clean-up/"+p.Bundle.ID()) != nil {
		f.Counted, f.PlanAction = true, "clean-up/"+p.Bundle.ID()
	} else {
		f.NotCounted = "the plan reaches a cheaper renewal without this removal"
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

// crossing fills in what every crossing says: the step of each line and the
// sum nobody sees on one bill.
func crossing(p *audit.Pass, lines []*costing.Line, step func(costing.Position) money.Amount) audit.Finding {
	f := audit.Finding{Confidence: audit.Certain, Why: "difference of two bills at today's prices"}
	for _, l := range lines {
		pos := l.Position()
		amount := step(pos).Times(l.Sub.Cycle.Bills())
		note := ""
		if l.Sub.Cycle == pricing.Monthly {
			note = "twelve monthly bills"
		}
		f.Lines = append(f.Lines, audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: amount, Note: note})
		f.Evidence = append(f.Evidence, lineRow(l))
	}
	f.Amount = total(p, f.Lines)
	f.By = firstRenewal(p.Bundle, f.Lines).AddDays(-1)
	f.Figures = []audit.Figure{{Name: "step", Label: "Step over all lines", Value: f.Amount}, {Name: "lines", Label: "Lines that cross", Value: len(lines)}}
	f.Severity = p.Rate(f.Amount, f.By)
	return f
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
	f := crossing(p, lines, func(pos costing.Position) money.Amount { return pos.StepUp })
	users := largest(lines)
	room := top - users
	f.Subject = at.subject(p.Bundle, "under")
	f.Title = fmt.Sprintf("Room for %s on %s before the top of %s: the step would cost %s %s over %s", money.Plural(room, "more user"), at.place(p.Bundle), money.Count(top),
		f.Amount.Grouped(), f.Amount.Currency(), money.Plural(len(lines), "line"))
	f.Detail = fmt.Sprintf("With user %s the product and its apps change tier at the same time; no purchase is approved for that.", money.Count(top+1))
	f.Figures = append([]audit.Figure{
		{Name: "users", Label: "Users", Value: users}, {Name: "top", Label: "Tier top", Value: top}, {Name: "headroom", Label: "Headroom", Value: room},
	}, f.Figures...)
	f.Action = "Remove review candidates before adding people, or budget the step."
	f.NotCounted = "it has not happened; the plan counts only what is planned"
	p.Report(f)
}

// reportPlanned reports crossings the headcount plan causes: inside the
// coming term, where the plan's as-is amount has them, and before the renewal,
// where no total has them (ruling R20).
func reportPlanned(p *audit.Pass) {
	byDay := map[date.Date][]audit.LineAmount{}
	for _, l := range p.Bundle.Lines {
		if !l.Counted() {
			continue
		}
		bills, _ := l.Bills(costing.Choice{Cycle: l.Sub.Cycle})
		for _, b := range bills {
			if b.Previous > 0 {
				byDay[b.Date] = append(byDay[b.Date], audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: b.Amount,
					Note: fmt.Sprintf("%s instead of %s users for %d days", money.Count(b.Quantity), money.Count(b.Previous), b.Days)})
			}
		}
	}
	var days []date.Date
	for d := range byDay {
		days = append(days, d)
	}
	slices.SortFunc(days, date.Date.Compare)
	for _, d := range days {
		p.Report(plannedFinding(p, d, byDay[d]))
	}
	for _, product := range p.Bundle.Products {
		reportRunning(p, product)
	}
}

func plannedFinding(p *audit.Pass, d date.Date, lines []audit.LineAmount) audit.Finding {
	amount := total(p, lines)
	return audit.Finding{
		Subject:    fmt.Sprintf("%s/%s/planned-%s", p.Bundle.Site, p.Bundle.Family, d),
		Title:      fmt.Sprintf("Users planned for %s cross a tier on %s inside the coming term: %s %s", d.Short(), p.Bundle.Place(), amount.Grouped(), amount.Currency()),
		Detail:     "Each line is upgraded for the rest of its term, at the price in force that day. The as-is amount holds this already.",
		Severity:   p.Rate(amount, d),
		Confidence: audit.Probable, Why: "rests on headcount_plan",
		Figures: []audit.Figure{{Name: "upgrades", Label: "Upgrades inside the term", Value: amount}, {Name: "lines", Label: "Lines that cross", Value: len(lines)}},
		Lines:   lines, Action: "Remove review candidates before the date, so that the new users fit.", By: d.AddDays(-1), Amount: amount,
		NotCounted: "part of the as-is amount, not a saving of its own",
	}
}

// reportRunning reports a planned crossing before the renewal: the approver
// pays it first, in the running term.
func reportRunning(p *audit.Pass, product *seats.Product) {
	for _, l := range p.Bundle.Lines {
		if l.Sub.Key != product.Key || !l.IsHost() || !l.Counted() || l.Sub.Cycle != pricing.Annual {
			continue
		}
		pos := l.Position()
		for _, c := range product.Changes() {
			if n := product.On(c.Date, 0); c.Date.Before(l.Term.Start) && pos.Known && pos.Tier.To > 0 && n > pos.Tier.To {
				p.Report(audit.Finding{
					Subject:    fmt.Sprintf("%s/%s/running-%s", product.Site, product.Key, c.Date),
					Title:      fmt.Sprintf("%s planned users of %s on %s exceed the paid tier before it renews", money.Count(n), estate.ProductName(product.Key), c.Date.Short()),
					Detail:     fmt.Sprintf("The tier ends at %s users. On annual billing an upgrade for the rest of the running term is due first; it is in no total.", money.Count(pos.Tier.To)),
					Confidence: audit.Probable, Why: "rests on headcount_plan",
					Figures:  []audit.Figure{{Name: "users", Label: "Planned users", Value: n}, {Name: "top", Label: "Tier top", Value: pos.Tier.To}},
					Evidence: []audit.Evidence{{Source: c.Source, What: "planned change"}, lineRow(l)},
					Action:   "Remove review candidates before the date, or budget the upgrade.", By: c.Date.AddDays(-1),
					NotCounted: "it belongs to the running term, not to the coming one",
				})
				break
			}
		}
	}
}
