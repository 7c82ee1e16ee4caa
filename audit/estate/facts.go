package estate

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
)

// Evidence is a signal that stands beside a product's own last-seen date and
// never replaces it: account-wide activity, or a sign-in to the company's
// directory (METHOD 1.11). Its arrays run parallel to Estate.Accounts.
type Evidence struct {
	Name     string // what was seen, in words: "account-wide activity", "Google sign-in"
	Seen     []LastSeen
	Day      date.Date // the oldest evidence day of its lists; zero is not known
	Disabled []bool    // the account is disabled there; nil when the input does not say
	Source   diag.Source
}

// CleanUp is whom clean-ups have removed, as the tools that did it say: their
// access to something, or the account. Its arrays run parallel to Estate.Accounts.
type CleanUp struct {
	Gone   []bool
	On     []LastSeen // when; unknown where the list does not say
	Source diag.Source
}

// Licence is an installed licence of a Data Center product or app, as the
// instance itself reports it.
type Licence struct {
	Site       string
	Kind       Kind
	Key        string // product key, or app key
	Name       string
	Vendor     string
	Hosting    pricing.Hosting
	Users      int // licensed users; meaningless when Unlimited
	Unlimited  bool
	Current    int // users the instance counts against it; meaningless unless HasCurrent
	HasCurrent bool
	Day        date.Date // on which the instance said so; zero is not known
	Expires    date.Date
	Type       string // lower case, such as "commercial"
	Evaluation bool
	Valid      bool
	Problem    string // the instance's own word for what is wrong, such as "USER_MISMATCH"
	Number     string // support entitlement number
	Source     diag.Source
}

// Rate is what one unit of another currency was worth on a day, in the
// organisation's own.
type Rate struct {
	Currency money.Currency // never the organisation's
	Rate     money.Exact    // more than 0
	Date     date.Date
	Origin   string // who says so, as the table has it
	Source   diag.Source
}

// Workload is how much open work somebody has in a product.
type Workload struct {
	Account  string // id or address, lower case
	Site     string // "" = any
	Product  string // "" = any
	Open     int    // open items; meaningless unless HasOpen
	HasOpen  bool
	LastItem date.Date
	Source   diag.Source
}

// Person is what the company knows about somebody.
type Person struct {
	Email      string // lower case
	Department string
	Title      string
	CostCentre string
	Manager    string // as written; a name or an address
	Needs      Answer // whether the role needs access
	LeaveUntil date.Date
	Source     diag.Source
}
