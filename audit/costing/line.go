package costing

import (
	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Line is one active subscription and what it costs: for whom it is charged
// (Quantity), at which price (Price), in which term, and the amounts that
// follow. Each part is made once, by the builder, and does not change.
type Line struct {
	Sub    *estate.Subscription
	Index  int // in Estate.Subscriptions
	Bundle *Bundle
	Term   Term // the coming term; empty when no renewal date is given
	Quantity
	Price
	Licensed int    // users paid for today, whom the invoice and so Current are for (METHOD 3.4)
	Billed   int    // billed quantity of today, from which the coming term starts (METHOD 3.5)
	Quote    Quote  // the chance to keep the price before the latest change
	Offer    *Offer // the quote in force; nil when there is none
	Amounts

	carrier   *Line // whose charge holds this line's users; itself when it holds those of several sites (METHOD 7.1)
	hosts     []*Line
	rows      []*Line  // all licences of its product on its site; nil when it is the only one (METHOD 3.12)
	offers    []*Offer // by day and number
	installed *estate.Licence
	invoiced  bool        // Licensed is known
	blocked   diag.Reason // why no bill of the coming term is known
	policy    *config.Policy
	asOf      date.Date
}

// Amounts are what a subscription costs over twelve months: each bill is rounded
// once and converted once, the sums are sums of such bills. They are in the
// currency of the totals, and in that of the price where no rate is known.
type Amounts struct {
	Current money.Amount // at today's price and quantity
	Volume  money.Amount // what the coming term's quantities change, at today's price
	AsIs    money.Amount // the coming term with the same cycle and tier habit, no quote
	Reason  diag.Reason  // why one of the three is unknown; none when all are known
	Own     OwnAmounts   // in the currency of the price
	Foreign bool         // known, but not in the currency of the totals
}

// PriceChanges returns what price changes add to the term: as is minus
// current and volume, so that the three always add up.
func (a *Amounts) PriceChanges() money.Amount {
	return a.AsIs.Sub(a.Current).Sub(a.Volume)
}

// Counted reports whether the line is part of the totals, the bridge and the
// objective (METHOD 3.9).
func (a *Amounts) Counted() bool { return !a.Reason.Given() && !a.Foreign }

// ID returns a stable name of the line, such as "acme-eng/app/timesheets".
func (l *Line) ID() string { return LineID(l.Sub.Site, l.Sub.Kind, l.Sub.Key, l.Sub.Entitlement) }

// LineID returns the stable name of the line of a subscription; entitlement may be
// "".
func LineID(site string, kind estate.Kind, key, entitlement string) string {
	id := site + "/" + kind.String() + "/" + key
	if entitlement != "" {
		id += "/" + entitlement
	}
	return id
}

// Name returns the line's name for people.
func (l *Line) Name() string {
	if l.Sub.Kind == estate.ProductKind && l.Sub.Name == "" {
		return estate.ProductName(l.Sub.Key)
	}
	return l.Sub.DisplayName()
}

// IsHost reports whether the line is a product, to whose licence the apps of
// the bundle are bound.
func (l *Line) IsHost() bool { return l.Sub.Kind == estate.ProductKind }

// Hosts returns the product rows whose licence binds a linked app (METHOD 3.7),
// in the order of the bundle; nil for every other line.
func (l *Line) Hosts() []*Line { return l.hosts }

// Charge returns the line that carries the one charge of a product over
// several sites, nil when the line is charged for its own site (METHOD 7.1).
func (l *Line) Charge() *Line { return l.carrier }

// ElsewhereCharged reports whether the cost of the line stands on the line of
// another site.
func (l *Line) ElsewhereCharged() bool { return l.carrier != nil && l.carrier != l }

// counting returns the line as it would be with another quantity.
func (l *Line) counting(q Quantity) *Line {
	out := *l
	out.Quantity = q
	return &out
}

// billedToday returns the billed quantity of today: the users, on annual billing
// never less than what is licensed, and for a linked app than what binds it.
func (l *Line) billedToday() int {
	n := l.Users
	if l.Sub.Cycle == pricing.Annual {
		n = max(n, l.Sub.Licensed)
		n = max(n, sumOf(l.hosts, func(h *Line) int {
			if h.Sub.Cycle != pricing.Annual {
				return 0
			}
			return h.bindsToday(l.asOf)
		}))
	}
	return n
}
