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

// actions lists what a decision asks for. Over all of them the parts add up to
// the bundle's part of each step of the bridge. A bundle that keeps its cycle is
// right-sized, cleaned up and quoted by actions of their own; one that changes
// it has one action for everything before the quotes, since nobody can do, or
// undo, a part of it: what a removal is worth depends on the cycle (METHOD 10.5).
func (p *Plan) actions(d *Decision, asOf date.Date) []*Action {
	quotes := p.quoting(d, asOf)
	removed := d.beforeQuotes(quotes)
	var out []*Action
	if d.Cycle == Keep {
		out = d.renewing(removed, asOf)
	} else {
		out = []*Action{d.switching(removed, asOf)}
	}
	d.carry(quotes, out, removed, asOf)
	return append(out, quotes...)
}

// renewing lists what a bundle does that keeps its cycle, but for the quotes.
func (d *Decision) renewing(removed []int, asOf date.Date) []*Action {
	var out []*Action
	commit, shrink := d.rightSizing(asOf), d.cleanUp(removed, asOf)
	if commit != nil {
		out = append(out, commit)
	}
	if shrink != nil {
		out = append(out, shrink)
		if commit != nil && overlap(shrink.Lines, commit.Lines) {
			// Renewed first, a line would be bound to the larger tier for the term.
			commit.DependsOn = append(commit.DependsOn, shrink.ID)
		}
	}
	return out
}

// beforeQuotes returns the removals that lower a bill before any quote is
// taken. The others make a quote possible or let it pay, and belong to its
// action (METHOD 10.6); without one to ask for, none do.
func (d *Decision) beforeQuotes(quotes []*Action) []int {
	out := slices.Clone(d.Removed)
	if !slices.ContainsFunc(quotes, (*Action).quotes) {
		return out
	}
	least := d.Switched.Total
	for i, k := range out {
		if k == 0 {
			continue
		}
		out[i] = 0
		if stay := d.without(out).Total; !stay.Known() || least.Less(stay) {
			out[i] = k
		}
	}
	return out
}

// without returns the best outcome in the decided cycle with other removals,
// right-sized and without quotes.
func (d *Decision) without(removed []int) *Outcome {
	return Evaluate(d.Bundle, slices.Clone(removed), d.Cycle, Freedom{RightSize: true}, d.Switched.Total.Currency())
}

// quotes reports whether the action asks for a quote, and not only renews at
// the tier that another line's quote keeps.
func (a *Action) quotes() bool { return a.locked }

// overlap reports whether two actions change a line in common.
func overlap(a, b []LineChange) bool {
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

func (d *Decision) rightSizing(asOf date.Date) *Action {
	lines := d.changes(d.AsIs, d.RightSize)
	if len(lines) == 0 {
		return nil
	}
	a := &Action{
		ID: d.id(StepRightSize), Step: StepRightSize, Bundle: d.Bundle, Class: HardSaving, Lines: lines,
		Deadline: deadline(lines, asOf), Reversible: "only upwards until the next renewal",
	}
	a.count(StepRightSize, d.AsIs.Total.Sub(d.RightSize.Total))
	what := costing.On(d.Bundle.Name(), a.sites())
	a.Title = "Renew " + what + " at the tier of its users"
	if cancels(lines) {
		a.Title = "Cancel what nobody uses of " + what
	}
	a.Detail = d.describe(lines) + swing(lines)
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
func (a *Action) Place() string { return costing.Places(a.sites()) }

// sites lists the sites an action is about.
func (a *Action) sites() []string {
	if len(a.Lines) == 0 {
		return a.Bundle.Sites
	}
	sites := linePlaces(a.Lines)
	for _, r := range a.Removals {
		sites = append(sites, r.Product.Site)
	}
	slices.Sort(sites)
	return slices.Compact(sites)
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
			parts = append(parts, name+c.offer())
		default:
			parts = append(parts, fmt.Sprintf("%s for %s users instead of %s", name, money.Count(c.To), money.Count(c.From))+c.offer())
		}
	}
	return strings.Join(parts, "; ") + "."
}

// offered returns the quote that the line renews by before (0) or after (1) the
// change, nil when that is none.
func (c LineChange) offered(after int) *costing.Offer {
	if after == 1 && c.into != nil {
		return nil
	}
	return c.Line.Offered(c.choices[after])
}

// offer says that a line renews by a quote in force only before or only after the
// change; "" where that does not change.
func (c LineChange) offer() string {
	before, after := c.offered(0), c.offered(1)
	switch {
	case before != nil && after == nil:
		return ", at the list price instead of by " + before.Name()
	case before == nil && after != nil:
		return ", by " + after.Name() + ", which covers them"
	}
	return ""
}

func (d *Decision) cleanUp(removed []int, asOf date.Date) *Action {
	removals, people := d.removals(removed)
	if len(removals) == 0 {
		return nil
	}
	after := d.without(removed)
	lines := d.changes(d.RightSize, after)
	worth := d.RightSize.Total.Sub(after.Total)
	later := ""
	if len(lines) == 0 {
		lines, later = d.following(after, removed), " By itself it lowers no bill before apps are paid for once for several sites."
	}
	a := &Action{
		ID: d.id(StepCleanUp), Step: StepCleanUp, Bundle: d.Bundle, Class: HardSaving, Lines: lines, Removals: removals,
		Deadline: deadline(lines, asOf), People: people, Reversible: "yes; the seat then costs again",
	}
	a.count(StepCleanUp, worth)
	a.Title = d.removing(removals) + " on " + d.Bundle.Site
	if len(d.Bundle.Sites) > 1 {
		a.Title = d.removing(removals)
	}
	a.Detail = d.left(removals, asOf) + later + swing(lines)
	return a
}

