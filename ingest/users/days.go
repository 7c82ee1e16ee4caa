package users

import (
	"slices"

	"tierline/audit/date"
	"tierline/audit/estate"
)

// sameWeek is how many days the evidence days of lists with a common column may
// lie apart and still be taken for one day: an export of many people is made in
// parts, and in one of them nobody may have worked on the last days.
const sameWeek = 7

// SameDay gives lists that are parts of one answer the newest of their days: they
// were asked for one after the other, and in one of them nobody may have worked
// lately.
func SameDay(lists []*List) {
	var newest *List
	for _, l := range lists {
		if newest == nil || l.day.After(newest.day) {
			newest = l
		}
	}
	for _, l := range lists {
		l.day, l.dayFrom = newest.day, newest.dayFrom
	}
}

// shareDays gives each list the newest of the days that lists with a column of
// it have within a week after its own (METHOD 1.19). Days are compared as the
// lists have them by themselves, so that a chain of weeks does not become one.
func (j *joiner) shareDays() {
	for i, l := range j.lists {
		for _, m := range j.lists {
			if !l.day.IsZero() && m.day.After(l.day) && m.day.Sub(l.day) <= sameWeek && len(sharedColumns(l, m)) > 0 {
				at := &j.estate.Lists[i]
				at.Day = date.Max(at.Day, m.day)
			}
		}
	}
	for i, l := range j.lists {
		l.day = j.estate.Lists[i].Day
	}
}

// days notes for which day the columns of a product speak: the oldest day of
// the lists that count its seats, and where lists differ the day of each
// account. When several lists say when an account used the product, it holds for
// the newest of them; where none does, there is no time to measure.
func (j *joiner) days(a *estate.Access, work []spreadWork) {
	var all []date.Date
	for _, w := range work {
		all = append(all, w.list.day)
		if (a.Roles != nil) == w.column.grants(a) {
			a.Lists = append(a.Lists, w.number)
		}
	}
	a.Lists = slices.Compact(a.Lists)
	a.Day = j.estate.Lists[a.Lists[0]].Day
	for _, i := range a.Lists {
		if d := j.estate.Lists[i].Day; d.Before(a.Day) { // not known is the oldest
			a.Day = d
		}
	}
	slices.SortFunc(all, date.Date.Compare)
	if all = slices.Compact(all); len(all) == 1 {
		return
	}
	a.Days, a.DayOf = all, touched[uint16](len(j.estate.Accounts))
	for _, w := range work {
		at, _ := slices.BinarySearchFunc(all, w.list.day, date.Date.Compare)
		for row, account := range w.owner[:len(w.column.seen)] {
			if !w.column.seen[row].IsUnknown() {
				a.DayOf[account] = max(a.DayOf[account], uint16(at))
			}
		}
	}
}
