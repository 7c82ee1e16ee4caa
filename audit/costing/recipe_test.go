package costing_test

import (
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/world"
)

// cook works the cost of a line out from its recipe alone, for the choices of its
// bundle, as a spreadsheet would.
type cook struct {
	recipes map[*costing.Line]costing.Recipe
	choices map[*costing.Line]costing.Choice
}

func (k cook) users(l *costing.Line, d date.Date) int { return k.usersOf(l, d, k.choices[l].Removed) }

func (k cook) usersOf(l *costing.Line, d date.Date, removed []int) int {
	r, most := k.recipes[l], 0
	if r.Of == nil {
		return r.Own
	}
	for _, i := range r.Of {
		most = max(most, l.Bundle.Products[i].On(d, removed[i]))
	}
	return most
}

// agreed returns the users a contract has to be for on the day of a bill.
func (k cook) agreed(l *costing.Line, b costing.RecipeBill) int {
	return max(k.usersOf(l, b.Date, make([]int, len(l.Bundle.Products))), b.Bound)
}

// needs returns the users an annual line has to pay for on a day.
func (k cook) needs(l *costing.Line, d date.Date) int { return max(k.users(l, d), k.bound(l, d)) }

// bound returns the users that the licences of its hosts bind an app to.
func (k cook) bound(l *costing.Line, d date.Date) int {
	n := 0
	for _, h := range k.recipes[l].Binds {
		switch {
		case h.Charge() != nil || k.choices[h].Cycle != pricing.Annual:
		case h.Term.Start.IsZero() || d.Before(h.Term.Start):
			n = max(n, h.BindsBefore(d))
		default:
			n = max(n, k.top(h, k.paid(h, d)))
		}
	}
	return n
}

// top returns the top of a host's tier on Data Center, else the users themselves.
func (k cook) top(h *costing.Line, n int) int {
	v, _ := h.Timeline(pricing.Annual).At(h.Term.Start)
	if h.Sub.Hosting == pricing.Cloud || v == nil {
		return n
	}
	if tier, ok := v.Tier(n); ok && tier.To > 0 {
		return tier.To
	}
	return n
}

// paid returns the users an annual line pays for from a day of its term on.
func (k cook) paid(l *costing.Line, until date.Date) int {
	r, c := k.recipes[l], k.choices[l]
	most := 0
	for i, b := range r.Bills[pricing.Annual] {
		if b.Date.After(until) {
			break
		}
		most = max(most, k.needs(l, b.Date))
		switch {
		case i > 0:
		case k.offered(l):
			most = max(most, r.Offer.Users)
		case c.Locked:
			most = max(most, c.Quantity)
		case !c.RightSize:
			most = max(most, r.Kept)
		}
	}
	return most
}

// offered reports whether a line renews by the quote in force.
func (k cook) offered(l *costing.Line) bool {
	r, c := k.recipes[l], k.choices[l]
	if r.Offer == nil || c.RightSize || c.Locked || c.Cycle != r.Offer.Cycle {
		return false
	}
	need := k.users(l, l.Term.Start)
	if c.Cycle == pricing.Annual {
		need = k.needs(l, l.Term.Start)
	}
	return r.Offer.Open || need <= r.Offer.Covers
}

// list returns what a price says for n users.
func list(p costing.RecipePrice, n int) (money.Exact, bool) {
	if n == 0 && p.List != nil {
		return money.Exact{}, true
	}
	for _, piece := range p.Pieces(n) {
		if piece.From <= n && (piece.To == 0 || n <= piece.To) {
			return piece.Price(n), true
		}
	}
	return money.Exact{}, false
}

