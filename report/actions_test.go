package report

import (
	"strings"

	"tierline/audit"
	"tierline/audit/plan"
)

func actionMeanings(r *audit.Result) []meaning {
	first, second := &r.Plan.Actions[0], &r.Plan.Actions[1]
	action := of(r.Plan.Actions, map[string]func(*audit.Action) any{
		"No":         func(a *audit.Action) any { return a.Number },
		"Deadline":   func(a *audit.Action) any { return a.Deadline },
		"Action":     func(a *audit.Action) any { return a.Title },
		"Detail":     func(a *audit.Action) any { return a.Detail },
		"Site":       func(a *audit.Action) any { return a.Site },
		"Class":      func(a *audit.Action) any { return a.Class },
		"Worth":      func(a *audit.Action) any { return a.Amount },
		"Seats":      func(a *audit.Action) any { return a.Seats },
		"People":     func(a *audit.Action) any { return a.People },
		"How sure":   func(a *audit.Action) any { return string(a.Confidence) },
		"Owner":      func(a *audit.Action) any { return a.Owner },
		"Reversible": func(a *audit.Action) any { return a.Reversible },
		"Findings":   func(a *audit.Action) any { return strings.Join(a.Rules, ", ") },
		"Id":         func(a *audit.Action) any { return a.ID },
	})
	steps := ""
	for b := range each(r.Plan.Bridge) {
		title := "Part: " + strings.ToLower(b.Title)
		steps += title + "|"
		var parts []string
		for i := range r.Plan.Actions {
			parts = append(parts, say(partWorth(&r.Plan.Actions[i], b.Step)))
		}
		action[title] = words(parts...)
	}
	action["Step of the bridge"] = words(r.Plan.Bridge[0].Title+", "+r.Plan.Bridge[1].Title, r.Plan.Bridge[1].Title)
	action["Depends on"] = words("", say(first.Number))
	action["Instead of"] = words("", say(second.Number))
	action["Action in full"] = words(first.Title+". "+first.Detail+" It touches "+say(first.People)+" people.", second.Title+". "+second.Detail+
		" After action "+say(first.Number)+". For this subscription it takes the place of action "+say(second.Number)+".")
	// The second removes nobody.
	action["Who, by when"] = words(whoBy("licence manager", first.Deadline), whoBy("purchasing", second.Deadline))
	return []meaning{
		{place: "Actions", rows: 2, cell: action,
			cols: "No|Deadline|Action|Detail|Site|Class|Worth|Seats|People|How sure|Owner|Reversible|Depends on|Step of the bridge|Instead of|Findings|" + steps + "Id"},
		{place: "PDF/Actions to approve", rows: 2, cell: action,
			cols: "No|Action|Deadline|Class|Worth"},
		{place: "PDF/Actions/", rows: 2, cell: action,
			cols: "No|Action in full|Who, by when|Class|Worth"},
	}
}

// partWorth is what an action is worth in a step of the bridge, "" for one it has
// no part in.
func partWorth(a *audit.Action, step plan.Step) any {
	for _, p := range a.Parts {
		if p.Step == step {
			return p.Amount
		}
	}
	return ""
}
