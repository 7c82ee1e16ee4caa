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
		var rows []*Line
		for _, bundle := range b.costs.Bundles {
			for _, l := range bundle.Lines {
				if l.Sub.Site == o.Site && l.Sub.Key == o.Key {
					rows = append(rows, l)
				}
			}
		}
		switch len(rows) {
		case 0:
			o.Standing = diag.Why(diag.Unrelated, "no active subscription with a coming term is for it")
		case 1:
			o.Line = rows[0]
			if o.Line.ElsewhereCharged() {
				o.Line = o.Line.carrier
			}
			o.Line.offers = append(o.Line.offers, o)
		default:
			o.Standing = diag.Why(diag.Bound, "%s has %d active subscriptions on %s, and it does not say which of them it is for", rows[0].Name(), len(rows), o.Site)
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
			b.costs.Diagnostics.Add(diag.Warning, o.Source, fmt.Sprintf("%s for %s on %s is for %s, and the renewal on %s needs %s: the list price holds",
				o.Name(), l.Name(), l.Sub.Site, money.Plural(o.Users, "user"), l.Term.Start, money.Count(need)), "ask for a quote for the users needed")
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
		return diag.Why(diag.Bound, "it is for %s billing, and the subscription is billed %s", o.Cycle, l.Sub.Cycle)
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

// priceCurrency returns the currency of what a renewal costs without a quote; ""
// where that is not known.
func (l *Line) priceCurrency() money.Currency {
	if l.Sub.ContractPrice.Known() {
		return l.Sub.ContractPrice.Currency()
	}
	if v, _ := l.Timeline(l.Sub.Cycle).At(l.Term.Start); v != nil {
		return v.Currency()
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
