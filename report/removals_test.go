package report

import (
	"testing"

	"tierline/audit"
	"tierline/audit/seats"
)

func removalMeanings(r *audit.Result) []meaning {
	type rung struct {
		*audit.RemovalLadder
		*audit.RemovalRung
	}
	var rungs []rung
	for i := range r.Removals {
		for j := range r.Removals[i].Rungs {
			rungs = append(rungs, rung{&r.Removals[i], &r.Removals[i].Rungs[j]})
		}
		all := r.Removals[i].OfBundle
		rungs = append(rungs, rung{&r.Removals[i], &audit.RemovalRung{Removals: all.Removals, Users: -1, Saving: all.Saving, Cost: all.Cost}})
	}
	removal := of(rungs, map[string]func(*rung) any{
		"No": func(g *rung) any {
			if g.Users < 0 {
				return ""
			}
			return numberOfProduct(r, g.Site, g.Product)
		},
		"Product and site": func(g *rung) any {
			if g.Users < 0 {
				return "all planned removals together: " + bundleTitle(r, g.Bundle)
			}
			return g.Product + " on " + g.Site
		},
		"Remove": func(g *rung) any { return g.Removals },
		"Users left": func(g *rung) any {
			if g.Users < 0 {
				return ""
			}
			return g.Users
		},
		"Saves":                  func(g *rung) any { return g.Saving },
		"Bundle, nobody removed": func(g *rung) any { return g.Cost.Add(g.Saving) },
		"Bundle then":            func(g *rung) any { return g.Cost },
	})
	further := func(i int) string { return "each further one saves " + r.Removals[i].Rungs[0].Each.Grouped() }
	removal["After that"], removal["Planned"] = words(further(0), "these are all", "the rows above do not add up to it",
		further(1), "these are all", "the rows above do not add up to it"), words("the plan", "not allowed", "the plan", "", "the plan", "the plan")
	return []meaning{
		{place: "Removals", rows: 6, cell: removal,
			cols: "No|Product and site|Remove|Users left|Saves|After that|Planned|Bundle, nobody removed|Bundle then"},
		{place: "PDF/Use of seats/What removals are worth", rows: 6, cell: plannedRemovals(r),
			cols: "Product and site|Users|Active|Left alone|To review|Remove|Saves|The others"},
	}
}

// plannedRemovals say what the short table shows: the planned rung of each ladder,
// the first of one and the last of the other, and what its bundle saves at once;
// then the products that no ladder is of.
func plannedRemovals(r *audit.Result) cells {
	a, b := &r.Removals[0], &r.Removals[1]
	first, last := &a.Rungs[0], &b.Rungs[1]
	p, q := &r.Seats[0], &r.Seats[1]
	of := func(show func(*audit.ProductSeats) any) func(int) any {
		return words("", "", "", "", say(show(p)), say(show(q)))
	}
	return cells{
		"Product and site": words(a.Product+" on "+a.Site, "together: ", b.Product+" on "+b.Site, "together: ", p.Name+" on "+p.Site, q.Name+" on "+q.Site),
		"Users":            of(func(p *audit.ProductSeats) any { return p.Users }),
		"Active":           of(func(p *audit.ProductSeats) any { return p.Class(seats.Active) }),
		"Left alone": of(func(p *audit.ProductSeats) any {
			return p.Class(seats.New) + p.Class(seats.Excepted) + p.Class(seats.OnLeave) + p.Class(seats.ServiceAccount) + p.Class(seats.Unknown)
		}),
		"To review": of(func(p *audit.ProductSeats) any { return p.Candidates }),
		"Remove":    words(say(first.Removals), say(a.OfBundle.Removals), say(last.Removals), say(b.OfBundle.Removals), "0", "0"),
		"Saves":     words(say(first.Saving), say(a.OfBundle.Saving), say(last.Saving), say(b.OfBundle.Saving), "", ""),
		"The others": words("all "+say(a.Rungs[1].Removals)+" together would save "+a.Rungs[1].Saving.Grouped(), "",
			"what the other "+say(b.Candidates-last.Removals)+" save is not known", "", "", ""),
	}
}

// TestNobodyKnowsWhatFewerCost: where a subscription charged for these users has no
// price for fewer, removals that lower no other bill are not said to save nothing.
//
// METHOD 2.13, METHOD 9.5.
func TestNobodyKnowsWhatFewerCost(t *testing.T) {
	ladder := audit.RemovalLadder{Candidates: 10, Rungs: []audit.RemovalRung{{Saving: usd(0), Each: usd(0)}, {Removals: 10, Saving: usd(0), Each: usd(0)}}}
	row := removalRow{RemovalRung: &ladder.Rungs[0], ladder: &ladder}
	if got := others(row) + "; " + afterRung(row); got != "the other 10 save nothing; the others save nothing" {
		t.Errorf("with every price known: %q", got)
	}
	ladder.Unpriced = 1
	if got := others(row) + "; " + afterRung(row); got != "what the other 10 save is not known; what more removals save is not known" {
		t.Errorf("with one price not known: %q", got)
	}
}
