package costing_test

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

func TestGrowthMoves(t *testing.T) {
	moves := func(effective string) bool {
		return world.New(t).Graduated("app", world.G1).Percent("app", effective, "0.1").Seats("jira", 10, 0).App("app", "jira", pricing.Monthly).Line("app").PriceMoves()
	}
	// METHOD 11.2: any change in (as-of, term end).
	for d, want := range map[string]bool{"2026-01-01": false, "2026-01-02": true, "2027-02-28": true, "2027-03-01": false} {
		if got := moves(d); got != want {
			t.Errorf("change on %s: price moves: got %v, want %v", d, got, want)
		}
	}
}

// Growth raises every bill by itself (METHOD 11.2): the total lies no further
// from the exact rise of as is than half a cent for each bill, no rise is as
// is, and products and lines whose price is known to change keep as is.
func TestGrowthRaisesEveryBill(t *testing.T) {
	raised := 0
	rapid.Check(t, func(rt *rapid.T) {
		percent := int64(rapid.IntRange(0, 40).Draw(rt, "percent"))
		share := money.Ratio(percent, 100)
		for _, l := range world.Random(rt, world.New(t), [3]int{8, 8, 8}).Build().Lines {
			got := l.Grown(share)
			switch {
			case !l.AsIs.Known():
				if got.Known() {
					rt.Fatalf("%s: as is is not known, grown %s", l.ID(), got)
				}
				continue
			case !l.FollowsGrowth() || percent == 0:
				if got != l.AsIs {
					rt.Fatalf("%s at %d%%: got %s, want as is, %s", l.ID(), percent, got, l.AsIs)
				}
				continue
			}
			if l.Offered(costing.Choice{Cycle: l.Sub.Cycle}) != nil {
				continue // what is quoted does not rise: TestQuotedBillDoesNotGrow
			}
			raised++
			bills, _ := l.Bills(costing.Choice{Cycle: l.Sub.Cycle})
			exact := l.AsIs.Exact().Mul(money.Int(1).Add(share))
			off := got.Exact().Sub(exact).Mul(money.Int(200)) // in half cents
			if off.Sign() < 0 {
				off = off.Neg()
			}
			allowed := money.Int(1)
			if rate, ok := l.Converted(); ok {
				allowed = rate.Rate.Add(money.Int(3)) // of a bill in its own currency, and of both conversions
			}
			if off.Cmp(allowed.MulInt(len(bills))) > 0 {
				rt.Fatalf("%s at %d%%: %s is further from %s than %d roundings", l.ID(), percent, got, exact.Decimal(4), len(bills))
			}
		}
	})
	if raised == 0 {
		t.Error("no line was raised: the test tests nothing")
	}
}
