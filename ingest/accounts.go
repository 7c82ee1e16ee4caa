package ingest

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// joinAccounts makes one account of all rows that name it, over all files,
// and spreads access and activity over the accounts sorted by id. The newest
// activity wins; a seat any row grants is counted, since the bill counts it.
func joinAccounts(e *estate.Estate, files []*file, diags *diag.List) {
	j := joiner{estate: e, diags: diags}
	var byAddress []*userList
	for _, f := range files {
		for _, l := range f.users {
			if l.layout.byAddress {
				byAddress = append(byAddress, l)
			} else {
				j.lists = append(j.lists, l)
			}
		}
	}
	for _, l := range j.lists {
		e.Files = append(e.Files, l.name)
	}
	j.sort()
	j.dropOlder()
	j.accounts()
	j.complain()
	j.spread()
	j.signals(byAddress)
}

type joiner struct {
	estate *estate.Estate
	diags  *diag.List
	lists  []*userList
	order  []sortKey
	owner  [][]int32 // list, row -> account

	contradictions map[string]int // by list; see shownRows
}

// rowRef is one row of one list.
type rowRef struct {
	list int32
	row  int32
}

func (j *joiner) key(r rowRef) string { return j.lists[r.list].key(j.row(r)) }

// sortKey is a row with eight letters of its id behind what all ids begin
// with: enough to order nearly all of them without looking at the id again.
type sortKey struct {
	letters uint64
	rowRef
}

// sort orders all rows by id, then by list and row.
func (j *joiner) sort() {
	total := 0
	for _, l := range j.lists {
		j.owner = append(j.owner, make([]int32, len(l.rows)))
		total += len(l.rows)
	}
	common := j.commonPrefix()
	keys, spare := make([]sortKey, total), make([]sortKey, total)
	half := total / 2
	sideBySide(total, func() { j.sortPart(keys[:half], spare[:half], 0, common) }, func() { j.sortPart(keys[half:], spare[half:], half, common) })
	j.merge(spare, keys[:half], keys[half:])
	j.order = spare
}

// sortPart makes the keys of the rows from one on, counted over all lists, and
// orders them.
func (j *joiner) sortPart(keys, spare []sortKey, from, common int) {
	n := 0
	for i, l := range j.lists {
		for row := from; row < len(l.rows) && n < len(keys); row++ {
			keys[n] = sortKey{letters: letters(l.key(&l.rows[row]), common), rowRef: rowRef{int32(i), int32(row)}}
			n++
		}
		from = max(0, from-len(l.rows))
	}
	j.sortKeys(keys, spare)
}

// commonPrefix returns how many letters all ids have in common at their
// beginning, such as "712020:".
func (j *joiner) commonPrefix() int {
	var all prefix
	for _, l := range j.lists {
		if len(l.rows) > 0 {
			all.join(l.ids)
		}
	}
	return len(all.text)
}

// letters returns the eight letters of an id from a position on as a number
// that sorts as they do.
func letters(id string, from int) uint64 {
	if len(id) >= from+8 {
		id = id[from : from+8]
		return uint64(id[0])<<56 | uint64(id[1])<<48 | uint64(id[2])<<40 | uint64(id[3])<<32 | uint64(id[4])<<24 | uint64(id[5])<<16 | uint64(id[6])<<8 | uint64(id[7])
	}
	var buf [8]byte
	copy(buf[:], id[from:])
	return binary.BigEndian.Uint64(buf[:])
}

// merge puts two ordered lists into one, the beginning of it from the front
// and side by side with that the end of it from the back.
func (j *joiner) merge(out, a, b []sortKey) {
	half := len(out) / 2
	sideBySide(len(out), func() { j.mergeFront(out[:half], a, b) }, func() { j.mergeBack(out[half:], a, b) })
}

