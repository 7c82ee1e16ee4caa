package audit

import (
	"cmp"
	"fmt"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
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

// Open is a bundle of which something is not weighed.
type Open struct {
	Bundle        string  `json:"bundle"`
	Title         string  `json:"title"`
	Site          string  `json:"site"`
	Subscriptions ByState `json:"subscriptions"`

	// NotClaimed is what a held bundle would save if its sources were right; null
	// where nothing is held, or for the reason given.
	NotClaimed       money.Amount `json:"not_claimed"`
	NotClaimedReason diag.Reason  `json:"not_claimed_reason,omitzero"`

	Obstacles []Obstacle `json:"obstacles"`
}

// Obstacle is one thing that keeps subscriptions of a bundle from being
// weighed.
type Obstacle struct {
	State   plan.State       `json:"state"` // what it makes of them
	Doubt   *seats.DoubtKind `json:"doubt"` // null where no count is in doubt
	Site    string           `json:"site"`
	Product string           `json:"product,omitempty"` // whose number of users it is
	Line    string           `json:"line,omitempty"`    // the subscription that is in no total
	Name    string           `json:"name"`              // of the product or subscription
	Hosting pricing.Hosting  `json:"hosting"`
	Counted bool             `json:"counted,omitempty"` // somebody has counted the users lately besides the export
	Reason  diag.Reason      `json:"reason"`
	Lift    string           `json:"lift,omitempty"` // the line of audit.yaml that would lift it
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

// open says what of a bundle is not weighed, and why.
func (w *work) open(d *plan.Decision) Open {
	b := d.Bundle
	out := Open{
		Bundle: b.ID(), Title: b.Title(), Site: b.Site, NotClaimed: d.NotClaimed, NotClaimedReason: d.NotClaimedReason,
		Obstacles: append([]Obstacle{}, doubts(b)...),
	}
	for _, l := range b.Lines {
		state := w.plan.State(l)
		out.Subscriptions.add(state)
		switch state {
		case plan.Unknown:
			out.Obstacles = append(out.Obstacles, Obstacle{State: state, Site: l.Sub.Site, Line: l.ID(), Name: l.Name(), Hosting: l.Sub.Hosting,
				Reason: w.leftOutFor(l)})
		case plan.Assumed:
			for _, o := range assumptions(l) {
				if !slices.Contains(out.Obstacles, o) {
					out.Obstacles = append(out.Obstacles, o)
				}
			}
		}
	}
	return out
}

// doubts says what holds a bundle: its counts in doubt first, then all else.
func doubts(b *costing.Bundle) []Obstacle {
	var out []Obstacle
	said := map[diag.Reason]bool{}
	for _, p := range b.Products {
		for i := range p.Doubts {
			x := &p.Doubts[i]
			kind := x.Kind
			said[x.Reason] = true
			product := cmp.Or(x.Of, p.Key)
			out = append(out, Obstacle{State: plan.Held, Doubt: &kind, Site: p.Site, Product: product, Name: estate.ProductName(product), Hosting: b.Hosting,
				Counted: len(p.Measured) > 1, Reason: x.Reason, Lift: x.Lift})
		}
	}
	for _, why := range b.Held() {
		if !said[why] {
			out = append(out, Obstacle{State: plan.Held, Site: b.Place(), Name: b.Name(), Hosting: b.Hosting, Reason: why})
		}
	}
	return out
}

// assumptions says whose users nobody has counted for a line.
func assumptions(l *costing.Line) []Obstacle {
	if c := l.Charge(); c != nil {
		l = c
	}
	products, own := l.Assumed()
	var out []Obstacle
	for _, p := range products {
		out = append(out, Obstacle{State: plan.Assumed, Site: p.Site, Product: p.Key, Name: estate.ProductName(p.Key), Hosting: l.Sub.Hosting,
			Reason: whyAssumed(p), Lift: lift(p)})
	}
	if !own {
		return out
	}
	o := Obstacle{State: plan.Assumed, Site: l.Sub.Site, Line: l.ID(), Name: l.Name(), Hosting: l.Sub.Hosting, Reason: standIn(l.Users)}
	if l.Sub.Basis != estate.OwnUsers { // they are a product's, its own or those of an app's host
		key := l.Sub.HostProduct()
		o.Line, o.Product, o.Name = "", key, estate.ProductName(key)
	}
	return append(out, o)
}

// whyAssumed says why the number of users of a product is assumed.
func whyAssumed(p *seats.Product) diag.Reason {
	switch {
	case p.Origin == seats.FromLicensed:
		return standIn(p.Users)
	case p.CountedOn.IsZero():
		return diag.Why(diag.NoDate, "the site answers %s on an unknown day", money.Plural(p.Users, "user")).From(p.CountedAt)
	}
	return diag.Why(diag.NoDate, "the site answered %s on %s, too long ago", money.Plural(p.Users, "user"), p.CountedOn).From(p.CountedAt)
}

// lift is the line of audit.yaml that says of which day an answer is, "" where
// none would help.
func lift(p *seats.Product) string {
	if p.Origin == seats.FromLicensed || !p.CountedOn.IsZero() {
		return ""
	}
	return fmt.Sprintf("inputs: [{glob: %q, exported_on: YYYY-MM-DD}]", p.CountedAt.File)
}

func standIn(users int) diag.Reason {
	return diag.Why(diag.NoQuantity, "nobody has counted the users; the %s paid for stand in", money.Count(users))
}

func (w *work) leftOutFor(l *costing.Line) diag.Reason {
	for _, out := range w.plan.LeftOut {
		if out.Line == l {
			return out.Reason
		}
	}
	return l.Reason
}

// remarks make a run incomplete in which a count is in doubt. What is held or
// unknown for another reason has its own; what is assumed leaves the run
// complete. An export in doubt holds all its products for one reason, which is
// said once.
func (t *Trust) remarks() diag.List {
	var out diag.List
	type remark struct {
		why diag.Reason
		fix string
	}
	held := map[remark][]string{}
	var order []remark
	for i := range t.Open {
		for _, x := range t.Open[i].Obstacles {
			if x.Doubt == nil || *x.Doubt == seats.Unread { // told where it was read
				continue
			}
			r := remark{x.Reason, x.toDo()}
			if *x.Doubt == seats.Stale || *x.Doubt == seats.Ambiguous || *x.Doubt == seats.Broken {
				r.why.At = diag.Source{File: x.Reason.At.File, Sheet: x.Reason.At.Sheet}
			}
			if held[r] == nil {
				order = append(order, r)
			}
			held[r] = append(held[r], estate.On(x.Name, x.Site))
		}
	}
	for _, r := range order {
		out.Add(diag.Incomplete, r.why.At, "held, so that nothing is decided for "+costing.Places(held[r])+": "+r.why.Text, r.fix)
	}
	return out
}

// toDo says what would make a count in doubt count, with the line of audit.yaml
// that states it.
func (x *Obstacle) toDo() string {
	switch {
	case x.Lift == "" && *x.Doubt == seats.Undated:
		return "save the answer again, and state its day"
	case x.Lift == "":
		return "export the users again"
	case *x.Doubt == seats.Undated:
		return "state of which day the answer is: " + x.Lift
	case *x.Doubt == seats.Ambiguous:
		return "state how they are written: " + x.Lift
	case *x.Doubt == seats.Stale:
		return "export the users again, or state of which day the export is: " + x.Lift
	case *x.Doubt == seats.Contradicted:
		return "correct the other number, or confirm the export in audit.yaml: " + x.Lift
	case x.Counted:
		return "export all users again, or confirm the export in audit.yaml: " + x.Lift
	}
	return "add a user count of the last 31 days, or confirm the export in audit.yaml: " + x.Lift
}
