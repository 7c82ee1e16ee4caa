package seats

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/word"
)

// Figure is one number of users of a product that an input states.
type Figure struct {
	Users int
	From  Origin
	Day   date.Date // on which it was true; zero is not known
	At    diag.Source
}

// DoubtKind says why a count cannot carry a decision.
type DoubtKind uint8

// The kinds of doubt (METHOD 1.21).
const (
	Stale        DoubtKind = iota // its evidence day is long before as-of, or not known
	Contradicted                  // another measured figure differs
	Partial                       // its lists look like a part of the users
	Broken                        // one of its lists is not complete
	Unread                        // of some accounts nobody can tell whether they hold a seat
	Undated                       // what a site or an installed licence counts, of a day long before as-of or not known
	Ambiguous                     // its evidence day is not known, since its dates can be read in two ways
)

var doubtWords = [...]string{"stale", "contradicted", "partial", "incomplete", "unread", "undated", "ambiguous"}

// String returns the word of the kind.
func (k DoubtKind) String() string { return doubtWords[k] }

// MarshalText writes the word of the kind.
func (k DoubtKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (k *DoubtKind) UnmarshalText(b []byte) error {
	return word.Index(k, "kind of doubt", b, doubtWords[:])
}

// Doubt is why the count of a product holds its bundle: nothing is decided in
// a bundle with a doubtful count.
type Doubt struct {
	Kind    DoubtKind
	Of      string // key of the product of a collection whose count it is about; "" where it is that of the product itself
	Reason  diag.Reason
	Figures []Figure // the count itself, and what speaks against it
	Lift    string   // the line of audit.yaml that would lift it, words in capitals for what only people know; "" where only another export can
}
