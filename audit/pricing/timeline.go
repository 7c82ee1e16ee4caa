package pricing

import (
	"fmt"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Timeline is the price of one plan in one cycle over time (ruling R5): tables
// and announced changes in one order. A table starts on its valid_from; a
// percentage multiplies what was in force the day before it; a later table
// replaces the product of both; a table starting on the day of a percentage
// is the new price, and the percentage only tells how large the change is.
type Timeline struct {
	versions []Version   // by From; one without a table is a gap
	reason   diag.Reason // why there is no price at all
}

// At returns the price in force on a day, or why there is none.
func (t *Timeline) At(d date.Date) (*Version, diag.Reason) {
	if t.reason.Given() {
		return nil, t.reason
	}
	for i := len(t.versions) - 1; i >= 0; i-- {
		if v := &t.versions[i]; !v.From.After(d) {
			if v.table == nil {
				return nil, diag.Why(diag.NoPrice, "the price list ended on %s and no later one is known", v.From.AddDays(-1))
			}
			return v, diag.Reason{}
		}
	}
	return nil, diag.Why(diag.NoPrice, "no price list in force on %s; the first known one starts on %s", d, t.versions[0].From)
}

// Newest returns the version that starts last, for a question without a date.
func (t *Timeline) Newest() (*Version, diag.Reason) {
	for i := len(t.versions) - 1; i >= 0; i-- {
		if t.versions[i].table != nil {
			return &t.versions[i], diag.Reason{}
		}
	}
	return nil, t.reason
}

// Versions lists the versions that have a price, by their first day.
func (t *Timeline) Versions() []Version {
	return slices.DeleteFunc(slices.Clone(t.versions), func(v Version) bool { return v.table == nil })
}

// LastChange returns the latest price change with from < E <= until: the
// version it made and the one in force the day before. A version without a
// priced predecessor is no change.
func (t *Timeline) LastChange(from, until date.Date) (before, after *Version, ok bool) {
	for i := len(t.versions) - 1; i > 0; i-- {
		v, prev := &t.versions[i], &t.versions[i-1]
		switch {
		case v.From.After(until):
			continue
		case v.table == nil || prev.table == nil || !v.From.After(from):
			// The price in force has no predecessor: what held before a gap
			// is no price anybody could still quote.
			return nil, nil, false
		}
		return prev, v, true
	}
	return nil, nil, false
}

// timeliner builds timelines; a new_plan leads from one to another.
type timeliner struct {
	book   *Book
	factor int
	notes  *Notes
	open   []*plan // being built, to stop two plans that point at each other
	cut    bool    // a plan was stopped there: what was built on the way stands for this one question only
}

func (tl *timeliner) timeline(p *plan, cycle Cycle, derive bool) *Timeline {
	slot := &p.timelines[cycle][index(derive)]
	if *slot != nil {
		return *slot
	}
	tl.open = append(tl.open, p)
	t := tl.build(p, cycle, derive)
	tl.open = tl.open[:len(tl.open)-1]
	if asked := len(tl.open) == 0; asked || !tl.cut {
		*slot, tl.cut = t, tl.cut && !asked
	}
	return t
}

// listing is a table on the timeline: as written, or the annual list derived
// from a monthly one. Percentages count from since, the day the underlying
// price was set.
type listing struct {
	Version
	since, to date.Date
}

func (tl *timeliner) build(p *plan, cycle Cycle, derive bool) *Timeline {
	if p.refused[cycle].Given() {
		return &Timeline{reason: p.refused[cycle].After(fmt.Sprintf("plan %q (%s) has no %s price: ", p.key.name, p.key.hosting, cycle))}
	}
	lists, reason := tl.listings(p, cycle, derive)
	if reason.Given() && !slices.ContainsFunc(p.changes, func(c Change) bool { return c.NewPlan != "" }) {
		return &Timeline{reason: reason}
	}
	s := segment{tl: tl, plan: p, cycle: cycle, derive: derive, lists: lists}
	t := &Timeline{versions: s.versions()}
	for i := range t.versions {
		t.versions[i].compile()
	}
	if len(t.Versions()) == 0 {
		return &Timeline{reason: reason.Or(noList(p, cycle, derive))}
	}
	return t
}

// listings returns the tables of a plan's cycle, or why it has none.
func (tl *timeliner) listings(p *plan, cycle Cycle, derive bool) ([]listing, diag.Reason) {
	var out []listing
	for _, t := range p.tables[cycle] {
		out = append(out, listing{Version: tl.version(t, 0), since: t.ValidFrom, to: t.ValidTo})
	}
	if cycle == Annual {
		marks := p.marks
		if !p.annual && derive {
			marks = []*Table{{}} // always: no annual row stands against the rule
		}
		if len(marks) > 0 && p.refused[Monthly].Given() {
			return nil, p.refused[Monthly].After(fmt.Sprintf("plan %q (%s) has no monthly price to derive the annual one from: ", p.key.name, p.key.hosting))
		}
		for _, mark := range marks {
			out = append(out, tl.derived(p, mark)...)
		}
	}
	if len(out) == 0 {
		return nil, noList(p, cycle, derive)
	}
	slices.SortStableFunc(out, func(a, b listing) int { return a.From.Compare(b.From) })
	return out, diag.Reason{}
}

func (tl *timeliner) version(t *Table, annual int) Version {
	return Version{From: t.ValidFrom, Factor: money.Int(1), Source: t.Source, Origin: t.Origin, table: t, annual: annual}
}

// derived returns the annual lists that follow from the monthly tables while
// mark is valid. A monthly list that is not graduated gives none.
func (tl *timeliner) derived(p *plan, mark *Table) []listing {
	var out []listing
	for i, t := range p.tables[Monthly] {
		to := t.ValidTo
		if i+1 < len(p.tables[Monthly]) {
			to = earlier(to, p.tables[Monthly][i+1].ValidFrom.AddDays(-1))
		}
		to = earlier(to, mark.ValidTo)
		from := date.Max(t.ValidFrom, mark.ValidFrom)
		if t.Mode != Graduated || !to.IsZero() && to.Before(from) {
			continue
		}
		l := listing{Version: tl.version(t, tl.factor), since: t.ValidFrom, to: to}
		l.From = from
		out = append(out, l)
	}
	return out
}

func earlier(a, b date.Date) date.Date {
	switch {
	case a.IsZero():
		return b
	case b.IsZero():
		return a
	}
	return date.Min(a, b)
}

func noList(p *plan, cycle Cycle, derive bool) diag.Reason {
	what := fmt.Sprintf("plan %q (%s) has no %s price", p.key.name, p.key.hosting, cycle)
	switch {
	case cycle == Annual && !derive && len(p.tables[Monthly]) > 0:
		what += ", and a product's annual list is not derived from the monthly one; add its annual rows, or one row of mode from-monthly"
	case cycle == Annual && len(p.tables[Monthly]) > 0:
		what += ", and its monthly list is not graduated, so none can be derived"
	default:
		what += " in any price file"
	}
	return diag.Reason{Kind: diag.NoPrice, Text: what}
}

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
