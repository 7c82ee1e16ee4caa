package estate

import (
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/word"
)

// DayFrom says how the evidence day of a list of users is known.
type DayFrom uint8

// The ways, the best first but for the zero value, which is that the day is not
// known.
const (
	DayUnknown DayFrom = iota
	Fetched            // the day of fetching
	Stated             // exported_on of audit.yaml
	NewestUse          // the newest date of use in it
	NewestDate         // the newest other date, of a list that says nothing of use
)

var dayFromWords = [...]string{"unknown", "fetched", "exported_on", "newest use", "newest date"}

// String returns the word of the way.
func (d DayFrom) String() string { return dayFromWords[d] }

// MarshalText writes the word of the way.
func (d DayFrom) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *DayFrom) UnmarshalText(b []byte) error {
	return word.Index(d, "way a day is known", b, dayFromWords[:])
}

// List is one list of users: a file, or a sheet of a workbook. What it says
// holds for its evidence day (METHOD 1.19), to which idle time is measured.
type List struct {
	Source diag.Source

	// Day is the evidence day; zero is not known. A list with a column that
	// another list of about the same day has as well takes over the newer day.
	Day       date.Date
	DayFrom   DayFrom
	Ambiguous bool // Day is not known, since its dates can be read as day/month or month/day

	Rows     int         // used
	OneGroup bool        // many rows state groups, and all the same one
	Entry    string      // the glob of the entry of audit.yaml that is for it; "" where there is none
	Broken   diag.Reason // why the list is not complete; none where nothing says so
}
