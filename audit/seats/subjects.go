package seats

import (
	"strings"

	"tierline/audit/estate"
	"tierline/audit/glob"
)

// subjects finds exceptions by what they name. It is read-only once built.
type subjects struct {
	exceptions []estate.Exception
	exact      map[string]int // account id, address or site/product -> exception
	globs      []int          // exceptions whose subject is a pattern
}

// subjectsOf indexes the exceptions that keep accepts; of several with one
// subject the first holds.
func subjectsOf(all []estate.Exception, keep func(i int) bool) subjects {
	s := subjects{exceptions: all, exact: map[string]int{}}
	for i := range all {
		switch x := &all[i]; {
		case !keep(i):
		case glob.Has(x.Subject):
			s.globs = append(s.globs, i)
		default:
			if _, taken := s.exact[x.Subject]; !taken {
				s.exact[x.Subject] = i
			}
		}
	}
	return s
}

// find returns the exception for the first of some names, all lower case, that
// has one; an exact subject comes before a pattern.
func (s *subjects) find(names ...string) (int, bool) {
	for _, name := range names {
		if name == "" {
			continue
		}
		if i, ok := s.exact[name]; ok {
			return i, true
		}
		for _, i := range s.globs {
			if glob.Match(s.exceptions[i].Subject, name) {
				return i, true
			}
		}
	}
	return 0, false
}

// Exempt knows the accounts that exceptions in force keep out of one rule.
// METHOD 1.15 has exceptions mark the rule's finding; one about many accounts
// cannot be marked for the sake of one of them, so that one is left out of it. The
// plan does not change.
type Exempt struct {
	estate *estate.Estate
	found  subjects
}

// Exempt returns the accounts kept out of a rule: by an exception for it, or
// for every rule, that names an account id or an address. One that is for
// every rule and every subject keeps nobody out.
func (r *Register) Exempt(rule string) *Exempt {
	e := r.estate
	return &Exempt{estate: e, found: subjectsOf(e.Exceptions, func(i int) bool {
		x := &e.Exceptions[i]
		return !x.Ended(r.asOf) && (x.Rule == rule || x.Rule == "*" && x.Subject != "*") && !strings.Contains(x.Subject, "/")
	})}
}

// Find returns the exception, by its place in the table, that keeps an account
// out; false when none does.
func (x *Exempt) Find(account int32) (int, bool) {
	if len(x.found.exact)+len(x.found.globs) == 0 {
		return 0, false
	}
	a := &x.estate.Accounts[account]
	return x.found.find(strings.ToLower(a.ID), a.Email)
}
