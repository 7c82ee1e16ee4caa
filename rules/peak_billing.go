package rules

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

//go:embed peak-billing.md
var peakBillingPage string

var peakBilling = &audit.Rule{
	ID:          "peak-billing",
	Title:       "what short peaks of users within monthly billing cycles cost, and would cost at today's prices",
	Page:        peakBillingPage,
	Remediation: "Free a seat before a new person takes one, and remove who is no longer needed before the cycle ends: within it nothing is given back.",
	Category:    audit.CategorySeats,
	Kind:        audit.Risk,
	Severity:    audit.Low,
	Scope:       audit.PerBundle,
	Needs:       []audit.Need{audit.NeedUserCounts},
	Options: []audit.Option{
		{Name: "evidence_rows", Type: audit.WholeNumber, Default: "25", Min: 0, Max: 1000, Doc: "How many rows of user_counts a finding lists."},
	},
	Run: runPeakBilling,
}

// runPeakBilling looks at the monthly lines of a bundle together: its product
// and apps have the same users, so one peak shows on all of their bills.
func runPeakBilling(_ context.Context, p *audit.Pass) error {
	p.Examine(p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family))
	var known, unknown []*peakTally
	for _, l := range p.Bundle.Lines {
		if !l.ExposedToPeaks() || l.ElsewhereCharged() {
			continue
		}
		if t := tallyPeaks(l, p.AsOf); !t.why.Given() {
			known = append(known, t)
		} else {
			unknown = append(unknown, t)
		}
	}
	for _, group := range byCurrency(p, known) {
		peaked := withPeaks(group)
		if len(peaked) > 0 {
			p.Report(peakFinding(p, group, peaked))
		}
		if free := freeAgain(group); len(free) > 0 {
			p.Report(freeSeats(p, free))
		}
		for _, t := range group {
			if len(peaked) == 0 && t.gap() != "" {
				t.why = diag.Reason{Kind: diag.NoQuantity, Text: t.gap()}
				unknown = append(unknown, t)
			}
		}
	}
	if len(unknown) > 0 && len(p.Estate.UserCounts) > 0 { // of runs week by week nobody expects whole cycles
		p.Report(peaksNotKnown(p, unknown))
	}
	return nil
}

// peakSubject names a bundle, and the currency where it is not that of the
// totals: amounts of two currencies are never added.
func peakSubject(p *audit.Pass, tallies []*peakTally, parts ...string) string {
	subject := p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family)
	if mark := currencyMark(p, tallies[0].currency); mark != "" {
		subject += "/" + mark
	}
	return strings.Join(append([]string{subject}, parts...), "/")
}

// peakFinding reports the peaks of the cycles that are over.
func peakFinding(p *audit.Pass, all, peaked []*peakTally) audit.Finding {
	s := summarise(peaked)
	f := audit.Finding{
		Subject:    peakSubject(p, all),
		Title:      peakTitle(p, peaked, s),
		Detail:     peakDetail(p, all, peaked, s),
		Confidence: audit.Probable,
		Why:        "whole days, which comes out up to 5 % above Atlassian's finer proration" + assumed(peaked),
		Amount:     s.today,
		Action:     peakAction(s),
		By:         cycleEnd(peaked),
		NotCounted: "an exposure beside the plan: the totals hold the users of each bill date and no peak",
	}
	f.Severity = audit.Low
	if s.today.Currency() == p.Costs.Currency {
		// The end of a cycle comes every month and makes nothing urgent.
		f.Severity = p.Rate(s.today, date.Date{})
	}
	f.Figures = peakFigures(p, all, s)
	for _, t := range peaked {
		f.Lines = append(f.Lines, audit.LineAmount{Line: t.line.ID(), Name: t.line.Name(), Amount: t.today, Note: t.note(), Of: audit.OfPeaks})
	}
	f.Evidence = peakRows(p, peaked)
	return f
}

func peakTitle(p *audit.Pass, peaked []*peakTally, s peakSum) string {
	text := fmt.Sprintf("Peaks of users in %s on %s", money.Plural(s.cycles, "monthly cycle"), p.Bundle.Place())
	today := fmt.Sprintf("%s %s above the regular bills of %s", s.today.Grouped(), s.today.Currency(), money.Plural(len(peaked), "subscription"))
	switch {
	case !s.past.Known():
		return text + " would cost at today's prices " + today
	case s.past == s.today:
		return text + " cost " + today
	}
	return fmt.Sprintf("%s cost %s %s; at today's prices %s", text, s.past.Grouped(), s.past.Currency(), today)
}

