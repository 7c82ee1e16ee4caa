package costing

import (
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// MigrationLine is one subscription in the estimate.
type MigrationLine struct {
	Line   *Line
	All    int         // users it would be charged for on Cloud; meaningless when Reason says so
	Active int         // of them in use; meaningless unless ActiveKnown
	Reason diag.Reason // why it has no Cloud price; none when it has one

	ActiveKnown bool
	WithActive  MigrationCost
	WithAll     MigrationCost
}

// line prices one subscription on Cloud.
func (c Cloud) line(l *Line) MigrationLine {
	x := MigrationLine{Line: l}
	var known bool
	x.All, x.Active, known, x.ActiveKnown = migrating(l)
	switch {
	case !known:
		x.Reason = l.NoUsers.After("quantity not known: ")
	default:
		x.Reason = c.unavailable(l)
	}
	if x.Reason.Given() {
		return x
	}
	factor, ok := c.Policy.LicenceFactors[pricing.Cloud.String()][l.Sub.LicenceType]
	if !ok {
		x.Reason = diag.Why(diag.NoFactor, "no licence factor for licence_type %q on Cloud", l.Sub.LicenceType)
		return x
	}
	price := c.cloudPrice(l, factor)
	for _, cycle := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
		v, why := c.Book.Timeline(l.Sub.PricePlan, pricing.Cloud, cycle, !l.IsHost()).At(c.AsOf)
		if v == nil {
			x.Reason = why
			continue
		}
		if _, converted := l.rates.Of(v.Currency()); v.Currency() != c.Currency && !converted {
			return MigrationLine{Line: l, All: x.All, Active: x.Active, ActiveKnown: x.ActiveKnown,
				Reason: diag.Why(diag.Currency, "its Cloud price is in %s, and no rate is known", v.Currency())}
		}
		all := price.year(v, cycle, x.All)
		if !all.Known() {
			x.Reason = noPrice(l.Sub.PricePlan, v, x.All)
			continue
		}
		x.WithAll.set(cycle, all)
		if x.ActiveKnown {
			x.WithActive.set(cycle, price.year(v, cycle, x.Active))
		}
	}
	if x.WithAll.Monthly.Known() || x.WithAll.Annual.Known() {
		x.Reason = diag.Reason{}
	}
	return x
}

// cloudPrice is what a line would cost on Cloud: list x licence type, without
// the discounts and contract prices of Data Center.
func (c Cloud) cloudPrice(l *Line, factor money.Exact) *Price {
	p := &Price{kind: listed, plan: l.Sub.PricePlan, factors: licensed(l.Sub, factor), rates: l.rates}
	if c.Policy.AnnualAppRoundUp && !l.IsHost() {
		p.rounding[pricing.Annual] = money.UpToUnit
	}
	return p
}

// year returns twelve months for n users: rounded once for each bill.
func (p *Price) year(v *pricing.Version, cycle pricing.Cycle, n int) money.Amount {
	a, _ := p.amount(Billed{Cycle: cycle, Version: v, Quantity: n})
	return a.Times(cycle.Bills())
}

// unavailable says why a line cannot be bought on Cloud; no reason when it can
// for all that is known.
func (c Cloud) unavailable(l *Line) diag.Reason {
	if !l.IsHost() {
		for i := range c.Estate.AppFacts {
			f := &c.Estate.AppFacts[i]
			switch {
			case f.Key != l.Sub.Key:
			case f.Archived == estate.Yes:
				return diag.Why(diag.NotSold, "archived on the Marketplace, by the apps table").From(f.Source)
			case len(f.Hostings) > 0 && !slices.Contains(f.Hostings, pricing.Cloud):
				return diag.Why(diag.NotSold, "not available on Cloud, by the apps table").From(f.Source)
			}
		}
	}
	if !c.Book.Has(l.Sub.PricePlan, pricing.Cloud) {
		return diag.Why(diag.NoPrice, "plan %q has no Cloud price in any price file", l.Sub.PricePlan)
	}
	return diag.Reason{}
}

// migrating returns the users a line would be charged for on Cloud, all of
// today's and those in use: of a product its own, of an app the largest of the
// family, as on Cloud; of an app for its own users those, since nothing says
// which of them are idle.
func migrating(l *Line) (all, active int, known, activeKnown bool) {
	members := l.Bundle.Products
	switch {
	case l.Sub.Basis == estate.OwnUsers:
		return l.Users, l.Users, l.UsersKnown, l.UsersKnown
	case l.IsHost():
		i := l.Bundle.Product(l.Sub.Site, l.Sub.Key)
		if i < 0 {
			return 0, 0, false, false
		}
		members = members[i : i+1]
	}
	known = len(members) > 0
	open := 0 // users of products of which nobody knows how many are in use
	for _, p := range members {
		known = known && p.Known()
		all = max(all, p.Users)
		if n, _, ok := InUse(p); ok {
			active = max(active, n)
		} else {
			open = max(open, p.Users)
		}
	}
	// The largest is known, too, where the others cannot exceed it.
	return all, active, known, known && open <= active
}

// InUse returns how many of a product's users are in use: users less review
// candidates. A list of accounts that is none of seats gives only a bound: no
// more users can be in use than accounts are. Without either it is not known.
func InUse(p *seats.Product) (n int, bound, known bool) {
	switch {
	case !p.Known():
		return 0, false, false
	case p.Origin == seats.FromAccess && p.HasSeen():
		return p.Users - len(p.Candidates), false, true
	case p.ListsAccounts && p.HasSeen():
		listed := 0
		for _, n := range p.AccountBands {
			listed += n
		}
		// Of users the list does not name nobody can say that they are idle.
		return min(p.Users, p.AccountsInUse+max(p.Users-listed, 0)), true, true
	}
	return 0, false, false
}
