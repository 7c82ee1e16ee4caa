// Package pricing holds price plans: their tables, their dated versions and
// announced changes on one timeline, and the exact evaluation and explanation
// of a list price. It knows no subscription, no discount and no rounding
// (costing turns list prices into bills) and ships no prices: all of them are
// read from files with a source. ingest builds the [Book]; costing, plan,
// rules and the price command ask it.
package pricing

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Row is one row of a price table as read: one tier of one version.
type Row struct {
	Plan      string // lower case
	Hosting   Hosting
	Cycle     Cycle
	Currency  money.Currency
	Mode      Mode
	UpTo      int // 0 = no limit
	Unit      money.Exact
	Flat      money.Exact
	HasUnit   bool
	HasFlat   bool
	ValidFrom date.Date
	ValidTo   date.Date
	Origin    string
	Source    diag.Source
	Cells     Cells
}

// Cells says in which columns of its source the cells of a row stand, counted
// from 1; 0 is not known. Rows that contradict each other are refused there.
type Cells struct {
	Currency, Mode, Unit, Flat, ValidFrom, ValidTo int
}

// cell returns the place of a cell, the row's own when its column is not known.
func cell(row diag.Source, column int) diag.Source {
	if column == 0 {
		return row
	}
	return row.At(column)
}

// Change is one announced price change.
type Change struct {
	Plan         string // lower case
	Hosting      Hosting
	AllHostings  bool // the row names no hosting: all of that plan (ruling R44)
	Announced    date.Date
	Effective    date.Date
	Percent      money.Exact // 0.15 for +15 %
	NewPlan      string      // instead of a percentage
	OverrideDays *int
	Origin       string
	Source       diag.Source
}

// RowRejected is why a plan has no price one of whose rows was rejected.
func RowRejected(at diag.Source) diag.Reason {
	return diag.Why(diag.PriceRefused, "a row of its price table was rejected").From(at)
}

// Refusal marks a plan's cycle one of whose rows could not be understood: it
// has no price at all, since its users would otherwise slide silently into
// another tier's price (ruling I6).
type Refusal struct {
	Plan    string
	Hosting Hosting
	Cycle   Cycle
	Reason  diag.Reason // with the row
}

// Book is every known price. The zero value knows none. It is immutable after
// NewBook and safe for concurrent use.
type Book struct {
	plans map[planKey]*plan
}

type planKey struct {
	name    string
	hosting Hosting
}

// plan is one name on one hosting.
type plan struct {
	key       planKey
	tables    [2][]*Table     // per cycle, by ValidFrom
	marks     []*Table        // annual rows of mode from-monthly
	annual    bool            // any annual row exists, understood or not
	changes   []Change        // by Effective
	refused   [2]diag.Reason  // why a cycle has no price, and the row that says so
	timelines [2][2]*Timeline // cycle, then whether an annual list may be derived
}

// Notes are what building a book had to say.
type Notes struct {
	Diagnostics diag.List
	// Repeated are rows that say again what another row says: they are
	// excluded, not used twice.
	Repeated []diag.Source
}

// NewBook orders rows and changes into plans, checks them and prepares every
// timeline. annualFactor is the policy's annual_factor.
func NewBook(rows []Row, changes []Change, refused []Refusal, annualFactor int) (*Book, Notes) {
	b := &Book{plans: map[planKey]*plan{}}
	var notes Notes
	b.addTables(rows, &notes)
	for _, r := range refused {
		p := b.plan(planKey{r.Plan, r.Hosting})
		p.refuse(r.Cycle, r.Reason)
		p.annual = p.annual || r.Cycle == Annual
	}
	for _, c := range changes {
		b.addChange(c)
	}
	t := timeliner{book: b, factor: annualFactor, notes: &notes}
	for _, key := range b.keys() {
		for _, cycle := range []Cycle{Monthly, Annual} {
			t.timeline(b.plans[key], cycle, false)
			t.timeline(b.plans[key], cycle, true)
		}
	}
	for _, key := range b.keys() {
		b.plans[key].lintGaps(&notes)
	}
	return b, notes
}

func (b *Book) keys() []planKey {
	return slices.SortedFunc(maps.Keys(b.plans), func(a, c planKey) int {
		return cmp.Or(cmp.Compare(a.name, c.name), cmp.Compare(a.hosting, c.hosting))
	})
}

func (b *Book) plan(key planKey) *plan {
	p := b.plans[key]
	if p == nil {
		p = &plan{key: key}
		b.plans[key] = p
	}
	return p
}

