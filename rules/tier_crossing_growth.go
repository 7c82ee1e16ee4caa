package rules

import (
	"fmt"
	"slices"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
)

// growthDays is how far apart the first count and today must lie at least: a shorter
// time says more of its last week than of a year.
const growthDays = 60

// growing is a line whose users grew, and when they fill their tier if they go on.
type growing struct {
	line  *costing.Line
	since costing.DayUsers // the first count of the last twelve months
	on    date.Date        // on which the top is reached
}

// reportGrowth reports tops that the users reach within the coming term if they grow
// as they did (METHOD 23.10). It is a projection and stands outside every total.
func reportGrowth(p *audit.Pass) {
	reach := map[tierTop][]growing{}
	for _, l := range p.Bundle.Lines {
		if g, ok := findGrowth(p, l); ok {
			at := topOf(l, l.Position().Tier.To)
			reach[at] = append(reach[at], g)
		}
	}
	for _, at := range tops(reach) {
		p.Report(topReached(p, at, reach[at]))
	}
}

// findGrowth returns when a line fills the tier it is paid for; false where it does
// not grow, nobody counted it long enough, or its term ends before.
func findGrowth(p *audit.Pass, l *costing.Line) (growing, bool) {
	pos := l.Position()
	if !pos.Known || !l.Counted() || l.StandIn || !pos.Stepped || pos.Tier.To == 0 || pos.StepUp.Sign() <= 0 {
		return growing{}, false
	}
	days := l.DailyUsers()
	i := slices.IndexFunc(days, func(d costing.DayUsers) bool { return !d.Date.Before(p.AsOf.AddMonths(-peakMonths)) })
	if i < 0 {
		return growing{}, false
	}
	g := growing{line: l, since: days[i]}
	span, more, room := p.AsOf.Sub(g.since.Date), l.Users-g.since.Users, pos.Tier.To-l.Users
	if span < growthDays || more <= 0 || room <= 0 {
		return growing{}, false
	}
	g.on = p.AsOf.AddDays((room*span + more - 1) / more)
	return g, g.on.Before(l.Term.End)
}

func topReached(p *audit.Pass, at tierTop, reach []growing) audit.Finding {
	first := slices.MinFunc(reach, func(a, b growing) int { return a.on.Compare(b.on) })
	var lines []*costing.Line
	for _, g := range reach {
		lines = append(lines, g.line)
	}
	f := crossing(p, lines, audit.OfStepUp)
	more, since := first.line.Users-first.since.Users, first.since.Date
	f.Subject = at.subject(p.Bundle, "growth")
	f.Confidence, f.Why = audit.Possible, "a projection: users grow on as they did since "+since.Short()
	f.Title = fmt.Sprintf("At the growth of the last %s, %s more, %s on %s reach the top of %s on %s: %s", money.Plural(monthsOf(p.AsOf.Sub(since)), "month"),
		money.Count(more), whose(p.Bundle, lines, first.line.Users), at.place(p.Bundle), money.Count(at.top), first.on.Short(), stepText(f.Amount, len(lines)))
	f.Detail = fmt.Sprintf("On %s there were %s, today there are %s. %s", since.Short(), money.Plural(first.since.Users, "user"), money.Count(first.line.Users),
		unseen(p, f.Lines)+at.leftOut(p))
	f.Figures = append([]audit.Figure{
		{Name: "users", Label: "Users", Value: first.line.Users}, {Name: "top", Label: "Tier top", Value: at.top},
		{Name: "users_then", Label: "Users then", Value: first.since.Users}, {Name: "since", Label: "Counted on", Value: since},
		{Name: "reached_on", Label: "Top reached on", Value: first.on},
	}, f.Figures...)
	f.Evidence = append(f.Evidence, audit.Evidence{Source: first.since.Source, What: fmt.Sprintf("%s on %s", money.Plural(first.since.Users, "user"), since)})
	f.Severity = min(p.Rate(f.Amount, first.on), audit.Medium)
	f.By = first.on
	f.Action = freeing(p) + " before the top is reached, or budget the step."
	f.NotCounted = "a projection; the plan counts only what is planned"
	return f
}

// monthsOf returns a number of days in months, rounded; at least 1.
func monthsOf(days int) int { return max((days*12+182)/365, 1) }
