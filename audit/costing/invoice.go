package costing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Checked is a row of the invoices table beside what lists and counts of its period
// make it (METHOD 20.1).
type Checked struct {
	*estate.Invoice
	Line    *Line       // that it bills; nil when there is none
	Unknown diag.Reason // why nothing can be compared; none when something was

	Counted    int       // users on the day before the period; meaningless unless HasCount
	HasCount   bool      // somebody counted them
	CountedOn  date.Date // that day
	Period     Span      // as billed
	For        int       // users Computed is for; 0 for a price that is fixed
	Billed     money.Amount
	Computed   money.Amount
	Pieces     [Unexplained + 1]money.Amount // of Billed - Computed, which they add up to
	Steps      []pricing.Step                // to Computed
	AsComputed Way
	AsBilled   Way // what explains the amount; like AsComputed in what explains nothing
}

// Difference returns what was billed beyond what was to be billed.
func (c *Checked) Difference() money.Amount { return c.Billed.Sub(c.Computed) }

// Piece is one of the reasons why an invoice is not what it should be, in the order
// in which a difference is split (METHOD 20.3).
type Piece uint8

// The pieces.
const (
	ByQuantity Piece = iota // for other users than there were
	ByTier                  // in another tier than that of its users
	ByVersion               // at the price of another day
	ByFactor                // without a discount or licence factor
	ByDays                  // for a whole cycle instead of its days
	ByRounding              // up to the whole unit, or not
	Unexplained
)

// Span is how much of a billing cycle an invoice is for.
type Span struct {
	Cycle    pricing.Cycle
	Days, Of int // Of 0 = one whole cycle
	// From is the users paid for before, of an upgrade inside an annual term; 0 = it
	// is none.
	From int
}

// Way is how an amount comes about.
type Way struct {
	Users   int
	Version *pricing.Version // nil for a contract price without a list
	Without []pricing.Factor // that are not applied
	Whole   bool             // the whole cycle, whatever the days
	Up      bool             // rounded up to the whole unit
}

// CheckInvoices compares every invoice of the estate, in its order.
func (c *Costs) CheckInvoices() []Checked {
	out := make([]Checked, len(c.input.Estate.Invoices))
	for i := range out {
		out[i] = c.check(&c.input.Estate.Invoices[i])
	}
	return out
}

func (c *Costs) check(inv *estate.Invoice) Checked {
	out := Checked{Invoice: inv, CountedOn: inv.From.AddDays(-1)}
	if out.Line, out.Unknown = c.billed(inv.Site, inv.Key); out.Unknown.Given() {
		return out
	}
	l := out.Line
	out.Counted, out.HasCount = l.countedOn(out.CountedOn)
	base, why := l.reckonable(&out)
	if out.Unknown = why; why.Given() {
		return out
	}
	s := split{line: l, billed: inv.Amount, from: inv.From, blank: inv.Users == 0}
	if out.Unknown = s.comparable(l.priceOf(base.Version)); out.Unknown.Given() {
		return out
	}
	users := base.Users
	if inv.Users > 0 && l.Sub.Basis != estate.Fixed {
		users = inv.Users
	}
	stated := base
	stated.Users = users
	s.read(l.spans(inv, users), stated)
	base, stated = s.in(base), s.in(stated)
	out.Period, out.Billed, out.AsComputed = s.span, s.owed, base
	if out.Computed, out.Unknown = s.amount(base); out.Unknown.Given() {
		return out
	}
	_, out.Steps = l.steps(s.billedBy(base))
	out.Pieces, out.AsBilled = s.pieces(base, stated)
	return out
}

// billed returns the line a bill for a key on a site is for: that of another site,
// where that one carries the charge.
func (c *Costs) billed(site, key string) (*Line, diag.Reason) {
	var rows []*Line
	for _, bundle := range c.Bundles {
		for _, l := range bundle.Lines {
			if l.Sub.Site == site && l.Sub.Key == key {
				rows = append(rows, l)
			}
		}
	}
	switch {
	case len(rows) == 0:
		return nil, diag.Why(diag.Unrelated, "no active subscription with a coming term is for it")
	case len(rows) > 1:
		return nil, diag.Why(diag.Bound, "%s has %d active subscriptions on %s, and it does not say which of them it is for", rows[0].Name(), len(rows), site)
	case rows[0].ElsewhereCharged():
		return rows[0].carrier, diag.Reason{}
	}
	return rows[0], diag.Reason{}
}

// countedOn returns the users a line was to be billed for on a day; false where
// somebody's are not known.
func (l *Line) countedOn(d date.Date) (int, bool) {
	members := l.Members()
	if len(members) == 0 || l.carrier != nil {
		return 0, false
	}
	n := 0
	for _, i := range members {
		p := l.Bundle.Products[i]
		users, ok := countOn(p.Daily(), d)
		switch {
		case ok:
			n = max(n, users.Users)
		case d == l.asOf && p.Known():
			n = max(n, p.Users)
		default:
			return 0, false
		}
	}
	return n, true
}