// peakDetail tells the peaks cycle by cycle, and what is not known of them.
func peakDetail(p *audit.Pass, all, peaked []*peakTally, s peakSum) string {
	const most = 6
	said := tellCycles(peaked)
	text := strings.Join(said[:min(most, len(said))], " ")
	if rest := len(said) - most; rest > 0 {
		text += fmt.Sprintf(" %s more stand in the rows below.", money.Plural(rest, "cycle"))
	}
	if p.Policy.PeakFullPeriod {
		text += " Policy peak_billing: full-period charges the whole cycle at its peak."
	}
	if s.unpriced > 0 {
		text += fmt.Sprintf(" The price of %s is not known, so neither is what the peaks did cost.", money.Plural(s.unpriced, "bill"))
	}
	for _, t := range all {
		if gap := t.gap(); gap != "" {
			text += " " + t.line.Name() + ": " + gap + "."
		}
	}
	if n := len(p.Bundle.Lines) - exposed(p.Bundle); n > 0 {
		text += fmt.Sprintf(" %s of the bundle not billed monthly by users cannot be charged for a peak.", money.Plural(n, "subscription"))
	}
	return text
}

// tellCycles says in a sentence each what the cycles were like. Lines with the
// same days and users share one; otherwise it names its lines.
func tellCycles(peaked []*peakTally) []string {
	var out []string
	names := map[string][]string{}
	for _, t := range peaked {
		for i := range t.peaks {
			text := tellCycle(&t.peaks[i])
			if names[text] == nil {
				out = append(out, text)
			}
			names[text] = append(names[text], t.line.Name())
		}
	}
	for i, text := range out {
		if len(names[text]) < len(peaked) {
			out[i] = strings.Join(names[text], ", ") + ", " + text
		}
	}
	return out
}

// tellCycle says in a sentence what a cycle was like.
func tellCycle(c *costing.PeakCycle) string {
	last := c.Period.End.AddDays(-1)
	return fmt.Sprintf("%s to %s: %s users at the start, %s from %s on, %s above the start, %s on %s.", c.Period.Start.Short(), last.Short(),
		money.Count(c.Before.Users), money.Count(c.Peak.Users), c.Peak.Date.Short(), money.Plural(c.Above, "counted day"),
		money.Count(c.Last.Users), c.Last.Date.Short())
}

func peakAction(s peakSum) string {
	if s.gone.Sign() > 0 {
		return "Before a short need, free as many seats as it takes: a count that stays at that of the cycle's start costs nothing. " +
			"Afterwards remove the people before the last day of the cycle, since the next one starts with the users of that day, " +
			"and until then give the seats to others."
	}
	return "The people added stayed, so only the way in can be cheaper: free a seat first, or add them later in the cycle."
}

// peakFigures lists the numbers behind the peaks of the cycles that are over.
func peakFigures(p *audit.Pass, all []*peakTally, s peakSum) []audit.Figure {
	evaluated, missing, skipped := 0, 0, 0
	for _, t := range all {
		evaluated, missing, skipped = max(evaluated, t.evaluated), max(missing, t.missing), max(skipped, t.skipped)
	}
	out := []audit.Figure{
		{Name: "cycles", Label: "Complete cycles evaluated", Value: evaluated}, {Name: "cycles_with_peaks", Label: "Cycles with a peak", Value: s.cycles},
		{Name: "peak", Label: "Most users above the start of a cycle", Value: s.height}, {Name: "peak_days", Label: "Counted days above the start", Value: s.days},
		{Name: "past", Label: "Charged above the regular bills", Value: s.past}, {Name: "today", Label: "The same peaks at today's prices", Value: s.today},
		{Name: "gone", Label: "Of it for people gone again when the cycle ended", Value: s.gone},
	}
	if s.base.Sign() > 0 {
		out = append(out, audit.Figure{Name: "share", Label: "Of the regular bills of these cycles",
			Value: audit.PercentOf(s.today.Exact().Div(s.base.Exact()))})
	}
	return append(out,
		audit.Figure{Name: "candidates", Label: "Review candidates whose seats could be used first", Value: candidates(p)},
		audit.Figure{Name: "missing_days", Label: "Days without a count", Value: missing},
		audit.Figure{Name: "not_evaluated", Label: "Complete cycles not evaluated", Value: skipped})
}

