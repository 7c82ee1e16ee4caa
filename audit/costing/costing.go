// Package costing says what each subscription costs in its coming term of
// twelve months: for given users, billing cycle, tier and price. It groups
// subscriptions into bundles, works out their current and as-is cost, the
// window in which a quote keeps an old price, and the position in the tier.
//
// It decides nothing: which users to remove, which cycle or quote to take is
// chosen by plan, which calls [Line.Bills] for every option it compares.
// Formulas are those of DESIGN sections 6 to 8 with the rulings named beside
// the code.
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
	Trials      []*Line        // what is on trial, priced as if active; in no bundle and no total (ruling R7)
	Ended       []Ended        // active rows without a coming term, by their order
	Diagnostics diag.List
}

// Bundle is the products of one family, hosting and site with every app
// linked to them. Its members are decided together: they share users, an
// app's tier follows its host's, and an app's cycle is its host's.
//
// Where products of several sites are one charge (Cloud Enterprise, ruling
// R16), their bundles are one: Sites then lists them, and Site is the first.
type Bundle struct {
	Site     string
	Sites    []string // in order; usually one
	Family   string
	Hosting  pricing.Hosting
	Products []*seats.Product // whose users count, by site and key; removals are counted per product
	Lines    []*Line          // products first

	twin bool // a Data Center bundle whose site has the family on Cloud as well
}

// ID returns a stable name of the bundle, such as "acme-eng/jira/cloud".
func (b *Bundle) ID() string {
	return strings.Join(b.Sites, "+") + "/" + b.Family + "/" + b.Hosting.String()
}

// Subject names what the bundle has on a site, a family or a product, as rules
// do: "acme-eng/jira". Where one name stands for a Cloud site and a Data Center
// instance, that of the instance says so, or two findings would have one id.
func (b *Bundle) Subject(site, what string) string {
	if b.twin {
		return site + "/" + what + "/" + b.Hosting.String()
	}
	return site + "/" + what
}

// Place names the sites of the bundle for people.
func (b *Bundle) Place() string { return Places(b.Sites) }

// Places writes sites, or what is on them, for people: "a", "a and b", "a, b
// and c".
func Places(sites []string) string {
	if len(sites) < 2 {
		return strings.Join(sites, "")
	}
	last := len(sites) - 1
	return strings.Join(sites[:last], ", ") + " and " + sites[last]
}

// Title returns the bundle's name for people.
func (b *Bundle) Title() string { return b.Name() + " on " + b.Place() }

// Name returns the bundle's name for people, without its sites.
func (b *Bundle) Name() string {
	name := estate.ProductName(b.Family)
	if b.Family == "jira" && slices.ContainsFunc(b.Products, func(p *seats.Product) bool { return p.Key != b.Products[0].Key }) {
		name = "Jira family"
	}
	if b.Hosting == pricing.DataCenter {
		name += " Data Center"
	}
	return name
}

// Product returns the position in Products of a product on a site, -1 when the
// bundle does not have it.
func (b *Bundle) Product(site, key string) int {
	return slices.IndexFunc(b.Products, func(p *seats.Product) bool { return p.Site == site && p.Key == key })
}

// holds reports whether a subscription belongs to the bundle.
func (b *Bundle) holds(s *estate.Subscription) bool {
	return slices.Contains(b.Sites, s.Site) && b.Family == estate.Family(s.HostProduct()) && b.Hosting == s.Hosting
}

// on returns the positions in Products of those on a site.
func (b *Bundle) on(site string) []int {
	var out []int
	for i, p := range b.Products {
		if p.Site == site {
			out = append(out, i)
		}
	}
	return out
}

