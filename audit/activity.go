package audit

import (
	"strings"

	"tierline/audit/date"
	"tierline/audit/seats"
	"tierline/audit/word"
)

// Activity says what is known of the last use of a product: without it no rule can
// say who is idle. result.json has it in words.
type Activity struct {
	State ActivityState
	UpTo  date.Date // of SeenUpTo: the newest last use
}

// ActivityState says how far the last use of a product is known.
type ActivityState uint8

// How far it is known. The zero value is not at all.
const (
	SeenUnknown    ActivityState = iota
	SeenOfAccounts               // of accounts, whether they hold a seat or not
	NoSeenColumn                 // no list has a column of it
	NoSeenRead                   // there is one, and no date in it can be read
	NeverSeen                    // there is one, and nobody has used the product
	SeenUpTo                     // up to a day
)

var activityWords = [...]string{
	"last use not known", "last use of accounts known, but not which of them are seats", "no last-seen column, so nobody counts as idle",
	"no last use that can be read", "nobody has ever been seen", "last use known up to ",
}

// String returns what is known in words.
func (a Activity) String() string {
	if a.State == SeenUpTo {
		return activityWords[SeenUpTo] + a.UpTo.String()
	}
	return activityWords[a.State]
}

// MarshalText writes what is known in words.
func (a Activity) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (a *Activity) UnmarshalText(b []byte) error {
	if day, ok := strings.CutPrefix(string(b), activityWords[SeenUpTo]); ok {
		d, err := date.Parse(day)
		*a = Activity{SeenUpTo, d}
		return err
	}
	*a = Activity{}
	return word.Index(&a.State, "activity", b, activityWords[:SeenUpTo])
}

// activityOf says what is known of the last use of a product.
func activityOf(p *seats.Product) Activity {
	switch {
	case p.ListsAccounts:
		return Activity{State: SeenOfAccounts}
	case p.Seats == nil:
		return Activity{State: SeenUnknown}
	case !p.HasSeen():
		return Activity{State: NoSeenColumn}
	case p.Newest.IsZero() && p.Classes[seats.Unknown] > 0:
		return Activity{State: NoSeenRead}
	case p.Newest.IsZero():
		return Activity{State: NeverSeen}
	}
	return Activity{State: SeenUpTo, UpTo: p.Newest}
}
