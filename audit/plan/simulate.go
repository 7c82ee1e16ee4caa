package plan

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Question is what an approver asks: what do Add users of a product on a site cost
// from a day on. Negative numbers are users leaving.
type Question struct {
	Site    string
	Product string
	Add     int
	On      date.Date
}

// Simulation answers the approver's question: what do more or fewer users of
// one product cost over the coming term, line by line (METHOD 17.2). Before and
// After are as-is costs: today's cycles, licensed tiers, no quote, no clean-up.
type Simulation struct {
	Product       *seats.Product // whose users are asked about: the collection that pays for them, where one does; nil where the bundle has none
	Before, After money.Amount   // of the lines with a known cost; unknown when there is none
	Currency      money.Currency
	Unknown       int // lines without a known cost, which are in no sum
	Lines         []SimulatedLine
	Crossings     []Crossing
	Running       []Running
	RemoveFirst   RemoveFirst

	RunningTerm money.Amount // of all lines until each renews; unknown when a part is
	Blocked     []Blocked    // products above their licence, or put above it
	State       State        // of the bundle: the least of its lines
	// Of users leaving: the change with licences renewed as they are, and with every
	// row at the cheaper of its licensed and its fitting tier.
	Kept, RightSized money.Amount

	Held []diag.Reason // why nobody can say whom to remove first: a number of users is in doubt
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
	Planned  bool         // it is crossed without the added users too
}

// Running is what the users cost on a line before it renews. It is not in Before
// and After: the approver pays it first.
type Running struct {
	Line     *costing.Line
	From, To int          // users paid for today, and at the most until then
	Days     int          // from the first day that costs more to the renewal
	Amount   money.Amount // less what planned users cost anyway; unknown where no list tells
	Due      money.Amount // the part that is due without the added users too: for users above the licence today
}

// Blocked is a product that has more users than its licence, or would have: nobody
// can be added on Cloud, and on Data Center it becomes read-only for everybody.
type Blocked struct {
	Line     *costing.Line
	Licensed int
	Users    int
	Upgrade  money.Amount // what the larger licence costs until the renewal
	Due      money.Amount // of that, what is due without the added users too
}

// Change returns what the users cost over the coming term on the lines with a known
// cost; unknown when there is none.
func (s *Simulation) Change() money.Amount { return s.After.Sub(s.Before) }

// Change returns what the users cost on the line over the coming term.
func (l *SimulatedLine) Change() money.Amount { return l.After.Sub(l.Before) }

// Together returns what the users cost until the end of the coming term; unknown
// when a part of it is.
func (s *Simulation) Together() money.Amount {
	if s.Unknown > 0 {
		return money.Amount{}
	}
	return s.RunningTerm.Add(s.Change())
}

// RemoveFirst is how many of the product's review candidates to remove first
// so that the users cost least.
type RemoveFirst struct {
	Removals int
	Change   money.Amount // against Before; unknown when that is
}

// Simulate compares the bundle of a product in two costings, without and with
// the added users.
func Simulate(before, after *costing.Bundle, q Question, asOf date.Date, currency money.Currency) *Simulation {
	s := &Simulation{Before: money.Zero(currency), After: money.Zero(currency), Currency: currency, RunningTerm: money.Zero(currency), State: stateOf(before)}
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
		s.cross(l, a, date.Max(q.On, l.Term.Start))
		s.crossed(l)
		s.run(l, a, q.On, asOf)
	}
	if len(s.Lines) > 0 && s.Unknown == len(s.Lines) {
		s.Before, s.After = money.Amount{}, money.Amount{} // not known, and not 0
	}
	if q.Add < 0 {
		s.removing(before, after)
	}
	if i := before.Product(q.Site, q.Product); i >= 0 {
		s.Product = before.Products[i]
	}
	s.removeFirst(after, q)
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

// run notes what the users cost before the renewal.
func (s *Simulation) run(before, after *costing.Line, on, asOf date.Date) {
	r, with, due := runningOf(before, after, on, asOf)
	if with == nil {
		return
	}
	s.RunningTerm = s.RunningTerm.Add(r.Amount)
	if r.Days > 0 && r.To > r.From && (!r.Amount.Known() || r.Amount.Sign() > 0) {
		s.Running = append(s.Running, r)
	}
	s.block(before, *with, *due)
}

