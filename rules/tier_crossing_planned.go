package rules

import (
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

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
				byDay[b.Date] = append(byDay[b.Date], audit.LineAmount{Line: l.ID(), Name: l.Name(), Amount: b.Amount, Of: audit.OfBill, On: b.Date,
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
		Title: fmt.Sprintf("Users planned for %s exceed what is paid for %s until the renewal: %s%s",
			d.Short(), p.Bundle.Title(), cost, summedOver(len(lines))),
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
