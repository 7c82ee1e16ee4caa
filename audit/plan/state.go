package plan

import (
	"fmt"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
	"tierline/audit/word"
)

// State says how far the plan has weighed a subscription (METHOD 9.12).
type State uint8

// The states of a subscription, the least that can be said first.
const (
	Unknown State = iota // in no total: something about its cost is not known
	Held                 // its bundle has a number of users in doubt, so nothing is decided
	Assumed              // weighed, but for a number of users that nobody has counted
	Weighed              // weighed
)

var stateWords = [...]string{"unknown", "held", "assumed", "weighed"}

// String returns the word of the state.
func (s State) String() string { return stateWords[s] }

// MarshalText writes the word of the state.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *State) UnmarshalText(b []byte) error {
	return word.Index(s, "state of a subscription", b, stateWords[:])
}

// stateOf returns the least state of the lines of a bundle.
func stateOf(b *costing.Bundle) State {
	least := Weighed
	for _, l := range b.Lines {
		least = min(least, (&Plan{}).State(l))
	}
	return least
}

// State returns the state of a line.
func (p *Plan) State(l *costing.Line) State {
	switch {
	case !l.Counted():
		return Unknown
	case len(l.Bundle.Held()) > 0:
		return Held
	case stands(l):
		return Assumed
	}
	return Weighed
}

// stands reports whether licensed_users stand in for users who bill a line.
func stands(l *costing.Line) bool {
	if c := l.Charge(); c != nil {
		l = c
	}
	products, own := l.Assumed()
	return len(products) > 0 || own
}

// assumed reports whether a product of the bundle that bills one of its rows has
// users nobody has counted: nobody is removed from it then (METHOD 9.13).
func assumed(b *costing.Bundle) bool {
	return slices.ContainsFunc(b.Lines, func(l *costing.Line) bool {
		products, _ := l.Assumed()
		return l.Counted() && len(products) > 0
	})
}

// Share returns how much of what is paid today the weighed lines are, in whole
// percent rounded down; false where nothing is known to be paid in the currency
// of the totals.
func (p *Plan) Share(c *costing.Costs) (percent int, known bool) {
	weighed, all := money.Zero(c.Currency), money.Zero(c.Currency)
	for _, l := range c.Lines {
		if l.Current.Currency() != c.Currency {
			continue
		}
		all = all.Add(l.Current)
		if p.State(l) == Weighed {
			weighed = weighed.Add(l.Current)
		}
	}
	if all.Sign() <= 0 {
		return 0, false
	}
	return int(weighed.MinorUnits() * 100 / all.MinorUnits()), true
}

// assuming says on which assumed numbers of users an action rests; "" on none.
func assuming(lines []LineChange) string {
	var parts []string
	why := "nobody has counted them, and licensed_users stand in"
	add := func(users int, of string) {
		if part := fmt.Sprintf("%s of %s", money.Plural(users, "user"), of); !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	for _, c := range lines {
		products, own := c.Line.Assumed()
		for _, p := range products {
			add(p.Users, estate.On(estate.ProductName(p.Key), p.Site))
			if p.Origin != seats.FromLicensed {
				why = "no count of a known day in the last 31 days says so"
			}
		}
		if own {
			add(c.Line.Users, estate.On(c.Line.Name(), c.Line.Sub.Site))
		}
	}
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(" All this if %s is right: %s.", parts[0], why)
	}
	return fmt.Sprintf(" All this if %s are right: %s.", costing.Places(parts), why)
}
