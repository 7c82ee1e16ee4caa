package rules

import (
	"cmp"
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
		return fmt.Sprintf("%s/all-sites/%s-%d", b.Subject(b.Site, b.Family), what, t.top)
	}
	return fmt.Sprintf("%s/%s-%d", b.Subject(t.site, b.Family), what, t.top)
}

// place names where the users are.
func (t tierTop) place(b *costing.Bundle) string {
	if t.site == "" {
		return b.Place()
	}
	return t.site
}

// leftOut says which apps follow the same users and are not in the sum, since
// nobody knows their cost or it is in another currency.
func (t tierTop) leftOut(p *audit.Pass) string {
	n := 0
	for _, l := range p.Bundle.Lines {
		if !l.IsHost() && l.Sub.Basis == estate.Linked && !l.Counted() && (t.site == "" || l.Sub.Site == t.site) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" Not in it: %s of these users without a known cost in %s.", money.Plural(n, "app"), p.Costs.Currency)
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

// tops returns the tops something was found for, by site.
func tops[T any](m map[tierTop][]T) []tierTop {
	return slices.SortedFunc(maps.Keys(m), func(a, b tierTop) int { return cmp.Or(strings.Compare(a.site, b.site), cmp.Compare(a.top, b.top)) })
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
	f.Title = fmt.Sprintf("%s %s on %s are %s over the top of %s: the step costs %s %s over %s",
		money.Count(users), whose(p.Bundle, lines, users), at.place(p.Bundle), money.Count(users-top), money.Count(top),
		f.Amount.Grouped(), f.Amount.Currency(), money.Plural(len(lines), "subscription"))
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
	space := "Room for " + money.Count(room) + " more " + whose(p.Bundle, lines, room)
	if room == 0 {
		space = "No room for another " + whose(p.Bundle, lines, 1)
	}
	f.Title = fmt.Sprintf("%s on %s before the top of %s: the step would cost %s %s over %s", space, at.place(p.Bundle), money.Count(top),
		f.Amount.Grouped(), f.Amount.Currency(), money.Plural(len(lines), "subscription"))
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

// reportPlanned reports crossings the headcount plan causes: inside the
// coming term, where the plan's as-is amount has them, and before the renewal,
// where no total has them (METHOD 1.20).
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
	reportRunning(p)
}

func plannedFinding(p *audit.Pass, d date.Date, lines []audit.LineAmount) audit.Finding {
	amount := total(p, lines)
	return audit.Finding{
		Subject: fmt.Sprintf("%s/planned-%s", p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family), d),
		Title: fmt.Sprintf("Users planned for %s cross a tier of %s inside the coming term: %s %s",
			d.Short(), p.Bundle.Title(), amount.Grouped(), amount.Currency()),
		Detail: fmt.Sprintf("%s Each subscription is upgraded for the rest of its term, at the price in force that day; the as-is amount holds this already.",
			unseen(p, lines)),
		Severity:   p.Rate(amount, d),
		Confidence: audit.Probable, Why: "rests on headcount_plan",
		Figures: append([]audit.Figure{{Name: "upgrades", Label: "Upgrades inside the term", Value: amount}}, stepFigures(p, lines)...),
		Lines:   lines, Evidence: plannedRows(p, d, lines),
		Action: freeing(p) + " before the date, so that the new users fit.", By: d.AddDays(-1), Amount: amount,
		NotCounted: "part of the as-is amount, not a saving of its own",
	}
}

// plannedRows points at the planned changes of a day and at the lines that
// cross on it.
func plannedRows(p *audit.Pass, d date.Date, lines []audit.LineAmount) []audit.Evidence {
	var out []audit.Evidence
	for _, product := range p.Bundle.Products {
		for _, c := range product.Changes() {
			if c.Date == d {
				out = append(out, audit.Evidence{Source: c.Source, What: "planned change"})
			}
		}
	}
	named := linesOf(lines)
	for _, l := range p.Bundle.Lines {
		if named[l.ID()] {
			out = append(out, lineRow(l))
		}
	}
	return out
}

// reportRunning reports planned crossings before the renewal: the approver
// pays them first, in the running term (METHOD 1.20), on every bill that follows
// the users.
func reportRunning(p *audit.Pass) {
	byDay := map[date.Date][]audit.LineAmount{}
	for _, l := range p.Bundle.Lines {
		if !l.Counted() || l.Sub.Cycle != pricing.Annual || len(l.Members()) == 0 {
			continue
		}
		paid := l.Billed
		for _, d := range changeDays(p.Bundle) {
			users := l.UsersOn(d, nil)
			if !d.Before(l.Term.Start) || users <= paid {
				continue
			}
			left := l.Term.Start.Sub(d)
			amount := l.UpgradeAt(d, paid, users, left)
			if !amount.Known() || amount.Sign() > 0 {
				byDay[d] = append(byDay[d], audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: amount,
					Note: fmt.Sprintf("%s instead of %s users for %s", money.Count(users), money.Count(paid), money.Plural(left, "day"))})
			}
			paid = users
		}
	}
	for _, d := range changeDays(p.Bundle) {
		if len(byDay[d]) > 0 {
			p.Report(runningFinding(p, d, byDay[d]))
		}
	}
}

// changeDays returns the days on which users of the bundle are planned to
// change, in order.
func changeDays(b *costing.Bundle) []date.Date {
	var out []date.Date
	for _, product := range b.Products {
		for _, c := range product.Changes() {
			out = append(out, c.Date)
		}
	}
	slices.SortFunc(out, date.Date.Compare)
	return slices.Compact(out)
}

func runningFinding(p *audit.Pass, d date.Date, lines []audit.LineAmount) audit.Finding {
	amount := total(p, lines)
	cost, seen := "an amount no price list tells", ""
	if amount.Known() {
		cost, seen = amount.Grouped()+" "+string(amount.Currency()), unseen(p, lines)+" "
	}
	f := audit.Finding{
		Subject: fmt.Sprintf("%s/running-%s", p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family), d),
		Title: fmt.Sprintf("Users planned for %s exceed what is paid for %s until the renewal: %s over %s",
			d.Short(), p.Bundle.Title(), cost, money.Plural(len(lines), "subscription")),
		Detail: fmt.Sprintf("%sOn annual billing the upgrade for the rest of the running term is due first; "+
			"no total holds it, since the totals begin with the renewal.", seen),
		Confidence: audit.Probable, Why: "rests on headcount_plan; at the price in force that day",
		Figures: append([]audit.Figure{{Name: "upgrades", Label: "Upgrades before the renewal", Value: amount}}, stepFigures(p, lines)...),
		Lines:   lines, Evidence: plannedRows(p, d, lines), Amount: amount,
		Action: freeing(p) + " before the date, or budget the upgrade.", By: d.AddDays(-1),
		NotCounted: "it belongs to the running term, not to the coming one",
	}
	if amount.Known() {
		f.Severity = p.Rate(amount, f.By)
	}
	return f
}
