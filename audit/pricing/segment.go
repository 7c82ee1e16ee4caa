package pricing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/money"
)

// segment builds the versions of one plan.
type segment struct {
	tl     *timeliner
	plan   *plan
	cycle  Cycle
	derive bool
	lists  []listing
}

// versions returns the price between every two days on which something
// happens. The end of a list that another one has replaced before is no
// change of price, and so no version.
func (s *segment) versions() []Version {
	var out []Version
	for _, d := range s.days() {
		v := s.at(d)
		v.From = d
		if len(out) > 0 && v.same(&out[len(out)-1]) && (v.table == nil || !s.changes(d)) {
			continue
		}
		out = append(out, v)
	}
	for len(out) > 0 && out[0].table == nil {
		out = out[1:]
	}
	return out
}

// changes reports whether a row announces a change for d.
func (s *segment) changes(d date.Date) bool {
	return slices.ContainsFunc(s.plan.changes, func(c Change) bool { return c.Effective == d })
}

// days returns every day on which the price may change, in order.
func (s *segment) days() []date.Date {
	var days []date.Date
	for _, l := range s.lists {
		days = append(days, l.From)
		if !l.to.IsZero() {
			days = append(days, l.to.AddDays(1))
		}
	}
	for _, c := range s.plan.changes {
		if s.effective(c) {
			days = append(days, c.Effective)
		}
		if t := s.successor(c); t != nil {
			for _, v := range t.versions {
				if v.From.After(c.Effective) {
					days = append(days, v.From)
				}
			}
		}
	}
	slices.SortFunc(days, date.Date.Compare)
	return slices.Compact(days)
}

// effective reports whether a change makes a version of its own: a table or a
// new plan that starts the same day makes the percentage mere information.
func (s *segment) effective(c Change) bool {
	return c.NewPlan != "" ||
		!slices.ContainsFunc(s.lists, func(l listing) bool { return l.From == c.Effective }) &&
			!slices.ContainsFunc(s.plan.changes, func(x Change) bool { return x.NewPlan != "" && x.Effective == c.Effective })
}

// successor returns the timeline of the plan a change leads to, nil when the
// change is a percentage or the plan cannot be followed.
func (s *segment) successor(c Change) *Timeline {
	if c.NewPlan == "" {
		return nil
	}
	next := s.tl.book.plans[planKey{c.NewPlan, s.plan.key.hosting}]
	if next == nil {
		return nil
	}
	if slices.Contains(s.tl.open, next) {
		s.tl.cut = true
		return nil
	}
	return s.tl.timeline(next, s.cycle, s.derive)
}

// at returns the price in force on d; a version without a table when there is
// none.
func (s *segment) at(d date.Date) Version {
	base, since := s.base(d)
	last := base
	for _, c := range s.plan.changes {
		switch {
		case c.Effective.After(d), !c.Effective.After(since) && !since.IsZero(), c.NewPlan == "" && !s.effective(c):
			continue
		case c.NewPlan != "":
			last = Version{}
			if t := s.successor(c); t != nil {
				if v, _ := t.At(d); v != nil {
					last = *v
				}
			}
		case last.table != nil:
			last.Factor = last.Factor.Mul(money.Int(1).Add(c.Percent))
		}
		if c.Effective == d || last.From.Before(c.Effective) {
			last.Source, last.Origin, last.Announced, last.OverrideDays = c.Source, c.Origin, c.Announced, c.OverrideDays
		}
	}
	s.informed(&last, d)
	return last
}

// informed takes announcement and override days from every row of that day,
// also where it is mere information beside a table or new plan that starts
// then.
func (s *segment) informed(v *Version, d date.Date) {
	for _, c := range s.plan.changes {
		if c.Effective == d && v.table != nil {
			if !c.Announced.IsZero() {
				v.Announced = c.Announced
			}
			if c.OverrideDays != nil {
				v.OverrideDays = c.OverrideDays
			}
		}
	}
}

// base returns the list in force on d before any change, and the day its
// price was set. A list past its end is no longer in force, unless a
// percentage takes effect the day after its end.
func (s *segment) base(d date.Date) (Version, date.Date) {
	for i := len(s.lists) - 1; i >= 0; i-- {
		l := s.lists[i]
		if l.From.After(d) {
			continue
		}
		if !l.to.IsZero() && d.After(l.to) && !s.lifted(l.to) {
			return Version{}, l.since
		}
		return l.Version, l.since
	}
	return Version{}, date.Date{}
}

func (s *segment) lifted(to date.Date) bool {
	return slices.ContainsFunc(s.plan.changes, func(c Change) bool {
		return c.NewPlan == "" && c.Effective == to.AddDays(1)
	})
}
