package audit

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/progress"
	"tierline/audit/seats"
)

// Request is what an audit works on.
type Request struct {
	Estate      *estate.Estate
	Book        *pricing.Book
	Config      *config.Config
	AsOf        date.Date
	AsOfAssumed bool
	Inputs      []Input   // accounting of the files, in order
	Diagnostics diag.List // of reading
	Refused     int       // subscriptions rows that could not be read
	Rejected    []estate.RejectedRow
	Earlier     *Earlier // the run to compare with; nil when there is none
	Rules       []*Rule
	Workers     int             // 0 = as many as there are processors
	Progress    *progress.Count // nil where nobody watches
	Version     string
	Digest      string // of all inputs and settings
}

// work is everything that is known before the first rule runs. Nothing changes
// it afterwards.
type work struct {
	*Request
	register *seats.Register
	costs    *costing.Costs
	plan     *plan.Plan
}

// Run audits: seats, costs and plan first, then the rules concurrently, then
// the result. The same request gives the same result whatever the number of
// workers. The error is the tool's own failure, a cancelled context or a
// configuration that names unknown rules or options.
func Run(ctx context.Context, req *Request) (*Result, error) {
	if err := Validate(req.Rules); err != nil {
		return nil, err
	}
	options, err := TypeOptions(req.Rules, req.Config.Rules)
	if err != nil {
		return nil, err
	}
	w, err := prepare(ctx, req)
	if err != nil {
		return nil, err
	}
	units, err := w.ask(ctx, options)
	if err != nil {
		return nil, err
	}
	result := w.assemble(w.outcome(units))
	if err := errors.Join(failed(result.Checks), result.explained()); err != nil {
		return nil, fmt.Errorf("the figures do not add up, so nothing is published; please report this as a bug: %w", err)
	}
	return result, nil
}

// prepare judges the seats, costs the lines and makes the plan.
func prepare(ctx context.Context, req *Request) (*work, error) {
	req.Progress.Begin(progress.Judging, 0)
	if recalled := req.Earlier.recalled(req.Estate, req.AsOf); recalled != req.Estate {
		with := *req
		with.Estate, req = recalled, &with
	}
	register := seats.Judge(req.Estate, &req.Config.Policy, req.AsOf, keepingSeats(req.Rules)...)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	costs := costing.Build(costing.Input{Estate: req.Estate, Register: register, Book: req.Book, Config: req.Config, AsOf: req.AsOf})
	return &work{Request: req, register: register, costs: costs, plan: plan.Build(costs, &req.Config.Policy)}, nil
}

// unit is one run of one rule: on one bundle, or on the organisation. Each
// unit writes only its own slot, so the outcome does not depend on the order.
type unit struct {
	rule     *Rule
	bundle   *costing.Bundle
	missing  []Need // for want of which it is skipped
	findings []Finding
	subjects []string // looked at
	leftOut  map[int]int
	failure  error
}

// units lists the work in a fixed order.
func (w *work) units() []*unit {
	var out []*unit
	for _, r := range w.Rules {
		if missing := w.missing(r); len(missing) > 0 {
			out = append(out, &unit{rule: r, missing: missing})
			continue
		}
		if r.Scope == PerOrganisation {
			out = append(out, &unit{rule: r})
			continue
		}
		for _, b := range w.costs.Bundles {
			out = append(out, &unit{rule: r, bundle: b})
		}
	}
	return out
}

// ask runs every rule that is not skipped. A rule that fails or panics fills its
// own slot with the failure; only the caller's context stops the others.
func (w *work) ask(ctx context.Context, options map[string]Options) ([]*unit, error) {
	units := w.units()
	workers := w.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	w.Progress.Begin(progress.Asking, int64(len(units)))
	var g errgroup.Group
	g.SetLimit(workers)
	for _, u := range units {
		if len(u.missing) > 0 {
			continue
		}
		g.Go(func() error {
			if ctx.Err() == nil {
				w.runUnit(ctx, u, options[u.rule.ID])
			}
			w.Progress.Add(1)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return units, ctx.Err()
}

func (w *work) runUnit(ctx context.Context, u *unit, options Options) {
	defer func() {
		if p := recover(); p != nil {
			u.findings, u.failure = nil, fmt.Errorf("the rule panicked: %v", p)
		}
	}()
	pass := &Pass{
		Rule: u.rule, Bundle: u.bundle,
		Estate: w.Estate, Register: w.register, Costs: w.costs, Plan: w.plan, Book: w.Book,
		Policy: &w.Config.Policy, AsOf: w.AsOf, options: options,
	}
	if err := u.rule.Run(ctx, pass); err != nil && !errors.Is(err, context.Canceled) {
		u.failure = err
		return
	}
	u.findings, u.subjects, u.leftOut = pass.findings, pass.subjects, pass.leftOut
}
