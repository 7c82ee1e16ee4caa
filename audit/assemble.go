package audit

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

// assemble makes the result of what was known before the rules ran and of what
// they said.
func (w *work) assemble(o *outcome) *Result {
	all := slices.Concat(w.Diagnostics, w.register.Diagnostics, w.costs.Diagnostics)
	r := &Result{
		Inputs:     w.Inputs,
		Seats:      w.seats(),
		Lines:      w.lines(),
		Positions:  w.positions(),
		Cycles:     w.cycles(),
		Changes:    w.changes(),
		Findings:   o.findings,
		Plan:       w.planData(o.answered),
		Removals:   w.removals(),
		Cash:       w.cash(),
		Sums:       w.sums(),
		Deadlines:  w.deadlines(),
		Exceptions: w.exceptions(o.used),
		Rules:      o.statuses,
		People:     w.people,
		Rejected:   w.Rejected,
		Branding:   w.Config.Branding,
	}
	for _, out := range w.plan.LeftOut {
		if !out.Line.Foreign {
			all.Add(diag.Incomplete, out.Line.Sub.Source, out.Line.Name()+" on "+out.Line.Sub.Site+" has no known cost: "+out.Reason.Placed(), "")
		}
	}
	for _, s := range r.Rules {
		if s.Status == Errored {
			all.Add(diag.Incomplete, diag.Source{}, "rule "+s.ID+" failed: "+s.Reason.Text, "the other rules ran")
		}
	}
	all = append(all, w.uselessExceptions(o)...)
	r.Diagnostics = append([]diag.Diagnostic{}, all.Sorted()...)
	r.Coverage = w.coverage()
	r.Run = w.runInfo(all.Worst() < diag.Incomplete)
	r.Checks = r.check()
	return r
}

func (w *work) runInfo(complete bool) RunInfo {
	from := "audit.yaml"
	if w.costs.Assumed {
		from = "assumed: the currency most active subscriptions are priced in"
	}
	return RunInfo{
		Schema: SchemaVersion, Tool: "tierline", Version: w.Version,
		Organisation: w.Config.Organisation, AsOf: w.AsOf, AsOfAssumed: w.AsOfAssumed,
		Currency: w.costs.Currency, CurrencyFrom: from, Digest: w.Digest,
		Complete: complete, Policy: w.Config.Policy,
	}
}

func leftOut(out plan.LeftOut) LeftOut {
	l := out.Line
	return LeftOut{Line: l.ID(), Name: l.Name(), Site: l.Sub.Site, Currency: l.Current.Currency(), Current: l.Current, Reason: out.Reason, Source: l.Sub.Source}
}

func (w *work) coverage() Coverage {
	c := Coverage{
		Subscriptions:        len(w.Estate.Subscriptions) + w.Refused,
		SubscriptionsRefused: w.Refused,
		Active:               len(w.costs.Lines),
		LeftOutCurrent:       money.Zero(w.costs.Currency),
		LeftOut:              []LeftOut{},
		Foreign:              w.foreign(),
		Products:             []ProductSource{},
	}
	for _, l := range w.costs.Lines {
		if l.Counted() {
			c.Counted++
		}
	}
	for _, out := range w.plan.LeftOut {
		l := out.Line
		c.LeftOut = append(c.LeftOut, leftOut(out))
		if l.Current.Currency() == w.costs.Currency {
			c.LeftOutCurrent = c.LeftOutCurrent.Add(l.Current)
		}
	}
	for _, p := range w.register.Products {
		note := ""
		if p.Origin == seats.FromLicensed {
			note = "the number paid for stands in for the users; nothing can be said about unused seats"
		}
		c.Products = append(c.Products, ProductSource{Site: p.Site, Product: p.Key, Users: usersOf(p), From: p.Origin, Activity: activity(p), Note: note})
	}
	return c
}

// activity says what is known of the last use of a product: without it no
// rule can say who is idle.
func activity(p *seats.Product) string {
	switch {
	case p.ListsAccounts:
		return "last use of accounts known, but not which of them are seats"
	case p.Seats == nil:
		return "last use not known"
	case !p.HasSeen():
		return "no last-seen column, so nobody counts as idle"
	case p.Newest.IsZero() && p.Classes[seats.Unknown] > 0:
		return "no last use that can be read"
	case p.Newest.IsZero():
		return "nobody has ever been seen"
	}
	return "last use known up to " + p.Newest.String()
}

// foreign adds up the lines in other currencies, each currency by itself.
func (w *work) foreign() []ForeignTotal {
	out := []ForeignTotal{}
	for _, l := range w.costs.Lines {
		if !l.Foreign {
			continue
		}
		i := slices.IndexFunc(out, func(t ForeignTotal) bool { return t.Currency == l.AsIs.Currency() })
		if i < 0 {
			zero := money.Zero(l.AsIs.Currency())
			out = append(out, ForeignTotal{Currency: zero.Currency(), Current: zero, AsIs: zero})
			i = len(out) - 1
		}
		out[i].Lines++
		out[i].Current = out[i].Current.Add(l.Current)
		out[i].AsIs = out[i].AsIs.Add(l.AsIs)
	}
	slices.SortFunc(out, func(a, b ForeignTotal) int { return cmp.Compare(a.Currency, b.Currency) })
	return out
}

