package records

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// TestRowsOfOneSubscriptionHaveOnePlace: nothing that is the same is looked for in
// vain.
func TestRowsOfOneSubscriptionHaveOnePlace(t *testing.T) {
	same := 0
	rapid.Check(t, func(t *rapid.T) {
		row := func() *estate.Subscription {
			return &estate.Subscription{
				Kind:        rapid.SampledFrom([]estate.Kind{estate.ProductKind, estate.AppKind}).Draw(t, "kind"),
				Key:         rapid.SampledFrom([]string{"guard", "jira"}).Draw(t, "key"),
				Site:        rapid.SampledFrom([]string{"acme", estate.WholeOrganisation}).Draw(t, "site"),
				Hosting:     rapid.SampledFrom([]pricing.Hosting{pricing.Cloud, pricing.DataCenter}).Draw(t, "hosting"),
				Status:      estate.SubActive,
				Entitlement: rapid.SampledFrom([]string{"", "E-1", "e-1", "E-2"}).Draw(t, "entitlement"),
			}
		}
		a, b := row(), row()
		if !sameActive(a, b) {
			return
		}
		same++
		if placeOf(a) != placeOf(b) {
			t.Errorf("%+v and %+v are one, at %v and %v", a, b, placeOf(a), placeOf(b))
		}
	})
	if same == 0 {
		t.Error("no two rows were one subscription")
	}
}
