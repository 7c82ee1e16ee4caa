package plan

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// actions lists what a decision asks for. Their amounts add up to the
// bundle's part of each step of the bridge.
func (d *Decision) actions(asOf date.Date) []*Action {
	var out []*Action
	zero := money.Zero(d.AsIs.Total.Currency())
	shrink, commit := d.cleanUp(zero, asOf), d.rightSizing(zero, asOf)
	if commit != nil {
		out = append(out, commit)
	}
	if shrink != nil {
		out = append(out, shrink)
		if commit != nil && share(shrink.Lines, commit.Lines) {
			// Renewed first, a line would be bound to the larger tier for the term.
			commit.DependsOn = append(commit.DependsOn, shrink.ID)
		}
	}
	if a := d.switching(zero, asOf); a != nil {
		out = append(out, a)
	}
	return append(out, d.quoting(asOf)...)
}

// share reports whether two actions change a line in common.
func share(a, b []LineChange) bool {
	return slices.ContainsFunc(a, func(x LineChange) bool {
		return slices.ContainsFunc(b, func(y LineChange) bool { return x.Line == y.Line })
	})
}

// actionID is the stable name of what a step does to a bundle or a line, given
// by its id.
func actionID(step Step, of string) string { return idPrefixes[step] + of }

var idPrefixes = map[Step]string{
	StepRightSize: "right-size/", StepCleanUp: "clean-up/", StepCycle: "cycle/", StepQuotes: "quote/", StepMultiInstance: "multi-instance/",
}

// id returns the name of what a step does to the bundle.
func (d *Decision) id(step Step) string { return actionID(step, d.Bundle.ID()) }

func (d *Decision) rightSizing(zero money.Amount, asOf date.Date) *Action {
	lines := d.changes(d.AsIs, d.RightSize)
	if len(lines) == 0 {
		return nil
	}
	a := &Action{
		ID: d.id(StepRightSize), Step: StepRightSize, Bundle: d.Bundle, Class: HardSaving, Lines: lines,
		Amount: worth(lines, zero), Deadline: deadline(lines, asOf),
		Reversible: "only upwards until the next renewal",
	}
	what := d.Bundle.Name() + " on " + a.Place()
	a.Title = "Renew " + what + " at the tier of its users"
	if cancels(lines) {
		a.Title = "Cancel what nobody uses of " + what
	}
	a.Detail = d.describe(lines)
	return a
}

// cancels reports whether every line goes to zero users: that is a
// cancellation, not a smaller tier (METHOD 9.6).
func cancels(lines []LineChange) bool {
	for _, c := range lines {
		if c.To != 0 {
			return false
		}
	}
	return true
}

// Place names the sites an action is about for people.
func (a *Action) Place() string {
	if len(a.Lines) == 0 {
		return a.Bundle.Place()
	}
	sites := linePlaces(a.Lines)
	for _, r := range a.Removals {
		sites = append(sites, r.Product.Site)
	}
	slices.Sort(sites)
	return costing.Places(slices.Compact(sites))
}

func linePlaces(lines []LineChange) []string {
	var out []string
	for _, c := range lines {
		out = append(out, c.Line.Sub.Site)
	}
	return out
}

// on says where something of the bundle is, where that is not plain.
func (d *Decision) on(site string) string {
	if len(d.Bundle.Sites) == 1 {
		return ""
	}
	return " on " + site
}

func (d *Decision) describe(lines []LineChange) string {
	var parts []string
	for _, c := range lines {
		name := c.Line.Name() + d.on(c.Line.Sub.Site)
		switch {
		case c.To == 0:
			parts = append(parts, fmt.Sprintf("cancel %s (%s users paid for)", name, money.Count(c.From)))
		case c.From == c.To:
			parts = append(parts, name)
		default:
			parts = append(parts, fmt.Sprintf("%s for %s users instead of %s", name, money.Count(c.To), money.Count(c.From)))
		}
	}
	return strings.Join(parts, "; ") + "."
}

