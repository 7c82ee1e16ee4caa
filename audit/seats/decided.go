package seats

import (
	"fmt"
	"slices"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// What people decided about seats (METHOD 1.30). To keep one is an exception for
// that seat; every other decision is told and changes no class.

// decided are the decisions in force by the account they are about. It is
// read-only once built.
type decided map[int32][]*estate.Decision

func decidedBy(decisions []estate.Decision, asOf date.Date) decided {
	d := decided{}
	for i := range decisions {
		if x := &decisions[i]; x.Account >= 0 && !x.Ended(asOf) {
			d[x.Account] = append(d[x.Account], x)
		}
	}
	return d
}

// kept returns the decision to keep the seat of an account on a product, nil for
// none. Whoever keeps one seat of a collection keeps it as a whole, since nobody is
// removed from one of its products alone.
func (d decided) kept(p *Product, account int32) *estate.Decision {
	var subjects []string
	for _, x := range d[account] {
		if x.Verdict != estate.Keep || x.Site != p.Site {
			continue
		}
		if subjects == nil {
			subjects = p.subjects(account)
		}
		if slices.Contains(subjects, x.Site+"/"+x.Product) {
			return x
		}
	}
	return nil
}

// Decision returns what was decided about the seat of an account on a product, as
// far as it is in force; nil for nothing.
func (r *Register) Decision(p *Product, account int32) *estate.Decision {
	for _, x := range r.guard.decided[account] {
		if x.Site == p.Site && x.Product == p.Key {
			return x
		}
	}
	return nil
}

// DecidedState says what has become of a decision.
type DecidedState uint8

// The states of a decision.
const (
	InForce     DecidedState = iota
	NoSuchSeat               // nobody of that id holds a seat there any more
	EndedBefore              // its last day is over
)

var decidedWords = [...]string{"in force", "no such seat", "ended"}

// String returns the state in words.
func (s DecidedState) String() string { return decidedWords[s] }

// StateOf says what has become of a decision as of the day of the register.
func (r *Register) StateOf(d *estate.Decision) DecidedState {
	switch p := r.Find(d.Site, d.Product); {
	case d.Account < 0, p == nil, p.Seats == nil, p.Seats[d.Account] == NoSeat:
		return NoSuchSeat
	case d.Ended(r.asOf):
		return EndedBefore
	}
	return InForce
}

// remarkOnDecisions says how many decisions of each table are over, and how many
// are about seats that nobody holds: in numbers, since a message names nobody.
func (r *Register) remarkOnDecisions() {
	type count struct{ all, ended, gone int }
	counts := map[diag.Source]*count{}
	var places []diag.Source
	for i := range r.estate.Decisions {
		d := &r.estate.Decisions[i]
		at := diag.Source{File: d.Source.File, Sheet: d.Source.Sheet}
		if counts[at] == nil {
			counts[at] = &count{}
			places = append(places, at)
		}
		counts[at].all++
		switch r.StateOf(d) {
		case EndedBefore:
			counts[at].ended++
		case NoSuchSeat:
			counts[at].gone++
		}
	}
	for _, at := range places {
		c := counts[at]
		if c.ended > 0 {
			r.Diagnostics.Add(diag.Warning, at, fmt.Sprintf("decisions that ended before %s and protect nothing: %d of %d", r.asOf, c.ended, c.all),
				"decide again, or remove them")
		}
		if c.gone > 0 {
			r.Diagnostics.Add(diag.Note, at, fmt.Sprintf("decisions about seats that nobody holds: %d of %d", c.gone, c.all), "")
		}
	}
}
