package costing

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// Enterprise is the edition of Cloud products that are paid for once for the
// whole organisation, and whose apps can be (pricing of several instances).
const Enterprise = "enterprise"

// people is a quantity over several sites: for each product of the family the
// people with a seat on any of the sites, each once, and of those numbers the
// largest.
type people struct {
	unions  []*seats.Union
	members [][]int // of each union, the positions of its products in the bundle; nil = fixed
	fixed   [][]int // of each union, the removals that are decided already
}

func (p *people) on(d date.Date, k []int) int {
	n := 0
	for i, u := range p.unions {
		n = max(n, u.On(d, p.removed(i, k)))
	}
	return n
}

// removed returns the removals of one union's products.
func (p *people) removed(i int, k []int) []int {
	switch {
	case p.members == nil:
		return p.fixed[i]
	case k == nil:
		return nil
	}
	out := make([]int, len(p.members[i]))
	for n, at := range p.members[i] {
		out[n] = k[at]
	}
	return out
}

func (p *people) products() []*seats.Product {
	var out []*seats.Product
	for _, u := range p.unions {
		out = append(out, u.Products...)
	}
	return out
}

// Charge returns the line that carries the one charge of a product over
// several sites, nil when the line is charged for its own site (ruling R16).
func (l *Line) Charge() *Line {
	switch {
	case l.with != nil:
		return l.with
	case l.people != nil && l.IsHost():
		return l
	}
	return nil
}

// ElsewhereCharged reports whether the cost of the line stands on the line of
// another site.
func (l *Line) ElsewhereCharged() bool { return l.with != nil }

// CombinedBill returns the bill of a line whose cost stands on another one:
// nothing, once.
func (l *Line) CombinedBill(c money.Currency) []Bill {
	return []Bill{{Date: l.Term.Start, Amount: money.Zero(c)}}
}

// unite finds the products of the Enterprise edition that are one charge, rows
// of one product with one entitlement on several sites, and makes one bundle
// of theirs (ruling R16).
func (b *builder) unite() {
	charges := map[[2]string][]*Line{}
	for _, bundle := range b.costs.Bundles {
		for _, l := range bundle.Lines {
			s := l.Sub
			if l.IsHost() && s.Hosting == pricing.Cloud && s.Edition == Enterprise && s.Entitlement != "" {
				key := [2]string{s.Key, strings.ToLower(s.Entitlement)}
				charges[key] = append(charges[key], l)
			}
		}
	}
	for _, key := range sortedCharges(charges) {
		if lines := charges[key]; len(lines) > 1 {
			b.charge(lines)
		}
	}
}

func sortedCharges(m map[[2]string][]*Line) [][2]string {
	var out [][2]string
	for key := range m {
		out = append(out, key)
	}
	slices.SortFunc(out, func(x, y [2]string) int { return cmp.Or(strings.Compare(x[0], y[0]), strings.Compare(x[1], y[1])) })
	return out
}

// charge makes one charge of the rows of a product.
func (b *builder) charge(lines []*Line) {
	slices.SortFunc(lines, func(x, y *Line) int { return x.Sub.Compare(y.Sub) })
	first := lines[0]
	one := *first.Sub // what the rows say together, not what the first says
	for _, l := range lines[1:] {
		s := l.Sub
		l.with = first
		if s.Licensed > one.Licensed {
			one.Licensed = s.Licensed
		}
		one.HasLicensed = one.HasLicensed || s.HasLicensed
		if s.ContractPrice.Known() {
			one.ContractPrice = sumContract(one.ContractPrice, s.ContractPrice)
		}
		if s.Cycle != one.Cycle || s.PricePlan != one.PricePlan || s.Renewal != one.Renewal {
			b.costs.Diagnostics.Add(diag.Warning, s.Source, fmt.Sprintf("%s on %s shares entitlement %q with %s but not its cycle, plan or renewal date; the charge is computed by the row of %s",
				s.DisplayName(), s.Site, s.Entitlement, one.Site, one.Site), "make the rows agree, or give them different entitlements")
		}
		b.merge(first.Bundle, l.Bundle)
	}
	first.Sub, first.people = &one, &people{}
}

// sumContract adds the contract prices of rows that are one charge.
func sumContract(a, b money.Amount) money.Amount {
	if !a.Known() {
		return b
	}
	return a.Add(b)
}

// merge moves the products and lines of one bundle into another.
func (b *builder) merge(into, from *Bundle) {
	if into == from {
		return
	}
	into.Sites = append(into.Sites, from.Sites...)
	slices.Sort(into.Sites)
	into.Site = into.Sites[0]
	into.Products = append(into.Products, from.Products...)
	slices.SortStableFunc(into.Products, func(x, y *seats.Product) int {
		return cmp.Or(strings.Compare(x.Site, y.Site), strings.Compare(x.Key, y.Key))
	})
	into.Lines = append(into.Lines, from.Lines...)
	for _, l := range from.Lines {
		l.Bundle = into
	}
	b.costs.Bundles = slices.DeleteFunc(b.costs.Bundles, func(x *Bundle) bool { return x == from })
}

