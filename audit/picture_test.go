package audit_test

import (
	"fmt"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
)

func usd(cents int64) money.Amount { return money.Minor(cents, "USD") }

// A bar hangs between the levels before and after it, and the last total is where
// the changes lead.
func TestLevels(t *testing.T) {
	got := audit.Levels([]audit.Rising{{Amount: usd(1000), Total: true}, {Amount: usd(-300)}, {Amount: usd(50)}, {Amount: usd(-100)}, {Amount: usd(650), Total: true}})
	want := []audit.Standing{{Base: usd(0), Size: usd(1000)}, {Base: usd(700), Size: usd(300)}, {Base: usd(700), Size: usd(50)},
		{Base: usd(650), Size: usd(100)}, {Base: usd(0), Size: usd(650)}}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("bar %d stands %v, want %v", i, got[i], want[i])
		}
	}
}

// The products and apps beyond those that are named are one, and no amount is lost.
func TestCostsKeepEveryAmount(t *testing.T) {
	var lines []audit.Line
	for i := range 20 {
		lines = append(lines, audit.Line{Key: fmt.Sprint("k", i), Name: fmt.Sprint("App ", i), Counted: true, AsIs: usd(int64(i + 1)), Recommended: usd(1)})
	}
	lines = append(lines, audit.Line{Key: "k0", Name: "App 0", Counted: true, AsIs: usd(500), Recommended: usd(1)}, audit.Line{Key: "x", AsIs: usd(9999)})
	got := audit.Costs(lines, 10)
	var asIs, recommended []money.Amount
	for _, c := range got {
		asIs, recommended = append(asIs, c.AsIs), append(recommended, c.Recommended)
	}
	if total := money.Sum("USD", asIs...); total != usd(210+500) || money.Sum("USD", recommended...) != usd(21) {
		t.Errorf("as is adds up to %s", total)
	}
	if len(got) != 10 || got[0].Name != "App 0" || got[0].Products != 1 || got[9].Products != 11 {
		t.Errorf("%v", got)
	}
}
