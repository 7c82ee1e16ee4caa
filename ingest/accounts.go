package ingest

import (
	"cmp"
	"encoding/binary"
	"fmt"
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
	for _, f := range files {
		j.lists = append(j.lists, f.users...)
	}
	for _, l := range j.lists {
		e.Files = append(e.Files, l.name)
	}
	j.sort()
	j.dropOlder()
	j.accounts()
	j.spread()
}

type joiner struct {
	estate *estate.Estate
	diags  *diag.List
	lists  []*userList
	order  []rowRef
	owner  [][]int32 // list, row -> account
}

// rowRef is one row of one list.
type rowRef struct {
	list int32
	row  int32
}

// accountKey is the form in which account ids are compared: without case and
// spaces (ruling I29).
func accountKey(id string) string {
	if strings.ContainsAny(id, " \t\u00a0") {
		id = strings.Join(strings.Fields(id), "")
	}
	return lower(id)
}

func (j *joiner) key(r rowRef) string { return accountKey(j.row(r).id) }

// sortKey is eight letters of an id behind what all ids begin with: enough to
// order nearly all of them without looking at the id again.
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
	keys := make([]sortKey, 0, total)
	for i, l := range j.lists {
		for n := range l.rows {
			ref := rowRef{int32(i), int32(n)}
			keys = append(keys, sortKey{letters: letters(j.key(ref), common), rowRef: ref})
		}
	}
	j.sortKeys(keys)
	j.order = make([]rowRef, total)
	for i := range keys {
		j.order[i] = keys[i].rowRef
	}
}

// commonPrefix returns how many letters all ids have in common at their
// beginning, such as "712020:".
func (j *joiner) commonPrefix() int {
	n, first := -1, ""
	for i, l := range j.lists {
		for row := range l.rows {
			key := j.key(rowRef{int32(i), int32(row)})
			if n < 0 {
				n, first = len(key), key
			}
			for n = min(n, len(key)); !strings.HasPrefix(key, first[:n]); {
				n--
			}
		}
	}
	return max(n, 0)
}

// letters returns the eight letters of an id from a position on as a number
// that sorts as they do.
func letters(id string, from int) uint64 {
	var buf [8]byte
	copy(buf[:], id[from:])
	return binary.BigEndian.Uint64(buf[:])
}

// sortKeys sorts both halves side by side and merges them.
func (j *joiner) sortKeys(keys []sortKey) {
	half := len(keys) / 2
	var wait sync.WaitGroup
	wait.Go(func() { slices.SortFunc(keys[:half], j.compare) })
	slices.SortFunc(keys[half:], j.compare)
	wait.Wait()
	merged := make([]sortKey, 0, len(keys))
	a, b := keys[:half], keys[half:]
	for len(a) > 0 && len(b) > 0 {
		if j.compare(a[0], b[0]) <= 0 {
			merged, a = append(merged, a[0]), a[1:]
		} else {
			merged, b = append(merged, b[0]), b[1:]
		}
	}
	copy(keys, append(append(merged, a...), b...))
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

// same reports whether two rows next to each other in the order name one
// account.
func (j *joiner) same(a, b rowRef) bool { return j.key(a) == j.key(b) }

// accounts makes an account of every run of rows with one id.
func (j *joiner) accounts() {
	j.estate.Accounts = make([]estate.Account, 0, len(j.order))
	for i := 0; i < len(j.order); {
		n := i + 1
		for n < len(j.order) && j.same(j.order[n], j.order[i]) {
			n++
		}
		j.account(j.order[i:n])
		i = n
	}
}

func (j *joiner) account(rows []rowRef) {
	index := int32(len(j.estate.Accounts))
	first := j.row(rows[0])
	a := estate.Account{ID: first.id, Name: first.name, Email: first.email, Added: first.added, Status: first.status, Line: first.line, File: uint16(rows[0].list)}
	for i, ref := range rows {
		j.owner[ref.list][ref.row] = index
		if i == 0 {
			continue
		}
		j.lists[ref.list].in.Joined++
		u := j.row(ref)
		a.Name, a.Email = cmp.Or(a.Name, u.name), cmp.Or(a.Email, u.email)
		if a.Added.IsZero() || !u.added.IsZero() && u.added.Before(a.Added) {
			a.Added = u.added
		}
		if same := rows[i-1]; same.list == ref.list {
			j.compareAccess(same, ref)
		}
		if u.status != a.Status {
			j.contradiction(rows[0], ref, fmt.Sprintf("status %s here, %s in line %d", u.status, a.Status, first.line))
			a.Status = max(a.Status, u.status)
		}
	}
	j.estate.Accounts = append(j.estate.Accounts, a)
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
	at := func(ref rowRef) diag.Source {
		file, sheet, _ := strings.Cut(j.lists[ref.list].name, "#")
		return diag.Source{File: file, Sheet: sheet, Line: int(j.row(ref).line)}
	}
	j.diags.Add(diag.Incomplete, at(b), fmt.Sprintf("rows of one account contradict each other: %s (%s); the seat is counted", what, at(a)), "export again, or remove the wrong row")
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
			work[at] = append(work[at], spreadWork{c, j.owner[i]})
		}
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for at := range work {
		g.Go(func() error {
			for _, w := range work[at] {
				j.column(&j.estate.Access[at], w.column, w.owner)
			}
			return nil
		})
	}
	_ = g.Wait() // nothing in it fails
	slices.SortFunc(j.estate.Access, func(a, b estate.Access) int {
		return cmp.Or(strings.Compare(a.Site, b.Site), strings.Compare(a.Product, b.Product))
	})
	j.signals()
}

// spreadWork is a column of a list and the account of each of its rows.
type spreadWork struct {
	column *userColumn
	owner  []int32
}

func (j *joiner) column(a *estate.Access, c *userColumn, owner []int32) {
	n := len(j.estate.Accounts)
	if c.roles != nil {
		if a.Roles == nil {
			a.Roles = make([]estate.Role, n)
			a.Source = c.at
		}
		for row, account := range owner[:len(c.roles)] {
			if role := c.roles[row]; role == estate.UserRole || a.Roles[account] == estate.NoRole {
				a.Roles[account] = role
			}
		}
	}
	if c.seen != nil {
		if a.Seen == nil {
			a.Seen = make([]estate.LastSeen, n)
		}
		for row, account := range owner[:len(c.seen)] {
			a.Seen[account] = a.Seen[account].Newer(c.seen[row])
		}
	}
	a.Newest = date.Max(a.Newest, c.newest)
}

// signals lays what stands beside the products' own dates over the accounts.
func (j *joiner) signals() {
	for i, l := range j.lists {
		for _, e := range l.evidence {
			at := slices.IndexFunc(j.estate.Evidence, func(x estate.Evidence) bool { return x.Name == e.name })
			if at < 0 {
				j.estate.Evidence = append(j.estate.Evidence, estate.Evidence{Name: e.name, Seen: make([]estate.LastSeen, len(j.estate.Accounts))})
				at = len(j.estate.Evidence) - 1
			}
			x := &j.estate.Evidence[at]
			if e.disabled && x.Disabled == nil {
				x.Disabled = make([]bool, len(j.estate.Accounts))
			}
			for row, account := range j.owner[i][:len(e.seen)] {
				x.Seen[account] = x.Seen[account].Newer(e.seen[row])
				if e.disabled && l.rows[row].status != estate.Active {
					x.Disabled[account] = true
				}
			}
		}
	}
	slices.SortFunc(j.estate.Evidence, func(a, b estate.Evidence) int { return strings.Compare(a.Name, b.Name) })
}
