package main

import (
	"slices"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/report/json"
	"tierline/samples"
)

// What stands beside the plan in sheets of its own says the same as the rules that
// report it: apps (METHOD 10.8), combinations and peaks.
func TestSheetsBesideThePlanAgreeWithTheFindings(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, name := range samples.Names() {
		r, err := json.Read(audited(t, name).file(t, "result.json"))
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Findings {
			f := &r.Findings[i]
			at := name + ": " + f.ID
			switch {
			case f.Rule == "app-value" && f.Amount.Known():
				a := r.Apps[slices.IndexFunc(r.Apps, func(a audit.App) bool { return a.Line == f.Subject })]
				same(t, at, a.Without, f.Amount)
				if *a.Active > 0 {
					same(t, at+" per active user", a.PerActive.Exact().MulInt(*a.Active).Round(a.Currency, money.HalfUp), a.AsIs, int64(*a.Active))
				}
			case f.Rule == "multi-instance" && f.Counted:
				m := r.Combinations[slices.IndexFunc(r.Combinations, func(m audit.Combination) bool { return m.ID == f.PlanAction })]
				same(t, at, m.Saving, f.Amount)
				same(t, at, m.Apart.Sub(m.Combined).Sub(m.Prepaid), f.Amount)
			case f.Rule == "peak-billing" && f.Amount.Sign() > 0:
				var sum []money.Amount
				for _, l := range f.Lines {
					for _, p := range r.Peaks {
						if p.Line == l.Line && p.Over {
							sum = append(sum, p.Today)
						}
					}
				}
				same(t, at, money.Sum(f.Currency, sum...), f.Amount)
			default:
				continue
			}
			seen[f.Rule] = true
		}
	}
	if len(seen) != 3 {
		t.Errorf("the samples have findings of %v alone", seen)
	}
}

// same compares two amounts that may differ by so many cents.
func same(t *testing.T, what string, got, want money.Amount, within ...int64) {
	t.Helper()
	apart := got.Sub(want).MinorUnits()
	if limit := append(within, 0)[0]; !got.Known() || apart > limit || apart < -limit {
		t.Errorf("%s: %s in the sheet, %s in the finding", what, got, want)
	}
}
