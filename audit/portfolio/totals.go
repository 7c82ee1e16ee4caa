package portfolio

import (
	"slices"
	"strings"

	"tierline/audit/money"
)

// Total adds the estates of one currency up (METHOD 25.2).
type Total struct {
	Currency    money.Currency `json:"currency"`
	Estates     int            `json:"estates"`     // in the amounts
	Partial     int            `json:"partial"`     // of these, whose amounts lack something
	NotCounted  int            `json:"not_counted"` // estates of the currency in no amount: nothing of them is weighed, or an amount is not known
	Current     money.Amount   `json:"current"`
	AsIs        money.Amount   `json:"as_is"`
	Recommended money.Amount   `json:"recommended"`
	HardSaving  money.Amount   `json:"hard_saving"`
	Avoidance   money.Amount   `json:"avoidance"`
	NotClaimed  money.Amount   `json:"not_claimed"` // by bundles that are held; in none of the others
}

// Counted reports whether the amounts are in the total of their currency: all of
// them are known, and something of the estate is weighed.
func (a *Audit) Counted() bool {
	t := &a.Totals
	known := t.Current.Known() && t.AsIs.Known() && t.Recommended.Known() && t.HardSaving.Known() && t.Avoidance.Known()
	return known && !a.Subscriptions.None()
}

// totals adds the estates up, each currency by itself.
func totals(estates []Estate) []Total {
	out := []Total{}
	for i := range estates {
		a := estates[i].Audit
		if a == nil || a.Currency == "" {
			continue
		}
		k := slices.IndexFunc(out, func(t Total) bool { return t.Currency == a.Currency })
		if k < 0 {
			zero := money.Zero(a.Currency)
			k = len(out)
			out = append(out, Total{Currency: a.Currency, Current: zero, AsIs: zero, Recommended: zero, HardSaving: zero, Avoidance: zero, NotClaimed: zero})
		}
		out[k].add(a)
	}
	slices.SortFunc(out, func(a, b Total) int { return strings.Compare(string(a.Currency), string(b.Currency)) })
	return out
}

func (t *Total) add(a *Audit) {
	if a.NotClaimed.Known() {
		t.NotClaimed = t.NotClaimed.Add(a.NotClaimed)
	}
	if !a.Counted() {
		t.NotCounted++
		return
	}
	t.Estates++
	if a.Partial() {
		t.Partial++
	}
	t.Current, t.AsIs = t.Current.Add(a.Totals.Current), t.AsIs.Add(a.Totals.AsIs)
	t.Recommended = t.Recommended.Add(a.Totals.Recommended)
	t.HardSaving, t.Avoidance = t.HardSaving.Add(a.Totals.HardSaving), t.Avoidance.Add(a.Totals.Avoidance)
}
