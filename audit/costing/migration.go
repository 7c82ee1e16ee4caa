package costing

import (
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
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