func (p *plan) refuse(c Cycle, reason diag.Reason) {
	p.refused[c] = p.refused[c].Or(reason)
}

// Has reports whether the book has heard of the plan on that hosting.
func (b *Book) Has(name string, h Hosting) bool {
	p := b.plans[planKey{name, h}]
	return p != nil && (len(p.tables[Monthly])+len(p.tables[Annual])+len(p.marks) > 0 || p.refused[Monthly].Given() || p.refused[Annual].Given())
}

// Names lists the plans of the book, each once, in order.
func (b *Book) Names() []string {
	var out []string
	for _, key := range b.keys() {
		if b.Has(key.name, key.hosting) {
			out = append(out, key.name)
		}
	}
	return slices.Compact(out)
}

// Changes returns the announced changes of a plan on a hosting, by date.
func (b *Book) Changes(name string, h Hosting) []Change {
	if p := b.plans[planKey{name, h}]; p != nil {
		return p.changes
	}
	return nil
}

// Timeline returns the price of a plan over time. With derive set, a plan
// without annual rows whose monthly list is graduated gets the annual list by
// rule: right for Marketplace apps, wrong for Atlassian's products, whose
// annual lists are rounded. The timeline is never nil; an unknown price says
// why when it is asked.
func (b *Book) Timeline(name string, h Hosting, c Cycle, derive bool) *Timeline {
	p := b.plans[planKey{name, h}]
	if p == nil {
		return &Timeline{reason: diag.Why(diag.NoPrice, "no price plan %q for %s in any price file", name, h)}
	}
	return p.timelines[c][index(derive)]
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// addTables groups rows into tables and checks each.
func (b *Book) addTables(rows []Row, notes *Notes) {
	type version struct {
		key      planKey
		cycle    Cycle
		from, to date.Date
		mark     bool
	}
	groups := map[version][]Row{}
	for _, r := range rows {
		v := version{planKey{r.Plan, r.Hosting}, r.Cycle, r.ValidFrom, r.ValidTo, r.Mode == FromMonthly}
		groups[v] = append(groups[v], r)
	}
	order := slices.SortedFunc(maps.Keys(groups), func(x, y version) int {
		return cmp.Or(cmp.Compare(x.key.name, y.key.name), cmp.Compare(x.key.hosting, y.key.hosting),
			cmp.Compare(x.cycle, y.cycle), x.from.Compare(y.from), x.to.Compare(y.to), cmp.Compare(index(x.mark), index(y.mark)))
	})
	for _, v := range order {
		p := b.plan(v.key)
		p.annual = p.annual || v.cycle == Annual
		t, problem := buildTable(groups[v], notes)
		if problem.Given() {
			p.contradict(v.cycle, problem, notes)
			continue
		}
		if v.mark {
			p.marks = append(p.marks, t)
		} else {
			lintTops(v.key, v.cycle, t, notes)
			p.tables[v.cycle] = append(p.tables[v.cycle], t)
		}
	}
	for _, key := range b.keys() {
		b.plans[key].checkVersions(notes)
	}
}

// buildTable turns the rows of one version into a table, or says why it has
// none.
func buildTable(rows []Row, notes *Notes) (*Table, diag.Reason) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(compareTop(a.UpTo, b.UpTo), a.Source.Compare(b.Source))
	})
	first := rows[0]
	t := Table{Mode: first.Mode, Currency: first.Currency, ValidFrom: first.ValidFrom, ValidTo: first.ValidTo,
		Origin: first.Origin, Source: first.Source, Cells: first.Cells}
	if !first.ValidTo.IsZero() && first.ValidTo.Before(first.ValidFrom) {
		return nil, refusal(cell(first.Source, first.Cells.ValidTo), "valid_to %s is before valid_from %s", first.ValidTo, first.ValidFrom)
	}
	for i, r := range rows {
		switch {
		case r.Currency != first.Currency:
			return nil, refusal(cell(r.Source, r.Cells.Currency), "two currencies in one plan, %s and %s", first.Currency, r.Currency)
		case r.Mode != first.Mode:
			return nil, refusal(cell(r.Source, r.Cells.Mode), "two modes in one version, %s and %s", first.Mode, r.Mode)
		case i > 0 && r.UpTo == rows[i-1].UpTo:
			if !sameTier(r, rows[i-1]) {
				return nil, refusal(cell(r.Source, differs(r, rows[i-1])), "two different prices for the tier %s", topText(r.UpTo))
			}
			notes.Repeated = append(notes.Repeated, r.Source)
			continue
		case r.Mode != FromMonthly && !r.HasUnit && !r.HasFlat:
			return nil, refusal(cell(r.Source, r.Cells.Unit), "the tier %s has neither unit_price nor flat_price", topText(r.UpTo))
		}
		t.Tiers = append(t.Tiers, Tier{Top: r.UpTo, Unit: r.Unit, Flat: r.Flat, HasFlat: r.HasFlat, Source: r.Source})
	}
	return newTable(t), diag.Reason{}
}

