package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/rules/rulestest"
)

// TestBreakEvenIsTheFirstOfEveryUser compares the break-even a finding names
// with trying every number of users of the tier, with apps whose tops lie
// inside the tier of the product, a list that falls at its flat start, one that
// charges annual users singly, and planned changes.
func TestBreakEvenIsTheFirstOfEveryUser(t *testing.T) {
	const product = "jira,,monthly,USD,graduated,10,,10.00\njira,,monthly,USD,graduated,70,1.65,\njira,,monthly,USD,graduated,,0.77,\njira,,annual,USD,from-monthly,,,\n"
	for name, c := range map[string]struct{ app, planned string }{
		"same tops":      {app: "dash,,monthly,USD,graduated,,0.50,\n"},
		"tops inside":    {app: "dash,,monthly,USD,graduated,,0.50,\ndash,,annual,USD,volume,60,,300\ndash,,annual,USD,volume,80,,420\ndash,,annual,USD,volume,200,,470\n"},
		"single users":   {app: "dash,,monthly,USD,graduated,,0.50,\ndash,,annual,USD,volume,,5.20,\n"},
		"planned change": {app: "dash,,monthly,USD,graduated,,0.50,\ndash,,annual,USD,volume,80,,400\ndash,,annual,USD,volume,200,,470\n", planned: "2027-05-01,acme,jira,8\n2027-09-01,acme,jira,-20\n"},
	} {
		t.Run(name, func(t *testing.T) {
			wins := map[int]bool{}
			named := map[int][2]int{}
			for n := 51; n <= 100; n++ {
				r := auditCycles(t, product+c.app, c.planned, n)
				cycles := r.Cycles[0]
				wins[n] = !cycles.Monthly.Less(cycles.Annual)
				for i := range r.Findings {
					if from, ok := r.Findings[i].Figure("break_even_users").(int); ok {
						named[n] = [2]int{from, r.Findings[i].Figure("break_even_to").(int)}
					}
				}
			}
			if len(named) < 10 {
				t.Fatalf("only %d numbers of users have a finding with a break-even", len(named))
			}
			for n, got := range named {
				for u := got[0]; u <= got[1]; u++ {
					if !wins[u] {
						t.Errorf("%d users: annual is said to be cheaper from %d to %d, it is not at %d", n, got[0], got[1], u)
					}
				}
				if got[0] > 51 && wins[got[0]-1] || got[1] < 100 && wins[got[1]+1] {
					t.Errorf("%d users: the stretch %d to %d is longer than that", n, got[0], got[1])
				}
				if wins[n] && (n < got[0] || n > got[1]) {
					t.Errorf("%d users are not in the stretch %d to %d, though annual is cheaper for them", n, got[0], got[1])
				}
			}
		})
	}
}

// auditCycles audits a product and one app, both billed monthly, for a number of
// users.
func auditCycles(t *testing.T, prices, planned string, users int) *audit.Result {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"audit.yaml":        "as_of: 2026-11-16\ncurrency: USD\n",
		"prices.csv":        "plan,hosting,cycle,currency,mode,up_to,unit_price,flat_price\n" + prices,
		"subscriptions.csv": "type,key,site,host,cycle,renewal_date\nproduct,jira,acme,,monthly,2026-12-01\napp,dash,acme,jira,monthly,2026-12-01\n",
		"user_counts.csv":   fmt.Sprintf("date,site,product,users\n2026-11-15,acme,jira,%d\n", users),
	}
	if planned != "" {
		files["headcount_plan.csv"] = "date,site,product,change\n" + planned
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := rulestest.Audit(ruleOf(t, "billing-cycle"), dir, 1)
	if err != nil {
		t.Fatal(err)
	}
	if zero := money.Zero("USD"); !zero.Less(r.Plan.Totals.AsIs) {
		t.Fatalf("%d users cost nothing: %v", users, r.Diagnostics)
	}
	return r
}
