package audit

import (
	"cmp"
	"slices"

	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

// What of a result follows from other figures that stand beside it, so that a
// report can say how.

// IsProduct reports whether the amount of a step is its seats times its unit
// price and nothing else.
func (s *Step) IsProduct() bool {
	return s.Unit != nil && s.Unit.MulInt(s.Seats).Cmp(s.Amount) == 0
}

// MadeBy reports whether steps add up to an amount exactly, without a rounding
// between them.
func MadeBy(steps []Step, amount money.Amount) bool {
	sum := money.Exact{}
	for i := range steps {
		sum = sum.Add(steps[i].Amount)
	}
	return len(steps) > 0 && amount.Known() && sum.Cmp(amount.Exact()) == 0
}

// AsIsByParts reports whether what a line costs as is consists of the current
// cost, the volume and the price changes, all known.
func (l *Line) AsIsByParts() bool {
	return l.AsIs.Known() && l.Current.Add(l.Volume).Add(l.PriceChanges) == l.AsIs
}

// Stage is what a line costs up to a step of the bridge.
type Stage struct {
	Step plan.Step
	Cost money.Amount
}

// Stages are the costs of a line along the bridge, from as is to recommended.
func (l *Line) Stages() []Stage {
	return []Stage{{plan.StepAsIs, l.AsIs}, {plan.StepRightSize, l.AfterRightSize}, {plan.StepCleanUp, l.AfterCleanUp}, {plan.StepCycle, l.AfterCycle},
		{plan.StepMultiInstance, l.BeforeQuotes}, {plan.StepQuotes, l.Recommended}}
}

// HardSavingIsToQuotes reports whether the hard saving of a line is what it costs less
// before any quote.
func (l *Line) HardSavingIsToQuotes() bool {
	return l.HardSaving.Known() && l.AsIs.Sub(l.BeforeQuotes) == l.HardSaving
}

// AvoidanceIsByQuotes reports whether the avoidance of a line is what the quotes lower.
func (l *Line) AvoidanceIsByQuotes() bool {
	return l.Avoidance.Known() && l.BeforeQuotes.Sub(l.Recommended) == l.Avoidance
}

// UpTo adds the bridge up from as is to a step, unknown where it has none.
func (p *Plan) UpTo(last plan.Step) money.Amount {
	var sum money.Amount
	for i, b := range p.Bridge {
		if i == 0 {
			sum = b.Amount
		} else {
			sum = sum.Add(b.Amount)
		}
		if b.Step == last {
			return sum
		}
	}
	return money.Amount{}
}

// UnusedInTier reports whether the seats paid for and not used are those up to the
// top of the tier the line is billed in.
func (p *LinePosition) UnusedInTier() bool {
	return p.Tier.To != nil && p.UnusedSeats == *p.Tier.To-p.Users
}

// UnusedIsShare reports whether the unused capacity is the bill by the part of the
// tier that is not used.
func (p *LinePosition) UnusedIsShare() bool {
	if !p.UnusedInTier() || !p.Unused.Known() || !p.Bill.Known() {
		return false
	}
	share := p.Bill.Exact().MulInt(p.UnusedSeats).Div(money.Int(int64(*p.Tier.To)))
	return share.Round(p.Bill.Currency(), money.HalfUp) == p.Unused
}

// StepsUp reports whether a step is what one user above the tier adds to the bill of
// its top; StepsDown whether it is what the first user adds to the bill below.
func (t *TierBills) StepsUp(step money.Amount) bool {
	return step.Known() && t.Above.Sub(t.Top) == step
}

// StepsDown is described with StepsUp.
func (t *TierBills) StepsDown(step money.Amount) bool {
	return step.Known() && t.First.Sub(t.Below) == step
}

// Unremoved is what the bundle costs where nobody is removed: then the saving is the
// difference.
func (g *RemovalRung) Unremoved() money.Amount { return g.Cost.Add(g.Saving) }

// Difference is what annual billing of a bundle costs more than monthly billing.
func (c *CycleComparison) Difference() money.Amount { return c.Annual.Sub(c.Monthly) }

// KeepIsOf reports whether what a bundle costs as it is billed today is the amount of
// that cycle.
func (c *CycleComparison) KeepIsOf(cycle Billed, amount money.Amount) bool {
	return c.Current == cycle && amount.Known() && c.Keep == amount
}

// NearestBreakEven returns the number of users nearest to those of the plan from which
// on annual billing is no dearer; nil where there is none.
func (c *CycleComparison) NearestBreakEven() *int {
	if c.Curve == nil || len(c.Curve.BreakEven) == 0 {
		return nil
	}
	off := func(n int) int { return max(n-c.Curve.Users, c.Curve.Users-n) }
	nearest := slices.MinFunc(c.Curve.BreakEven, func(a, b int) int { return cmp.Compare(off(a), off(b)) })
	return &nearest
}

// SeparateIsSum reports whether the sites of a combination with their quotes cost what
// its lines are recommended for.
func (c *Combination) SeparateIsSum(line func(id string) *Line) bool {
	return !c.Adopted && c.sumIs(c.Separate, line, recommended)
}

// ApartIsSum reports whether each site for itself, without quotes, costs what its lines
// do before anything is paid for once.
func (c *Combination) ApartIsSum(line func(id string) *Line) bool {
	return c.sumIs(c.Apart, line, func(l *Line) money.Amount { return l.AfterCycle })
}

// recommended is what a line is recommended for.
func recommended(l *Line) money.Amount { return l.Recommended }

// CombinedIsRest reports whether the one subscription costs what the lines of an adopted
// combination are recommended for, less what is prepaid.
func (c *Combination) CombinedIsRest(line func(id string) *Line) bool {
	return c.Adopted && c.sumIs(c.Combined.Add(c.Prepaid), line, recommended)
}

func (c *Combination) sumIs(total money.Amount, line func(id string) *Line, cost func(*Line) money.Amount) bool {
	var all []money.Amount
	for _, id := range c.Lines {
		if line(id) == nil {
			return false
		}
		all = append(all, cost(line(id)))
	}
	return total.Known() && addedUp(all) == total
}

// PrepaidDays returns the lines that are paid for already when a combination starts,
// for how many days each; false where their annual bills do not make what is prepaid.
func (c *Combination) PrepaidDays(line func(id string) *Line) (days map[string]int, is bool) {
	days = map[string]int{}
	sum := money.Zero(c.Prepaid.Currency())
	for _, id := range c.Lines {
		l := line(id)
		if l == nil || c.Starts.IsZero() || l.Renewal.IsZero() {
			return nil, false
		}
		if n := l.Renewal.Sub(c.Starts); n > 0 && l.Cycle == pricing.Annual {
			days[id] = n
			part := l.Current.Exact().Mul(money.Ratio(int64(n), 365))
			sum = sum.Add(part.Round(l.Current.Currency(), money.HalfUp))
		}
	}
	return days, len(days) > 0 && sum.Known() && sum == c.Prepaid
}

// IsOfBills reports whether the percentage of a change is that of its two bills.
func (c *PriceChange) IsOfBills() bool {
	if c.Change == nil || !c.New.Known() || !c.Old.Known() || c.Old.Currency() != c.New.Currency() || c.Old.Sign() == 0 {
		return false
	}
	return PercentOf(c.New.Sub(c.Old).Exact().Div(c.Old.Exact())) == *c.Change
}

// BillsAYear returns how many times the two bills of a change differ by what it adds
// to a whole term: 12 or 1; 0 where it adds something else.
func (c *PriceChange) BillsAYear() int {
	if !c.New.Known() || !c.Old.Known() || c.Old.Currency() != c.New.Currency() {
		return 0
	}
	for _, n := range []int{1, 12} {
		if c.New.Sub(c.Old).Times(n) == c.NextTerm {
			return n
		}
	}
	return 0
}

// BillsOf returns how many times the old bill is what a line costs today: 12 or 1; 0
// where it is something else.
func (c *PriceChange) BillsOf(l *Line) int {
	if !c.Old.Known() || !l.Current.Known() {
		return 0
	}
	for _, n := range []int{1, 12} {
		if c.Old.Times(n) == l.Current {
			return n
		}
	}
	return 0
}

// AddsBills reports whether a change adds to the coming term the difference of its two
// bills so many times.
func (c *PriceChange) AddsBills(n int) bool {
	return c.New.Known() && c.Old.Known() && c.Old.Currency() == c.New.Currency() && c.New.Sub(c.Old).Times(n) == c.ThisTerm
}

// CostAfter adds up what lines cost after a step of the bridge; nothing of none.
func CostAfter(step plan.Step, lines []*Line) money.Amount {
	var all []money.Amount
	for _, l := range lines {
		for _, s := range l.Stages() {
			if s.Step == step {
				all = append(all, s.Cost)
			}
		}
	}
	return addedUp(all)
}

// SavedIn adds up what lines cost less after a step of the bridge than before it;
// nothing of none.
func SavedIn(step plan.Step, lines []*Line) money.Amount {
	var all []money.Amount
	for _, l := range lines {
		stages := l.Stages()
		if i := slices.IndexFunc(stages, func(s Stage) bool { return s.Step == step }); i > 0 {
			all = append(all, stages[i-1].Cost.Sub(stages[i].Cost))
		}
	}
	return addedUp(all)
}

// AddedByChanges adds up what the price changes of each line add to the coming term, by
// its id.
func (r *Result) AddedByChanges() map[string]money.Amount {
	out := map[string]money.Amount{}
	for i := range r.Changes {
		addTo(out, r.Changes[i].Line, r.Changes[i].ThisTerm)
	}
	return out
}

// PerUserIsShare and PerActiveIsShare report whether an amount of an app is what it
// costs as is, for one of those it is divided by.
func (a *App) PerUserIsShare() bool { return a.Users != nil && sharedBy(a.AsIs, *a.Users, a.PerUser) }

// PerActiveIsShare is the same for who uses the app.
func (a *App) PerActiveIsShare() bool {
	return a.Active != nil && sharedBy(a.AsIs, *a.Active, a.PerActive)
}

// IdleIsShare reports whether so many people to review are the idle part of the users of
// the product.
func (a *App) IdleIsShare(review int) bool {
	return a.Idle != nil && a.HostUsers != nil && *a.HostUsers > 0 && PercentOf(money.Ratio(int64(review), int64(*a.HostUsers))) == *a.Idle
}

func sharedBy(whole money.Amount, n int, part money.Amount) bool {
	return part.Known() && shared(whole, n) == part
}

// Rises reports how many times a bill has risen by a part of it to come to another
// amount; false where it is no such bill.
func (b *CashBill) Rises(part money.Exact, to money.Amount) (times int, is bool) {
	if !b.Amount.Known() || !to.Known() {
		return 0, false
	}
	risen := b.Amount.Exact()
	for times := range 3 {
		if risen.Round(b.Amount.Currency(), money.HalfUp) == to {
			return times, true
		}
		risen = risen.Mul(money.Int(1).Add(part))
	}
	return 0, false
}

// GrownTerm adds up what the bills of the coming term come to as is with the first
// growth (0) or the second (1).
func (c *Cash) GrownTerm(growth int) money.Amount {
	var sum money.Amount
	for i := range c.Bills {
		b := &c.Bills[i]
		if b.Way != BilledAsIs || b.Term != 1 {
			continue
		}
		grown := [...]money.Amount{b.Growth1, b.Growth2}[growth]
		if sum.Known() {
			grown = sum.Add(grown)
		}
		sum = grown
	}
	return sum
}
