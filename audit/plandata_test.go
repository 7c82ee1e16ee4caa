package audit_test

import (
	"testing"

	"tierline/audit/money"
)

// The reports print these differences and sums as they stand in the result.
func TestChangesAndSumsOfThePlan(t *testing.T) {
	r := run(t, request(t))
	for _, s := range r.Plan.Scenarios {
		if s.Change != s.Amount.Sub(r.Plan.Totals.AsIs) || !s.Change.Known() {
			t.Errorf("scenario %s: %s against %s is said to change %s", s.ID, s.Amount, r.Plan.Totals.AsIs, s.Change)
		}
	}
	var asIs, recommended, change, growth1, growth2 []money.Amount
	for _, m := range r.Cash.Months {
		if m.Change != m.Recommended.Sub(m.AsIs) {
			t.Errorf("%s: %s and %s are said to differ by %s", m.Month, m.Recommended, m.AsIs, m.Change)
		}
		asIs, recommended, change = append(asIs, m.AsIs), append(recommended, m.Recommended), append(change, m.Change)
		growth1, growth2 = append(growth1, m.Growth1), append(growth2, m.Growth2)
	}
	total := r.Cash.Total
	for i, sums := range [][]money.Amount{asIs, recommended, change, growth1, growth2} {
		got := []money.Amount{total.AsIs, total.Recommended, total.Change, total.Growth1, total.Growth2}[i]
		if want := money.Sum(r.Run.Currency, sums...); got != want || want.Sign() == 0 {
			t.Errorf("sum %d of the months: %s, want %s", i, got, want)
		}
	}
}
