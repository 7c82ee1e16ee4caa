package plan_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

func cash(w *world.World) (*costing.Costs, *plan.Plan, *plan.Cash) {
	in := w.Input()
	c := costing.Build(in)
	p := plan.Build(c, &w.Config.Policy)
	return c, p, p.CashView(c, costing.NextTerm(in, c), &w.Config.Policy)
}

// An annual app of 540 users at G1 with 40 idle, a rise of 10 % on 2027-01-01,
// renewing on 1 March: two bills, 4,205.00 then 4,625.50 as is, 3,805.00 then
// 4,185.50 for the 500 who stay. 20 joiners in June fit.
func TestCashOfAnAnnualLine(t *testing.T) {
	w := world.New(t).Prices(hostList).Graduated("app", world.G1).Percent("app", "2027-01-01", "0.1").
		Seats("jira", 540, 40).Product("jira", pricing.Annual).App("app", "jira", pricing.Annual)
	_, _, v := cash(w)
	want := map[string][2]string{"2026-03-01": {"4205.00", "3805.00"}, "2027-03-01": {"4625.50", "4185.50"}}
	if len(v.Months) != plan.CashMonths || v.Months[0].Month != world.Day("2026-01-01") || v.Months[23].Month != world.Day("2027-12-01") {
		t.Fatalf("%d months from %s", len(v.Months), v.Months[0].Month)
	}
	for _, m := range v.Months {
		w, ok := want[m.Month.String()]
		if !ok {
			w = [2]string{"0.00", "0.00"}
		}
		if m.AsIs.String() != w[0] || m.Recommended.String() != w[1] {
			t.Errorf("%s: as is %s, recommended %s; want %s", m.Month, m.AsIs, m.Recommended, w)
		}
	}
}

// A monthly line has a bill in each month, at the price in force and the users
// there are: 165.00 + 40 x 0.77 = 195.80 for 140, 203.50 for 150 from June.
func TestCashOfAMonthlyLine(t *testing.T) {
	w := world.New(t).Prices(world.List{Plan: "jira", Mode: pricing.Graduated, Tiers: []string{"500:0"}}).
		Prices(world.List{Plan: "app", Mode: pricing.Graduated, Tiers: world.G1}).
		Seats("jira", 140, 0).Planned("2026-06-15", "jira", 10).Product("jira", pricing.Monthly, world.Renews("2026-01-31")).
		App("app", "jira", pricing.Monthly, world.Renews("2026-01-31"))
	w.Config.Policy.KeepCycle = true
	_, _, v := cash(w)
	for i, m := range v.Months {
		want, grown := "195.80", "205.59"
		if i >= 5 {
			want, grown = "203.50", "213.68"
		}
		if i >= 12 {
			grown = "224.36" // 203.50 x 1.05 x 1.05
		}
		if m.AsIs.String() != want || m.Growth[0].String() != grown {
			t.Errorf("%s: as is %s, at 5 %% more %s; want %s, %s", m.Month, m.AsIs, m.Growth[0], want, grown)
		}
	}
}

// Jira is licensed for 50 and has 20 users, so the plan renews it for 25 on
// 31 January. Its app, which renews the day before, is bound to the 50 once more;
// a year later to the 25 that the plan makes Jira pay for on that day: 250.00
// beside Jira's 2,000.00, not 500.00.
//
// METHOD 12.2.
func TestSecondTermBindsAppsToThePlan(t *testing.T) {
	volume := func(plan string, tiers ...string) world.List {
		return world.List{Plan: plan, Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: tiers}
	}
	w := world.New(t).Prices(volume("jira", "25:=2000", "50:=4000"), volume("app", "25:=250", "50:=500")).Seats("jira", 20, 0)
	w.AsOf = world.Day("2026-11-16")
	w.Product("jira", pricing.Annual, world.Licensed(50), world.Renews("2027-01-31")).App("app", "jira", pricing.Annual, world.Licensed(50), world.Renews("2027-01-30"))
	_, _, v := cash(w)
	for month, want := range map[string][2]string{"2027-01-01": {"4500.00", "2500.00"}, "2028-01-01": {"4500.00", "2250.00"}} {
		i := slices.IndexFunc(v.Months, func(m plan.CashMonth) bool { return m.Month == world.Day(month) })
		if m := v.Months[i]; m.AsIs != world.USD(want[0]) || m.Recommended != world.USD(want[1]) {
			t.Errorf("%s: as is %s, recommended %s; want %s", month, m.AsIs, m.Recommended, want)
		}
	}
}

