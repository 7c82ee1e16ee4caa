package audit

import (
	"errors"
	"fmt"

	"tierline/audit/money"
	"tierline/audit/plan"
)

// Check is a figure that comes about in two ways. A run whose checks fail is
// not published.
type Check struct {
	What  string       `json:"what"`
	Left  money.Amount `json:"left"`
	Right money.Amount `json:"right"`
	Holds bool         `json:"holds"`

	// Of says what is compared, for those who show the same figures in cells. It is
	// no part of a written result.
	Of CheckedFigure `json:"-"`
}

// CheckKind says which figures a check compares.
type CheckKind uint8

// The kinds of checks.
const (
	CheckLines       CheckKind = iota + 1 // a column of the lines, with its total
	CheckAsIs                             // as is, with its three parts
	CheckRecommended                      // recommended, with as is less both savings
	CheckStep                             // what actions are worth in a step of the bridge, with the step
	CheckBridge                           // the end of the bridge, with all before it
	CheckGroups                           // a column of the sums by one grouping, with its total
	CheckParts                            // the parts of an action, with what it is worth
	CheckActions                          // every action once, with what the plan saves
)

// CheckedFigure is what a check compares.
type CheckedFigure struct {
	Kind   CheckKind
	Column string    // of CheckLines and CheckGroups: the key of the amount in the lines of the result
	Step   plan.Step // of CheckStep
	By     Grouping  // of CheckGroups
	Action string    // of CheckParts: its id
}

// check computes the figures that come about in two ways, from the result as
// it will be written.
func (r *Result) check() []Check {
	c := checker{zero: money.Zero(r.Run.Currency)}
	t := &r.Plan.Totals
	if !t.AsIs.Known() {
		return []Check{} // no currency is known, so there is no total to check
	}
	c.lines(r)
	c.sum(CheckedFigure{Kind: CheckAsIs}, "current + volume + price changes = as is", t.AsIs, t.Current, t.Volume, t.PriceChanges)
	c.sum(CheckedFigure{Kind: CheckRecommended}, "as is - hard saving - avoidance = recommended", t.Recommended, t.AsIs, t.HardSaving.Neg(), t.Avoidance.Neg())
	c.bridge(r)
	c.groups(r)
	c.counted(r)
	return c.out
}

type checker struct {
	zero money.Amount
	out  []Check
}

// sum checks that parts add up to a whole.
func (c *checker) sum(of CheckedFigure, what string, whole money.Amount, parts ...money.Amount) {
	total := c.zero
	for _, p := range parts {
		total = total.Add(p)
	}
	c.out = append(c.out, Check{What: what, Left: total, Right: whole, Holds: total == whole && whole.Known(), Of: of})
}

// lines checks every total against the lines.
func (c *checker) lines(r *Result) {
	var current, volume, changes, asIs, recommended, hard, avoidance []money.Amount
	for i := range r.Lines {
		if l := &r.Lines[i]; l.Counted {
			current, volume, changes = append(current, l.Current), append(volume, l.Volume), append(changes, l.PriceChanges)
			asIs, recommended = append(asIs, l.AsIs), append(recommended, l.Recommended)
			hard, avoidance = append(hard, l.HardSaving), append(avoidance, l.Avoidance)
		}
	}
	t := &r.Plan.Totals
	c.sum(CheckedFigure{Kind: CheckLines, Column: "current"}, "subscriptions: current", t.Current, current...)
	c.sum(CheckedFigure{Kind: CheckLines, Column: "volume"}, "subscriptions: volume", t.Volume, volume...)
	c.sum(CheckedFigure{Kind: CheckLines, Column: "price_changes"}, "subscriptions: price changes", t.PriceChanges, changes...)
	c.sum(CheckedFigure{Kind: CheckLines, Column: "as_is"}, "subscriptions: as is", t.AsIs, asIs...)
	c.sum(CheckedFigure{Kind: CheckLines, Column: "recommended"}, "subscriptions: recommended", t.Recommended, recommended...)
	c.sum(CheckedFigure{Kind: CheckLines, Column: "hard_saving"}, "subscriptions: hard saving", t.HardSaving, hard...)
	c.sum(CheckedFigure{Kind: CheckLines, Column: "avoidance"}, "subscriptions: avoidance", t.Avoidance, avoidance...)
}

// bridge checks that the steps lead from one end to the other, and that what the
// actions are worth in each step adds up to it.
func (c *checker) bridge(r *Result) {
	var steps []money.Amount
	last := len(r.Plan.Bridge) - 1
	for i, b := range r.Plan.Bridge {
		if i < last {
			steps = append(steps, b.Amount)
		}
		if i == 0 || i == last {
			continue
		}
		var worth []money.Amount
		for j := range r.Plan.Actions {
			for _, part := range r.Plan.Actions[j].Parts {
				if part.Step == b.Step {
					worth = append(worth, part.Amount.Neg())
				}
			}
		}
		c.sum(CheckedFigure{Kind: CheckStep, Step: b.Step}, "actions: "+string(b.Step), b.Amount, worth...)
	}
	c.sum(CheckedFigure{Kind: CheckBridge}, "bridge: as is + steps = recommended", r.Plan.Bridge[last].Amount, steps...)
}

// groups checks that each way of grouping holds every line once.
func (c *checker) groups(r *Result) {
	asIs, recommended := map[Grouping][]money.Amount{}, map[Grouping][]money.Amount{}
	var ways []Grouping
	for _, s := range r.Sums {
		if len(asIs[s.By]) == 0 {
			ways = append(ways, s.By)
		}
		asIs[s.By], recommended[s.By] = append(asIs[s.By], s.AsIs), append(recommended[s.By], s.Recommended)
	}
	for _, by := range ways {
		c.sum(CheckedFigure{Kind: CheckGroups, Column: "as_is", By: by}, "sums by "+string(by)+": as is", r.Plan.Totals.AsIs, asIs[by]...)
		c.sum(CheckedFigure{Kind: CheckGroups, Column: "recommended", By: by}, "sums by "+string(by)+": recommended", r.Plan.Totals.Recommended, recommended[by]...)
	}
}

// counted checks that nothing is counted twice: findings point to actions and
// add up to nothing of their own, so the actions, each taken once however many
// findings point to it, are worth what the plan saves.
func (c *checker) counted(r *Result) {
	var worth []money.Amount
	for i := range r.Plan.Actions {
		a := &r.Plan.Actions[i]
		worth = append(worth, a.Amount)
		var parts []money.Amount
		for _, p := range a.Parts {
			parts = append(parts, p.Amount)
		}
		c.sum(CheckedFigure{Kind: CheckParts, Action: a.ID}, "parts of "+a.ID, a.Amount, parts...)
	}
	t := &r.Plan.Totals
	c.sum(CheckedFigure{Kind: CheckActions}, "actions, each once = as is - recommended", t.AsIs.Sub(t.Recommended), worth...)
}

// failed returns the checks that do not hold as one error, nil when all do.
func failed(checks []Check) error {
	var out []error
	for _, c := range checks {
		if !c.Holds {
			out = append(out, fmt.Errorf("check %q: %s is not %s", c.What, c.Left, c.Right))
		}
	}
	return errors.Join(out...)
}
