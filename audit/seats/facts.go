package seats

import (
	"strings"
	"sync"

	"tierline/audit/date"
	"tierline/audit/estate"
)

// facts finds what other systems say about an account. The indexes are made
// when the first rule asks, once for all of them.
type facts struct {
	work   func() map[string]span // by account id or address
	people func() map[string]*estate.Person
}

// span is a run of rows of the workload table, which is sorted by account.
type span struct{ from, to int32 }

func factsOf(e *estate.Estate) facts {
	return facts{
		work: sync.OnceValue(func() map[string]span {
			out := map[string]span{}
			for i := range e.Workload {
				key := e.Workload[i].Account
				s, ok := out[key]
				if !ok {
					s.from = int32(i)
				}
				s.to = int32(i + 1)
				out[key] = s
			}
			return out
		}),
		people: sync.OnceValue(func() map[string]*estate.Person {
			out := make(map[string]*estate.Person, len(e.People))
			for i := range e.People {
				out[e.People[i].Email] = &e.People[i]
			}
			return out
		}),
	}
}

// Evidence says what else is known of an account: signals that stand beside a
// product's own and change no class.
func (r *Register) Evidence(account int32) string {
	var out []string
	if c := r.estate.CleanUp; c != nil && c.Gone[account] {
		out = append(out, "removed by a clean-up")
		if d, ok := c.On[account].Date(); ok {
			out[0] += " on " + d.String()
		}
	}
	for i := range r.estate.Evidence {
		x := &r.estate.Evidence[i]
		if d, ok := x.Seen[account].Date(); ok {
			out = append(out, x.Name+" "+d.String())
		} else if x.Seen[account].IsNever() {
			out = append(out, x.Name+" never")
		}
		if x.Disabled != nil && x.Disabled[account] {
			out = append(out, "disabled there")
		}
	}
	return strings.Join(out, "; ")
}

// Elsewhere says whether any signal beside the products' own saw an account in
// the last days before its evidence day, and whether it is disabled in one of those places.
func (r *Register) Elsewhere(account int32, days int) (seen, disabled bool) {
	for i := range r.estate.Evidence {
		x := &r.estate.Evidence[i]
		if idle, ok := (clock{x.Day, r.asOf}).idle(x.Seen[account]); ok && idle < days {
			seen = true
		}
		disabled = disabled || x.Disabled != nil && x.Disabled[account]
	}
	return seen, disabled
}

// Person returns what the company knows about the person of an account, by the
// address; nil when it says nothing.
func (r *Register) Person(account int32) *estate.Person {
	email := r.estate.Accounts[account].Email
	if email == "" {
		return nil
	}
	return r.facts.people()[email]
}

// Service reports whether an account is one of a machine rather than of a
// person, whatever the class of its seats.
func (r *Register) Service(account int32) bool {
	_, is := r.guard.service(account)
	return is
}

// OnLeave reports whether the person of an account is on leave, whatever the
// class of the seats.
func (r *Register) OnLeave(account int32) bool {
	email := r.estate.Accounts[account].Email
	_, away := r.guard.leave[email]
	return away && email != ""
}

// Work is what the workload table says about an account in a product.
type Work uint8

// The answers of the workload table; the zero value is that it gives none.
const (
	WorkUnknown Work = iota // no row, or rows that say neither how much is open nor anything recent
	HasWork                 // open items, or an item in the last days
	NoWork                  // no open item, and the last one long ago or none
)

// Workload says whether an account has work in a product: open items, or a
// last item at most so many days before the day for which the seat's own use is known. Rows name the account by id or
// address; a row without a site or product is about any. Work in one of them is
// work, so that nobody is asked about for the sake of a row that is too broad or
// too narrow. Row is the one that decides.
func (r *Register) Workload(p *Product, account int32, days int) (work Work, row *estate.Workload) {
	a := &r.estate.Accounts[account]
	day := p.EvidenceDay(account)
	if day.IsZero() {
		day = r.asOf
	}
	for _, key := range [...]string{strings.ToLower(strings.Join(strings.Fields(a.ID), "")), a.Email} {
		s, ok := r.facts.work()[key]
		if !ok || key == "" {
			continue
		}
		for i := s.from; i < s.to; i++ {
			w := &r.estate.Workload[i]
			if w.Site != "" && w.Site != p.Site || w.Product != "" && !p.Concerns(w.Product) {
				continue
			}
			switch says(w, day, days) {
			case HasWork:
				return HasWork, w
			case NoWork:
				if row == nil || row.LastItem.Before(w.LastItem) {
					work, row = NoWork, w
				}
			}
		}
	}
	return work, row
}

// says reads one row. Without a number of open items only a recent item says
// anything: unknown is never none.
func says(w *estate.Workload, day date.Date, days int) Work {
	switch {
	case w.HasOpen && w.Open > 0, !w.LastItem.IsZero() && day.Sub(w.LastItem) <= days:
		return HasWork
	case w.HasOpen:
		return NoWork
	}
	return WorkUnknown
}
