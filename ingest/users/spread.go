package users

import (
	"cmp"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"tierline/audit/date"
	"tierline/audit/estate"
)

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
				j.estate.Access = append(j.estate.Access, estate.Access{Site: c.site, Product: c.product, Signals: []string{c.signal}, Source: c.at})
				work = append(work, nil)
			}
			work[at] = append(work[at], spreadWork{c, l, j.owner[i], uint16(i)})
			j.estate.Access[at].Billed = j.estate.Access[at].Billed || c.billed
			if a := &j.estate.Access[at]; c.seen != nil && !slices.Contains(a.Signals, c.signal) {
				a.Signals = append(a.Signals, c.signal)
			}
		}
	}
	alone := j.alone()
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for at := range work {
		g.Go(func() error {
			for _, w := range work[at] {
				if alone == nil || len(work[at]) > 1 || !alone.column(&j.estate.Access[at], w.column) {
					j.column(&j.estate.Access[at], w.column, w.owner)
				}
				w.list.listed(&j.estate.Access[at], w)
			}
			a := &j.estate.Access[at]
			if a.Roles != nil {
				a.Listed = nil
			}
			j.days(a, work[at])
			return nil
		})
	}
	_ = g.Wait() // nothing in it fails
	slices.SortFunc(j.estate.Access, func(a, b estate.Access) int {
		return cmp.Or(strings.Compare(a.Site, b.Site), strings.Compare(a.Product, b.Product))
	})
}

// grants reports whether a column says who has a seat: where one says who is
// billed for, those that say who has access do not.
func (c *column) grants(a *estate.Access) bool { return c.roles != nil && c.billed == a.Billed }

// spreadWork is a column of a list and the account of each of its rows.
type spreadWork struct {
	column *column
	list   *List
	owner  []int32
	number uint16 // of the list
}

func (j *joiner) column(a *estate.Access, c *column, owner []int32) {
	n := len(j.estate.Accounts)
	if c.grants(a) {
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
