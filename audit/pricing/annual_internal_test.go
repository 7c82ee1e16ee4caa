package pricing

import "testing"

func TestAnnualTiersAreCounted(t *testing.T) {
	n := 0
	for users := 1; users <= lastBand; users = AnnualTier(users).To + 1 {
		n++
	}
	if n != annualTiers {
		t.Errorf("%d tiers up to %d users, want %d", n, lastBand, annualTiers)
	}
}