func (j *joiner) mergeFront(out, a, b []sortKey) {
	for i := range out {
		if len(b) == 0 || len(a) > 0 && j.before(&a[0], &b[0]) {
			out[i], a = a[0], a[1:]
		} else {
			out[i], b = b[0], b[1:]
		}
	}
}

func (j *joiner) mergeBack(out, a, b []sortKey) {
	for i := len(out) - 1; i >= 0; i-- {
		if x, y := len(a)-1, len(b)-1; x < 0 || y >= 0 && j.before(&a[x], &b[y]) {
			out[i], b = b[y], b[:y]
		} else {
			out[i], a = a[x], a[:x]
		}
	}
}

// before is [joiner.compare] for two rows that are not the same.
func (j *joiner) before(a, b *sortKey) bool {
	return a.letters < b.letters || a.letters == b.letters && j.compare(*a, *b) < 0
}

// sortKeys orders keys by their letters, byte by byte from the last to the
// first (each pass keeps the order of the one before), and then the few with
// equal letters by the whole id.
func (j *joiner) sortKeys(keys, spare []sortKey) {
	from, to := keys, spare
	for shift := 0; shift < 64; shift += 8 {
		var count [256]int
		for i := range from {
			count[byte(from[i].letters>>shift)]++
		}
		if len(from) == 0 || count[byte(from[0].letters>>shift)] == len(from) {
			continue // all have the same letter here
		}
		at := 0
		for c, n := range count {
			count[c] = at
			at += n
		}
		for i := range from {
			c := byte(from[i].letters >> shift)
			to[count[c]] = from[i]
			count[c]++
		}
		from, to = to, from
	}
	if len(keys) > 0 && &from[0] != &keys[0] {
		copy(keys, from)
	}
	for i := 0; i < len(keys); {
		n := i + 1
		for n < len(keys) && keys[n].letters == keys[i].letters {
			n++
		}
		if n-i > 1 {
			slices.SortFunc(keys[i:n], j.compare)
		}
		i = n
	}
}

func (j *joiner) compare(a, b sortKey) int {
	switch {
	case a.letters < b.letters:
		return -1
	case a.letters > b.letters:
		return 1
	}
	return cmp.Or(strings.Compare(j.key(a.rowRef), j.key(b.rowRef)), cmp.Compare(a.list, b.list), cmp.Compare(a.row, b.row))
}

// same reports whether two rows name one account.
func (j *joiner) same(a, b sortKey) bool {
	return a.letters == b.letters && j.sameID(a.rowRef, b.rowRef)
}

// run is the rows of one account in the order of all rows.
type run struct {
	account  int32
	from, to int
}

func (j *joiner) sameID(a, b rowRef) bool { return j.key(a) == j.key(b) }

// accounts makes an account of every run of rows with one id, those of a
// single row, nearly all of them, side by side.
func (j *joiner) accounts() {
	half := len(j.order) / 2
	if half > 0 {
		half = j.end(half - 1)
	}
	var n [2]int
	sideBySide(len(j.order), func() { n[0] = j.countRuns(0, half) }, func() { n[1] = j.countRuns(half, len(j.order)) })
	j.estate.Accounts = accountsRoom(n[0] + n[1])
	var several [2][]run
	sideBySide(len(j.order), func() { several[0] = j.openRuns(0, half, 0) }, func() { several[1] = j.openRuns(half, len(j.order), int32(n[0])) })
	for _, r := range slices.Concat(several[0], several[1]) {
		j.account(r.account, j.order[r.from:r.to])
	}
}

// end returns where the run ends that the row at i belongs to.
func (j *joiner) end(i int) int {
	for i++; i < len(j.order) && j.same(j.order[i-1], j.order[i]); i++ {
	}
	return i
}

// countRuns returns how many runs some rows are.
func (j *joiner) countRuns(from, to int) (n int) {
	for ; from < to; n++ {
		from = j.end(from)
	}
	return n
}

