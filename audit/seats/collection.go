package seats

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// A collection is paid for once for each person with a seat of any of the
// products it includes on its site (METHOD 7.6). It is judged as a product whose
// seats are these people: whoever is removed from it loses the seats of all its
// products. Their own seats are counted and classed as ever, but nobody is
// removed from one of them alone, since that lowers no bill.

// pool ties the products of each collection to it.
func (r *Register) pool() {
	for i := range r.estate.Subscriptions {
		s := &r.estate.Subscriptions[i]
		p := r.Find(s.Site, s.Key)
		if !r.pools(s) || p == nil || p.Collects() {
			continue
		}
		p.includes = s.Included()
		for _, key := range p.includes {
			product := r.Find(s.Site, key)
			switch {
			case product == nil || product == p:
				continue
			case product.Collection == nil:
				product.Collection = p
			}
			p.Included = append(p.Included, product)
		}
	}
}

// pools reports whether a subscription is a collection that is paid for, or tried
// where its products are not paid for themselves.
func (r *Register) pools(s *estate.Subscription) bool {
	if s.Included() == nil || s.Hosting != pricing.Cloud || s.Status == estate.SubCancelled {
		return false
	}
	return s.Status == estate.SubActive || !slices.ContainsFunc(r.estate.Subscriptions, func(o estate.Subscription) bool {
		return o.Kind == estate.ProductKind && o.Status == estate.SubActive && o.Site == s.Site && o.PaysWith(s)
	})
}

// Collects reports whether the product is a collection, whose users are people
// with a seat of any of several products.
func (p *Product) Collects() bool { return p.includes != nil }

// ListsSeats reports whether Seats says who has a seat of the product itself: each
// seat of a collection's people stands under its own product.
func (p *Product) ListsSeats() bool { return !p.Collects() && p.Seats != nil }

// Includes lists the keys of the products a collection pays for, whether any
// input knows of them or not; nil for every other product.
func (p *Product) Includes() []string { return slices.Clone(p.includes) }

// SeatsOf lists the products of which a user gives up a seat when removed: the
// product, or those of a collection of which the person holds one.
func (p *Product) SeatsOf(account int32) []*Product {
	if !p.Collects() {
		return []*Product{p}
	}
	return slices.DeleteFunc(slices.Clone(p.Included), func(product *Product) bool {
		return product.Seats == nil || product.Seats[account] == NoSeat
	})
}

// Once says of the people of a collection that each is counted once, and of which
// products nobody is; "" of other users.
func (p *Product) Once() string {
	if !p.Collects() || p.Origin != FromAccess {
		return ""
	}
	out := ", each person once"
	if missing := p.uncounted(); len(missing) > 0 {
		out += "; no column counts " + names(missing)
	}
	return out
}

// Payer returns the product whose users are paid for: the collection that pays
// for the product, or itself.
func (p *Product) Payer() *Product {
	if p.Collection != nil {
		return p.Collection
	}
	return p
}

// Paid lists the products that are paid for by themselves, without those a
// collection pays for, whose seats are those of its people.
func (r *Register) Paid() []*Product {
	var out []*Product
	for _, p := range r.Products {
		if p.Collection == nil {
			out = append(out, p)
		}
	}
	return out
}

// uncounted lists the products of a collection that no export has a column of:
// they add nobody to its people.
func (p *Product) uncounted() []string {
	return slices.DeleteFunc(slices.Clone(p.includes), func(key string) bool {
		return slices.ContainsFunc(p.Included, func(product *Product) bool { return product.Key == key && product.Origin == FromAccess })
	})
}

// Title names a product, and of a collection what it includes, since whoever is
// removed from it is removed from all of that.
func (p *Product) Title() string {
	name := estate.ProductName(p.Key)
	if !p.Collects() {
		return name
	}
	return name + " (" + names(p.includes) + ")"
}

// Plural writes a number of users of the product with what they are counted in:
// seats, but people of a collection, who may hold several.
func (p *Product) Plural(n int) string {
	switch {
	case !p.Collects():
		return money.Plural(n, "seat")
	case n == 1:
		return "1 person"
	}
	return money.Count(n) + " people"
}

func names(keys []string) string {
	var out []string
	for _, key := range keys {
		out = append(out, estate.ProductName(key))
	}
	return strings.Join(out, ", ")
}

// collect judges the people of a collection by the seats they hold.
func (r *Register) collect(p *Product, policy *config.Policy) {
	p.access = r.accessOf(p)
	if p.access == nil {
		return
	}
	p.signal()
	p.Seats = make([]Class, len(r.estate.Accounts))
	for account := range int32(len(p.Seats)) {
		by := p.decider(account)
		if by == nil {
			continue
		}
		r.seat(p, account, by.idleClass(account), by.Band(account), policy)
	}
	p.Origin = FromAccess
	r.order(p)
	r.missing(p)
}

// accessOf is what the lists of a collection's products say together, without
// who has access and when they were seen; nil where none of them has an access
// column.
func (r *Register) accessOf(p *Product) *estate.Access {
	var out *estate.Access
	for _, product := range p.Included {
		a := product.access
		if a == nil || a.Roles == nil {
			continue
		}
		if out == nil {
			out = &estate.Access{Site: p.Site, Product: p.Key, Day: a.Day, Source: a.Source, Signals: a.Signals}
		}
		out.Newest = date.Max(out.Newest, a.Newest)
		out.Day = date.Min(out.Day, a.Day) // the zero day, which is not known, is the oldest
		for _, list := range a.Lists {
			if !slices.Contains(out.Lists, list) {
				out.Lists = append(out.Lists, list)
			}
		}
	}
	return out
}

