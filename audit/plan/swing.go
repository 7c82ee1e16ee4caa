package plan

import (
	"fmt"
	"maps"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
)

// side is the days on which an action moves what is billed in one direction.
type side struct {
	days []date.Date // in order
	sum  money.Amount
}

// on writes the days.
func (s *side) on() string {
	first, last := s.days[0], s.days[len(s.days)-1]
	if first == last {
		return "the bills due on " + first.Short()
	}
	return fmt.Sprintf("the bills due on %d days between %s and %s", len(s.days), first.Short(), last.Short())
}

// Swing returns by how much an action lowers bills and by how much it raises
// others, both unknown where it moves bills one way only (METHOD 10.7).
func (a *Action) Swing() (lowers, raises money.Amount) {
	if falls, rises := sides(a.Lines); len(falls.days) > 0 && len(rises.days) > 0 {
		return falls.sum, rises.sum
	}
	return money.Amount{}, money.Amount{}
}

// swing says on which days less is billed and on which more, where an action does
// both: a smaller tier now is paid for by an upgrade inside the term, or one
// annual bill by twelve monthly ones. It is empty where an action moves bills one
// way only (METHOD 10.7).
func swing(lines []LineChange) string {
	falls, rises := sides(lines)
	if len(falls.days) == 0 || len(rises.days) == 0 {
		return ""
	}
	return fmt.Sprintf(" It lowers %s by %s and raises %s by %s.", falls.on(), falls.sum.Grouped(), rises.on(), rises.sum.Grouped())
}

// sides returns the days on which changes lower what is billed, and those on which
// they raise it.
func sides(lines []LineChange) (falls, rises side) {
	moved := moves(lines)
	for _, day := range slices.SortedFunc(maps.Keys(moved), date.Date.Compare) {
		s, amount := &rises, moved[day]
		switch amount.Sign() {
		case 0:
			continue
		case -1:
			s, amount = &falls, amount.Neg()
		}
		if len(s.days) == 0 {
			s.sum = money.Zero(amount.Currency())
		}
		s.days, s.sum = append(s.days, day), s.sum.Add(amount)
	}
	return falls, rises
}

// moves adds up by how much changes move what is billed on each day.
func moves(lines []LineChange) map[date.Date]money.Amount {
	moved := map[date.Date]money.Amount{}
	for _, c := range lines {
		zero := money.Zero(c.Before.Currency())
		for after, bills := range [][]costing.Bill{c.bills(0), c.bills(1)} {
			for _, b := range bills {
				sum, seen := moved[b.Date]
				if !seen {
					sum = zero
				}
				if after == 1 {
					moved[b.Date] = sum.Add(b.Amount)
				} else {
					moved[b.Date] = sum.Sub(b.Amount)
				}
			}
		}
	}
	return moved
}

// bills returns the bills before (0) or after (1) the change.
func (c LineChange) bills(after int) []costing.Bill {
	line, choice := c.Line, c.choices[after]
	if after == 1 && c.into != nil {
		if c.Line != c.into.Lines[0] {
			return nil
		}
		line, choice = c.into.Line, c.into.Choice
	}
	bills, _ := line.Bills(choice)
	return bills
}
