package report

import (
	"fmt"
	"strings"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// The columns of subscriptions in no total.
var (
	leftOutName = Col[*audit.LeftOut]{ID: "name", Title: "Subscription and site", Width: 34, Wrap: true,
		Show: func(l *audit.LeftOut) Cell { return T(estate.On(l.Name, l.Site)) }}
	leftOutCurrent = Col[*audit.LeftOut]{ID: "current", Title: "Known current cost", Kind: Money, Width: 20,
		Show: func(l *audit.LeftOut) Cell { return M(l.Current) }}
	leftOutReason = Col[*audit.LeftOut]{ID: "reason", Title: "Reason", Width: 70, Wrap: true,
		Show: func(l *audit.LeftOut) Cell { return T(l.Reason.Placed() + "; row " + l.Source.String()) }}
)

func leftOutTable(r *audit.Result) Table {
	return TableOf[*audit.LeftOut]{
		Title: "In no total", Empty: "Every active subscription is in the totals.", Rows: each(r.Coverage.LeftOut),
		Columns: []Col[*audit.LeftOut]{leftOutName, leftOutCurrent, leftOutReason},
	}.Table()
}

// The columns of other currencies.
var (
	foreignCurrency = Col[*audit.ForeignTotal]{ID: "currency", Title: "Currency", Width: 34,
		Show: func(f *audit.ForeignTotal) Cell { return T(string(f.Currency)) }}
	foreignLines = Col[*audit.ForeignTotal]{ID: "lines", Title: "Subscriptions", Kind: Count, Width: 20,
		Show: func(f *audit.ForeignTotal) Cell { return N(f.Lines) }}
	foreignCurrent = Col[*audit.ForeignTotal]{ID: "current", Title: "Current", Kind: Money, Width: 20,
		Show: func(f *audit.ForeignTotal) Cell { return M(f.Current) }}
	foreignRate = Col[*audit.ForeignTotal]{ID: "rate", Title: "Rate", Width: 40, Note: "of the totals' currency for one unit, its day and source",
		Show: func(f *audit.ForeignTotal) Cell { return T(rateText(f)) }}
	foreignAsIs = Col[*audit.ForeignTotal]{ID: "as_is", Title: "As is", Kind: Money, Width: 20, Show: func(f *audit.ForeignTotal) Cell { return M(f.AsIs) }}
)

func foreignTable(r *audit.Result, rate Col[*audit.ForeignTotal]) Table {
	return TableOf[*audit.ForeignTotal]{
		Title: "Other currencies", Empty: "Everything is priced in one currency.", Rows: each(r.Coverage.Foreign),
		Note:    "Sums of bills in the currency of their price. Each bill is rounded, then converted at the rate; without a rate it is in no total.",
		Columns: []Col[*audit.ForeignTotal]{foreignCurrency, foreignLines, foreignCurrent, foreignAsIs, rate},
	}.Table()
}

// rateText names a rate, its day and its source.
func rateText(f *audit.ForeignTotal) string {
	if f.Rate == nil {
		return ""
	}
	s := f.Rate.Decimal(2) + " of " + f.RateDate.Long()
	if f.RateSource != "" {
		s += " (" + f.RateSource + ")"
	}
	return s
}

// partial says what the amounts of an incomplete audit lack, naming what is in no
// total and for what nothing is decided; "" where the audit is complete.
func partial(r *audit.Result) string {
	if r.Run.Complete {
		return ""
	}
	var out []string
	if missing := leftOutNames(r); len(missing) > 0 {
		out = append(out, "The amounts are partial: they leave out "+diag.Names(missing)+".")
	}
	if n := r.Coverage.SubscriptionsRefused; n > 0 {
		out = append(out, money.Plural(n, "row")+" of the subscriptions could not be read.")
	}
	if held := heldTitles(r); len(held) > 0 {
		out = append(out, "Nothing is saved on "+diag.Names(held)+" yet: a number it rests on is in doubt.")
	}
	if len(out) == 0 {
		out = append(out, "The amounts may be partial: not every input could be read, as the workbook says under Data quality.")
	}
	return strings.Join(out, " ")
}

func leftOutNames(r *audit.Result) []string {
	var out []string
	for l := range each(r.Coverage.LeftOut) {
		out = append(out, estate.On(l.Name, l.Site))
	}
	return out
}

// heldTitles names the bundles of which something is held.
func heldTitles(r *audit.Result) []string {
	var out []string
	for o := range each(r.Trust.Open) {
		if o.Subscriptions.Held > 0 {
			out = append(out, o.Title)
		}
	}
	return out
}

// caveats say what the totals leave out or take for granted.
func caveats(r *audit.Result) []string {
	var out []string
	if !r.Run.Complete {
		n := 0
		for d := range each(r.Diagnostics) {
			if d.Level == diag.Incomplete {
				n++
			}
		}
		out = append(out, fmt.Sprintf("This audit is incomplete: %s on the input, listed in the workbook under Data quality.", money.Plural(n, "problem")))
	}
	c := r.Coverage
	if c.Counted < c.Active && !r.Trust.Subscriptions.None() {
		text := fmt.Sprintf("The totals hold %d of %d active subscriptions.", c.Counted, c.Active)
		if c.LeftOutCurrent.Sign() > 0 {
			text += fmt.Sprintf(" Those left out cost at least %s today.", amount(c.LeftOutCurrent))
		}
		out = append(out, text)
	}
	if c.SubscriptionsRefused > 0 {
		out = append(out, fmt.Sprintf("%s of the subscriptions table could not be read: %d of %d are audited.",
			money.Plural(c.SubscriptionsRefused, "row"), c.Subscriptions-c.SubscriptionsRefused, c.Subscriptions))
	}
	for _, f := range c.Foreign {
		how := "in no total, since no rate is known"
		if f.Rate != nil {
			how = "converted at " + rateText(&f)
		}
		out = append(out, fmt.Sprintf("%s priced in %s, %s as is, %s.", money.Plural(f.Lines, "subscription"), f.Currency, amount(f.AsIs), how))
	}
	return out
}
