package pricing

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/money"
)

// surelyFromOne is the largest first top of an annual Cloud list that is taken
// to hold for user 1 as well: shorter lists begin there.
const surelyFromOne = 100

// begins returns the first user a list is for (METHOD 2.19): what its first row
// states, else user 1. An annual Cloud list of whole tiers that begins with a
// large one was typed from there on: its first tier begins where the rung below
// ends. Where its top is no rung that is not known, and first is 0.
func (t *Table) begins() (first int) {
	tier := &t.Tiers[0]
	switch {
	case tier.From > 0:
		return tier.From
	case t.Hosting != Cloud || t.Cycle != Annual || t.Mode != Volume || tier.Top <= surelyFromOne:
		return 1
	}
	if rung := AnnualTier(tier.Top); rung.To == tier.Top {
		return rung.From
	}
	return 0
}

// from cuts off what lies below the first user of a list. Where that is not
// known, its first tier is set aside for those who are known to pay it.
func (s *Schedule) from(first int) {
	if first == 0 {
		s.unsure, s.pieces = &s.pieces[0], s.pieces[1:]
		return
	}
	for len(s.pieces) > 0 && s.pieces[0].To > 0 && s.pieces[0].To < first {
		s.pieces = s.pieces[1:]
	}
	if len(s.pieces) > 0 {
		s.pieces[0].From = max(s.pieces[0].From, first)
	}
}

// Free returns the price of a free edition: 0.00 for up to so many users, nothing
// known above (METHOD 2.20).
func Free(users int, c money.Currency) *Timeline {
	nothing := newPiece(Range{From: 1, To: users}, nil, []term{{note: fmt.Sprintf("free edition, up to %s users", money.Count(users))}})
	s := &Schedule{mode: Volume, currency: c, pieces: []piece{nothing}, rise: money.Int(1), free: true}
	return &Timeline{versions: []Version{{Schedule: s, Factor: money.Int(1), table: &Table{}}}}
}

// Begins returns the first user the list has a price for; 0 where it has none.
func (s *Schedule) Begins() int {
	if len(s.pieces) == 0 {
		return 0
	}
	return s.pieces[0].From
}

// paying returns the list for somebody who pays its first tier for n users,
// wherever that begins.
func (s *Schedule) paying(n int) *Schedule {
	if s.unsure == nil || n < 1 || n > s.unsure.To {
		return s
	}
	own := *s.unsure
	own.From, own.To = n, n
	out := *s
	out.unsure, out.pieces = nil, append([]piece{own}, s.pieces...)
	return &out
}

// Paying returns the prices for somebody licensed for n users. Where nobody knows
// where a list begins, its first price is that of the licensed number and of no
// other (METHOD 2.19).
func (t *Timeline) Paying(n int) *Timeline {
	if !slices.ContainsFunc(t.versions, func(v Version) bool { return v.Schedule != nil && v.unsure != nil }) {
		return t
	}
	out := *t
	out.versions = slices.Clone(t.versions)
	for i := range out.versions {
		if v := &out.versions[i]; v.Schedule != nil {
			v.Schedule = v.Schedule.paying(n)
		}
	}
	return &out
}

// Lacks names the rung to add to a list that has no price for n users.
func (s *Schedule) Lacks(n int) string {
	last := len(s.pieces) - 1
	if n < 1 || last < 0 {
		return ""
	}
	rung := AnnualTier(n).To
	if s.mode == Graduated {
		rung = n
	}
	switch {
	case s.free:
		return fmt.Sprintf("the free edition ends at %s", money.Count(s.pieces[last].To))
	case s.unsure != nil && n <= s.unsure.To:
		return fmt.Sprintf("where its first tier, up to %s, begins is not known: add a row up to %s, or state from", money.Count(s.unsure.To), money.Count(rung))
	case n < s.pieces[0].From:
		return fmt.Sprintf("it begins at %s: add a row up to %s, or state from", money.Count(s.pieces[0].From), money.Count(rung))
	case s.pieces[last].To > 0 && n > s.pieces[last].To:
		return fmt.Sprintf("it ends at %s: add a row up to %s", money.Count(s.pieces[last].To), money.Count(rung))
	}
	return ""
}

// lintBegins says that a list begins high, so that smaller tiers are not weighed,
// and which rows would mend that.
func lintBegins(key planKey, t *Table, notes *Notes) {
	if t.Tiers[0].From > 0 || t.begins() == 1 {
		return
	}
	top := t.Tiers[0].Top
	var rungs []string
	for n := 1; n < top; {
		rung := AnnualTier(n).To
		if rung < top {
			rungs = append(rungs, money.Count(rung))
		}
		n = rung + 1
	}
	what := fmt.Sprintf("the list begins with the tier up to %s, which is no rung of Atlassian's lists: "+
		"where it begins is not known, so only the licensed number has its price", money.Count(top))
	if first := t.begins(); first > 0 {
		what = fmt.Sprintf(
			"the list begins with the tier up to %s and so is taken to hold from user %s on: fewer users have no price, and no smaller tier is weighed",
			money.Count(top), money.Count(first))
	}
	notes.Diagnostics.AddOf(diag.Warning, t.Source, fmt.Sprintf("plan %q (%s, %s)", key.name, key.hosting, t.Cycle), what,
		"add the rows up to "+strings.Join(rungs, ", ")+", or state from in the first row")
}
