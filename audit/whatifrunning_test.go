package audit_test

import (
	"context"
	"testing"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/samples"
)

// What added people cost before the renewal is what simulate says of them, for every
// product of every sample, also where monthly cycles come before the renewal and where
// a peak costs the whole cycle.
//
// METHOD 22.10 and 17.2.
func TestBeforeTheRenewalMeetsSimulate(t *testing.T) {
	for _, name := range samples.Names() {
		for _, ahead := range []int{0, 3} {
			req := sampleRequest(t, name)
			req.Config.Policy.PeakFullPeriod = ahead > 0
			for i := range req.Estate.Subscriptions {
				if s := &req.Estate.Subscriptions[i]; s.Cycle == pricing.Monthly {
					s.Renewal = s.Renewal.AddMonths(ahead)
				}
			}
			due := 0
			r := run(t, req)
			for b := range r.WhatIf.Bundles {
				for i := range r.WhatIf.Bundles[b].Products {
					due += meetSimulate(t, name, req, r, &r.WhatIf.Bundles[b], i)
				}
			}
			if due == 0 {
				t.Errorf("%s: nothing was due, so that nothing was compared", name)
			}
		}
	}
}

// meetSimulate compares what people added to a product cost, on every subscription of
// its bundle, and returns how often something was due.
func meetSimulate(t *testing.T, name string, req *audit.Request, r *audit.Result, b *audit.WhatIfBundle, i int) int {
	t.Helper()
	p, due := b.Products[i], 0
	for _, x := range []audit.WhatIfAdded{{Users: 1, From: req.AsOf.AddDays(1)}, {Users: 40, From: req.AsOf.AddDays(9)}, {Users: 300, From: req.AsOf.AddDays(60)}} {
		s, err := audit.Simulate(context.Background(), req, plan.Question{Site: p.Site, Product: p.Key, Add: x.Users, On: x.From})
		if err != nil {
			continue // no question that can be asked
		}
		said := map[string]money.Amount{}
		for _, l := range s.Running {
			said[l.Line.ID()] = l.Amount
		}
		for n := range b.Lines {
			l := &b.Lines[n]
			if l.Running.Periods == nil {
				continue
			}
			got := b.RunningOf(l, r.WhatIf.Prices, map[int]audit.WhatIfAdded{i: x}, r.Run.Currency)
			if want, is := said[l.Line]; is && got != want || !is && (!got.Known() || got.Sign() != 0) {
				t.Errorf("%s: %d more of %s/%s from %s: %s is due on %s, simulate says %s", name, x.Users, p.Site, p.Key, x.From, got, l.Line, want)
			}
			if got.Known() && got.Sign() > 0 {
				due++
			}
		}
	}
	return due
}
