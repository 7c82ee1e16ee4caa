package audit

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// PriceChange is a change that meets the coming term of a line.
type PriceChange struct {
	Line      string         `json:"line"`
	Name      string         `json:"name"`
	Site      string         `json:"site"`
	Announced date.Date      `json:"announced,omitzero"`
	Effective date.Date      `json:"effective"`
	Currency  money.Currency `json:"currency,omitempty"`     // of the new price and what it adds
	Was       money.Currency `json:"old_currency,omitempty"` // of the old price, where that is another
	Old       money.Amount   `json:"old" currency:"Was"`     // one bill at today's quantity before the change
	New       money.Amount   `json:"new"`                    // and after
	Change    *Percent       `json:"change"`                 // of one bill; null when the old one is 0 or one is not known
	Renewal   date.Date      `json:"renewal,omitzero"`
	QuoteFrom date.Date      `json:"quote_from,omitzero"`
	QuoteBy   date.Date      `json:"quote_by,omitzero"`
	Quotable  bool           `json:"quotable"`
	Reason    diag.Reason    `json:"reason,omitzero"`
	ThisTerm  money.Amount   `json:"this_term"` // what it adds to the coming term
	NextTerm  money.Amount   `json:"next_term"` // what it adds to a whole term at the new price
	OldSteps  []Step         `json:"old_steps"`
	NewSteps  []Step         `json:"new_steps"`
	Source    diag.Source    `json:"source"`
}

// changes lists the price changes that meet the coming term of a line.
func (w *work) changes() []PriceChange {
	out := []PriceChange{}
	for _, l := range w.costs.Lines {
		if !l.Term.Start.IsZero() {
			out = append(out, w.lineChanges(l)...)
		}
	}
	slices.SortStableFunc(out, func(a, b PriceChange) int {
		return cmp.Or(a.Effective.Compare(b.Effective), strings.Compare(a.Line, b.Line))
	})
	return out
}

func (w *work) lineChanges(l *costing.Line) []PriceChange {
	var out []PriceChange
	for _, m := range l.Moves() {
		c := PriceChange{
			Line: l.ID(), Name: l.Name(), Site: l.Sub.Site, Announced: m.Announced, Effective: m.Effective,
			Currency: cmp.Or(m.New.Currency(), m.ThisTerm.Currency()), Old: m.Old, New: m.New,
			Renewal: l.Term.Start, ThisTerm: m.ThisTerm, NextTerm: m.NextTerm, Source: m.Source,
			OldSteps: Steps(m.OldSteps), NewSteps: Steps(m.NewSteps),
		}
		if m.Old.Currency() != c.Currency {
			c.Was = m.Old.Currency()
		}
		if change, ok := m.Change(); ok {
			p := PercentOf(change)
			c.Change = &p
		}
		if l.Quote.Change == m.Effective {
			c.QuoteFrom, c.QuoteBy, c.Quotable, c.Reason = l.Quote.From, l.Quote.By, l.Quote.Possible, l.Quote.Reason
		} else if l.Sub.Cycle == pricing.Monthly {
			c.Reason = diag.Why(diag.Bound, "monthly bills cannot be quoted ahead")
		} else if m.Effective.After(l.Term.Start) {
			c.Reason = diag.Why(diag.NoEffect, "the renewal comes before the change")
		}
		out = append(out, c)
	}
	return out
}
