package audit

import (
	"cmp"
	"fmt"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

// Coverage says how much of the estate the figures stand for.
type Coverage struct {
	Subscriptions        int             `json:"subscriptions"`         // rows of the table, whatever their status
	SubscriptionsRefused int             `json:"subscriptions_refused"` // rows that could not be read
	Active               int             `json:"active"`
	Counted              int             `json:"counted"`          // active lines in the totals
	LeftOutCurrent       money.Amount    `json:"left_out_current"` // known current cost of lines in no total
	LeftOut              []LeftOut       `json:"left_out"`
	Foreign              []ForeignTotal  `json:"other_currencies"`
	Products             []ProductSource `json:"products"`
}

// LeftOut is an active line in no total.
type LeftOut struct {
	Line     string         `json:"line"`
	Name     string         `json:"name"`
	Site     string         `json:"site"`
	Currency money.Currency `json:"currency,omitempty"`
	Current  money.Amount   `json:"current"`
	Reason   diag.Reason    `json:"reason"`
	Source   diag.Source    `json:"source"`
}

// ForeignTotal is the sub-total of the lines in another currency, in that one:
// bills before they are converted. Without a rate they are in no total.
type ForeignTotal struct {
	Currency   money.Currency `json:"currency"`
	Lines      int            `json:"lines"`
	Current    money.Amount   `json:"current"`
	AsIs       money.Amount   `json:"as_is"`
	Rate       *money.Exact   `json:"rate"`                  // of the run's currency for one unit; null when none is known
	RateDate   date.Date      `json:"rate_date,omitzero"`    // its day
	RateSource string         `json:"rate_source,omitempty"` // who says so, as the table of rates has it
}

// ProductSource says how the users of a product are known.
type ProductSource struct {
	Site     string       `json:"site"`
	Product  string       `json:"product"`
	Users    *int         `json:"users"` // null when not known
	From     seats.Origin `json:"from"`
	Activity Activity     `json:"activity"`
	Note     string       `json:"note,omitempty"`
}

func leftOut(out plan.LeftOut) LeftOut {
	l := out.Line
	return LeftOut{Line: l.ID(), Name: l.Name(), Site: l.Sub.Site, Currency: l.Current.Currency(), Current: l.Current, Reason: out.Reason, Source: l.Sub.Source}
}

func (w *work) coverage() Coverage {
	c := Coverage{
		Subscriptions:        len(w.Estate.Subscriptions) + w.Refused,
		SubscriptionsRefused: w.Refused,
		Active:               len(w.costs.Lines),
		LeftOutCurrent:       money.Zero(w.costs.Currency),
		LeftOut:              []LeftOut{},
		Foreign:              w.foreign(),
		Products:             []ProductSource{},
	}
	for _, l := range w.costs.Lines {
		if l.Counted() {
			c.Counted++
		}
	}
	for _, out := range w.plan.LeftOut {
		l := out.Line
		c.LeftOut = append(c.LeftOut, leftOut(out))
		if l.Current.Currency() == w.costs.Currency {
			c.LeftOutCurrent = c.LeftOutCurrent.Add(l.Current)
		}
	}
	for _, p := range w.register.Products {
		note := ""
		if p.Origin == seats.FromLicensed {
			note = "the number paid for stands in for the users; nothing can be said about unused seats"
		}
		if p.Collection != nil {
			note = fmt.Sprintf("its seats are paid for by %s, once for each person", estate.ProductName(p.Collection.Key))
		}
		c.Products = append(c.Products, ProductSource{Site: p.Site, Product: p.Key, Users: usersOf(p), From: p.Origin, Activity: activityOf(p), Note: note})
	}
	return c
}

// foreign adds up the lines in other currencies, each currency by itself.
func (w *work) foreign() []ForeignTotal {
	out := []ForeignTotal{}
	for _, l := range w.costs.Lines {
		c := l.Own.AsIs.Currency()
		if c == "" || c == w.costs.Currency {
			continue
		}
		i := slices.IndexFunc(out, func(t ForeignTotal) bool { return t.Currency == c })
		if i < 0 {
			total := ForeignTotal{Currency: c, Current: money.Zero(c), AsIs: money.Zero(c)}
			if rate, ok := l.Converted(); ok {
				total.Rate, total.RateDate, total.RateSource = &rate.Rate, rate.Date, rate.Origin
			}
			out = append(out, total)
			i = len(out) - 1
		}
		out[i].Lines++
		out[i].Current = out[i].Current.Add(l.Own.Current)
		out[i].AsIs = out[i].AsIs.Add(l.Own.AsIs)
	}
	slices.SortFunc(out, func(a, b ForeignTotal) int { return cmp.Compare(a.Currency, b.Currency) })
	return out
}

func usersOf(p *seats.Product) *int {
	if !p.Known() {
		return nil
	}
	return &p.Users
}
