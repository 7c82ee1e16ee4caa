package pricing

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
)

// Timeline is the price of one plan in one cycle over time (METHOD 2.8): tables
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