// openRuns makes the accounts of single rows among some rows, of which the
// first account has the number n, and returns the runs of several.
func (j *joiner) openRuns(from, to int, n int32) (several []run) {
	var some fetched
	for ; from < to; n++ {
		end := j.end(from)
		if end == from+1 {
			some.add(j, n, j.order[from].rowRef)
		} else {
			several = append(several, run{n, from, end})
		}
		from = end
	}
	some.open(j)
	return several
}

// fetched is rows that accounts are made of. The rows of neighbouring accounts
// lie far apart, and fetching several at once, with nothing else between them,
// hides most of the time memory takes to answer.
type fetched struct {
	n        int
	accounts [32]int32
	refs     [32]rowRef
	rows     [32]userRow
}

func (f *fetched) add(j *joiner, account int32, ref rowRef) {
	if f.n == len(f.refs) {
		f.open(j)
	}
	f.accounts[f.n], f.refs[f.n] = account, ref
	f.n++
}

// open fetches the rows and makes an account of each.
func (f *fetched) open(j *joiner) {
	for i, ref := range f.refs[:f.n] {
		u := j.row(ref)
		f.rows[i] = *u
	}
	for i := range f.n {
		j.open(f.accounts[i], f.refs[i], &f.rows[i])
	}
	f.n = 0
}

// open makes an account of a row.
func (j *joiner) open(index int32, ref rowRef, u *userRow) *estate.Account {
	a := &j.estate.Accounts[index]
	j.lists[ref.list].account(a, u, ref.list)
	j.owner[ref.list][ref.row] = index
	return a
}

// account makes one account of several rows.
func (j *joiner) account(index int32, rows []sortKey) {
	lead := rows[j.lead(rows)]
	first := j.row(lead.rowRef)
	a := j.open(index, lead.rowRef, first)
	for i, ref := range rows {
		if i > 0 && rows[i-1].list == ref.list {
			j.compareAccess(rows[i-1].rowRef, ref.rowRef)
		}
		if ref.rowRef == lead.rowRef {
			continue
		}
		j.owner[ref.list][ref.row] = index
		j.lists[ref.list].in.Joined++
		u := j.row(ref.rowRef)
		a.Name, a.Email = cmp.Or(a.Name, j.lists[ref.list].spans.get(u.name)), cmp.Or(a.Email, j.lists[ref.list].spans.get(u.email))
		if a.Added.IsZero() || !u.added.IsZero() && u.added.Before(a.Added) {
			a.Added = u.added
		}
		a.App, a.Nonbillable = a.App || u.app, a.Nonbillable || u.nonbillable
		if u.status != a.Status {
			j.otherStatus(a, lead.rowRef, ref.rowRef, fmt.Sprintf("status %s here, %s in line %d", u.status, a.Status, first.line))
		}
	}
}

// lead returns which of the rows of an account comes first: one of a list
// that stands by itself before one that stands beside others, and of several
// directories the first where the account is active.
func (j *joiner) lead(rows []sortKey) int {
	lead, best := 0, -1
	for i := range rows {
		rank := 2
		switch l := j.lists[rows[i].list].layout; {
		case l.beside:
			rank = 0
		case l.shadows && j.row(rows[i].rowRef).status != estate.Active:
			rank = 1
		}
		if rank > best {
			lead, best = i, rank
		}
	}
	return lead
}

// otherStatus deals with a row whose status is not that of the account so
// far. In an export that cannot be, and the seat is counted as the bill does;
// directories and lists beside the exports have a status of their own.
func (j *joiner) otherStatus(a *estate.Account, lead, ref rowRef, what string) {
	first, second := j.lists[lead.list].layout, j.lists[ref.list].layout
	if second.beside && !first.beside {
		return
	}
	if !second.beside && !first.shadows && !second.shadows {
		j.contradiction(lead, ref, what)
	}
	a.Status = max(a.Status, j.row(ref).status)
}

