package audit

import (
	"cmp"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
)

// Tier is a range of users; To is null without limit.
type Tier struct {
	From int  `json:"from"`
	To   *int `json:"to"`
}

// Line is one active subscription in its coming term.
type Line struct {
	ID               string          `json:"id"`
	Site             string          `json:"site"`
	Type             estate.Kind     `json:"type"`
	Key              string          `json:"key"`
	Name             string          `json:"name"`
	Vendor           string          `json:"vendor,omitempty"`
	Bundle           string          `json:"bundle"`
	Hosting          pricing.Hosting `json:"hosting"`
	Host             string          `json:"host,omitempty"`
	Edition          string          `json:"edition,omitempty"`
	Cycle            pricing.Cycle   `json:"cycle"`
	Basis            estate.Basis    `json:"billing_basis"`
	Plan             string          `json:"price_plan"`
	Entitlement      string          `json:"entitlement,omitempty"`
	CostCentre       string          `json:"cost_centre,omitempty"`
	Owner            string          `json:"owner,omitempty"`
	Discount         *money.Exact    `json:"discount,omitempty"` // 0.15 for 15 %; nil for none
	LicenceType      string          `json:"licence_type"`
	PriceCurrency    money.Currency  `json:"price_currency,omitempty"` // of its list or contract
	ContractPrice    money.Amount    `json:"contract_price" currency:"PriceCurrency"`
	OnlyAgreed       bool            `json:"only_agreed,omitempty"` // no list tells what it costs for other users than the contract price is for
	Renewal          date.Date       `json:"renewal,omitzero"`      // start of the coming term
	TermEnd          date.Date       `json:"term_end,omitzero"`     // last day of it
	Users            *int            `json:"users"`
	UsersFrom        string          `json:"users_from"`
	Licensed         *int            `json:"licensed_users"`
	Billed           *int            `json:"billed_quantity"` // paid for today
	Tier             *Tier           `json:"tier"`
	Currency         money.Currency  `json:"currency"`
	Own              *OwnCurrency    `json:"own_currency,omitempty"` // nil where no rate was applied
	Current          money.Amount    `json:"current"`
	Volume           money.Amount    `json:"volume"`
	PriceChanges     money.Amount    `json:"price_changes"`
	AsIs             money.Amount    `json:"as_is"`
	AfterRightSize   money.Amount    `json:"after_right_size"` // what it costs after each step of the bridge
	AfterCleanUp     money.Amount    `json:"after_clean_up"`
	AfterCycle       money.Amount    `json:"after_billing_cycle"`
	BeforeQuotes     money.Amount    `json:"before_quotes"` // after the step of paying once for several sites
	Recommended      money.Amount    `json:"recommended"`
	HardSaving       money.Amount    `json:"hard_saving"`
	Avoidance        money.Amount    `json:"avoidance"`
	RecommendedFor   *int            `json:"recommended_quantity"`
	RecommendedCycle *pricing.Cycle  `json:"recommended_cycle,omitempty"` // nil in no total
	Counted          bool            `json:"counted"`
	State            plan.State      `json:"state"`
	Reason           diag.Reason     `json:"reason,omitzero"`     // why it is in no total
	PaidWith         string          `json:"paid_with,omitempty"` // how it is paid for with other sites, in words
	Quote            *Quote          `json:"quote,omitempty"`
	QuoteInForce     *QuoteInForce   `json:"quote_in_force,omitempty"` // nil where it decides no amount
	CurrentSteps     []Step          `json:"current_steps"`
	Steps            []Step          `json:"steps"` // of as_is
	RecommendedSteps []Step          `json:"recommended_steps"`
	Source           diag.Source     `json:"source"`
}

// Quote is the window in which a quote keeps the price before a change.
type Quote struct {
	Change   date.Date   `json:"change"`
	From     date.Date   `json:"from"`
	By       date.Date   `json:"by"`
	Possible bool        `json:"possible"`
	Planned  bool        `json:"planned"` // the plan takes it
	Reason   diag.Reason `json:"reason,omitzero"`
}

// QuoteInForce is a quote whose amount is the first bill of the term in place of
// its list or contract price (METHOD 4.7).
type QuoteInForce struct {
	Number      string         `json:"number"`
	Date        date.Date      `json:"date"`
	AcceptBy    date.Date      `json:"accept_by"` // its last day, or the renewal where that comes first
	Currency    money.Currency `json:"currency"`
	Amount      money.Amount   `json:"amount"`      // of the first bill
	AsIs        bool           `json:"as_is"`       // the subscription renews by it as is
	Recommended bool           `json:"recommended"` // the plan renews by it
}

