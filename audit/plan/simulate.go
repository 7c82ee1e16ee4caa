package plan

import (
	"fmt"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Simulation answers the approver's question: what do more or fewer users of
// one product cost over the coming term, line by line (ruling R19). Before and
// After are as-is costs: today's cycles, licensed tiers, no quote, no clean-up.
type Simulation struct {
	Before, After money.Amount // of the lines with a known cost
	Incomplete    bool         // a line has no known cost and is in no sum
	Lines         []SimulatedLine
	Crossings     []Crossing
	Running       []Running
	RemoveFirst   RemoveFirst
}

// SimulatedLine is one line of the bundle, before and after.
type SimulatedLine struct {
	Line          *costing.Line
	Before, After money.Amount
	Reason        string // why a cost is not known
}

// Crossing is a line whose tier changes.
type Crossing struct {
	Line     *costing.Line
	From, To int          // tops; 0 = no limit
	Step     money.Amount // difference of one full bill
}

// Running is what an upgrade inside the running annual term costs before the
// renewal. It is in no sum of the simulation: the approver pays it first.
type Running struct {
	Line     *costing.Line
	From, To int // users paid for
	Days     int // until the renewal
	Amount   money.Amount
}

// RemoveFirst is how many of the product's review candidates to remove first
// so that the users cost least.
type RemoveFirst struct {
	Removals int
	Change   money.Amount // against Before
}

// Simulate compares the bundle of a product in two costings, without and with
// the added users, which count from a day on.
func Simulate(before, after *costing.Bundle, product string, added int, on, asOf date.Date, currency money.Currency) *Simulation {
	s := &Simulation{Before: money.Zero(currency), After: money.Zero(currency)}
	for i, l := range before.Lines {
		a := after.Lines[i]
		out := SimulatedLine{Line: l, Before: l.AsIs, After: a.AsIs, Reason: l.Reason}
		if out.Reason == "" {
			out.Reason = a.Reason
		}
		if out.Reason == "" && !l.Foreign {
			s.Before, s.After = s.Before.Add(l.AsIs), s.After.Add(a.AsIs)
		} else {
			s.Incomplete = true
			if l.Foreign && out.Reason == "" {
				out.Reason = fmt.Sprintf("priced in %s, and currencies are never added", l.AsIs.Currency())
			}
		}
		s.Lines = append(s.Lines, out)
		s.cross(l, a, date.Max(on, l.Term.Start))
		s.run(l, a, on, asOf)
	}
	s.removeFirst(after, product, added)
	return s
}

// cross notes a line whose tier on a day differs.
func (s *Simulation) cross(before, after *costing.Line, on date.Date) {
	if before.Term.Start.IsZero() {
		return
	}
	v, _ := before.Timeline(before.Sub.Cycle).At(on)
	if v == nil {
		return
	}
	n1, n2 := before.PaidOn(on), after.PaidOn(on)
	t1, ok1 := v.Tier(n1)
	t2, ok2 := v.Tier(n2)
	if ok1 && ok2 && t1 != t2 {
		s.Crossings = append(s.Crossings, Crossing{Line: before, From: t1.To, To: t2.To, Step: before.BillAt(v, n2).Sub(before.BillAt(v, n1))})
	}
}

// run notes an upgrade due before the renewal: the users of the running term
// exceed what it pays for.
func (s *Simulation) run(before, after *costing.Line, on, asOf date.Date) {
	from := date.Max(on, asOf)
	if before.Sub.Cycle != pricing.Annual || before.Term.Start.IsZero() || !from.Before(before.Term.Start) {
		return
	}
	users := after.UsersOn(from, nil)
	if users <= before.Paid {
		return
	}
	days := before.Term.Start.Sub(from)
	if amount := before.UpgradeAt(from, before.Paid, users, days); amount.Known() && amount.Sign() > 0 {
		s.Running = append(s.Running, Running{Line: before, From: before.Paid, To: users, Days: days, Amount: amount})
	}
}

// removeFirst finds the least cost over removing at most as many candidates as
// users are added, longest idle first, then the fewest.
func (s *Simulation) removeFirst(after *costing.Bundle, product string, added int) {
	i := after.Product(product)
	s.RemoveFirst.Change = s.After.Sub(s.Before)
	if i < 0 || added <= 0 {
		return
	}
	k := make([]int, len(after.Products))
	for n := 1; n <= min(added, len(after.Products[i].Candidates)); n++ {
		k[i] = n
		total := money.Zero(s.Before.Currency())
		for at, l := range after.Lines {
			if s.Lines[at].Reason == "" {
				total = total.Add(l.Cost(costing.Choice{Cycle: l.Sub.Cycle, Removed: k}))
			}
		}
		if change := total.Sub(s.Before); change.Less(s.RemoveFirst.Change) {
			s.RemoveFirst = RemoveFirst{Removals: n, Change: change}
		}
	}
}
