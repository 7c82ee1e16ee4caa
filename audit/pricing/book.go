// Package pricing holds price plans: their tables, their dated versions and
// announced changes on one [Timeline]. Each [Version] is compiled once into a
// [Schedule] of pieces, which price, tier, explanation and unused capacity
// read; a [Reckoning] leads from there to a bill and writes down each step.
//
// It knows no subscription and decides on no discount, factor or rounding
// (costing does), and ships no prices: all of them are read from files with a
// source. ingest builds the [Book]; costing, plan, rules and the price command
// ask it.
package pricing

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tierline/audit/config"
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
	From      int // first user the row is for; 0 = not stated
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
	AllHostings  bool // the row names no hosting: all of that plan (METHOD 2.9)
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
// another tier's price (METHOD 2.7).
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
		return &Timeline{reason: b.unlisted(name, h)}
	}
	return p.timelines[c][index(derive)]
}

// unlisted says that no price file has a plan, and which plan somebody may have
// meant by its name.
func (b *Book) unlisted(name string, h Hosting) diag.Reason {
	var known []string
	for _, key := range b.keys() {
		if key.hosting == h && b.Has(key.name, h) {
			known = append(known, key.name)
		}
	}
	if len(b.keys()) == 0 {
		return diag.Why(diag.NoPrice, "there is no price at all; tierline init DIR writes an empty table of prices to fill in")
	}
	hint := ""
	if near, ok := nearest(name, known); ok {
		hint = fmt.Sprintf("; the nearest is %q", near)
	}
	return diag.Why(diag.NoPrice, "no price plan %q for %s in any price file%s", name, h, hint)
}

// nearest finds the name that is spelt nearly so, else the shortest that says
// the same and an edition more, or less: jira-standard for jira.
func nearest(name string, known []string) (string, bool) {
	if near, ok := config.Nearest(name, known); ok {
		return near, true
	}
	best := ""
	for _, k := range known {
		if (strings.HasPrefix(k, name+"-") || strings.HasPrefix(name, k+"-")) && (best == "" || len(k) < len(best)) {
			best = k
		}
	}
	return best, best != ""
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// addChange files a price change under the plans it names.
//
// A contract price without a list still rises by the percentage (METHOD 2.14),
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
