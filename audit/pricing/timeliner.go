package pricing

import (
	"fmt"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

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
