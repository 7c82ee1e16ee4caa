package users

import (
	"fmt"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// dateSpan finds the newest of some dates: of all of them, and of those that
// are not after as-of. A date after as-of cannot be the day of an export that is
// audited as of then.
type dateSpan struct {
	asOf   date.Date // without one, no date is too late
	newest date.Date // not after as-of
	latest date.Date // whatever it is

	ambiguous bool // a date can be read as day/month or month/day
}

func (s *dateSpan) add(d date.Date) {
	s.latest = date.Max(s.latest, d)
	if s.asOf.IsZero() || !d.After(s.asOf) {
		s.newest = date.Max(s.newest, d)
	}
}

// join adds the dates of some columns.
func (s *dateSpan) join(columns []dateColumn) {
	for i := range columns {
		s.newest = date.Max(s.newest, columns[i].span.newest)
		s.latest = date.Max(s.latest, columns[i].span.latest)
		s.ambiguous = s.ambiguous || columns[i].span.ambiguous
	}
}

// date finds the evidence day of the list (METHOD 1.19) before other lists are
// looked at.
func (r *reader) date(l *List, parts []*part) {
	var use, other dateSpan
	says := false
	for _, p := range parts {
		for _, columns := range p.dates {
			says = says || len(columns) > 0
			use.join(columns)
		}
		for _, columns := range p.signals {
			says = says || len(columns) > 0
			use.join(columns)
		}
		other.join([]dateColumn{p.added})
	}
	l.latest = date.Max(use.latest, other.latest)
	switch stated := r.Mapping.ExportedOn; {
	case !stated.IsZero():
		l.day, l.dayFrom = stated, estate.Stated
		r.remarkOnLater(stated, use)
	case !use.newest.IsZero():
		l.day, l.dayFrom = use.newest, estate.NewestUse
	case !says && !other.newest.IsZero():
		l.day, l.dayFrom = other.newest, estate.NewestDate
	default:
		l.ambiguous = use.ambiguous || !says && other.ambiguous
	}
}

// remarkOnLater remarks on dates of use after the day on which audit.yaml says
// that the list was exported.
func (r *reader) remarkOnLater(stated date.Date, use dateSpan) {
	if use.newest.After(stated) {
		r.Diags.Add(diag.Warning, r.At(0, 0), fmt.Sprintf("exported_on says %s, but people used products until %s", stated, use.newest),
			"correct exported_on in audit.yaml")
	}
}
