package seats

import (
	"tierline/audit/date"
	"tierline/audit/estate"
)

// protection is what keeps a seat from being a candidate.
type protection struct {
	Exception int              // index into Estate.Exceptions, -1 for anything else
	Decision  *estate.Decision // to keep the seat
	Pattern   string           // the bot pattern that matched
	Leave     date.Date        // the last day of leave; zero = not on leave

	// Nonbillable is set for an account under a policy that is not billed for,
	// which bots are put under.
	Nonbillable bool
}

// class returns the class of a seat that is protected so.
func (p protection) class() Class {
	switch {
	case p.Exception >= 0, p.Decision != nil:
		return Excepted
	case !p.Leave.IsZero():
		return OnLeave
	}
	return ServiceAccount
}

// Reason says in words what protects a seat, and what somebody wrote beside it,
// which may name people.
func (r *Register) Reason(p *Product, account int32) (words, written string) {
	by, ok := r.guard.protects(p, account)
	switch {
	case !ok:
		return "", ""
	case by.Exception >= 0:
		return "exception", r.estate.Exceptions[by.Exception].Reason
	case by.Decision != nil:
		words = "decided to keep"
		if until := by.Decision.Until; !until.IsZero() {
			words += " until " + until.String()
		}
		return words, by.Decision.Reason
	case !by.Leave.IsZero():
		return "on leave until " + by.Leave.String(), ""
	case by.Nonbillable:
		return "nonbillable policy", ""
	}
	return "matches the bot pattern " + by.Pattern, ""
}
