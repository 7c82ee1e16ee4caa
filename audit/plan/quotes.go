package plan

import (
	"fmt"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
)

// quoting lists one action for every line whose old price is to be kept, or
// whose tier another line's quote keeps; none for a line that is paid for with
// other sites.
func (p *Plan) quoting(d *Decision, asOf date.Date) []*Action {
	var out []*Action
	for i, l := range d.Bundle.Lines {
		before, after := d.Switched.Costs[i], d.Quoted.Costs[i]
		locked := d.Quoted.Choices[i].Locked
		if !l.Counted() || p.Combination(l) != nil || before == after && !locked {
			continue
		}
		choices := [2]costing.Choice{d.Switched.Choices[i], d.Quoted.Choices[i]}
		c := LineChange{
			Line: l, Before: before, After: after,
			From: firstQuantity(l, choices[0]), To: firstQuantity(l, choices[1]), choices: choices,
		}
		a := &Action{
			ID: actionID(StepQuotes, l.ID()), Step: StepQuotes, Bundle: d.Bundle, Line: l, Class: Avoidance,
			Lines: []LineChange{c}, Reversible: "yes, until it is accepted", locked: locked,
		}
		a.count(StepQuotes, before.Sub(after))
		d.describeQuote(a, c, asOf)
		out = append(out, a)
	}
	return out
}

func (d *Decision) describeQuote(a *Action, c LineChange, asOf date.Date) {
	l := c.Line
	q := l.Quote
	if !a.locked {
		// Another line's quote holds this one's tier, so its cost moves too.
		a.Title = fmt.Sprintf("Renew %s%s at the tier its host's quote keeps", l.Name(), d.on(l.Sub.Site))
		a.Deadline = deadline([]LineChange{c}, asOf)
		a.Detail = d.describe([]LineChange{c})
		return
	}
	a.Title = fmt.Sprintf("Get a quote for %s%s at the price before %s", l.Name(), d.on(l.Sub.Site), q.Change.Short())
	a.Deadline = q.By
	a.Detail = fmt.Sprintf("Ask for the quote from %s and no later than %s; it renews %s users on %s.",
		q.From.Short(), q.By.Short(), money.Count(c.To), l.Term.Start.Short())
	if c.From != c.To {
		a.Detail = fmt.Sprintf("Renew the licensed tier (%s users) at the old price instead of right-sizing to %s users. ",
			money.Count(c.To), money.Count(c.From)) + a.Detail
	}
	if licensed := l.Sub.Licensed; c.To < licensed {
		a.Detail += fmt.Sprintf(" Not for the %s that are licensed: that would bind its apps to more, or cost more itself.", money.Count(licensed))
	}
}

// carry ties the quotes to the actions before them: what a quote is done instead
// of, the removals that have to come first, and those that pay only by a quote.
func (d *Decision) carry(quotes, before []*Action, removed []int, asOf date.Date) {
	carrier := d.carrier(quotes, removed)
	if carrier != nil {
		d.load(carrier, removed, asOf)
	}
	for _, a := range quotes {
		c := a.Lines[0]
		if !a.locked {
			a.Detail += swing(a.Lines)
			continue
		}
		for _, b := range before {
			if c.From != c.To && overlap(b.Lines, a.Lines) {
				a.Replaces = b.ID
			}
		}
		if as := (costing.Choice{Cycle: c.Line.Sub.Cycle}); !c.Line.CanLock(as) {
			as.Removed = removed
			switch {
			case a == carrier:
				a.Detail += " Today's users do not fit the licensed tier."
			case !c.Line.CanLock(as) && carrier != nil:
				a.DependsOn = append(a.DependsOn, carrier.ID)
				a.Detail += " It needs the removals for another quote first: today's users do not fit the licensed tier."
			default:
				a.needs(before)
			}
		}
		a.Detail += swing(a.Lines)
	}
}

// needs has a quote wait for the removals among other actions.
func (a *Action) needs(before []*Action) {
	for _, b := range before {
		if len(b.Removals) > 0 {
			a.DependsOn = append(a.DependsOn, b.ID)
			a.Detail += " It needs the clean-up first: today's users do not fit the licensed tier."
		}
	}
}

// carrier returns the quote to whose action the removals belong that are not
// done before: the first that cannot be had without them, else the first. It is
// nil when there are none.
func (d *Decision) carrier(quotes []*Action, removed []int) *Action {
	if slices.Equal(removed, d.Removed) {
		return nil
	}
	var first *Action
	for _, a := range quotes {
		l := a.Lines[0].Line
		switch {
		case !a.locked:
		case !l.CanLock(costing.Choice{Cycle: l.Sub.Cycle, Removed: removed}):
			return a
		case first == nil:
			first = a
		}
	}
	return first
}

// load gives a quote's action the removals that are not done before.
func (d *Decision) load(a *Action, removed []int, asOf date.Date) {
	own := slices.Clone(d.Removed)
	for i := range own {
		own[i] -= removed[i]
	}
	a.Removals, a.People = d.removals(own)
	before := d.without(removed)
	a.count(StepCleanUp, before.Total.Sub(d.Switched.Total))
	for _, c := range d.changes(before, d.Switched) {
		if c.Line == a.Line {
			a.Lines[0].Before, a.Lines[0].From, a.Lines[0].choices[0] = c.Before, c.From, c.choices[0]
		} else {
			a.Lines = append(a.Lines, c)
		}
	}
	what := d.removing(a.Removals)
	a.Title += ", and r" + what[1:]
	a.Detail += " " + d.left(a.Removals, asOf) + fmt.Sprintf(" Before the quote these removals lower no bill; %s.", people(a.People))
	a.Deadline = date.Max(date.Min(a.Deadline, a.Lines[0].Line.Term.Start.AddDays(-1)), asOf)
}

func people(n int) string {
	if n == 1 {
		return "one person loses a seat"
	}
	return money.Count(n) + " people lose a seat"
}
