package audit

import (
	"cmp"
	"fmt"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// lines describes every active subscription.
func (w *work) lines() []Line {
	out := []Line{}
	for _, l := range w.costs.Lines {
		out = append(out, w.line(l))
	}
	return out
}

func (w *work) line(l *costing.Line) Line {
	s := l.Sub
	out := Line{
		ID: l.ID(), Site: s.Site, Type: s.Kind, Key: s.Key, Name: l.Name(), Vendor: s.Vendor, Bundle: l.Bundle.ID(),
		Hosting: s.Hosting, Host: s.Host, Edition: s.Edition, Cycle: s.Cycle, Basis: s.Basis,
		Plan: s.PricePlan, Entitlement: s.Entitlement, CostCentre: s.CostCentre, Owner: s.Owner, LicenceType: s.LicenceType,
		ContractPrice: s.ContractPrice, UsersFrom: cmp.Or(l.UsersFrom, l.NoUsers.Text),
		Current: l.Current, Volume: l.Volume, PriceChanges: l.PriceChanges(), AsIs: l.AsIs, Recommended: w.plan.Recommended(l),
		Counted: l.Counted(), Source: s.Source, CurrentSteps: Steps(l.ExplainCurrent()), Steps: []Step{}, RecommendedSteps: []Step{},
	}
	out.HardSaving, out.Avoidance = w.plan.Split(l)
	if s.Discount.Sign() != 0 {
		out.Discount = &s.Discount
	}
	if !l.Term.Start.IsZero() {
		out.Renewal, out.TermEnd = l.Term.Start, l.Term.End.AddDays(-1)
	}
	if _, _, stated := l.Covered(); stated {
		out.Licensed = &l.Licensed
	}
	if l.UsersKnown && s.Basis != estate.Fixed {
		out.Users, out.Billed = &l.Users, &l.Billed
	}
	if l.ElsewhereCharged() {
		out.Billed = new(int) // the row itself pays for nobody
	}
	if p := l.Position(); p.Known {
		out.Tier = tierData(p.Tier)
	}
	out.Currency = lineCurrency(l)
	for _, left := range w.plan.LeftOut {
		if left.Line == l {
			out.Reason = left.Reason
		}
	}
	w.terms(l, &out)
	out.Together = w.paidWith(l)
	return out
}

// paidWith says how a line is paid for together with other sites; "" when it
// is not.
func (w *work) paidWith(l *costing.Line) string {
	charge, m := l.Charge(), w.plan.Combination(l)
	switch {
	case charge == l:
		return "one charge for " + l.Bundle.Place()
	case charge != nil:
		return "in the charge of " + charge.Sub.Site
	case m == nil:
		return ""
	case m.Lines[0] == l:
		return "recommended: once for " + costing.Places(m.Sites())
	}
	return "recommended: paid for with " + m.Lines[0].Sub.Site
}

// terms adds the calculation of both amounts and the quote.
func (w *work) terms(l *costing.Line, out *Line) {
	if bills, why := l.Bills(costing.Choice{Cycle: l.Sub.Cycle}); !why.Given() && !l.Reason.Given() {
		out.Steps = Steps(l.Explain(bills))
	}
	choice := w.plan.Choice(l)
	if l.Counted() {
		from, bills := w.plan.Renewal(l)
		out.RecommendedSteps = Steps(from.Explain(bills))
		out.RecommendedCycle = &choice.Cycle
		m := w.plan.Combination(l)
		if m != nil && l == m.Lines[0] {
			out.RecommendedSteps = Steps(m.Steps())
		}
		if m != nil && l != m.Lines[0] {
			out.RecommendedSteps = []Step{{Note: m.Together()}}
		} else if len(bills) > 0 && l.Sub.Basis != estate.Fixed && !l.ElsewhereCharged() {
			out.RecommendedFor = &bills[0].Quantity
		}
	}
	if q := l.Quote; !q.Change.IsZero() {
		out.Quote = &Quote{Change: q.Change, From: q.From, By: q.By, Possible: q.Possible, Planned: choice.Locked, Reason: q.Reason}
	}
}

func lineCurrency(l *costing.Line) money.Currency {
	if l.AsIs.Known() {
		return l.AsIs.Currency()
	}
	return l.Current.Currency()
}

func tierData(r pricing.Range) *Tier {
	t := &Tier{From: r.From}
	if r.To > 0 {
		t.To = &r.To
	}
	return t
}

// positions says where every bundle stands in its tiers.
func (w *work) positions() []Position {
	out := []Position{}
	for _, b := range w.costs.Bundles {
		p := Position{Bundle: b.ID(), Title: b.Title(), Site: b.Site, Family: b.Family, Lines: []LinePosition{}, Unused: money.Zero(w.costs.Currency)}
		for _, product := range b.Products {
			if product.Known() && (p.Users == nil || product.Users > *p.Users) {
				p.Users = &product.Users
			}
		}
		for _, l := range b.Lines {
			if l.Charge() == l {
				p.Users = &l.Users // people over several sites, each once
			}
			pos := l.Position()
			if !pos.Known {
				continue
			}
			p.Lines = append(p.Lines, linePosition(l, pos))
			if pos.Unused.Known() {
				p.Unused = p.Unused.Add(pos.Unused) // unknown when the line is in another currency
			}
		}
		w.ladder(b, &p)
		out = append(out, p)
	}
	return out
}

// rungsAround is how many tiers a ladder shows beyond the ones that hold the
// users of today and of the plan.
const rungsAround = 2

// ladder adds up, for the tiers around the users of the largest product, what
// it and the apps that follow it cost for twelve months.
func (w *work) ladder(b *costing.Bundle, p *Position) {
	host := ladderHost(b)
	p.Ladder = []LadderRung{}
	if host == nil {
		return
	}
	users, target := host.Users, host.UsersOn(w.AsOf, w.plan.Decision(b).Removed)
	p.LadderUsers, p.LadderPaid = users, host.Billed
	rungs := host.Rungs()
	here := slices.IndexFunc(rungs, func(r pricing.Range) bool { return holds(r, host.Billed) })
	aim := slices.IndexFunc(rungs, func(r pricing.Range) bool { return holds(r, target) })
	if here < 0 || aim < 0 {
		return
	}
	followers, without := w.followers(b, host)
	for n := max(min(here, aim)-rungsAround, 0); n <= min(max(here, aim)+rungsAround, len(rungs)-1); n++ {
		rung := LadderRung{Tier: *tierData(rungs[n]), Here: n == here, Target: n == aim}
		if rungs[n].To > 0 {
			rung.Amount = money.Zero(w.costs.Currency)
			for _, l := range followers {
				rung.Amount = rung.Amount.Add(l.YearAt(rungs[n].To))
			}
		}
		p.Ladder = append(p.Ladder, rung)
	}
	switch {
	case host.Charge() != nil:
		p.LadderNote = fmt.Sprintf("%s alone, one charge for the people on any site; apps follow the users of their own site", host.Name())
	case without > 0:
		p.LadderNote = fmt.Sprintf("without %d subscriptions whose price for other quantities is not known", without)
	}
}

func holds(r pricing.Range, n int) bool { return n >= r.From && (r.To == 0 || n <= r.To) }

// ladderHost returns the annual product line with the most users, nil when
// the bundle has none with a known price.
func ladderHost(b *costing.Bundle) *costing.Line {
	var best *costing.Line
	for _, l := range b.Lines {
		if l.IsHost() && l.Counted() && l.Sub.Cycle == pricing.Annual && len(l.Members()) > 0 && (best == nil || l.Users > best.Users) {
			best = l
		}
	}
	return best
}

// followers returns the annual lines whose quantity a product row's users set,
// the row among them, and how many more follow it without a list. Nothing
// follows a charge over several sites: apps have the users of their own site.
func (w *work) followers(b *costing.Bundle, host *costing.Line) (out []*costing.Line, without int) {
	if host.Charge() != nil {
		return []*costing.Line{host}, 0
	}
	i := host.Members()[0]
	for _, l := range b.Lines {
		if !l.Counted() || l.Sub.Cycle != pricing.Annual || !slices.Contains(l.Members(), i) || l.IsHost() && l.Members()[0] != i {
			continue
		}
		if !l.YearAt(l.Billed).Known() || !l.Position().Known {
			without++
			continue
		}
		out = append(out, l)
	}
	return out, without
}

func linePosition(l *costing.Line, pos costing.Position) LinePosition {
	out := LinePosition{
		Line: l.ID(), Site: l.Sub.Site, Name: l.Name(), Cycle: pos.Cycle, Currency: lineCurrency(l), Users: pos.Users, Billed: pos.Billed, Tier: *tierData(pos.Tier),
		ToDrop: pos.ToDrop, Bill: pos.Bill, BillSteps: Steps(pos.BillSteps), Step: pos.StepUp, StepDown: pos.StepDown, UnusedSeats: pos.UnusedFor, Unused: pos.Unused,
	}
	if l.Charge() == l {
		out.Site = l.Bundle.Place()
	}
	if pos.Tier.To > 0 {
		out.Headroom = &pos.Headroom
	}
	return out
}
