package audit

import (
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/seats"
)

// Trust says how far the figures carry a decision: how much of the estate the
// plan has weighed, which numbers of users it rests on, and what keeps the rest
// from being weighed (METHOD 9.12). Nothing in it enters a total.
type Trust struct {
	Subscriptions ByState     `json:"subscriptions"`
	Share         *int        `json:"share"`   // weighed, of what is paid today: whole percent, rounded down; null where that is not known
	Decided       []Decided   `json:"decided"` // what the plan asks for all the same where something is held or assumed
	Counts        []Headcount `json:"counts"`
	Open          []Open      `json:"open"` // bundles that are not weighed as a whole
	Sites         []SiteName  `json:"sites"`
}

// SiteName is a site that exports seem to call otherwise than subscriptions do.
type SiteName struct {
	Subscribed string `json:"subscribed"`
	Exported   string `json:"exported"`
	Taken      bool   `json:"taken"` // for the same, so that all figures of the site rest on it; else nothing is concluded
	Line       string `json:"line"`  // of audit.yaml, that says that both are one
}

// ByState counts the active subscriptions by how far the plan has weighed them.
type ByState struct {
	Active  int `json:"active"` // the sum of the others
	Weighed int `json:"weighed"`
	Assumed int `json:"assumed"`
	Held    int `json:"held"`
	Unknown int `json:"unknown"`
}

// All reports whether every active subscription is weighed.
func (s ByState) All() bool { return s.Weighed == s.Active }

// None reports whether nothing is weighed.
func (s ByState) None() bool { return s.Weighed == 0 }

// Decided is what the plan asks for though it rests on numbers that carry less
// than a count does: in held bundles quotes that hold at every known number of
// users, which are avoidance and never a saving; in assumed ones all but removals.
type Decided struct {
	State      plan.State   `json:"state"` // held or assumed
	Actions    int          `json:"actions"`
	HardSaving money.Amount `json:"hard_saving"`
	Avoidance  money.Amount `json:"avoidance"`
}

// Headcount is the number of users of a product that figures are computed with,
// and what speaks for it.
type Headcount struct {
	Site    string       `json:"site"`
	Product string       `json:"product"`
	Name    string       `json:"name"`
	Users   *int         `json:"users"`   // null when not known
	Counted *int         `json:"counted"` // what the source itself says: fewer than Users where that is in doubt
	From    seats.Origin `json:"from"`
	Day     date.Date    `json:"day,omitzero"` // on which that was true
	Others  []KnownUsers `json:"others"`       // other numbers that are known of it
	State   *plan.State  `json:"state"`        // null where no subscription rests on it
	Source  diag.Source  `json:"source,omitzero"`
}

// KnownUsers is one number of users of a product that an input states.
type KnownUsers struct {
	Users  int          `json:"users"`
	From   seats.Origin `json:"from"`
	Day    date.Date    `json:"day,omitzero"`
	Source diag.Source  `json:"source,omitzero"`
}

// trust says how far the plan carries.
func (w *work) trust() Trust {
	out := Trust{Decided: w.decided(), Counts: []Headcount{}, Open: []Open{}, Sites: []SiteName{}}
	for _, l := range w.costs.Lines {
		out.Subscriptions.add(w.plan.State(l))
	}
	if share, known := w.plan.Share(w.costs); known {
		out.Share = &share
	}
	for _, p := range w.register.Products {
		out.Counts = append(out.Counts, w.headcount(p))
	}
	for _, d := range w.plan.Decisions {
		if o := w.open(d); !o.Subscriptions.All() {
			out.Open = append(out.Open, o)
		}
	}
	for i := range w.Estate.SiteNames {
		s := &w.Estate.SiteNames[i]
		out.Sites = append(out.Sites, SiteName{s.Subscribed, s.Exported, s.Taken, s.Line()})
	}
	return out
}

// decided sums the actions that change a held or an assumed subscription, held
// first; no entry for a state without any.
func (w *work) decided() []Decided {
	out := []Decided{}
	for _, state := range []plan.State{plan.Held, plan.Assumed} {
		zero := money.Zero(w.costs.Currency)
		d := Decided{State: state, HardSaving: zero, Avoidance: zero}
		for _, a := range w.plan.Actions {
			if w.restsOn(a) != state {
				continue
			}
			d.Actions++
			quotes, _ := a.Part(plan.StepQuotes)
			if !quotes.Known() {
				quotes = zero
			}
			d.Avoidance, d.HardSaving = d.Avoidance.Add(quotes), d.HardSaving.Add(a.Amount.Sub(quotes))
		}
		if d.Actions > 0 {
			out = append(out, d)
		}
	}
	return out
}

// restsOn returns the least state of the subscriptions an action changes.
func (w *work) restsOn(a *plan.Action) plan.State {
	least := plan.Weighed
	for _, c := range a.Lines {
		least = min(least, w.plan.State(c.Line))
	}
	return least
}

func (s *ByState) add(state plan.State) {
	s.Active++
	switch state {
	case plan.Weighed:
		s.Weighed++
	case plan.Assumed:
		s.Assumed++
	case plan.Held:
		s.Held++
	default:
		s.Unknown++
	}
}

func (w *work) headcount(p *seats.Product) Headcount {
	out := Headcount{
		Site: p.Site, Product: p.Key, Name: estate.ProductName(p.Key), Users: usersOf(p), From: p.Origin,
		Day: p.CountedOn, Others: []KnownUsers{}, State: w.stateOf(p), Source: p.CountedAt,
	}
	own := p.Users
	if p.Held() {
		own = p.Counted
	}
	if p.Known() {
		out.Counted = &own
	}
	add := func(f seats.Figure) {
		figure := KnownUsers{f.Users, f.From, f.Day, f.At}
		if f.From != p.Origin && !slices.Contains(out.Others, figure) {
			out.Others = append(out.Others, figure)
		}
	}
	for _, f := range slices.Concat(p.Measured, p.Undated) {
		add(f)
	}
	for _, d := range p.Doubts {
		if d.Of != "" {
			continue // these are numbers of a product of the collection
		}
		for _, f := range d.Figures {
			add(f)
		}
	}
	return out
}

// stateOf returns how far the number of users of a product carries; nil where
// no subscription rests on it.
func (w *work) stateOf(p *seats.Product) *plan.State {
	paid := p.Payer()
	i := slices.IndexFunc(w.costs.Bundles, func(b *costing.Bundle) bool { return slices.Contains(b.Products, paid) })
	if i < 0 {
		return nil
	}
	state := plan.Weighed
	switch {
	case !p.Known():
		state = plan.Unknown
	case len(w.costs.Bundles[i].Held()) > 0:
		state = plan.Held
	case p.Assumed():
		state = plan.Assumed
	}
	return &state
}
