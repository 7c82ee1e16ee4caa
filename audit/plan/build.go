package plan

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"tierline/audit/beside"
	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// Build makes the plan.
func Build(c *costing.Costs, policy *config.Policy) *Plan {
	p := &Plan{}
	p.decide(c, policy)
	p.leaveOut(c)
	actions := make([][]*Action, len(p.Decisions))
	beside.Each(len(p.Decisions), func(i int) { actions[i] = p.actions(p.Decisions[i], c.AsOf) })
	p.Actions = slices.Concat(actions...)
	for _, m := range p.Combinations {
		if m.Adopted {
			p.Actions = append(p.Actions, p.combining(m, c.AsOf))
		}
	}
	for _, a := range p.Actions {
		a.Detail += assuming(a.Lines)
	}
	p.number()
	p.Scenarios = p.scenarios(c, policy)
	return p
}

// decide decides every bundle, beside each other, then the combinations, and adds
// them up.
func (p *Plan) decide(c *costing.Costs, policy *config.Policy) {
	p.Decisions = make([]*Decision, len(c.Bundles))
	beside.Each(len(c.Bundles), func(i int) {
		if b := c.Bundles[i]; len(b.Held()) > 0 {
			p.Decisions[i] = hold(c, b, policy)
		} else {
			p.Decisions[i] = decide(b, policy, c.Currency)
		}
	})
	p.combine(c)
	p.total(c)
}

// leaveOut lists the lines in no total and why.
func (p *Plan) leaveOut(c *costing.Costs) {
	for _, l := range c.Lines {
		switch {
		case l.Foreign:
			why := diag.Why(diag.Currency, "priced in %s, and no rate says what that is in %s", l.AsIs.Currency(), c.Currency)
			p.LeftOut = append(p.LeftOut, LeftOut{l, why})
		case l.Reason.Given():
			p.LeftOut = append(p.LeftOut, LeftOut{l, l.Reason})
		}
	}
}

// total sums lines and outcomes into totals and bridge.
func (p *Plan) total(c *costing.Costs) {
	zero := c.Zero()
	t := Totals{Current: zero, Volume: zero, PriceChanges: zero, AsIs: zero}
	for _, l := range c.Lines {
		if l.Counted() {
			t.Current = t.Current.Add(l.Current)
			t.Volume = t.Volume.Add(l.Volume)
			t.PriceChanges = t.PriceChanges.Add(l.PriceChanges())
			t.AsIs = t.AsIs.Add(l.AsIs)
		}
	}
	steps := []BridgeStep{{StepRightSize, zero}, {StepCleanUp, zero}, {StepCycle, zero}, {StepMultiInstance, zero}, {StepQuotes, zero}}
	for _, d := range p.Decisions {
		stages := []*Outcome{d.AsIs, d.RightSize, d.CleanUp, d.Switched}
		for i := range 3 {
			steps[i].Amount = steps[i].Amount.Add(stages[i+1].Total.Sub(stages[i].Total))
		}
		for i, l := range d.Bundle.Lines {
			if l.Counted() && p.Combination(l) == nil {
				steps[4].Amount = steps[4].Amount.Add(d.Quoted.Costs[i].Sub(d.Switched.Costs[i]))
			}
		}
	}
	for _, m := range p.Combinations {
		if m.Adopted {
			steps[3].Amount = steps[3].Amount.Sub(m.Saving())
		}
	}
	t.Recommended = t.AsIs
	for _, s := range steps {
		t.Recommended = t.Recommended.Add(s.Amount)
	}
	t.Avoidance = steps[4].Amount.Neg()
	t.HardSaving = t.AsIs.Sub(t.Recommended).Sub(t.Avoidance)
	p.Totals = t
	p.Bridge = append([]BridgeStep{{StepAsIs, t.AsIs}}, steps...)
	p.Bridge = append(p.Bridge, BridgeStep{StepRecommended, t.Recommended})
}

// number orders the actions by deadline and then by worth, each after those it
// depends on, and gives them their numbers.
func (p *Plan) number() {
	p.hasten()
	slices.SortStableFunc(p.Actions, func(a, b *Action) int {
		return cmp.Or(a.Deadline.Compare(b.Deadline), cmp.Compare(b.Amount.MinorUnits(), a.Amount.MinorUnits()), strings.Compare(a.ID, b.ID))
	})
	placed := map[string]bool{}
	var ordered []*Action
	for left := p.Actions; len(left) > 0; {
		i := max(slices.IndexFunc(left, func(a *Action) bool { return p.ready(a, placed) }), 0)
		ordered, placed[left[i].ID] = append(ordered, left[i]), true
		left = slices.Delete(slices.Clone(left), i, i+1)
	}
	p.Actions = ordered
	for i, a := range p.Actions {
		a.Number = i + 1
	}
}

