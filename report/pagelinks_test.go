package report

import (
	"testing"

	"tierline/audit"
	"tierline/audit/plan"
)

// TestActionsLeadThere: the actions of page 1 lead to where they stand in full
// and to their staircase, and both lead back.
func TestActionsLeadThere(t *testing.T) {
	r := &audit.Result{}
	r.Plan.Actions = []audit.Action{{ID: "a1", Number: 1, Bundle: "acme", Class: plan.HardSaving}, {ID: "a2", Number: 2, Bundle: "other"}}
	ref := func(table Table, row int, column string) Ref {
		i := 0
		for cells := range table.Rows {
			if link := cells[table.Column(column)].Link; i == row && link != nil {
				return *link
			}
			i++
		}
		return Ref{}
	}
	short, full := decisions(r), actionsSection(r).Tables[0]
	for name, c := range map[string]struct{ got, want Ref }{
		"title to full":       {ref(short, 0, "title"), At(full.ID, "a1", "")},
		"worth to staircase":  {ref(short, 0, Worth), Staircase("acme")},
		"number to page 1":    {ref(full, 1, "number"), At(short.ID, "a2", "")},
		"full to staircase":   {ref(full, 1, Worth), Staircase("other")},
		"staircase to action": {*moves(r, "acme")[0].Link, At(full.ID, "a1", "")},
	} {
		if c.got != c.want {
			t.Errorf("%s: leads to %+v, want %+v", name, c.got, c.want)
		}
	}
	if n := len(moves(r, "acme")); n != 1 {
		t.Errorf("%d actions move the staircase, want 1", n)
	}
}
