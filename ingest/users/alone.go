package users

import (
	"sync"

	"tierline/audit/estate"
)

// alone lays the columns of the only list over the accounts, each of which is one
// row of it, as is so for the export of a whole organisation. Nothing has to be
// joined then: each column is put in the order of the accounts, into the room
// of one that has been.
type alone struct {
	order order // of the rows, and so of the accounts
	mutex sync.Mutex
	roles [][]estate.Role     // room
	seen  [][]estate.LastSeen // room
}

// alone returns nil where lists or rows have to be joined.
func (j *joiner) alone() *alone {
	if !j.oneRowEach() {
		return nil
	}
	return &alone{order: j.order}
}

// oneRowEach reports whether there is one list, and each of its rows is an account.
func (j *joiner) oneRowEach() bool {
	return len(j.lists) == 1 && len(j.order.numbers) == len(j.lists[0].rows) && len(j.order.numbers) == len(j.estate.Accounts)
}

// ownerless reports whether nobody asks which account a row belongs to: all that an
// only list says are columns of seats, one of each product.
func (j *joiner) ownerless() bool {
	if !j.oneRowEach() {
		return false
	}
	l, products := j.lists[0], map[[2]string]bool{}
	for i := range l.columns {
		c := &l.columns[i]
		if c.roles == nil || c.ofNamedRows || products[[2]string{c.site, c.product}] {
			return false
		}
		products[[2]string{c.site, c.product}] = true
	}
	return !l.layout.ByAddress && len(l.evidence) == 0 && len(l.stated.rows) == 0
}

// column is [joiner.column] for the only column of a product; false for one of which
// more is asked later. What the list held of others it does not hold any more.
func (a *alone) column(to *estate.Access, c *column) bool {
	if c.ofNamedRows {
		return false
	}
	if c.roles != nil {
		to.Source = c.at
		to.Roles = inOrder(a, &a.roles, c.roles)
		c.roles = c.roles[:0]
	}
	if c.seen != nil {
		to.Seen = inOrder(a, &a.seen, c.seen)
		c.seen = c.seen[:0]
	}
	to.Newest = c.newest
	return true
}

// inOrder returns the values of a column by account, and takes the column as room
// for the next.
func inOrder[T any](a *alone, rooms *[][]T, column []T) []T {
	var out []T
	a.mutex.Lock()
	if n := len(*rooms); n > 0 {
		out, *rooms = (*rooms)[n-1], (*rooms)[:n-1]
	}
	a.mutex.Unlock()
	if out == nil {
		out = make([]T, len(a.order.numbers))
	}
	rows := uint64(1)<<a.order.rowBits - 1
	for account, n := range a.order.numbers {
		out[account] = column[n&rows]
	}
	a.mutex.Lock()
	*rooms = append(*rooms, column)
	a.mutex.Unlock()
	return out
}
