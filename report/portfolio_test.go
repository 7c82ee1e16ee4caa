package report

import (
	"slices"
	"testing"
	"time"

	"tierline/audit/date"
	"tierline/audit/portfolio"
)

// METHOD 25.2. Amounts of an earlier day enter no total without a word.
func TestEarlierAmountsAreTold(t *testing.T) {
	on := func(day int) *portfolio.Audit { return &portfolio.Audit{AsOf: date.New(2026, time.November, day)} }
	p := &portfolio.Portfolio{Estates: []portfolio.Estate{{Name: "acme", Audit: on(1)}, {Name: "beta", Audit: on(28)}, {Name: "gone"}}}
	p.Run.AsOf = date.New(2026, time.November, 28)
	if got, want := PortfolioCaveats(p), "The amounts of 1 estate are of an earlier day: acme (1 November 2026)."; !slices.Contains(got, want) {
		t.Errorf("says %q, not %q", got, want)
	}
	p.Estates[1].Audit = on(2)
	if got, want := PortfolioCaveats(p), "The amounts of 2 estates are of an earlier day: acme (1 November 2026) and beta (2 November 2026)."; !slices.Contains(got, want) {
		t.Errorf("says %q, not %q", got, want)
	}
	p.Estates[0].Audit, p.Estates[1].Audit = on(28), on(28)
	for _, said := range PortfolioCaveats(p) {
		if said != "Of 1 estate no run was published, so no total holds it." {
			t.Errorf("of estates of one day it says %q", said)
		}
	}
}
