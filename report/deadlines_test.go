package report

import (
	"fmt"

	"tierline/audit"
)

func deadlineMeanings(r *audit.Result) []meaning {
	deadline := of(r.Deadlines, map[string]func(*audit.Deadline) any{
		"Date":      func(d *audit.Deadline) any { return d.Date },
		"Days left": func(d *audit.Deadline) any { return d.Date.Sub(r.Run.AsOf) },
		"Away":      func(d *audit.Deadline) any { return fmt.Sprintf("in %d days", d.Date.Sub(r.Run.AsOf)) },
		"Kind":      func(d *audit.Deadline) any { return d.Kind },
		"Site":      func(d *audit.Deadline) any { return d.Site },
		"What":      func(d *audit.Deadline) any { return d.What },
		"Id":        func(d *audit.Deadline) any { return d.ID },
	})
	second := cells{} // the first is neither of an action nor a renewal
	for title, cell := range deadline {
		second[title] = func(int) any { return cell(1) }
	}
	second["What"] = words("last day for action " + say(r.Plan.Actions[0].Number) + ": " + r.Deadlines[1].What)
	return []meaning{
		{place: "Deadlines", rows: 2, cell: deadline,
			cols: "Date|Days left|Kind|Site|What|Id"},
		{place: "PDF/Dates/", rows: 1, cell: second,
			cols: "Date|Away|Site|What"},
	}
}
