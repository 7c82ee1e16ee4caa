package costing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/seats"
)

// Two licences of one product on one site, under different entitlements, are
// never both charged for all its users (METHOD 3.12); nor are a collection and a
// product it includes (METHOD 7.9).

// beside finds the rows of a bundle that are licences for the same users of one
// site, and says so.
func (b *builder) beside(bundle *Bundle) {
	for _, l := range bundle.Lines {
		if !l.IsHost() || l.rows != nil {
			continue
		}
		rows := bundle.sharing(l)
		if len(rows) < 2 {
			continue
		}
		for _, x := range rows {
			x.rows = rows
		}
		why, fix := sharedBy(rows)
		bundle.licences = append(bundle.licences, why)
		b.costs.Diagnostics.Add(diag.Incomplete, why.At, why.Text+"; nothing is decided for "+bundle.Title(), fix)
	}
}

// sharing lists the rows that are licences for users of a row, with the row
// itself: by entitlement, a collection before its products.
func (b *Bundle) sharing(l *Line) []*Line {
	rows := []*Line{l}
	for i := 0; i < len(rows); i++ {
		for _, x := range b.Lines {
			if x.IsHost() && x.Sub.Site == l.Sub.Site && x.Sub.PaysWith(rows[i].Sub) && !slices.Contains(rows, x) {
				rows = append(rows, x)
			}
		}
	}
	slices.SortStableFunc(rows, func(x, y *Line) int {
		return cmp.Or(cmp.Compare(x.Sub.Entitlement, y.Sub.Entitlement), cmp.Compare(len(y.Sub.Included()), len(x.Sub.Included())))
	})
	return rows
}

// sharedBy says which rows are licences for the same users, and what to do.
func sharedBy(rows []*Line) (why diag.Reason, fix string) {
	first, at := rows[0], rows[1].Sub.Source
	var products, entitlements []string
	for _, x := range rows {
		products, entitlements = append(products, x.Name()), append(entitlements, cmp.Or(x.Sub.Entitlement, "none"))
	}
	if slices.ContainsFunc(rows, func(x *Line) bool { return x.Sub.Key != first.Sub.Key }) {
		return diag.Why(diag.InDoubt, "%s on %s pay for the same people: each is charged for its licence alone", Places(products), first.Sub.Site).From(at),
			"cancel the subscription that the collection has replaced"
	}
	return diag.Why(diag.InDoubt, "%d subscriptions of %s under the entitlements %s, each charged for its licence alone",
			len(rows), first.Name(), strings.Join(entitlements, ", ")).From(at),
		"cancel the one that is no more, or give both one entitlement"
}

// partOf is the users one of several licences of a product is charged for: those
// it is for, and the first also those beyond all of them.
type partOf struct {
	whole    count
	licensed int
	sum      int // of all licences; 0 where another row takes what is beyond
}

func (c partOf) on(d date.Date, removed []int) int {
	if c.sum == 0 {
		return c.licensed
	}
	return c.licensed + max(c.whole.on(d, removed)-c.sum, 0)
}

func (c partOf) movers() []*seats.Product { return c.whole.movers() }
func (c partOf) members() []int           { return c.whole.members() }

// part returns the quantity of one of several licences of a product, from that of
// the whole product.
func (l *Line) part(whole Quantity) Quantity {
	sum := 0
	for _, x := range l.rows {
		switch {
		case x.Charge() != nil:
			return noQuantity("one of the licences of %s on %s is part of a charge over several sites", l.Name(), l.Sub.Site)
		case !x.Sub.HasLicensed:
			return noQuantity("%s on %s has several licences, and %s states no licensed_users", l.Name(), l.Sub.Site, entitlementOf(x))
		}
		sum += x.Sub.Licensed
	}
	if !whole.UsersKnown {
		return whole
	}
	c := partOf{whole: whole.count, licensed: l.Sub.Licensed}
	if l == l.rows[0] {
		c.sum = max(sum, 1)
	}
	whole.Users, whole.count = c.on(l.asOf, nil), c
	whole.UsersFrom += fmt.Sprintf(", of which this licence is charged for %d", whole.Users)
	return whole
}

func entitlementOf(l *Line) string {
	if l.Sub.Entitlement == "" {
		return "the one without entitlement"
	}
	return "entitlement " + l.Sub.Entitlement
}

// sumOf returns what the annual hosts of an app bind it to: the largest product of
// the family, of one with several licences their sum.
func sumOf(hosts []*Line, binds func(*Line) int) int {
	most := 0
	for _, h := range hosts {
		n := binds(h)
		for _, x := range h.rows {
			if x != h {
				n += binds(x)
			}
		}
		most = max(most, n)
	}
	return most
}
