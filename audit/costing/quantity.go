package costing

import (
	"fmt"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// Quantity says how many users a subscription is charged for: today, and on
// any day after removals.
type Quantity struct {
	Users      int         // billed users today; meaningless unless UsersKnown
	UsersKnown bool        // of a fixed price nobody is counted, and that is known
	UsersFrom  string      // how the users are known, in words; "" when they are not
	NoUsers    diag.Reason // why they are not known
	StandIn    bool        // licensed_users stand in for a count of users

	count count
	days  []date.Date // on which users are planned to change, in order
}

// count is how the users of a day come about: one of constant, largest, people
// and elsewhere.
type count interface {
	// on returns the users on a day after removing seats from each product of
	// the bundle; nil removes nobody.
	on(d date.Date, removed []int) int
	// movers lists the products whose planned changes move the count.
	movers() []*seats.Product
	// members lists the positions in the bundle of the products whose removals
	// move the count.
	members() []int
}

// constant is a number that follows no product: users of its own, or a stand-in
// that only planned changes move.
type constant struct {
	users int
	moved []*seats.Product
}

func (c constant) on(d date.Date, _ []int) int {
	n := c.users
	for _, p := range c.moved {
		n += p.Planned(d)
	}
	return max(n, 0)
}

func (c constant) movers() []*seats.Product { return c.moved }
func (c constant) members() []int           { return nil }

// largest is the largest count of some products of the bundle: of the family,
// for a linked app; of itself, for a product.
type largest struct {
	bundle *Bundle
	of     []int // positions in the bundle's products
}

func (c largest) on(d date.Date, removed []int) int {
	n := 0
	for _, i := range c.of {
		k := 0
		if removed != nil {
			k = removed[i]
		}
		n = max(n, c.bundle.Products[i].On(d, k))
	}
	return n
}

func (c largest) movers() []*seats.Product {
	var out []*seats.Product
	for _, i := range c.of {
		out = append(out, c.bundle.Products[i])
	}
	return out
}

func (c largest) members() []int { return c.of }

// elsewhere is the users of a site that the charge of another site counts: they
// are shown, and nothing is charged for them here.
type elsewhere struct{ constant }

// UsersOn returns the billed users on a day after removing k seats from each
// product of the bundle; nil removes nobody.
func (q *Quantity) UsersOn(d date.Date, k []int) int { return q.count.on(d, k) }

// Members returns the products of the bundle whose counts bill this line; nil
// when its quantity does not follow them.
func (q *Quantity) Members() []int { return q.count.members() }

// changes returns the days after one and before another on which users are
// planned to change.
func (q *Quantity) changes(after, before date.Date) []date.Date {
	from, _ := slices.BinarySearchFunc(q.days, after.AddDays(1), date.Date.Compare)
	to, _ := slices.BinarySearchFunc(q.days, before, date.Date.Compare)
	return q.days[from:max(from, to)]
}

// planned returns a quantity with the days on which its users are planned to
// change.
func planned(q Quantity) Quantity {
	for _, p := range q.count.movers() {
		for _, c := range p.Changes() {
			q.days = append(q.days, c.Date)
		}
	}
	q.days = slices.Clip(sortedDates(q.days))
	return q
}

// number is a known quantity that follows no product.
func number(users int, from string) Quantity {
	return Quantity{Users: users, UsersKnown: true, UsersFrom: from, count: constant{users: users}}
}

// standIn is licensed_users in the place of a count nobody has; planned changes
// of products still move it (METHOD 1.20).
func standIn(s *estate.Subscription, why string, moved ...*seats.Product) Quantity {
	q := number(s.Licensed, "licensed_users, "+why)
	q.StandIn, q.count = true, constant{users: s.Licensed, moved: moved}
	return q
}

// noQuantity is a quantity nobody knows.
func noQuantity(format string, args ...any) Quantity {
	return Quantity{NoUsers: diag.Why(diag.NoQuantity, format, args...), count: constant{}}
}

// quantity finds out which users the line is charged for (METHOD 1.5 to 1.9).
func (b *builder) quantity(l *Line) Quantity {
	s := l.Sub
	switch {
	case s.Basis == estate.Fixed:
		return number(0, "fixed price, no users counted")
	case s.Basis == estate.OwnUsers:
		return b.ownUsers(s)
	case l.carrier == l:
		return planned(chargedPeople(l))
	case s.Kind == estate.ProductKind:
		q := productUsers(l)
		if l.rows != nil {
			q = l.part(q)
		}
		return planned(q)
	}
	return planned(b.linkedUsers(l))
}

func (b *builder) ownUsers(s *estate.Subscription) Quantity {
	if u := b.Estate.FindUsage(s.Key, s.Site); u != nil && u.HasAssigned {
		return number(u.Assigned, "assigned users in app_usage")
	}
	if s.HasLicensed {
		return standIn(s, "for want of assigned users in app_usage")
	}
	return noQuantity("no assigned users in app_usage and no licensed_users")
}

func productUsers(l *Line) Quantity {
	i := l.Bundle.Product(l.Sub.Site, l.Sub.Key)
	known := i >= 0 && l.Bundle.Products[i].Known()
	switch {
	case l.ElsewhereCharged() && i >= 0:
		users := l.Bundle.Products[i].Users
		return Quantity{Users: users, UsersKnown: known, UsersFrom: "in the charge of " + l.carrier.Sub.Site, count: elsewhere{constant{users: users}}}
	case !known:
		return noQuantity("no %s, no recent user_counts and no licensed_users", estate.CountedBy(l.Sub.Key))
	}
	p := l.Bundle.Products[i]
	return Quantity{Users: p.Users, UsersKnown: true, UsersFrom: p.Origin.String() + p.Once(), StandIn: p.Origin == seats.FromLicensed,
		count: largest{l.Bundle, []int{i}}}
}

// linkedUsers returns the largest count of the host's family on the site. If
// one figure of the family is missing, the largest is not known.
func (b *builder) linkedUsers(l *Line) Quantity {
	family := l.Bundle.on(l.Sub.Site, estate.Family(l.Sub.Host))
	var most *seats.Product
	known := len(family) > 0
	for _, i := range family {
		p := l.Bundle.Products[i]
		known = known && p.Known()
		if most == nil || p.Users > most.Users {
			most = p
		}
	}
	if known {
		return Quantity{Users: most.Users, UsersKnown: true, StandIn: most.Origin == seats.FromLicensed,
			UsersFrom: fmt.Sprintf("%s of %s", most.Origin, estate.ProductName(most.Key)) + most.Once(), count: largest{l.Bundle, family}}
	}
	if !l.Sub.HasLicensed {
		return noQuantity("users of the host are not known, and no licensed_users")
	}
	var host []*seats.Product
	if p := b.Register.Find(l.Sub.Site, l.Sub.Host); p != nil {
		host = append(host, p.Payer())
	}
	return standIn(l.Sub, "since the users of the host are not known", host...)
}

// CostFor returns the total of Bills if an app charged for its own users had n
// of them; unknown when a bill is, when the line follows other users, or when
// nobody knows what a contract would be for another number.
func (l *Line) CostFor(n int, c Choice) money.Amount {
	if l.Sub.Basis != estate.OwnUsers || l.held() && n != l.Users {
		return money.Amount{}
	}
	return l.counting(number(n, l.UsersFrom)).Cost(c)
}