// reckonable finds out for whom and at which price the period was to be billed, or
// why nobody can tell (METHOD 20.1).
func (l *Line) reckonable(c *Checked) (Way, diag.Reason) {
	way := Way{Users: c.Invoice.Users}
	switch bought := l.boughtFor(c); {
	case l.Sub.Basis == estate.Fixed:
		way.Users = 0
	case bought == 0 && way.Users == 0:
		return way, diag.Why(diag.NoQuantity, "it states no users, and nobody counted those of %s, the day before its period", c.CountedOn.Short())
	case bought > 0 && (way.Users == 0 || l.Sub.Cycle == pricing.Monthly || way.Users > bought):
		way.Users = bought
	}
	c.For = way.Users
	if l.kind == unpriced {
		return way, l.reason
	}
	if l.kind == agreed {
		return way, diag.Reason{}
	}
	var why diag.Reason
	way.Version, why = l.Timeline(l.Sub.Cycle).At(c.Invoice.From)
	return way, why
}

// boughtFor returns the users a bill was to be for as far as that is known: on
// monthly billing those of the day before; on annual billing more may be bought than
// are counted, up to the licence. It is 0 where nobody knows.
func (l *Line) boughtFor(c *Checked) int {
	switch {
	case l.Sub.Cycle == pricing.Monthly || !c.HasCount && c.Invoice.Users > 0:
		return c.Counted
	case l.Sub.HasLicensed:
		return max(c.Counted, l.Sub.Licensed)
	case c.HasCount:
		return max(c.Counted, l.Licensed)
	}
	return 0
}

// priceOf returns the currency of a list, or of the contract.
func (l *Line) priceOf(v *pricing.Version) money.Currency {
	if v == nil {
		return l.contract.Currency()
	}
	return v.Currency()
}

// spans lists what an invoice may be for, the likeliest first: its last day may be
// the day on which the next period begins, its cycle may since have changed, and it
// may be an upgrade, which bills the difference to a smaller tier (METHOD 20.2).
func (l *Line) spans(inv *estate.Invoice, users int) []Span {
	ends := []date.Date{inv.To.AddDays(1), inv.To}
	if l.begins(l.Sub.Cycle, inv.From, inv.To) {
		ends[0], ends[1] = ends[1], ends[0]
	}
	var out []Span
	for _, end := range ends {
		if end.After(inv.From) {
			out = append(out, l.span(l.Sub.Cycle, inv.From, end))
		}
	}
	other := 1 - l.Sub.Cycle
	for _, end := range ends {
		if inv.From.AddMonths(12/other.Bills()) == end && len(l.Timeline(other).Versions()) > 0 {
			out = append(out, Span{Cycle: other})
		}
	}
	v, _ := l.Timeline(pricing.Annual).At(inv.From)
	if l.Sub.Cycle != pricing.Annual || v == nil {
		return out
	}
	for _, s := range out {
		for _, top := range v.Tops(users - 1) {
			if s.Of > 0 && s.Cycle == pricing.Annual {
				s.From = top
				out = append(out, s)
			}
		}
	}
	return out
}

// begins reports whether a period that began on a day is followed by one that
// begins on another: a whole cycle later, or on a bill day of the line.
func (l *Line) begins(c pricing.Cycle, from, next date.Date) bool {
	step := 12 / c.Bills()
	for k := step; ; k += step {
		if d := from.AddMonths(k); !d.Before(next) {
			return d == next || !l.Sub.Renewal.IsZero() && next == l.billDay(next)
		}
	}
}

// billDay returns the last day, up to a day, on which a cycle of the line begins.
func (l *Line) billDay(d date.Date) date.Date {
	step := 12 / l.Sub.Cycle.Bills()
	r := l.Sub.Renewal
	k := months(r, d) / step * step
	for r.AddMonths(k).After(d) {
		k -= step
	}
	for !r.AddMonths(k + step).After(d) {
		k += step
	}
	return r.AddMonths(k)
}

// span returns the part of a cycle between two days, the second exclusive: whole
// cycles, and the days that are left of the next.
func (l *Line) span(c pricing.Cycle, from, end date.Date) Span {
	step, whole := 12/c.Bills(), 0
	for !from.AddMonths((whole + 1) * step).After(end) {
		whole++
	}
	rest := end.Sub(from.AddMonths(whole * step))
	of := daysOfYear
	if c == pricing.Monthly {
		first := from
		if !l.Sub.Renewal.IsZero() && l.Sub.Cycle == c {
			first = l.billDay(from)
		}
		of = first.AddMonths(1).Sub(first)
	}
	if whole == 1 && rest == 0 {
		return Span{Cycle: c}
	}
	return Span{Cycle: c, Days: whole*of + rest, Of: of}
}
