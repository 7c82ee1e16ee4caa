package costing

import (
	"slices"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Cloud is what an estimate of a migration from Data Center to Cloud reads.
type Cloud struct {
	Estate   *estate.Estate
	Book     *pricing.Book
	Policy   *config.Policy
	AsOf     date.Date
	Currency money.Currency // of the sums
}

// Migration is what a Data Center bundle would cost on Cloud for twelve
// months, with the users in use only and with all of today's: right-sized and
// not. It is an estimate at the list prices in force on as-of, without the
// discounts and contract prices of Data Center; no total of the plan holds it.
type Migration struct {
	Bundle   *Bundle
	Lines    []MigrationLine // parallel to Bundle.Lines
	Priced   int             // lines with a Cloud price, which the sums hold; without any they are unknown
	Today    money.Amount    // those lines on Data Center, twelve months as of today
	Active   MigrationCost   // with the users in use; unknown when those of a priced line are
	All      MigrationCost   // with all users
	Inactive money.Amount    // All less Active: what carrying the inactive ones along costs
	Bounds   bool            // a number of users in use is no more than an upper bound
}

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

// MigrationCost is twelve months in either billing cycle, and the cheaper of
// the two that are known.
type MigrationCost struct {
	Monthly, Annual money.Amount
	Cycle           pricing.Cycle // the cheaper one
}

// Cheaper returns the amount of the cheaper cycle.
func (c MigrationCost) Cheaper() money.Amount { return c.In(c.Cycle) }

// In returns the amount in a cycle.
func (c MigrationCost) In(cycle pricing.Cycle) money.Amount {
	if cycle == pricing.Annual {
		return c.Annual
	}
	return c.Monthly
}

// choose settles the cheaper cycle; annual where both cost the same, since it
// is the cycle of Data Center.
func (c *MigrationCost) choose() {
	c.Cycle = pricing.Annual
	if !c.Annual.Known() || c.Monthly.Less(c.Annual) {
		c.Cycle = pricing.Monthly
	}
}

// Migrate estimates what a bundle costs on Cloud. An app is billed in its
// host's cycle, so the cycle is one for the bundle; it may differ between the
// two sums, since each is what that choice would cost at best. Where more
// lines have a price in one cycle than in the other, only that one is weighed:
// sums over different lines cannot be compared.
func (c Cloud) Migrate(b *Bundle) *Migration {
	m := &Migration{Bundle: b, Lines: make([]MigrationLine, len(b.Lines))}
	counts := [2]int{}
	for i, l := range b.Lines {
		m.Lines[i] = c.line(l)
		for _, cycle := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
			if m.Lines[i].WithAll.In(cycle).Known() {
				counts[cycle]++
			}
		}
	}
	c.sum(m, weighed(m, counts))
	for _, p := range b.Products {
		_, bound, known := InUse(p)
		m.Bounds = m.Bounds || known && bound
	}
	return m
}

// weighed returns the cycles whose sums can be compared.
func weighed(m *Migration, counts [2]int) []pricing.Cycle {
	switch {
	case counts[pricing.Monthly] > counts[pricing.Annual]:
		return []pricing.Cycle{pricing.Monthly}
	case counts[pricing.Annual] > counts[pricing.Monthly]:
		return []pricing.Cycle{pricing.Annual}
	}
	for i := range m.Lines {
		if m.Lines[i].WithAll.Monthly.Known() != m.Lines[i].WithAll.Annual.Known() {
			return []pricing.Cycle{pricing.Annual} // as many, but others
		}
	}
	return []pricing.Cycle{pricing.Monthly, pricing.Annual}
}

// sum adds up the lines that have a price in the weighed cycles. The others
// are left out, with a reason.
func (c Cloud) sum(m *Migration, weighed []pricing.Cycle) {
	zero := money.Zero(c.Currency)
	m.Today = zero
	for _, cycle := range weighed {
		m.Active.set(cycle, zero)
		m.All.set(cycle, zero)
	}
	for i := range m.Lines {
		x := &m.Lines[i]
		if !x.Reason.Given() && !x.WithAll.In(weighed[0]).Known() {
			x.Reason = diag.Why(diag.NoPrice, "no %s Cloud price, and the bundle is compared by the %s ones", weighed[0], weighed[0])
		}
		if x.Reason.Given() {
			x.WithActive, x.WithAll = MigrationCost{}, MigrationCost{}
			continue
		}
		m.Priced++
		m.Today = m.Today.Add(x.Line.Current)
		for _, cycle := range weighed {
			m.Active.set(cycle, m.Active.In(cycle).Add(x.WithActive.In(cycle)))
			m.All.set(cycle, m.All.In(cycle).Add(x.WithAll.In(cycle)))
		}
	}
	if m.Priced == 0 {
		m.Today, m.Active, m.All = money.Amount{}, MigrationCost{}, MigrationCost{} // not known, and not 0
	}
	m.Active.choose()
	m.All.choose()
	for i := range m.Lines {
		m.Lines[i].WithActive.Cycle, m.Lines[i].WithAll.Cycle = m.Active.Cycle, m.All.Cycle
	}
	m.Inactive = m.All.Cheaper().Sub(m.Active.Cheaper())
}

func (c *MigrationCost) set(cycle pricing.Cycle, a money.Amount) {
	if cycle == pricing.Annual {
		c.Annual = a
	} else {
		c.Monthly = a
	}
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
		x.Reason = diag.Why(diag.NoPrice, "no licence factor for licence_type %q on Cloud", l.Sub.LicenceType)
		return x
	}
	price := c.cloudPrice(l, factor)
	for _, cycle := range []pricing.Cycle{pricing.Monthly, pricing.Annual} {
		v, why := c.Book.Timeline(l.Sub.PricePlan, pricing.Cloud, cycle, !l.IsHost()).At(c.AsOf)
		if v == nil {
			x.Reason = why
			continue
		}
		if v.Currency() != c.Currency {
			return MigrationLine{Line: l, All: x.All, Active: x.Active, ActiveKnown: x.ActiveKnown,
				Reason: diag.Why(diag.Currency, "its Cloud price is in %s, and currencies are never added", v.Currency())}
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
	p := &Price{kind: listed, plan: l.Sub.PricePlan, factors: licensed(l.Sub, factor)}
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
