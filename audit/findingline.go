package audit

import (
	"tierline/audit/date"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/word"
)

// LineAmount is what a finding is worth on one subscription.
type LineAmount struct {
	Line     string         `json:"line"` // id of the line
	Name     string         `json:"name"`
	Currency money.Currency `json:"currency,omitempty"`
	Amount   money.Amount   `json:"amount"`
	Note     string         `json:"note,omitempty"`
	Of       WorthOf        `json:"of,omitempty"` // the figure that it is; "" for one that is worked out for the finding alone
	On       date.Date      `json:"on,omitzero"`  // of a price change or a bill: its day
}

// WorthOf names the figure of a subscription that a finding is worth there.
type WorthOf string

// The figures.
const (
	OfAsIs        WorthOf = "as_is"           // what it costs as is
	OfCurrent     WorthOf = "current"         // what it costs today
	OfSaving      WorthOf = "saving"          // what the plan saves on it, of either kind
	OfWithout     WorthOf = "without"         // what the coming term costs less without it
	OfPriceChange WorthOf = "price_change"    // what a price change adds to the coming term
	OfUnused      WorthOf = "unused_capacity" // unused capacity, of a year
	OfGrowth      WorthOf = "growth"          // the higher growth on as is
	OfRunning     WorthOf = "before_renewal"  // what is due before the renewal
	OfRightSize   WorthOf = "right_size"      // what the tier of the users lowers
	OfRemoval     WorthOf = "clean_up"        // what removals lower
	OfApart       WorthOf = "apart"           // what it costs before anything is paid once for several sites
	OfStepUp      WorthOf = "step"            // the step above its tier, of a year
	OfStepDown    WorthOf = "step_down"       // the step below its tier, of a year
	OfBill        WorthOf = "bill"            // a bill of the coming term as is
	OfPeaks       WorthOf = "peaks"           // the peaks of past cycles at today's price
)

// UnmarshalText reads the word of a figure.
func (w *WorthOf) UnmarshalText(b []byte) error {
	return word.One(w, "figure of a finding", b, OfAsIs, OfCurrent, OfSaving, OfWithout, OfPriceChange, OfUnused, OfGrowth, OfRunning,
		OfRightSize, OfRemoval, OfApart, OfStepUp, OfStepDown, OfBill, OfPeaks)
}

// IsOfLines reports whether what a finding is worth is what it is worth on its
// subscriptions, added up.
func (f *Finding) IsOfLines() bool {
	var all []money.Amount
	for i := range f.Lines {
		all = append(all, f.Lines[i].Amount)
	}
	return f.Amount.Known() && addedUp(all) == f.Amount
}

// UnusedAYear is the unused capacity of so many bills.
func (p *LinePosition) UnusedAYear(c pricing.Cycle) money.Amount { return p.Unused.Times(c.Bills()) }

// StepAYear is the step above a tier, or with down that below it, of so many bills.
func (p *LinePosition) StepAYear(c pricing.Cycle, down bool) money.Amount {
	if down {
		return p.StepDown.Times(c.Bills())
	}
	return p.Step.Times(c.Bills())
}

// Grown adds the bills of the coming term up as is with the higher growth, by the id
// of the line.
func (c *Cash) Grown() map[string]money.Amount {
	out := map[string]money.Amount{}
	for i := range c.Bills {
		if b := &c.Bills[i]; b.Way == BilledAsIs && b.Term == 1 {
			addTo(out, b.Line, b.Growth2)
		}
	}
	return out
}

// LineDay is a day on which something befalls a line.
type LineDay struct {
	Line string
	On   date.Date
}

// DueAsIs adds the bills of the coming term up as is, by line and day.
func (c *Cash) DueAsIs() map[LineDay]money.Amount {
	out := map[LineDay]money.Amount{}
	for i := range c.Bills {
		if b := &c.Bills[i]; b.Way == BilledAsIs && b.Term == 1 {
			addTo(out, LineDay{b.Line, b.Date}, b.Amount)
		}
	}
	return out
}

// PastPeaks adds up what the peaks of cycles that are over cost at the price of today,
// by the id of the line.
func (r *Result) PastPeaks() map[string]money.Amount {
	out := map[string]money.Amount{}
	for i := range r.Peaks {
		if p := &r.Peaks[i]; p.Over && !p.Reason.Given() {
			addTo(out, p.Line, p.Today)
		}
	}
	return out
}

// addTo adds an amount to that of a key.
func addTo[K comparable](to map[K]money.Amount, key K, amount money.Amount) {
	if sum, is := to[key]; is {
		amount = sum.Add(amount)
	}
	to[key] = amount
}

// Saving is what the plan saves on a line, of either kind.
func (l *Line) Saving() money.Amount { return l.AsIs.Sub(l.Recommended) }

// MoreThan is what a grown amount adds to the cost of a line as is.
func (l *Line) MoreThan(grown money.Amount) money.Amount { return grown.Sub(l.AsIs) }
