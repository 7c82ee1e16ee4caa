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
// never both charged for all its users (METHOD 3.12).

// beside finds the rows of a bundle that are licences of one product on one site,
// and says so.
func (b *builder) beside(bundle *Bundle) {
	for _, l := range bundle.Lines {
		if !l.IsHost() || l.rows != nil {
			continue
		}
		var rows []*Line
		for _, x := range bundle.Lines {
			if x.IsHost() && x.Sub.Site == l.Sub.Site && x.Sub.Key == l.Sub.Key {
				rows = append(rows, x)
			}
		}
		if len(rows) < 2 {
			continue
		}
		slices.SortStableFunc(rows, func(x, y *Line) int { return cmp.Compare(x.Sub.Entitlement, y.Sub.Entitlement) })
		var names []string
		for _, x := range rows {
			x.rows = rows
			names = append(names, cmp.Or(x.Sub.Entitlement, "none"))
		}
		why := diag.Why(diag.InDoubt, "%s on %s has %d subscriptions under the entitlements %s: each is charged for its licence alone",
			l.Name(), l.Sub.Site, len(rows), strings.Join(names, ", ")).From(rows[1].Sub.Source)
		bundle.licences = append(bundle.licences, why)
		b.costs.Diagnostics.Add(diag.Incomplete, why.At, why.Text+", and nothing is decided for "+bundle.Title(),
			"cancel the one that is no more, or give both one entitlement")
	}
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