// sideBySide does two things that have to do with n rows in all. With few of
// them, waking another processor takes longer than they do.
func sideBySide(n int, f, g func()) {
	if n < 5000 {
		f()
		g()
		return
	}
	var wait sync.WaitGroup
	wait.Go(f)
	g()
	wait.Wait()
}

func (j *joiner) row(ref rowRef) *userRow { return &j.lists[ref.list].rows[ref.row] }

// compareAccess reports access that one row of a list grants and another row
// of the same account and list does not (ruling I15).
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
	list := j.lists[b.list].name
	if j.contradictions == nil {
		j.contradictions = map[string]int{}
	}
	if j.contradictions[list]++; j.contradictions[list] > shownRows {
		return
	}
	at := func(ref rowRef) diag.Source {
		file, sheet, _ := strings.Cut(j.lists[ref.list].name, "#")
		return diag.Source{File: file, Sheet: sheet, Line: int(j.row(ref).line)}
	}
	j.diags.Add(diag.Incomplete, at(b), fmt.Sprintf("rows of one account contradict each other: %s (%s); the seat is counted", what, at(a)), "export again, or remove the wrong row")
}

// complain reports how many contradictions were too many to be shown.
func (j *joiner) complain() {
	for _, list := range slices.Sorted(maps.Keys(j.contradictions)) {
		if more := j.contradictions[list] - shownRows; more > 0 {
			file, sheet, _ := strings.Cut(list, "#")
			j.diags.Add(diag.Incomplete, diag.Source{File: file, Sheet: sheet}, fmt.Sprintf("%d more rows contradict another of the same account; the seat is counted", more), "export again")
		}
	}
}

// spread lays the columns of all lists over the accounts, product by product
// side by side, and the signals beside them.
func (j *joiner) spread() {
	index := map[[2]string]int{}
	var work [][]spreadWork // per product
	for i, l := range j.lists {
		for n := range l.columns {
			c := &l.columns[n]
			key := [2]string{c.site, c.product}
			at, ok := index[key]
			if !ok {
				at = len(j.estate.Access)
				index[key] = at
				j.estate.Access = append(j.estate.Access, estate.Access{Site: c.site, Product: c.product, Signal: c.signal, Source: c.at})
				work = append(work, nil)
			}
			work[at] = append(work[at], spreadWork{c, l, j.owner[i]})
			if a := &j.estate.Access[at]; c.seen != nil && !strings.Contains(a.Signal, c.signal) {
				a.Signal += ", or " + c.signal
			}
		}
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for at := range work {
		g.Go(func() error {
			for _, w := range work[at] {
				j.column(&j.estate.Access[at], w.column, w.owner)
				w.list.listed(&j.estate.Access[at], w)
			}
			if a := &j.estate.Access[at]; a.Roles != nil {
				a.Listed = nil
			}
			return nil
		})
	}
	_ = g.Wait() // nothing in it fails
	slices.SortFunc(j.estate.Access, func(a, b estate.Access) int {
		return cmp.Or(strings.Compare(a.Site, b.Site), strings.Compare(a.Product, b.Product))
	})
}

// spreadWork is a column of a list and the account of each of its rows.
type spreadWork struct {
	column *userColumn
	list   *userList
	owner  []int32
}

func (j *joiner) column(a *estate.Access, c *userColumn, owner []int32) {
	n := len(j.estate.Accounts)
	if c.roles != nil {
		if a.Roles == nil {
			a.Roles = touched[estate.Role](n)
			a.Source = c.at
		}
		for row, account := range owner[:len(c.roles)] {
			a.Roles[account] = a.Roles[account].With(c.roles[row])
		}
	}
	if c.seen != nil {
		if a.Seen == nil {
			a.Seen = touched[estate.LastSeen](n)
		}
		for row, account := range owner[:len(c.seen)] {
			a.Seen[account] = a.Seen[account].Newer(c.seen[row])
		}
	}
	a.Newest = date.Max(a.Newest, c.newest)
}
