// Package seats judges the seats of an estate: how many users a product has
// and how that is known, the class and idle band of each seat, which
// exceptions protect it, and in which order candidates for removal come. It
// knows no prices; costing asks it for users on a day, plan for candidates.
//
// A candidate is somebody to ask about, never a culprit: the signal is one
// product's page views, and people on leave or working through a client look
// idle as well.
package seats

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// Register holds the judgement on every product of every site.
type Register struct {
	Products    []*Product // by site, then key
	Diagnostics diag.List
	// Protected counts, for each exception, the seats it keeps from being
	// candidates.
	Protected []int

	estate  *estate.Estate
	asOf    date.Date
	guard   *guard
	planned []estate.HeadcountChange
	facts   facts
}

// Judge judges every seat of e as of a day. An exception keeps seats from being
// candidates where it is for every rule, or for one of the rules whose ids are
// given (METHOD 1.15).
func Judge(e *estate.Estate, policy *config.Policy, asOf date.Date, keeping ...string) *Register {
	r := &Register{estate: e, asOf: asOf, Protected: make([]int, len(e.Exceptions))}
	r.guard = newGuard(e, policy, asOf, keeping, &r.Diagnostics)
	r.facts = factsOf(e)
	r.planned = r.future()
	daily, past := r.daily(e.UserCounts), r.daily(e.PastCounts)
	for _, key := range r.keys() {
		r.Products = append(r.Products, &Product{Site: key[0], Key: key[1], asOf: asOf, daily: daily[key], past: past[key], access: e.FindAccess(key[0], key[1])})
	}
	r.pool()
	r.judgeAll(policy)
	for _, collections := range []bool{false, true} { // the products of a collection come before it
		for _, p := range r.Products {
			if p.Collects() == collections {
				r.examine(p, policy)
			}
		}
	}
	r.guard.complain(&r.Diagnostics)
	r.remarkOnDecisions()
	r.weigh(policy)
	return r
}

// examine counts the users of a product whose seats are judged.
func (r *Register) examine(p *Product, policy *config.Policy) {
	var changes []estate.HeadcountChange
	for _, c := range r.planned {
		if product := r.Find(c.Site, c.Product); product == p || product != nil && p.Collects() && slices.Contains(p.Included, product) {
			changes = append(changes, c)
		}
	}
	p.plan(changes)
	switch {
	case p.Collects():
		r.collect(p, policy)
	case p.judged():
		r.remarks(p)
	}
	for exception, seats := range p.protected {
		r.Protected[exception] += seats
	}
	r.count(p, policy)
	r.cancel(p)
	if p.access != nil && p.access.Roles == nil && !p.Collects() {
		r.bandAccounts(p, policy)
	}
}

// keys lists every product of every site that any input names.
func (r *Register) keys() [][2]string {
	var out [][2]string
	for i := range r.estate.Access {
		a := &r.estate.Access[i]
		out = append(out, [2]string{a.Site, a.Product})
	}
	for i := range r.estate.Subscriptions {
		if s := &r.estate.Subscriptions[i]; s.Kind == estate.ProductKind {
			out = append(out, [2]string{s.Site, s.Key})
		}
	}
	for _, c := range r.estate.UserCounts {
		out = append(out, [2]string{c.Site, c.Product})
	}
	for i := range r.estate.Licences {
		if l := &r.estate.Licences[i]; l.Kind == estate.ProductKind && l.HasCurrent {
			out = append(out, [2]string{l.Site, l.Key})
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	})
	return slices.Compact(out)
}

// Find returns the judgement on a product, nil when no input names it.
func (r *Register) Find(site, product string) *Product {
	for _, p := range r.Products {
		if p.Site == site && p.Key == product {
			return p
		}
	}
	return nil
}

// Family returns the products of some families on a site whose users count for
// the apps linked to them: those with an access column or a subscription that is
// not cancelled, subscribed or not, without those a collection pays for (METHOD
// 1.6, 1.10).
func (r *Register) Family(site string, families ...string) []*Product {
	var out []*Product
	for _, p := range r.Products {
		if p.Site == site && p.counts && p.Collection == nil && slices.Contains(families, estate.Family(p.Key)) {
			out = append(out, p)
		}
	}
	return out
}