// decider returns the product of a collection whose use decides on the class of
// an account: the most active one, but one of which nothing is known, or of an
// account that is new there, before an idle one. It is nil for an account
// without a seat.
func (p *Product) decider(account int32) *Product {
	var best *Product
	for _, product := range p.Included {
		if product.Seats == nil || product.Seats[account] == NoSeat {
			continue // as SeatsOf, without a list for each of a million accounts
		}
		if best == nil || product.decides(best, account) {
			best = product
		}
	}
	return best
}

// deciding is the order in which the classes of a person's seats decide.
var deciding = [classes]int{Active: 0, Unknown: 1, New: 2, Inactive: 3, NeverUsed: 4}

// decides reports whether the use of a product decides before that of another:
// by its class, then by the newer day.
func (p *Product) decides(over *Product, account int32) bool {
	mine, other := deciding[p.idleClass(account)], deciding[over.idleClass(account)]
	if mine != other {
		return mine < other
	}
	seen, before := p.Seen(account), over.Seen(account)
	return seen != before && seen.Newer(before) == seen
}

// idleClass returns the class of a seat without what protects it.
func (p *Product) idleClass(account int32) Class {
	class := p.Seats[account]
	switch {
	case !class.Protected():
		return class
	case p.Seen(account).IsNever():
		return NeverUsed
	}
	return Inactive
}

// missing says which products of a collection add nobody to its people, since no
// export has a column of them.
func (r *Register) missing(p *Product) {
	if out := p.uncounted(); len(out) > 0 {
		r.Diagnostics.Add(diag.Warning, p.access.Source, fmt.Sprintf("%s on %s includes %s, which no export has a column for: nobody is counted for it",
			estate.ProductName(p.Key), p.Site, names(out)), "export these products as well, if people use them")
	}
}

// subjects names a seat as exceptions do: by its product, by the collection that
// pays for it, and of a collection by the products whose seats the person holds.
func (p *Product) subjects(account int32) []string {
	out := []string{p.Site + "/" + p.Key}
	if p.Collection != nil {
		out = append(out, p.Site+"/"+p.Collection.Key)
	}
	if p.Collects() {
		for _, product := range p.SeatsOf(account) {
			out = append(out, p.Site+"/"+product.Key)
		}
	}
	return out
}

// Concerns reports whether what is said of a product is said of the users of this
// one: it is the same, or a collection with it.
func (p *Product) Concerns(product string) bool {
	return p.Key == product || slices.Contains(p.includes, product)
}

// inherited returns the doubts of a collection's products: with one of its counts
// in doubt, so are its people (METHOD 7.10). What speaks against a whole list is
// said once. Confirming the people of a collection confirms the counts they come
// from.
func (w *weighing) inherited(p *Product) []Doubt {
	var out []Doubt
	for _, product := range p.Included {
		if product.Origin != FromAccess {
			out = append(out, w.exceeded(p, product)...)
		}
		for _, d := range product.Doubts {
			said := d.Kind != Contradicted && slices.ContainsFunc(append(slices.Clone(p.Doubts), out...), func(x Doubt) bool { return x.Kind == d.Kind })
			lifted := w.confirmed[p] != nil && (d.Kind == Contradicted || d.Kind == Partial)
			if !said && !lifted {
				d.Of, d.Reason = product.Key, d.Reason.After("of "+estate.ProductName(product.Key)+" ")
				out = append(out, d)
			}
		}
	}
	return out
}

// exceeded is the doubt where a product that no export has a column of is known
// to have more users than the collection has people.
func (w *weighing) exceeded(p, product *Product) []Doubt {
	if len(product.Measured) == 0 || w.confirmed[p] != nil || product.Measured[0].Users <= p.Counted || w.agree(p.Counted, product.Measured[0].Users) {
		return nil
	}
	f := product.Measured[0]
	d := Doubt{Kind: Contradicted, Figures: append(p.Measured[:1:1], f), Lift: confirm(p)}
	d.Reason = diag.Why(diag.InDoubt, "the export%s has %s without a column of %s, of which %s of %s says %d",
		ofDay(p.access.Day), money.Plural(p.Counted, "user"), estate.ProductName(product.Key), f.From, f.Day, f.Users).From(p.CountedAt)
	return []Doubt{d}
}

// Bills reports whether the users of the product bill the apps linked to a family
// on its site: the product is of the family, or a collection, which all apps of
// its site are billed for (METHOD 7.7).
func (p *Product) Bills(family string) bool { return p.Collects() || estate.Family(p.Key) == family }

// Members lists the products of a family whose users the product's are: itself,
// or those of the family that a collection pays for.
func (p *Product) Members(family string) []string {
	out := slices.DeleteFunc(p.Includes(), func(key string) bool { return estate.Family(key) != family })
	if len(out) == 0 {
		return []string{p.Key}
	}
	return out
}

// Together returns the families of a site whose products and apps are decided
// together with those of one, and the name of all. Where a collection is paid for,
// these are the families of its products and of all apps there; its key is their
// name (METHOD 7.7). Elsewhere a family stands by itself.
func (r *Register) Together(site, family string) (name string, families []string) {
	for _, p := range r.Products {
		if p.Site != site || !p.Collects() {
			continue
		}
		if name == "" {
			name = p.Key
		}
		for _, key := range append(p.Includes(), p.Key) {
			families = append(families, estate.Family(key))
		}
	}
	if name == "" {
		return family, []string{family}
	}
	for i := range r.estate.Subscriptions {
		s := &r.estate.Subscriptions[i]
		if s.Kind == estate.AppKind && s.Site == site && s.Hosting == pricing.Cloud && s.Basis == estate.Linked && s.Status != estate.SubCancelled {
			families = append(families, estate.Family(s.Host))
		}
	}
	if slices.Sort(families); !slices.Contains(families, family) {
		return family, []string{family}
	}
	return name, slices.Compact(families)
}
