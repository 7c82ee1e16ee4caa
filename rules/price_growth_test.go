package rules_test

import (
	"path/filepath"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/rules"
	"tierline/rules/rulestest"
)

// TestGrowthAddsUpToTheScenarios checks on every case and on the sample that the
// ranges of all bundles, in the currency of the totals, are the difference
// between the plan's growth scenarios and as is.
//
// METHOD 11.2.
func TestGrowthAddsUpToTheScenarios(t *testing.T) {
	dirs, err := filepath.Glob("testdata/price-growth/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no cases (%v)", err)
	}
	for _, dir := range append(dirs, "../samples/acme", "../samples/worked-example") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			result, err := rulestest.Audit(ruleOf(t, "price-growth"), dir, 1)
			if err != nil {
				t.Fatal(err)
			}
			currency := result.Run.Currency
			for i, scenario := range []plan.ScenarioID{plan.LowGrowth, plan.HighGrowth} {
				total := result.Plan.Totals.AsIs.Sub(result.Plan.Totals.AsIs) // unknown where no line counts
				for n := range result.Findings {
					f := &result.Findings[n]
					if added := f.Figure([]string{"added_1", "added_2"}[i]).(money.Amount); added.Currency() == currency {
						total = total.Add(added)
					}
				}
				if want := scenarioOf(t, result, scenario).Sub(result.Plan.Totals.AsIs); total != want {
					t.Errorf("%s: the findings add %s, the plan %s", scenario, total, want)
				}
			}
		})
	}
}

func scenarioOf(t *testing.T, r *audit.Result, id plan.ScenarioID) money.Amount {
	t.Helper()
	for _, s := range r.Plan.Scenarios {
		if s.ID == id {
			return s.Amount
		}
	}
	t.Fatalf("the plan has no scenario %s", id)
	return money.Amount{}
}

func ruleOf(t *testing.T, id string) *audit.Rule {
	t.Helper()
	for _, r := range rules.All() {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("there is no rule %s", id)
	return nil
}
