package audit

import (
	"errors"
	"fmt"

	"tierline/audit/money"
)

// Check is a figure that comes about in two ways. A run whose checks fail is
// not published.
type Check struct {
	What  string       `json:"what"`
	Left  money.Amount `json:"left"`
	Right money.Amount `json:"right"`
	Holds bool         `json:"holds"`
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
	c.sum("current + volume + price changes = as is", t.AsIs, t.Current, t.Volume, t.PriceChanges)
	c.sum("as is - hard saving - avoidance = recommended", t.Recommended, t.AsIs, t.HardSaving.Neg(), t.Avoidance.Neg())
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
func (c *checker) sum(what string, whole money.Amount, parts ...money.Amount) {
	total := c.zero
	for _, p := range parts {
		total = total.Add(p)
	}
	c.out = append(c.out, Check{What: what, Left: total, Right: whole, Holds: total == whole && whole.Known()})
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
	c.sum("subscriptions: current", t.Current, current...)
	c.sum("subscriptions: volume", t.Volume, volume...)
	c.sum("subscriptions: price changes", t.PriceChanges, changes...)
	c.sum("subscriptions: as is", t.AsIs, asIs...)
	c.sum("subscriptions: recommended", t.Recommended, recommended...)
	c.sum("subscriptions: hard saving", t.HardSaving, hard...)
	c.sum("subscriptions: avoidance", t.Avoidance, avoidance...)
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
		c.sum("actions: "+string(b.Step), b.Amount, worth...)
	}
	c.sum("bridge: as is + steps = recommended", r.Plan.Bridge[last].Amount, steps...)
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
		c.sum("sums by "+string(by)+": as is", r.Plan.Totals.AsIs, asIs[by]...)
		c.sum("sums by "+string(by)+": recommended", r.Plan.Totals.Recommended, recommended[by]...)
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
		c.sum("parts of "+a.ID, a.Amount, parts...)
	}
	t := &r.Plan.Totals
	c.sum("actions, each once = as is - recommended", t.AsIs.Sub(t.Recommended), worth...)
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
