package report

import (
	"tierline/audit"
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
		rungs = append(rungs, rung{&r.Removals[i], &audit.RemovalRung{Removals: all.Removals, Users: -1, Saving: all.Saving}})
	}
	removal := of(rungs, map[string]func(*rung) any{
		"Product and site": func(g *rung) any {
			if g.Users < 0 {
				return "all planned removals together: " + g.Bundle
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
		"Saves": func(g *rung) any { return g.Saving },
	})
	further := func(i int) string { return "each further one saves " + r.Removals[i].Rungs[0].Each.Grouped() }
	removal["After that"], removal["Planned"] = words(further(0), "these are all", "the rows above do not add up to it",
		further(1), "these are all", "the rows above do not add up to it"), words("the plan", "not allowed", "the plan", "", "the plan", "the plan")
	return []meaning{
		{place: "Removals", rows: 6, cell: removal,
			cols: "Product and site|Remove|Users left|Saves|After that|Planned"},
		{place: "PDF/Use of seats/What removals are worth", rows: 6, cell: removal,
			cols: "Product and site|Remove|Users left|Saves|After that|Planned"},
	}
}
