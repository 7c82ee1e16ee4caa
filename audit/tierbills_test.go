package audit_test

import (
	"testing"

	"tierline/audit"
)

// METHOD 22.8: every bill around a tier is that of the list of today, and the steps
// are their differences, in whatever currency and mode the samples have.
func TestBillsAroundATier(t *testing.T) {
	for _, name := range []string{"acme", "datacenter", "enterprise", "europe", "worked-example"} {
		r := run(t, sampleRequest(t, name))
		bills, up, down := map[string]*audit.TierBills{}, 0, 0
		for i := range r.WhatIf.Tiers {
			b := &r.WhatIf.Tiers[i]
			bills[b.Line] = b
			if b.List == 0 {
				t.Errorf("%s: the list of %s does not give its bills", name, b.Line)
			}
		}
		for _, p := range r.Positions {
			for _, l := range p.Lines {
				b := bills[l.Line]
				switch {
				case b == nil:
					t.Errorf("%s: %s has no bills", name, l.Line)
					continue
				case b.First.Known() && b.First.Currency() != l.Bill.Currency():
					t.Errorf("%s: %s is billed in %s and stands in %s", name, l.Line, b.First.Currency(), l.Bill.Currency())
				}
				if l.Step.Known() {
					up++
					if !b.StepsUp(l.Step) {
						t.Errorf("%s: %s: %s at the top and %s above are no step of %s", name, l.Line, b.Top, b.Above, l.Step)
					}
				}
				if l.StepDown.Known() {
					down++
					if !b.StepsDown(l.StepDown) {
						t.Errorf("%s: %s: %s below and %s for the first are no step of %s", name, l.Line, b.Below, b.First, l.StepDown)
					}
				}
			}
		}
		if up == 0 || down == 0 {
			t.Errorf("%s: %d steps up and %d down", name, up, down)
		}
	}
}
