package costing_test

import (
	"fmt"
	"testing"

	"tierline/audit/costing"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// BenchmarkBundleCurve prices the coming term of a bundle of 60 lines for every
// number of users from 0 to 10,000, in both cycles: twelve bills and one.
func BenchmarkBundleCurve(b *testing.B) {
	const most = 10000
	tiers := []string{"10:=10.00", "100:1.65", "250:0.77", "1000:0.40", "2500:0.23", "5000:0.21", "7500:0.19", ":0.17"}
	w := world.New(b).Seats("jira", most, 0)
	for i := range 60 {
		w.Graduated(fmt.Sprintf("app-%d", i), tiers).App(fmt.Sprintf("app-%d", i), "jira", pricing.Monthly, world.Discount("0.05"))
	}
	lines := w.Build().Lines
	b.ReportAllocs()
	for b.Loop() {
		for n := range most + 1 {
			removed := []int{most - n}
			for _, l := range lines {
				if !l.Cost(costing.Choice{Cycle: pricing.Monthly, Removed: removed}).Known() || !l.Cost(costing.Choice{Cycle: pricing.Annual, Removed: removed, RightSize: true}).Known() {
					b.Fatalf("%s has no price for %d users", l.ID(), n)
				}
			}
		}
	}
}