func candidates(p *audit.Pass) int {
	n := 0
	for _, product := range p.Bundle.Products {
		n += len(product.Candidates)
	}
	return n
}

func exposed(b *costing.Bundle) int {
	n := 0
	for _, l := range b.Lines {
		if l.ExposedToPeaks() || l.ElsewhereCharged() {
			n++
		}
	}
	return n
}

// cycleEnd returns the last day of the first running cycle to end among lines:
// its users are those the next one starts with.
func cycleEnd(tallies []*peakTally) date.Date {
	var first date.Date
	for _, t := range tallies {
		if end := t.line.RunningCycle().End; first.IsZero() || end.Before(first) {
			first = end
		}
	}
	return first.AddDays(-1)
}

// freeSeats reports seats the running cycle has been charged for and nobody
// has any more.
func freeSeats(p *audit.Pass, free []*peakTally) audit.Finding {
	f := audit.Finding{
		Subject:    peakSubject(p, free, "running"),
		Severity:   audit.Low,
		Confidence: audit.Probable, Why: "whole days, from the counts up to as-of" + assumed(free),
		Action:     "Give these seats to new people before anybody else is added to the product; removing more of them saves nothing in this cycle.",
		By:         cycleEnd(free),
		NotCounted: "an exposure beside the plan, charged already",
	}
	seats, charged := 0, money.Zero(free[0].currency)
	for _, t := range free {
		n := t.running.Peak.Users - t.line.Users
		seats = max(seats, n)
		cost := t.line.PeakCost(t.running, t.running.Period.Start)
		note := fmt.Sprintf("%s paid until %s, users today %s", money.Plural(t.running.Peak.Users, "user"), t.running.Period.End.AddDays(-1).Short(),
			money.Count(t.line.Users))
		charged = charged.Add(cost.Extra)
		f.Lines = append(f.Lines, audit.LineAmount{Line: t.line.ID(), Name: t.line.Name(), Amount: cost.Extra, Note: note})
	}
	f.Amount = charged
	f.Title = fmt.Sprintf("%s on %s can be used again at no charge until %s: the running cycle is charged for its peak",
		money.Plural(seats, "seat"), p.Bundle.Place(), f.By.Short())
	f.Detail = "What the peaks of the running cycle add to its bills is not known, for want of a price."
	if charged.Known() {
		f.Detail = fmt.Sprintf("The peaks of the running cycle add %s %s to its bills so far; users who leave before it ends do not lower them.",
			charged.Grouped(), charged.Currency())
	}
	f.Figures = []audit.Figure{{Name: "seats", Label: "Seats free to use again", Value: seats},
		{Name: "charged", Label: "Charged for peaks so far", Value: charged}}
	f.Evidence = runningRows(p, free)
	return f
}

// peaksNotKnown reports lines whose peaks cannot be told. What is not known is
// not nothing.
func peaksNotKnown(p *audit.Pass, unknown []*peakTally) audit.Finding {
	f := audit.Finding{
		Subject:    p.Bundle.Subject(p.Bundle.Site, p.Bundle.Family) + "/not-known",
		Title:      fmt.Sprintf("Peaks are not known, or not for every day, of %s on %s", money.Plural(len(unknown), "monthly subscription"), p.Bundle.Place()),
		Detail:     "A cycle needs the count of the day before it, which it is billed for, and a count of each day.",
		Severity:   audit.Low,
		Confidence: audit.Certain, Why: "the counts that are missing are named with each subscription",
		Figures:    []audit.Figure{{Name: "lines", Label: "Monthly subscriptions", Value: len(unknown)}},
		Action:     "Keep the number of users of each product every day, and add it to user_counts.",
		NotCounted: "nothing to count: the amount is not known",
	}
	for _, t := range unknown {
		f.Lines = append(f.Lines, audit.LineAmount{Line: t.line.ID(), Name: t.line.Name(), Note: t.why.Text})
		f.Evidence = append(f.Evidence, lineRow(t.line))
		if t.why.At.File != "" {
			f.Evidence = append(f.Evidence, audit.Evidence{Source: t.why.At, What: t.why.Text})
		}
	}
	return f
}
