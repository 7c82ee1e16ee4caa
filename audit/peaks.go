package audit

import (
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Peak is a monthly cycle of one subscription in which users rose above those it
// began with, or the reason why nothing is known of a subscription's cycles
// (METHOD 6.1 to 6.4). It is an exposure beside the plan, in none of its totals.
type Peak struct {
	Line     string         `json:"line"`
	Site     string         `json:"site"`
	Name     string         `json:"name"`
	Reason   diag.Reason    `json:"reason,omitzero"` // why nothing is known; only the fields above stand then
	From     date.Date      `json:"from,omitzero"`   // first day of the cycle
	To       date.Date      `json:"to,omitzero"`     // last day of it
	Over     bool           `json:"over"`            // it ended before as-of
	Start    int            `json:"start"`           // users on the day before it, whom its bill is for
	Peak     int            `json:"peak"`
	PeakDay  date.Date      `json:"peak_day,omitzero"`
	Above    int            `json:"above"`   // days counted with more users than at the start
	Last     int            `json:"last"`    // users on the last day counted
	Missing  int            `json:"missing"` // days without a count, which add nothing
	Currency money.Currency `json:"currency,omitempty"`
	Past     money.Amount   `json:"past"`  // charged above the bill, at the price of its time
	Today    money.Amount   `json:"today"` // what the same peak costs at the price of today
	Gone     money.Amount   `json:"gone"`  // of today: for users who were gone again on the last day
}

// peaks lists the cycles with a rise, subscription by subscription.
func (w *work) peaks() []Peak {
	out := []Peak{}
	for _, l := range w.costs.Lines {
		if !l.ExposedToPeaks() || l.ElsewhereCharged() {
			continue
		}
		cycles, why := l.PeakCycles()
		if why.Given() {
			out = append(out, Peak{Line: l.ID(), Site: l.Sub.Site, Name: l.Name(), Reason: why})
		}
		for i := range cycles {
			if c := &cycles[i]; !c.Reason.Given() && len(c.Rises) > 0 {
				out = append(out, w.peak(l, c))
			}
		}
	}
	return out
}

func (w *work) peak(l *costing.Line, c *costing.PeakCycle) Peak {
	kept := c.Kept()
	then, now, stayed := l.PeakCost(c, c.Period.Start), l.PeakCost(c, w.AsOf), l.PeakCost(&kept, w.AsOf)
	return Peak{
		Line: l.ID(), Site: l.Sub.Site, Name: l.Name(), From: c.Period.Start, To: c.Period.End.AddDays(-1), Over: c.Over,
		Start: c.Before.Users, Peak: c.Peak.Users, PeakDay: c.Peak.Date, Above: c.Above, Last: c.Last.Users, Missing: c.Missing,
		Currency: now.Extra.Currency(), Past: then.Extra, Today: now.Extra, Gone: now.Extra.Sub(stayed.Extra),
	}
}
