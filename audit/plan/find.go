package plan

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/seats"
)

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