func (k cook) cost(l *costing.Line, into money.Currency) money.Amount {
	r, c := k.recipes[l], k.choices[l]
	total, paid := money.Zero(into), 0
	for i, b := range r.Bills[c.Cycle] {
		if i == 0 && k.offered(l) {
			total, paid = total.Add(r.Offer.Worth()), k.paid(l, b.Date)
			continue
		}
		n := k.users(l, b.Date)
		switch {
		case r.Agreed:
			n = k.agreed(l, b)
			if i > 0 && c.Cycle == pricing.Annual && n <= k.agreed(l, r.Bills[c.Cycle][0]) {
				continue
			}
		case c.Cycle == pricing.Annual:
			n = k.paid(l, b.Date)
		}
		if c.Cycle == pricing.Annual && i > 0 && n == paid {
			continue
		}
		price := b.Price
		if i == 0 && c.Locked {
			price = *r.Old
		}
		sum, ok := list(price, n)
		if c.Cycle == pricing.Annual && i > 0 {
			before, known := list(price, paid)
			days := min(l.Term.End.Sub(b.Date), 365)
			sum, ok = sum.Sub(before).Mul(money.Ratio(int64(days), 365)), ok && known
		}
		if !ok {
			return money.Amount{}
		}
		if sum.Sign() < 0 && i > 0 {
			sum = money.Exact{}
		}
		how := money.HalfUp
		if r.Up[c.Cycle] {
			how = money.UpToUnit
		}
		own := sum.Mul(r.Factor).Round(r.Priced, how)
		if own.Currency() != into {
			own = own.Exact().Mul(r.Rate).Round(into, money.HalfUp)
		}
		total, paid = total.Add(own), n
	}
	return total
}

// choose draws a way to renew every line of a bundle that its recipe can tell.
func (k cook) choose(rt *rapid.T, b *costing.Bundle) {
	removed := make([]int, len(b.Products))
	for i, p := range b.Products {
		removed[i] = rapid.IntRange(0, len(p.Candidates)).Draw(rt, "removed")
	}
	hosts := map[*costing.Line]costing.Choice{}
	for _, l := range b.Lines {
		r := k.recipes[l]
		c := costing.Choice{Cycle: l.Sub.Cycle, Removed: removed, Hosts: hosts}
		if other := l.Sub.Cycle.Other(); r.Bills[other] != nil && rapid.Bool().Draw(rt, "switch") {
			c.Cycle = other
		}
		switch rapid.IntRange(0, 2).Draw(rt, "licence") {
		case 1:
			c.RightSize = true
		case 2:
			if of := l.QuoteQuantities(c); len(of) > 0 {
				c.Locked, c.Quantity = true, rapid.SampledFrom(of).Draw(rt, "quoted")
			}
		}
		k.choices[l] = c
		if l.IsHost() {
			hosts[l] = c
		}
	}
}

// Whatever is chosen for the lines of a bundle, a recipe and the pieces of its
// prices lead to the cost of the line, or to none where there is none.
//
// METHOD 22.2, 22.3 and 22.4.
func TestRecipesLeadToTheSameCosts(t *testing.T) {
	told := 0
	rapid.Check(t, func(rt *rapid.T) {
		c := world.Random(rt, world.New(t), [3]int{8, 8, 8}).Build()
		for _, b := range c.Bundles {
			k := cook{map[*costing.Line]costing.Recipe{}, map[*costing.Line]costing.Choice{}}
			unread := map[*costing.Line]bool{}
			for _, l := range b.Lines {
				r, why := l.Recipe()
				k.recipes[l], unread[l] = r, why.Given()
			}
			k.choose(rt, b)
			for _, l := range b.Lines {
				if unread[l] || k.recipes[l].Locked.Given() {
					continue
				}
				told++
				x := k.choices[l]
				if got, want := k.cost(l, c.Currency), l.Cost(x); got != want {
					rt.Fatalf("%s, %s, removed %v, right-sized %v, quoted %v for %d: the recipe leads to %s, the cost is %s",
						l.ID(), x.Cycle, x.Removed, x.RightSize, x.Locked, x.Quantity, got, want)
				}
			}
		}
	})
	if told == 0 {
		t.Error("no recipe told a cost")
	}
}

// An app that several licences of its product bind takes their sum, which no recipe
// adds up: only the amounts of the plan are known of it.
//
// METHOD 3.12 and 22.6.
func TestRecipeOfAnAppBoundBySeveralLicences(t *testing.T) {
	w := world.New(t).Prices(products...).Seats("jira", 24, 0).Product("jira", pricing.Annual, world.Entitlement("E-1"), world.Licensed(15))
	one := world.Find(t, w.App("app", "jira", pricing.Annual).Build(), "app")
	if r, why := one.Recipe(); why.Given() || r.Locked.Given() {
		t.Errorf("bound by one licence: locked %q, unread %q, want neither", r.Locked.Text, why.Text)
	}
	both := world.Find(t, w.Product("jira", pricing.Annual, world.Entitlement("E-2"), world.Licensed(10)).Build(), "app")
	if r, why := both.Recipe(); why.Given() || r.Locked.Kind != diag.InDoubt {
		t.Errorf("bound by two licences: locked %q, unread %q, want it locked in doubt", r.Locked.Text, why.Text)
	}
}
