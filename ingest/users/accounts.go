package users

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/sheet"
)

// joiner joins lists into the accounts of an estate.
type joiner struct {
	estate *estate.Estate
	diags  *diag.List
	lists  []*List
	order  order
	owner  [][]int32 // list, row -> account; nil where nobody asks, see ownerless

	contradictions map[diag.Source]int // by list; see sheet.ShownRows
}

// run is the rows of one account in the order of all rows.
type run struct {
	account  int32
	from, to int
}

// accounts makes an account of every run of rows with one id, those of a
// single row, nearly all of them, side by side.
func (j *joiner) accounts() {
	total, half, ids := len(j.order.numbers), j.order.half, j.order.ids
	j.estate.Accounts = accountsRoom(ids[0] + ids[1])
	j.owner = make([][]int32, len(j.lists))
	if !j.ownerless() {
		for i, l := range j.lists {
			j.owner[i] = make([]int32, len(l.rows))
		}
	}
	var several [2][]run
	sideBySide(total, func() { several[0] = j.openRuns(0, half, 0) }, func() { several[1] = j.openRuns(half, total, int32(ids[0])) })
	var rows []rowRef
	for _, r := range slices.Concat(several[0], several[1]) {
		rows = j.order.refs(rows[:0], r.from, r.to)
		j.account(r.account, rows)
	}
}

// openRuns makes the accounts of single rows among some rows, of which the
// first account has the number n, and returns the runs of several.
func (j *joiner) openRuns(from, to int, n int32) (several []run) {
	var rows batch
	for ; from < to; n++ {
		end := j.end(j.order.numbers, from)
		if end == from+1 {
			rows.add(j, n, j.order.ref(j.order.numbers[from]))
		} else {
			several = append(several, run{n, from, end})
		}
		from = end
	}
	rows.open(j)
	return several
}

// batch is rows that accounts are made of. The rows of neighbouring accounts
// lie far apart, and fetching several at once, with nothing else between them,
// hides most of the time memory takes to answer.
type batch struct {
	n        int
	accounts [32]int32
	refs     [32]rowRef
	rows     [32]*listRow
	fetched  uint32 // of what they hold, so that it is not left out
}

func (b *batch) add(j *joiner, account int32, ref rowRef) {
	if b.n == len(b.refs) {
		b.open(j)
	}
	b.accounts[b.n], b.refs[b.n] = account, ref
	b.n++
}

// open fetches the rows and makes an account of each.
func (b *batch) open(j *joiner) {
	for i, ref := range b.refs[:b.n] {
		u := j.row(ref)
		b.rows[i] = u
		b.fetched += u.id.at + u.line
	}
	for i := range b.n {
		j.open(b.accounts[i], b.refs[i], b.rows[i])
	}
	b.n = 0
}

// open makes an account of a row.
func (j *joiner) open(index int32, ref rowRef, u *listRow) *estate.Account {
	a := &j.estate.Accounts[index]
	j.lists[ref.list].account(a, u, ref.list)
	if owner := j.owner[ref.list]; owner != nil {
		owner[ref.row] = index
	}
	return a
}

// account makes one account of several rows.
func (j *joiner) account(index int32, rows []rowRef) {
	lead := rows[j.lead(rows)]
	a := j.open(index, lead, j.row(lead))
	for rest := rows; len(rest) > 0; {
		n := ofOneList(rest)
		j.sameList(rest[:n])
		rest = rest[n:]
	}
	for _, ref := range rows {
		if ref == lead {
			continue
		}
		j.owner[ref.list][ref.row] = index
		j.lists[ref.list].in.Joined++
		u := j.row(ref)
		a.Name, a.Email = cmp.Or(a.Name, j.lists[ref.list].spans.get(u.name)), cmp.Or(a.Email, j.lists[ref.list].spans.get(u.email))
		if a.Added.IsZero() || !u.added.IsZero() && u.added.Before(a.Added) {
			a.Added = u.added
		}
		a.App, a.Nonbillable = a.App || u.app, a.Nonbillable || u.nonbillable
		if !j.lists[ref.list].layout.secondary() || j.lists[lead.list].layout.secondary() {
			a.Status = max(a.Status, u.status)
		}
	}
	j.ownColumns(a, rows)
}

