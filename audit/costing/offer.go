package costing

import (
	"fmt"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Offer is a row of the quotes table beside the line it is for. One in force is
// what the first bill of the coming term costs, while the users fit (METHOD 4.7).
type Offer struct {
	*estate.Quote
	Line     *Line       // that it is for; nil when there is none
	Until    date.Date   // last day on which it can be accepted
	Standing diag.Reason // why it is not in force; none when it is
	Covers   int         // users it is good for; meaningless when Open
	Open     bool        // it is good for any number of users
}

// InForce reports whether the quote is what the first bill of its line costs,
// for as many users as it covers.
func (o *Offer) InForce() bool { return !o.Standing.Given() }

// Name returns the quote's number and day, in words.
func (o *Offer) Name() string { return "quote " + o.Number + " of " + o.Date.Short() }

// Fits reports whether so many users are covered.
func (o *Offer) Fits(users int) bool { return o.Open || users <= o.Covers }

// offers gives each quote to the line of its site and key: that of another site,
// where that one carries the charge.
func (b *builder) offers() {
	for i := range b.Estate.Quotes {
		o := &Offer{Quote: &b.Estate.Quotes[i]}
		o.Until = o.ValidUntil
		if o.Until.IsZero() {
			o.Until = o.Date.AddDays(b.policy.QuoteValidDays)
		}
		if o.Line, o.Standing = b.costs.billed(o.Site, o.Key); o.Line != nil {
			o.Line.offers = append(o.Line.offers, o)
		}
		b.costs.Offers = append(b.costs.Offers, o)
	}
}

// judge finds out which quote for a line is in force: the newest of those that
// can be (METHOD 4.8).
func (b *builder) judge(l *Line) {
	for _, o := range slices.Backward(l.offers) {
		o.Standing = l.notInForce(o)
		switch {
		case !o.InForce():
		case l.Offer != nil:
			o.Standing = diag.Why(diag.Repeated, "%s is newer", l.Offer.Name())
		default:
			l.Offer = o
		}
		l.cover(o)
	}
	if o := l.Offer; o != nil && l.UsersKnown {
		if need := l.needed(Choice{Cycle: o.Cycle}); !o.Fits(need) {
			b.costs.Diagnostics.Add(diag.Warning, o.Source, fmt.Sprintf("%s for %s is for %s, and the renewal on %s needs %s: the list price holds",
				o.Name(), estate.On(l.Name(), l.Sub.Site), money.Plural(o.Users, "user"), l.Term.Start, money.Count(need)), "ask for a quote for the users needed")
		}
	}
}

// notInForce says why a quote is not what the first bill of the coming term
// costs; no reason when it may be.
func (l *Line) notInForce(o *Offer) diag.Reason {
	r, list, own := l.Term.Start, l.priceCurrency(), o.Amount.Currency()
	switch {
	case o.Date.After(l.asOf):
		return diag.Why(diag.TooLate, "it is of %s, after %s", o.Date.Short(), l.asOf.Short())
	case l.asOf.After(o.Until):
		return diag.Why(diag.TooLate, "it was valid until %s", o.Until.Short())
	case o.Cycle != l.Sub.Cycle:
		return diag.Why(diag.Bound, "it is for %s billing, and the subscription for %s billing", o.Cycle, l.Sub.Cycle)
	case r.IsZero():
		return diag.Why(diag.NoDate, "the subscription has no renewal_date")
	case !o.From.IsZero() && o.From != r:
		return diag.Why(diag.Bound, "it is for the period from %s, and the renewal is on %s", o.From.Short(), r.Short())
	case o.From.IsZero() && r.After(o.Until):
		return diag.Why(diag.TooLate, "it is valid until %s, and the renewal is on %s", o.Until.Short(), r.Short())
	case list != "" && list != own && l.rates.zero(list) != l.rates.zero(own):
		return diag.Why(diag.Currency, "it is in %s, the price of the subscription in %s, and no rate says what the one is in the other", own, list)
	}
	return diag.Reason{}
}

// priceCurrency returns the currency of what a renewal costs without a quote, else
// of what it costs today; "" where neither is known.
func (l *Line) priceCurrency() money.Currency {
	if l.Sub.ContractPrice.Known() {
		return l.Sub.ContractPrice.Currency()
	}
	for _, d := range []date.Date{l.Term.Start, l.asOf} {
		if v, _ := l.Timeline(l.Sub.Cycle).At(d); v != nil {
			return v.Currency()
		}
	}
	return ""
}

// cover finds out for how many users a quote is good: where whole tiers are sold,
// the top of the tier of its users on the list of the renewal.
func (l *Line) cover(o *Offer) {
	o.Covers = o.Users
	if o.Cycle != pricing.Annual {
		return
	}
	v, _ := l.Timeline(pricing.Annual).At(l.Term.Start)
	if v == nil || !v.Stepped() {
		return
	}
	if tier, ok := v.Tier(o.Users); ok {
		o.Covers, o.Open = tier.To, tier.To == 0
	}
}

// needed returns the users a renewal has to be for: those of its day, and as many
// as its hosts bind it to.
func (l *Line) needed(c Choice) int {
	n := l.UsersOn(l.Term.Start, c.Removed)
	if c.Cycle == pricing.Annual {
		n = max(n, l.floor(c, l.Term.Start))
	}
	return n
}

// accepts reports whether a choice renews for the users of the quote in force: in
// its cycle, not at the list price of another tier, and for no more users than it
// covers. At the price of as-of a contract without a list is for its own users alone.
func (l *Line) accepts(c Choice) bool {
	o := l.Offer
	return o != nil && c.Cycle == o.Cycle && !c.RightSize && !c.Locked && !(c.today && l.held()) && o.Fits(l.needed(c))
}

// quoted reports whether the first bill of a choice is that of the quote in force:
// not where all bills are to be at the price of as-of.
func (l *Line) quoted(c Choice) bool { return !c.today && l.accepts(c) }

// offered returns the first bill of a term that a choice renews by the quote in
// force.
func (l *Line) offered(c Choice, quantity int) (Bill, diag.Reason) {
	b := Bill{Date: l.Term.Start, Billed: Billed{Cycle: c.Cycle, Quantity: quantity, offer: l.Offer}}
	why := l.fill(&b)
	return b, why
}

// Worth returns the quote's amount in the currency of the totals, where a rate leads
// there.
func (o *Offer) Worth() money.Amount { return o.Line.rates.In(o.Amount) }

// Against is a quote beside the price of the renewal for the users it is for.
type Against struct {
	Known  bool
	Offer  money.Amount                  // one bill
	List   money.Amount                  // the same, at the price of the renewal
	Pieces [Unexplained + 1]money.Amount // of Offer - List
	Tier   pricing.Range                 // that it buys; empty where no whole tiers are sold
	By     Way                           // what explains its amount
}

// Against compares a quote with the price of the renewal, as an invoice is
// (METHOD 4.9).
func (o *Offer) Against() Against {
	l := o.Line
	if l == nil || l.Term.Start.IsZero() || l.kind == unpriced {
		return Against{}
	}
	way := Way{Users: o.Users}
	if l.kind != agreed {
		if way.Version, _ = l.Timeline(o.Cycle).At(l.Term.Start); way.Version == nil {
			return Against{}
		}
	}
	s := split{line: l, billed: o.Amount, from: l.Term.Start, span: Span{Cycle: o.Cycle}}
	if s.comparable(l.priceOf(way.Version)).Given() {
		return Against{}
	}
	way = s.in(way)
	list, why := s.amount(way)
	if why.Given() {
		return Against{}
	}
	out := Against{Known: true, Offer: s.owed, List: list}
	out.Pieces, out.By = s.pieces(way, way)
	if v := way.Version; v != nil && v.Stepped() {
		out.Tier, _ = v.Tier(o.Users)
	}
	return out
}

// Needed returns the users the renewal of the quote's line needs, as is.
func (o *Offer) Needed() int { return o.Line.needed(Choice{Cycle: o.Cycle}) }

// WithoutOffer returns the line as it would be without any quote in force: with the
// window of a quote at the price before the latest change.
func (l *Line) WithoutOffer() *Line {
	out := *l
	out.Offer = nil
	out.Quote = out.quote()
	return &out
}

// Offered returns the quote that the line renews by under a choice, nil when that
// is none.
func (l *Line) Offered(c Choice) *Offer {
	if l.accepts(c) {
		return l.Offer
	}
	return nil
}

// Tops returns the numbers of users, up to limit, above which a bill may jump in a
// cycle: the tier tops of every price a bill may use, and what a quote covers.
func (l *Line) Tops(c pricing.Cycle, limit int) []int {
	out := l.Price.Tops(c, limit)
	if o := l.Offer; o != nil && o.Cycle == c && !o.Open && o.Covers <= limit {
		out = append(out, o.Covers)
	}
	return out
}
