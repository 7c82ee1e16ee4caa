// Package history compares two runs of one organisation: which users,
// subscriptions, tiers, prices, findings and actions are others than they were
// (METHOD 23.1). It works on the facts of runs, never on what a report says of
// them, and refuses to judge: whether a seat is idle or a price right was decided
// when each run was made.
//
// Package audit takes the facts from a result and keeps the comparison in the
// next one; cmd asks for it between two runs that are there.
package history

import (
	"fmt"

	"tierline/audit/date"
	"tierline/audit/money"
)

// Run names a run.
type Run struct {
	Name         string         `json:"run"` // of its folder
	AsOf         date.Date      `json:"as_of"`
	Digest       string         `json:"digest"` // of all its inputs and settings
	Organisation string         `json:"-"`
	Currency     money.Currency `json:"currency"` // of its totals
	Redacted     string         `json:"-"`        // tells the keys of pseudonyms apart; "" where people are named
}

// Facts are what a comparison knows of a run.
type Facts struct {
	Run
	Users     []Users
	Lines     []Line // by the order of the run
	Findings  []Finding
	Actions   []Action
	Announced []Announced // price changes the run knew of
	Settings  []Setting   // of its policy
	Ran       map[string]bool
}

// Users is how many users a product of a site has.
type Users struct {
	Site    string
	Product string
	Name    string
	Count   *int // nil when not known
}

// Count is how many users a product of a site had on a day, as a run counted them.
type Count struct {
	Date    date.Date `json:"date"` // for which its export spoke
	Site    string    `json:"site"`
	Product string    `json:"product"`
	Users   int       `json:"users"`
	Run     string    `json:"run"`
}

// Line is a subscription.
type Line struct {
	ID       string
	Site     string
	Name     string
	Users    *int // whom it is charged for; nil when not known
	Quantity *int // whom Current is for
	Tier     *Tier
	Currency money.Currency
	Current  money.Amount // twelve months at the prices and for the users of its day

	// Terms are what was agreed, other than the list, each under its name.
	Terms []Term

	// Year says what twelve months cost at the prices of the run for another
	// number of users; nil where only the result of the run is known.
	Year func(users int) money.Amount
}

// Term is one thing that was agreed for a subscription, as it is written.
type Term struct {
	Name  string
	Value string
	Price bool // the same list price costs another amount where it is another
}

// Tier is a range of users; To is nil without limit.
type Tier struct {
	From int  `json:"from"`
	To   *int `json:"to"`
}

// String writes the tier for people, such as "401-500".
func (t Tier) String() string {
	if t.To == nil {
		return money.Count(t.From) + " and more"
	}
	return money.Count(t.From) + "-" + money.Count(*t.To)
}

// Finding is what a rule had to say.
type Finding struct {
	ID       string
	Rule     string
	Title    string
	Severity string // its word
	Rank     int    // of the severity, higher is worse
	Amount   money.Amount
	Excepted bool // an exception marks it, so that it alerts nobody
}

// Action is something the plan of a run asked for.
type Action struct {
	ID       string
	Title    string
	Deadline date.Date
	Amount   money.Amount
	Seats    int // to be removed
	Lines    []Target
}

// Target is what an action wants of one subscription.
type Target struct {
	Line     string
	From, To int    // quantity of the first bill before and after
	Cycle    string // of the coming term
	Merged   bool   // it is to be paid for with the same subscription on another site
}

// Announced is a price change a run knew of.
type Announced struct {
	Line      string
	Effective date.Date
}

// Setting is one value of a policy, as it is written.
type Setting struct {
	Name  string
	Value string
}

// Comparable says why a run cannot be compared with an earlier one; "" when it
// can.
func Comparable(before, after Run) string {
	switch {
	case before.Organisation != after.Organisation:
		return fmt.Sprintf("the run to compare with is of the organisation %q, not of %q", before.Organisation, after.Organisation)
	case before.Redacted != after.Redacted:
		return "its people have other names: one of the two is redacted, or they are by different keys"
	case before.AsOf == after.AsOf:
		return fmt.Sprintf("both are as of %s, and a run is compared with one of an earlier day", before.AsOf)
	case before.AsOf.After(after.AsOf):
		return fmt.Sprintf("the run to compare with is as of %s, later than %s", before.AsOf, after.AsOf)
	}
	return ""
}
