package plan

import (
	"slices"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/pricing"
)

// cycles lists the decisions on the cycle that are weighed, and notes why the
// others are not.
func (d *Decision) cycles(policy *config.Policy) []Cycle {
	out := []Cycle{Keep}
	for _, c := range []Cycle{AllMonthly, AllAnnual} {
		changes := slices.ContainsFunc(d.Bundle.Lines, func(l *costing.Line) bool { return c.of(l) != l.Sub.Cycle })
		d.barred[c] = noSwitch(d.Bundle, c, policy)
		if changes && !d.barred[c].Given() {
			out = append(out, c)
		} else if changes {
			d.NoSwitch = d.NoSwitch.Or(d.barred[c])
		}
	}
	if len(out) > 1 {
		d.NoSwitch = diag.Reason{}
	}
	return out
}

// noSwitch says why a bundle cannot be billed in a cycle; no reason when it can.
// Only rows whose own cycle would change stand in the way: one without a price
// there, one in no total, and one whose price is agreed for its cycle (METHOD 5.2).
// What is sold by the year only keeps the whole bundle from monthly billing (METHOD
// 5.5).
func noSwitch(b *costing.Bundle, c Cycle, policy *config.Policy) diag.Reason {
	if b.Hosting == pricing.DataCenter {
		return diag.Why(diag.Bound, "Data Center is annual")
	}
	if policy.KeepCycle {
		return diag.Why(diag.Policy, "policy keep_cycle")
	}
	for _, l := range b.Lines {
		if c == AllMonthly && l.AnnualOnly() {
			return diag.Why(diag.Bound, "%s is of the edition %s, which is sold by the year only", l.Name(), l.Sub.Edition)
		}
		if l.ElsewhereCharged() || c.of(l) == l.Sub.Cycle {
			continue
		}
		if why := unswitchable(l, c.of(l)); why.Given() {
			return why
		}
	}
	return diag.Reason{}
}

// unswitchable says why a row cannot be billed in the other cycle.
func unswitchable(l *costing.Line, to pricing.Cycle) diag.Reason {
	switch {
	case l.Sub.ContractPrice.Known():
		return diag.Why(diag.Bound, "%s has a contract price, which is bound to its cycle", l.Name()).From(l.Sub.Source)
	case l.Foreign:
		return diag.Why(diag.Currency, "%s is priced in another currency", l.Name())
	case l.Reason.Given():
		return l.Reason.After(l.Name() + " has no price: ")
	}
	_, why := l.Timeline(to).At(l.Term.Start)
	return why
}