// sameList compares the rows of an account in one list. In an export they
// cannot differ, and the seat is counted as the bill does; directories, and
// lists that stand beside the exports, have a status of their own.
func (j *joiner) sameList(rows []rowRef) {
	first := j.row(rows[0])
	for i := 1; i < len(rows); i++ {
		j.compareAccess(rows[i-1], rows[i])
		l := j.lists[rows[i].list].layout
		if u := j.row(rows[i]); u.status != first.status && !l.Beside && !l.Shadows {
			j.contradiction(rows[0], rows[i], fmt.Sprintf("status %s here, %s in line %d", u.status, first.status, first.line))
		}
	}
}

// ownColumns lets the status that a list states hold for the columns of that
// list only: an account suspended in one organisation and active in another
// has its seats in the other alone (METHOD 14.14).
func (j *joiner) ownColumns(a *estate.Account, rows []rowRef) {
	for len(rows) > 0 {
		n := ofOneList(rows)
		here := estate.StatusUnknown
		for _, ref := range rows[:n] {
			here = max(here, j.row(ref).status)
		}
		if here < a.Status && a.Status == estate.Active {
			for _, ref := range rows[:n] {
				j.lists[ref.list].withdraw(ref.row)
			}
		}
		rows = rows[n:]
	}
}

// lead returns which of the rows of an account comes first: one of a list
// that stands by itself before one that names people by address or stands beside
// others, and of several directories the first where the account is active.
func (j *joiner) lead(rows []rowRef) int {
	lead, best := 0, -1
	for i := range rows {
		rank := 2
		switch l := j.lists[rows[i].list].layout; {
		case l.Beside:
			rank = 0
		case l.ByAddress:
			rank = 1
		case l.Shadows && j.row(rows[i]).status != estate.Active:
			rank = 1
		}
		if rank > best {
			lead, best = i, rank
		}
	}
	return lead
}

func (j *joiner) row(ref rowRef) *listRow { return &j.lists[ref.list].rows[ref.row] }

// compareAccess reports access that one row of a list grants and another row
// of the same account and list does not (METHOD 14.14).
func (j *joiner) compareAccess(a, b rowRef) {
	for _, c := range j.lists[a.list].columns {
		if c.roles != nil && (c.roles[a.row] == estate.UserRole) != (c.roles[b.row] == estate.UserRole) {
			with, without := a, b
			if c.roles[b.row] == estate.UserRole {
				with, without = b, a
			}
			j.contradiction(with, without, fmt.Sprintf("no access to %s on %s here, but access in line %d", estate.ProductName(c.product), c.site, j.row(with).line))
		}
	}
}

// contradiction reports two rows of one account that cannot both be right.
func (j *joiner) contradiction(a, b rowRef, what string) {
	list := j.lists[b.list].source
	if j.contradictions == nil {
		j.contradictions = map[diag.Source]int{}
	}
	if j.contradictions[list]++; j.contradictions[list] > sheet.ShownRows {
		return
	}
	j.diags.Add(diag.Incomplete, j.place(b), fmt.Sprintf("rows of one account contradict each other: %s (%s); the seat is counted", what, j.place(a)),
		"export again, or remove the wrong row")
}

// place returns where a row stands.
func (j *joiner) place(ref rowRef) diag.Source {
	at := j.lists[ref.list].source
	at.Line = int(j.row(ref).line)
	return at
}

// remarkOnRest reports how many contradictions were too many to be shown.
func (j *joiner) remarkOnRest() {
	for _, list := range slices.SortedFunc(maps.Keys(j.contradictions), diag.Source.Compare) {
		if more := j.contradictions[list] - sheet.ShownRows; more > 0 {
			j.diags.Add(diag.Incomplete, list, money.PluralIs(more, "more row")+" in contradiction to another of the same account; the seat is counted", "export again")
		}
	}
}
