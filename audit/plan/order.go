package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

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