// following lists the lines that are billed for the users of products with
// removals, though their cost stays.
func (d *Decision) following(o *Outcome, removed []int) []LineChange {
	var out []LineChange
	for i, l := range d.Bundle.Lines {
		if l.Counted() && slices.ContainsFunc(l.Members(), func(m int) bool { return removed[m] > 0 }) {
			n := firstQuantity(l, o.Choices[i])
			out = append(out, LineChange{Line: l, Before: o.Costs[i], After: o.Costs[i], From: n, To: n, choices: [2]costing.Choice{o.Choices[i], o.Choices[i]}})
		}
	}
	return out
}

// removing says what is removed, as a title.
func (d *Decision) removing(removals []Removal) string {
	var what []string
	noun := " review candidates"
	if len(d.Bundle.Sites) > 1 {
		noun = ""
	}
	for _, r := range removals {
		name := r.Product.Title() + d.on(r.Product.Site)
		what = append(what, fmt.Sprintf("%s of %s%s from %s", money.Count(r.Seats), money.Count(r.Candidates), noun, name))
	}
	if len(d.Bundle.Sites) > 1 {
		return "Remove review candidates: " + costing.Places(what)
	}
	return "Remove " + strings.Join(what, " and ")
}

// left says who is left after removals, and what else is to be known of them.
func (d *Decision) left(removals []Removal, asOf date.Date) string {
	var detail []string
	for _, r := range removals {
		name, who := estate.ProductName(r.Product.Key)+d.on(r.Product.Site), "users"
		if r.Product.Collects() {
			who = "people"
		}
		detail = append(detail, fmt.Sprintf("%s: %s %s become %s, longest idle first", name, money.Count(r.From), who, money.Count(r.To)))
	}
	return strings.Join(detail, "; ") + "." + d.countedOnce(asOf) + d.rest(removals) + d.leavers(removals)
}

// countedOnce says what removals from several sites come to where people are
// counted once over all of them.
func (d *Decision) countedOnce(asOf date.Date) string {
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

// rest says what the candidates are worth that the plan leaves alone.
func (d *Decision) rest(removals []Removal) string {
	var out strings.Builder
	for _, r := range removals {
		left := r.Candidates - r.Seats
		if left == 0 {
			continue
		}
		who := "the other " + money.Count(left)
		if left == 1 {
			who = "the last candidate"
		}
		who += d.on(r.Product.Site)
		i := d.Bundle.Product(r.Product.Site, r.Product.Key)
		if users, saving, ok := d.NextDrop(i); ok && users > 0 {
			fmt.Fprintf(&out, " Removing %s too saves nothing: the price falls next at %s users, by %s.", who, money.Count(users), saving.Grouped())
		} else {
			fmt.Fprintf(&out, " Removing %s too saves nothing.", who)
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

// switching is the one action of a bundle that changes its cycle: the tiers, the
// removals and the cycle together.
func (d *Decision) switching(removed []int, asOf date.Date) *Action {
	removals, people := d.removals(removed)
	after := d.without(removed)
	lines := d.changes(d.AsIs, after)
	a := &Action{
		ID: d.id(StepCycle), Step: StepCycle, Bundle: d.Bundle, Class: HardSaving, Lines: lines, Removals: removals, People: people,
		Deadline: deadline(lines, asOf), Reversible: "at the next renewal",
		Title: fmt.Sprintf("Bill %s %s", d.Bundle.Title(), adverb(d.Cycle)),
	}
	if tiers := d.AsIs.Total.Sub(d.RightSize.Total); tiers.Sign() != 0 {
		a.count(StepRightSize, tiers)
	}
	// Removals that belong to a quote may cost more before it; that is their part.
	if seats := d.RightSize.Total.Sub(d.CleanUp.Total).Add(d.Switched.Total.Sub(after.Total)); seats.Sign() != 0 || len(removals) > 0 {
		a.count(StepCleanUp, seats)
	}
	a.count(StepCycle, d.CleanUp.Total.Sub(d.Switched.Total))
	a.Detail = fmt.Sprintf("%s from the renewal on; an app follows its host's cycle.", d.turning())
	if d.dodges() {
		a.Detail += " Renewing for a year before the announced increase also avoids it; that part is booked here as saving."
	}
	if len(removals) > 0 {
		what := d.removing(removals)
		a.Title += ", and r" + what[1:]
		a.Detail += " " + d.left(removals, asOf) + fmt.Sprintf(" Of the %s, the removals add %s.", a.Amount.Grouped(), d.add(removed).Grouped())
	}
	a.Detail += swing(lines)
	return a
}

// turning says how many subscriptions change their cycle.
func (d *Decision) turning() string {
	n := 0
	for _, l := range d.Bundle.Lines {
		if d.Cycle.of(l) != l.Sub.Cycle {
			n++
		}
	}
	all := len(d.Bundle.Lines)
	switch {
	case all == 1:
		return "The one subscription of the bundle is billed " + adverb(d.Cycle)
	case n == all:
		return fmt.Sprintf("All %d subscriptions of the bundle are billed %s", n, adverb(d.Cycle))
	}
	return fmt.Sprintf("%d of the %d subscriptions of the bundle change, so that all are billed %s", n, all, adverb(d.Cycle))
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
