package report

import (
	"strings"

	"tierline/audit"
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
		"Touches":    func(a *audit.Action) any { return say(a.People) + " people" },
	})
	action["Step of the bridge"] = words(r.Plan.Bridge[0].Title+", "+r.Plan.Bridge[1].Title, r.Plan.Bridge[1].Title)
	action["Depends on"] = words("", say(first.Number))
	action["Instead of"] = words("", say(second.Number))
	action["Action in full"] = words(first.Title+". "+first.Detail, second.Title+". "+second.Detail+
		" After action "+say(first.Number)+". For this subscription it takes the place of action "+say(second.Number)+".")
	return []meaning{
		{place: "Actions", rows: 2, cell: action,
			cols: "No|Deadline|Action|Detail|Site|Step of the bridge|Class|Worth|Seats|People|How sure|Owner|Reversible|Depends on|Instead of|Findings|Id"},
		{place: "PDF/Actions to approve", rows: 2, cell: action,
			cols: "No|Action|Deadline|Class|Worth"},
		{place: "PDF/Actions and dates/", rows: 2, cell: action,
			cols: "No|Deadline|Action in full|Touches|Reversible|Class|Worth"},
	}
}
