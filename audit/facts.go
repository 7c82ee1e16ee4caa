package audit

import (
	"tierline/audit/diag"
	"tierline/audit/history"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

// Identity names the run and says what it can be compared with. Its folder is for
// the caller to add.
func (r *Result) Identity() history.Run {
	return history.Run{AsOf: r.Run.AsOf, Digest: r.Run.Digest, Organisation: r.Run.Organisation, Redacted: r.Run.Redacted, Currency: r.Run.Currency}
}

// Facts returns what a comparison with another run knows of this one. All of it
// stands in result.json.
func (r *Result) Facts() *history.Facts {
	f := &history.Facts{
		Run: r.Identity(),
		Ran: map[string]bool{},
	}
	for i := range r.Seats {
		p := &r.Seats[i]
		f.Users = append(f.Users, history.Users{Site: p.Site, Product: p.Product, Name: p.Name, Count: p.Users})
	}
	lines := r.linesByID()
	for i := range r.Lines {
		f.Lines = append(f.Lines, r.Lines[i].facts())
	}
	for i := range r.Findings {
		x := &r.Findings[i]
		f.Findings = append(f.Findings, history.Finding{ID: x.ID, Rule: x.Rule, Title: x.Title, Severity: x.Severity.String(), Rank: int(x.Severity),
			Amount: x.Amount, Excepted: x.Excepted != diag.Source{}})
	}
	for i := range r.Plan.Actions {
		f.Actions = append(f.Actions, r.Plan.Actions[i].facts(lines))
	}
	for i := range r.Changes {
		f.Announced = append(f.Announced, history.Announced{Line: r.Changes[i].Line, Effective: r.Changes[i].Effective})
	}
	for _, s := range r.Run.Policy.Settings() {
		f.Settings = append(f.Settings, history.Setting{Name: s.Name, Value: s.Value})
	}
	for i := range r.Rules {
		f.Ran[r.Rules[i].ID] = r.Rules[i].Status == Ran
	}
	return f
}

// facts returns what a comparison knows of a subscription.
func (l *Line) facts() history.Line {
	out := history.Line{ID: l.ID, Site: l.Site, Name: l.Name, Users: l.Users, Quantity: l.Quantity(),
		Currency: l.Currency, Current: l.Current, Terms: l.agreed()}
	if l.Tier != nil {
		out.Tier = &history.Tier{From: l.Tier.From, To: l.Tier.To}
	}
	return out
}

// Quantity returns the users that Current is for: those licensed, else those
// there are. It is nil where neither is known.
func (l *Line) Quantity() *int {
	if l.Licensed != nil && l.Cycle == pricing.Annual {
		return l.Licensed
	}
	return l.Users
}

// agreed lists what was agreed for a subscription. The day a monthly one is
// billed next comes every month and is nothing new.
func (l *Line) agreed() []history.Term {
	price := func(name, value string) history.Term { return history.Term{Name: name, Value: value, Price: true} }
	out := []history.Term{
		price("cycle", l.Cycle.String()), price("hosting", l.Hosting.String()), price("price_plan", l.Plan), price("licence_type", l.LicenceType),
		price("edition", l.Edition), price("contract_price", l.ContractPrice.String()), price("entitlement", l.Entitlement),
		{Name: "licensed_users", Value: optional(l.Licensed)}, {Name: "host", Value: l.Host},
	}
	discount := ""
	if l.Discount != nil {
		discount = l.Discount.Percent()
	}
	out = append(out, price("discount", discount))
	if l.Own != nil {
		out = append(out, price("rate", l.Own.Rate.Decimal(0)))
	}
	if l.Cycle == pricing.Annual && !l.Renewal.IsZero() {
		out = append(out, history.Term{Name: "renewal", Value: l.Renewal.String()})
	}
	return out
}

func optional(n *int) string {
	if n == nil {
		return ""
	}
	return money.Count(*n)
}

// facts returns what a comparison knows of an action.
func (a *Action) facts(lines map[string]*Line) history.Action {
	out := history.Action{ID: a.ID, Title: a.Title, Deadline: a.Deadline, Amount: a.Amount, Seats: a.Seats}
	for _, x := range a.Lines {
		t := history.Target{Line: x.Line, From: x.From, To: x.To, Merged: a.Step == plan.StepMultiInstance}
		if l := lines[x.Line]; l != nil && l.RecommendedCycle != nil && *l.RecommendedCycle != l.Cycle {
			t.Cycle = l.RecommendedCycle.String()
		}
		out.Lines = append(out.Lines, t)
	}
	return out
}