// refusal is why a plan has no price, and the cell that says so.
func refusal(at diag.Source, format string, args ...any) diag.Reason {
	return diag.Why(diag.PriceRefused, format, args...).From(at)
}

// compareTop orders tier tops with the open tier (0) last.
func compareTop(a, b int) int {
	return cmp.Or(cmp.Compare(index(a == 0), index(b == 0)), cmp.Compare(a, b))
}

func topText(top int) string {
	if top == 0 {
		return "without limit"
	}
	return fmt.Sprintf("up to %d", top)
}

func sameTier(a, b Row) bool {
	return a.HasFlat == b.HasFlat && a.Unit.Cmp(b.Unit) == 0 && a.Flat.Cmp(b.Flat) == 0
}

// differs returns the column of the price in which a row differs from another
// of the same tier.
func differs(r, other Row) int {
	if r.Unit.Cmp(other.Unit) != 0 {
		return r.Cells.Unit
	}
	return r.Cells.Flat
}

// checkVersions refuses what makes the versions of a plan contradict each
// other: two starting on one day, or two currencies.
func (p *plan) checkVersions(notes *Notes) {
	for _, cycle := range []Cycle{Monthly, Annual} {
		all := slices.Clone(p.tables[cycle])
		if cycle == Annual {
			all = append(all, p.marks...)
		}
		slices.SortStableFunc(all, func(a, b *Table) int {
			return cmp.Or(a.ValidFrom.Compare(b.ValidFrom), a.Source.Compare(b.Source))
		})
		for i := 1; i < len(all); i++ {
			if all[i].ValidFrom == all[i-1].ValidFrom {
				p.contradict(cycle, refusal(cell(all[i].Source, all[i].Cells.ValidFrom), "two versions start on the same day (%s)", fromText(all[i].ValidFrom)), notes)
			}
		}
		slices.SortStableFunc(p.tables[cycle], func(a, b *Table) int { return a.ValidFrom.Compare(b.ValidFrom) })
	}
	slices.SortStableFunc(p.marks, func(a, b *Table) int { return a.ValidFrom.Compare(b.ValidFrom) })
	p.checkCurrency(notes)
}

func (p *plan) checkCurrency(notes *Notes) {
	var first *Table
	for _, cycle := range []Cycle{Monthly, Annual} {
		all := p.tables[cycle]
		if cycle == Annual {
			all = slices.Concat(all, p.marks)
		}
		for _, t := range all {
			if first == nil {
				first = t
			}
			if t.Currency != first.Currency {
				problem := refusal(cell(t.Source, t.Cells.Currency), "two currencies in one plan, %s and %s", first.Currency, t.Currency)
				p.contradict(cycle, problem, notes)
				p.refuse(cycle.Other(), problem)
				return
			}
		}
	}
}

// contradict refuses a cycle's prices and says so.
func (p *plan) contradict(c Cycle, problem diag.Reason, notes *Notes) {
	p.refuse(c, problem)
	notes.Diagnostics.Add(diag.Incomplete, problem.At, fmt.Sprintf("plan %q (%s, %s): %s", p.key.name, p.key.hosting, c, problem),
		"the plan has no price until this is corrected")
}

func fromText(d date.Date) string {
	if d.IsZero() {
		return "valid_from blank"
	}
	return d.String()
}

// addChange files a price change under the plans it names.
//
// A contract price without a list still rises by the percentage (ruling R13),
// so a change is kept for a plan no price file lists. Whether anybody pays by
// that plan is not known here: ingest remarks on changes that match nothing.
func (b *Book) addChange(c Change) {
	hostings := []Hosting{c.Hosting}
	if c.AllHostings {
		hostings = []Hosting{Cloud, DataCenter}
	}
	for _, h := range hostings {
		if !b.Has(c.Plan, h) && c.AllHostings && b.Has(c.Plan, 1-h) {
			continue
		}
		p := b.plan(planKey{c.Plan, h})
		p.changes = append(p.changes, c)
		slices.SortStableFunc(p.changes, func(x, y Change) int {
			return cmp.Or(x.Effective.Compare(y.Effective), x.Source.Compare(y.Source))
		})
	}
}
