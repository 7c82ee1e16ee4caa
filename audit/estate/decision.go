package estate

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/word"
)

// Verdict is what somebody decided about a seat. The zero value is no decision.
type Verdict uint8

// The verdicts.
const (
	Undecided Verdict = iota
	Keep              // the seat is needed: an exception for it
	Remove            // it can go; changes no class
	Ask               // somebody is being asked; changes no class
)

var verdictWords = [...]string{"", "keep", "remove", "ask"}

// Verdicts lists the words of the verdicts one can choose from, in order.
func Verdicts() []string { return verdictWords[Keep:] }

// String returns the word of the verdict, "" for none.
func (v Verdict) String() string { return verdictWords[v] }

// MarshalText writes the word of the verdict.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (v *Verdict) UnmarshalText(b []byte) error { return word.Index(v, "verdict", b, verdictWords[:]) }

// Decision is what somebody decided about one seat, in a workbook of an earlier
// run or in a table (METHOD 1.30).
type Decision struct {
	ID      string // of the account, as written
	Account int32  // index into Estate.Accounts, -1 for no account of that id
	Site    string
	Product string
	Verdict Verdict
	Reason  string
	Owner   string
	Until   date.Date // last day of a verdict to keep; zero = no end
	Run     string    // name of the run whose workbook holds it; "" for a table that no run wrote
	Source  diag.Source
}

// Ended reports whether the decision is over on a day; its last day counts.
func (d *Decision) Ended(on date.Date) bool { return !d.Until.IsZero() && d.Until.Before(on) }
