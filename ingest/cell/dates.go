package cell

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tierline/audit/date"
)

// Dates in exports come in many layouts, and programs that re-save a file mix
// them in one column. Each cell that can be read in exactly one way is read
// so; what can be read in two (01/02/2026) is decided over the column, then
// over the other date columns of the file, or not at all (METHOD 14.9).

// layouts are the forms that can be read in one way only.
var layouts = []string{
	"2 Jan 2006 15:04:05", "2 January 2006",
	"2006-01-02 15:04:05", "2006-01-02 15:04:05-07", "2006-01-02 15:04:05-0700", "2006-01-02 15:04:05-07:00",
	time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04",
	"2006/01/02", "2006/01/02 15:04:05", "2/Jan/06", "2/Jan/2006", "2/Jan/06 15:04",
	"January 2, 2006", "Jan 2, 2006", "2.1.2006", "2.1.2006 15:04", "2.1.2006 15:04:05", "2.1.06",
	"2-Jan-06", "2-Jan-2006", "2 Jan 06",
	"2. Jan 06", "2. Jan 2006", // as a German spreadsheet shows the dates it knows
}

// Form is a set of ways to write a date. Programs that re-save a file
// leave several in one column.
type Form uint8

const (
	formMonthName Form = 1 << iota
	formISO
	formPoints
	formSlashes
	formEpoch
	formMonthFirst // slashes, once it is decided
	formUnordered  // slashes nobody could decide
)

// formExamples shows each of them.
var formExamples = [...]string{
	"31 Dec 2026", "2026-12-31", "31.12.2026", "31/12/2026", "seconds since 1970", "12/31/2026", "01/02/2026 in an unknown order",
}

// String lists an example of every way in the set.
func (f Form) String() string {
	var out []string
	for i, example := range formExamples {
		if f&(1<<i) != 0 {
			out = append(out, example)
		}
	}
	return strings.Join(out, ", ")
}

// Mixed reports whether the set has several ways.
func (f Form) Mixed() bool { return f&(f-1) != 0 }

// Ordered says of dates with slashes which number turned out to come first.
func (f Form) Ordered(o Order) Form {
	if f&formSlashes == 0 || o == DayFirst {
		return f
	}
	if o == MonthFirst {
		return f&^formSlashes | formMonthFirst
	}
	return f&^formSlashes | formUnordered
}

// FormOf returns how a date that could be read is written.
func FormOf(s string) Form {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case i == 4 && (c == '-' || c == '/'):
			return formISO
		case c == '.':
			return formPoints
		case c == '/' && i+1 < len(s) && s[i+1] <= '9':
			return formSlashes
		default:
			return formMonthName
		}
	}
	return formEpoch
}

// FormOfDay is [FormOf] for what [Day] could read.
func FormOfDay(s string) Form {
	if s[4] == '-' {
		return formISO
	}
	return formMonthName
}

// Date reads a date that has exactly one reading.
func Date(s string) (date.Date, bool) {
	if d, ok := Day(s); ok {
		return d, true
	}
	if d, ok := Epoch(s); ok {
		return d, true
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return date.OfTime(t), true
		}
	}
	return date.Date{}, false
}

// Epoch reads milliseconds (13 digits) or seconds (10 digits) since 1970.
func Epoch(s string) (date.Date, bool) {
	if len(s) != 13 && len(s) != 10 {
		return date.Date{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return date.Date{}, false
	}
	if len(s) == 13 {
		n /= 1000
	}
	return date.OfUnix(n), true
}

// Order is which number comes first in dates such as 01/02/2026.
type Order uint8

// What the dates of a column say of their order; Undecided while each of them
// can be read either way.
const (
	Undecided    Order = iota
	DayFirst           // 31/12/2026
	MonthFirst         // 12/31/2026
	Contradicted       // both occur: the column cannot be read
)

// Slashed is a date with slashes whose order the column decides.
type Slashed struct{ a, b, year int }

// ParseSlashed splits "01/02/2026", with or without a time behind it.
func ParseSlashed(s string) (Slashed, bool) {
	body, _, _ := strings.Cut(s, " ")
	parts := strings.Split(body, "/")
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 && len(parts[2]) != 2 {
		return Slashed{}, false
	}
	var n [3]int
	for i, p := range parts {
		v, ok := digits(p)
		if !ok || p == "" {
			return Slashed{}, false
		}
		n[i] = v
	}
	if len(parts[2]) == 2 {
		n[2] += 2000
	}
	return Slashed{n[0], n[1], n[2]}, true
}

// String returns the date as it may have been written: any text of it is digits
// and slashes, whatever else the cell held.
func (d Slashed) String() string { return fmt.Sprintf("%02d/%02d/%d", d.a, d.b, d.year) }

// Order returns which order a date allows.
func (d Slashed) Order() Order {
	switch {
	case d.a > 12 && d.b <= 12:
		return DayFirst
	case d.b > 12 && d.a <= 12:
		return MonthFirst
	}
	return Undecided
}

// Exists reports whether the date has a reading in an order, or in any while
// none is decided.
func (d Slashed) Exists(o Order) bool {
	if o == DayFirst || o == MonthFirst {
		_, ok := d.In(o)
		return ok
	}
	_, ok1 := d.In(DayFirst)
	_, ok2 := d.In(MonthFirst)
	return ok1 || ok2
}

// In returns the date in an order. Equal day and month read the same either
// way.
func (d Slashed) In(o Order) (date.Date, bool) {
	if o == MonthFirst {
		return day(d.year, d.a, d.b, true)
	}
	if o == DayFirst || d.a == d.b {
		return day(d.year, d.b, d.a, true)
	}
	return date.Date{}, false
}

// Merge adds what one cell says to what a column says.
func (o Order) Merge(b Order) Order {
	switch {
	case b == Undecided || o == b:
		return o
	case o == Undecided:
		return b
	}
	return Contradicted
}

// ParseOrder reads the layout somebody states in audit.yaml (inputs: dates:).
func ParseOrder(layout string) (Order, error) {
	switch strings.ToLower(strings.TrimSpace(layout)) {
	case "":
		return Undecided, nil
	case "dd/mm/yyyy", "d/m/y", "d/m/yyyy", "dd/mm/yy":
		return DayFirst, nil
	case "mm/dd/yyyy", "m/d/y", "m/d/yyyy", "mm/dd/yy":
		return MonthFirst, nil
	}
	return Undecided, fmt.Errorf("dates %q: expected dd/mm/yyyy or mm/dd/yyyy", layout)
}

// TableDate reads a date of one of our own tables: any layout with one
// reading, or slashes in the stated order. Beside it stands how it is written.
func TableDate(s string, order Order) (date.Date, Form, error) {
	s = strings.TrimSpace(s)
	if d, ok := Date(s); ok {
		return d, FormOf(s), nil
	}
	if sd, ok := ParseSlashed(s); ok {
		own := order.Merge(sd.Order())
		if d, ok := sd.In(own); ok {
			if own == Undecided {
				return d, 0, nil // 05/05/2026, which is written either way
			}
			return d, FormOf(s).Ordered(own), nil
		}
		if !sd.Exists(Undecided) {
			return date.Date{}, 0, &Wrong{s, "no such date; expected YYYY-MM-DD"}
		}
		return date.Date{}, 0, &Wrong{s, "a date that can be read in two ways; write it as YYYY-MM-DD"}
	}
	return date.Date{}, 0, &Wrong{s, "no date; expected YYYY-MM-DD"}
}
