package audit

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/word"
)

// Billed is how the lines of a bundle are billed today.
type Billed string

// How a bundle is billed.
const (
	BilledMonthly Billed = "monthly"
	BilledAnnual  Billed = "annual"
	BilledMixed   Billed = "mixed"
)

// UnmarshalText reads the word.
func (w *Billed) UnmarshalText(b []byte) error {
	return word.One(w, "billing", b, BilledMonthly, BilledAnnual, BilledMixed)
}

// CycleComparison weighs monthly against annual billing for a bundle.
type CycleComparison struct {
	Bundle     string       `json:"bundle"`
	Title      string       `json:"title"`
	Current    Billed       `json:"current"`
	Monthly    money.Amount `json:"monthly"` // coming term, planned removals, no quotes
	Annual     money.Amount `json:"annual"`
	Keep       money.Amount `json:"keep"`
	Decided    plan.Cycle   `json:"decided"`
	NotWeighed diag.Reason  `json:"not_weighed,omitzero"`
	Curve      *CycleCurve  `json:"curve"` // null where the cycles cannot be compared
}

// cycles compares monthly and annual billing of every bundle after the
// planned removals.
func (w *work) cycles() []CycleComparison {
	out := []CycleComparison{}
	for _, d := range w.plan.Decisions {
		c := CycleComparison{Bundle: d.Bundle.ID(), Title: d.Bundle.Title(), Current: currentCycle(d.Bundle), Decided: d.Cycle, Keep: d.CleanUp.Total,
			NotWeighed: d.NoSwitch.Or(d.NotWeighed(plan.AllMonthly)).Or(d.NotWeighed(plan.AllAnnual))}
		for _, x := range []struct {
			cycle plan.Cycle
			total *money.Amount
		}{{plan.AllMonthly, &c.Monthly}, {plan.AllAnnual, &c.Annual}} {
			if d.Bundle.Counts() && !d.NotWeighed(x.cycle).Given() {
				cost := plan.Evaluate(d.Bundle, d.Removed, x.cycle, plan.Freedom{RightSize: true}, w.costs.Currency)
				*x.total, c.NotWeighed = cost.Total, c.NotWeighed.Or(cost.Unknown(d.Bundle))
			}
		}
		if c.Monthly.Known() && c.Annual.Known() && d.Bundle.Hosting != pricing.DataCenter {
			c.Curve = w.curve(d)
		}
		if !d.Bundle.Counts() {
			c.Keep = money.Amount{} // in no total, which is not a cost of 0.00
		}
		out = append(out, c)
	}
	return out
}

func currentCycle(b *costing.Bundle) Billed {
	first := b.Lines[0].Sub.Cycle
	if slices.ContainsFunc(b.Lines, func(l *costing.Line) bool { return l.Sub.Cycle != first }) {
		return BilledMixed
	}
	if first == pricing.Annual {
		return BilledAnnual
	}
	return BilledMonthly
}
