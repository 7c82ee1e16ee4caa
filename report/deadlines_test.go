package report

import (
	"fmt"
	"testing"

	"tierline/audit"
	"tierline/audit/date"
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

// Actions of one day are named by their numbers, in order, whichever day came first.
func TestActionsOfOneDay(t *testing.T) {
	day := date.New(2027, 1, 29)
	r := &audit.Result{
		Plan: audit.Plan{Actions: []audit.Action{{ID: "a", Number: 3}, {ID: "b", Number: 4}, {ID: "c", Number: 11}}},
		Deadlines: []audit.Deadline{
			{Date: day, Kind: audit.DeadlineAction, ID: "c"}, {Date: day, Kind: audit.DeadlineAction, ID: "b"}, {Date: day, Kind: audit.DeadlineAction, ID: "a"},
		},
	}
	groups := deadlineGroups(r)
	if len(groups) != 1 || groups[0].what() != "last day for actions 3, 4 and 11" {
		t.Errorf("got %d rows, the first %q", len(groups), groups[0].what())
	}
}
