package estate

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
)

// Role says what an access cell grants. The zero value is no access.
type Role uint8

// The roles an access cell can state.
const (
	NoRole    Role = iota
	UserRole       // a paid seat, if the account is active
	OtherRole      // nobody knows whether it is a paid seat: an unknown word, or a cell that is missing
)

// With returns the role of an account that has both: a seat any row grants is
// counted, since the bill counts it. Without a branch, as [LastSeen.Newer].
func (r Role) With(b Role) Role {
	return [...]Role{NoRole, UserRole, OtherRole, UserRole}[(r|b)&3]
}

// LastSeen is when an account last used a product. The zero value is unknown.
type LastSeen struct {
	n int32 // 0 unknown, -1 never, else the number of a date
}

// Never is the state of an account that has not used the product.
func Never() LastSeen { return LastSeen{n: -1} }

// SeenOn is the state of an account last active on d; unknown for no date.
func SeenOn(d date.Date) LastSeen { return LastSeen{n: d.Number()} }

// IsUnknown reports whether nothing is known, neither a date nor never.
func (l LastSeen) IsUnknown() bool { return l.n == 0 }

// IsNever reports whether the account has never used the product.
func (l LastSeen) IsNever() bool { return l.n == -1 }

// Date returns the day last seen, false when it is unknown or never.
func (l LastSeen) Date() (date.Date, bool) {
	if l.n <= 0 {
		return date.Date{}, false
	}
	return date.OfNumber(l.n), true
}

// Newer returns the later of two signals; never is older than any date, and
// unknown is older than never. It is asked for each product of each account
// and cannot be foreseen, so it is written without a branch.
func (l LastSeen) Newer(b LastSeen) LastSeen {
	n := min(l.n, b.n) // of unknown and never, never
	if latest := max(l.n, b.n); latest > 0 {
		n = latest
	}
	return LastSeen{n}
}

// Access is the access of all accounts to one product on one site. Roles and
// Seen run parallel to Estate.Accounts; either is nil when no input has such a
// column, which is not the same as a column of blanks.
type Access struct {
	Site    string
	Product string
	Roles   []Role
	Seen    []LastSeen
	Listed  []bool      // without Roles: the accounts an input lists as active there
	Billed  bool        // Roles says who is billed for, whatever the status of the account (METHOD 1.24)
	Newest  date.Date   // newest last-seen date of the column
	Lists   []uint16    // of Estate.Lists, those with a column of the product
	Day     date.Date   // the oldest evidence day of its lists; zero is not known
	Days    []date.Date // where they differ, the days; else nil
	DayOf   []uint16    // with Days: of each account, the place of its day among them
	Signals []string    // what the dates mean, in words: several where lists differ
	Source  diag.Source
}

// EvidenceDay returns the evidence day of what is said about an account.
func (a *Access) EvidenceDay(account int32) date.Date {
	if a.DayOf == nil {
		return a.Day
	}
	return a.Days[a.DayOf[account]]
}

// FindAccess returns the access column pair of a product on a site, nil when
// no input has one.
func (e *Estate) FindAccess(site, product string) *Access {
	i, ok := slices.BinarySearchFunc(e.Access, [2]string{site, product}, func(a Access, key [2]string) int {
		return cmp.Or(strings.Compare(a.Site, key[0]), strings.Compare(a.Product, key[1]))
	})
	if !ok {
		return nil
	}
	return &e.Access[i]
}
