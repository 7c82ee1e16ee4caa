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

// Rates say what other currencies are worth in that of the totals: of each, the
// newest rate not after as-of, for every day (METHOD 2.15). A nil value knows
// none.
type Rates struct {
	into money.Currency
	by   map[money.Currency]estate.Rate
}

// NewRates takes the rates that hold on as-of, into a currency.
func NewRates(all []estate.Rate, asOf date.Date, into money.Currency) *Rates {
	r := &Rates{into: into, by: map[money.Currency]estate.Rate{}}
	for _, x := range all {
		if held, ok := r.by[x.Currency]; x.Currency != into && !x.Date.After(asOf) && (!ok || x.Date.After(held.Date)) {
			r.by[x.Currency] = x
		}
	}
	return r
}

// Of returns the rate of a currency; false for that of the totals, which needs
// none, and where no rate is known.
func (r *Rates) Of(c money.Currency) (estate.Rate, bool) {
	if r == nil {
		return estate.Rate{}, false
	}
	x, ok := r.by[c]
	return x, ok
}

// convert ends a reckoning that has been rounded in its own currency: times the
// rate, rounded half up. Without a rate the amount stays what it is.
func (r *Rates) convert(way *pricing.Reckoning, own money.Amount) money.Amount {
	x, ok := r.Of(own.Currency())
	if !ok {
		return own
	}
	way.Times(pricing.Factor{By: x.Rate, Note: fmt.Sprintf("%s %s, at %s %s for 1 %s of %s",
		own.Grouped(), own.Currency(), x.Rate.Decimal(2), r.into, x.Currency, x.Date.Short())})
	return way.Round(r.into, money.HalfUp)
}

// In returns an amount that is a bill, or a difference of bills, in the currency
// of the totals where a rate says what it is there.
func (r *Rates) In(own money.Amount) money.Amount {
	if !own.Known() {
		return own
	}
	way := &pricing.Reckoning{}
	way.Fixed(own.Exact(), "")
	return r.convert(way, own)
}

// zero is nothing, in the currency an amount of some currency ends in.
func (r *Rates) zero(c money.Currency) money.Amount {
	if _, ok := r.Of(c); ok {
		c = r.into
	}
	return money.Zero(c)
}

// OwnAmounts are a subscription's sums in the currency of its price, bill by bill
// before a rate was applied.
type OwnAmounts struct {
	Current, AsIs money.Amount
}

// Converted returns the rate the line's bills are converted at; false for a line
// in the currency of the totals, and for one without a rate.
func (l *Line) Converted() (estate.Rate, bool) { return l.rates.Of(l.Own.Current.Currency()) }

// TotalOwn adds a line's bills up in the currency of its price: of a bill quoted in
// another one it takes what that comes to. It is unknown where nothing says so, and
// when there are no bills.
func (l *Line) TotalOwn(bills []Bill) money.Amount {
	if len(bills) == 0 {
		return money.Amount{}
	}
	c := l.priceCurrency()
	total := money.Zero(c)
	for _, b := range bills {
		switch own := b.Own; {
		case own.Currency() == c:
			total = total.Add(own)
		case !own.Known() || own.Sign() != 0: // nothing is nothing in any currency
			total = total.Add(b.Amount)
		}
	}
	return total
}

// maxRateAge is how many days before as-of a rate may be without a remark.
const maxRateAge = 31

// rated remarks on the rates of the currencies that lines are priced in: on old
// ones, and on those that are missing.
func (b *builder) rated() {
	var seen []money.Currency
	for _, l := range b.costs.Lines {
		c := l.Own.Current.Currency()
		if c == "" || c == b.costs.Currency || slices.Contains(seen, c) {
			continue
		}
		seen = append(seen, c)
		if x, ok := b.rates.Of(c); !ok {
			b.costs.Diagnostics.Add(diag.Incomplete, l.Sub.Source,
				noRate(c, b.costs.Currency)+"; what is priced in it is in no total, and nothing is decided for the bundles it is in",
				fmt.Sprintf("add to a table rates, with the columns currency,rate,date: %s,<%s for 1 %s>,%s", c, b.costs.Currency, c, b.AsOf))
		} else if days := b.AsOf.Sub(x.Date); days > maxRateAge {
			b.costs.Diagnostics.Add(diag.Warning, x.Source, fmt.Sprintf("the rate %s of %s is of %s, %d days before %s", x.Rate.Decimal(2), c, x.Date, days, b.AsOf),
				"add a newer one to the table rates")
		}
	}
}

func noRate(c, into money.Currency) string {
	return fmt.Sprintf("no rate says what %s is in %s", c, into)
}

// WithoutRate says why a foreign line is in no sum.
func (l *Line) WithoutRate() diag.Reason {
	return diag.Why(diag.Currency, "%s", noRate(l.AsIs.Currency(), l.rates.into))
}

// withoutRate says why nothing is decided for a bundle some of whose rows are in
// a currency without a rate: what they cost is in no sum.
func (b *Bundle) withoutRate() []diag.Reason {
	var out []diag.Reason
	for _, l := range b.Lines {
		if !l.Foreign {
			continue
		}
		why := l.WithoutRate().From(l.Sub.Source)
		if !slices.ContainsFunc(out, func(x diag.Reason) bool { return x.Text == why.Text }) {
			out = append(out, why)
		}
	}
	return out
}

// Unclaimable says why nobody can tell what deciding for the bundle would save;
// no reason where it can be worked out.
func (b *Bundle) Unclaimable() diag.Reason {
	for _, why := range slices.Concat(b.licences, b.withoutRate()) {
		return why
	}
	return diag.Reason{}
}
