package costing

import (
	"fmt"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Price says what a quantity of a subscription costs. It is made once and
// shared: what it needs are the pieces of its lists, compiled once per
// version, and a factor.
type Price struct {
	kind      priceKind
	plan      string
	cycle     pricing.Cycle // of today
	asOf      date.Date
	lists     [2]*pricing.Timeline // by cycle
	inForce   [12]*pricing.Version // on the days of the monthly bills of the coming term; nil = none is known
	factors   []pricing.Factor     // on a list: licence type and discount, or a contract's ratio
	rounding  [2]money.Rounding    // by cycle
	contract  money.Amount         // agreed: one bill, for the quantity it was agreed for
	announced []pricing.Change     // agreed: after as-of, by day
	currency  money.Currency       // carried: of the charge
	rates     *Rates               // what its bills are in the currency of the totals; nil = it is theirs
	reason    diag.Reason          // unpriced: why
}

// priceKind is how a price comes about.
type priceKind uint8

const (
	unpriced priceKind = iota // nobody knows: see the reason
	listed                    // list x factors
	agreed                    // a contract price that no list tells the ratio of, or a fixed price
	carried                   // nothing: the charge of another line holds it
)

// Billed is what one bill is for.
type Billed struct {
	Cycle    pricing.Cycle
	Version  *pricing.Version // the price it is computed at; nil for a contract price without a list
	Quantity int              // users paid for from this bill on
	Previous int              // upgrade inside the term: users paid for before it
	// Days and Of say for how many of the days of a period it is charged: an
	// upgrade, a term that Data Center's end cuts, a rise inside a monthly
	// cycle. Of 0 is the whole period.
	Days, Of int

	until   date.Date // agreed: the latest announced change that is in it
	escaped date.Date // agreed: the change that a quote escapes
	offer   *Offer    // the quote in force that it is billed by; nil = it is not
	carrier *Line     // the line whose charge holds it; nil = it is charged for itself
}

// daysOfYear is what a day of an annual charge is a part of, leap year or not
// (METHOD 3.8).
const daysOfYear = 365

// amount returns what a bill comes to, or why that is not known.
func (p *Price) amount(b Billed) (money.Amount, diag.Reason) {
	var r pricing.Reckoning
	amount, _, why := p.reckon(&r, b)
	return amount, why
}

// fill works out what a bill comes to, or why that is not known.
func (p *Price) fill(b *Bill) diag.Reason {
	var r pricing.Reckoning
	var why diag.Reason
	b.Amount, b.Own, why = p.reckon(&r, b.Billed)
	return why
}

// reckon is the one way from a quantity to a bill: the list or the contract,
// less what is paid for already, factors, days, and one rounding at the end,
// in the currency of the price (own); from there a rate leads to that of the
// totals (METHOD 2.15). Whether somebody asks for the amount or for its steps,
// this is what is walked, so that both can only agree.
func (p *Price) reckon(r *pricing.Reckoning, b Billed) (amount, own money.Amount, why diag.Reason) {
	currency, rounding := p.currency, p.rounding[b.Cycle]
	switch {
	case b.offer != nil:
		currency, rounding = b.offer.Amount.Currency(), money.HalfUp
		r.Fixed(b.offer.Amount.Exact(), b.offer.Name())
	case p.kind == carried:
		return money.Zero(currency), money.Zero(currency), why
	case p.kind == unpriced:
		return money.Amount{}, money.Amount{}, p.reason
	case p.kind == agreed:
		currency = p.contract.Currency()
		why = p.reckonAgreed(r, b)
	default:
		currency = b.Version.Currency()
		why = p.reckonListed(r, b)
	}
	if why.Given() {
		return money.Amount{}, money.Amount{}, why
	}
	if b.Of > 0 {
		r.Part(b.Days, b.Of)
	}
	if b.Previous > 0 {
		r.NotNegative()
	}
	if own = r.Round(currency, rounding); own.Known() {
		amount = p.rates.convert(r, own)
	}
	return amount, own, p.unstated(amount, currency, b.Quantity)
}

// unstated says why an amount that was worked out cannot be stated: a free edition
// has no list, so it may be the only price of a folder that names no currency.
func (p *Price) unstated(amount money.Amount, c money.Currency, users int) diag.Reason {
	switch {
	case amount.Known():
		return diag.Reason{}
	case c == "":
		return diag.Why(diag.NoCurrency, "no currency is known: no price names one")
	}
	return diag.Why(diag.TooLarge, "plan %q: the amount for %d users is too large to be right", p.plan, users)
}

// reckonListed adds list x factors.
func (p *Price) reckonListed(r *pricing.Reckoning, b Billed) diag.Reason {
	if !r.List(b.Version.Schedule, b.Quantity) {
		return noPrice(p.plan, b.Version, b.Quantity)
	}
	if b.Previous > 0 && !r.Less(b.Version.Schedule, b.Previous) {
		return noPrice(p.plan, b.Version, b.Previous)
	}
	for _, f := range p.factors {
		r.Times(f)
	}
	return diag.Reason{}
}

func noPrice(plan string, v *pricing.Version, n int) diag.Reason {
	why := diag.Why(diag.NoPrice, "plan %q has no price for %d users", plan, n).From(v.Source)
	if lacks := v.Lacks(n); lacks != "" {
		why.Text += "; " + lacks
	}
	return why
}

// price finds out what the line costs; its hosts' prices are known by then.
func (b *builder) price(l *Line) Price {
	s := l.Sub
	p := Price{plan: s.PricePlan, cycle: s.Cycle, asOf: b.AsOf, lists: b.lists(l), rates: b.rates}
	for i, d := range l.Term.monthly {
		p.inForce[i], _ = p.lists[pricing.Monthly].At(d)
	}
	switch {
	case l.ElsewhereCharged():
		p.kind, p.currency = carried, b.currencyOf(l.carrier)
		return p
	case s.ContractPrice.Known():
		b.agree(l, &p)
		return p
	case s.Basis == estate.Fixed:
		p.reason = diag.Why(diag.NoContract, "its price is fixed by a contract, and no contract price is given")
		return p
	}
	factor, ok := b.policy.LicenceFactors[s.Hosting.String()][s.LicenceType]
	if !ok {
		p.reason = diag.Why(diag.NoFactor, "no licence factor for licence_type %q on %s", s.LicenceType, s.Hosting)
		return p
	}
	p.kind, p.factors = listed, licensed(s, factor)
	if s.Discount.Sign() != 0 {
		p.factors = append(p.factors, pricing.Factor{By: money.Int(1).Sub(s.Discount), Note: "discount " + s.Discount.Percent()})
	}
	if b.policy.AnnualAppRoundUp && s.Kind == estate.AppKind {
		p.rounding[pricing.Annual] = money.UpToUnit
	}
	return p
}

// lists returns the list prices of a subscription: an app's annual list may be
// derived from its monthly one, a product's may not, since it is rounded.
func (b *builder) lists(l *Line) [2]*pricing.Timeline {
	s := l.Sub
	derive := s.Kind == estate.AppKind
	if s.Kind == estate.ProductKind && s.Hosting == pricing.Cloud && s.Edition == Free {
		free := pricing.Free(freeUsers(s.Key), b.costs.Currency)
		return [2]*pricing.Timeline{free, free}
	}
	out := [2]*pricing.Timeline{
		b.Book.Timeline(s.PricePlan, s.Hosting, pricing.Monthly, derive),
		b.Book.Timeline(s.PricePlan, s.Hosting, pricing.Annual, derive),
	}
	if _, _, stated := l.Covered(); stated {
		out[pricing.Annual] = out[pricing.Annual].Paying(l.Licensed)
	}
	return out
}

// Free is the edition of Cloud products that costs nothing up to a number of users.
const Free = "free"

// freeUsers returns up to how many users the free edition of a product is had.
func freeUsers(product string) int {
	if product == "jira-service-management" {
		return 3 // agents
	}
	return 10
}

// licensed returns the factor of a licence type; none where list is paid.
func licensed(s *estate.Subscription, factor money.Exact) []pricing.Factor {
	if factor.Cmp(money.Int(1)) == 0 {
		return nil
	}
	return []pricing.Factor{{By: factor, Note: fmt.Sprintf("licence type %s, %s of list", s.LicenceType, factor.Percent())}}
}
