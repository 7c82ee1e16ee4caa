// Package costing says what each subscription costs in its coming term of
// twelve months: for given users, billing cycle, tier and price. It groups
// subscriptions into bundles, works out their current and as-is cost, the
// window in which a quote keeps an old price, and the position in the tier.
//
// A [Line] is one subscription. It is made of a [Term] (when it is billed), a
// [Quantity] (for how many), a [Price] (what that costs) and the [Amounts] that
// follow, each made once by [Build]: first terms and quantities, then the
// products' prices, then those of the apps that the products' licences bind.
// Every bill, and every explanation of one, is worked out by Price.reckon.
//
// It decides nothing: which users to remove, which cycle or quote to take is
// chosen by plan, which calls [Line.Bills] for every option it compares.
// Formulas are those of METHOD 2 to 8, with the number beside the code.
package costing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Costs is every bundle and line of an organisation.
type Costs struct {
	AsOf        date.Date
	Currency    money.Currency // of the totals
	Assumed     bool           // the currency was not configured
	Bundles     []*Bundle      // by site, hosting, family
	Lines       []*Line        // in the order of the bundles
	Offers      []*Offer       // every quote of the estate, in its order
	Trials      []*Line        // what is on trial, priced as if active; in no bundle and no total (METHOD 1.10)
	Ended       []Ended        // active rows without a coming term, by their order
	Diagnostics diag.List

	input Input
}

// Input is what costing reads.
type Input struct {
	Estate   *estate.Estate
	Register *seats.Register
	Book     *pricing.Book
	Config   *config.Config
	AsOf     date.Date
}

// Build works out every line.
func Build(in Input) *Costs {
	c := &Costs{AsOf: in.AsOf, Currency: in.Config.Currency, input: in}
	if c.Currency == "" {
		c.Currency, c.Assumed = estate.CommonCurrency(in.Estate.Subscriptions, in.Book), true
	}
	b := builder{Input: in, costs: c, policy: &in.Config.Policy, rates: NewRates(in.Estate.Rates, in.AsOf, c.Currency)}
	for i := range in.Estate.Subscriptions {
		if in.Estate.Subscriptions[i].Status == estate.SubActive {
			b.add(i)
		}
	}
	b.unite()
	b.offers()
	c.findTwins()
	slices.SortStableFunc(c.Ended, func(x, y Ended) int { return x.Sub.Compare(y.Sub) })
	slices.SortFunc(c.Bundles, func(x, y *Bundle) int {
		return cmp.Or(strings.Compare(x.Site, y.Site), cmp.Compare(x.Hosting, y.Hosting), strings.Compare(x.Family, y.Family))
	})
	for _, bundle := range c.Bundles {
		bundle.sort()
		c.Lines = append(c.Lines, bundle.Lines...)
		b.bundle(bundle)
	}
	b.rated()
	c.Trials = b.trials()
	return c
}

// bundle works out the lines of a bundle: the terms and quantities of all, then
// the prices of the products, then those of the apps their licences bind.
func (b *builder) bundle(bundle *Bundle) {
	b.beside(bundle)
	for _, l := range bundle.Lines {
		b.measure(l)
	}
	bundle.mixed(b.costs)
	products := bundle.products()
	for _, l := range bundle.Lines {
		b.settle(l, products, diag.Reason{})
	}
}

// measure works out what does not depend on the other lines of the bundle.
func (b *builder) measure(l *Line) {
	l.Term = b.term(l)
	if l.AnnualOnly() && l.Sub.Cycle == pricing.Monthly {
		b.costs.Diagnostics.Add(diag.Warning, l.Sub.Source, fmt.Sprintf("%s on %s is billed monthly, but its edition %s is sold by the year only; it is kept monthly",
			l.Sub.DisplayName(), l.Sub.Site, l.Sub.Edition), "correct its cycle or its edition")
	}
	l.installed = b.installed(l.Sub)
	l.Quantity = b.quantity(l)
}

// settle works out what depends on the hosts of the line, which are settled
// before it and are among the products of its bundle. ended says why the line has
// no coming term, if it has none.
func (b *builder) settle(l *Line, products []*Line, ended diag.Reason) {
	if l.Sub.Kind == estate.AppKind && l.Sub.Basis == estate.Linked {
		for _, h := range products {
			if h.Sub.Site == l.Sub.Site && h.Sub.Binds(l.Sub) {
				l.hosts = append(l.hosts, h)
			}
		}
	}
	l.Licensed, l.invoiced = l.licensedToday()
	l.Billed = l.billedToday()
	l.Price = b.price(l)
	l.blocked = l.notBilled(ended)
	b.judge(l)
	if !l.blocked.Given() && !l.ElsewhereCharged() {
		l.Quote = l.quote()
	}
	l.Amounts = b.amounts(l)
}

// Zero returns what a total over the counted lines starts from: nothing in the
// currency of the totals, and no known amount where no line counts, since a total
// of nothing is not 0.00 (METHOD 3.9).
func (c *Costs) Zero() money.Amount {
	if !slices.ContainsFunc(c.Lines, func(l *Line) bool { return l.Counted() }) {
		return money.Amount{}
	}
	return money.Zero(c.Currency)
}

// findTwins marks Data Center bundles of a family that their site has on Cloud
// as well.
func (c *Costs) findTwins() {
	for _, b := range c.Bundles {
		b.twin = b.Hosting == pricing.DataCenter && slices.ContainsFunc(c.Bundles, func(x *Bundle) bool {
			return x.Hosting == pricing.Cloud && x.Family == b.Family && slices.Contains(x.Sites, b.Site)
		})
	}
}

type builder struct {
	Input
	costs  *Costs
	policy *config.Policy
	rates  *Rates
}

// add files a subscription under its bundle.
func (b *builder) add(index int) {
	s := &b.Estate.Subscriptions[index]
	l := &Line{Sub: s, Index: index, policy: b.policy, asOf: b.AsOf}
	if start, ends := b.noTerm(s); ends {
		b.costs.Diagnostics.Add(diag.Warning, s.Source,
			fmt.Sprintf("%s on %s would renew on %s, after Data Center ends on %s: it has no coming term", s.DisplayName(), s.Site, start, EndOfLife),
			"plan its migration")
		b.costs.Ended = append(b.costs.Ended, Ended{Sub: s, Renewal: start})
		return
	}
	i := slices.IndexFunc(b.costs.Bundles, func(x *Bundle) bool { return x.holds(s) })
	if i < 0 {
		b.costs.Bundles = append(b.costs.Bundles, b.newBundle(s))
		i = len(b.costs.Bundles) - 1
	}
	l.Bundle = b.costs.Bundles[i]
	l.Bundle.Lines = append(l.Bundle.Lines, l)
}

// newBundle returns the bundle a subscription opens, without its lines.
func (b *builder) newBundle(s *estate.Subscription) *Bundle {
	family := estate.Family(s.HostProduct())
	families := []string{family}
	if s.Hosting == pricing.Cloud {
		family, families = b.Register.Together(s.Site, family)
	}
	return &Bundle{Site: s.Site, Sites: []string{s.Site}, Family: family, families: families, Hosting: s.Hosting, Products: b.Register.Family(s.Site, families...)}
}

// noTerm reports whether a subscription has no coming term, since it would begin
// after Data Center has ended (METHOD 8.2), and when it would renew.
func (b *builder) noTerm(s *estate.Subscription) (start date.Date, ends bool) {
	if s.Renewal.IsZero() || !EndsWithDataCenter(s) {
		return date.Date{}, false
	}
	start = nextRenewal(s, b.AsOf)
	return start, start.After(EndOfLife)
}
