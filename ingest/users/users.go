// Package users is the engine behind user lists: it reads the rows of any list
// of users by its layout, and joins the lists into accounts, access and evidence
// of an estate. It has one door: [Read] for each list, [Join] for all of them.
// What stands where in a list it is told (see package exports); on which site a
// list without one is, its caller says ([List.PlaceAt]); who is idle, or whether
// a count can be trusted, is judged far above it. ingest calls it.
//
// It is built for a list of a million accounts, which shall be in the estate
// before encoding/csv alone would have walked the file: BenchmarkReadUsers
// compares the two. That decides how it works:
//
//   - A list is read in several parts side by side (part), each with memory of
//     its own (room) and nothing shared, so that the outcome does not depend on
//     how many there are. Memory is made once, as much as there are lines.
//   - A row that is written as nearly all are is read by its filled cells alone
//     (usual): most cells of a list of many products are empty, and no text of
//     them is made. Any other row is read cell by cell (part).
//   - A row holds places in the text instead of strings (span), and each product
//     is an array beside the rows, so that nearly nothing of a list is a pointer
//     which the garbage collector would follow while the next part is written.
//   - Dates and ids are read eight letters at a time where they are written as
//     nearly all are (package cell). What only a whole column decides waits until
//     it is complete (dates).
//   - Rows of all lists are put in the order of their ids by eight letters of
//     each (letters, radix, order), so the rows of an account stand together: that
//     makes the accounts (accounts, after rows that name people by address only have
//     got the ids other lists have for them: addresses), finds older copies of a list
//     (copies, folded), and lets columns be laid over the accounts by position
//     (spread, beside), those of an only list without joining anything (alone).
package users

import (
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
)

// Read reads the rows of a recognised list of users by its layout. It accounts
// for every row of the sheet and remarks on what is wrong with it.
func Read(s *sheet.Sheet, l *Layout) *List {
	if l.Signal == "" {
		l.Signal = defaultSignal
	}
	r := reader{s, l}
	parts, room, ok := r.parts(r.cut())
	if !ok {
		parts, room, _ = r.parts([]*table.Sheet{s.Sheet})
	}
	for _, p := range parts {
		p.account(s)
	}
	r.decideDates(parts)
	list := r.merge(parts, room)
	r.remarkOnWords(parts)
	r.remarkOnRows(parts, list)
	return list
}

// Join makes one account of all rows that name it, over all lists, and spreads
// access, activity and evidence over the accounts sorted by id. The newest
// activity wins; a seat any row grants is counted, since the bill counts it. A
// list without a row that could be read says nothing: a download that failed
// does not say that nobody has access.
func Join(e *estate.Estate, lists []*List, diags *diag.List) {
	j := joiner{estate: e, diags: diags}
	var byAddress []*List
	for _, l := range lists {
		switch {
		case l.empty():
		case l.layout.ByAddress && !l.CountsSeats():
			byAddress = append(byAddress, l)
		default:
			j.lists = append(j.lists, l)
			e.Lists = append(e.Lists, l.facts())
		}
	}
	j.findAddresses()
	j.sort()
	j.dropOlder()
	j.accounts()
	j.groups()
	j.remarkOnRest()
	j.shareDays()
	j.spread()
	j.signals(byAddress)
}
