package plan

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Combination is an app on several sites that could be paid for once, for the
// people on any of them, instead of on each site for itself (multi-instance
// pricing, METHOD 7.2 to 7.4). It is all or nothing for a group of rows.
type Combination struct {
	Lines    []*costing.Line // in the order of the costs; the first carries the amount
	Line     *costing.Line   // the one subscription; nil where it cannot be priced
	Choice   costing.Choice  // how it is bought
	Separate money.Amount    // the recommended rows as they are, with their quotes: what the group is judged against
	Apart    money.Amount    // the same rows without quotes: where the bridge stands before they are combined
	Combined money.Amount    // the one subscription; unknown where it cannot be priced
	Rests    []Rest          // what is paid for already when it starts, in the order of Lines
	Adopted  bool            // the plan combines them, which is cheaper with the rests
	Reason   diag.Reason     // why it cannot be priced
}

// Rest is the part of a row's running annual bill that is paid for in vain
// because the one subscription starts before the row's own renewal (METHOD 7.5).
type Rest struct {
	Line   *costing.Line
	Bill   money.Amount // the annual bill that is running
	Days   int          // from the start of the one subscription to the row's own renewal
	Amount money.Amount // Bill x Days / 365, rounded once
}

// daysOfYear is what the days of a rest are a part of, leap year or not, as
// with every charge for days of an annual term.
const daysOfYear = 365

// combine weighs every app that could be combined and adopts what is cheaper.
func (p *Plan) combine(c *costing.Costs) {
	zero := money.Zero(c.Currency)
	for _, lines := range p.combinable(c) {
		m := &Combination{Lines: lines, Reason: heldRow(lines)}
		if !m.Reason.Given() {
			m = p.combined(lines)
		}
		m.Separate, m.Apart = zero, zero
		for _, l := range lines {
			m.Separate, m.Apart = m.Separate.Add(p.separate(l)), m.Apart.Add(p.Unquoted(l))
		}
		m.Adopted = m.Cost().Known() && m.Cost().Less(m.Separate)
		p.Combinations = append(p.Combinations, m)
	}
}

// heldRow says that a row stands in a held bundle; no reason when none does.
func heldRow(lines []*costing.Line) diag.Reason {
	for _, l := range lines {
		if len(l.Bundle.Held()) > 0 {
			return diag.Why(diag.InDoubt, "the number of users of %s is in doubt, so its bundle is held", l.Bundle.Title())
		}
	}
	return diag.Reason{}
}

// combined prices rows as one subscription, with what is prepaid of them.
func (p *Plan) combined(lines []*costing.Line) *Combination {
	m := &Combination{Lines: lines}
	m.Line, m.Reason = costing.Combine(lines, p.removedFrom)
	if m.Line == nil {
		return m
	}
	m.Choice = costing.Choice{Cycle: p.Choice(lines[0]).Cycle, RightSize: true}
	bills, why := m.Line.Bills(m.Choice)
	m.Combined, m.Reason = costing.Total(bills), why
	for _, l := range lines {
		if days := l.Term.Start.Sub(m.Line.Term.Start); days > 0 && l.Sub.Cycle == pricing.Annual {
			left := l.Current.Exact().Mul(money.Ratio(int64(days), daysOfYear))
			m.Rests = append(m.Rests, Rest{Line: l, Bill: l.Current, Days: days, Amount: left.Round(l.Current.Currency(), money.HalfUp)})
		}
	}
	return m
}

// removedFrom returns how many seats the plan removes from a product.
func (p *Plan) removedFrom(product *seats.Product) int {
	for _, d := range p.Decisions {
		if i := slices.Index(d.Bundle.Products, product); i >= 0 {
			return d.Removed[i]
		}
	}
	return 0
}

