package audit

import (
	"context"
	"fmt"
	"slices"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

// Simulate answers a question about the request's estate, one without a day as of
// as-of. The error says what of the question cannot be answered.
func Simulate(ctx context.Context, req *Request, q plan.Question) (*plan.Simulation, error) {
	if q.On.IsZero() {
		q.On = req.AsOf
	}
	if q.On.Before(req.AsOf) {
		return nil, fmt.Errorf("--on %s is before the as-of date %s", q.On, req.AsOf)
	}
	before, err := costed(req, q, false)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	after, err := costed(req, q, true)
	if err != nil {
		return nil, err
	}
	b, a := bundleOf(before, q), bundleOf(after, q)
	if b == nil {
		return nil, fmt.Errorf("no active subscription belongs to %s", estate.On(estate.ProductName(q.Product), q.Site))
	}
	return plan.Simulate(b, a, q, req.AsOf, before.Currency), nil
}

// costed costs the estate without or with the users of the question.
func costed(req *Request, q plan.Question, with bool) (*costing.Costs, error) {
	e := *req.Estate
	if with && q.On.After(req.AsOf) {
		e.Headcount = append(slices.Clone(e.Headcount), estate.HeadcountChange{Date: q.On, Site: q.Site, Product: q.Product, Change: q.Add})
		slices.SortStableFunc(e.Headcount, func(a, b estate.HeadcountChange) int { return a.Date.Compare(b.Date) })
	}
	register := seats.Judge(&e, &req.Config.Policy, req.AsOf, keepingSeats(req.Rules)...)
	p := register.Find(q.Site, q.Product)
	switch {
	case p == nil:
		return nil, unknown(register, q)
	case !p.Payer().Known():
		return nil, fmt.Errorf("the number of users of %s is not known", estate.On(estate.ProductName(q.Product), q.Site))
	}
	if with && q.On == req.AsOf {
		register.Add(q.Site, q.Product, q.Add)
	}
	return costing.Build(costing.Input{Estate: &e, Register: register, Book: req.Book, Config: req.Config, AsOf: req.AsOf}), nil
}

// RemovedSeat is the seat of an account, by its place in the estate, on a product.
type RemovedSeat struct {
	Account int32
	Product string
}

// RemovedFirst lists the seats that a simulation would remove first: of people of a
// collection, those of all its products.
func RemovedFirst(req *Request, q plan.Question, s *plan.Simulation) []RemovedSeat {
	register := seats.Judge(req.Estate, &req.Config.Policy, req.AsOf, keepingSeats(req.Rules)...)
	p := register.Find(q.Site, q.Product)
	if p == nil || s.Held != nil {
		return nil
	}
	p = p.Payer()
	var out []RemovedSeat
	for _, account := range p.Candidates[:min(s.RemoveFirst.Removals, len(p.Candidates))] {
		for _, product := range p.SeatsOf(account) {
			out = append(out, RemovedSeat{account, product.Key})
		}
	}
	return out
}

// unknown says what of a question no input knows, with the nearest name.
func unknown(register *seats.Register, q plan.Question) error {
	var sites, products []string
	for _, p := range register.Products {
		sites = append(sites, p.Site)
		if p.Site == q.Site {
			products = append(products, p.Key)
		}
	}
	if len(products) > 0 {
		return fmt.Errorf("no input knows %s on site %q%s", estate.ProductName(q.Product), q.Site, config.Suggest(q.Product, products))
	}
	return fmt.Errorf("no input knows site %q%s", q.Site, config.Suggest(q.Site, slices.Compact(sites)))
}

// bundleOf returns the bundle the product of a question belongs to, nil when
// it has no active subscription.
func bundleOf(c *costing.Costs, q plan.Question) *costing.Bundle {
	for _, b := range c.Bundles {
		if b.Decides(q.Site, q.Product) {
			return b
		}
	}
	return nil
}
