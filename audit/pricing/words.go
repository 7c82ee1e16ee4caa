package pricing

import (
	"fmt"
	"strings"

	"tierline/audit/word"
)

// Hosting says where a product or app runs. The zero value is Cloud.
type Hosting uint8

// The two hostings that are sold.
const (
	Cloud Hosting = iota
	DataCenter
)

// String returns "cloud" or "data-center", as in our tables.
func (h Hosting) String() string {
	if h == DataCenter {
		return "data-center"
	}
	return "cloud"
}

// MarshalText writes the word of the hosting.
func (h Hosting) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (h *Hosting) UnmarshalText(b []byte) error {
	return word.Index(h, "hosting", b, []string{"cloud", "data-center"})
}

// ParseHosting reads "cloud" or "data-center"; "" is cloud.
func ParseHosting(s string) (Hosting, error) {
	switch plain(s) {
	case "", "cloud":
		return Cloud, nil
	case "data-center", "data center", "datacenter", "dc":
		return DataCenter, nil
	}
	return 0, fmt.Errorf("hosting %q: expected cloud or data-center", s)
}

// Cycle is the billing cycle. The zero value is Monthly.
type Cycle uint8

// The two billing cycles.
const (
	Monthly Cycle = iota
	Annual
)

// String returns "monthly" or "annual".
func (c Cycle) String() string {
	if c == Annual {
		return "annual"
	}
	return "monthly"
}

// MarshalText writes the word of the cycle.
func (c Cycle) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (c *Cycle) UnmarshalText(b []byte) error {
	return word.Index(c, "cycle", b, []string{"monthly", "annual"})
}

// Bills returns how many bills a term of twelve months has.
func (c Cycle) Bills() int {
	if c == Annual {
		return 1
	}
	return 12
}

// Other returns the other cycle.
func (c Cycle) Other() Cycle { return 1 - c }

// ParseCycle reads "monthly" or "annual", or one of the other ways in which
// invoices and quotes write them (METHOD 14.22).
func ParseCycle(s string) (Cycle, error) {
	word := strings.TrimSuffix(strings.TrimPrefix(strings.Join(strings.Fields(plain(s)), " "), "billed "), " billing")
	switch word {
	case "monthly", "per month", "month":
		return Monthly, nil
	case "annual", "annually", "yearly", "per year", "year":
		return Annual, nil
	}
	return 0, fmt.Errorf("cycle %q: expected monthly or annual", s)
}

// Mode is how a table turns a number of users into a price.
type Mode uint8

// The modes of a price table. Atlassian's own price plans know the first two;
// the third is what vendors mean by "per user per year" for a whole tier.
const (
	Graduated   Mode = iota // each user at the unit price of the tier the user falls in
	Volume                  // the tier that holds n decides: flat + unit x n
	Block                   // the tier that holds n decides: unit x the tier's top
	FromMonthly             // annual: policy annual_factor x the monthly list at the annual tier's top
)

var modeNames = [...]string{"graduated", "volume", "block", "from-monthly"}

// String returns the word of the mode as in our tables.
func (m Mode) String() string { return modeNames[m] }

// ParseMode reads the word of a mode.
func ParseMode(s string) (Mode, error) {
	for i, name := range modeNames {
		if plain(s) == name {
			return Mode(i), nil
		}
	}
	return 0, fmt.Errorf("mode %q: expected graduated, volume, block or from-monthly", s)
}

func plain(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
