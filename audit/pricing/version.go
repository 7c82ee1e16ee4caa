package pricing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Version is the price in force from one day on: the schedule of a table, or of
// the annual list derived from a monthly table, with the announced percentages
// on top.
type Version struct {
	*Schedule

	From   date.Date   // first day; zero = always was
	Factor money.Exact // product of the percentages in force, such as 1.15

	// OverrideDays is how many days after From a quote keeps the price before
	// it, when a price_changes row of that day says so; nil = the policy's.
	OverrideDays *int
	// Announced is the day the change was announced, when a row says.
	Announced date.Date
	// Source is the row that made this version: the table's first, or the
	// price change's.
	Source diag.Source
	// Origin is the list's or announcement's own source text.
	Origin string

	table  *Table // nil: no price from then on
	annual int    // months an annual price costs when the list is derived; 0 = the table itself
}

// compile makes the pieces of the version, once it is known what it is made of.
func (v *Version) compile() {
	if v.table == nil {
		return
	}
	v.Schedule = v.table.schedule
	if v.annual > 0 {
		v.Schedule = v.Schedule.annually(v.annual)
	}
	v.Schedule = v.Schedule.raised(v.Factor)
}

// Range is a tier as a reader sees it: users From to To, both included.
type Range struct {
	From, To int // To = 0: no limit
}

// String returns "501-600", or "10,001 and more".
func (r Range) String() string { return rangeText(r.From, r.To) }

// Endless reports whether the tier has no top; that of nobody, 0-0, has one.
func (r Range) Endless() bool { return r.From > 0 && r.To == 0 }

func rangeText(from, to int) string {
	if to == 0 {
		return money.Count(from) + " and more"
	}
	return money.Count(from) + "-" + money.Count(to)
}

// same reports whether two versions give the same price, or both none.
func (v *Version) same(b *Version) bool {
	return v.table == b.table && (v.table == nil || v.annual == b.annual && v.Factor.Cmp(b.Factor) == 0)
}