// OwnCurrency is what a line costs in the currency of its price, each sum one of
// bills before they were converted, and the rate they are converted at.
type OwnCurrency struct {
	Currency    money.Currency `json:"currency"`
	Current     money.Amount   `json:"current"`
	AsIs        money.Amount   `json:"as_is"`
	Recommended money.Amount   `json:"recommended"`
	Rate        money.Exact    `json:"rate"` // of the run's currency for one unit
	RateDate    date.Date      `json:"rate_date"`
}

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
		ContractPrice: s.ContractPrice, OnlyAgreed: l.OnlyAgreed(), UsersFrom: cmp.Or(l.UsersFrom, l.NoUsers.Text),
		Current: l.Current, Volume: l.Volume, PriceChanges: l.PriceChanges(), AsIs: l.AsIs, Recommended: w.plan.Recommended(l),
		Counted: l.Counted(), State: w.plan.State(l), Source: s.Source, CurrentSteps: Steps(l.ExplainCurrent()), Steps: []Step{}, RecommendedSteps: []Step{},
	}
	out.HardSaving, out.Avoidance = w.plan.Split(l)
	after := w.plan.Stages(l)
	out.AfterRightSize, out.AfterCleanUp, out.AfterCycle, out.BeforeQuotes = after.RightSize, after.CleanUp, after.Cycle, after.MultiInstance
	if s.Discount.Sign() != 0 {
		out.Discount = new(s.Discount)
	}
	if !l.Term.Start.IsZero() {
		out.Renewal, out.TermEnd = l.Term.Start, l.Term.End.AddDays(-1)
	}
	if _, _, stated := l.Covered(); stated {
		out.Licensed = new(l.Licensed)
	}
	if l.UsersKnown && s.Basis != estate.Fixed {
		out.Users, out.Billed = new(l.Users), new(l.Billed)
	}
	if l.ElsewhereCharged() {
		out.Billed = new(int) // the row itself pays for nobody
	}
	if p := l.Position(); p.Known {
		out.Tier = tierData(p.Tier)
	}
	out.Currency, out.PriceCurrency = lineCurrency(l), l.Own.Current.Currency()
	out.Own = w.ownCurrency(l)
	for _, left := range w.plan.LeftOut {
		if left.Line == l {
			out.Reason = left.Reason
		}
	}
	w.terms(l, &out)
	out.PaidWith = w.paidWith(l)
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
		out.RecommendedCycle = new(choice.Cycle)
		m := w.plan.Combination(l)
		if m != nil && l == m.Lines[0] {
			out.RecommendedSteps = Steps(m.Steps())
		}
		if m != nil && l != m.Lines[0] {
			out.RecommendedSteps = []Step{{Note: m.PaidElsewhere()}}
		} else if len(bills) > 0 && l.Sub.Basis != estate.Fixed && !l.ElsewhereCharged() {
			out.RecommendedFor = new(bills[0].Quantity)
		}
	}
	if q := l.Quote; !q.Change.IsZero() {
		out.Quote = &Quote{Change: q.Change, From: q.From, By: q.By, Possible: q.Possible, Planned: choice.Locked, Reason: q.Reason}
	}
	out.QuoteInForce = w.quoteInForce(l)
}

// quoteInForce returns the quote that decides what a line costs as is or by the
// plan; nil where none does.
func (w *work) quoteInForce(l *costing.Line) *QuoteInForce {
	asIs := l.Offered(costing.Choice{Cycle: l.Sub.Cycle})
	from, bills := w.plan.Renewal(l)
	recommended := len(bills) > 0 && from == l && l.Offered(w.plan.Choice(l)) != nil
	if l.Reason.Given() || asIs == nil && !recommended {
		return nil
	}
	o := l.Offer
	return &QuoteInForce{Number: o.Number, Date: o.Date, AcceptBy: date.Min(o.Until, l.Term.Start),
		Currency: o.Amount.Currency(), Amount: o.Amount, AsIs: asIs != nil, Recommended: recommended}
}

// ownCurrency returns what a converted line costs in its own currency; nil for
// others.
func (w *work) ownCurrency(l *costing.Line) *OwnCurrency {
	rate, ok := l.Converted()
	if !ok {
		return nil
	}
	_, bills := w.plan.Renewal(l)
	return &OwnCurrency{Currency: rate.Currency, Current: l.Own.Current, AsIs: l.Own.AsIs, Recommended: l.TotalOwn(bills),
		Rate: rate.Rate, RateDate: rate.Date}
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
