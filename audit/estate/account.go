package estate

import (
	"iter"

	"tierline/audit/date"
	"tierline/audit/diag"
)

// Status is the status of an account.
type Status uint8

// The statuses an export can state, the one that costs most last: only an
// active account can hold a seat.
const (
	StatusUnknown Status = iota
	Deactivated
	Suspended
	Active
)

var statusNames = [...]string{"unknown", "deactivated", "suspended", "active"}

// String returns the word of the status.
func (s Status) String() string { return statusNames[s] }

// Account is one Atlassian account (Cloud) or user name (Data Center).
type Account struct {
	ID     string // as written, trimmed; compared without case
	Name   string
	Email  string    // lower case; may be empty
	Added  date.Date // to the organisation; zero = not known
	Line   uint32    // of the row that first named it
	List   uint16    // index into Estate.Lists
	Status Status
	App    bool // an account of type app: never a seat

	// Nonbillable is set for an account under an authentication policy that is
	// not billed for, as bots are: still a seat of the products, but nobody to
	// ask whether it is needed (METHOD 1.14).
	Nonbillable bool
}

// Together is how many accounts are prefetched at a time.
const Together = 64

// Prefetched counts through accounts whose names and addresses are wanted. These lie
// all over the text of the files, and memory takes longer to answer than most
// things take that are done with them; so the first letters of several are asked
// for at once, with nothing else between them, and it answers for all together.
func Prefetched(accounts []Account) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range accounts {
			if i%Together == 0 {
				prefetch(accounts[i:min(i+Together, len(accounts))])
			}
			if !yield(i) {
				return
			}
		}
	}
}

// prefetch looks at the texts of accounts. Were it compiled into its callers, it
// would vanish, since nobody needs what it returns.
//
//go:noinline
func prefetch(accounts []Account) (letters byte) {
	for i := range accounts {
		letters |= accounts[i].letters()
	}
	return letters
}

// Prefetch asks for some of the accounts, see [Prefetched]: for all that is told of
// them. What it returns is of no use.
//
//go:noinline
func Prefetch(accounts []Account, which []int32) (letters byte) {
	for _, i := range which {
		a := &accounts[i]
		if letters |= a.letters(); a.ID != "" {
			letters |= a.ID[0]
		}
	}
	return letters
}

// letters looks at the texts of an account.
func (a *Account) letters() (letters byte) {
	if a.Name != "" {
		letters |= a.Name[0]
	}
	if a.Email != "" {
		letters |= a.Email[0]
	}
	return letters
}

// Source returns the place an account was read from.
func (e *Estate) Source(a *Account) diag.Source {
	if int(a.List) >= len(e.Lists) {
		return diag.Source{}
	}
	at := e.Lists[a.List].Source
	at.Line = int(a.Line)
	return at
}
