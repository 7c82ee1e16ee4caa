package diag

import (
	"fmt"

	"tierline/audit/word"
)

// Reason says why something is as it is: a value not known, a choice not
// weighed, a row left out, a file refused. The zero value is no reason.
//
// Text is for people and holds no place, since a file's or a sheet's name may
// name somebody; the place stands in At alone, and who prints a reason decides
// whether to print it.
type Reason struct {
	Kind Kind   `json:"kind"`
	Text string `json:"text"` // lower case, without a full stop
	At   Source `json:"at,omitzero"`
}

// Why makes a reason without a place; args fill in format.
func Why(kind Kind, format string, args ...any) Reason {
	return Reason{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

// From returns the reason with the place it comes from.
func (r Reason) From(at Source) Reason {
	r.At = at
	return r
}

// After returns the reason with words before its text, which say what it is a
// reason for; no reason stays none.
func (r Reason) After(words string) Reason {
	if r.Given() {
		r.Text = words + r.Text
	}
	return r
}

// Or returns the reason, or another one where there is none.
func (r Reason) Or(other Reason) Reason {
	if r.Given() {
		return r
	}
	return other
}

// Given reports whether there is a reason.
func (r Reason) Given() bool { return r != Reason{} }

// IsZero reports whether there is none.
func (r Reason) IsZero() bool { return !r.Given() }

// String returns the text, which holds no place.
func (r Reason) String() string { return r.Text }

// Placed returns the text with its place in brackets, for readers who have the
// files and may see their names.
func (r Reason) Placed() string {
	if r.At == (Source{}) {
		return r.Text
	}
	return r.Text + " (" + r.At.String() + ")"
}

// Kind sorts reasons, for readers that act on them without reading their text.
type Kind uint8

// The kinds of reasons. Unspecified is for a reason of no other kind.
const (
	Unspecified Kind = iota

	// Why a value is not known.
	NoPrice       // no list or tier gives a price
	PriceRefused  // a row of the price list could not be used
	ChangeRefused // a row that announces a change of the price could not be used
	NoQuantity    // nothing says for how many users
	NoDate        // no renewal date
	NotSold       // it cannot be bought for that day or on that hosting
	Currency      // it is in another currency, and no rate is known
	NoCurrency    // no input names a currency
	TooLarge      // the amount is beyond every bill
	NoFactor      // no factor says what its licence type costs of the list
	NoContract    // only a contract price can say it, and none is stated

	// Why a choice is not weighed.
	Policy   // a setting forbids it
	Bound    // a contract, a hosting or a cycle leaves no choice
	TooLate  // its days are over
	NoEffect // it changes nothing
	InDoubt  // a number of users it rests on is in doubt

	// Why a row is left out, or a file refused.
	NoData      // blank, a header once more, a word of the program
	Repeated    // it says again what another one says
	Contradicts // another row says something else about the same
	Unreadable  // a cell, row or file that cannot be understood or used
	NoPlace     // its site or product is not known
	Unrelated   // it refers to what nobody has, or is none of what is read
	RowRejected // a row of a table could not be used

	// Why a rule says nothing.
	Missing // an input it needs is missing
	Failed  // the rule itself failed
)

var kindWords = [...]string{
	"unspecified", "no_price", "price_refused", "change_refused", "no_quantity", "no_date", "not_sold", "currency", "no_currency", "too_large",
	"no_factor", "no_contract",
	"policy", "bound", "too_late", "no_effect", "in_doubt",
	"no_data", "repeated", "contradicts", "unreadable", "no_place", "unrelated", "row_rejected",
	"missing", "failed",
}

// String returns the word of the kind.
func (k Kind) String() string { return kindWords[k] }

// MarshalText writes the word of the kind.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the word of the kind.
func (k *Kind) UnmarshalText(b []byte) error {
	return word.Index(k, "kind of reason", b, kindWords[:])
}
