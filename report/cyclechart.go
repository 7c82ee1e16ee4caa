package report

import (
	"slices"

	"tierline/audit"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// CycleChart is what a bundle costs billed monthly and billed annually, for the
// numbers of users around those of the plan.
type CycleChart struct {
	Title     string
	Unit      string // whose users are counted
	Users     int    // under the plan
	BreakEven []int  // from these on annual billing is no dearer
	Points    []CyclePoint
}

// CyclePoint is one number of users of a chart, with the top of its annual tier.
type CyclePoint struct {
	Users, Top      int
	Monthly, Annual money.Amount
}

// cycleChartsMost is how many charts the pages have: those of the bundles for
// which a few users decide between the cycles.
const cycleChartsMost = 4

// cycleCharts draws the bundles whose users are nearest to a break-even.
func cycleCharts(r *audit.Result) []CycleChart {
	var near []*audit.CycleComparison
	for c := range each(r.Cycles) {
		if c.Curve != nil && len(c.Curve.BreakEven) > 0 {
			near = append(near, c)
		}
	}
	slices.SortStableFunc(near, func(a, b *audit.CycleComparison) int { return farOff(a.Curve) - farOff(b.Curve) })
	most := min(len(near), cycleChartsMost)
	if most > 1 {
		most -= most % 2 // two stand side by side
	}
	var out []CycleChart
	for _, c := range near[:most] {
		k := CycleChart{Title: c.Title, Unit: estate.ProductName(c.Curve.Product), Users: c.Curve.Users, BreakEven: c.Curve.BreakEven}
		for p := range each(c.Curve.Points) {
			k.Points = append(k.Points, CyclePoint{p.Users, p.Top, p.Monthly, p.Annual})
		}
		out = append(out, k)
	}
	return out
}

// farOff is by how many users in a hundred the nearest break-even is missed.
func farOff(c *audit.CycleCurve) int {
	nearest := c.BreakEven[0]
	for _, n := range c.BreakEven {
		if max(n-c.Users, c.Users-n) < max(nearest-c.Users, c.Users-nearest) {
			nearest = n
		}
	}
	return 100 * max(nearest-c.Users, c.Users-nearest) / c.Users
}
