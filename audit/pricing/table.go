package pricing

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
)

// Tier is one row of a price table: its prices hold for users up to and
// including Top.
type Tier struct {
	From    int         // the first user of the tier; 0 = not stated, so where the tier below ends
	Top     int         // the last user of the tier; 0 = no limit
	Unit    money.Exact // price of one user
	Flat    money.Exact // price of the tier as such
	HasFlat bool        // a flat price is given, perhaps 0: a known zero, not a blank
	Source  diag.Source
}

// flatStart reports whether the first tier of a graduated list is a flat price
// for up to its top. With one user more it no longer applies, and the next
// tier's unit price counts from user 1 (METHOD 2.6).
func (t *Tier) flatStart() bool { return t.HasFlat && t.Unit.Sign() == 0 }

// Table is a price list as written down: one version of one plan in one
// cycle. Build it with newTable; it is immutable and safe to share.
type Table struct {
	Hosting   Hosting
	Cycle     Cycle
	Mode      Mode
	Currency  money.Currency
	ValidFrom date.Date // zero = always was
	ValidTo   date.Date // last day; zero = no end
	Tiers     []Tier    // by top, the open one last
	Origin    string    // where the list was found, in the words of the file
	Source    diag.Source
	Cells     Cells // of the row at Source

	schedule *Schedule // the list as written
}

func newTable(t Table) *Table {
	t.schedule = written(&t)
	return &t
}
