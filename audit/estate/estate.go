// Package estate holds what the inputs say about an organisation, without
// judgement: accounts and their access to products, subscriptions, planned
// changes, exceptions, counts and facts about apps, each with the place it
// was read from. Who is inactive or what anything costs is decided above it
// (seats, costing). ingest builds the [Estate]; everything above reads it.
//
// It is laid out for a million accounts: accounts are compact records sorted
// by id, and each product of a site is a pair of arrays over them.
package estate

import (
	"cmp"
	"slices"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/audit/word"
)

// Estate is everything the inputs say. It is immutable once ingest has
// returned it.
type Estate struct {
	Organisation  string
	Accounts      []Account // by ID
	Access        []Access  // by site, then product
	Subscriptions []Subscription
	Headcount     []HeadcountChange // by date, site, product
	Exceptions    []Exception
	UserCounts    []UserCount // by site, product, date
	AppUsage      []AppUsage
	Evidence      []Evidence
	Licences      []Licence
	AppFacts      []AppFact
	Workload      []Workload
	People        []Person      // by address
	Files         []diag.Source // what Account.File counts into: each user list, as a file or the sheet of one
}

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
	File   uint16    // index into Estate.Files
	Status Status
	App    bool // an account of type app: never a seat

	// Nonbillable is set for an account under an authentication policy that is
	// not billed for, as bots are: still a seat of the products, but nobody to
	// ask whether it is needed (METHOD 1.14).
	Nonbillable bool
}

// Source returns the place an account was read from.
func (e *Estate) Source(a *Account) diag.Source {
	if int(a.File) >= len(e.Files) {
		return diag.Source{}
	}
	at := e.Files[a.File]
	at.Line = int(a.Line)
	return at
}

// Role says what an access cell grants. The zero value is no access.
type Role uint8

// The roles an access cell can state.
const (
	NoRole    Role = iota
	UserRole       // a paid seat, if the account is active
	OtherRole      // a guest, customer or unknown word: no paid seat
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
	Listed  []bool    // without Roles: the accounts an input lists as active there
	Newest  date.Date // newest last-seen date of the column
	Signal  string    // what the date means, in words
	Source  diag.Source
}

// Subscription kinds, cycles and bases as the subscriptions table has them.
type (
	// Kind says whether a product or an app is paid for.
	Kind uint8
	// Basis says which users an app is charged for.
	Basis uint8
	// SubscriptionStatus says whether it is paid, tried or cancelled.
	SubscriptionStatus uint8
)

// The kinds of subscription.
const (
	ProductKind Kind = iota
	AppKind
)

// String returns "product" or "app".
func (k Kind) String() string { return kindWords[k] }

var kindWords = [...]string{"product", "app"}

// MarshalText writes the word of the kind.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (k *Kind) UnmarshalText(b []byte) error { return word.Index(k, "type", b, kindWords[:]) }

// The billing bases.
const (
	Linked   Basis = iota // all users of the host
	OwnUsers              // the users assigned to the app
	Fixed                 // a contract price whatever the count
)

// String returns the word of the basis as in the subscriptions table.
func (b Basis) String() string { return basisWords[b] }

var basisWords = [...]string{"linked", "own-users", "fixed"}

// MarshalText writes the word of the basis.
func (b Basis) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (b *Basis) UnmarshalText(text []byte) error {
	return word.Index(b, "billing basis", text, basisWords[:])
}

// The statuses of a subscription.
const (
	SubActive SubscriptionStatus = iota
	SubTrial
	SubCancelled
)

// String returns the word of the status as in the subscriptions table.
func (s SubscriptionStatus) String() string { return [...]string{"active", "trial", "cancelled"}[s] }

// Answer is a yes, a no, or no answer at all.
type Answer uint8

// The answers.
const (
	Unanswered Answer = iota
	Yes
	No
)

// Subscription is one row of the subscriptions table.
type Subscription struct {
	Kind          Kind
	Key           string // lower case
	Name          string
	Vendor        string
	Hosting       pricing.Hosting
	Site          string
	Host          string // product an app is linked to; "" for products
	Edition       string // lower case
	Cycle         pricing.Cycle
	Basis         Basis
	PricePlan     string // lower case; never empty
	Licensed      int    // users paid for; 0 with HasLicensed unset is not known
	HasLicensed   bool
	Discount      money.Exact // 0.15 for 15 %
	HasDiscount   bool
	LicenceType   string       // lower case
	ContractPrice money.Amount // net, of one bill; unknown when there is none
	Renewal       date.Date    // zero = not given
	Status        SubscriptionStatus
	MultiInstance Answer
	AutoRenew     Answer
	Owner         string
	CostCentre    string
	Entitlement   string
	Source        diag.Source
}

// DisplayName returns the name, or the key when there is none.
func (s *Subscription) DisplayName() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Key
}

// Compare orders subscriptions by site, hosting, family of the product or
// host, products before apps, key and entitlement.
func (s *Subscription) Compare(b *Subscription) int {
	return cmp.Or(
		strings.Compare(s.Site, b.Site),
		cmp.Compare(s.Hosting, b.Hosting),
		strings.Compare(Family(s.HostProduct()), Family(b.HostProduct())),
		cmp.Compare(s.Kind, b.Kind),
		strings.Compare(s.Key, b.Key),
		strings.Compare(s.Entitlement, b.Entitlement),
		s.Source.Compare(b.Source),
	)
}

// HostProduct returns the product itself, or the product an app is linked to.
func (s *Subscription) HostProduct() string {
	if s.Kind == AppKind {
		return s.Host
	}
	return s.Key
}

// HeadcountChange is a planned change of users.
type HeadcountChange struct {
	Date    date.Date
	Site    string
	Product string
	Change  int
	Note    string
	Source  diag.Source
}

// Exception protects a subject from a rule.
type Exception struct {
	Rule    string // a rule id or "*"
	Subject string // trimmed, lower case; '*' stands for any text
	Reason  string
	Owner   string
	Until   date.Date // last day; zero = no end
	Source  diag.Source
}

// Ended reports whether the exception is over on a day; its last day counts.
func (x *Exception) Ended(on date.Date) bool {
	return !x.Until.IsZero() && x.Until.Before(on)
}

// UserCount is the number of users on one day.
type UserCount struct {
	Date    date.Date
	Site    string
	Product string
	Users   int
	Source  diag.Source
}

// AppUsage is how many people use an app.
type AppUsage struct {
	Key         string
	Site        string
	Active      int
	PeriodDays  int
	Assigned    int
	HasAssigned bool
	AsOf        date.Date
	Source      diag.Source
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

// FindUsage returns the usage row of an app on a site, nil when there is none.
func (e *Estate) FindUsage(key, site string) *AppUsage {
	for i := range e.AppUsage {
		if e.AppUsage[i].Key == key && e.AppUsage[i].Site == site {
			return &e.AppUsage[i]
		}
	}
	return nil
}

// FindFact returns what is known about an app on the Marketplace, nil when the
// apps table has no row for it.
func (e *Estate) FindFact(key string) *AppFact {
	for i := range e.AppFacts {
		if e.AppFacts[i].Key == key {
			return &e.AppFacts[i]
		}
	}
	return nil
}

// Sites lists every site any input names, in order.
func (e *Estate) Sites() []string {
	var out []string
	for i := range e.Access {
		out = append(out, e.Access[i].Site)
	}
	for i := range e.Subscriptions {
		out = append(out, e.Subscriptions[i].Site)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
