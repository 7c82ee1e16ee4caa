package plan_test

import (
	"testing"

	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// METHOD 4.7: the plan weighs a quote in force against the tier of the users at
// the list price, and books no avoidance for it.
func TestPlanWithAQuoteInForce(t *testing.T) {
	for _, c := range []struct {
		name              string
		users, idle       int
		rise, offer, want string
	}{
		{"the smaller tier costs less than the quote", 390, 0, "0", "3600.00", "3600.00 -195.00 0.00 0.00 0.00 3405.00"},
		{"the quote costs less than the smaller tier", 390, 0, "0", "3404.99", "3404.99 0.00 0.00 0.00 0.00 3404.99"},
		{"both cost the same: the quote stays", 390, 0, "0", "3405.00", "3405.00 0.00 0.00 0.00 0.00 3405.00"},
		{"an old price could be kept, but for the quote", 390, 0, "0.15", "4300.00", "4300.00 -384.25 0.00 0.00 0.00 3915.75"},
		{"removals bring the users under the quote", 510, 10, "0", "3600.00", "4205.00 0.00 -605.00 0.00 0.00 3600.00"},
		{"too few removals do not", 510, 9, "0", "3600.00", "4205.00 0.00 0.00 0.00 0.00 4205.00"},
	} {
		w := world.New(t).Graduated("app", world.G1).Seats("jira", c.users, c.idle).App("app", "jira", pricing.Annual, world.Licensed(500)).
			Quoted("Q-1", "app", 450, pricing.Annual, c.offer, "")
		if c.rise != "0" {
			w.Percent("app", "2026-02-01", c.rise)
		}
		t.Run(c.name, func(t *testing.T) {
			p := planOf(w)
			bridge(t, p, c.want)
			if p.Totals.Avoidance.String() != "0.00" {
				t.Errorf("avoidance: %s", p.Totals.Avoidance)
			}
		})
	}
}

// METHOD 4.7: an action says that it leaves a quote, or comes to fit one.
func TestActionsNameTheQuoteInForce(t *testing.T) {
	w := func(users, idle int) *world.World {
		return world.New(t).Graduated("app", world.G1).Seats("jira", users, idle).App("app", "jira", pricing.Annual, world.Licensed(500)).
			Quoted("Q-1", "app", 450, pricing.Annual, "3600.00", "")
	}
	says(t, "right-sizing", action(t, planOf(w(390, 0)), plan.StepRightSize).Detail, "for 390 users instead of 450, at the list price instead of by quote Q-1 of 1 Jan 2026")
}

// METHOD 4.7: of a monthly row the plan may leave the quote for the list.
func TestPlanWithAMonthlyQuote(t *testing.T) {
	w := world.New(t).Graduated("app", world.G1).Seats("jira", 173, 73).App("app", "jira", pricing.Monthly).
		Quoted("Q-1", "app", 173, pricing.Monthly, "200.00", "")
	w.Config.Policy.KeepCycle = true
	bridge(t, planOf(w), "2633.31 0.00 -653.31 0.00 0.00 1980.00") // 12 x 165.00
}
