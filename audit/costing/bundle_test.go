package costing_test

import (
	"slices"
	"testing"

	"tierline/audit/pricing"
	"tierline/audit/world"
)

func TestBundlesAndTheirOrder(t *testing.T) {
	w := world.New(t).Seats("jira", 10, 0).Seats("confluence", 10, 0)
	w.App("z", "jira-service-management", pricing.Annual).App("a", "confluence", pricing.Annual).Product("jira", pricing.Monthly).App("dc", "jira", pricing.Annual, world.OnDataCenter)
	c := w.Build()
	var got []string
	for _, b := range c.Bundles {
		got = append(got, b.ID())
	}
	if want := []string{"acme/confluence/cloud", "acme/jira/cloud", "acme/jira/data-center"}; !slices.Equal(got, want) {
		t.Errorf("bundles: got %v, want %v", got, want)
	}
	if l := c.Bundles[1].Lines; len(l) != 2 || l[0].ID() != "acme/product/jira" || l[1].ID() != "acme/app/z" {
		t.Errorf("lines of the Jira bundle: got %v, want the product first", l)
	}
}
