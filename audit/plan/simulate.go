package plan

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Simulation answers the approver's question: what do more or fewer users of
// one product cost over the coming term, line by line (METHOD 17.2). Before and
// After are as-is costs: today's cycles, licensed tiers, no quote, no clean-up.
type Simulation struct {
	Before, After money.Amount // of the lines with a known cost; unknown when there is none
	Currency      money.Currency
	Unknown       int // lines without a known cost, which are in no sum
	Lines         []SimulatedLine
	Crossings     []Crossing
	Running       []Running
	RemoveFirst   RemoveFirst
	Held          []diag.Reason // why nobody can say whom to remove first: a number of users is in doubt
}

// SimulatedLine is one line of the bundle, before and after.
type SimulatedLine struct {
	Line          *costing.Line
	Before, After money.Amount
	Reason        diag.Reason // why a cost is not known

	// BeforeSteps and AfterSteps are the calculations behind the amounts.
	BeforeSteps, AfterSteps []pricing.Step
}

// Crossing is a line whose tier changes.
type Crossing struct {
	Line     *costing.Line
	From, To pricing.Range
	Step     money.Amount // difference of one full bill
}

// Running is what the added users cost before the renewal, by upgrades inside
// the running annual term. It is in no sum of the simulation: the approver
// pays it first.
type Running struct {
	Line     *costing.Line
	From, To int          // users paid for without and with them, on the first day that costs more
	Days     int          // from that day to the renewal
	Amount   money.Amount // of all upgrades until then; unknown where no list tells
}

// RemoveFirst is how many of the product's review candidates to remove first
// so that the users cost least.
type RemoveFirst struct {
	Removals int
	Change   money.Amount // against Before; unknown when that is
}

// Simulate compares the bundle of a product in two costings, without and with
// the added users, which count from a day on.
func Simulate(before, after *costing.Bundle, site, product string, added int, on, asOf date.Date, currency money.Currency) *Simulation {
	s := &Simulation{Before: money.Zero(currency), After: money.Zero(currency), Currency: currency}
	for i, l := range before.Lines {
		a := after.Lines[i]
		out := SimulatedLine{Line: l, Before: l.AsIs, After: a.AsIs, Reason: l.Reason.Or(a.Reason), BeforeSteps: asIsSteps(l), AfterSteps: asIsSteps(a)}
		if !out.Reason.Given() && !l.Foreign {
			s.Before, s.After = s.Before.Add(l.AsIs), s.After.Add(a.AsIs)
		} else {
			s.Unknown++
			if l.Foreign && !out.Reason.Given() {
				out.Reason = diag.Why(diag.Currency, "priced in %s, and no rate is known", l.AsIs.Currency())
			}
		}
		s.Lines = append(s.Lines, out)
		s.cross(l, a, date.Max(on, l.Term.Start))
		s.run(l, a, on, asOf)
	}
	if len(s.Lines) > 0 && s.Unknown == len(s.Lines) {
		s.Before, s.After = money.Amount{}, money.Amount{} // not known, and not 0
	}
	s.removeFirst(after, site, product, added)
	return s
}

// Incomplete reports whether a line has no known cost and is in no sum.
func (s *Simulation) Incomplete() bool { return s.Unknown > 0 }

// asIsSteps returns the calculation of a line's as-is cost; nil where it is not
// known.
func asIsSteps(l *costing.Line) []pricing.Step {
	if l.Reason.Given() {
		return nil
	}
	return explain(l, costing.Choice{Cycle: l.Sub.Cycle})
}

// cross notes a line whose tier on a day of its coming term differs.
func (s *Simulation) cross(before, after *costing.Line, on date.Date) {
	if !before.UsersKnown || !on.Before(before.Term.End) {
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
		s.Crossings = append(s.Crossings, Crossing{Line: before, From: t1, To: t2, Step: before.BillAt(v, n2).Sub(before.BillAt(v, n1))})
	}
}

// run notes what the added users cost by upgrades before the renewal: where
// the users of the running term exceed what it pays for, less what the planned
// users would have cost without them.
func (s *Simulation) run(before, after *costing.Line, on, asOf date.Date) {
	if before.Sub.Cycle != pricing.Annual || !before.UsersKnown {
		return
	}
	r, paid, more := Running{Line: before}, before.Billed, before.Billed
	without := before.UpgradeAt(asOf, paid, paid, 0) // 0 in the currency of the line
	with := without
	for _, d := range runningDays(after.Bundle, on, asOf, before.Term.Start) {
		days := before.Term.Start.Sub(d)
		paid, without = upgrade(before, d, paid, days, without)
		more, with = upgrade(after, d, more, days, with)
		if r.Days == 0 && more > paid && (with != without || !with.Known()) {
			r.From, r.To, r.Days = paid, more, days
		}
	}
	r.Amount = with.Sub(without)
	if r.Days > 0 && (!r.Amount.Known() || r.Amount.Sign() > 0) {
		s.Running = append(s.Running, r)
	}
}

// runningDays returns the days before a renewal on which users change.
func runningDays(b *costing.Bundle, on, asOf, renewal date.Date) []date.Date {
	days := []date.Date{on}
	for _, p := range b.Products {
		for _, c := range p.Changes() {
			days = append(days, c.Date)
		}
	}
	slices.SortFunc(days, date.Date.Compare)
	return slices.DeleteFunc(slices.Compact(days), func(d date.Date) bool { return d.Before(asOf) || !d.Before(renewal) })
}

// upgrade raises a paid quantity to the users of a day, and a sum by what that
// costs.
func upgrade(l *costing.Line, d date.Date, paid, days int, sum money.Amount) (int, money.Amount) {
	users := l.UsersOn(d, nil)
	if users <= paid {
		return paid, sum
	}
	return users, sum.Add(l.UpgradeAt(d, paid, users, days))
}

// removeFirst finds the least cost over removing at most as many candidates as
// users are added, longest idle first, then the fewest.
func (s *Simulation) removeFirst(after *costing.Bundle, site, product string, added int) {
	if s.Held = after.Held(); s.Held != nil {
		return // whom to remove is not decided where the users are in doubt (METHOD 9.11)
	}
	i := after.Product(site, product)
	s.RemoveFirst.Change = s.After.Sub(s.Before)
	if i < 0 || added <= 0 {
		return
	}
	k := make([]int, len(after.Products))
	for n := 1; n <= min(added, len(after.Products[i].Candidates)); n++ {
		k[i] = n
		total := money.Zero(s.Currency)
		for at, l := range after.Lines {
			if !s.Lines[at].Reason.Given() {
				total = total.Add(l.Cost(costing.Choice{Cycle: l.Sub.Cycle, Removed: k}))
			}
		}
		if change := total.Sub(s.Before); change.Less(s.RemoveFirst.Change) {
			s.RemoveFirst = RemoveFirst{Removals: n, Change: change}
		}
	}
}
