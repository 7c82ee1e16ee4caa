package audit

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

// CycleCurve is what a bundle costs in either cycle for other numbers of users of
// the product that sets most of it, all else as planned (METHOD 5.6).
type CycleCurve struct {
	Product   string       `json:"product"`
	Users     int          `json:"users"`      // under the plan
	BreakEven []int        `json:"break_even"` // numbers of users from which on annual billing is no dearer
	Points    []CyclePoint `json:"points"`     // by number of users
}

// CyclePoint is one number of users of a curve.
type CyclePoint struct {
	Users   int          `json:"users"`
	Top     int          `json:"top"` // of the annual tier
	Monthly money.Amount `json:"monthly"`
	Annual  money.Amount `json:"annual"`
}

// curve computes the numbers of users around those of the plan: its annual
// tier, the one below and the one above. nil where nothing can be compared.
func (w *work) curve(d *plan.Decision) *CycleCurve {
	i, users := -1, 0
	for k, product := range d.Bundle.Products {
		if n := product.Users - d.Removed[k]; product.Known() && n > users {
			i, users = k, n
		}
	}
	if i < 0 {
		return nil
	}
	c := &cycleCost{w: w, d: d, product: i}
	curve := &CycleCurve{Product: d.Bundle.Products[i].Key, Users: users, BreakEven: []int{}, Points: []CyclePoint{}}
	for _, tier := range tiersAround(d.Bundle, d.Bundle.Products[i].Key, users) {
		curve.Points = append(curve.Points, c.tier(tier, users)...)
	}
	for k := range curve.Points {
		if k > 0 && curve.Points[k-1].annualDearer() && !curve.Points[k].annualDearer() {
			curve.BreakEven = append(curve.BreakEven, curve.Points[k].Users)
		}
	}
	if len(curve.Points) < 2 {
		return nil
	}
	return curve
}

// tiersAround returns the annual tiers of a product's own row around a number
// of users, none without a list.
func tiersAround(b *costing.Bundle, product string, users int) []pricing.Range {
	var out []pricing.Range
	i := slices.IndexFunc(b.Lines, func(l *costing.Line) bool { return l.IsHost() && l.Sub.Key == product })
	if i < 0 {
		return nil
	}
	v, _ := b.Lines[i].Timeline(pricing.Annual).At(b.Lines[i].Term.Start)
	if v == nil {
		return nil
	}
	here, ok := v.Tier(users)
	if !ok {
		return nil
	}
	for _, n := range []int{here.From - 1, users, here.To + 1} {
		if tier, ok := v.Tier(n); ok && n > 0 && tier.To > 0 {
			out = append(out, tier)
		}
	}
	return out
}

// cycleCost computes what a bundle costs for a number of users of a product.
type cycleCost struct {
	w       *work
	d       *plan.Decision
	product int
}

// pointsOfTier is how many numbers of users of a tier a curve has at least.
const pointsOfTier = 4

// tier returns points of an annual tier: evenly from its first to its last
// number of users, the users of the plan, and the first for which annual
// billing is no dearer, where that changes between two of them.
func (c *cycleCost) tier(tier pricing.Range, users int) []CyclePoint {
	var at []int
	for k := range pointsOfTier {
		at = append(at, tier.From+(tier.To-tier.From)*k/(pointsOfTier-1))
	}
	if users >= tier.From && users <= tier.To {
		at = append(at, users)
	}
	slices.Sort(at)
	var out []CyclePoint
	for _, n := range slices.Compact(at) {
		p, ok := c.point(n, tier.To)
		if !ok {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].annualDearer() && !p.annualDearer() {
			out = append(out, c.turn(out[last], p)...)
		}
		out = append(out, p)
	}
	return out
}

// turn returns the first point between two for which annual billing is no
// dearer; none where that is the second one, or one between cannot be computed.
func (c *cycleCost) turn(low, high CyclePoint) []CyclePoint {
	end := high.Users
	for high.Users-low.Users > 1 {
		mid, ok := c.point((low.Users+high.Users)/2, low.Top)
		switch {
		case !ok:
			return nil
		case mid.annualDearer():
			low = mid
		default:
			high = mid
		}
	}
	if high.Users == end {
		return nil
	}
	return []CyclePoint{high}
}

func (p CyclePoint) annualDearer() bool { return p.Monthly.Less(p.Annual) }

// point costs one number of users; false where a price is not known.
func (c *cycleCost) point(n, top int) (CyclePoint, bool) {
	removed := slices.Clone(c.d.Removed)
	removed[c.product] = c.d.Bundle.Products[c.product].Users - n
	cost := func(cycle plan.Cycle) money.Amount {
		return plan.Evaluate(c.d.Bundle, removed, cycle, plan.Freedom{RightSize: true}, c.w.costs.Currency).Total
	}
	p := CyclePoint{Users: n, Top: top, Monthly: cost(plan.AllMonthly), Annual: cost(plan.AllAnnual)}
	return p, p.Monthly.Known() && p.Annual.Known()
}