func (d *Decision) cleanUp(zero money.Amount, asOf date.Date) *Action {
	removals, people := d.removals()
	if len(removals) == 0 {
		return nil
	}
	lines := d.changes(d.RightSize, d.CleanUp)
	if len(lines) == 0 {
		// Removals may pay only in the cycle or with the quotes that follow.
		lines = d.changes(d.RightSize, d.Quoted)
		lines = unchanged(lines)
	}
	a := &Action{
		ID: d.id(StepCleanUp), Step: StepCleanUp, Bundle: d.Bundle, Class: HardSaving, Lines: lines, Removals: removals,
		Amount: d.RightSize.Total.Sub(d.CleanUp.Total), Deadline: deadline(lines, asOf), People: people,
		Reversible: "yes; the seat then costs again",
	}
	var what, detail []string
	noun := " review candidates"
	if len(d.Bundle.Sites) > 1 {
		noun = ""
	}
	for _, r := range removals {
		name := estate.ProductName(r.Product.Key) + d.on(r.Product.Site)
		what = append(what, fmt.Sprintf("%s of %s%s from %s", money.Count(r.Seats), money.Count(r.Candidates), noun, name))
		detail = append(detail, fmt.Sprintf("%s: %s users become %s, longest idle first", name, money.Count(r.From), money.Count(r.To)))
	}
	a.Title = "Remove " + strings.Join(what, " and ") + " on " + d.Bundle.Site
	if len(d.Bundle.Sites) > 1 {
		a.Title = "Remove review candidates: " + costing.Places(what)
	}
	a.Detail = strings.Join(detail, "; ") + "." + d.together(asOf) + d.later(a.Amount) + d.rest(removals) + d.leavers(removals)
	return a
}

// together says what removals from several sites come to where people are
// counted once over all of them.
func (d *Decision) together(asOf date.Date) string {
	var out strings.Builder
	for _, l := range d.Bundle.Lines {
		if l.IsHost() && l.Unions() != nil {
			now, then := l.UsersOn(asOf, d.Removed), l.UsersOn(l.Term.End, d.Removed)
			fmt.Fprintf(&out, " Counted once over all sites, %s people with %s become %s", money.Count(l.Users), l.Name(), money.Count(now))
			if then != now {
				fmt.Fprintf(&out, ", %s with the planned changes", money.Count(then))
			}
			out.WriteString(".")
		}
	}
	return out.String()
}

// later says where the worth of a clean-up shows that is worth nothing by
// itself: the steps of the bridge come one after the other (METHOD 10.2).
func (d *Decision) later(amount money.Amount) string {
	switch {
	case amount.Sign() > 0:
		return ""
	case d.Cycle != Keep:
		return " By itself it lowers no bill; its worth shows in the change of the billing cycle."
	}
	return " By itself it lowers no bill; its worth shows in the quotes it makes possible."
}

// unchanged keeps the lines without claiming money for them.
func unchanged(lines []LineChange) []LineChange {
	for i := range lines {
		lines[i].After = lines[i].Before
		lines[i].choices[1] = lines[i].choices[0]
	}
	return lines
}

// rest says what the candidates are worth that the plan leaves alone.
func (d *Decision) rest(removals []Removal) string {
	var out strings.Builder
	for _, r := range removals {
		left := r.Candidates - r.Seats
		if left == 0 {
			continue
		}
		i := d.Bundle.Product(r.Product.Site, r.Product.Key)
		if users, saving, ok := d.NextDrop(i); ok && users > 0 {
			fmt.Fprintf(&out, " The other %s%s save nothing before %s users (%s less there).",
				money.Count(left), d.on(r.Product.Site), money.Count(users), saving.Grouped())
		} else {
			fmt.Fprintf(&out, " The other %s%s save nothing.", money.Count(left), d.on(r.Product.Site))
		}
	}
	return out.String()
}

// leavers warns that planned departures may be the very people proposed for
// removal (METHOD 9.8).
func (d *Decision) leavers(removals []Removal) string {
	for _, r := range removals {
		for _, c := range r.Product.Changes() {
			if c.Change < 0 {
				return fmt.Sprintf(" The headcount plan already has %d leaving on %s; if they are among the candidates, the saving is counted twice.",
					-c.Change, c.Date.Short())
			}
		}
	}
	return ""
}