// RunningOf returns what the users of a line cost until it renews, as they are
// planned today; unknown where nobody can tell (METHOD 17.2).
func RunningOf(l *costing.Line, asOf date.Date) money.Amount {
	r, with, _ := runningOf(l, l, asOf, asOf)
	if with == nil && l.UsersKnown {
		return l.AsIs.Sub(l.AsIs) // nothing
	}
	return r.Amount
}

// runningOf works out what the users cost before the renewal: all that exceeds what is
// licensed today, less what users planned without them would cost anyway. Users
// above the licence today are not planned: nobody has bought them. Nothing is worked
// out where no user costs anything, or nobody knows how many there are.
func runningOf(before, after *costing.Line, on, asOf date.Date) (r Running, with, due *costing.RunningTerm) {
	if !before.UsersKnown || before.ElsewhereCharged() || before.Sub.Basis == estate.Fixed {
		return Running{Line: before}, nil, nil
	}
	days := runningDays(after.Bundle, on, asOf)
	all := after.Running(before.Licensed, days)
	anyway := before.Running(before.Licensed, []date.Date{asOf})
	planned := before.Running(max(before.Licensed, before.Users), days)
	r = Running{Line: before, From: all.From, To: all.To, Days: all.Days, Due: anyway.Amount, Amount: all.Amount.Sub(planned.Amount)}
	if r.Amount.Sign() < 0 {
		r.Amount = r.Amount.Sub(r.Amount) // nothing is given back
	}
	return r, &all, &anyway
}

// block notes a product above its licence, or put above it.
func (s *Simulation) block(l *costing.Line, with, due costing.RunningTerm) {
	licence, stated := l.Licence()
	if !stated || licence.Open || !l.IsHost() || with.To <= licence.Covers {
		return
	}
	s.Blocked = append(s.Blocked, Blocked{Line: l, Licensed: licence.Stated, Users: with.To, Upgrade: with.Amount, Due: due.Amount})
}

// runningDays returns as-of and the days after it on which users change.
func runningDays(b *costing.Bundle, on, asOf date.Date) []date.Date {
	days := []date.Date{asOf, on}
	for _, p := range b.Products {
		for _, c := range p.Changes() {
			days = append(days, c.Date)
		}
	}
	slices.SortFunc(days, date.Date.Compare)
	return slices.Compact(days)
}

// crossed notes a tier that is crossed without the added users as well.
func (s *Simulation) crossed(l *costing.Line) {
	start := l.Term.Start
	if !l.UsersKnown || start.IsZero() || l.Sub.Cycle != pricing.Annual || l.ElsewhereCharged() {
		return
	}
	v, _ := l.Timeline(pricing.Annual).At(start)
	if v == nil {
		return
	}
	n := l.PaidOn(l.Term.End.AddDays(-1))
	from, ok1 := v.Tier(l.Licensed)
	to, ok2 := v.Tier(n)
	if ok1 && ok2 && from != to && n > l.Licensed {
		s.Crossings = append(s.Crossings, Crossing{Line: l, From: from, To: to, Step: l.BillAt(v, n).Sub(l.BillAt(v, l.Licensed)), Planned: true})
	}
}

// removing compares fewer users in two ways: with the licences renewed as they
// are, and with every row renewed at the cheaper of its licensed and its fitting
// tier, against today's users renewed so.
func (s *Simulation) removing(before, after *costing.Bundle) {
	s.Kept = s.Change()
	if s.Unknown > 0 {
		return
	}
	free := Freedom{RightSize: true}
	s.RightSized = Evaluate(after, nil, Keep, free, s.Currency).Total.Sub(Evaluate(before, nil, Keep, free, s.Currency).Total)
}

// removeFirst finds the least cost over removing at most as many candidates as
// users are added, longest idle first, then the fewest.
func (s *Simulation) removeFirst(after *costing.Bundle, q Question) {
	if s.Held = after.Held(); s.Held != nil {
		return // whom to remove is not decided where the users are in doubt (METHOD 9.11)
	}
	i := after.Product(q.Site, q.Product)
	s.RemoveFirst.Change = s.Change()
	if i < 0 || q.Add <= 0 {
		return
	}
	k := make([]int, len(after.Products))
	for n := 1; n <= min(q.Add, len(after.Products[i].Candidates)); n++ {
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
