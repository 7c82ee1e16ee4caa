package pricing_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

func explain(t testing.TB, s *pricing.Schedule, n int) []pricing.Step {
	t.Helper()
	steps, err := s.Explain(n)
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

// METHOD 2.18.
func TestExplainAddsUpToThePrice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := drawList(rt)
		n := rapid.IntRange(0, l.limit()).Draw(rt, "users")
		want, ok := l.schedule(rt).Price(n)
		if !ok {
			return
		}
		sum := money.Exact{}
		for _, s := range explain(t, l.schedule(rt), n) {
			sum = sum.Add(s.Amount)
			if s.Seats > 0 && s.Unit.MulInt(s.Seats).Cmp(s.Amount) != 0 {
				rt.Fatalf("%+v: step %q: %d x %s is not %s", l, s.Note, s.Seats, s.Unit.Decimal(2), s.Amount.Decimal(2))
			}
		}
		if sum.Cmp(want) != 0 {
			rt.Fatalf("%+v, %d users: the steps add up to %s, the price is %s", l, n, sum.Decimal(2), want.Decimal(2))
		}
	})
}

func TestExplainOfGolden(t *testing.T) {
	for _, c := range []struct {
		name  string
		list  *pricing.Version
		users int
		want  []string
	}{
		{"graduated", monthly(t, world.G1), 173, []string{"100 x 1.65 = 165.00 users 1-100", "73 x 0.77 = 56.21 users 101-250"}},
		{"flat start", monthly(t, world.G1), 10, []string{"0 x 0.00 = 10.00 flat price for users 1-10"}},
		{"nobody", monthly(t, world.G1), 0, nil},
		{"derived", annual(t, world.G1), 173, []string{
			"100 x 16.50 = 1650.00 users 1-100, 10 x the monthly price at the tier's top 200",
			"100 x 7.70 = 770.00 users 101-250, 10 x the monthly price at the tier's top 200"}},
		{"block", written(t, pricing.Cloud, pricing.Annual, pricing.Block, []string{"500:8", "800:8+100"}), 501,
			[]string{"0 x 0.00 = 100.00 flat price of tier 501-800", "800 x 8.00 = 6400.00 capacity of the tier 501-800"}},
		{"volume", written(t, pricing.Cloud, pricing.Annual, pricing.Volume, []string{"500:8", ":7+20"}), 501,
			[]string{"0 x 0.00 = 20.00 flat price of tier 501 and more", "501 x 7.00 = 3507.00 all users at the price of tier 501 and more"}},
		{"graduated with flat prices", written(t, pricing.Cloud, pricing.Monthly, pricing.Graduated, []string{"10:2+5", ":1+3"}), 12,
			[]string{"0 x 0.00 = 5.00 flat price of tier 1-10", "10 x 2.00 = 20.00 users 1-10", "0 x 0.00 = 3.00 flat price of tier 11 and more", "2 x 1.00 = 2.00 users 11 and more"}},
	} {
		var got []string
		for _, s := range explain(t, c.list.Schedule, c.users) {
			got = append(got, fmt.Sprintf("%d x %s = %s %s", s.Seats, s.Unit.Decimal(2), s.Amount.Decimal(2), s.Note))
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
			t.Errorf("%s, steps of %d users: got %q, want %q", c.name, c.users, got, c.want)
		}
	}
}

// Each change of a sum is a step of its own: nothing is left over for rounding
// but what is lost by it.
func TestReckoning(t *testing.T) {
	r := pricing.Explaining()
	r.List(annual(t, world.G1).Schedule, 300)
	r.Less(annual(t, world.G1).Schedule, 200)
	r.Times(pricing.Factor{By: world.Dec("0.25"), Note: "a quarter"})
	r.Part(100, 365)
	amount := r.Round("USD", money.HalfUp)
	steps, err := r.Steps()
	if err != nil || amount.String() != "40.07" { // (3,005 - 2,420) x 0.25 x 100 / 365 = 40.0684...
		t.Errorf("got %s, %v; want 40.07", amount, err)
	}
	var got []string
	for _, s := range steps {
		got = append(got, s.Amount.Decimal(2)+" "+s.Note)
	}
	want := []string{"1650.00 users 1-100, 10 x the monthly price at the tier's top 300", "1155.00 users 101-250, 10 x the monthly price at the tier's top 300",
		"200.00 users 251-1,000, 10 x the monthly price at the tier's top 300", "-2420.00 less the price for the 200 users already paid for",
		"-438.75 a quarter", "-106.181506849315 100 of 365 days", "0.001506849315 rounding"}
	if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if (&pricing.Reckoning{}).List(written(t, pricing.Cloud, pricing.Annual, pricing.Block, []string{"500:8"}).Schedule, 501) {
		t.Error("a price for 501 users, above the last top")
	}
}
