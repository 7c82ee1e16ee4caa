package audit

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/plan"
	"tierline/audit/pricing"
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
	Rules       []*Rule
	Workers     int // 0 = as many as there are processors
	Version     string
	Digest      string // of all inputs and settings
}

// work is everything that is known before the first rule runs.
type work struct {
	*Request
	register *seats.Register
	costs    *costing.Costs
	plan     *plan.Plan
	options  map[string]Options
	marked   map[int]int // exceptions, by their place, and how many findings each marks
	leftOut  map[int]int // and how many accounts or seats each keeps out of its rule
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
	w := &work{Request: req, options: options, marked: map[int]int{}, leftOut: map[int]int{}}
	w.register = seats.Judge(req.Estate, &req.Config.Policy, req.AsOf)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.costs = costing.Build(costing.Input{Estate: req.Estate, Register: w.register, Book: req.Book, Config: req.Config, AsOf: req.AsOf})
	w.plan = plan.Build(w.costs, &req.Config.Policy)
	units := w.units()
	if err := w.runUnits(ctx, units); err != nil {
		return nil, err
	}
	result := w.assemble(units)
	if err := failed(result.Checks); err != nil {
		return nil, fmt.Errorf("the figures do not add up, so nothing is published; please report this as a bug: %w", err)
	}
	return result, nil
}

// unit is one run of one rule: on one bundle, or on the organisation. Each
// unit writes only its own slot, so the outcome does not depend on the order.
type unit struct {
	rule     *Rule
	bundle   *costing.Bundle
	skipped  diag.Reason
	findings []Finding
	subjects []string // looked at
	leftOut  map[int]int
	failure  error
}

// units lists the work in a fixed order.
func (w *work) units() []*unit {
	var out []*unit
	for _, r := range w.Rules {
		if missing := w.missing(r); missing.Given() {
			out = append(out, &unit{rule: r, skipped: missing})
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

// runUnits runs every unit that is not skipped. A rule that fails or panics
// fills its own slot with the failure; only the caller's context stops the
// others.
func (w *work) runUnits(ctx context.Context, units []*unit) error {
	workers := w.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var g errgroup.Group
	g.SetLimit(workers)
	for _, u := range units {
		if u.skipped.Given() {
			continue
		}
		g.Go(func() error {
			if ctx.Err() == nil {
				w.runUnit(ctx, u)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

func (w *work) runUnit(ctx context.Context, u *unit) {
	defer func() {
		if p := recover(); p != nil {
			u.findings, u.failure = nil, fmt.Errorf("the rule panicked: %v", p)
		}
	}()
	pass := &Pass{
		Rule: u.rule, Bundle: u.bundle,
		Estate: w.Estate, Register: w.register, Costs: w.costs, Plan: w.plan, Book: w.Book,
		Policy: &w.Config.Policy, AsOf: w.AsOf, options: w.options[u.rule.ID],
	}
	if err := u.rule.Run(ctx, pass); err != nil && !errors.Is(err, context.Canceled) {
		u.failure = err
		return
	}
	u.findings, u.subjects, u.leftOut = pass.findings, pass.subjects, pass.leftOut
}

// statuses says what became of every rule, in the order of the list.
func (w *work) statuses(units []*unit) []RuleStatus {
	out := make([]RuleStatus, len(w.Rules))
	for i, r := range w.Rules {
		s := RuleStatus{ID: r.ID, Title: r.Title, Category: string(r.Category), Kind: string(r.Kind), Status: "ran", Remediation: r.Remediation, Page: r.Page}
		var subjects []string
		for _, u := range units {
			switch {
			case u.rule != r:
			case u.skipped.Given():
				s.Status, s.Reason = "skipped", u.skipped
			case u.failure != nil:
				s.Status, s.Reason = "failed", diag.Reason{Kind: diag.Failed, Text: u.failure.Error()}
			default:
				s.Findings += len(u.findings)
				subjects = append(subjects, u.subjects...)
				s.Clean += clean(u)
			}
		}
		slices.Sort(subjects)
		s.Subjects = len(slices.Compact(subjects))
		out[i] = s
	}
	return out
}

// clean counts the subjects a unit looked at without a finding about them.
func clean(u *unit) int {
	subjects := slices.Clone(u.subjects)
	slices.Sort(subjects)
	n := 0
	for _, s := range slices.Compact(subjects) {
		if !slices.ContainsFunc(u.findings, func(f Finding) bool { return f.Subject == s || strings.HasPrefix(f.Subject, s+"/") }) {
			n++
		}
	}
	return n
}

// findings gathers the findings of all units in their total order, with ids,
// and hands their rule ids to the actions that count them.
func (w *work) findings(units []*unit) []Finding {
	out := []Finding{}
	for _, u := range units {
		if u.failure == nil {
			out = append(out, u.findings...)
			for i, n := range u.leftOut {
				w.leftOut[i] += n
			}
		}
	}
	for i := range out {
		f := &out[i]
		f.ID = f.Rule + "/" + f.Subject
		if f.Figures == nil {
			f.Figures = []Figure{} // an empty list in JSON, not null
		}
		if f.Amount.Known() {
			f.Currency = f.Amount.Currency()
		}
		w.except(f)
		if a := w.plan.Action(f.PlanAction); a != nil && !slices.Contains(a.Rules, f.Rule) {
			a.Rules = append(a.Rules, f.Rule)
		}
	}
	for _, a := range w.plan.Actions {
		slices.Sort(a.Rules)
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return a.compare(&b) })
	return out
}
