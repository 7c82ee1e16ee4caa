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

// peakMonths is how far back a daily count says what may come again: one term.
const peakMonths = 12

// peakOver is an annual line whose users once stood above a top they are below
// today.
type peakOver struct {
	line *costing.Line
	peak costing.DayUsers // the first day with the most users
	days int              // days counted above the top
	fits bool             // the tier paid for holds the peak; that of today's users does not
}

// reportPeaks reports daily counts above the top of an annual tier that
// today's users fit in. Nobody is billed for such days, but
// the same people come back next year: on Cloud they cannot be added, and Data
// Center turns read-only. Monthly lines are the subject of peak-billing.
func reportPeaks(p *audit.Pass) {
	over := map[tierTop][]peakOver{}
	for _, l := range p.Bundle.Lines {
		if top, o, ok := findPeak(p, l); ok {
			at := topOf(l, top)
			over[at] = append(over[at], o)
		}
	}
	for _, at := range tops(over) {
		p.Report(pastPeak(p, at, over[at]))
	}
}

// findPeak returns the top the users of a line stood above: that of the tier
// paid for, or where that one held the peak, of the tier today's users need.
func findPeak(p *audit.Pass, l *costing.Line) (int, peakOver, bool) {
	pos := l.Position()
	if !pos.Known || !l.Counted() || l.Sub.Cycle != pricing.Annual || !pos.Stepped || pos.Tier.To == 0 {
		return 0, peakOver{}, false
	}
	v, _ := l.Timeline(pricing.Annual).At(p.AsOf)
	need, ok := v.Tier(l.Users)
	if !ok || need.To == 0 {
		return 0, peakOver{}, false
	}
	days := l.DailyUsers()
	days = slices.DeleteFunc(days, func(d costing.DayUsers) bool { return d.Date.Before(p.AsOf.AddMonths(-peakMonths)) })
	if len(days) == 0 {
		return 0, peakOver{}, false
	}
	o := peakOver{line: l, peak: slices.MaxFunc(days, func(a, b costing.DayUsers) int { return a.Users - b.Users })}
	top := pos.Tier.To
	if o.peak.Users <= top {
		top, o.fits = need.To, true
	}
	for _, d := range days {
		if d.Users > top {
			o.days++
		}
	}
	step := l.YearAt(o.peak.Users).Sub(l.YearAt(top))
	return top, o, l.Users <= top && o.days > 0 && (step.Sign() > 0 || !step.Known())
}

func pastPeak(p *audit.Pass, at tierTop, over []peakOver) audit.Finding {
	top := at.top
	f := audit.Finding{
		Subject:    at.subject(p.Bundle, "peak"),
		Confidence: audit.Probable, Why: "rests on " + countedBy(p) + "; what happened once may not come again",
		NotCounted: "the users fit below the top again; the plan counts those of today and the planned ones",
	}
	highest, users, days := over[0].peak, 0, 0
	var lines []*costing.Line
	for _, o := range over {
		if o.peak.Users > highest.Users {
			highest = o.peak
		}
		users, days = max(users, o.line.Users), max(days, o.days)
		lines = append(lines, o.line)
		f.Lines = append(f.Lines, audit.LineAmount{Line: o.line.ID(), Name: o.line.Name(), Amount: o.line.YearAt(o.peak.Users).Sub(o.line.YearAt(top)),
			Note: peakNote(p, o, top)})
		f.Evidence = append(f.Evidence, lineRow(o.line))
		row := audit.Evidence{Source: o.peak.Source, What: fmt.Sprintf("%s on %s", money.Plural(o.peak.Users, "user"), o.peak.Date)}
		if !slices.Contains(f.Evidence, row) {
			f.Evidence = append(f.Evidence, row)
		}
	}
	f.Amount = total(p, f.Lines)
	f.By = firstRenewal(p.Bundle, f.Lines).AddDays(-1)
	f.Severity = p.Rate(f.Amount, f.By)
	f.Title = fmt.Sprintf("%s %s on %s stood above the top of %s on %s, today there are %s: %s",
		money.Count(highest.Users), whose(p.Bundle, lines, highest.Users), at.place(p.Bundle),
		money.Count(top), highest.Date.Short(), money.Count(users), stepText(f.Amount, len(lines)))
	f.Detail = money.Plural(days, "counted day") + " of the last twelve months stood above the top."
	if f.Amount.Known() {
		f.Detail += " A year at the tier of the peak would cost that much more at today's prices."
	}
	f.Figures = []audit.Figure{
		{Name: "users", Label: "Users today", Value: users}, {Name: "top", Label: "Tier top", Value: top},
		{Name: "peak", Label: "Most users counted", Value: highest.Users},
		{Name: "peak_on", Label: "First counted on", Value: highest.Date}, {Name: "days_above", Label: "Days counted above the top", Value: days},
		{Name: "step", Label: "Step over all subscriptions", Value: f.Amount}, {Name: "lines", Label: "Subscriptions that cross", Value: len(lines)},
	}
	if upgrade := upgradeThen(p, over); upgrade.Sign() > 0 {
		f.Figures = append(f.Figures, audit.Figure{Name: "upgrade", Label: "An upgrade that day, for the rest of the running term", Value: upgrade})
		f.Detail += fmt.Sprintf(" An upgrade on that day, for the rest of the running term, would have cost %s %s.", upgrade.Grouped(), upgrade.Currency())
	}
	f.Action = "Find out whether these users come again within the coming term. If so, free seats before they do, or renew a tier that holds them."
	if p.Bundle.Hosting == pricing.DataCenter {
		f.Detail += " Above its tier a Data Center instance turns read-only for everybody."
	} else {
		f.Detail += " On annual billing nobody is charged for such days, but nobody can be added by hand above the tier either."
	}
	return f
}

// countedBy says where daily counts are from.
func countedBy(p *audit.Pass) string {
	if len(p.Estate.UserCounts) == 0 {
		return "counts of earlier runs"
	}
	return "user_counts"
}

func stepText(amount money.Amount, lines int) string {
	if !amount.Known() {
		return fmt.Sprintf("the step%s is not known", summedOver(lines))
	}
	return fmt.Sprintf("the step is %s %s%s", amount.Grouped(), amount.Currency(), summedOver(lines))
}

// peakNote says whether the tier paid for held the peak, and whether the one
// of the plan would.
func peakNote(p *audit.Pass, o peakOver, top int) string {
	paid := o.line.Position().Tier
	note := fmt.Sprintf("paid for %s users, %s counted", paid, money.Count(o.peak.Users))
	if o.fits {
		note += fmt.Sprintf("; a tier up to %s would not have held them", money.Count(top))
		choice := p.Plan.Choice(o.line)
		if bills, _ := o.line.Bills(choice); choice.Cycle == pricing.Annual && len(bills) > 0 && bills[0].Quantity <= top {
			note += ", and the plan renews it"
		}
	}
	return note
}

// upgradeThen returns what raising the lines on the day of their peak would
// have cost for the days left of the running term (METHOD 3.8); 0 where the
// peak lies before that term or the tier held it.
func upgradeThen(p *audit.Pass, over []peakOver) money.Amount {
	sum := money.Zero(p.Costs.Currency)
	for _, o := range over {
		running := date.Period{Start: o.line.Term.Start.AddMonths(-peakMonths), End: o.line.Term.Start}
		if !o.fits && running.Contains(o.peak.Date) {
			sum = sum.Add(o.line.UpgradeAt(o.peak.Date, o.line.Billed, o.peak.Users, running.End.Sub(o.peak.Date)))
		}
	}
	return sum
}