// chargedPeople counts the people of a charge over several sites. Where a site
// has no access column nobody can tell who is the same person, so only what is
// licensed can stand in.
func (b *builder) chargedPeople(l *Line) {
	var products []*seats.Product
	for _, m := range l.Bundle.Lines {
		if m != l && m.with != l {
			continue
		}
		if i := l.Bundle.Product(m.Sub.Site, l.Sub.Key); i >= 0 {
			l.members = append(l.members, i)
			products = append(products, l.Bundle.Products[i])
		}
	}
	if u, ok := seats.NewUnion(products); ok {
		l.people.unions, l.people.members = []*seats.Union{u}, [][]int{l.members}
		l.Users, l.UsersKnown = u.Total, true
		l.UsersFrom = fmt.Sprintf("access columns of %d sites, each person once", len(products))
		return
	}
	l.constant, l.members, l.shift = true, nil, products
	if !l.Sub.HasLicensed {
		l.NoUsers = diag.Why(diag.NoQuantity, "no access columns on every site, so that nobody can tell who has a seat on two, and no licensed_users")
		return
	}
	l.Users, l.UsersKnown, l.UsersFrom = l.Sub.Licensed, true, "licensed_users, since access columns of a site are missing"
}

// combined fills in a row whose cost stands on another one.
func (b *builder) combined(l *Line) {
	first := l.with
	if first.currency == "" {
		first.currency = cmp.Or(first.AsIs.Currency(), first.Current.Currency(), b.costs.Currency)
	}
	zero := money.Zero(first.currency)
	l.Current, l.Volume, l.AsIs = zero, zero, zero
	l.Reason = first.Reason
	l.Foreign = first.Foreign
	if l.Term.Start.IsZero() {
		l.Term = first.Term
	}
}

// Combine prices an app on several sites as one: for the people of the host's
// family on any of them, each once, less the removals that are decided. It is
// one right-sized row without quote and without the floor of its hosts, in the
// term of the earliest renewal (ruling R17). The lines are of one app, plan,
// licence type and discount. The reason says why it cannot be priced.
func Combine(lines []*Line, removed func(*seats.Product) int) (*Line, diag.Reason) {
	p := &people{}
	byKey := map[string][]*seats.Product{}
	var keys []string
	done := map[string]bool{}
	for _, l := range lines {
		if done[l.Sub.Site] {
			continue
		}
		done[l.Sub.Site] = true
		for _, i := range l.Bundle.on(l.Sub.Site) {
			product := l.Bundle.Products[i]
			if len(byKey[product.Key]) == 0 {
				keys = append(keys, product.Key)
			}
			byKey[product.Key] = append(byKey[product.Key], product)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		u, ok := seats.NewUnion(byKey[key])
		if !ok {
			return nil, diag.Why(diag.NoQuantity, "a site has no access columns, so that nobody can tell who has a seat on two")
		}
		var k []int
		for _, product := range byKey[key] {
			k = append(k, removed(product))
		}
		p.unions, p.fixed = append(p.unions, u), append(p.fixed, k)
	}
	return combinedLine(lines, p, len(done)), diag.Reason{}
}

// combinedLine makes the line of an app on several sites from the one that
// renews first.
func combinedLine(lines []*Line, p *people, sites int) *Line {
	first := lines[0]
	for _, l := range lines[1:] {
		if l.Term.Start.Before(first.Term.Start) {
			first = l
		}
	}
	sub := *first.Sub
	sub.Licensed, sub.HasLicensed = 0, false
	out := &Line{Sub: &sub, Index: first.Index, Bundle: first.Bundle, Term: first.Term, bills: first.bills, people: p, UsersKnown: true,
		policy: first.policy, asOf: first.asOf, factor: first.factor, monthly: first.monthly, annual: first.annual, priced: newPriced()}
	out.Users = p.on(out.asOf, nil)
	out.Paid = out.Users
	out.UsersFrom = fmt.Sprintf("access columns of %d sites, each person once", sites)
	return out
}

// Unions returns the people the line counts over several sites, one union for
// each product of the family; nil for a line of one site.
func (l *Line) Unions() []*seats.Union {
	if l.people == nil {
		return nil
	}
	return l.people.unions
}

// Reach returns how many candidates to remove from each product of the bundle,
// longest idle first, so that no more than top users are left to bill the line;
// false where there are not enough. Where people are counted over several
// sites, each product gives as few as the others allow.
func (l *Line) Reach(top int) ([]int, bool) {
	k := make([]int, len(l.Bundle.Products))
	for _, i := range l.members {
		k[i] = len(l.Bundle.Products[i].Candidates)
	}
	if l.UsersOn(l.asOf, k) > top {
		return nil, false
	}
	for _, i := range l.members {
		most := k[i]
		k[i] = sort.Search(most, func(n int) bool {
			k[i] = n
			return l.UsersOn(l.asOf, k) <= top
		})
	}
	return k, true
}
