package pricing_test

import (
	"fmt"
	"testing"

	"tierline/audit/pricing"
	"tierline/audit/world"
)

// A bundle's whole curve: 60 plans, every number of users to 10,000, both
// cycles.
func BenchmarkBundleCurve(b *testing.B) {
	var in []pricing.Row
	for i := range 60 {
		in = append(in, rows(world.List{Plan: fmt.Sprintf("app-%d", i), Mode: pricing.Graduated,
			Tiers: []string{"10:=10.00", "100:1.65", "250:0.77", "1000:0.40", "2500:0.23", "5000:0.21", "7500:0.19", ":0.17"}})...)
	}
	bk := book(in, percent("app-0", "2026-01-01", "0.15"))
	var versions []*pricing.Version
	for _, name := range bk.Names() {
		for _, c := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
			v, _ := bk.Timeline(name, pricing.Cloud, c, true).Newest()
			versions = append(versions, v)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, v := range versions {
			for n := range 10001 {
				if _, ok := v.Price(n); !ok {
					b.Fatalf("no price for %d users", n)
				}
			}
		}
	}
}
