package audit

import (
	"cmp"
	"fmt"
	"slices"

	"tierline/audit/costing"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/plan"
	"tierline/audit/pricing"
	"tierline/audit/seats"
)

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