func usersOf(p *seats.Product) *int {
	if !p.Known() {
		return nil
	}
	return &p.Users
}

func (w *work) seats() []ProductSeats {
	out := []ProductSeats{}
	for _, p := range w.register.Products {
		s := ProductSeats{
			Site: p.Site, Product: p.Key, Name: estate.ProductName(p.Key), Users: usersOf(p), From: p.Origin,
			Classes: []Counted[seats.Class]{}, Bands: []Counted[seats.Band]{}, AccountBands: []Counted[seats.Band]{},
			Candidates: len(p.Candidates), NeverWithoutAdded: p.NoAdded, NewestActivity: p.Newest,
		}
		if p.Seats != nil {
			for _, c := range seats.Classes() {
				s.Classes = append(s.Classes, Counted[seats.Class]{c, p.Classes[c]})
			}
			for _, b := range seats.Bands() {
				s.Bands = append(s.Bands, Counted[seats.Band]{b, p.Bands[b]})
			}
		}
		if p.ListsAccounts {
			for _, b := range seats.Bands() {
				s.AccountBands = append(s.AccountBands, Counted[seats.Band]{b, p.AccountBands[b]})
			}
		}
		out = append(out, s)
	}
	return out
}

// cycles compares monthly and annual billing of every bundle after the
// planned removals.
func (w *work) cycles() []CycleComparison {
	out := []CycleComparison{}
	for _, d := range w.plan.Decisions {
		c := CycleComparison{Bundle: d.Bundle.ID(), Title: d.Bundle.Title(), Current: currentCycle(d.Bundle), Decided: d.Cycle, Keep: d.CleanUp.Total,
			NotWeighed: d.NoSwitch.Or(d.NotWeighed(plan.AllMonthly)).Or(d.NotWeighed(plan.AllAnnual))}
		for cycle, total := range map[plan.Cycle]*money.Amount{plan.AllMonthly: &c.Monthly, plan.AllAnnual: &c.Annual} {
			if !d.NotWeighed(cycle).Given() {
				*total = plan.Evaluate(d.Bundle, d.Removed, cycle, plan.Freedom{RightSize: true}, w.costs.Currency).Total
			}
		}
		out = append(out, c)
	}
	return out
}

func currentCycle(b *costing.Bundle) Billed {
	first := b.Lines[0].Sub.Cycle
	if slices.ContainsFunc(b.Lines, func(l *costing.Line) bool { return l.Sub.Cycle != first }) {
		return BilledMixed
	}
	if first == pricing.Annual {
		return BilledAnnual
	}
	return BilledMonthly
}

// changes lists the price changes that meet the coming term of a line.
func (w *work) changes() []PriceChange {
	out := []PriceChange{}
	for _, l := range w.costs.Lines {
		if !l.Term.Start.IsZero() {
			out = append(out, w.lineChanges(l)...)
		}
	}
	slices.SortStableFunc(out, func(a, b PriceChange) int {
		return cmp.Or(a.Effective.Compare(b.Effective), strings.Compare(a.Line, b.Line))
	})
	return out
}

func (w *work) lineChanges(l *costing.Line) []PriceChange {
	var out []PriceChange
	for _, m := range l.Moves() {
		c := PriceChange{
			Line: l.ID(), Name: l.Name(), Site: l.Sub.Site, Announced: m.Announced, Effective: m.Effective,
			Currency: cmp.Or(m.New.Currency(), m.ThisTerm.Currency()), Old: m.Old, New: m.New,
			Renewal: l.Term.Start, ThisTerm: m.ThisTerm, NextTerm: m.NextTerm, Source: m.Source,
			OldSteps: Steps(m.OldSteps), NewSteps: Steps(m.NewSteps),
		}
		if m.Old.Currency() != c.Currency {
			c.Was = m.Old.Currency()
		}
		if change, ok := m.Change(); ok {
			p := PercentOf(change)
			c.Change = &p
		}
		if l.Quote.Change == m.Effective {
			c.QuoteFrom, c.QuoteBy, c.Quotable, c.Reason = l.Quote.From, l.Quote.By, l.Quote.Possible, l.Quote.Reason
		} else if l.Sub.Cycle == pricing.Monthly {
			c.Reason = diag.Why(diag.Bound, "monthly bills cannot be quoted ahead")
		} else if m.Effective.After(l.Term.Start) {
			c.Reason = diag.Why(diag.NoEffect, "the renewal comes before the change")
		}
		out = append(out, c)
	}
	return out
}