// combinable groups the rows that may be combined: of one app, plan, family,
// licence type, discount and recommended cycle, on two or more sites.
func (p *Plan) combinable(c *costing.Costs) [][]*costing.Line {
	groups := map[string][]*costing.Line{}
	var order []string
	for _, l := range c.Lines {
		if !mayCombine(l) {
			continue
		}
		s := l.Sub
		key := strings.Join([]string{s.Key, s.PricePlan, estate.Family(s.Host), s.LicenceType, s.Discount.Decimal(0), p.Choice(l).Cycle.String()}, "\x00")
		if len(groups[key]) == 0 {
			order = append(order, key)
		}
		groups[key] = append(groups[key], l)
	}
	var out [][]*costing.Line
	for _, key := range order {
		if lines := startingTogether(groups[key]); len(placesOf(lines)) > 1 {
			out = append(out, lines)
		}
	}
	return out
}

// startingTogether leaves out the rows that renew a year or more after the first
// of them: one subscription would be over before their own is.
func startingTogether(lines []*costing.Line) []*costing.Line {
	first := slices.MinFunc(lines, func(a, b *costing.Line) int { return a.Term.Start.Compare(b.Term.Start) })
	return slices.DeleteFunc(lines, func(l *costing.Line) bool { return l.Term.Start.Sub(first.Term.Start) >= daysOfYear })
}

// mayCombine reports whether a row may be part of a combination: its host is
// of the Enterprise edition, or the row says so; a row that says no is not.
func mayCombine(l *costing.Line) bool {
	s := l.Sub
	if l.IsHost() || !l.Counted() || s.Hosting != pricing.Cloud || s.Basis != estate.Linked || s.ContractPrice.Known() {
		return false
	}
	if s.MultiInstance != estate.Unanswered {
		return s.MultiInstance == estate.Yes
	}
	return slices.ContainsFunc(l.Bundle.Lines, func(h *costing.Line) bool {
		return h.Sub.Edition == costing.Enterprise && h.Sub.Site == s.Site && h.Sub.Pays(s.Host)
	})
}

// placesOf lists the sites of some lines, each once.
func placesOf(lines []*costing.Line) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Sub.Site)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Combination returns the adopted combination a line is part of, nil when it
// renews for itself.
func (p *Plan) Combination(l *costing.Line) *Combination {
	for _, m := range p.Combinations {
		if m.Adopted && slices.Contains(m.Lines, l) {
			return m
		}
	}
	return nil
}

// Sites returns the sites it is for, in order.
func (m *Combination) Sites() []string { return placesOf(m.Lines) }

// PaidElsewhere says of the lines but the first where their cost stands.
func (m *Combination) PaidElsewhere() string {
	return "combined with " + m.Lines[0].Name() + " on " + m.Lines[0].Sub.Site
}

// Without returns what the coming term costs less under the plan if a line were
// dropped, all else as decided: its cost, but for an app that is paid for with
// other sites, where it is what those then cost less, together or apart,
// whichever is cheaper. It is unknown for a product whose people are counted
// over several sites, and for a line in no total.
func (p *Plan) Without(l *costing.Line) money.Amount {
	m := p.Combination(l)
	switch {
	case l.Charge() != nil:
		return money.Amount{}
	case m == nil:
		return p.separate(l)
	}
	rest := slices.DeleteFunc(slices.Clone(m.Lines), func(x *costing.Line) bool { return x == l })
	cost := money.Zero(m.Combined.Currency())
	for _, x := range rest {
		cost = cost.Add(p.separate(x))
	}
	if rest = startingTogether(rest); len(placesOf(rest)) > 1 {
		if once := p.combined(rest).Cost(); once.Known() && once.Less(cost) {
			cost = once
		}
	}
	return m.Cost().Sub(cost)
}

// cost returns what a line of the combination costs in it.
func (m *Combination) cost(l *costing.Line) money.Amount {
	if l == m.Lines[0] {
		return m.Cost()
	}
	return money.Zero(m.Combined.Currency())
}

// Prepaid returns the sum of the rests.
func (m *Combination) Prepaid() money.Amount {
	total := money.Zero(m.Combined.Currency())
	for _, r := range m.Rests {
		total = total.Add(r.Amount)
	}
	return total
}

