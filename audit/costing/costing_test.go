package costing_test

import (
	"testing"

	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 1.10.
func TestOnlyActiveRowsAreLines(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 100, 0).App("app", "jira", pricing.Annual)
	w.App("try", "jira", pricing.Annual, world.Priced("app"), world.Status(estate.SubTrial)).App("gone", "jira", pricing.Annual, world.Priced("app"), world.Status(estate.SubCancelled))
	if c := w.Build(); len(c.Lines) != 1 || c.Lines[0].Sub.Key != "app" {
		t.Errorf("lines: got %d, want only the active one", len(c.Lines))
	}
}
