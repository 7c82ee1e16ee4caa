package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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

// rowRef is one row of one list under the id it is joined by.
type rowRef struct {
	prefix uint64 // the letters of the id behind the common prefix, for speed
	id     string
	list   int32
	row    int32
}

// accountKey is the form in which account ids are compared: without case and
// spaces (ruling I29).
func accountKey(id string) string {
	if strings.ContainsAny(id, " \t\u00a0") {
		id = strings.Join(strings.Fields(id), "")
	}
	return strings.ToLower(id)
}

func (j *joiner) sort() {
	for i, l := range j.lists {
		j.owner = append(j.owner, make([]int32, len(l.rows)))
		for n := range l.rows {
			j.order = append(j.order, rowRef{id: accountKey(l.rows[n].id), list: int32(i), row: int32(n)})
		}
	}
	slices.SortFunc(j.order, func(a, b rowRef) int {
		return cmp.Or(strings.Compare(a.id, b.id), cmp.Compare(a.list, b.list), cmp.Compare(a.row, b.row))
	})
}

// accounts makes an account of every run of rows with one id.
func (j *joiner) accounts() {
	for i := 0; i < len(j.order); {
		n := i + 1
		for n < len(j.order) && j.order[n].id == j.order[i].id {
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
			if u.status == estate.Active {
				a.Status = u.status
			}
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

// spread lays the columns of all lists over the accounts.
func (j *joiner) spread() {
	index := map[[2]string]int{}
	for i, l := range j.lists {
		for n := range l.columns {
			c := &l.columns[n]
			key := [2]string{c.site, c.product}
			at, ok := index[key]
			if !ok {
				at = len(j.estate.Access)
				index[key] = at
				j.estate.Access = append(j.estate.Access, estate.Access{Site: c.site, Product: c.product, Signal: c.signal, Source: c.at})
			}
			j.column(&j.estate.Access[at], c, j.owner[i])
		}
	}
	slices.SortFunc(j.estate.Access, func(a, b estate.Access) int {
		return cmp.Or(strings.Compare(a.Site, b.Site), strings.Compare(a.Product, b.Product))
	})
}

func (j *joiner) column(a *estate.Access, c *userColumn, owner []int32) {
	n := len(j.estate.Accounts)
	if c.roles != nil && a.Roles == nil {
		a.Roles = make([]estate.Role, n)
		a.Source = c.at
	}
	if c.seen != nil && a.Seen == nil {
		a.Seen = make([]estate.LastSeen, n)
	}
	for row, account := range owner {
		if c.roles != nil && (a.Roles[account] == estate.NoRole || c.roles[row] == estate.UserRole) {
			a.Roles[account] = c.roles[row]
		}
		if c.seen != nil {
			a.Seen[account] = a.Seen[account].Newer(c.seen[row])
		}
	}
	a.Newest = date.Max(a.Newest, c.newest)
}
