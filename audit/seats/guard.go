package seats

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/glob"
)

// guard knows what keeps a seat from being a candidate. It is read-only once
// built, so that rules can ask it concurrently.
type guard struct {
	estate   *estate.Estate
	patterns []string // of machines, lower case
	machines machines // by the patterns
	subjects          // of the exceptions in force that concern classes
	decided  decided
	leave    map[string]date.Date // address -> last day, of people on leave
	useful   []bool               // exceptions in force that concern classes
	hit      []bool               // exceptions whose subject exists
}

func newGuard(e *estate.Estate, policy *config.Policy, asOf date.Date, keeping []string, out *diag.List) *guard {
	g := &guard{
		estate:  e,
		decided: decidedBy(e.Decisions, asOf),
		leave:   map[string]date.Date{},
		useful:  make([]bool, len(e.Exceptions)),
		hit:     make([]bool, len(e.Exceptions)),
	}
	for _, p := range policy.BotPatterns {
		g.patterns = append(g.patterns, strings.ToLower(p))
	}
	g.machines = machinesOf(e.Accounts, g.patterns)
	for i := range e.Exceptions {
		x := &e.Exceptions[i]
		if x.Ended(asOf) {
			out.Add(diag.Warning, x.Source, fmt.Sprintf("the exception ended on %s and protects nothing", x.Until), "renew it or remove the row")
			continue
		}
		g.useful[i] = x.Rule == "*" || slices.Contains(keeping, x.Rule)
	}
	g.subjects = subjectsOf(e.Exceptions, func(i int) bool { return g.useful[i] })
	g.onLeave(asOf, out)
	g.lookup()
	return g
}

// onLeave notes who is on leave as of a day, the last day included. Leave that
// is over protects nothing: told in a number, since the table may be long and
// a message names nobody.
func (g *guard) onLeave(asOf date.Date, out *diag.List) {
	over := map[diag.Source]int{}
	var places []diag.Source
	for i := range g.estate.People {
		p := &g.estate.People[i]
		switch {
		case p.LeaveUntil.IsZero():
		case p.LeaveUntil.Before(asOf):
			at := diag.Source{File: p.Source.File, Sheet: p.Source.Sheet}
			if over[at] == 0 {
				places = append(places, at)
			}
			over[at]++
		default:
			g.leave[p.Email] = p.LeaveUntil
		}
	}
	for _, at := range places {
		out.Add(diag.Warning, at, fmt.Sprintf("the leave of %d people ended before %s and protects nothing", over[at], asOf), "remove the dates, or correct them")
	}
}

// lookup notes which exceptions name something that exists.
func (g *guard) lookup() {
	note := func(subject string) {
		if i, ok := g.exact[subject]; ok {
			g.hit[i] = true
		}
		for _, i := range g.globs {
			if !g.hit[i] && glob.Match(g.estate.Exceptions[i].Subject, subject) {
				g.hit[i] = true
			}
		}
	}
	for i := range g.estate.Access {
		note(g.estate.Access[i].Site + "/" + g.estate.Access[i].Product)
	}
	for i := range g.estate.Subscriptions {
		if s := &g.estate.Subscriptions[i]; s.Included() != nil {
			note(s.Site + "/" + s.Key)
		}
	}
	if len(g.exact)+len(g.globs) == 0 {
		return
	}
	for i := range g.estate.Accounts {
		a := &g.estate.Accounts[i]
		note(strings.ToLower(a.ID))
		if a.Email != "" {
			note(a.Email)
		}
	}
}

// complain warns of exceptions in force that match nobody. An exception whose
// subject is an app or a product may still serve another rule through "*".
func (g *guard) complain(out *diag.List) {
	for i := range g.estate.Exceptions {
		x := &g.estate.Exceptions[i]
		if !g.useful[i] || g.named(i) || x.Rule == "*" && g.subscribed(x.Subject) {
			continue
		}
		out.Add(diag.Warning, x.Source, "the exception matches no account, address or site/product", "correct the subject or remove the row")
	}
}

// named reports whether the subject of an exception exists; of several with
// one subject the first was looked up.
func (g *guard) named(i int) bool {
	if first, ok := g.exact[g.estate.Exceptions[i].Subject]; ok {
		return g.hit[first]
	}
	return g.hit[i]
}

func (g *guard) subscribed(subject string) bool {
	for i := range g.estate.Subscriptions {
		s := &g.estate.Subscriptions[i]
		if glob.Match(subject, s.Key) || glob.Match(subject, s.Site+"/"+s.Key) {
			return true
		}
	}
	return false
}

// protects tells what keeps the seat of an account on a product, if anything.
func (g *guard) protects(p *Product, account int32) (protection, bool) {
	a := &g.estate.Accounts[account]
	if len(g.exact)+len(g.globs) > 0 {
		if i, ok := g.find(append([]string{strings.ToLower(a.ID), a.Email}, p.subjects(account)...)...); ok {
			return protection{Exception: i}, true
		}
	}
	if d := g.decided.kept(p, account); d != nil {
		return protection{Exception: -1, Decision: d}, true
	}
	return g.besides(account)
}

// besides tells what keeps the seats of an account when neither an exception nor
// a decision does.
func (g *guard) besides(account int32) (protection, bool) {
	email := g.estate.Accounts[account].Email
	if len(g.leave) > 0 && email != "" {
		if until, ok := g.leave[email]; ok {
			return protection{Exception: -1, Leave: until}, true
		}
	}
	return g.service(account)
}

// service tells what makes an account one of a machine: its name or address,
// or a policy that is not billed for.
func (g *guard) service(account int32) (protection, bool) {
	if pattern := g.machines[account]; pattern >= 0 {
		return protection{Exception: -1, Pattern: g.patterns[pattern]}, true
	}
	if g.estate.Accounts[account].Nonbillable {
		return protection{Exception: -1, Nonbillable: true}, true
	}
	return protection{}, false
}
