package costing

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Bundle is the products of one family, hosting and site with every app
// linked to them. Its members are decided together: they share users, an
// app's tier follows its host's, and an app's cycle is its host's.
//
// A collection pays for products of several families (METHOD 7.6). Their rows are
// then one bundle, whose Family is the collection's key.
//
// Where products of several sites are one charge (Cloud Enterprise, METHOD
// 7.1), their bundles are one: Sites then lists them, and Site is the first.
type Bundle struct {
	Site     string
	Sites    []string // in order; usually one
	Family   string
	Hosting  pricing.Hosting
	Products []*seats.Product // whose users count, by site and key; removals are counted per product
	Lines    []*Line          // products first

	families []string      // of its products and hosts; usually Family alone
	licences []diag.Reason // products with several licences on one site (METHOD 3.12)
	twin     bool          // a Data Center bundle whose site has the family on Cloud as well
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

// On writes what something is and on which sites.
func On(what string, sites []string) string {
	if len(sites) == 1 {
		return estate.On(what, sites[0])
	}
	return what + " on " + Places(sites)
}

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
func (b *Bundle) Title() string { return On(b.Name(), b.Sites) }

// Name returns the bundle's name for people, without its sites.
func (b *Bundle) Name() string {
	name := estate.ProductName(b.Family)
	if b.Family == "jira" && len(b.Products) > 0 {
		name = estate.ProductName(b.Products[0].Key)
		if slices.ContainsFunc(b.Products, func(p *seats.Product) bool { return p.Key != b.Products[0].Key }) {
			name = "Jira family"
		}
	}
	if b.Hosting == pricing.DataCenter {
		name += " Data Center"
	}
	return name
}

// Product returns the position in Products of a product on a site, or of the
// collection that pays for it; -1 when the bundle does not have it.
func (b *Bundle) Product(site, key string) int {
	return slices.IndexFunc(b.Products, func(p *seats.Product) bool { return p.Site == site && p.Concerns(key) })
}

// Decides reports whether the apps of a product on a site are decided with the
// bundle, and the product itself where it is subscribed.
func (b *Bundle) Decides(site, product string) bool {
	return slices.Contains(b.Sites, site) && slices.Contains(b.families, estate.Family(product))
}

// holds reports whether a subscription belongs to the bundle.
func (b *Bundle) holds(s *estate.Subscription) bool {
	return b.Hosting == s.Hosting && b.Decides(s.Site, s.HostProduct())
}

// on returns the positions in Products of those on a site whose users bill the
// apps of a family.
func (b *Bundle) on(site, family string) []int {
	var out []int
	for i, p := range b.Products {
		if p.Site == site && p.Bills(family) {
			out = append(out, i)
		}
	}
	return out
}

// Unpriced returns of how many lines of the bundle nobody knows what they cost for
// fewer users, though removing seats of some products would change what they are
// charged for, or might: a sum over the other lines is then not all that is saved.
func (b *Bundle) Unpriced(removed []int) int {
	n := 0
	for _, l := range b.Lines {
		members := l.Members()
		follows := slices.ContainsFunc(members, func(i int) bool { return removed[i] > 0 })
		if (!l.Counted() || l.OnlyAgreed()) && (follows || members == nil && l.Sub.Basis == estate.Linked) {
			n++
		}
	}
	return n
}

// products returns the lines of products, in order: a few, while there may be
// thousands of apps, each of which asks which of them are its hosts.
func (b *Bundle) products() []*Line {
	var out []*Line
	for _, l := range b.Lines {
		if l.IsHost() {
			out = append(out, l)
		}
	}
	return out
}

// mixed remarks on apps billed in another cycle than their host: it is kept
// as it is, but Atlassian bills an app in its host's cycle.
func (b *Bundle) mixed(c *Costs) {
	products := b.products()
	for _, l := range b.Lines {
		if l.Sub.Kind != estate.AppKind {
			continue
		}
		for _, h := range products {
			if h.Sub.Site == l.Sub.Site && h.Sub.Pays(l.Sub.Host) && h.Sub.Cycle != l.Sub.Cycle {
				c.Diagnostics.Add(diag.Warning, l.Sub.Source, fmt.Sprintf("%s is billed %s, its host %s %s; Atlassian bills an app in its host's cycle",
					l.Sub.DisplayName(), l.Sub.Cycle, h.Sub.DisplayName(), h.Sub.Cycle), "check the cycle of both rows")
			}
		}
	}
}