// Cost returns what the group costs combined: the one subscription and the
// rests. It is unknown where one of them is.
func (m *Combination) Cost() money.Amount { return m.Combined.Add(m.Prepaid()) }

// Saving returns what combining saves in the bridge, where no quote has been
// taken yet; negative when it costs more, unknown where it cannot be priced.
func (m *Combination) Saving() money.Amount { return m.Apart.Sub(m.Cost()) }

// LaterSaving returns what combining saves a year from the second year on, at
// the same prices, when nothing is prepaid and no quote holds any more; negative
// when it costs more, unknown where it cannot be priced.
func (m *Combination) LaterSaving() money.Amount { return m.Apart.Sub(m.Combined) }

// People returns whom the one subscription is bought for at its start, and of the
// largest of its unions the seats, and those of people counted already.
func (m *Combination) People() (users, seats, overlap int) {
	for _, u := range m.Line.Unions() {
		if n := u.Total + u.Overlap(); n > seats {
			seats, overlap = n, u.Overlap()
		}
	}
	return firstQuantity(m.Line, m.Choice), seats, overlap
}

// Steps returns the calculation of Cost: the one subscription, then each rest.
func (m *Combination) Steps() []pricing.Step {
	out := explain(m.Line, m.Choice)
	for _, r := range m.Rests {
		out = append(out, pricing.Step{Amount: r.Amount.Exact(), Note: fmt.Sprintf("prepaid on %s: %s x %d / %d days to its renewal on %s",
			r.Line.Sub.Site, r.Bill.Grouped(), r.Days, daysOfYear, r.Line.Term.Start.Short())})
	}
	return out
}

// ID returns a stable name, such as "multi-instance/acme/app/timesheets".
func (m *Combination) ID() string { return actionID(StepMultiInstance, m.Lines[0].ID()) }

// combining asks for an adopted combination.
func (p *Plan) combining(m *Combination, asOf date.Date) *Action {
	first := m.Lines[0]
	a := &Action{
		ID: m.ID(), Step: StepMultiInstance, Bundle: first.Bundle, Class: HardSaving,
		Reversible: "at the next renewal",
	}
	a.count(StepMultiInstance, m.Saving())
	for _, l := range m.Lines {
		to, before := 0, p.Choice(l)
		if l == first {
			to = firstQuantity(m.Line, m.Choice)
		}
		a.Lines = append(a.Lines, LineChange{
			Line: l, Before: p.Unquoted(l), After: m.cost(l), From: firstQuantity(l, before), To: to,
			choices: [2]costing.Choice{before}, into: m,
		})
		for _, first := range p.Actions {
			if first.Bundle == l.Bundle && len(first.Removals) > 0 && !slices.Contains(a.DependsOn, first.ID) {
				a.DependsOn = append(a.DependsOn, first.ID)
			}
		}
	}
	a.Deadline = date.Max(m.Line.Term.Start.AddDays(-1), asOf)
	places := placesOf(m.Lines)
	a.Title = fmt.Sprintf("Pay %s once for %s", first.Name(), costing.Places(places))
	a.Detail = fmt.Sprintf("One subscription for the %s on any of the %d sites, instead of one for each site "+
		"(multi-instance pricing, which the Enterprise edition offers).",
		money.Plural(a.Lines[0].To, "user"), len(places)) + m.prepaid() + swing(a.Lines)
	return a
}

// prepaid says which rests come on top of the one subscription.
func (m *Combination) prepaid() string {
	if len(m.Rests) == 0 {
		return ""
	}
	var parts []string
	for _, r := range m.Rests {
		parts = append(parts, fmt.Sprintf("%s of %s for %s until its renewal on %s",
			r.Amount.Grouped(), r.Bill.Grouped(), r.Line.Sub.Site, r.Line.Term.Start.Short()))
	}
	return fmt.Sprintf(" It starts on %s. What is paid for already is counted on top: %s. From the second year on it saves %s a year.",
		m.Line.Term.Start.Short(), costing.Places(parts), m.LaterSaving().Grouped())
}
