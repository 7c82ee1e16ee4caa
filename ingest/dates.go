package ingest

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
// over the other date columns of the file, or not at all (ruling I3).

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

// neverWords say that somebody was never seen, compared without case.
var neverWords = map[string]bool{
	"": true, "never": true, "never accessed": true, "never logged in": true, "null": true, `\n`: true, "n/a": true, "-": true,
}

// dateForm is a set of ways to write a date. Programs that re-save a file
// leave several in one column.
type dateForm uint8

const (
	formMonthName dateForm = 1 << iota
	formISO
	formPoints
	formSlashes
	formEpoch
	formMonthFirst // slashes, once it is decided
	formUnordered  // slashes nobody could decide
)

// String lists an example of every way in the set.
func (f dateForm) String() string {
	var out []string
	for i, example := range [...]string{"31 Dec 2026", "2026-12-31", "31.12.2026", "31/12/2026", "seconds since 1970", "12/31/2026", "01/02/2026 in an unknown order"} {
		if f&(1<<i) != 0 {
			out = append(out, example)
		}
	}
	return strings.Join(out, ", ")
}

// ordered says of dates with slashes which number turned out to come first.
func (f dateForm) ordered(o slashOrder) dateForm {
	if f&formSlashes == 0 || o == dayFirst {
		return f
	}
	if o == monthFirst {
		return f&^formSlashes | formMonthFirst
	}
	return f&^formSlashes | formUnordered
}

// formOf returns how a date that could be read is written.
func formOf(s string) dateForm {
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

// dayForm is [formOf] for what [parseDay] could read.
func dayForm(s string) dateForm {
	if s[4] == '-' {
		return formISO
	}
	return formMonthName
}

// parseCellDate reads a date that has exactly one reading.
func parseCellDate(s string) (date.Date, bool) {
	if d, ok := parseDay(s); ok {
		return d, true
	}
	if d, ok := parseEpoch(s); ok {
		return d, true
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return date.OfTime(t), true
		}
	}
	return date.Date{}, false
}

// parseEpoch reads milliseconds (13 digits) or seconds (10 digits) since 1970.
func parseEpoch(s string) (date.Date, bool) {
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

// slashOrder is which number comes first in dates such as 01/02/2026.
type slashOrder uint8

const (
	undecided  slashOrder = iota
	dayFirst              // 31/12/2026
	monthFirst            // 12/31/2026
	contradict            // both occur: the column cannot be read
)

// slashDate is a date with slashes whose order the column decides.
type slashDate struct{ a, b, year int }

// parseSlash splits "01/02/2026", with or without a time behind it.
func parseSlash(s string) (slashDate, bool) {
	body, _, _ := strings.Cut(s, " ")
	parts := strings.Split(body, "/")
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 && len(parts[2]) != 2 {
		return slashDate{}, false
	}
	var n [3]int
	for i, p := range parts {
		v, ok := digits(p)
		if !ok || p == "" {
			return slashDate{}, false
		}
		n[i] = v
	}
	if len(parts[2]) == 2 {
		n[2] += 2000
	}
	return slashDate{n[0], n[1], n[2]}, true
}

// says returns which order a date allows.
func (d slashDate) says() slashOrder {
	switch {
	case d.a > 12 && d.b <= 12:
		return dayFirst
	case d.b > 12 && d.a <= 12:
		return monthFirst
	}
	return undecided
}

// exists reports whether the date has a reading in an order, or in any while
// none is decided.
func (d slashDate) exists(o slashOrder) bool {
	if o == dayFirst || o == monthFirst {
		_, ok := d.read(o)
		return ok
	}
	_, ok1 := d.read(dayFirst)
	_, ok2 := d.read(monthFirst)
	return ok1 || ok2
}

// read returns the date in an order. Equal day and month read the same either
// way.
func (d slashDate) read(o slashOrder) (date.Date, bool) {
	if o == monthFirst {
		return day(d.year, d.a, d.b, true)
	}
	if o == dayFirst || d.a == d.b {
		return day(d.year, d.b, d.a, true)
	}
	return date.Date{}, false
}

// merge adds what one cell says to what a column says.
func (o slashOrder) merge(b slashOrder) slashOrder {
	switch {
	case b == undecided || o == b:
		return o
	case o == undecided:
		return b
	}
	return contradict
}

// orderOf reads the layout somebody states in audit.yaml (inputs: dates:).
func orderOf(layout string) (slashOrder, error) {
	switch strings.ToLower(strings.TrimSpace(layout)) {
	case "":
		return undecided, nil
	case "dd/mm/yyyy", "d/m/y", "d/m/yyyy", "dd/mm/yy":
		return dayFirst, nil
	case "mm/dd/yyyy", "m/d/y", "m/d/yyyy", "mm/dd/yy":
		return monthFirst, nil
	}
	return undecided, fmt.Errorf("dates %q: expected dd/mm/yyyy or mm/dd/yyyy", layout)
}

// tableDate reads a date of one of our own tables, in a workbook also as the
// serial of a date cell that lost its format.
func (s *sheet) tableDate(text string) (date.Date, error) {
	if day, ok := s.Serial(text); ok {
		text = day
	}
	return parseTableDate(text, s.slashes)
}

// parseTableDate reads a date of one of our own tables: any layout with one
// reading, or slashes in the stated order.
func parseTableDate(s string, order slashOrder) (date.Date, error) {
	s = strings.TrimSpace(s)
	if d, ok := parseCellDate(s); ok {
		return d, nil
	}
	if sd, ok := parseSlash(s); ok {
		if d, ok := sd.read(order.merge(sd.says())); ok {
			return d, nil
		}
		if !sd.exists(undecided) {
			return date.Date{}, fmt.Errorf("date %q does not exist; expected YYYY-MM-DD", s)
		}
		return date.Date{}, fmt.Errorf("date %q can be read in two ways; write it as YYYY-MM-DD", s)
	}
	return date.Date{}, fmt.Errorf("date %q: expected YYYY-MM-DD", s)
}