// Uncounted returns how many lines of the bundle are in no total though removing
// seats of some products would change what they are charged for, or might: a sum
// over the other lines is then not all that is saved.
func (b *Bundle) Uncounted(removed []int) int {
	n := 0
	for _, l := range b.Lines {
		follows := slices.ContainsFunc(l.members, func(i int) bool { return removed[i] > 0 })
		if !l.Counted() && (follows || l.members == nil && l.Sub.Basis == estate.Linked) {
			n++
		}
	}
	return n
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
	c := &Costs{AsOf: in.AsOf, Currency: in.Config.Currency}
	if c.Currency == "" {
		c.Currency, c.Assumed = estate.CommonCurrency(in.Estate.Subscriptions, in.Book), true
	}
	b := builder{Input: in, costs: c, policy: &in.Config.Policy}
	for i := range in.Estate.Subscriptions {
		s := &in.Estate.Subscriptions[i]
		if s.Status == estate.SubActive {
			b.add(i)
		}
	}
	b.unite()
	c.findTwins()
	slices.SortStableFunc(c.Ended, func(x, y Ended) int { return x.Sub.Compare(y.Sub) })
	slices.SortFunc(c.Bundles, func(x, y *Bundle) int {
		return cmp.Or(strings.Compare(x.Site, y.Site), cmp.Compare(x.Hosting, y.Hosting), strings.Compare(x.Family, y.Family))
	})
	for _, bundle := range c.Bundles {
		slices.SortStableFunc(bundle.Lines, func(x, y *Line) int {
			return cmp.Or(cmp.Compare(x.Sub.Kind, y.Sub.Kind), x.Sub.Compare(y.Sub))
		})
		for _, l := range bundle.Lines {
			b.resolve(l)
			c.Lines = append(c.Lines, l)
		}
		bundle.mixed(c)
		for _, l := range bundle.Lines {
			b.settle(l)
		}
	}
	c.Trials = b.trials()
	return c
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
}

// add files a subscription under its bundle.
func (b *builder) add(index int) {
	s := &b.Estate.Subscriptions[index]
	family := estate.Family(s.HostProduct())
	l := &Line{Sub: s, Index: index, policy: b.policy, asOf: b.AsOf, priced: newPriced()}
	if start, ends := b.noTerm(s); ends {
		b.costs.Diagnostics.Add(diag.Warning, s.Source, fmt.Sprintf("%s on %s would renew on %s, after Data Center ends on %s: it has no coming term", s.DisplayName(), s.Site, start, EndOfLife),
			"plan its migration")
		b.costs.Ended = append(b.costs.Ended, Ended{Sub: s, Renewal: start})
		return
	}
	i := slices.IndexFunc(b.costs.Bundles, func(x *Bundle) bool { return x.holds(s) })
	if i < 0 {
		b.costs.Bundles = append(b.costs.Bundles, &Bundle{Site: s.Site, Sites: []string{s.Site}, Family: family, Hosting: s.Hosting, Products: b.Register.Family(s.Site, family)})
		i = len(b.costs.Bundles) - 1
	}
	l.Bundle = b.costs.Bundles[i]
	l.Bundle.Lines = append(l.Bundle.Lines, l)
}

// noTerm reports whether a subscription has no coming term, since it would begin
// after Data Center has ended (ruling R39), and when it would renew.
func (b *builder) noTerm(s *estate.Subscription) (start date.Date, ends bool) {
	if s.Renewal.IsZero() || !EndsWithDataCenter(s) {
		return date.Date{}, false
	}
	start = nextRenewal(s, b.AsOf)
	return start, start.After(EndOfLife)
}

// mixed remarks on apps billed in another cycle than their host: it is kept
// as it is, but Atlassian bills an app in its host's cycle.
func (b *Bundle) mixed(c *Costs) {
	for _, l := range b.Lines {
		if l.Sub.Kind != estate.AppKind {
			continue
		}
		for _, h := range b.Lines {
			if h.Sub.Kind == estate.ProductKind && h.Sub.Site == l.Sub.Site && h.Sub.Key == l.Sub.Host && h.Sub.Cycle != l.Sub.Cycle {
				c.Diagnostics.Add(diag.Warning, l.Sub.Source, fmt.Sprintf("%s is billed %s, its host %s %s; Atlassian bills an app in its host's cycle",
					l.Sub.DisplayName(), l.Sub.Cycle, h.Sub.DisplayName(), h.Sub.Cycle), "check the cycle of both rows")
			}
		}
	}
}