// hasten brings the deadline of an action forward to that of whatever depends on
// it: an app that is paid for once for several sites counts the people left on
// all of them, also where a site's own renewal comes later.
func (p *Plan) hasten() {
	for moved := true; moved; {
		moved = false
		for _, a := range p.Actions {
			for _, id := range a.DependsOn {
				if first := p.Action(id); first != nil && a.Deadline.Before(first.Deadline) {
					first.Deadline, moved = a.Deadline, true
					first.waiting = a
				}
			}
		}
	}
	for _, a := range p.Actions {
		if a.waiting != nil {
			a.Detail += fmt.Sprintf(" Due ahead of its own renewal, since another action waits for it: %s.", a.waiting.Title)
		}
	}
}

// ready reports whether everything an action depends on has its place.
func (p *Plan) ready(a *Action, placed map[string]bool) bool {
	for _, id := range a.DependsOn {
		if !placed[id] && p.Action(id) != nil {
			return false
		}
	}
	return true
}

// Action returns an action by id, nil when the plan has none.
func (p *Plan) Action(id string) *Action {
	for _, a := range p.Actions {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// ActionOn returns the action that does to a bundle what a step does, nil when
// that is nothing. For a bundle that changes its cycle it is the same action for
// tiers, removals and cycle; removals that pay only by a quote are the quote's.
func (p *Plan) ActionOn(b *costing.Bundle, step Step) *Action {
	if a := p.Action(actionID(step, b.ID())); a != nil {
		return a
	}
	for _, a := range p.Actions {
		if _, part := a.Part(step); part && a.Bundle == b && a.Step != StepMultiInstance && !(step == StepCleanUp && len(a.Removals) == 0) {
			return a
		}
	}
	return nil
}

// Removing returns the action that removes seats of a product, nil when none
// does.
func (p *Plan) Removing(product *seats.Product) *Action {
	for _, a := range p.Actions {
		if slices.ContainsFunc(a.Removals, func(r Removal) bool { return r.Product == product }) {
			return a
		}
	}
	return nil
}

// QuoteOf returns the action that asks for a line's quote, nil when there is none.
func (p *Plan) QuoteOf(l *costing.Line) *Action { return p.Action(actionID(StepQuotes, l.ID())) }

// Leaving returns the action that renews a line at the list price instead of by the
// quote in force for it, nil when there is none.
func (p *Plan) Leaving(l *costing.Line) *Action {
	return p.turning(l, func(c LineChange) bool { return c.offered(0) != nil && c.offered(1) == nil })
}

// Joining returns the action that brings the users of a line under the quote in
// force for it, nil when there is none.
func (p *Plan) Joining(l *costing.Line) *Action {
	return p.turning(l, func(c LineChange) bool { return c.offered(0) == nil && c.offered(1) != nil })
}

// turning returns the first action that changes a line in some way.
func (p *Plan) turning(l *costing.Line, how func(LineChange) bool) *Action {
	for _, a := range p.Actions {
		if slices.ContainsFunc(a.Lines, func(c LineChange) bool { return c.Line == l && how(c) }) {
			return a
		}
	}
	return nil
}

// Decision returns the decision on a bundle.
func (p *Plan) Decision(b *costing.Bundle) *Decision {
	for _, d := range p.Decisions {
		if d.Bundle == b {
			return d
		}
	}
	return nil
}

// Choice returns what is decided for a line by itself; for one that is paid for
// with other sites what it would have been, without a quote.
func (p *Plan) Choice(l *costing.Line) costing.Choice {
	d, i := p.Decision(l.Bundle), slices.Index(l.Bundle.Lines, l)
	if p.Combination(l) != nil {
		return d.Switched.Choices[i]
	}
	return d.Quoted.Choices[i]
}

// Recommended returns the cost of a line under the plan; unknown for a line
// in no total.
func (p *Plan) Recommended(l *costing.Line) money.Amount {
	if m := p.Combination(l); m != nil {
		return m.cost(l)
	}
	return p.separate(l)
}

// separate returns the cost of a line that renews for itself, with the quotes
// as decided.
func (p *Plan) separate(l *costing.Line) money.Amount {
	if !l.Counted() {
		return money.Amount{}
	}
	d := p.Decision(l.Bundle)
	return d.Quoted.Costs[slices.Index(l.Bundle.Lines, l)]
}

// Unquoted returns the cost of a line that renews for itself before any quote
// is taken; unknown for a line in no total.
func (p *Plan) Unquoted(l *costing.Line) money.Amount {
	if !l.Counted() {
		return money.Amount{}
	}
	d := p.Decision(l.Bundle)
	return d.Switched.Costs[slices.Index(l.Bundle.Lines, l)]
}

// Split returns what the plan saves on a line as hard saving and as avoidance;
// unknown for a line in no total. Another line's quote may hold a line's tier,
// and a line that is paid for with other sites has no quote, so either may be
// negative; over all lines they add up to the totals.
func (p *Plan) Split(l *costing.Line) (hard, avoidance money.Amount) {
	if !l.Counted() {
		return money.Amount{}, money.Amount{}
	}
	avoidance = money.Zero(l.AsIs.Currency())
	if p.Combination(l) == nil {
		avoidance = p.Unquoted(l).Sub(p.separate(l))
	}
	return l.AsIs.Sub(p.Recommended(l)).Sub(avoidance), avoidance
}

// Renewal returns how a line is paid for under the plan: the line whose price
// it is, which is another one for an app that is paid for with other sites,
// and its bills; none where they are not known.
func (p *Plan) Renewal(l *costing.Line) (*costing.Line, []costing.Bill) {
	if m := p.Combination(l); m != nil {
		if l == m.Lines[0] {
			bills, _ := m.Line.Bills(m.Choice)
			return m.Line, bills
		}
		return l, l.CombinedBill(m.Lines[0], m.Combined.Currency())
	}
	if !l.Counted() {
		return l, nil
	}
	bills, _ := l.Bills(p.Choice(l))
	return l, bills
}

// scenarios are cumulative along the bridge (METHOD 11.1).
func (p *Plan) scenarios(c *costing.Costs, policy *config.Policy) []Scenario {
	after := func(steps ...Step) money.Amount {
		total := p.Totals.AsIs
		for _, b := range p.Bridge {
			if slices.Contains(steps, b.Step) {
				total = total.Add(b.Amount)
			}
		}
		return total
	}
	out := []Scenario{
		{"as_is", "Renew as is", p.Totals.AsIs},
		{"clean_up_only", "Right-size and clean up only", after(StepRightSize, StepCleanUp)},
		{"clean_up_and_cycle", "Clean up and change billing cycles", after(StepRightSize, StepCleanUp, StepCycle)},
		{"recommended", "Recommended", p.Totals.Recommended},
		{"quotes_missed", "Recommended, but the quotes are missed", after(StepRightSize, StepCleanUp, StepCycle, StepMultiInstance)},
	}
	for i, g := range policy.Growth {
		total := c.Zero()
		for _, l := range c.Lines {
			if l.Counted() {
				total = total.Add(l.Grown(g))
			}
		}
		out = append(out, Scenario{fmt.Sprintf("growth_%d", i+1), "As is, if apps without an announcement rise by " + g.Percent(), total})
	}
	return out
}

// change is a line that differs between two stages of a decision.
func (d *Decision) changes(before, after *Outcome) []LineChange {
	var out []LineChange
	for i, l := range d.Bundle.Lines {
		if l.Counted() && before.Costs[i] != after.Costs[i] {
			out = append(out, LineChange{Line: l, Before: before.Costs[i], After: after.Costs[i],
				From: firstQuantity(l, before.Choices[i]), To: firstQuantity(l, after.Choices[i]), choices: [2]costing.Choice{before.Choices[i], after.Choices[i]}})
		}
	}
	return out
}

func firstQuantity(l *costing.Line, c costing.Choice) int {
	bills, why := l.Bills(c)
	if why.Given() || len(bills) == 0 {
		return 0
	}
	return bills[0].Quantity
}

// deadline returns the last day before the first of the changed lines renews,
// but never a day before as-of (METHOD 9.7).
func deadline(lines []LineChange, asOf date.Date) date.Date {
	var first date.Date
	for _, c := range lines {
		if first.IsZero() || c.Line.Term.Start.Before(first) {
			first = c.Line.Term.Start
		}
	}
	return date.Max(first.AddDays(-1), asOf)
}

// removals lists some removals, and how many people they touch.
func (d *Decision) removals(removed []int) ([]Removal, int) {
	var out []Removal
	people := map[int32]bool{}
	for i, k := range removed {
		if k == 0 {
			continue
		}
		p := d.Bundle.Products[i]
		out = append(out, Removal{Product: p, Seats: k, Candidates: len(p.Candidates), From: p.Users, To: p.Users - k})
		for _, account := range p.Candidates[:k] {
			people[account] = true
			out[len(out)-1].Given += len(p.SeatsOf(account))
		}
	}
	return out, len(people)
}

// Beyond returns what removing more seats of each product on top of the
// decision's own removals would save in the decided cycle. It is negative where
// fewer users cost more, and unknown where the decision has no cost or nothing is
// decided. With nobody more it is zero.
func (d *Decision) Beyond(more []int) money.Amount {
	k := slices.Clone(d.Removed)
	for i, n := range more {
		k[i] += n
	}
	now := d.Quoted.Total
	if len(d.Held) > 0 {
		return money.Amount{}
	}
	return now.Sub(Evaluate(d.Bundle, k, d.Cycle, d.freedom(), now.Currency()).Total)
}

// Worth returns what the decision's removals from product i save beside its
// other removals: the plan's own rung of the product's ladder. It is unknown
// where the decision has no cost.
func (d *Decision) Worth(i int) money.Amount {
	cost := d.ladderCost(i)
	return cost(0).Sub(cost(d.Removed[i]))
}

// IfRemovable returns what the bundle would cost less in the decided cycle if
// more seats of each product were candidates: the best removals are looked for
// again, since a few more may reach a tier top together with candidates that
// save nothing alone. It is never negative, and unknown where the decision has no
// cost or nothing is decided.
func (d *Decision) IfRemovable(more []int, policy *config.Policy) money.Amount {
	now := d.Quoted.Total
	if len(d.Held) > 0 {
		return money.Amount{}
	}
	o := optimiser{bundle: d.Bundle, policy: policy, currency: now.Currency(), limit: limits(d.Bundle, more, policy), every: everyRemoval}
	best := o.search(d.Cycle)
	if best == nil {
		return money.Amount{}
	}
	return now.Sub(best.outcome.Total)
}

// freedom is what an evaluation on top of the decision may choose.
func (d *Decision) freedom() Freedom {
	return Freedom{RightSize: true, Quotes: d.Quoted.Quotes > 0}
}

// costBy returns the cost of the decided bundle by the seats removed from
// product i, all else as decided.
func (d *Decision) costBy(i int) func(removed int) money.Amount {
	k := slices.Clone(d.Removed)
	return func(removed int) money.Amount {
		k[i] = removed
		return Evaluate(d.Bundle, k, d.Cycle, d.freedom(), d.Quoted.Total.Currency()).Total
	}
}

// NextDrop returns the users of product i at which the decided bundle would
// next cost less, beyond the removals of the plan, and what it would save
// then; false when nothing further down saves anything. Inside a cell of the
// cost (see search) it only falls as more people leave, so a cell whose end
// costs no less holds no drop.
func (d *Decision) NextDrop(i int) (users int, saving money.Amount, ok bool) {
	if len(d.Held) > 0 {
		return 0, money.Amount{}, false
	}
	p := d.Bundle.Products[i]
	now, cost := d.Quoted.Total, d.costBy(i)
	low := d.Removed[i] + 1
	for _, end := range d.drops(i) {
		if end < low {
			continue
		}
		if cost(end).Less(now) {
			k := low + sort.Search(end-low, func(n int) bool { return cost(low + n).Less(now) })
			return p.Users - k, now.Sub(cost(k)), true
		}
		low = end + 1
	}
	return 0, money.Amount{}, false
}

// drops returns the removals from product i at which a cell of the cost ends,
// the others staying as decided.
func (d *Decision) drops(i int) []int {
	users := d.Bundle.Products[i].Users
	if users <= everyRemoval && uneven(d.Bundle, i, d.Cycle) {
		return upTo(users)
	}
	return pieces(d.Bundle, i, users, d.Cycle, d.stands())
}

// stands lists the decided removals of each product.
func (d *Decision) stands() [][]int {
	var out [][]int
	for _, k := range d.Removed {
		out = append(out, []int{k})
	}
	return out
}
