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
	Separate money.Amount    // the recommended rows as they are, with their quotes
	Combined money.Amount    // the one subscription; unknown where it cannot be priced
	Adopted  bool            // the plan combines them, which is cheaper
	Reason   diag.Reason     // why it cannot be priced
}

// combine weighs every app that could be combined and adopts what is cheaper.
func (p *Plan) combine(c *costing.Costs) {
	for _, lines := range p.combinable(c) {
		m := &Combination{Lines: lines, Separate: money.Zero(c.Currency)}
		for _, l := range lines {
			m.Separate = m.Separate.Add(p.Recommended(l))
		}
		m.Line, m.Reason = costing.Combine(lines, p.removedFrom)
		if m.Line != nil {
			m.Choice = costing.Choice{Cycle: p.Choice(lines[0]).Cycle, RightSize: true}
			bills, why := m.Line.Bills(m.Choice)
			m.Combined, m.Reason = costing.Total(bills), why
		}
		m.Adopted = m.Combined.Known() && m.Combined.Less(m.Separate)
		p.Combinations = append(p.Combinations, m)
	}
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
		if len(placesOf(groups[key])) > 1 {
			out = append(out, groups[key])
		}
	}
	return out
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
		return h.IsHost() && h.Sub.Site == s.Site && h.Sub.Key == s.Host && h.Sub.Edition == costing.Enterprise
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

// Together says of the lines but the first where their cost stands.
func (m *Combination) Together() string {
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
	if len(placesOf(rest)) > 1 {
		if line, _ := costing.Combine(rest, p.removedFrom); line != nil {
			if together := line.Cost(m.Choice); together.Known() && together.Less(cost) {
				cost = together
			}
		}
	}
	return m.Combined.Sub(cost)
}

// cost returns what a line of the combination costs in it.
func (m *Combination) cost(l *costing.Line) money.Amount {
	if l == m.Lines[0] {
		return m.Combined
	}
	return money.Zero(m.Combined.Currency())
}

// Saving returns what combining saves; negative when it costs more, unknown
// where it cannot be priced.
func (m *Combination) Saving() money.Amount { return m.Separate.Sub(m.Combined) }

// ID returns a stable name, such as "multi-instance/acme/app/timesheets".
func (m *Combination) ID() string { return actionID(StepMultiInstance, m.Lines[0].ID()) }

// action asks for an adopted combination.
func (p *Plan) combining(m *Combination, asOf date.Date) *Action {
	first := m.Lines[0]
	a := &Action{
		ID: m.ID(), Step: StepMultiInstance, Bundle: first.Bundle, Class: HardSaving, Amount: m.Saving(),
		Reversible: "at the next renewal",
	}
	for _, l := range m.Lines {
		to := 0
		if l == first {
			to = firstQuantity(m.Line, m.Choice)
		}
		a.Lines = append(a.Lines, LineChange{
			Line: l, Before: p.separate(l), After: m.cost(l), From: firstQuantity(l, p.Choice(l)), To: to,
			choices: [2]costing.Choice{p.Choice(l)}, into: m,
		})
		if quote := p.QuoteOf(l); quote != nil && p.Choice(l).Locked {
			a.Detail += fmt.Sprintf(" It takes the place of the quote for %s on %s.", l.Name(), l.Sub.Site)
			quote.Title += ", unless it is paid for once"
			quote.Detail += fmt.Sprintf(" Needed only where %s is not paid for once for its sites.", l.Name())
		}
		if clean := p.ActionOn(l.Bundle, StepCleanUp); clean != nil && !slices.Contains(a.DependsOn, clean.ID) {
			a.DependsOn = append(a.DependsOn, clean.ID)
		}
	}
	a.Deadline = deadline(a.Lines, asOf)
	places := placesOf(m.Lines)
	a.Title = fmt.Sprintf("Pay %s once for %s", first.Name(), costing.Places(places))
	a.Detail = fmt.Sprintf("One subscription for the %s on any of the %d sites, instead of one for each site "+
		"(multi-instance pricing, which the Enterprise edition offers).",
		money.Plural(a.Lines[0].To, "user"), len(places)) + a.Detail
	return a
}