// An adopted combination is renewed as one, and nothing of it is prepaid then:
// both years cost 3,005.00, on the day the first of its rows renews.
//
// METHOD 12.2.
func TestSecondTermOfACombination(t *testing.T) {
	_, _, v := cash(groupWithQuote(t))
	for month, want := range map[string]string{"2026-02-01": "3005.00", "2026-03-01": "0.00", "2027-02-01": "3305.50", "2027-03-01": "0.00"} {
		i := slices.IndexFunc(v.Months, func(m plan.CashMonth) bool { return m.Month == world.Day(month) })
		if got := v.Months[i].Recommended; got != world.USD(want) {
			t.Errorf("%s: recommended %s, want %s", month, got, want)
		}
	}
}

// What Data Center ends is not paid any more, and a list that ends leaves the
// second bill unknown, not 0.
func TestCashOfWhatIsNotKnown(t *testing.T) {
	list := world.List{Plan: "jira", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"500:=1000.00"}, To: "2026-12-31"}
	w := world.New(t).Prices(list).Seats("jira", 100, 0).Product("jira", pricing.Annual)
	_, _, v := cash(w)
	if len(v.Unknown) != 1 || !v.Unknown[0].Reason.Given() || v.Months[2].AsIs != world.USD("1000.00") || v.Months[14].AsIs != world.USD("0.00") {
		t.Errorf("unknown %v, first bill %s, second %s", v.Unknown, v.Months[2].AsIs, v.Months[14].AsIs)
	}
}

// The bills of the coming term in the view are those of the totals, as far as
// the view reaches: with all renewals on as-of it holds both terms whole.
//
// METHOD 12.1.
func TestCashAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{6, 6, 3})
		c, p, v := cash(w)
		asIs, recommended := money.Zero(c.Currency), money.Zero(c.Currency)
		for _, m := range v.Months {
			asIs, recommended = asIs.Add(m.AsIs), recommended.Add(m.Recommended)
			if m.Growth[1].Less(m.AsIs) {
				rt.Fatalf("%s: growth %s is less than as is %s", m.Month, m.Growth[1], m.AsIs)
			}
		}
		first, plannedFirst := money.Zero(c.Currency), money.Zero(c.Currency)
		for _, l := range c.Lines {
			if !l.Counted() {
				continue
			}
			bills, _ := l.Bills(costing.Choice{Cycle: l.Sub.Cycle})
			first = first.Add(within(bills, v))
			_, planned := p.Renewal(l)
			plannedFirst = plannedFirst.Add(within(planned, v))
		}
		if asIs.Less(first) || recommended.Less(plannedFirst) {
			rt.Fatalf("the view holds %s and %s, the coming terms alone %s and %s", asIs, recommended, first, plannedFirst)
		}
	})
}

func within(bills []costing.Bill, v *plan.Cash) money.Amount {
	sum := money.Zero("USD")
	last := v.Months[len(v.Months)-1].Month.AddMonths(1)
	for _, b := range bills {
		if b.Date.Before(last) && !b.Date.Before(date.Date{}) {
			sum = sum.Add(b.Amount)
		}
	}
	return sum
}

// Of nothing that counts there is no bill, not one of 0.00.
//
// METHOD 12.1.
func TestNoCashWhereNothingCounts(t *testing.T) {
	_, _, v := cash(world.New(t).Seats("jira", 10, 0).Product("jira", pricing.Annual, world.Priced("ghost")))
	for _, m := range v.Months {
		if m.AsIs.Known() || m.Recommended.Known() || m.Growth[0].Known() {
			t.Fatalf("%s: %s as is", m.Month, m.AsIs)
		}
	}
}
