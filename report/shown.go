package report

import (
	"strings"

	"tierline/audit"
	"tierline/audit/money"
)

// Shown is what a renderer has really put into its file: the figures whose
// cells carry a name, as they were written there. They are compared with the
// result before anything is published.
type Shown []ShownFigure

// ShownFigure is one total in a file.
type ShownFigure struct {
	Figure string       // its key in plan.totals
	Amount money.Amount // read back from what was written; unknown when it cannot be read
}

// Add notes a figure that was written as text, which may have grouped digits
// and a minus sign of print.
func (s *Shown) Add(figure, text string, c money.Currency) {
	text = strings.NewReplacer(",", "", "\u2212", "-", "\u00A0", " ").Replace(text)
	text = strings.TrimSpace(strings.TrimPrefix(text, string(c)))
	a, err := money.ParseAmount(text, c)
	if err != nil {
		a = money.Amount{}
	}
	*s = append(*s, ShownFigure{figure, a})
}

// Figures lists the totals that every report of money shows, by their name: those
// of the plan, and of a portfolio those of each currency.
func (d *Document) Figures() map[string]money.Amount {
	switch {
	case d.Result != nil:
		return named(&d.Result.Plan.Totals)
	case d.Portfolio != nil:
		return portfolioFigures(d.Portfolio)
	}
	return nil
}

// Owed lists the figures that a report of money may not leave out.
func (d *Document) Owed() map[string]money.Amount {
	if d.Result == nil {
		return d.Figures()
	}
	return owedTotals(d.Result)
}

// owedTotals leaves out what says nothing where nothing is weighed: a saving of 0.00
// and a recommendation to renew as is.
func owedTotals(r *audit.Result) map[string]money.Amount {
	t := &r.Plan.Totals
	out := named(t)
	if !r.Trust.Subscriptions.None() {
		return out
	}
	if t.Recommended == t.AsIs {
		delete(out, "recommended")
	}
	for _, saved := range []string{"hard_saving", "avoidance"} {
		if a := out[saved]; a.Known() && a.Sign() == 0 {
			delete(out, saved)
		}
	}
	return out
}

// named lists the totals of a plan by their name.
func named(t *audit.Totals) map[string]money.Amount {
	return map[string]money.Amount{"as_is": t.AsIs, "recommended": t.Recommended, "hard_saving": t.HardSaving, "avoidance": t.Avoidance}
}
