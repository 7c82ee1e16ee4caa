package seats

import (
	"slices"
	"sort"
	"strings"

	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
)

// Product is the judgement on one product of one site.
type Product struct {
	Site       string
	Key        string
	Users      int // billable users, the figure everything is computed with; meaningless when Origin is NotKnown
	Origin     Origin
	CountedOn  date.Date // evidence day or day of the count; zero is not known
	CountedAt  diag.Source
	Counted    int      // what Origin itself says; Users is larger where that is in doubt
	Unread     int      // active accounts of which a list does not say whether they hold a seat; in no other number
	Measured   []Figure // every figure somebody measured, the one of Origin first
	Undated    []Figure // figures a site answers on an unknown or an old day: shown, and held against nothing
	Doubts     []Doubt  // why the count holds its bundle; none where it does not
	Classes    [classes]int
	Bands      [bands]int
	Seats      []Class // parallel to Estate.Accounts; nil without access columns
	Candidates []int32 // accounts in the order of removal
	NoAdded    int     // never-used seats left out for want of an added date

	// Kept counts the seats that would be candidates but for an exception, by its
	// place in Estate.Exceptions. Those it protects that leave, a bot pattern or a
	// missing added date would protect as well are not among them.
	Kept map[int]int

	// Decided counts the seats that would be candidates but for a decision to keep
	// them.
	Decided int

	Signal string // what the last-seen date means
	Newest date.Date

	// Included lists, of a collection, the products it pays for of which any input
	// knows something; Collection is the one that pays for a product, nil where the
	// product is paid for itself (METHOD 7.6). The candidates of such a product are
	// those of its collection.
	Included   []*Product
	Collection *Product

	// AccountBands counts accounts, not seats, where a list says when each was
	// last active but not who has access, as those of Data Center do (METHOD
	// 1.4). ListsAccounts says whether there is one.
	AccountBands  [bands]int
	ListsAccounts bool
	// AccountsInUse counts the listed accounts that are neither inactive nor
	// never used: no more of the users than these can be active ones.
	AccountsInUse int

	includes  []string // of a collection: what it pays for, whether an input knows of it or not
	asOf      date.Date
	access    *estate.Access
	future    int                      // last-seen dates after as-of
	lost      int                      // of these, dates too far ahead to be read as today
	protected []int                    // seats that each exception keeps
	changes   []estate.HeadcountChange // after as-of, by date
	planned   []int                    // sums of the changes up to each of them
	daily     []estate.UserCount       // up to as-of, by date
	past      []estate.UserCount       // of earlier runs, likewise
	counts    bool                     // counts for its family: a column or a row that is not cancelled
	cancelled bool                     // all its rows are cancelled
}

// Held reports whether the number of users is in doubt, so that nothing is
// decided in the bundle of the product.
func (p *Product) Held() bool { return len(p.Doubts) > 0 }

// Known reports whether the number of users is known.
func (p *Product) Known() bool { return p.Origin != NotKnown }

// On returns the users on a day, with planned changes up to and including it
// and after removing some of today's; never below 0. It is meaningless when
// the users are not known.
func (p *Product) On(d date.Date, removed int) int {
	return max(p.Users-removed+p.Planned(d), 0)
}

// Planned adds up the planned changes after as-of, up to and including a day.
func (p *Product) Planned(d date.Date) int {
	until := sort.Search(len(p.changes), func(i int) bool { return p.changes[i].Date.After(d) })
	if until == 0 {
		return 0
	}
	return p.planned[until-1]
}

// plan sets the planned changes after as-of, by date. Their sums are kept: every
// line asks for them on every day of its term, and there may be thousands.
func (p *Product) plan(changes []estate.HeadcountChange) {
	p.changes, p.planned = changes, make([]int, len(changes))
	sum := 0
	for i, c := range changes {
		sum += c.Change
		p.planned[i] = sum
	}
}

// Changes returns the planned changes after as-of, by date.
func (p *Product) Changes() []estate.HeadcountChange { return p.changes }

// Daily returns the daily counts of the product up to as-of, by date. They say
// how many users there were, whatever Users rests on.
func (p *Product) Daily() []estate.UserCount { return p.daily }

// Days returns the users by day as far as anybody counted them: the daily counts,
// else what earlier runs counted. It is for peaks and projections; no figure of today
// rests on it (METHOD 23.9).
func (p *Product) Days() []estate.UserCount {
	if len(p.daily) == 0 {
		return p.past
	}
	return p.daily
}

// Billed reports whether a list says who is billed for, as of Guard and Bitbucket:
// then nobody keeps the use of it that a seat could be judged by (METHOD 1.24).
func (p *Product) Billed() bool { return p.access != nil && p.access.Billed }

// HasSeen reports whether an input has a last-seen column for the product, or
// for one of a collection.
func (p *Product) HasSeen() bool {
	return p.access != nil && p.access.Seen != nil || slices.ContainsFunc(p.Included, (*Product).HasSeen)
}

// Seen returns when an account last used the product; of a collection, when it
// used the one that decides on its class.
func (p *Product) Seen(account int32) estate.LastSeen {
	if p.Collects() {
		if by := p.decider(account); by != nil {
			return by.Seen(account)
		}
		return estate.LastSeen{}
	}
	if p.access == nil || p.access.Seen == nil {
		return estate.LastSeen{}
	}
	return p.access.Seen[account]
}

// signal takes over what the lists of the product say about its use as a whole.
func (p *Product) signal() {
	p.Signal, p.Newest = strings.Join(p.access.Signals, ", or "), p.access.Newest
}

// EvidenceDay returns the day for which the list speaks that says when an
// account last used the product; zero is not known.
func (p *Product) EvidenceDay(account int32) date.Date {
	if p.Collects() {
		if by := p.decider(account); by != nil {
			return by.EvidenceDay(account)
		}
		return date.Date{}
	}
	if p.access == nil {
		return date.Date{}
	}
	return p.access.EvidenceDay(account)
}

func (p *Product) clock(account int32) clock {
	return clock{day: p.EvidenceDay(account), asOf: p.asOf}
}

// Idle returns the days between the last use by an account and its evidence
// day, false when it was never used or nothing is known.
func (p *Product) Idle(account int32) (int, bool) { return p.clock(account).idle(p.Seen(account)) }

// Band returns how long before its evidence day an account used the product.
func (p *Product) Band(account int32) Band { return p.clock(account).band(p.Seen(account)) }
