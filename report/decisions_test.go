package report

import (
	"testing"

	"tierline/audit"
	"tierline/audit/estate"
)

func decisionMeanings(r *audit.Result) []meaning {
	decision := of(r.Decisions.List, map[string]func(*audit.Decision) any{
		"Name":           func(d *audit.Decision) any { return d.Name },
		"Address":        func(d *audit.Decision) any { return d.Email },
		"Site":           func(d *audit.Decision) any { return d.Site },
		"Product":        func(d *audit.Decision) any { return estate.ProductName(d.Product) },
		"Decision":       func(d *audit.Decision) any { return d.Verdict },
		"State":          func(d *audit.Decision) any { return d.State },
		"Until":          func(d *audit.Decision) any { return d.Until },
		"Reason":         func(d *audit.Decision) any { return d.Reason },
		"Owner":          func(d *audit.Decision) any { return d.Owner },
		"Decided in run": func(d *audit.Decision) any { return d.Run },
		"User id":        func(d *audit.Decision) any { return d.ID },
		"Row":            func(d *audit.Decision) any { return d.Source },
	})
	p := r.Decisions.Planned
	decided := cells{
		"Decided": words("Keep", "Remove", "Ask", "Open"), "Seats": func(i int) any { return []int{0, p.Remove, p.Ask, p.Open}[i] },
		"Meaning": words(decidedMeaning[estate.Keep], decidedMeaning[estate.Remove], decidedMeaning[estate.Ask], decidedMeaning[estate.Undecided]),
	}
	return []meaning{
		{place: "Decisions", rows: 2, cell: decision, cols: "Name|Address|Site|Product|Decision|State|Until|Reason|Owner|Decided in run|User id|Row"},
		{place: "Summary/Seats the plan removes, by what people decided in the sheet Users", rows: 4, cell: decided, cols: "Decided|Seats|Meaning"},
	}
}

// The PDF says of the seats that the plan removes how many are decided, once anybody
// has decided anything.
func TestRemovalsDecided(t *testing.T) {
	r := result()
	if got := removalsDecided(r); got != nil {
		t.Errorf("nobody has decided, and it says %q", got)
	}
	r.Decisions.Planned = &audit.DecidedRemovals{Remove: 12, Ask: 3, Open: 1215}
	want := "The plan removes 1,230 seats. Decided so far: 12 to remove; being asked about: 3; open: 1,215."
	if got := removalsDecided(r); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Where nobody has decided to remove or to ask, all seats the plan removes are open.
func TestSeatsAreOpenWhereNobodyDecided(t *testing.T) {
	r := result()
	r.Plan.Actions, r.Decisions.Planned = []audit.Action{{Seats: 300}, {Seats: 7}}, nil
	for i, d := range decidedSeatsOf(r) {
		if want := [...]int{0, 0, 0, 307}[i]; d.seats != want {
			t.Errorf("%s: %d, want %d", d.name, d.seats, want)
		}
	}
}
