package report

import (
	"fmt"
	"strings"
	"testing"

	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// A label is words: no key of a table, which joins them.
func TestLabelsAreWords(t *testing.T) {
	values := []fmt.Stringer{pricing.Cloud, pricing.DataCenter, pricing.Monthly, pricing.Annual, estate.Linked, estate.OwnUsers, estate.Fixed, estate.ProductKind, estate.AppKind,
		seats.NotKnown, seats.FromAccess, seats.FromCounts, seats.FromLicence, seats.FromSite, seats.FromSiteCache, seats.FromLicensed}
	for _, c := range seats.Classes() {
		values = append(values, c)
	}
	seen := map[string]bool{}
	for _, v := range values {
		label := Label(v)
		if label == "" || strings.ContainsAny(label, "-_") || seen[fmt.Sprintf("%T %s", v, label)] {
			t.Errorf("%T %s is labelled %q", v, v, label)
		}
		seen[fmt.Sprintf("%T %s", v, label)] = true
	}
}

// What is paid for once for all sites is on none of them, wherever a report says
// where it is.
func TestTheWholeOrganisationIsNoSite(t *testing.T) {
	if got := place(estate.WholeOrganisation).Text; got != "the whole organisation" {
		t.Errorf("the column Site says %q", got)
	}
	if got := estate.On("Guard", estate.WholeOrganisation); got != "Guard for the whole organisation" {
		t.Errorf("a sentence says %q", got)
	}
	if got := estate.On("Jira", "acme-eng"); got != "Jira on acme-eng" {
		t.Errorf("a sentence says %q", got)
	}
}