func (d *Decision) switching(zero money.Amount, asOf date.Date) *Action {
	if d.Cycle == Keep {
		return nil
	}
	lines := d.changes(d.CleanUp, d.Switched)
	a := &Action{
		ID: d.id(StepCycle), Step: StepCycle, Bundle: d.Bundle, Class: HardSaving, Lines: lines,
		Amount: d.CleanUp.Total.Sub(d.Switched.Total), Deadline: deadline(lines, asOf),
		Title:      fmt.Sprintf("Bill %s %s", d.Bundle.Title(), adverb(d.Cycle)),
		Reversible: "at the next renewal",
	}
	a.Detail = fmt.Sprintf("%s of the bundle to be billed %s from the renewal on; an app follows its host's cycle.",
		changing(len(d.Bundle.Lines)), adverb(d.Cycle))
	if d.dodges() {
		a.Detail += " Renewing for a year before the announced increase also avoids it; that part is booked here as saving."
	}
	if len(d.Removed) > 0 && sum(d.Removed) > 0 {
		a.DependsOn = append(a.DependsOn, d.id(StepCleanUp))
	}
	return a
}

func changing(n int) string {
	if n == 1 {
		return "The one subscription"
	}
	return fmt.Sprintf("All %d subscriptions", n)
}

func adverb(c Cycle) string {
	if c == AllAnnual {
		return "annually"
	}
	return "monthly"
}

// dodges reports whether a switch to annual billing escapes an increase later
// in the term (METHOD 9.9).
func (d *Decision) dodges() bool {
	if d.Cycle != AllAnnual {
		return false
	}
	for _, l := range d.Bundle.Lines {
		if l.Sub.Cycle == pricing.Monthly && l.PriceMoves() {
			return true
		}
	}
	return false
}

// quoting lists one action for every line whose old price is to be kept.
func (d *Decision) quoting(asOf date.Date) []*Action {
	var out []*Action
	for i, l := range d.Bundle.Lines {
		before, after := d.Switched.Costs[i], d.Quoted.Costs[i]
		if !l.Counted() || before == after && !d.Quoted.Choices[i].Locked {
			continue
		}
		choices := [2]costing.Choice{d.Switched.Choices[i], d.Quoted.Choices[i]}
		c := LineChange{
			Line: l, Before: before, After: after,
			From: firstQuantity(l, choices[0]), To: firstQuantity(l, choices[1]), choices: choices,
		}
		a := &Action{
			ID: actionID(StepQuotes, l.ID()), Step: StepQuotes, Bundle: d.Bundle, Line: l, Class: Avoidance,
			Amount: before.Sub(after), Lines: []LineChange{c}, Reversible: "yes, until it is accepted",
		}
		d.describeQuote(a, c, i, asOf)
		out = append(out, a)
	}
	return out
}

func (d *Decision) describeQuote(a *Action, c LineChange, i int, asOf date.Date) {
	l := c.Line
	q := l.Quote
	if !d.Quoted.Choices[i].Locked {
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
		for _, step := range []Step{StepCleanUp, StepRightSize} {
			if d.touches(step, l) {
				a.Replaces = d.id(step)
			}
		}
	}
	if sum(d.Removed) > 0 && !l.CanLock(costing.Choice{Cycle: l.Sub.Cycle}) {
		a.DependsOn = append(a.DependsOn, d.id(StepCleanUp))
		a.Detail += " It needs the clean-up first: today's users do not fit the licensed tier."
	}
}

// touches reports whether a step of the bridge changes a line.
func (d *Decision) touches(step Step, l *costing.Line) bool {
	lines := d.changes(d.AsIs, d.RightSize)
	if step == StepCleanUp {
		lines = d.changes(d.RightSize, d.CleanUp)
	}
	for _, c := range lines {
		if c.Line == l {
			return true
		}
	}
	return false
}
