package audit

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

// App is one subscription of an app seen from the question whether it is worth
// its price: what the coming term costs without it, how many people it is paid
// for, and how many of them use their product or the app (METHOD 10.8).
type App struct {
	Line      string         `json:"line"`
	Site      string         `json:"site"`
	Key       string         `json:"key"`
	Name      string         `json:"name"`
	Vendor    string         `json:"vendor,omitempty"`
	Host      string         `json:"host,omitempty"` // name of the product it is an app of
	Basis     estate.Basis   `json:"billing_basis"`
	State     plan.State     `json:"state"`
	Renewal   date.Date      `json:"renewal,omitzero"`
	Users     *int           `json:"users"`      // it is charged for; null for a fixed price, or when not known
	HostUsers *int           `json:"host_users"` // of the product that binds its charge; null when not known
	Idle      *Percent       `json:"idle"`       // of them: review candidates; null without access columns
	Active    *int           `json:"active"`     // users of the app itself; null without a row in app_usage
	ActiveOn  date.Date      `json:"active_on,omitzero"`
	HostKey   string         `json:"-"` // key of the product that binds its charge; "" when not known
	Currency  money.Currency `json:"currency,omitempty"`
	AsIs      money.Amount   `json:"as_is"`
	Without   money.Amount   `json:"without"`    // what the recommended term costs less without it
	PerUser   money.Amount   `json:"per_user"`   // as is, for one of Users; rounded half up
	PerActive money.Amount   `json:"per_active"` // as is, for one of Active
}

// apps lists the subscriptions of apps, first the one without which most is saved.
func (w *work) apps() []App {
	out := []App{}
	for _, l := range w.costs.Lines {
		if l.Sub.Kind == estate.AppKind {
			out = append(out, w.app(l))
		}
	}
	slices.SortStableFunc(out, func(a, b App) int {
		return cmp.Or(cmp.Compare(b.Without.MinorUnits(), a.Without.MinorUnits()), strings.Compare(a.Line, b.Line))
	})
	return out
}

func (w *work) app(l *costing.Line) App {
	s := l.Sub
	out := App{
		Line: l.ID(), Site: s.Site, Key: s.Key, Name: l.Name(), Vendor: s.Vendor, Host: estate.ProductName(s.Host), Basis: s.Basis,
		State: w.plan.State(l), Currency: lineCurrency(l), AsIs: l.AsIs, Without: w.plan.Without(l), Renewal: l.Term.Start,
	}
	if l.UsersKnown && s.Basis != estate.Fixed {
		out.Users, out.PerUser = new(l.Users), shared(l.AsIs, l.Users)
	}
	if p := binding(l); p != nil {
		out.HostUsers, out.HostKey = new(p.Users), p.Key
		if p.Seats != nil && p.Users > 0 {
			idle := PercentOf(money.Ratio(int64(len(p.Candidates)), int64(p.Users)))
			out.Idle = &idle
		}
	}
	if u := w.Estate.FindUsage(s.Key, s.Site); u != nil {
		out.Active, out.ActiveOn, out.PerActive = &u.Active, u.AsOf, shared(l.AsIs, u.Active)
	}
	return out
}

// binding returns the product whose users an app is paid for with: the largest of
// its host's family; nil where none is known.
func binding(l *costing.Line) *seats.Product {
	var most *seats.Product
	for _, p := range l.Bundle.Products {
		if p.Site == l.Sub.Site && p.Known() && p.Bills(estate.Family(l.Sub.Host)) && (most == nil || p.Users > most.Users) {
			most = p
		}
	}
	return most
}

// shared returns an amount for one of n; unknown for none.
func shared(a money.Amount, n int) money.Amount {
	if !a.Known() || n == 0 {
		return money.Amount{}
	}
	return a.Exact().Div(money.Int(int64(n))).Round(a.Currency(), money.HalfUp)
}
